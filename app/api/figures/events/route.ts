/**
 * Tells open maps that figures have settled or been revised, as server-sent events. A browser that was away names
 * the last event it saw and is told the rest. Listening is no sign of life: an idle session still locks, and then
 * the stream ends.
 */

import { requireRight } from "../../../../server/context";
import { isBrokenRule } from "../../../../server/domain/errors";
import { lastEvent, listEventsAfter, onNews } from "../../../../server/figures/events";
import { describeError, log } from "../../../../server/log";
import { pools } from "../../../../server/pools";
import { contextOf } from "../../../../server/request";

export const dynamic = "force-dynamic";

/** Whoever may no longer listen, because their session or membership ended, is told nothing more within five seconds. */
const CHECK_EVERY_MS = 4_000;
/** A word for proxies that would close a silent stream: with every so many checks. */
const WORD_EVERY = 6;

export async function GET(request: Request): Promise<Response> {
  if (!(await mayListen(request.headers))) return new Response("Sign in first.\n", { status: 403 });
  const { reader } = pools();
  const seen = /^\d{1,18}$/.exec(request.headers.get("last-event-id") ?? "")?.[0];
  let last = seen === undefined ? await lastEvent(reader) : BigInt(seen);
  const text = new TextEncoder();
  let stop = () => {};
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      let work = Promise.resolve();
      const send = (line: string) => controller.enqueue(text.encode(line));
      const inTurn = (next: () => Promise<void>) => {
        work = work.then(next).catch((error: unknown) => {
          log().warn({ error: describeError(error) }, "figures events ended");
          stop();
        });
      };
      const tell = () =>
        inTurn(async () => {
          for (const { id, kind, period } of await listEventsAfter(reader, last)) {
            send(`id: ${id}\ndata: ${JSON.stringify({ kind, period })}\n\n`);
            last = id;
          }
        });
      let checks = 0;
      const check = () =>
        inTurn(async () => {
          checks += 1;
          if (!(await mayListen(request.headers))) stop();
          else if (checks % WORD_EVERY === 0) send(": still here\n\n");
        });
      const leave = onNews(reader, tell);
      const timer = setInterval(check, CHECK_EVERY_MS);
      stop = () => {
        leave();
        clearInterval(timer);
        stop = () => {};
        controller.close();
      };
      request.signal.addEventListener("abort", () => stop());
      send("retry: 5000\n\n");
      tell();
    },
    cancel: () => stop(),
  });
  return new Response(stream, {
    headers: {
      "Content-Type": "text/event-stream; charset=utf-8",
      "Cache-Control": "no-store, no-transform",
      "X-Accel-Buffering": "no",
    },
  });
}

async function mayListen(headers: Headers): Promise<boolean> {
  const ctx = await contextOf(headers, false);
  try {
    requireRight(ctx, "figures.read", ctx.actor?.organisationId ?? null);
    return true;
  } catch (error) {
    if (isBrokenRule(error)) return false;
    throw error;
  }
}
