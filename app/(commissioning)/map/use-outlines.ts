"use client";
/**
 * Outlines of a level, as far as they have been made. A level of a nation begins with an overview and takes finer
 * lines as the map comes closer, keeping what it shows until they are there. They change once a year and their
 * address says which they are, so the browser keeps them.
 */
import { useQuery } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import type { MapFigures } from "../../../server/domain/figures";
import { type Detail, detailAt, hasDetails } from "../../../server/domain/outline-detail";
import type { Topology } from "../../../server/domain/topology";
import { type AreaShapes, shapeSteps } from "./area-shapes";
import { inSlices } from "./slices";

/** What outlines are asked for by. */
type Mapped = Pick<MapFigures, "level" | "geographyYear" | "geographyVersion"> & {
  areas: { readonly length: number };
};

export interface Outlines {
  /** As fine as is needed, as far as that has come; undefined while nothing is there. */
  data: AreaShapes | undefined;
  /** What the map began with: its boxes stay the same while the detail changes. */
  first: AreaShapes | undefined;
  isPending: boolean;
  isError: boolean;
  /** Tells the zoom that the outlines are looked at with. */
  lookAt: (zoom: number) => void;
}

export function useOutlines(figures: Mapped | undefined): Outlines {
  const [detail, setDetail] = useState<Detail>("overview");
  const begins = figures && hasDetails(figures.areas.length) ? "overview" : "close";
  const first = useQuery(outlinesQuery(figures, begins));
  const wanted = begins === "close" ? "close" : detail;
  const finer = useQuery({
    ...outlinesQuery(figures, wanted),
    // The finer lines of the same areas until the others are there, never those of another level.
    placeholderData: (before: AreaShapes | undefined, query) =>
      figures && query?.queryKey[1] === figures.level && query.queryKey[3] === figures.geographyVersion
        ? before
        : undefined,
  });
  return {
    data: finer.data ?? first.data,
    first: first.data,
    isPending: first.isPending,
    isError: first.isError,
    lookAt: useCallback((zoom: number) => setDetail(detailAt(zoom)), []),
  };
}

function outlinesQuery(figures: Mapped | undefined, detail: Detail) {
  const { level, geographyYear: year, geographyVersion: version } = figures ?? {};
  return {
    queryKey: ["outlines", level, year, version, detail],
    enabled: figures !== undefined,
    // A week that has gone by makes everything else be read again, and never these.
    staleTime: "static" as const,
    queryFn: async (): Promise<AreaShapes> => {
      const answer = await fetch(
        `/api/boundaries?level=${level}&year=${year}&detail=${detail}&version=${version}`,
      );
      if (!answer.ok) throw new Error("The outlines could not be read");
      const file: Topology = await answer.json();
      return new Promise((read) => inSlices(shapeSteps(file), read));
    },
  };
}
