/**
 * The wire from the browser to procedures, without React: for field screens, the outbox and the like. Calls of
 * one moment travel together, by POST, so that nothing typed shows in an address.
 */
import { createTRPCClient, type HTTPBatchLinkOptions, httpBatchLink, TRPCClientError } from "@trpc/client";
import { MOST_CALLS } from "../../server/domain/calls";
import type { AppRouter } from "../../server/routers";
import { lightJson } from "./light-json";

/** What a failed call says: a code, a sentence for people, faults by field, and why one is not signed in. */
export type CallError = TRPCClientError<AppRouter>;

export function isCallError(error: unknown): error is CallError {
  return error instanceof TRPCClientError;
}

/** What goes with each request, how it is sent, and how answers are read. */
interface Sending {
  headers?: () => Record<string, string>;
  fetch?: typeof fetch;
  transformer?: HTTPBatchLinkOptions<AppRouter["_def"]["_config"]["$types"]>["transformer"];
}

export function makeClient({ transformer = lightJson, ...sending }: Sending = {}) {
  return createTRPCClient<AppRouter>({
    links: [
      httpBatchLink({
        url: "/api/trpc",
        transformer,
        methodOverride: "POST",
        maxItems: MOST_CALLS,
        ...sending,
      }),
    ],
  });
}
