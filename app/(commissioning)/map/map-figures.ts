"use client";
/**
 * The figures of a map as the screens use them: the numbers are asked for each time, the areas that they are of once
 * for a geography.
 */
import { queryOptions, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import type { FiguresQuery } from "../../../server/domain/figures";
import { fromNumbers } from "../../../server/domain/figures-wire";
import { useTRPC } from "../../_trpc/client";

/** Gives the query of the figures of a level, a need and a period. */
export function useFiguresQuery() {
  const trpc = useTRPC();
  const client = useQueryClient();
  return useCallback(
    (asked: FiguresQuery) =>
      queryOptions({
        queryKey: [...trpc.map.figures.pathKey(), "with areas", asked],
        queryFn: async () => {
          const numbers = await client.fetchQuery({ ...trpc.map.figures.queryOptions(asked), staleTime: 0 });
          const { level, geographyYear: year, geographyVersion: version } = numbers;
          const areas = await client.ensureQueryData({
            ...trpc.map.areas.queryOptions({ level, year, version }),
            staleTime: Number.POSITIVE_INFINITY,
          });
          return fromNumbers(numbers, areas);
        },
      }),
    [trpc, client],
  );
}
