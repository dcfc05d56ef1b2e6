import { describe, expect, test } from "vitest";
import { linkRecord, type RawRecord, readBirthDate } from "./record";

const rules = { ukFormats: true, testRanges: true, currentYear: 2026 };
const read = (raw: RawRecord) => linkRecord(raw, rules);

describe("names", () => {
  test("case, accents, apostrophes, hyphens and stray spaces do not count", () => {
    const one = read({ firstName: " José-MARIA ", lastName: "O'Brien" });
    const other = read({ firstName: "jose maria", lastName: "OBRIEN" });
    expect(one).toEqual(other);
    expect(one.givenNames).toEqual(["jose", "maria"]);
    expect(one.familyNames).toEqual(["obrien"]);
  });

  test("titles are left out, and so is what was typed to get past a form", () => {
    expect(read({ firstName: "Mrs Ann", lastName: "Lee" }).givenNames).toEqual(["ann"]);
    for (const text of ["Unknown", "n/a", "test", "xxxx", "-", "Not known"]) {
      expect(read({ firstName: text }).givenNames, text).toEqual([]);
    }
  });
});

describe("dates of birth", () => {
  test.each([
    ["1980-12-31", "1980-12-31"],
    ["31/12/1980", "1980-12-31"],
    ["1.2.1980", "1980-02-01"],
    ["19801231", "1980-12-31"],
    ["31/12/80", "1980-12-31"],
    ["01/02/03", "2003-02-01"],
    ["3rd March 1975", "1975-03-03"],
    // An impossible day is a slip, and a slip is still evidence.
    ["19231319", "1923-13-19"],
  ])("%s is read as %s", (written, date) => {
    expect(readBirthDate(written, 2026)).toBe(date);
  });

  test.each([
    "",
    "01/01/1900",
    "1900-01-01",
    "11/11/1111",
    "00/00/0000",
    "9999-12-31",
    "unknown",
    "1901-01-01",
  ])("%s is no date of birth", (written) => {
    expect(readBirthDate(written, 2026)).toBeNull();
  });
});

describe("postcodes", () => {
  test.each([
    ["sr1 3ab", "SR1 3AB"],
    ["SR13AB", "SR1 3AB"],
    ["E276 RE", "E27 6RE"],
    ["SR1 3", "SR1 3"],
    ["SR1", "SR1"],
    ["CF38QGR", "CF38QGR"],
    ["ZZ99 3VZ", null],
    ["unknown", null],
    ["", null],
  ])("%s is read as %s", (written, postcode) => {
    expect(read({ postcode: written }).postcode).toBe(postcode);
  });

  test("of another country are kept as they are written", () => {
    const abroad = { ...rules, ukFormats: false };
    expect(linkRecord({ postcode: "4 011" }, abroad).postcode).toBe("4011");
  });
});

test("telephone numbers have one form, and placeholders are none", () => {
  const forms = ["07700 900123", "+44 7700 900123", "0044 (0)7700-900123", "7700900123"];
  for (const phone of forms) expect(read({ phones: [phone] }).phones, phone).toEqual(["07700900123"]);
  for (const phone of ["00000000000", "0999 999 9999", "none", "123"]) {
    expect(read({ phones: [phone] }).phones, phone).toEqual([]);
  }
});

test("an identifier that breaks its rules is not known; a file from elsewhere keeps its own", () => {
  const written = [
    { kind: "nhs-number" as const, value: "999 877 5574" },
    { kind: "nino" as const, value: "QQ123456C" },
  ];
  expect(read({ identifiers: written }).identifiers).toEqual([{ kind: "nhs-number", value: "9998775574" }]);
  const abroad = linkRecord({ identifiers: written }, { ...rules, ukFormats: false });
  expect(abroad.identifiers.map(({ value }) => value)).toEqual(["9998775574", "QQ123456C"]);
});

test("sexes are read in the words that files use, and an unknown one is not known", () => {
  expect(["F", "female", "M", "Male", "X", "9", ""].map((sex) => read({ sex }).sex)).toEqual([
    "female",
    "female",
    "male",
    "male",
    "other",
    null,
    null,
  ]);
});
