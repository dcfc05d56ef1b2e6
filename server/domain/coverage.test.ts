import { describe, expect, test } from "vitest";
import {
  beganOrStopped,
  isMaterial,
  likeForLike,
  monthsOf,
  NO_CHANGE,
  type PanelSeries,
  packChanges,
  panelMonths,
  reportedMonths,
  reportedThroughout,
  spanOf,
  unpackChanges,
} from "./coverage";
import { readFigure } from "./disclosure";
import { findPeriod, type Period, periodNumber, periodText } from "./period";

const period = (text: string): Period => {
  const found = findPeriod(text);
  if (!found) throw new Error(text);
  return found;
};
const months = (...texts: string[]) => new Set(texts.flatMap((text) => monthsOf(period(text))));
const reported = (...texts: string[]) => reportedMonths(texts.map((text) => periodNumber(period(text))));

describe("an organisation reported in", () => {
  test("the months in which its own figure shows", () => {
    expect(reported("m:2025-04", "m:2025-06")).toEqual(months("m:2025-04", "m:2025-06"));
  });
  test("every month of a quarter that shows although none of its months does", () => {
    expect(reported("q:2025-Q1")).toEqual(months("q:2025-Q1"));
  });
  test("its months alone, where a month of the quarter shows: a quarter says nothing of the time before it began", () => {
    expect(reported("q:2025-Q1", "m:2025-06")).toEqual(months("m:2025-06"));
  });
  test("a span from the first month to the last, whatever lies between", () => {
    const span = spanOf(months("m:2025-04", "m:2026-01"));
    expect(span && [span.first, span.last].map(periodText)).toEqual(["m:2025-04", "m:2026-01"]);
    expect(spanOf(new Set())).toBeNull();
  });
});

describe("coverage changed where the part of the months reported differs by a third or more", () => {
  test.each([
    ["all of one month and none of the other", ["m:2025-05"], "m:2025-04", "m:2025-05", "began"],
    [
      "two months of three and three",
      ["m:2025-05", "m:2025-06", "q:2025-Q2"],
      "q:2025-Q1",
      "q:2025-Q2",
      "began",
    ],
    ["three months of three and none", ["q:2025-Q1"], "q:2025-Q1", "q:2025-Q2", "stopped"],
    [
      "nine months of twelve and twelve",
      ["q:2025-Q1", "q:2025-Q2", "q:2025-Q3", "y:2026"],
      "y:2025",
      "y:2026",
      null,
    ],
    [
      "eight months of twelve and twelve",
      ["q:2025-Q1", "q:2025-Q2", "m:2025-10", "m:2025-11", "y:2026"],
      "y:2025",
      "y:2026",
      "began",
    ],
    ["neither", [], "q:2025-Q1", "q:2025-Q2", null],
  ] as const)("%s", (_, of, then, now, expected) => {
    expect(beganOrStopped(months(...of), period(then), period(now))).toBe(expected);
  });

  test("and the organisation brings a tenth of the people or more, by figures; what is hidden never does", () => {
    expect(isMaterial(10, 100)).toBe(true);
    expect(isMaterial(10, 105)).toBe(false);
    expect(isMaterial(null, 100)).toBe(false);
    expect(isMaterial(50, null)).toBe(false);
  });

  test("and both comparisons keep apart in storage", () => {
    const began = { began: true, stopped: false };
    const both = { began: true, stopped: true };
    for (const [before, year] of [
      [NO_CHANGE, began],
      [both, NO_CHANGE],
      [began, both],
    ] as const) {
      expect(unpackChanges(packChanges(before, year))).toEqual({ sinceBefore: before, sinceYear: year });
    }
  });
});

describe("a panel", () => {
  test("takes who reported in every month from the April before last to the newest period's end", () => {
    expect(new Set(panelMonths(period("q:2025-Q2")))).toEqual(months("y:2024", "q:2025-Q1", "q:2025-Q2"));
    expect(panelMonths(period("y:2025"))).toHaveLength(24);
    expect(panelMonths(period("m:2025-04"))).toHaveLength(13);
    expect(reportedThroughout(months("y:2024", "q:2025-Q1"), period("q:2025-Q1"))).toBe(true);
    const gap = months("y:2024", "q:2025-Q1");
    gap.delete(monthsOf(period("m:2024-12"))[0] ?? 0);
    expect(reportedThroughout(gap, period("q:2025-Q1"))).toBe(false);
  });

  test("compares a period with the year before by the same organisations, and tells nothing where one figure is hidden", () => {
    const point = (text: string, figure: number | null) => ({
      period: text,
      words: text,
      figure: figure === null ? null : readFigure(figure),
    });
    const series = (before: number | null): PanelSeries => ({
      ...{ area: 200_001, level: "lad", name: "Testshire", node: "*", label: "Any need", type: "quarter" },
      whole: [point("q:2024-Q1", 100), point("q:2025-Q1", 150)].map((each) => ({
        ...each,
        sinceBefore: NO_CHANGE,
        sinceYear: NO_CHANGE,
      })),
      panels: [
        {
          financialYear: 2025,
          organisations: [],
          points: [point("q:2024-Q1", before), point("q:2025-Q1", 105)],
        },
      ],
    });
    expect(likeForLike(series(100), period("q:2025-Q1"))).toEqual({
      ...{ wholeThen: 100, wholeNow: 150, panelThen: 100, panelNow: 105 },
    });
    expect(likeForLike(series(null), period("q:2025-Q1"))).toBeNull();
    expect(likeForLike(series(100), period("q:2024-Q1"))).toBeNull();
  });
});
