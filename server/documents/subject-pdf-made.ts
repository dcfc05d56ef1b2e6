/**
 * Has the PDF of a pack made in a thread of its own: what makes it reads its letters from files beside it, which the built
 * web does not have, and a long record would hold up everybody else meanwhile.
 */

import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import type { Pack } from "../domain/rights/pack";

/** Seconds after which a copy is given up: the longest record takes a few. */
const MOST_SECONDS = 60;

/** The bytes of the document. What goes wrong may quote somebody, so only that it went wrong is told. */
export function subjectPdf(pack: Pack): Promise<Uint8Array> {
  const at = (file: string) => pathToFileURL(join(process.cwd(), "server", file));
  const start = at("thread-start.mjs");
  return new Promise((resolve, reject) => {
    const thread = new Worker(start, {
      argv: [at("documents/subject-pdf-thread.ts").href],
      workerData: pack,
    });
    const fail = () => reject(new Error("The PDF of a copy was not made"));
    const waiting = setTimeout(() => {
      fail();
      void thread.terminate();
    }, MOST_SECONDS * 1_000);
    thread.once("message", (bytes: Uint8Array) => resolve(bytes));
    thread.once("error", fail);
    thread.once("exit", () => {
      clearTimeout(waiting);
      fail();
    });
  });
}
