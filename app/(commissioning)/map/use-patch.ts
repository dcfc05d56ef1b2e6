"use client";
/** The reader's own patch on the map: the areas of the level that lie in it, and where the map is taken. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTRPC } from "../../_trpc/client";
import { type AreaShapes, type Box, boxOfAreas } from "./area-shapes";
import type { MapProps } from "./map-frame";

export interface PatchOnMap {
  /** Null: everything is shown. */
  areas: ReadonlySet<number> | null;
  /** The areas that the table and the sentence speak of. */
  only: <A extends { area: number }>(areas: readonly A[]) => readonly A[];
}

export function usePatch({
  options,
  control,
  period,
}: Pick<MapProps, "options" | "control" | "period">): PatchOnMap {
  const trpc = useTRPC();
  const { level, whole } = control.view;
  const isOwn = options.patch.length > 0 && !whole;
  const { data } = useQuery({
    ...trpc.map.patch.queryOptions({ level, period }),
    enabled: isOwn,
    placeholderData: keepPreviousData,
  });
  return useMemo(() => {
    const areas = isOwn && data && data.length > 0 ? new Set(data) : null;
    return { areas, only: (all) => (areas === null ? all : all.filter(({ area }) => areas.has(area))) };
  }, [isOwn, data]);
}

/** Where the map begins: at the place that was looked for, else at the patch, else at everything there is. */
export function useFit(outlines: AreaShapes | undefined, focus: Box | null, patch: PatchOnMap): Box | null {
  return useMemo(() => {
    if (!outlines) return null;
    return focus ?? (patch.areas && boxOfAreas(outlines, patch.areas)) ?? outlines.box;
  }, [outlines, focus, patch.areas]);
}
