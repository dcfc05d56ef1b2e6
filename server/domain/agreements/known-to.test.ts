import { expect, test } from "vitest";
import { colourOf, lookSchema, nextStepOf, recencyOf } from "./known-to";

const today = "2027-05-31";

test.each([
  ["2027-05-31", "0-3"],
  ["2027-03-01", "0-3"],
  // Three months before 31 May is the last day of February.
  ["2027-02-28", "3-12"],
  ["2026-06-01", "3-12"],
  ["2026-05-31", "over-12"],
  ["2020-01-01", "over-12"],
] as const)("a contact of %s is %s months ago", (lastOn, recency) => {
  expect(recencyOf(lastOn, today)).toBe(recency);
});

test("whoever has something open is consulted, anybody else is referred to", () => {
  expect([nextStepOf(true), nextStepOf(false)]).toEqual(["consult", "refer"]);
});

test.each([
  [["low", "crisis"], "red"],
  [["high", "medium"], "red"],
  [["low", "medium"], "amber"],
  [["low"], "green"],
  [[], "none"],
] as const)("open issues %j are %s", (severities, colour) => {
  expect(colourOf(severities)).toBe(colour);
});

test("a look names a client by id, a purpose and a reason: there is nothing to search by", () => {
  const id = "0190a1b2-0000-7000-8000-000000000000";
  const look = { id, clientId: id, purpose: "early-help", reason: "urgent", words: null };
  expect(lookSchema.safeParse(look).success).toBe(true);
  for (const over of [
    { clientId: "%" },
    { clientId: undefined },
    { purpose: "curiosity" },
    { reason: "because" },
    { name: "Dawn" },
  ]) {
    expect(lookSchema.safeParse({ ...look, ...over }).success).toBe(false);
  }
});
