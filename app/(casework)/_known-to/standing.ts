/**
 * Whether what an agreement opened on a page may still be shown there. Sharing that stops is gone from an open page within
 * 5 seconds, also from one behind others.
 */
import { type QueryKey, type UseQueryOptions, useQuery } from "@tanstack/react-query";
import { useEffect, useEffectEvent } from "react";

/** How often an open page asks. */
const ASK_EVERY_MS = 4_000;

interface Standing {
  stands: boolean;
}

/**
 * Asks again and again while something is shown, and calls `onEnded` when it may not be shown any longer. `isUnchecked`:
 * it cannot be asked just now, so nothing may be shown until it can.
 */
export function useStanding<TError, TKey extends QueryKey>(
  question: UseQueryOptions<Standing, TError, Standing, TKey>,
  { isShown, onEnded }: { isShown: boolean; onEnded: () => void },
): { isUnchecked: boolean } {
  const { data, isError } = useQuery({
    ...question,
    enabled: isShown,
    refetchInterval: ASK_EVERY_MS,
    refetchIntervalInBackground: true,
    refetchOnMount: "always",
    retry: false,
    staleTime: 0,
    gcTime: 0,
  });
  const stands = data?.stands;
  const end = useEffectEvent(onEnded);
  useEffect(() => {
    if (stands === false) end();
  }, [stands]);
  return { isUnchecked: isShown && isError };
}
