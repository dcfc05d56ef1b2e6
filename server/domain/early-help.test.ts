import { expect, test } from "vitest";
import { answerEarlyHelpSchema, answerStands, type EarlyHelpEntry, earlyHelpOutcomes } from "./early-help";
import { findNeed } from "./needs";

const today = "2027-03-31";
const entry = (code: string, over: Partial<EarlyHelpEntry> = {}): EarlyHelpEntry => ({
  needNumber: findNeed(code)?.number ?? -1,
  status: "new",
  occurredOn: "2027-03-01",
  ...over,
});
/** Rent arrears, parenting and debt or work stand under different outcomes. */
const three = [entry("HOU-04"), entry("FAM-01"), entry("MON-01")];

test("three outcomes in six months meet the rule, and it says which needs stand under which", () => {
  const outcomes = earlyHelpOutcomes(three, today);
  expect(outcomes?.length).toBeGreaterThanOrEqual(3);
  expect(outcomes?.find(({ label }) => label === "Secure housing")?.needs).toEqual([
    findNeed("HOU-04")?.number,
  ]);
});

test("two outcomes do not, however many needs stand under them", () => {
  const two = [entry("HOU-04"), entry("HOU-06"), entry("HOU-08"), entry("FAM-01"), entry("FAM-02")];
  expect(earlyHelpOutcomes(two, today)).toBeNull();
});

test.each([
  ["2026-10-01", true],
  ["2026-09-30", false],
])("a contact of %s counts: %s", (occurredOn, counts) => {
  const [first, ...rest] = three;
  const outcomes = earlyHelpOutcomes([...rest, { ...(first ?? entry("HOU-04")), occurredOn }], today);
  expect(outcomes !== null).toBe(counts);
});

test("a need that was only said to be over does not count; one that was met since does", () => {
  const over = three.map((one) => ({ ...one, status: "resolved" as const }));
  expect(earlyHelpOutcomes(over, today)).toBeNull();
  expect(earlyHelpOutcomes([...three, ...over], today)).not.toBeNull();
});

test("the same entries give the same prompt, in any order and said any number of times", () => {
  const once = earlyHelpOutcomes(three, today);
  expect(earlyHelpOutcomes([...three].reverse(), today)).toEqual(once);
  expect(earlyHelpOutcomes([...three, ...three], today)).toEqual(once);
});

test("an answer stands for three months", () => {
  expect(answerStands("2026-12-31", "2027-03-30")).toBe(true);
  expect(answerStands("2026-12-31", "2027-03-31")).toBe(false);
});

test("a no needs a reason, and a yes has none", () => {
  const id = "0190a1b2-0000-7000-8000-000000000000";
  const read = (answer: string, because: string | null) =>
    answerEarlyHelpSchema.safeParse({ id, clientId: id, answer, because }).success;
  expect([read("agree", null), read("not-now", "they-said-no")]).toEqual([true, true]);
  expect([read("agree", "they-said-no"), read("not-now", null)]).toEqual([false, false]);
});
