/**
 * The steps of `npm test`, in the order in which they fail fastest, and the one line that sums them up:
 * `N passed, N failed`. A static check counts as one test; a runner that breaks, or finds nothing to run, as a
 * failed one. A journey in a browser that passes at its second try counts as passed and is named on a line of its own.
 * Every step runs, so that one run shows everything that is wrong.
 */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { z } from "zod";
import { build, isBuilt } from "./build";
import { checkLayers } from "./layers";
import { runProcess, stopProcesses } from "./processes";
import { duration, say, step } from "./progress.mjs";

interface Count {
  passed: number;
  failed: number;
  skipped: number;
}

const root = join(import.meta.dirname, "..");
const RESULTS = join(root, "test-results");
const BIOME = "node_modules/@biomejs/biome/bin/biome";
const DRIZZLE = "node_modules/drizzle-kit/bin.cjs";
const KNIP = "node_modules/knip/bin/knip.js";
const NEXT = "node_modules/next/dist/bin/next";
const PLAYWRIGHT = "node_modules/@playwright/test/cli.js";
const TSC = "node_modules/typescript/bin/tsc";
const VITEST = "node_modules/vitest/vitest.mjs";

/** Runs every step, prints the sum and ends the process: with 0 when nothing failed, else with 1. */
export async function check(onlyReference: boolean): Promise<never> {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => void stopProcesses().then(() => process.exit(1)));
  }
  const from = performance.now();
  mkdirSync(RESULTS, { recursive: true });
  const counts = onlyReference ? [await vitest(".reference.test")] : await everything();
  const sum = (part: keyof Count) => counts.reduce((total, count) => total + count[part], 0);
  const failed = sum("failed");
  say(`\nAll steps took ${duration(performance.now() - from)}.`);
  say(`${sum("passed")} passed, ${failed} failed${sum("skipped") ? `, ${sum("skipped")} skipped` : ""}`);
  process.exit(failed === 0 ? 0 : 1);
}

async function everything(): Promise<Count[]> {
  return [
    await oneTest("Format and lint", () => run(BIOME, "check", "--error-on-warnings", ".")),
    await oneTest("Types", async () => {
      await runQuietly(NEXT, "typegen");
      await run(TSC, "--noEmit");
    }),
    await oneTest("Arrows between rooms", () => say(`${checkLayers(root)} files, every import allowed.`)),
    await oneTest("Nothing unused", () => run(KNIP)),
    await oneTest("Migrations match the schema", migrationsMatch),
    await vitest(),
    await oneTest("Build", () => isBuilt() || build()),
    await journeys(),
  ];
}

async function oneTest(title: string, work: () => unknown): Promise<Count> {
  try {
    await step(title, work);
    return { passed: 1, failed: 0, skipped: 0 };
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

/** Runs a Node program in the project's root and throws unless it ends well. */
async function run(...command: string[]): Promise<void> {
  await runProcess(relative("node_modules", command[0] ?? ""), command, process.env);
}

/** The same, for a program that talks when there is nothing to say. */
async function runQuietly(...command: string[]): Promise<void> {
  await runProcess(relative("node_modules", command[0] ?? ""), command, process.env, { quiet: true });
}

/** Generating from the schema, beside a copy of the migrations, must add nothing. */
async function migrationsMatch(): Promise<void> {
  const copy = mkdtempSync(join(tmpdir(), "common-need-migrations-"));
  try {
    cpSync(join(root, "db/migrations"), copy, { recursive: true });
    const before = readFileSync(join(copy, "meta/_journal.json"), "utf8");
    // drizzle-kit wants a path from here.
    const out = `--out=${relative(root, copy)}`;
    await runQuietly(
      DRIZZLE,
      "generate",
      "--dialect=postgresql",
      "--schema=./db/schema/*.ts",
      "--casing=snake_case",
      out,
    );
    if (readFileSync(join(copy, "meta/_journal.json"), "utf8") === before) return;
    throw new Error("db/schema and db/migrations differ: run `npm run generate -- --name what-changed`.");
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

const vitestResults = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
  testResults: z.array(
    z.object({ status: z.string(), assertionResults: z.array(z.object({ status: z.string() })) }),
  ),
});

/** Unit, database and property tests; a file that fails before its first test counts as one failure. */
async function vitest(...filters: string[]): Promise<Count> {
  const file = join(RESULTS, "vitest.json");
  return runner(
    "Unit and database tests",
    file,
    async () => {
      const output = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
      await run(VITEST, "run", ...filters, ...output);
    },
    (json) => {
      const results = vitestResults.parse(json);
      const broken = results.testResults.filter(
        ({ status, assertionResults }) =>
          status === "failed" && !assertionResults.some((result) => result.status === "failed"),
      );
      return {
        passed: results.numPassedTests,
        failed: results.numFailedTests + broken.length,
        skipped: results.numPendingTests + results.numTodoTests,
      };
    },
  );
}

/** A suite of the journeys' results: a file, or what stands together in one. */
interface Suite {
  specs: readonly { title: string; tests: readonly { projectName: string; status: string }[] }[];
  suites?: readonly Suite[] | undefined;
}

const suite: z.ZodType<Suite> = z.object({
  specs: z.array(
    z.object({
      title: z.string(),
      tests: z.array(z.object({ projectName: z.string(), status: z.string() })),
    }),
  ),
  suites: z.lazy(() => z.array(suite)).optional(),
});

const journeyResults = z.object({
  suites: z.array(suite),
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
  errors: z.array(z.unknown()),
});

/** Browser journeys. One that passes only at a second try counts as passed and is named, so that it can be mended. */
async function journeys(): Promise<Count> {
  const file = join(RESULTS, "journeys.json");
  process.env["PLAYWRIGHT_JSON_OUTPUT_FILE"] = file;
  // A second try is for a machine with other work (playwright.config.ts).
  process.env["CI"] ??= "true";
  return runner(
    "Browser journeys",
    file,
    () => run(PLAYWRIGHT, "test", "--reporter=list,json"),
    (json) => {
      const { count, late } = readJourneys(json);
      for (const journey of late) say(`passed at the second try: ${journey}`);
      return count;
    },
  );
}

/** What came of the journeys, and which of them passed only at the second try, from what their runner wrote. */
export function readJourneys(json: unknown): { count: Count; late: string[] } {
  const { suites, stats, errors } = journeyResults.parse(json);
  const late = suites.flatMap(lateOf);
  return {
    count: {
      passed: stats.expected + stats.flaky,
      failed: stats.unexpected + errors.length,
      skipped: stats.skipped,
    },
    late,
  };
}

function lateOf({ specs, suites = [] }: Suite): string[] {
  const own = specs.flatMap(({ title, tests }) =>
    tests.flatMap(({ projectName, status }) => (status === "flaky" ? [`${title} (${projectName})`] : [])),
  );
  return [...own, ...suites.flatMap(lateOf)];
}

/** Runs a test runner and counts from what it wrote; breaking, or running nothing, is a failure of its own. */
async function runner(
  title: string,
  file: string,
  work: () => Promise<void>,
  read: (json: unknown) => Count,
): Promise<Count> {
  rmSync(file, { force: true });
  const { failed: broke } = await oneTest(title, work);
  if (!existsSync(file)) return { passed: 0, failed: 1, skipped: 0 };
  const count = read(JSON.parse(readFileSync(file, "utf8")));
  if (count.passed + count.failed === 0) say(`${title}: there was nothing to run.`);
  const unexplained = count.failed === 0 && (broke > 0 || count.passed === 0) ? 1 : 0;
  return { ...count, failed: count.failed + unexplained };
}
