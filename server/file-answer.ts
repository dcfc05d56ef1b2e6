/** What routes that hand out files answer with: a body that is made while it is read, and refusals in plain words. */

import { Conflict, isBrokenRule, NotAllowed, NotFound } from "./domain/errors";
import { describeError, log } from "./log";

/** A refusal as plain text, which is kept nowhere. */
export function refusal(status: number, words: string, headers: Record<string, string> = {}): Response {
  return new Response(`${words}\n`, {
    status,
    headers: { "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store", ...headers },
  });
}

/**
 * The refusal that an error stands for: a broken rule in its own words, with `onConflict` for a Conflict. Whatever else
 * it is goes to the log under `failed`, and whoever asked is told nothing of it.
 */
export function refusalFor(error: unknown, failed: string, onConflict: 409 | 429 = 409): Response {
  if (error instanceof NotFound) return refusal(404, error.message);
  if (error instanceof NotAllowed) return refusal(403, error.message);
  if (error instanceof Conflict) return refusal(onConflict, error.message);
  if (isBrokenRule(error)) return refusal(400, error.message);
  log().error({ error: describeError(error) }, failed);
  return refusal(500, "Something went wrong on our side. Try again in a minute.");
}

/** Stretches of bytes as the body of an answer. Whoever stops reading stops the work behind it. */
export function bodyOf(stretches: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await stretches.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      async cancel() {
        await stretches.return(undefined);
      },
    },
    { highWaterMark: 1 },
  );
}
