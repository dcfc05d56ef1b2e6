/**
 * Fits who takes part among a million people on all processors: the numbers of `domain/lab/propensity.ts` to the last
 * bit (`lab-threads.test.ts` compares them), in a fraction of the time. Threads share the columns and add up stretches
 * of rows, whose sums are joined in the order of the rows whoever made them.
 */

import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { build } from "esbuild";
import type { Covariate, FittedPropensity, LabTable } from "./domain/lab/analysis";
import { joinSums, logisticRounds, startOf } from "./domain/lab/logistic";
import { columnsOf, type LogisticData, stretchesOf, sumsLength } from "./domain/lab/logistic-pass";
import { fitPropensity, propensityModel, scoredBy } from "./domain/lab/propensity";
import { sharedNumbers } from "./domain/lab/shared-numbers";
import type { FitTask, SharedFit } from "./lab-threads-thread";

/** Starting threads takes as long as fitting fewer values than these. */
const WORTH_THREADS = 3_000_000;

/**
 * Fits the model and scores everybody. Throws Invalid, naming the variable, where one separates the two groups.
 * `threads`: how many; by default as many as there are processors, and none for a small table.
 */
export async function fitPropensityInThreads(
  table: LabTable,
  covariates: readonly Covariate[],
  threads = table.rows * covariates.length < WORTH_THREADS ? 0 : Math.min(8, availableParallelism()),
): Promise<FittedPropensity> {
  if (threads === 0) return fitPropensity(table, covariates);
  const model = propensityModel(table, covariates);
  const columns = columnsOf(model.data);
  const stretches = stretchesOf(table.rows);
  const length = sumsLength(columns);
  const shared: SharedFit = {
    data: inSharedMemory(model.data),
    coefficients: sharedNumbers(columns),
    sums: sharedNumbers(stretches.length * length),
    scores: sharedNumbers(table.rows),
    next: new Int32Array(new SharedArrayBuffer(4)),
  };
  const team = new Team(await codeOfThread(), threads, shared);
  try {
    const rounds = logisticRounds(columns, model.order, startOf(model.data, model.order));
    let round = rounds.next();
    while (!round.done) {
      if (round.value) shared.coefficients.set(round.value);
      await team.run(round.value ? "pass" : "first");
      round = rounds.next(
        joinSums(stretches.map((_, at) => shared.sums.subarray(at * length, (at + 1) * length))),
      );
    }
    shared.coefficients.set(round.value.coefficients);
    await team.run("score");
    return scoredBy(table, model, round.value, shared.scores);
  } finally {
    await team.close();
  }
}

let madeCode: Promise<string> | undefined;

/** What a thread runs, made ready once: to start TypeScript's loader in each would cost more than its share of a fit. */
function codeOfThread(): Promise<string> {
  madeCode ??= build({
    entryPoints: [fileURLToPath(new URL("./lab-threads-thread.ts", import.meta.url))],
    bundle: true,
    write: false,
    platform: "node",
    format: "cjs",
  }).then(({ outputFiles }) => outputFiles[0]?.text ?? "");
  return madeCode;
}

/** The threads of one fit. */
class Team {
  readonly #workers: readonly Worker[];
  readonly #next: Int32Array;
  #failed: Error | null = null;
  #onDone: (() => void) | null = null;
  #working = 0;

  constructor(code: string, size: number, shared: SharedFit) {
    this.#next = shared.next;
    this.#workers = Array.from({ length: size }, () => {
      const worker = new Worker(code, { eval: true, workerData: shared });
      worker.on("message", () => this.#done());
      worker.on("error", (error) => {
        this.#failed = error instanceof Error ? error : new Error(String(error));
        this.#done();
      });
      return worker;
    });
  }

  /** Has all of them do a task together. */
  async run(task: FitTask): Promise<void> {
    Atomics.store(this.#next, 0, 0);
    this.#working = this.#workers.length;
    await new Promise<void>((resolve) => {
      this.#onDone = resolve;
      for (const worker of this.#workers) worker.postMessage(task);
    });
    if (this.#failed) throw this.#failed;
  }

  async close(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }

  #done(): void {
    this.#working -= 1;
    if (this.#working <= 0 || this.#failed) this.#onDone?.();
  }
}

function inSharedMemory(data: LogisticData): LogisticData {
  const bytes = (own: Uint8Array) => {
    const copy = new Uint8Array(new SharedArrayBuffer(own.length));
    copy.set(own);
    return copy;
  };
  return {
    ...data,
    outcome: bytes(data.outcome),
    aside: data.aside && bytes(data.aside),
    numbers: data.numbers.map((number) => {
      if (number.values.buffer instanceof SharedArrayBuffer) return number;
      const values = sharedNumbers(number.values.length);
      values.set(number.values);
      return { ...number, values };
    }),
    categories: data.categories.map(({ codes, levels }) => {
      const copy = new Int32Array(new SharedArrayBuffer(codes.byteLength));
      copy.set(codes);
      return { codes: copy, levels };
    }),
  };
}
