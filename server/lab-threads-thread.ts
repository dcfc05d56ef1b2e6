/**
 * A thread of `lab-threads.ts`: adds up its share of a pass over the rows, or scores its share of them. All it works on
 * and all it makes is memory that the threads share; stretches of rows are taken one by one by whoever is free.
 */

import { parentPort, workerData } from "node:worker_threads";
import {
  columnsOf,
  type LogisticData,
  passOver,
  predictRows,
  stretchesOf,
  sumsLength,
} from "./domain/lab/logistic-pass";

/** What a thread is started with; every array lies in shared memory. */
export interface SharedFit {
  data: LogisticData;
  coefficients: Float64Array;
  /** Sums of each stretch, one after the other. */
  sums: Float64Array;
  scores: Float64Array;
  /** The stretch that is next to be taken. */
  next: Int32Array;
}

/** first: R's first guess; pass: the sums at the coefficients; score: everybody's predictor. */
export type FitTask = "first" | "pass" | "score";

const shared: SharedFit = workerData;
const { data, coefficients, sums, scores, next } = shared;
const stretches = stretchesOf(data.rows);
const length = sumsLength(columnsOf(data));

parentPort?.on("message", (task: FitTask) => {
  for (let at = Atomics.add(next, 0, 1); at < stretches.length; at = Atomics.add(next, 0, 1)) {
    const rows = stretches[at];
    if (!rows) continue;
    if (task === "score") predictRows(data, rows, coefficients, scores);
    else {
      const own = sums.subarray(at * length, (at + 1) * length).fill(0);
      passOver(data, rows, task === "first" ? null : coefficients, own);
    }
  }
  parentPort?.postMessage(null);
});
