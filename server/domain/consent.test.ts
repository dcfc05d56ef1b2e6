import fc from "fast-check";
import { expect, test } from "vitest";
import { answerDayOf, consentStateOf, consentUntil, mayShare, type SaidConsent } from "./consent";
import { addDays } from "./period";

const today = "2026-10-10";
let answers = 0n;
function said(with_: Partial<SaidConsent>): SaidConsent {
  answers += 1n;
  return {
    answer: "given",
    answeredOn: today,
    expiresOn: null,
    atContact: false,
    recordedNo: answers,
    ...with_,
  };
}

test("A yes holds for six months, to the same day or the last of a shorter month", () => {
  expect(consentUntil("2026-04-04")).toBe("2026-10-04");
  expect(consentUntil("2026-08-31")).toBe("2027-02-28");
  const given = [said({ answeredOn: "2026-04-10", expiresOn: "2026-10-10" })];
  expect(consentStateOf(given, "2026-10-10")).toEqual({
    answer: "given",
    on: "2026-04-10",
    until: "2026-10-10",
  });
  expect(consentStateOf(given, "2026-10-11").answer).toBe("lapsed");
});

test("Nobody may share who was not told yes, or no longer", () => {
  const states = [
    [],
    [said({ answer: "declined" })],
    [said({}), said({ answer: "withdrawn" })],
    [said({ answeredOn: "2026-01-01", expiresOn: "2026-07-01" })],
  ].map((answers) => consentStateOf(answers, today));
  expect(states.map(({ answer }) => answer)).toEqual(["not-asked", "declined", "withdrawn", "lapsed"]);
  expect(states.some(mayShare)).toBe(false);
});

test("A yes from a contact that arrives late does not undo what was taken back that day; asking again does", () => {
  const withdrawn = said({ answer: "withdrawn" });
  const late = said({ atContact: true });
  expect(consentStateOf([withdrawn, late], today).answer).toBe("withdrawn");
  expect(consentStateOf([withdrawn, late, said({})], today).answer).toBe("given");
  expect(
    consentStateOf([withdrawn, said({ answeredOn: addDays(today, -3), atContact: true })], today).answer,
  ).toBe("withdrawn");
});

test("An answer dated ahead counts as of today: what was taken back today stays so", () => {
  const ahead = said({ answeredOn: addDays(today, 1), atContact: true });
  expect(consentStateOf([ahead], today)).toMatchObject({ answer: "given", on: today });
  expect(consentStateOf([ahead, said({ answer: "withdrawn" })], today).answer).toBe("withdrawn");
  expect(answerDayOf(addDays(today, 1), today)).toBe(today);
  expect(answerDayOf(addDays(today, -3), today)).toBe(addDays(today, -3));
});

test("The order in which answers are read decides nothing", () => {
  const one = fc.record({
    answer: fc.constantFrom("given" as const, "declined" as const, "withdrawn" as const),
    answeredOn: fc.constantFrom(today, addDays(today, 1), addDays(today, -1), addDays(today, -400)),
    atContact: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(one, { maxLength: 6 }), fc.func(fc.integer()), (made, rank) => {
      const numbered = made.map((answer) => said(answer));
      const shuffled = [...numbered].sort((a, b) => rank(String(a.recordedNo)) - rank(String(b.recordedNo)));
      expect(consentStateOf(shuffled, today)).toEqual(consentStateOf(numbered, today));
    }),
  );
});
