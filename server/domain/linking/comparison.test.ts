import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { blockingKeys } from "./blocking";
import { compareRecords, type Field } from "./comparison";
import { type LinkRecord, linkRecord, type RawRecord } from "./record";

const rules = { ukFormats: true, testRanges: true, currentYear: 2026 };
const read = (raw: RawRecord) => linkRecord(raw, rules);
const levelOf = (field: Field, a: RawRecord, b: RawRecord) => compareRecords(read(a), read(b)).levels[field];

const named = (firstName: string, lastName = "Osgood") => ({ firstName, lastName });

describe("first names", () => {
  test.each([
    ["Sarah", "SARAH", "same"],
    ["Mary Ann", "Maryann", "same"],
    ["Elizabeth", "Liz", "nickname"],
    ["Chirstopher", "Chris", "nickname"],
    ["Charlotte", "Charltote", "close"],
    ["James", "Peter James", "middle"],
    ["J", "James", "initial"],
    ["Karen", "Kevin", "different"],
    ["Ali", "Deborah", "different"],
  ])("%s and %s: %s", (a, b, level) => {
    expect(levelOf("givenName", named(a), named(b))).toBe(level);
  });

  test("first and last name exchanged are found, and are still the two names", () => {
    const { exchanged, levels, shared } = compareRecords(
      read({ firstName: "Tariq", lastName: "Hall" }),
      read({ firstName: "Hall", lastName: "Tariq" }),
    );
    expect(exchanged).toBe(true);
    expect([levels.givenName, levels.familyName]).toEqual(["same", "same"]);
    expect(new Set([shared.givenName, shared.familyName])).toEqual(new Set(["hall", "tariq"]));
  });
});

describe("family names", () => {
  test.each([
    ["O'Brien", "OBRIEN", "same"],
    ["MacDonald", "McDonald", "variant"],
    ["Smith", "Smyth", "variant"],
    ["Higginbotham", "Higginbothm", "close"],
    ["Jackson-Taylor", "Taylor", "part"],
    ["Cooper", "Khan", "different"],
  ])("%s and %s: %s", (a, b, level) => {
    expect(levelOf("familyName", named("Lee", a), named("Lee", b))).toBe(level);
  });

  test("women's are weighed by themselves, because more of them change theirs", () => {
    const [a, b] = [
      { ...named("Ann", "Cooper"), sex: "F" },
      { ...named("Ann", "Khan"), sex: "F" },
    ];
    expect(levelOf("womansFamilyName", a, b)).toBe("different");
    expect(levelOf("familyName", a, b)).toBeNull();
  });
});

describe("dates of birth", () => {
  test.each([
    ["1985-03-12", "12/03/1985", "same"],
    ["1985-03-12", "1985-12-03", "exchanged"],
    ["1985-03-12", "1985-03-17", "slip"],
    ["1985-03-12", "1985-01-01", "first-of-january"],
    ["1985-03-12", "1985-03-29", "month"],
    ["1985-03-12", "1986-11-30", "year"],
    ["1985-03-12", "1961-11-30", "different"],
    ["1985-03-12", "", null],
  ])("%s and %s: %s", (a, b, level) => {
    expect(levelOf("dateOfBirth", { dateOfBirth: a }, { dateOfBirth: b })).toBe(level);
  });
});

describe("homes", () => {
  const home = (postcode: string, address = "", town = "") => ({ postcode, address, town });
  test.each([
    [home("SR1 3AB", "4 High St"), home("sr13ab", "4 High Street"), "home"],
    [home("SR1 3AB", "4 High St"), home("LS1 4DY", "4, High Street"), "address"],
    [home("SR1 3AB", "4 High St"), home("SR1 3AB"), "postcode"],
    [home("SR1 3AB", "4 High St"), home("SR1 3AB", "19 High St"), "street"],
    [home("SR1 3AB"), home("SR1 3BA"), "slip"],
    [home("SR1 3AB"), home("SR1 3"), "sector"],
    [home("SR1 3AB"), home("SR1"), "district"],
    [home("SR1 3AB"), home("LS1 4DY"), "different"],
    [home("SR1 3AB"), home(""), null],
  ])("%o and %o: %s", (a, b, level) => {
    expect(levelOf("place", a, b)).toBe(level);
  });

  test("a town speaks where the postcode has not", () => {
    const [a, b] = [home("SR1 3AB", "", "Hexley"), home("LS1 4DY", "", "Hexlye")];
    expect(levelOf("town", a, b)).toBe("close");
    expect(levelOf("town", a, { ...a })).toBeNull();
  });
});

