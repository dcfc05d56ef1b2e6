import { describe, expect, test } from "vitest";
import type { Cell, Terms } from "./agreement";
import {
  areaLimit,
  changesInWords,
  endOfSharing,
  howItEnds,
  listInWords,
  needsInWords,
  readyToSign,
  SENSITIVE_PATHS,
  type Sentence,
  shortHash,
  whoSeesWhat,
} from "./in-words";

const names = new Map([
  [1, "Advice"],
  [2, "Housing"],
]);
const nameOf = (id: number) => names.get(id) ?? "Somebody";

const TERMS: Terms = {
  title: "Known to",
  purposes: ["direct-support"],
  reason: "To ask nobody the same thing twice.",
  basis: "public-task",
  condition: "social-care",
  needs: ["*"],
  parties: [
    { organisationId: 1, gives: true, receives: false },
    { organisationId: 2, gives: false, receives: true },
  ],
  cells: [],
  startsOn: "2027-01-01",
  reviewOn: "2027-07-01",
  endsOn: "2027-12-31",
  noticeDays: 30,
};
const KNOWN: Cell = { place: "person", detail: "known-to", group: "caseworker", rests: "basis" };
const FULL: Cell = { place: "person", detail: "full", group: "caseworker", rests: "consent" };
const FIGURES: Cell = { place: "sector", detail: "coded", group: "commissioner", rests: "basis" };

const read = (sentences: readonly Sentence[]) =>
  sentences.map(({ lead, rest }) => `${lead}${rest.startsWith(",") ? "" : " "}${rest}`);

describe("who sees what", () => {
  test("says it for each group and what it waits for, then what nobody sees", () => {
    expect(read(whoSeesWhat({ ...TERMS, cells: [FULL, FIGURES, KNOWN] }, nameOf))).toEqual([
      "Unless the client said no, caseworkers at Housing see which services know the person, how to reach them and how recent it is.",
      "When the client said yes, they also see names and telephone numbers for one person, which needs are open and how each is going.",
      "Commissioners at Housing see figures of people by need for each postcode sector, never a person.",
      "Nobody sees the records of Housing.",
      "Nobody sees notes, dates of birth, identifiers or other people in the home.",
    ]);
  });

  test("leaves out what a fuller cell of the same place says already", () => {
    const cells = [FIGURES, { ...FIGURES, detail: "rag" } as const];
    expect(whoSeesWhat({ ...TERMS, cells }, nameOf)).toHaveLength(3);
  });

  test("says of an empty grid that nobody sees anything", () => {
    expect(read(whoSeesWhat(TERMS, nameOf))).toEqual(["Nobody sees anything yet: the grid is empty."]);
  });
});

test("figures of areas are said to be of everybody who is counted, where a cell opens them", () => {
  expect(areaLimit({ cells: [FULL] })).toBeNull();
  expect(areaLimit({ cells: [FULL, FIGURES] })).toContain("not only clients of these organisations");
});

test("how it ends names every day and the notice", () => {
  expect(howItEnds(TERMS)).toBe(
    "Every look is recorded. It starts on 1 January 2027, is reviewed by 1 July 2027 and ends by itself on 31 December 2027. Any party can leave with 30 days’ notice.",
  );
  expect(howItEnds({ ...TERMS, noticeDays: 0 })).toContain("Any party can leave at once.");
});

test("needs are said by name, the sensitive ones apart", () => {
  expect(needsInWords(["*"])).toBe("Every need that is not sensitive. Sensitive needs are left out.");
  expect(needsInWords(["HOU", "SAF"])).toMatch(/^Housing.*; and with the client’s yes.*Safeg?/i);
  expect(SENSITIVE_PATHS).toContain("MEN");
  expect(SENSITIVE_PATHS).toContain("PHY-08");
  expect(SENSITIVE_PATHS).not.toContain("MEN-01");
  expect(SENSITIVE_PATHS).not.toContain("HOU");
});

describe("ready to sign", () => {
  const unready = (terms: Terms, today = "2026-12-01") =>
    readyToSign(terms, today).filter(({ ready }) => !ready);

  test("asks for nothing more when all is there", () => {
    expect(unready({ ...TERMS, cells: [KNOWN] })).toEqual([]);
  });

  test("sees a first day that has gone by, and sensitive needs that nobody would see", () => {
    expect(unready({ ...TERMS, cells: [KNOWN] }, "2027-02-01")).toHaveLength(1);
    expect(unready({ ...TERMS, cells: [KNOWN], needs: ["*", "MEN"] })).toHaveLength(1);
    expect(unready({ ...TERMS, cells: [KNOWN, FULL], needs: ["*", "MEN"] })).toEqual([]);
  });
});

test("what changed between versions is said in lines, and nothing of what stayed", () => {
  const before: Terms = { ...TERMS, cells: [KNOWN] };
  expect(changesInWords(before, before, nameOf)).toEqual([]);
  expect(changesInWords(before, { ...before, cells: [FULL], endsOn: "2028-12-31" }, nameOf)).toEqual([
    "Now shared: Caseworkers, one person, in full, if they said yes.",
    "No longer shared: Caseworkers, one person, known to, unless they said no.",
    "It ends on 31 December 2028.",
  ]);
});

test.each([
  ["2027-03-31", "2027-04-30", "2027-05-01", "Sharing by it stops at once, for everybody in it."],
  ["2027-05-10", "2027-04-30", "2027-04-01", "It never starts: nothing is ever shared by it."],
  // Without days of notice the last day is the one before.
  ["2027-05-10", "2027-03-31", "2027-04-01", "It never starts: nothing is ever shared by it."],
  ["2027-04-01", "2027-03-31", "2027-04-01", "Sharing by it stops at once, for everybody in it."],
  [
    "2027-04-10",
    "2027-04-30",
    "2027-04-01",
    /^Sharing by it starts on 10 April 2027, goes on until the end of 30 April/,
  ],
  [
    "2027-03-10",
    "2027-04-30",
    "2027-04-30",
    /^Sharing by it goes on until the end of 30 April 2027 and then stops/,
  ],
])("sharing that begins on %s and ends on %s, read on %s: %s", (startsOn, lastDay, today, words) => {
  expect(endOfSharing({ startsOn, lastDay }, today)).toMatch(words);
});

test("lists and hashes read well", () => {
  expect([listInWords([]), listInWords(["a"]), listInWords(["a", "b", "c"])]).toEqual([
    "",
    "a",
    "a, b and c",
  ]);
  expect(shortHash("3fa290c177de00ff")).toBe("3fa2 90c1 77de");
});

test("a person and places are told apart where services are said", () => {
  const cells = (["person", "street"] as const).map((place) => ({ ...KNOWN, place }));
  expect(read(whoSeesWhat({ ...TERMS, cells }, nameOf))[0]).toBe(
    "Unless the client said no, caseworkers at Housing see which services know the person, or somebody at a street, how to reach them and how recent it is.",
  );
});
