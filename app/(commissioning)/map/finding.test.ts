import { expect, test } from "vitest";
import { readFigure } from "../../../server/domain/disclosure";
import type { MapFigures } from "../../../server/domain/figures";
import {
  areaFitInWords,
  areaInShort,
  bestFitInWords,
  changeInWords,
  leftOutInWords,
  levelToOffer,
  mapTitle,
  ordinal,
  placeInWords,
  placeOf,
  rankAreas,
  shortPeriod,
  valueInWords,
} from "./finding";
import { figuresOf } from "./testing-figures";

const titleOf = (figures: MapFigures) => mapTitle(figures, rankAreas(figures, "people"));

test("the title names the highest two when each stands alone", () => {
  expect(titleOf(figuresOf([30, 110, 75]))).toBe("Money and debt: highest in SR1 2 and SR1 3");
});

test("the title names a tie as a tie, and counts a long one", () => {
  expect(titleOf(figuresOf([50, 50, 20]))).toBe("Money and debt: highest in SR1 1 and SR1 2");
  expect(titleOf(figuresOf([50, 50, 50, 50, 20]))).toBe("Money and debt: highest in 4 sectors");
});

test("where most show no figure, the highest is only so among those that do", () => {
  expect(titleOf(figuresOf([30, null, null]))).toBe("Money and debt: only SR1 1 shows a figure");
  expect(titleOf(figuresOf([30, 45, null, null, null]))).toBe(
    "Money and debt: highest in SR1 2, of the 2 sectors that show a figure",
  );
});

test("larger areas are offered where half or more of these hide a small number", () => {
  const rankedOf = (figures: readonly (number | null)[]) => rankAreas(figuresOf(figures), "people");
  expect(levelToOffer("sector", rankedOf([30, null, null]))).toBe("district");
  expect(levelToOffer("district", rankedOf([null]))).toBe("lad");
  expect(levelToOffer("sector", rankedOf([30, 40, null]))).toBeNull();
  expect(levelToOffer("region", rankedOf([null]))).toBeNull();
});

test("what the order leaves out because coverage changed is counted and still told", () => {
  const figures = figuresOf([30, 110, 75], { coverageChanged: [11] });
  const ranked = rankAreas(figures, "people");
  expect(mapTitle(figures, ranked)).toBe("Money and debt: highest in SR1 3");
  expect(leftOutInWords(ranked, "people")).toBe("of 2 with a figure; 1 left out because coverage changed");
  expect(leftOutInWords(rankAreas(figuresOf([30, 110]), "people"), "people")).toBeNull();
  const out = ranked.find(({ absence }) => absence === "coverage");
  expect(out && valueInWords(out, "people")).toBe("110 people");
});

test("hidden is said as hidden, never as none", () => {
  expect(titleOf(figuresOf([null, null]))).toBe(
    "Money and debt: fewer than 10 people in each of these sectors",
  );
  const reason = "need-at-sector-needs-a-commissioner";
  expect(titleOf(figuresOf([null], { notPublished: [{ area: 10, reason }] }))).toBe(
    "Money and debt: nothing published here",
  );
});

test("of two that show a figure the second is not named as highest too, and equal ones are said to be the same", () => {
  expect(titleOf(figuresOf([45, 35]))).toBe("Money and debt: highest in SR1 1");
  expect(titleOf(figuresOf([45, 35, 20]))).toBe("Money and debt: highest in SR1 1 and SR1 2");
  expect(titleOf(figuresOf([20, 20]))).toBe("Money and debt: about the same in all 2 sectors");
  expect(titleOf(figuresOf([20, 20, null]))).toBe(
    "Money and debt: about the same in the 2 sectors that show a figure",
  );
});

test("a period without any figure is not said to be known", () => {
  const quiet = { ...figuresOf([null, null]), periodHasFigures: false };
  expect(titleOf(quiet)).toBe("Money and debt: nobody recorded anything, or too little to show");
});

test.each([
  ["DH1 4", "DH1 4", null],
  ["NE1 1+NE1 3", "NE1 1 and NE1 3", null],
  ["DH1 4+DH97 1+DH99 1", "DH1 4 and 2 more", "DH97 1 and DH99 1"],
])("the name of %s is short in the table", (code, short, rest) => {
  expect(areaInShort({ code, name: code }, "sector")).toEqual({ short, rest });
});

test("what best fit puts in a neighbour is said to two digits, and not at all under 10 households", () => {
  expect(bestFitInWords("lad", 1234)).toBe("About 1,200 households count with a neighbouring authority");
  expect(bestFitInWords("district", 87)).toBe("About 90 households count with a neighbouring district");
  expect(bestFitInWords("lad", 9)).toBeNull();
  expect(bestFitInWords("sector", 1234)).toBeNull();
  expect(areaFitInWords("lad", { elsewhere: 1234, fromElsewhere: 310 })).toBe(
    "about 1,200 households count with a neighbour; about 310 of a neighbour's count here",
  );
});

test("areas without a value come last and say why", () => {
  const ranked = rankAreas(figuresOf([null, 15, 20]), "people");
  expect(ranked.map((area) => [area.code, area.value, area.absence])).toEqual([
    ["SR1 3", 20, null],
    ["SR1 2", 15, null],
    ["SR1 1", null, "few"],
  ]);
});

test("equal values share a place", () => {
  const ranked = rankAreas(figuresOf([20, 30, 20, 15]), "people");
  expect(placeOf(ranked, 12)).toEqual({ place: 2, of: 4, tied: true });
  expect(placeInWords({ place: 2, of: 4, tied: true })).toBe("equal 2nd of 4");
  expect([1, 2, 3, 4, 11, 12, 13, 21, 22, 103].map(ordinal).join(" ")).toBe(
    "1st 2nd 3rd 4th 11th 12th 13th 21st 22nd 103rd",
  );
});

test.each([
  [30, "Up by 30", "on a year before, from 80 in July to September 2025."],
  [-30, "Down by 30", "on a year before, from 80 in July to September 2025."],
  [5, "About the same", "as a year before (80 in July to September 2025)."],
  [0, "About the same", "as a year before (80 in July to September 2025)."],
])("a change of %d is said in words", (people, finding, rest) => {
  const change = {
    period: "q:2025-Q2",
    words: "July to September 2025",
    figure: readFigure(80),
    people,
    percent: 0,
  };
  expect(changeInWords(change)).toEqual({ finding, rest });
});

test("periods have short names under a bar", () => {
  expect(shortPeriod("m:2026-01")).toEqual({ label: "J", group: "2026" });
  expect(shortPeriod("q:2026-Q2")).toEqual({ label: "Jul", group: null });
  expect(shortPeriod("q:2026-Q2", true)).toEqual({ label: "Jul", group: "2026" });
  expect(shortPeriod("y:2025")).toEqual({ label: "2025/26", group: null });
});

test("an area where coverage changed keeps its figure and has no place on the scale", () => {
  const [shown, changed] = rankAreas(figuresOf([20, 90], { coverageChanged: [11] }), "people");
  expect(shown).toMatchObject({ area: 10, value: 20, absence: null });
  expect(changed).toMatchObject({ area: 11, figure: 90, value: null, absence: "coverage" });
});

test("in an open period an area without a clock is not live, and one with a clock has fewer than 10", () => {
  const open = { settlesOn: "2027-01-29", clocks: [], clockOf: [0, null, null] };
  const ranked = rankAreas(figuresOf([null, null, 30], { open, settledOn: null }), "people");
  expect(ranked.map(({ area, absence }) => [area, absence])).toEqual([
    [12, null],
    [10, "few"],
    [11, "not-live"],
  ]);
});
