/** What is said of two maps side by side. */
import { expect, test } from "vitest";
import type { MapFigures } from "../../../server/domain/figures";
import {
  compareAreas,
  compareTitle,
  countsInWords,
  differenceInWords,
  periodInShort,
  sharedBreaks,
} from "./compare";
import { figuresOf } from "./testing-figures";

const said = (from: number | null, to: number | null, kind: "period" | "need" = "period") =>
  compareAreas(figuresOf([from]), figuresOf([to]), "people").map((area) =>
    differenceInWords(area, "people", kind),
  )[0];

test.each([
  [40, 55, "up 15, from 40 to 55"],
  [1055, 40, "down 1,015, from 1,055 to 40"],
  [40, 45, "about the same, from 40 to 45"],
  [40, 40, "about the same, from 40 to 40"],
])("two periods: %d then %d is said as %s", (from, to, words) => {
  expect(said(from, to)).toBe(words);
});

test("two needs are said as more or fewer, because nothing went up or down", () => {
  expect(said(40, 55, "need")).toBe("15 more, 55 against 40");
  expect(said(55, 40, "need")).toBe("15 fewer, 40 against 55");
});

test.each([
  [null, 55, "cannot be compared: fewer than 10 on the left, 55 on the right"],
  [40, null, "cannot be compared: 40 on the left, fewer than 10 on the right"],
  [null, null, "cannot be compared: fewer than 10 on both"],
])("where either is hidden no difference is said: %s and %s", (from, to, words) => {
  const [area] = compareAreas(figuresOf([from]), figuresOf([to]), "people");
  expect(area?.change).toBeNull();
  expect(area && differenceInWords(area, "people", "period")).toBe(words);
});

test("a rate without a base is no side of a comparison", () => {
  const [area] = compareAreas(figuresOf([40], { rates: [null] }), figuresOf([55]), "rate");
  expect(area?.change).toBeNull();
});

test("rates are called the same when their people are, and else differ by the published decimal", () => {
  const [same] = compareAreas(figuresOf([40], { rates: [8.1] }), figuresOf([45], { rates: [9.2] }), "rate");
  expect(same && differenceInWords(same, "rate", "period")).toBe("about the same, from 8.1 to 9.2");
  const [up] = compareAreas(figuresOf([40], { rates: [8.1] }), figuresOf([55], { rates: [11.4] }), "rate");
  expect(up && differenceInWords(up, "rate", "period")).toBe("up 3.3, from 8.1 to 11.4");
});

test("an area that was formed later has no change", () => {
  const areas = compareAreas(figuresOf([40]), figuresOf([40, 60]), "people");
  expect(areas.map(({ area, change }) => [area, change])).toEqual([
    [10, 0],
    [11, null],
  ]);
});

test("the title names the largest rise and the largest fall, and the counts add up to all", () => {
  const from = figuresOf([40, 40, 40, 40, null]);
  const to = figuresOf([80, 60, 15, 45, 20]);
  const areas = compareAreas(from, to, "people");
  expect(compareTitle(from, to, areas, "period")).toBe(
    "Money and debt: up most in SR1 1, down most in SR1 3",
  );
  expect(countsInWords(areas, "period")).toBe("2 up, 1 down, 1 about the same, 1 cannot be compared");
});

test("the title says when nothing is apart or nothing can be compared", () => {
  const titleOf = (from: MapFigures, to: MapFigures) =>
    compareTitle(from, to, compareAreas(from, to, "people"), "period");
  expect(titleOf(figuresOf([40]), figuresOf([45]))).toBe(
    "Money and debt: about the same wherever they can be compared",
  );
  expect(titleOf(figuresOf([null]), figuresOf([45]))).toBe("Money and debt: no sector can be compared");
});

test("two needs share the larger scale, so that no value runs off the end", () => {
  const small = figuresOf([10], { breaks: { people: [10, 20], rate: [1, 2] } });
  const large = figuresOf([10]);
  expect(sharedBreaks(small, large, "people")).toEqual([20, 30, 40, 50]);
  expect(sharedBreaks(large, small, "people")).toEqual([20, 30, 40, 50]);
});

test.each([
  ["m:2025-01", "Jan 2025"],
  ["q:2026-Q1", "Apr to Jun 2026"],
  ["y:2025", "2025/26"],
])("%s heads a column as %s", (period, words) => {
  expect(periodInShort(period)).toBe(words);
});
