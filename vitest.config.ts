/**
 * Unit, database and property tests: `*.test.ts` beside what they test. Browser journeys are in e2e/.
 *
 * A file that has a database, or changes what its process shares (a module, the environment, a global), has a process of
 * its own; it is known by its text, or by that of what arranges things for it. All others run in two processes, one after
 * another, and what they import is loaded once.
 */
import { readdirSync, readFileSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { defineConfig } from "vitest/config";

const ROOMS = ["app", "bench", "bin", "db", "server"];
const WANTS_A_PROCESS =
  /\b(testDatabase|startCluster|openDatabase|holdKeys)\(|\bvi\.(do)?(mock|stub|use|set)|\bprocess\.(on|once|chdir)\(|\bprocess\.env\[[^\]]*\] (\?\?)?=[^=]|\bdelete process\.|\bglobalThis\.\w+ (\?\?)?=[^=]/i;

const sources = ROOMS.flatMap((room) =>
  readdirSync(join(import.meta.dirname, room), { recursive: true, withFileTypes: true }),
)
  .filter((entry) => entry.isFile() && /\btest(ing)?\b.*\.tsx?$/.test(entry.name))
  .map((entry) => {
    const path = join(entry.parentPath, entry.name);
    const text = readFileSync(path, "utf8");
    return { path, text, wantsAProcess: WANTS_A_PROCESS.test(text) };
  });
const isTest = ({ path }: { path: string }) => /\.test\.tsx?$/.test(path);
const arranging = sources
  .filter((source) => source.wantsAProcess && !isTest(source))
  .map(({ path }) => `/${basename(path).replace(/\.tsx?$/, "")}"`);
const apart = sources
  .filter(isTest)
  .filter(({ text, wantsAProcess }) => wantsAProcess || arranging.some((name) => text.includes(name)))
  .map(({ path }) => relative(import.meta.dirname, path));

const include = [`{${ROOMS.join(",")}}/**/*.test.{ts,tsx}`];

export default defineConfig({
  test: {
    globalSetup: ["bin/vitest-cluster.ts"],
    env: { LOG_LEVEL: "silent", TZ: "UTC" },
    pool: "forks",
    // One more than the cores of a small machine: each waits for its database or its browser a good part of the time.
    maxWorkers: 3,
    // For a test that waits in vain, with room for a machine that has other work. Work that never lets go is ended by
    // bin/check.ts.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    projects: [
      { extends: true, test: { name: "apart", include: apart } },
      {
        extends: true,
        test: { name: "together", include, exclude: ["**/node_modules/**", ...apart], isolate: false },
      },
    ],
  },
});
