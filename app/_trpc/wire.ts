/**
 * The wire from the browser to procedures, without React: for field screens, the outbox and the like. Calls of
 * one moment travel together, by POST, so that nothing typed shows in an address.
 */
import { createTRPCClient, httpBatchLink, TRPCClientError } from "@trpc/client";
import superjson from "superjson";
import { MOST_CALLS } from "../../server/domain/calls";
import type { AppRouter } from "../../server/routers";

/** What a failed call says: a code, a sentence for people, faults by field, and why one is not signed in. */
export type CallError = TRPCClientError<AppRouter>;

export function isCallError(error: unknown): error is CallError {
  return error instanceof TRPCClientError;
}

/** What goes with each request, and how it is sent. */
interface Sending {
  headers?: () => Record<string, string>;
  fetch?: typeof fetch;
}

export function makeClient(sending: Sending = {}) {
  return createTRPCClient<AppRouter>({
    links: [
      httpBatchLink({
        url: "/api/trpc",
        transformer: superjson,
        methodOverride: "POST",
        maxItems: MOST_CALLS,
        ...sending,
      }),
    ],
  });
}
