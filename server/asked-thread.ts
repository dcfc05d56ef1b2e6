/**
 * A thread that is asked one thing after another, so that whoever asks goes on with everything else; it ends when it is
 * closed, and what it held with it. What goes wrong in it may hold a value of somebody, so that only its kind comes back;
 * a broken rule comes back as Invalid in its words, which quote nothing.
 */

import { parentPort, Worker } from "node:worker_threads";
import { Invalid } from "./domain/errors";

type Reply = { answer: unknown } | { fault: string } | { refused: string };

/** A thread that runs a file in TypeScript. */
export const startThread = (file: URL): Worker =>
  new Worker(new URL("./thread-start.mjs", import.meta.url), { argv: [file.href] });

/** Whoever asks. Which message has which answer is known where the thread is written. */
export class AskedThread {
  readonly #worker: Worker;
  #waiting: { resolve(answer: unknown): void; reject(error: unknown): void } | null = null;
  #failed: { error: unknown } | null = null;

  /** `what` names its work in a fault, `file` is the thread's. When the signal ends, what is asked is refused with its reason. */
  constructor(
    private readonly what: string,
    file: URL,
    private readonly signal?: AbortSignal,
  ) {
    this.#worker = startThread(file);
    this.#worker.on("message", (reply: Reply) => this.#hear(reply));
    this.#worker.on("error", (error) => this.#fail(error));
    signal?.addEventListener("abort", this.#stop, { once: true });
  }

  readonly #stop = () => this.#fail(this.signal?.reason);

  /** Buffers in `transfer` are the thread's from here on. */
  ask<Answer>(message: unknown, transfer: readonly ArrayBuffer[] = []): Promise<Answer> {
    this.signal?.throwIfAborted();
    if (this.#failed) return Promise.reject(this.#failed.error);
    return new Promise<Answer>((resolve, reject) => {
      this.#waiting = { resolve: resolve as (answer: unknown) => void, reject };
      this.#worker.postMessage(message, transfer);
    });
  }

  #hear(reply: Reply): void {
    const waiting = this.#waiting;
    this.#waiting = null;
    if ("answer" in reply) waiting?.resolve(reply.answer);
    else if ("refused" in reply) waiting?.reject(new Invalid(reply.refused));
    else waiting?.reject(new Error(`${this.what} failed: ${reply.fault}`));
  }

  #fail(error: unknown): void {
    this.#failed ??= { error };
    this.#waiting?.reject(error);
    this.#waiting = null;
  }

  async close(): Promise<void> {
    this.signal?.removeEventListener("abort", this.#stop);
    await this.#worker.terminate();
  }
}

/** The thread itself: answers each message in its turn. */
export function answerMessages<Message>(answer: (message: Message) => unknown): void {
  const reply = (said: Reply) => parentPort?.postMessage(said);
  parentPort?.on("message", (message: Message) => {
    try {
      reply({ answer: answer(message) });
    } catch (error) {
      if (error instanceof Invalid) return reply({ refused: error.message });
      reply({ fault: error instanceof Error ? error.name : "unknown" });
    }
  });
}
