/**
 * The steps of `npm test`, in the order in which they fail fastest, and the one line that sums them up:
 * `N passed, N failed`. A static check counts as one test; a runner that breaks, or finds nothing to run, as a
 * failed one. A test that passes only at its second try counts as passed and is named again at the end, to be mended.
 * Every step runs, so that one run shows everything that is wrong; what failed is named again at the end, with how.
 */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { z } from "zod";
import { build, isBuilt } from "./build";
import { checkLayers } from "./layers";
import { runProcess, stopProcesses } from "./processes";
import { duration, say, step } from "./progress.mjs";

interface Count {
  passed: number;
  skipped: number;
  /** What passed only at its second try. */
  late: string[];
  /** What failed: its name, and on the lines below it how. */
  failures: string[];
}

/** On the slowest machine tried all steps took half of it: what takes longer hangs. */
const MOST_MINUTES = 80;

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
  const giveUp = () => void stopProcesses().then(() => process.exit(1));
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, giveUp);
  setTimeout(() => {
    say(`\nFailed: a step hangs. All of them were ended after ${MOST_MINUTES} minutes.`);
    giveUp();
  }, MOST_MINUTES * 60_000).unref();
  const from = performance.now();
  mkdirSync(RESULTS, { recursive: true });
  const counts = onlyReference ? [await vitest(".reference.test")] : await everything();
  const sum = (part: "passed" | "skipped") => counts.reduce((total, count) => total + count[part], 0);
  const failures = counts.flatMap((count) => count.failures);
  for (const late of counts.flatMap((count) => count.late)) say(`\nPassed only at the second try: ${late}`);
  for (const failure of failures) say(`\nFailed: ${failure}`);
  const skipped = sum("skipped");
  say(`\nAll steps took ${duration(performance.now() - from)}.`);
  say(`${sum("passed")} passed, ${failures.length} failed${skipped ? `, ${skipped} skipped` : ""}`);
  process.exit(failures.length === 0 ? 0 : 1);
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
    return { passed: 1, skipped: 0, late: [], failures: [] };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    say(message);
    return { passed: 0, skipped: 0, late: [], failures: [failure(title, message)] };
  }
}

const MAX_LINES = 20;
const nothing: Count = { passed: 0, skipped: 0, late: [], failures: [] };

/** A failure as it is named at the end: its first lines without the colours of a terminal. */
function failure(title: string, ...messages: (string | undefined)[]): string {
  const lines = stripVTControlCharacters(messages.join("\n")).split("\n").slice(0, MAX_LINES);
  return [title, ...lines].join("\n    ");
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
  numPendingTests: z.number(),
  numTodoTests: z.number(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string(),
      assertionResults: z.array(
        z.object({
          fullName: z.string(),
          status: z.string(),
          failureMessages: z.array(z.string()).nullish(),
        }),
      ),
    }),
  ),
});

/**
 * Unit, database and property tests; a file that fails before its first test counts as one failure. Keys and ids are new
 * in every run and the machine may be busy, so one test that fails has a second try. A counterexample to a property stands
 * whatever the second try finds.
 */
async function vitest(...filters: string[]): Promise<Count> {
  const file = join(RESULTS, "vitest.json");
  return runner(
    "Unit and database tests",
    file,
    async () => {
      const output = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
      await run(VITEST, "run", "--retry=1", ...filters, ...output);
    },
    readTests,
  );
}

/** How fast-check begins what it says. */
const COUNTEREXAMPLE = /Property failed after/;

/**
 * What came of the tests, from what their runner wrote: each that failed, each file that broke outside of one, and each
 * that passed although it had failed before.
 */
