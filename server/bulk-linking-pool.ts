/** The threads of `bulk-linking.ts`, each with one task at a time, and the tasks that wait for one. */

import type { Worker } from "node:worker_threads";
import { startThread } from "./asked-thread";
import type { AnswerTo, GivenFor, Message, Reply, TaskKind } from "./bulk-linking-thread";
import { Invalid } from "./domain/errors";

interface Waiting {
  message: Message;
  transfer: readonly ArrayBuffer[];
  resolve(answer: unknown): void;
  reject(error: unknown): void;
}

interface Thread {
  worker: Worker;
  doing: Waiting | null;
}

export class LinkingPool {
  readonly #threads: readonly Thread[];
  readonly #waiting: Waiting[] = [];
  #onRoom: (() => void)[] = [];

  /** Starts the threads, one at least. Close it, or the process does not end. */
  constructor(size: number) {
    this.#threads = Array.from({ length: Math.max(1, size) }, () => this.#start());
  }

  /** Has a task done by the next thread that is free, and gives its answer. What is transferred is the thread's then. */
  run<K extends TaskKind>(
    kind: K,
    given: GivenFor<K>,
    transfer: readonly ArrayBuffer[] = [],
  ): Promise<AnswerTo<K>> {
    return new Promise<AnswerTo<K>>((resolve, reject) => {
      this.#waiting.push({ message: { kind, given }, transfer, resolve, reject });
      this.#next();
    });
  }

  /** Every thread, once each: when none of them is at work. */
  async tellAll<K extends TaskKind>(kind: K, given: GivenFor<K>): Promise<void> {
    await Promise.all(this.#threads.map(() => this.run(kind, given)));
  }

  /** Waits until so little is waiting that more of the file may be read. */
  async hasRoom(): Promise<void> {
    while (this.#waiting.length > 2 * this.#threads.length) {
      await new Promise<void>((resolve) => this.#onRoom.push(resolve));
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#threads.map(({ worker }) => worker.terminate()));
  }

  #start(): Thread {
    const worker = startThread(new URL("./bulk-linking-thread.ts", import.meta.url));
    const thread: Thread = { worker, doing: null };
    worker.on("message", ({ answer, error }: Reply) => {
      const done = thread.doing;
      thread.doing = null;
      if (error) done?.reject(error.invalid ? new Invalid(error.message) : new Error(error.message));
      else done?.resolve(answer);
      this.#next();
    });
    worker.on("error", (error) => {
      thread.doing?.reject(error);
      for (const { reject } of this.#waiting.splice(0)) reject(error);
    });
    return thread;
  }

  #next(): void {
    for (const thread of this.#threads) {
      const next = thread.doing ? undefined : this.#waiting.shift();
      if (!next) continue;
      thread.doing = next;
      thread.worker.postMessage(next.message, next.transfer);
    }
    for (const resolve of this.#onRoom.splice(0)) resolve();
  }
}