test("the addresses of a family are alike by nature: numbers in an e-mail address must be the same", () => {
  const of = (address: string) => ({ emails: [address] });
  expect(levelOf("email", of("farzana.begum93@example.org"), of("farzana.begum79@example.org"))).toBe(
    "different",
  );
  expect(levelOf("email", of("farzana.begum93@example.org"), of("farzana.begun93@example.org"))).toBe(
    "close",
  );
});

describe("identifiers", () => {
  const nino = (value: string) => ({ kind: "nino" as const, value });
  const prison = (value: string) => ({ kind: "prison-number" as const, value });
  test.each([
    [[nino("CX394721C")], [nino("CX394721C")], "same"],
    [[nino("CX394721C"), prison("A1234AA")], [nino("CX394721C"), prison("A1234AA")], "several"],
    [[nino("CX394721C"), prison("A1234AA")], [nino("CX394721C"), prison("B9876XY")], "mixed"],
    [[nino("CX394721C")], [nino("CX344721C")], "slip"],
    [[nino("CX394721C")], [nino("WA630235B")], "different"],
    [[nino("CX394721C")], [prison("A1234AA")], null],
  ])("%o and %o: %s", (a, b, level) => {
    expect(levelOf("identifiers", { identifiers: a }, { identifiers: b })).toBe(level);
  });
});

const pick = (...values: string[]) => fc.constantFrom("", ...values);
const anyRecord: fc.Arbitrary<LinkRecord> = fc
  .record({
    firstName: pick("Sarah", "Sara", "Hall", "Liz", "Elizabeth Ann", "Ann"),
    middleName: pick("Sarah", "Ann", "J"),
    lastName: pick("Hall", "Sarah", "Cooper", "Cooper-Hall", "Smith", "Smyth"),
    sex: pick("F", "M"),
    dateOfBirth: pick("1985-03-12", "1985-12-03", "1985-01-01", "1961-03-12"),
    postcode: pick("SR1 3AB", "SR1 3BA", "SR1 3", "SR1", "LS1 4DY"),
    address: pick("4 High Street", "19 High Street", "4 Hihg Street"),
    town: pick("Hexley", "Hexlye"),
    phones: fc.subarray(["07700900123", "07700900124"]),
  })
  .map(read);

test("comparing a with b is comparing b with a", () => {
  fc.assert(
    fc.property(anyRecord, anyRecord, (a, b) => {
      expect(compareRecords(a, b)).toEqual(compareRecords(b, a));
    }),
    { numRuns: 2_000 },
  );
});

test("no slip by itself hides a pair from blocking", () => {
  const person = {
    firstName: "Elizabeth",
    lastName: "Osgood",
    sex: "F",
    dateOfBirth: "1985-03-12",
    postcode: "SR1 3AB",
    address: "4 High Street",
    town: "Hexley",
  };
  const slips: RawRecord[] = [
    { firstName: "Liz" },
    { firstName: "Osgood", lastName: "Elizabeth" },
    { lastName: "Cooper" },
    { lastName: "Osgodo" },
    { dateOfBirth: "1985-12-03" },
    { dateOfBirth: "1985-01-01" },
    { dateOfBirth: "" },
    { dateOfBirth: "1958-03-12" },
    { postcode: "LS1 4DY", address: "", town: "" },
    { postcode: "" },
    { firstName: "Victoria", lastName: "Cooper" },
  ];
  const keys = new Set(blockingKeys(read(person)));
  for (const slip of slips) {
    const shared = blockingKeys(read({ ...person, ...slip })).filter((key) => keys.has(key));
    expect(shared, JSON.stringify(slip)).not.toEqual([]);
  }
});

test("every blocking key names its rule and is an identifier or is made of two parts or more", () => {
  fc.assert(
    fc.property(anyRecord, (record) => {
      for (const key of blockingKeys(record)) {
        expect(key).toMatch(/^(identifier|[a-z]+(-[a-z]+)+)\|/);
        expect(key.split("|").filter((part) => part !== "").length).toBeGreaterThanOrEqual(3);
      }
    }),
  );
});