export function readTests(json: unknown): Count {
  const { testResults, ...sums } = vitestResults.parse(json);
  const tests = testResults.flatMap(({ name, assertionResults }) =>
    assertionResults.map(({ fullName, status, failureMessages }) => {
      const messages = failureMessages ?? [];
      const disproved = status === "passed" && messages.some((message) => COUNTEREXAMPLE.test(message));
      return {
        said: failure(`${relative(root, name)}: ${fullName}`, ...messages),
        disproved,
        failed: status === "failed" || disproved,
        late: status === "passed" && messages.length > 0 && !disproved,
      };
    }),
  );
  const brokenFiles = testResults.filter(
    ({ status, assertionResults }) =>
      status === "failed" && assertionResults.every((test) => test.status !== "failed"),
  );
  return {
    passed: sums.numPassedTests - tests.filter(({ disproved }) => disproved).length,
    skipped: sums.numPendingTests + sums.numTodoTests,
    late: tests.filter(({ late }) => late).map(({ said }) => said),
    failures: [
      ...tests.filter(({ failed }) => failed).map(({ said }) => said),
      ...brokenFiles.map(({ name, message }) => failure(relative(root, name), message)),
    ],
  };
}

const broken = z.object({ message: z.string().optional() });

/** A journey at one width. */
const journey = z.object({
  projectName: z.string(),
  status: z.string(),
  results: z.array(z.object({ errors: z.array(broken) })),
});

type Journey = z.infer<typeof journey>;

/** A suite of the journeys' results: a file, or what stands together in one. */
interface Suite {
  specs: readonly { title: string; tests: readonly Journey[] }[];
  suites?: readonly Suite[] | undefined;
}

const suite: z.ZodType<Suite> = z.object({
  specs: z.array(
    z.object({
      title: z.string(),
      tests: z.array(journey),
    }),
  ),
  suites: z.lazy(() => z.array(suite)).optional(),
});

const journeyResults = z.object({
  suites: z.array(suite),
  stats: z.object({ expected: z.number(), flaky: z.number(), skipped: z.number() }),
  errors: z.array(broken),
});

/** Browser journeys, with a second try as well (playwright.config.ts). */
async function journeys(): Promise<Count> {
  const file = join(RESULTS, "journeys.json");
  process.env["PLAYWRIGHT_JSON_OUTPUT_FILE"] = file;
  process.env["CI"] ??= "true";
  return runner(
    "Browser journeys",
    file,
    () => run(PLAYWRIGHT, "test", "--reporter=list,json"),
    readJourneys,
  );
}

/** What came of the journeys, from what their runner wrote. */
export function readJourneys(json: unknown): Count {
  const { suites, stats, errors } = journeyResults.parse(json);
  const of = (wanted: string) =>
    suites
      .flatMap(journeysOf)
      .filter(({ status }) => status === wanted)
      .map(({ title, results }) =>
        failure(title, ...results.flatMap((result) => result.errors.map(({ message }) => message))),
      );
  return {
    passed: stats.expected + stats.flaky,
    skipped: stats.skipped,
    late: of("flaky"),
    failures: [
      ...of("unexpected"),
      ...errors.map(({ message }) => failure("outside of all journeys", message)),
    ],
  };
}

/** Each journey of a suite at each of its widths, by its title and width. */
function journeysOf({ specs, suites = [] }: Suite): (Journey & { title: string })[] {
  const own = specs.flatMap(({ title, tests }) =>
    tests.map((test) => ({ ...test, title: `${title} (${test.projectName})` })),
  );
  return [...own, ...suites.flatMap(journeysOf)];
}

/** Runs a test runner and counts from what it wrote; breaking, or running nothing, is a failure of its own. */
async function runner(
  title: string,
  file: string,
  work: () => Promise<void>,
  read: (json: unknown) => Count,
): Promise<Count> {
  rmSync(file, { force: true });
  const { failures: broke } = await oneTest(title, work);
  const count = existsSync(file) ? read(JSON.parse(readFileSync(file, "utf8"))) : nothing;
  if (count.failures.length > 0) return count;
  if (broke.length > 0) return { ...count, failures: broke };
  return count.passed > 0 ? count : { ...count, failures: [failure(title, "There was nothing to run.")] };
}
