import { describe, expect, test } from "vitest";
import { CRISIS_NEEDS, cardsOf, saveCrisisCardSchema, suggestedCard, wantsReview } from "./crisis-cards";

test("the needs with a card are those whose hint is crisis", () => {
  expect(CRISIS_NEEDS).toEqual([
    ...["HOU-01", "MEN-03", "MEN-04", "SUB-03"],
    ...["SAF-01", "SAF-02", "SAF-03", "SAF-04", "SAF-05", "SAF-06", "SAF-08", "BAS-01"],
  ]);
});

describe.each(CRISIS_NEEDS)("what is suggested for %s", (need) => {
  const { title, words, phones, localNumbers } = suggestedCard(need);

  test("could be saved as it stands", () => {
    expect(saveCrisisCardSchema.parse({ need, title, words, phones: [...phones] })).toMatchObject({ words });
  });

  test("can be read in a hurry: six steps at most, none longer than a breath", () => {
    const steps = words.split("\n");
    expect(steps.length).toBeLessThanOrEqual(6);
    for (const step of steps) expect(step.length).toBeLessThanOrEqual(200);
  });

  test("names numbers that only the organisation knows, apart from those that hold everywhere", () => {
    expect(localNumbers.length).toBeGreaterThan(0);
    expect(new Set(phones.map(({ label }) => label)).size).toBe(phones.length);
  });
});

test("an organisation's own card takes the place of what is suggested, which nobody has checked", () => {
  const own = {
    need: "BAS-01",
    title: "Hungry",
    words: "Ring the pantry.",
    phones: [],
    reviewedOn: "2026-11-01",
  };
  const cards = cardsOf([own]);
  expect(cards.map(({ need }) => need)).toEqual(CRISIS_NEEDS);
  expect(cards.find(({ need }) => need === "BAS-01")).toEqual(own);
  expect(cards.filter(({ reviewedOn }) => reviewedOn !== null)).toEqual([own]);
});

test.each([
  [null, true],
  ["2025-11-23", true],
  ["2025-11-24", false],
  ["2026-11-24", false],
])("a card looked at on %s wants to be looked at again: %s", (reviewedOn, wants) => {
  expect(wantsReview({ reviewedOn }, "2026-11-24")).toBe(wants);
});

describe("a card that is sent", () => {
  const card = { need: "BAS-01", title: "No food", words: "Ring the pantry.", phones: [] };
  const fault = (with_: object) => {
    const read = saveCrisisCardSchema.safeParse({ ...card, ...with_ });
    return read.success ? null : read.error.issues[0]?.path.join(".");
  };

  test("has its steps trimmed, without empty lines", () => {
    expect(saveCrisisCardSchema.parse({ ...card, words: "  One \r\n\r\n Two\n" }).words).toBe("One\nTwo");
  });

  test.each([
    [{}, null],
    [{ need: "HOU-04" }, "need"],
    [{ title: " " }, "title"],
    [{ words: "\n \n" }, "words"],
    [{ words: "x".repeat(1_501) }, "words"],
    [{ phones: [{ label: "Pantry", number: "01632 960 001" }] }, null],
    [{ phones: [{ label: "Pantry", number: "+44 (0)1632 960001" }] }, null],
    [{ phones: [{ label: "Pantry", number: "ask Joan" }] }, "phones.0.number"],
    [{ phones: [{ label: "", number: "999" }] }, "phones.0.label"],
    [{ phones: Array.from({ length: 9 }, () => ({ label: "Pantry", number: "999" })) }, "phones"],
  ])("%j has its fault at %s", (with_, path) => {
    expect(fault(with_)).toBe(path);
  });
});
