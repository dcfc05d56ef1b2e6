"use client";
/** Outlines of a level, as far as they have been made. They change once a year, so the browser may keep them. */
import { useQuery } from "@tanstack/react-query";
import type { MapFigures } from "../../../server/domain/figures";
import type { Topology } from "../../../server/domain/topology";
import { type AreaShapes, shapesOf } from "./area-shapes";

export function useOutlines(figures: Pick<MapFigures, "level" | "geographyYear"> | undefined) {
  const level = figures?.level;
  const year = figures?.geographyYear;
  return useQuery({
    queryKey: ["outlines", level, year],
    enabled: figures !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async (): Promise<AreaShapes> => {
      const answer = await fetch(`/api/boundaries?level=${level}&year=${year}`);
      if (!answer.ok) throw new Error("The outlines could not be read");
      const file: Topology = await answer.json();
      return shapesOf(file);
    },
  });
}
