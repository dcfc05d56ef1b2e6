import { expect, test } from "vitest";
import type { MapOptions, PeriodOption } from "../../../server/domain/figures";
import { findPeriod, periodInWords } from "../../../server/domain/period";
import { partnerOf, periodsOf, readView, stepsOf, type View, viewQuery, within } from "./view";

function settled(text: string, hasFigures = true): PeriodOption {
  const period = findPeriod(text);
  if (!period) throw new Error(text);
  return {
    period: text,
    type: period.type,
    words: periodInWords(period),
    settledOn: "2026-11-01",
    revisedOn: null,
    hasFigures,
  };
}

const options: MapOptions = {
  levels: [
    { level: "sector", label: "Postcode sectors", periodTypes: ["quarter", "year"], needs: ["HOU-04"] },
    {
      level: "district",
      label: "Postcode districts",
      periodTypes: ["month", "quarter", "year"],
      needs: null,
    },
  ],
  periods: ["m:2026-08", "m:2026-09", "q:2026-Q1", "q:2026-Q2", "y:2025"].map((text) => settled(text)),
  open: [],
  patch: [],
  release: { number: 4, madeOn: "2026-11-01" },
};
const read = (query: string) => readView(new URLSearchParams(query), options);

test("an empty address shows any need by sector for the last settled quarter", () => {
  expect(read("")).toEqual({
    node: "*",
    measure: "rate",
    level: "sector",
    period: "q:2026-Q2",
    area: null,
    beside: null,
    whole: false,
  });
});

test.each<View>([
  {
    node: "HOU",
    measure: "people",
    level: "sector",
    period: "q:2026-Q1",
    area: 14,
    beside: { kind: "need", node: "MON" },
    whole: false,
  },
  {
    node: "HOU-04",
    measure: "rate",
    level: "district",
    period: "m:2026-08",
    area: 100_002,
    beside: null,
    whole: false,
  },
  {
    node: "*",
    measure: "rate",
    level: "sector",
    period: "y:2025",
    area: null,
    beside: { kind: "periods" },
    whole: true,
  },
  {
    node: "MON",
    measure: "rate",
    level: "sector",
    period: "q:2026-Q2",
    area: null,
    beside: { kind: "period", period: "q:2026-Q1" },
    whole: false,
  },
])("a view comes back from its address: $node", (view) => {
  expect(read(viewQuery(view))).toEqual(view);
});

test("a month asked for by sector becomes the last settled quarter", () => {
  expect(read("period=m:2026-08").period).toBe("q:2026-Q2");
});

test("a need by sector stays there where it may be had by sector, and else moves to districts", () => {
  expect(read("need=HOU-04&area=14")).toMatchObject({ level: "sector", node: "HOU-04", area: 14 });
  expect(read("need=MEN-01&area=14")).toMatchObject({ level: "district", node: "MEN-01", area: null });
  expect(read("need=MEN&area=14")).toMatchObject({ level: "sector", node: "MEN", area: 14 });
});

test("nonsense in an address is passed over", () => {
  expect(read("need=DROP&level=street&period=q:1066-Q1&area=-3&measure=x")).toEqual(read(""));
});

test("later periods without figures are not where a map begins, and are stepped over unless asked for", () => {
  const quiet = {
    ...options,
    periods: [...options.periods, settled("q:2026-Q3", false), settled("q:2026-Q4", false)],
  };
  expect(readView(new URLSearchParams(), quiet).period).toBe("q:2026-Q2");
  expect(readView(new URLSearchParams("period=q:2026-Q3"), quiet).period).toBe("q:2026-Q3");
  const steps = (also: string | null) => periodsOf(quiet, "quarter", also).map(({ period }) => period);
  expect(steps(null)).toEqual(["q:2026-Q1", "q:2026-Q2"]);
  expect(steps("q:2026-Q3")).toEqual(["q:2026-Q1", "q:2026-Q2", "q:2026-Q3"]);
});

test("where no settled period has figures, the last one is shown", () => {
  const empty = { ...options, periods: [settled("q:2026-Q1", false), settled("q:2026-Q2", false)] };
  expect(readView(new URLSearchParams(), empty).period).toBe("q:2026-Q2");
});

test("before anything has settled there is no period", () => {
  const nothing = { ...options, periods: [] };
  expect(within(read(""), nothing).period).toBeNull();
});

test("of two periods the later one is the map's own, whichever way they were asked for", () => {
  expect(read("period=q:2026-Q1&beside=q:2026-Q2")).toMatchObject({
    period: "q:2026-Q2",
    beside: { kind: "period", period: "q:2026-Q1" },
  });
});

test("a period is first compared with the year before, else with the one before it", () => {
  const longer = { ...options, periods: [settled("q:2025-Q2"), ...options.periods] };
  expect(partnerOf(longer, "q:2026-Q2")).toBe("q:2025-Q2");
  expect(partnerOf(options, "q:2026-Q2")).toBe("q:2026-Q1");
  expect(partnerOf(options, "q:2026-Q1")).toBeNull();
});

test("a comparison that cannot be made becomes one that can, or none", () => {
  const of = (query: string) => read(query).beside;
  expect(of("beside=m:2026-08")).toEqual({ kind: "period", period: "q:2026-Q1" });
  expect(of("beside=q:1999-Q1")).toEqual({ kind: "period", period: "q:2026-Q1" });
  expect(of("period=q:2026-Q1&beside=q:2026-Q1")).toBeNull();
  expect(of("need=HOU&beside=HOU")).toBeNull();
  expect(of("beside=everything")).toBeNull();
});

test("a need to compare with takes both maps to districts where it may not be had by sector", () => {
  expect(read("need=HOU&beside=HOU-04")).toMatchObject({ level: "sector", beside: { node: "HOU-04" } });
  expect(read("need=HOU-04&beside=MEN-01")).toMatchObject({ level: "district", beside: { node: "MEN-01" } });
});

test("an open period that is live is the last step, and never half of a comparison", () => {
  const live = {
    ...options,
    open: [
      {
        period: "q:2026-Q3",
        type: "quarter" as const,
        words: "October to December 2026",
        settlesOn: "2027-01-29",
        isLive: true,
      },
    ],
  };
  expect(stepsOf(live, "quarter").at(-1)).toEqual({
    period: "q:2026-Q3",
    words: "October to December 2026, so far",
    isOpen: true,
  });
  const readLive = (query: string) => readView(new URLSearchParams(query), live);
  expect(readLive("").period).toBe("q:2026-Q2");
  expect(readLive("period=q:2026-Q3").period).toBe("q:2026-Q3");
  expect(readLive("period=q:2026-Q3&beside=q:2026-Q1")).toMatchObject({
    period: "q:2026-Q2",
    beside: { period: "q:2026-Q1" },
  });
  expect(read("period=q:2026-Q3").period).toBe("q:2026-Q2");
});
