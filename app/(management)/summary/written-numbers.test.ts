import { expect, test } from "vitest";
import { samplePaper } from "../../../server/documents/testing-paper";
import { exactNumbersIn, partsWithExactNumbers } from "../../../server/domain/impact/written-numbers";

const MADE_PAPER = samplePaper();
const draft = { ...MADE_PAPER, basis: "exact" as const };

test("a number taken over from the draft is found once", () => {
  expect(exactNumbersIn("We helped 485 people. Yes, 485, and 105 are done.", draft)).toEqual(["485", "105"]);
});

test("dates, years and numbers of one's own are left alone", () => {
  expect(exactNumbersIn("By 30 September 2026 our 13 volunteers had helped about 490.", draft)).toEqual([]);
});

test("a small number that the draft spells out is found, whether it is taken over as a word or as a digit", () => {
  const lead = "It was lower for three people, the same for five and higher for one person.";
  const small = { ...draft, lead };
  expect(
    exactNumbersIn("Three people did well, and 5 stayed. For two years we have asked one person.", small),
  ).toEqual(["3", "5", "1"]);
  expect(exactNumbersIn("Our three rooms were full for five weeks.", small)).toEqual([]);
});

test("rounded words have nothing to find", () => {
  expect(exactNumbersIn("We helped 485 people", MADE_PAPER)).toEqual([]);
});

test("each part is named by what is written over it, and a part that is off does not count", () => {
  const texts = { title: "All 485 of them", needs: "Not a number", value: "Worth it for 310", unmet: "485" };
  expect(partsWithExactNumbers(texts, draft)).toEqual([
    { key: "title", called: "the title", numbers: ["485"] },
    { key: "value", called: "“What it may be worth”", numbers: ["310"] },
  ]);
});
