import { expect, test } from "vitest";
import { type NewPersonAnswers, readNewPerson } from "./new-person";

const TODAY = "2026-11-22";
const answers = (some: Partial<NewPersonAnswers>): NewPersonAnswers => ({
  givenName: "Dawn",
  familyName: "Hetherington",
  birth: "",
  postcode: "",
  noFixedAddress: false,
  ...some,
});
const read = (some: Partial<NewPersonAnswers>) => readNewPerson(answers(some), TODAY);

test("a name alone is enough, and what is not known stays not known", () => {
  expect(read({ familyName: " " })).toEqual({
    ok: true,
    client: { givenName: "Dawn", familyName: "", dateOfBirth: null, place: { kind: "unknown" } },
    bornAbout: null,
  });
  expect(read({ givenName: "", familyName: "" })).toMatchObject({ faults: { name: expect.any(String) } });
});

test.each([
  ["27 3 1984", "1984-03-27"],
  ["27/3/84", "1984-03-27"],
  ["29 February 1984", "1984-02-29"],
])("the birth date %s is taken as %s", (birth, dateOfBirth) => {
  expect(read({ birth })).toMatchObject({ client: { dateOfBirth } });
});

test("a year alone makes no false birth date: it goes into the note", () => {
  expect(read({ birth: "1984" })).toMatchObject({
    ok: true,
    bornAbout: "1984",
    client: { dateOfBirth: null },
  });
});

test.each(["about 1970", "c. 1970", "c1970", "circa 1970", "1970?", " ~ 1970 "])(
  "%s is read as the year 1970",
  (birth) => {
    expect(read({ birth })).toMatchObject({ ok: true, bornAbout: "1970", client: { dateOfBirth: null } });
  },
);

test.each(["soon", "about", "March 1984", "19 70?"])("%s is told how a birth date is written", (birth) => {
  expect(read({ birth })).toMatchObject({
    faults: { birth: "Write it like 14 3 1984, or just the year." },
  });
});

test.each(["31 2 1984", "March 1984", "23 11 2026", "1 1 1899", "1850", "2027", "soon"])(
  "the birth date %s says what to do",
  (birth) => {
    expect(read({ birth })).toMatchObject({ ok: false, faults: { birth: expect.any(String) } });
  },
);

test("no fixed address stands in the place of a postcode, and a broken postcode is told", () => {
  expect(read({ noFixedAddress: true, postcode: "nonsense" })).toMatchObject({
    client: { place: { kind: "no-fixed-address" } },
  });
  expect(read({ postcode: "sr1 3aa" })).toMatchObject({ client: { place: { kind: "postcode" } } });
  expect(read({ postcode: "nonsense" })).toMatchObject({ faults: { postcode: expect.any(String) } });
});
