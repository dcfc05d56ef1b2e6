"use client";

/**
 * The wire from desk screens to procedures: `const trpc = useTRPC()` and then
 * `useQuery(trpc.session.me.queryOptions())` or `useMutation(trpc.contacts.log.mutationOptions())`.
 */

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createTRPCClient, httpBatchLink } from "@trpc/client";
import { createTRPCContext } from "@trpc/tanstack-react-query";
import { type ReactNode, useState } from "react";
import superjson from "superjson";
import { MOST_CALLS } from "../../server/domain/calls";
import type { AppRouter } from "../../server/routers";
import { ENDPOINT, isCallError } from "./wire";

const { TRPCProvider, useTRPC, useTRPCClient } = createTRPCContext<AppRouter>();

export { useTRPC, useTRPCClient };

/** Refusals stay refusals; only what may pass by itself is tried again. */
function shouldRetry(failures: number, error: unknown): boolean {
  if (!navigator.onLine) return false;
  const status = isCallError(error) ? error.data?.httpStatus : undefined;
  return failures < 2 && (status === undefined || status === 503);
}

/** Calls of one moment travel together, by POST, so that nothing typed shows in an address. */
function deskClient() {
  return createTRPCClient<AppRouter>({
    links: [
      httpBatchLink({ url: ENDPOINT, transformer: superjson, methodOverride: "POST", maxItems: MOST_CALLS }),
    ],
  });
}

export function TrpcProvider({ children }: { children: ReactNode }) {
  const [queryClient] = useState(
    () =>
      new QueryClient({
        defaultOptions: {
          // Without signal a call fails at once and says so, where it would wait without end and without a word.
          queries: {
            networkMode: "always",
            retry: shouldRetry,
            staleTime: 10_000,
            refetchOnWindowFocus: false,
          },
          mutations: { networkMode: "always", retry: false },
        },
      }),
  );
  const [trpcClient] = useState(deskClient);
  return (
    <QueryClientProvider client={queryClient}>
      <TRPCProvider trpcClient={trpcClient} queryClient={queryClient}>
        {children}
      </TRPCProvider>
    </QueryClientProvider>
  );
}
