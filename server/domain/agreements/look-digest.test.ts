import { expect, test } from "vitest";
import { type LookFacts, unusualLooks } from "./look-digest";

const today = "2027-03-31";
const look = (id: string, over: Partial<LookFacts> = {}): LookFacts => ({
  ...{ id, memberId: "amira", memberName: "Amira Rahman", familyName: "Hetherington", day: "2027-03-10" },
  contactDays: ["2027-03-10"],
  isMadeByLooker: false,
  ...over,
});
const why = (looks: LookFacts[], at = today) => [...unusualLooks(looks, at)];

test("a look at somebody seen that day, of another name, is nothing unusual", () => {
  expect(why([look("a")])).toEqual([]);
});

test.each([
  ["Amira Rahman", "RAHMAN", true],
  ["Zoë Müller", "Muller", true],
  ["Ana Smith-Jones", "Smith Jones", true],
  ["Amira Rahman", "Rahmani", false],
  ["Cher", "", false],
])("%s looks at somebody called %s: the same surname is %s", (memberName, familyName, same) => {
  expect(why([look("a", { memberName, familyName })])).toEqual(same ? [["a", ["same-surname"]]] : []);
});

test("five looks of one day about people without a contact are many, four are not, nor are they another's", () => {
  const near = ["2027-03-08"];
  const looks = ["a", "b", "c", "d", "e"].map((id) => look(id, { contactDays: near }));
  expect(why(looks.slice(1))).toEqual([]);
  expect(why(looks).map(([, rules]) => rules)).toEqual(Array(5).fill(["many-without-contact"]));
  const [first, ...rest] = looks;
  expect(why([{ ...(first ?? look("a")), memberId: "josh" }, ...rest])).toEqual([]);
});

test.each([
  ["2027-03-03", "seven days before", []],
  ["2027-03-02", "eight days before", [["a", ["no-contact-near"]]]],
  ["2027-03-17", "seven days after", []],
  ["2027-03-18", "eight days after", [["a", ["no-contact-near"]]]],
])("a contact on %s, %s", (contact, _, found) => {
  expect(why([look("a", { contactDays: [contact] })])).toEqual(found);
});

test("a first visit may still come: nothing is said before the seven days are over", () => {
  const alone = [look("a", { contactDays: [] })];
  expect(why(alone, "2027-03-17")).toEqual([]);
  expect(why(alone, "2027-03-18")).toEqual([["a", ["no-contact-near"]]]);
});

test("a look at somebody whom the member had just recorded for it is unusual", () => {
  expect(why([look("a", { isMadeByLooker: true })])).toEqual([["a", ["made-to-look"]]]);
});
