import { expect, test } from "vitest";
import { NO_CHANGE, type PanelSeries, type Reporter } from "../../../server/domain/coverage";
import { readFigure } from "../../../server/domain/disclosure";
import { coverageFinding, panelFinding } from "./words";

const reporter = (name: string, first: string, last: string, reportsNow: boolean): Reporter => ({
  ...{ organisation: name.length, name, first, last, reportsNow },
});
const area = (...reporters: Reporter[]) => ({
  ...{ area: 200_001, level: "lad" as const, code: "E01", name: "Testshire", within: [300_001], reporters },
});
const advice = reporter("Advice", "m:2025-01", "m:2026-06", true);

test.each([
  [[], "Nobody’s own figures show in Testshire yet"],
  [[advice], "One organisation reports in Testshire, the same all along"],
  [
    [advice, reporter("Police", "m:2026-04", "m:2026-06", true)],
    "2 organisations report in Testshire; Police began in April 2026",
  ],
  [
    [advice, reporter("Pantry", "m:2025-01", "m:2025-11", false)],
    "One organisation reports in Testshire; Pantry stopped after November 2025",
  ],
])("who reports is said in one sentence", (reporters, sentence) => {
  expect(coverageFinding(area(...reporters), [], false)).toBe(sentence);
});

test("an organisation that began in one authority of a region is told of the region, and “all along” is not said", () => {
  const inside = area(advice, reporter("Police", "m:2026-04", "m:2026-06", true));
  const region = {
    ...area(advice, reporter("Police", "m:2025-01", "m:2026-06", true)),
    ...{ area: 300_001, level: "region" as const, name: "Westland", within: [] },
  };
  expect(coverageFinding(region, [region, inside], true)).toBe(
    "2 organisations report in Westland; Police began in Testshire in April 2026",
  );
  expect(coverageFinding(region, [region], true)).toBe("2 organisations report in Westland");
  expect(coverageFinding(region, [region], false)).toBe(
    "2 organisations report in Westland, the same all along",
  );
});

/** A series of two quarters a year apart: everybody and the panel, then and now. */
function seriesOf(wholeThen: number, wholeNow: number, panelThen: number, panelNow: number): PanelSeries {
  const point = (period: string, figure: number) => ({ period, words: period, figure: readFigure(figure) });
  const whole = [point("q:2025-Q2", wholeThen), point("q:2026-Q2", wholeNow)];
  return {
    ...{
      area: 200_001,
      level: "lad",
      name: "Testshire",
      node: "JUS",
      label: "Crime and justice",
      type: "quarter",
    },
    whole: whole.map((each) => ({ ...each, sinceBefore: NO_CHANGE, sinceYear: NO_CHANGE })),
    panels: [
      {
        financialYear: 2026,
        organisations: [],
        points: [point("q:2025-Q2", panelThen), point("q:2026-Q2", panelNow)],
      },
    ],
  };
}

const OTHERS = "was recorded by organisations or places that had not reported throughout";

test.each([
  [`part of the rise (about 195) ${OTHERS}`, seriesOf(100, 300, 100, 105)],
  [`part of the rise (about 300) ${OTHERS}`, seriesOf(1000, 1600, 1000, 1300)],
  [`part of the rise (about 100) ${OTHERS}`, seriesOf(1795, 1990, 1795, 1890)],
  ["the rise is there among the same organisations too", seriesOf(100, 200, 90, 185)],
  ["not clearly different from a year before, however it is counted", seriesOf(100, 110, 100, 105)],
  [
    "about 105 more people than a year before were recorded by organisations or places that had not reported throughout",
    seriesOf(300, 305, 300, 200),
  ],
])("a change is read for what it is: %s", (finding, series) => {
  expect(panelFinding(series)?.title).toBe(`Crime and justice in Testshire: ${finding}`);
  expect(panelFinding(series)?.title).not.toMatch(/comes? with|because|due to/);
});

test("the sentence gives both, and calls a small difference not clear", () => {
  expect(panelFinding(seriesOf(100, 300, 100, 105))?.sentence).toBe(
    "July to September 2026, against a year before. Everybody: up by 200 (from 100 to 300). The organisations of the panel, in the authorities where they reported all along: not clearly different (100, then 105).",
  );
});
