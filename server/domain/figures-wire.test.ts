import { expect, test } from "vitest";
import { readFigure } from "./disclosure";
import type { MapFigures } from "./figures";
import { fromNumbers, toNumbers } from "./figures-wire";

const areas = [
  { area: 11, code: "ZZ1 1", name: "ZZ1 1", households: 1_000 },
  { area: 12, code: "ZZ1 2", name: "ZZ1 2", households: 150 },
  { area: 13, code: "ZZ1 3", name: "ZZ1 3", households: null },
  { area: 14, code: "ZZ1 4", name: "ZZ1 4", households: 2_000 },
];
const figures: MapFigures = {
  level: "sector",
  node: "HOU-04",
  label: "Rent arrears",
  period: "q:2026-Q1",
  words: "April to June 2026",
  settledOn: "2026-07-28",
  revisedOn: null,
  releaseNo: 3,
  open: null,
  periodHasFigures: true,
  geographyYear: 2026,
  geographyVersion: "made",
  areas,
  figures: [readFigure(25), readFigure(10), null, null],
  rates: [25, null, null, null],
  notPublished: [{ area: 14, reason: "need-at-sector-needs-a-commissioner" }],
  buckets: [],
  householdsInNeighbour: 0,
  coverageChanged: [12],
  coverageSince: "q:2025-Q1",
  breaks: { people: [10, 20], rate: [1, 2] },
};

test("numbers and areas make the figures again: hidden stays hidden, what is not on the menu keeps its reason", () => {
  const numbers = toNumbers(figures);
  expect(numbers.fives).toEqual([5, 2, 0, 0]);
  expect(JSON.stringify(numbers)).not.toContain("ZZ1");
  expect(fromNumbers(numbers, areas)).toEqual(figures);
});

test("numbers of other areas are refused", () => {
  expect(() => fromNumbers(toNumbers(figures), areas.slice(1))).toThrow("other areas");
});
