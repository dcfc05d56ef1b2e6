/** The pages as they are served, and whether they were built from the sources as they are. */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { runProcess } from "./processes";
import { buildServiceWorker, SERVICE_WORKER } from "./service-worker";

const root = join(import.meta.dirname, "..");
const STAMP = join(root, ".next", "built-from");
const FOLDERS = ["app", "db", "public", "server"];
const FILES = [
  "bin/service-worker.ts",
  "instrumentation.ts",
  "next.config.mjs",
  "package-lock.json",
  "proxy.ts",
];

/** True when the last build was made from these very sources. */
export function isBuilt(): boolean {
  const isWhole = existsSync(STAMP) && existsSync(join(root, SERVICE_WORKER));
  return isWhole && readFileSync(STAMP, "utf8") === hashOfSources();
}

/** Runs `next build` and bundles the service worker for its pages. Throws ProcessFailed when the build fails. */
export async function build(): Promise<void> {
  const sources = hashOfSources();
  rmSync(STAMP, { force: true });
  await runProcess("The build", [join(root, "node_modules/next/dist/bin/next"), "build"], buildEnvironment());
  await buildServiceWorker(root);
  writeFileSync(STAMP, sources);
}

/** A build needs no secret, so it gets none. */
function buildEnvironment(): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR, CI, TERM } = process.env;
  return { PATH, HOME, TMPDIR, CI, TERM, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" };
}

function hashOfSources(): string {
  const hash = createHash("sha256");
  const files = [
    ...FOLDERS.flatMap((folder) => filesIn(join(root, folder))),
    ...FILES.map((file) => join(root, file)),
  ];
  for (const file of files) {
    const name = relative(root, file);
    if (/\.test\.tsx?$/.test(file) || name === SERVICE_WORKER || !existsSync(file)) continue;
    hash.update(`${name}\0`).update(readFileSync(file));
  }
  return hash.digest("hex");
}

function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
