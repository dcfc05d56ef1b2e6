"use client";

/**
 * The wire from screens to procedures: `const trpc = useTRPC()` and then
 * `useQuery(trpc.session.me.queryOptions())` or `useMutation(trpc.contacts.log.mutationOptions())`.
 * Calls of one moment travel together, by POST, so that nothing typed shows in an address.
 */

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createTRPCClient, httpBatchLink, TRPCClientError } from "@trpc/client";
import { createTRPCContext } from "@trpc/tanstack-react-query";
import { type ReactNode, useState } from "react";
import superjson from "superjson";
import { MOST_CALLS } from "../../server/domain/calls";
import type { AppRouter } from "../../server/routers";

const { TRPCProvider, useTRPC, useTRPCClient } = createTRPCContext<AppRouter>();

export { useTRPC, useTRPCClient };

/** What a failed call says: a code, a sentence for people, faults by field, and why one is not signed in. */
export type CallError = TRPCClientError<AppRouter>;

export function isCallError(error: unknown): error is CallError {
  return error instanceof TRPCClientError;
}

/** A client without React, for the outbox and the like. */
export function makeClient() {
  return createTRPCClient<AppRouter>({
    links: [
      httpBatchLink({
        url: "/api/trpc",
        transformer: superjson,
        methodOverride: "POST",
        maxItems: MOST_CALLS,
      }),
    ],
  });
}

/** Refusals stay refusals; only what may pass by itself is tried again. */
function shouldRetry(failures: number, error: unknown): boolean {
  const status = isCallError(error) ? error.data?.httpStatus : undefined;
  return failures < 2 && (status === undefined || status === 503);
}

export function TrpcProvider({ children }: { children: ReactNode }) {
  const [queryClient] = useState(
    () =>
      new QueryClient({
        defaultOptions: {
          queries: { retry: shouldRetry, staleTime: 10_000, refetchOnWindowFocus: false },
          mutations: { retry: false },
        },
      }),
  );
  const [trpcClient] = useState(makeClient);
  return (
    <QueryClientProvider client={queryClient}>
      <TRPCProvider trpcClient={trpcClient} queryClient={queryClient}>
        {children}
      </TRPCProvider>
    </QueryClientProvider>
  );
}
