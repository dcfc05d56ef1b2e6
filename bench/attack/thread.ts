/** A thread of the attacks: plays those it is told, one after the other. */

import { parentPort } from "node:worker_threads";
import { PLAYS } from "./plays";

/** Which play, by its place among all of them. */
export interface Task {
  play: number;
  worlds: number;
}

parentPort?.on("message", ({ play, worlds }: Task) => {
  parentPort?.postMessage(PLAYS[play]?.run(worlds) ?? []);
});
