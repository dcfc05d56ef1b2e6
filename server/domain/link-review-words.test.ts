import { describe, expect, test } from "vitest";
import type { MaskedComparison } from "./link-review";
import {
  about,
  explanation,
  inHundred,
  mainDoubt,
  partingInWords,
  roundNumber,
  signed,
  weigher,
} from "./link-review-words";

const comparison = (over: Partial<MaskedComparison> = {}): MaskedComparison => ({
  initials: "D H",
  place: "SR4 6",
  rows: [],
  prior: -13.2,
  parts: [
    { label: "Family name", words: "same, rare", weight: 9.1 },
    { label: "Given name", words: "one letter differs", weight: 4.2 },
    { label: "Birth date", words: "one digit differs", weight: 3.4 },
    { label: "Place", words: "same sector", weight: 3.2 },
    { label: "Phone", words: "different", weight: -2.1 },
  ],
  missing: ["NHS number"],
  vetoes: [],
  reviewFrom: 0,
  linkFrom: 6.6,
  model: { version: "m3", madeOn: "2026-05-03" },
  parting: { pairs: [] },
  ...over,
});

describe("What the same would part, in words", () => {
  const between = { organisationA: "Advice", organisationB: "Council" };
  const parting = { agree: ["Given name", "Phone"], differ: ["Place"] };

  test.each([
    [["a", "other"], between, "The record of Advice and another that is counted with it now"],
    [["other", "b"], between, "The record of Council and another that is counted with it now"],
    [["a", "b"], between, "The record of Advice and the record of Council"],
    [["other", "other"], between, "Two other records"],
    [
      ["other", "b"],
      { organisationA: "Advice", organisationB: "Advice" },
      "The second record of Advice and another that is counted with it now",
    ],
  ] as const)("names %j of %j", ([one, other], of, said) => {
    const words = partingInWords({ ...parting, who: [one, other] }, of);
    expect(words).toBe(`${said}: they agree in given name and phone, they differ in place.`);
  });
});

describe("A probability in words", () => {
  test.each([
    [0.001, "under 1 in 100"],
    [0.0049, "under 1 in 100"],
    [0.005, "1 in 100"],
    [0.5, "50 in 100"],
    [0.961, "96 in 100"],
    [0.9949, "99 in 100"],
    [0.995, "995 in 1,000"],
    [0.9994, "999 in 1,000"],
    [0.9995, "over 999 in 1,000"],
    [1, "over 999 in 1,000"],
  ])("%d is %s: never none and never all", (probability, words) => {
    expect(inHundred(probability)).toBe(words);
  });
});

test("a share is about so many, or over or under", () => {
  expect([about(0.96), about(0.9999), about(0.001)]).toEqual([
    "about 96 in 100",
    "over 999 in 1,000",
    "under 1 in 100",
  ]);
});

test("weights have a true minus sign", () => {
  expect([signed(9.14), signed(-13.2), signed(0)]).toEqual(["+9.1", "−13.2", "+0.0"]);
});

test.each([
  [1.0625, "1.1"],
  [9_410, "9,400"],
  [16_385, "16,000"],
  [999_999, "1,000,000"],
  [4_123_456, "4.1 million"],
  [23e9, "23 thousand million"],
  [7.1e13, "71 million million"],
])("%d is said as %s", (value, words) => {
  expect(roundNumber(value)).toBe(words);
});

test("the number is told from start to result, so that an officer can read it out", () => {
  expect(explanation(comparison(), 4.6, 0.96)).toEqual([
    "Of pairs of records taken at random, about 1 in 9,400 is one person (−13.2).",
    "What these two have in common, and where they differ, makes that 230,000 times likelier (+17.8).",
    "Together the odds are 24 to 1 for (+4.6), which is 96 in 100.",
  ]);
  expect(explanation(comparison({ parts: [] }), -13.2, 0.0001)[2]).toBe(
    "Together the odds are 9,400 to 1 against (−13.2), which is under 1 in 100.",
  );
});

describe("The main doubt", () => {
  test("is what speaks most against the pair", () => {
    expect(mainDoubt(comparison())).toBe("The main doubt: phone (different).");
  });

  test("is what is missing when nothing speaks against it", () => {
    const parts = comparison().parts.slice(0, 4);
    expect(
      mainDoubt(comparison({ parts, missing: ["Phone", "NHS number", "National Insurance number"] })),
    ).toBe(
      "Nothing speaks against it, but phone, NHS number and National Insurance number cannot be compared.",
    );
    expect(mainDoubt(comparison({ parts, missing: [] }))).toBe(
      "Nothing that both records hold speaks against it.",
    );
  });
});

test("who weighed it is named with the day", () => {
  expect(weigher(comparison().model)).toBe(
    "Weighed by model m3, learnt from the records here on 3 May 2026.",
  );
  expect(weigher({ version: "shipped-1", madeOn: null })).toMatch(/comes with the software \(shipped-1\)/);
});
