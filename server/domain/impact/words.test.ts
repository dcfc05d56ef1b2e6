import { describe, expect, test } from "vitest";
import {
  countInWords,
  daysInWords,
  doersInWords,
  listInWords,
  partOf,
  peopleInWords,
  percentOf,
  score,
  thingsInWords,
  wayMoved,
} from "./words";

describe("numbers in words", () => {
  test("are words below ten and digits from ten", () => {
    expect([0, 1, 9, 10, 1140].map((count) => countInWords(count))).toEqual([
      "none",
      "one",
      "nine",
      "10",
      "1,140",
    ]);
  });

  test("of people know nobody, one and several", () => {
    expect([0, 1, 2, 485].map((count) => peopleInWords(count))).toEqual([
      "nobody",
      "one person",
      "two people",
      "485 people",
    ]);
    expect([0, 1, 3].map((count) => thingsInWords(count, "need"))).toEqual([
      "no needs",
      "one need",
      "three needs",
    ]);
  });

  test("that are hidden are never a number, and may be none", () => {
    expect(countInWords("few")).toBe("fewer than 10, or none");
    expect(peopleInWords("few")).toBe("fewer than 10 people, or none");
    expect(doersInWords("few")).toBe("fewer than 10 people, or none,");
  });

  test("of days keep their numerals, but for one", () => {
    expect([0, 1, 9, 1200].map(daysInWords)).toEqual(["0 days", "one day", "9 days", "1,200 days"]);
  });

  test("of scores have one decimal and a true minus sign, and nothing is never minus nothing", () => {
    expect([3.94, 4, -0.72, -0.02].map(score)).toEqual(["3.9", "4.0", "−0.7", "0.0"]);
  });
});

describe("a part of a whole", () => {
  test("is said with its whole and its percentage", () => {
    expect(partOf(180, 470, "people helped", "figures")).toBe("180 of 470 people helped (38%)");
  });

  test("has no percentage where one person would move it by more than five points", () => {
    expect(partOf(7, 19, "people", "exact")).toBe("7 of 19 people");
    expect(partOf(3, 7, "people", "exact")).toBe("three of seven people");
    expect(percentOf(7, 19, "exact")).toBeNull();
    expect(percentOf(7, 20, "exact")).toBe(35);
  });

  test("that is all of it says so; of figures, which have errors, about all", () => {
    expect(partOf(12, 12, "people helped", "exact")).toBe("all 12 people helped");
    expect(partOf(1, 1, "people helped", "exact")).toBe("the one person helped");
    expect(partOf(100, 100, "people", "figures")).toBe("about all 100 people");
    expect(partOf(105, 100, "people", "figures")).toBe("about all 100 people");
  });

  test("is never rounded to nothing or to everything that it is not", () => {
    expect(percentOf(1, 1000, "exact")).toBe(1);
    expect(percentOf(999, 1000, "exact")).toBe(99);
    expect(percentOf(0, 1000, "exact")).toBe(0);
    expect(percentOf(1000, 1000, "exact")).toBe(100);
  });

  test("has no percentage where either is hidden, or where rounding made it larger than its whole", () => {
    expect([
      percentOf("few", 100, "exact"),
      percentOf(20, "few", "exact"),
      percentOf(105, 100, "exact"),
    ]).toEqual([null, null, null]);
  });
});

test("a list ends in and, with a comma before it where an item has a comma or an and of its own", () => {
  expect(listInWords(["money", "benefits", "housing"])).toBe("money, benefits and housing");
  expect(listInWords(["money and debt", "benefits", "housing"])).toBe(
    "money and debt, benefits, and housing",
  );
  expect(listInWords(["housing", "money and debt"])).toBe("housing, and money and debt");
  expect(listInWords(["none, or few", "12"])).toBe("none, or few, and 12");
  expect([listInWords([]), listInWords(["housing"])]).toEqual(["", "housing"]);
});

test("figures have moved when they are two steps of rounding apart, exact numbers when they are five apart", () => {
  expect([wayMoved(105, 100, "figures"), wayMoved(110, 100, "figures")]).toEqual(["same", "rose"]);
  expect([wayMoved(104, 100, "exact"), wayMoved(95, 100, "exact")]).toEqual(["same", "fell"]);
});
