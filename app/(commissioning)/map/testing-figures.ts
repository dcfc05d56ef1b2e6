/** Made figures of a few sectors, for the tests of what is said of them. */

import { readFigure } from "../../../server/domain/disclosure";
import type { MapFigures } from "../../../server/domain/figures";

/** Sectors SR1 1, SR1 2 and so on with these figures, which are their rates too. */
export function figuresOf(values: readonly (number | null)[], part: Partial<MapFigures> = {}): MapFigures {
  return {
    level: "sector",
    node: "MON",
    label: "Money and debt",
    period: "q:2026-Q2",
    words: "July to September 2026",
    settledOn: "2026-10-28",
    revisedOn: null,
    releaseNo: 4,
    open: null,
    periodHasFigures: true,
    geographyYear: 2026,
    geographyVersion: "made",
    areas: values.map((_, at) => ({
      area: 10 + at,
      code: `SR1 ${at + 1}`,
      name: `SR1 ${at + 1}`,
      households: 1000,
    })),
    figures: values.map((value) => (value === null ? null : readFigure(value))),
    rates: [...values],
    notPublished: [],
    buckets: [],
    householdsInNeighbour: 0,
    coverageChanged: [],
    coverageSince: null,
    breaks: { people: [20, 30, 40, 50], rate: [20, 30, 40, 50] },
    ...part,
  };
}
