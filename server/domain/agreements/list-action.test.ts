/** What came of an action, in words, and what may be sent of one. */

import { expect, test } from "vitest";
import { addListActionSchema, effectInWords, type Seen, seenInWords } from "./list-action";
import { MOST_ROWS } from "./shared-list";

const seen = (over: Partial<Seen> = {}): Seen => ({ on: "2027-03-01", detail: "coded", ...over });
const needs = (...open: [string, NonNullable<Seen["needs"]>[number]["status"]][]) =>
  seen({ needs: open.map(([need, status]) => ({ need, status })) });

test.each<[string, Seen | null, Seen | null, string]>([
  [
    "nothing is shared any longer",
    seen(),
    null,
    "Nothing of this place is shared with you any longer, so the effect cannot be seen.",
  ],
  ["what was seen is destroyed, and a colour is shown", null, seen({ colour: "amber" }), "Now: amber."],
  ["what was seen is destroyed, and none is", null, seen(), "Services still know somebody there."],
  [
    "every need is met",
    needs(["MON-01", "new"], ["FAM-01", "new"]),
    needs(["MON-01", "resolved"], ["FAM-01", "no-longer-relevant"]),
    "None of these needs is open any longer.",
  ],
  [
    "one need is met",
    needs(["MON-01", "new"], ["FAM-01", "new"]),
    needs(["MON-01", "resolved"], ["FAM-01", "ongoing"]),
    "No longer open: Priority debt.",
  ],
  [
    "no need is met, and the colour is the same",
    { ...needs(["MON-01", "new"]), colour: "red" },
    { ...needs(["MON-01", "ongoing"]), colour: "red" },
    "Still red.",
  ],
  [
    "the colour is better",
    seen({ colour: "red" }),
    seen({ colour: "none" }),
    "It was red and is now without anything open: better.",
  ],
  [
    "the colour is worse",
    seen({ colour: "green" }),
    seen({ colour: "amber" }),
    "It was green and is now amber: worse.",
  ],
  [
    "no colour is shown",
    seen(),
    seen(),
    "This agreement shows no colour, so a change cannot be seen here. Ask the service.",
  ],
])("where %s, the effect says so", (_, before, now, words) => {
  expect(effectInWords({ before, now }, "household")).toBe(words);
});

test("of a person, the effect speaks of the person", () => {
  expect(effectInWords({ before: null, now: seen() }, "person")).toBe("Services still know them.");
  expect(effectInWords({ before: seen(), now: null }, "person")).toMatch(/^Nothing about this person /);
});

test("an action is at a row that a list can have, and empty words are none", () => {
  const id = "01890000-0000-7000-8000-000000000001";
  const given = { id, listId: id, kind: "visit", words: " ", memberId: id, dueOn: "2027-03-01" };
  expect(addListActionSchema.parse({ ...given, row: MOST_ROWS })).toMatchObject({
    words: null,
    clientId: null,
  });
  for (const row of [0, MOST_ROWS + 1])
    expect(addListActionSchema.safeParse({ ...given, row }).success).toBe(false);
});

test("what was seen when it was written is said as far as the agreement showed it", () => {
  expect(seenInWords(seen({ detail: "known-to" }))).toBeNull();
  expect(seenInWords(seen({ detail: "rag", colour: "red" }))).toBe("When this was written down: red.");
  expect(seenInWords({ ...needs(["MON-01", "new"], ["FAM-01", "resolved"]), colour: "amber" })).toBe(
    "When this was written down: amber, Priority debt.",
  );
});
