/** Which events stand on the series below the map, and where. */
import { expect, test } from "vitest";
import type { EventMarker } from "../../../server/domain/event-marker";
import { eventsIn, placeOfDay } from "./events-here";

const event = (
  id: string,
  codes: readonly [number, string][],
  withdrawnOn: string | null = null,
): EventMarker => ({
  id,
  kind: "employer-closed",
  title: "The works close",
  happensOn: "2026-02-09",
  areas: codes.map(([area, code]) => ({ area, code, name: code })),
  comparison: [],
  expected: [],
  reason: "",
  organisationName: "A council",
  writtenOn: "2026-01-09",
  figuresUntil: null,
  writtenBefore: true,
  withdrawnOn,
  notes: [],
  isOurs: false,
});

test("an event stands at its own areas, the district that holds one, and the widest areas", () => {
  const works = event("works", [[10, "WY4 1"]]);
  const namesIn = (area: number, level: "sector" | "district" | "lad" | "region", name: string) =>
    eventsIn([works, event("gone", [[10, "WY4 1"]], "2026-03-01")], { area, level, name }).map(
      ({ id }) => id,
    );
  expect(namesIn(10, "sector", "WY4 1")).toEqual(["works"]);
  expect(namesIn(11, "sector", "WY4 2")).toEqual([]);
  expect(namesIn(100_004, "district", "WY4")).toEqual(["works"]);
  expect(namesIn(100_044, "district", "WY41")).toEqual([]);
  expect(namesIn(200_001, "lad", "Thornbeck Vale")).toEqual([]);
  expect(namesIn(300_001, "region", "Wythershire")).toEqual(["works"]);
});

test("a day has its place in the period that holds it", () => {
  const periods = ["m:2026-01", "m:2026-02"];
  expect(placeOfDay("2026-02-01", periods)).toEqual({ period: "m:2026-02", passed: 0 });
  expect(placeOfDay("2026-02-15", periods)).toEqual({ period: "m:2026-02", passed: 0.5 });
  expect(placeOfDay("2026-03-01", periods)).toBeNull();
});
