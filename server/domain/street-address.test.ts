import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { namedPlaces, readTypedPlace } from "./place-breadth";
import { readStreetAddress } from "./street-address";

const AT = "SR1 3DW";
const at = (address: string, postcode = AT) => namedPlaces({ postcode, address });
/** Home and street in words, as somebody reads them. */
const words = (address: string) => {
  const { household, street } = at(address);
  return [household?.words.replace(`, ${AT}`, "") ?? null, street?.words.replace(", SR1 3", "") ?? null];
};

describe("a line of an address", () => {
  test.each<[string, string | null, string | null]>([
    ["14 Whitby Street", "14 Whitby Street", "Whitby Street"],
    ["14A Whitby St.", "14A Whitby Street", "Whitby Street"],
    ["14 a WHITBY ST", "14A Whitby Street", "Whitby Street"],
    ["No. 14, Whitby Str", "14 Whitby Street", "Whitby Street"],
    ["12-14 High St", "12-14 High Street", "High Street"],
    ["12 – 14 High Street North", "12-14 High Street North", "High Street North"],
    ["Flat 2, 14 Whitby Street", "Flat 2, 14 Whitby Street", "Whitby Street"],
    ["flat 2 14 whitby street", "Flat 2, 14 Whitby Street", "Whitby Street"],
    ["14 Whitby Street, Apt 2", "Flat 2, 14 Whitby Street", "Whitby Street"],
    ["Flat B, 14 Whitby Rd", "Flat B, 14 Whitby Road", "Whitby Road"],
    ["Ground floor flat 14 Whitby St", "Ground flat, 14 Whitby Street", "Whitby Street"],
    ["Top Flat, 14 Whitby Street", "Top flat, 14 Whitby Street", "Whitby Street"],
    ["Rose Cottage, Church Lane", "Rose Cottage, Church Lane", "Church Lane"],
    ["Rose Cottage Church Ln", "Rose Cottage, Church Lane", "Church Lane"],
    ["The Old Forge, Church Lane", "The Old Forge, Church Lane", "Church Lane"],
    ["Flat 3 Whitby Court, Church Lane", "Flat 3, Whitby Court, Church Lane", "Church Lane"],
    ["2 Ryhope House, Church Lane", "Flat 2, Ryhope House, Church Lane", "Church Lane"],
    ["3 Whitby Ct", "3 Whitby Court", "Whitby Court"],
    ["Flat 3, Whitby Court", "3 Whitby Court", "Whitby Court"],
    ["St Mary's Road", null, "St Mary's Road"],
    ["5 St. Mary's Rd", "5 St Mary's Road", "St Mary's Road"],
    ["9 Great St Andrews St", "9 Great St Andrews Street", "Great St Andrews Street"],
    ["14 Whitby St St Helens", "14 Whitby Street", "Whitby Street"],
    ["14 Street Lane", "14 Street Lane", "Street Lane"],
    ["1 Mill House Lane", "1 Mill House Lane", "Mill House Lane"],
    ["22 Grove Road", "22 Grove Road", "Grove Road"],
    ["2 1st Ave", "2 First Avenue", "First Avenue"],
    ["3 The Avenue", "3 The Avenue", "The Avenue"],
    ["14 Broadway", "14 Broadway", "Broadway"],
    ["c/o Smith, 14 Whitby Street", "14 Whitby Street", "Whitby Street"],
    ["14 Whitby Street, Sunderland, SR1 3DW", "14 Whitby Street", "Whitby Street"],
    ["14 Whitby Street Sunderland SR1 3DW", "14 Whitby Street", "Whitby Street"],
    ["Whitby Street", null, "Whitby Street"],
    // A flat of a house without its number is nobody's home yet.
    ["Flat 2, Whitby Street", null, "Whitby Street"],
    ["Ryhope House", "Ryhope House", null],
    ["PO Box 12", null, null],
    ["no fixed address", null, null],
    ["asdf", null, null],
    ["14", "14", null],
    ["", null, null],
  ])("%s", (line, household, street) => expect(words(line)).toEqual([household, street]));

  test.each([
    [["Rd", "road", "RD."], "Road"],
    [["Ave", "Av", "avenue"], "Avenue"],
    [["Ln", "lane"], "Lane"],
    [["Dr", "drive"], "Drive"],
    [["Cl", "close"], "Close"],
    [["Cres", "Cresc.", "crescent"], "Crescent"],
    [["Tce", "Terr", "terrace"], "Terrace"],
    [["Pl", "place"], "Place"],
    [["Sq", "square"], "Square"],
    [["Gdns", "gardens"], "Gardens"],
    [["Gr", "Grove"], "Grove"],
    [["Ct", "court"], "Court"],
  ])("%j are one kind of street", (written, kind) => {
    for (const short of written)
      expect(words(`7 Eldon ${short}`)).toEqual([`7 Eldon ${kind}`, `Eldon ${kind}`]);
  });

  test("that is another home is never the same one", () => {
    const homes = [
      "14 Whitby Street",
      "14A Whitby Street",
      "12-14 Whitby Street",
      "Flat 1, 14 Whitby Street",
      "Flat 14, 1 Whitby Street",
      "Top flat, 14 Whitby Street",
      "Rose Cottage, Whitby Street",
    ].map((line) => at(line).household?.text);
    expect(new Set(homes).size).toBe(homes.length);
    // Two streets of one postcode.
    expect(at("33 Left Street").household?.text).not.toBe(at("33 Right Street").household?.text);
    expect(at("14 Whitby Street").household?.text).not.toBe(
      at("14 Whitby Street", "SR1 3DX").household?.text,
    );
    expect(at("14 Whitby Street").street?.text).toBe(at("9 Whitby St", "SR1 3DX").street?.text);
    expect(at("14 Whitby Street").street?.text).not.toBe(at("14 Whitby Street", "SR2 7AA").street?.text);
  });
});

describe("a name of somebody", () => {
  const lived = (address: string, names = ["Amina Jane", "Okafor"]) => {
    const { household, street } = namedPlaces({ postcode: AT, address, names });
    return [household?.words.replace(`, ${AT}`, "") ?? null, street?.words.replace(", SR1 3", "") ?? null];
  };
  test.each<[string, string | null, string | null]>([
    ["Amina Okafor, Word Road", null, "Word Road"],
    ["Okafor's House, Word Road", null, "Word Road"],
    ["Mrs Smith's House, Word Road", null, "Word Road"],
    ["Dr Smith, Word Road", null, "Word Road"],
    ["Amina Jane Okafor Word Road", null, null],
    ["Mr Smith Word Road", null, null],
    ["c/o Amina Okafor, 21 Word Road", "21 Word Road", "Word Road"],
    ["Mrs Okafor, 21 Word Road", "21 Word Road", "Word Road"],
    ["3 Okafor Road", "3 Okafor Road", "Okafor Road"],
    ["The Old Forge, Church Lane", "The Old Forge, Church Lane", "Church Lane"],
    ["Rose Cottage, Church Lane", "Rose Cottage, Church Lane", "Church Lane"],
  ])("is no house and no street: %s", (line, household, street) =>
    expect(lived(line)).toEqual([household, street]),
  );
});

const number = fc.integer({ min: 1, max: 999 });
const letter = fc.constantFrom("", "a", "B");
const name = fc.constantFrom(
  "Whitby",
  "St Hilda's",
  "High Barn",
  "Queen Anne’s",
  "White Hall",
  "Great St Mary's",
);
const kind = fc.constantFrom(
  "Street",
  "St",
  "Road",
  "Rd",
  "Avenue",
  "Lane",
  "Cres",
  "Gardens",
  "Court",
  "Place",
);
const home = fc.record({ flat: fc.option(number), number, letter, name, kind });
type Home = typeof home extends fc.Arbitrary<infer H> ? H : never;
const lineOf = ({ flat, number, letter, name, kind }: Home) =>
  `${flat === null ? "" : `Flat ${flat}, `}${number}${letter} ${name} ${kind}`;
const texts = (line: string) => {
  const { household, street } = at(line);
  return [household?.text, street?.text];
};

describe("however it is written", () => {
  const same = (write: (line: string, home: Home) => string) =>
    fc.assert(
      fc.property(home, (home) => {
        const line = lineOf(home);
        expect(texts(line)).not.toContain(undefined);
        expect(texts(write(line, home))).toEqual(texts(line));
      }),
      { numRuns: 200 },
    );

  test("in capitals, in small letters", () => {
    same((line) => line.toUpperCase());
    same((line) => line.toLowerCase());
  });
  test("without marks, or with more of them", () => {
    same((line) => line.replace(/['’]/g, ""));
    same((line, { number, letter }) => `  ${line.replace(`${number}${letter} `, `${number}${letter},  `)}. `);
    same((line) => line.replaceAll(", ", " ,\n"));
  });
  test("with the flat after the street, or a town", () => {
    same((line, { flat }) => (flat === null ? line : `${line.replace(`Flat ${flat}, `, "")}, Flat ${flat}`));
    same((line) => `${line}, Sunderland, ${AT}`);
  });
  test("and read again as it is shown", () =>
    same((line) => at(line).household?.words.replace(`, ${AT}`, "") ?? ""));
  test("any words are read without a fault, and none of them is taken for nothing", () => {
    const word = fc.oneof(
      fc.constantFrom("St", "flat", "14", "b", "The", "court", "house", "constructor", "&", ",", "-", "12/1"),
      fc.string({ unit: "grapheme", maxLength: 8 }),
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 12 }), (typed) => {
        const { building, street } = readStreetAddress(typed.join(" "));
        for (const part of [building, street]) {
          expect(part?.key).not.toBe("");
          expect(part?.shown).not.toBe("");
        }
      }),
    );
  });
});

describe("a place that is typed", () => {
  test("is a postcode, a street of a postcode or sector, or a home", () => {
    const typed = (breadth: "postcode" | "street" | "household", postcode: string, address = "") =>
      readTypedPlace(breadth, { postcode, address });
    expect(typed("postcode", "sr13dw")).toEqual({ ok: true, place: at("").postcode });
    for (const postcode of ["sr1 3", "SR13", "SR1 3AA"]) {
      expect(typed("street", postcode, "whitby st")).toEqual({
        ok: true,
        place: at("1 Whitby Street").street,
      });
    }
    expect(typed("household", AT, "14 whitby st")).toEqual({
      ok: true,
      place: at("14 Whitby Street").household,
    });
    expect(typed("household", AT, "whitby st")).toMatchObject({ ok: false, field: "address" });
    expect(typed("street", AT, "14")).toMatchObject({ ok: false, field: "address" });
    expect(typed("postcode", "SR1 3")).toMatchObject({ ok: false, field: "postcode" });
    expect(typed("household", "ZZ99 3VZ", "14 Whitby St")).toMatchObject({ ok: false, field: "postcode" });
  });

  test("is nowhere for forces' post and pseudo postcodes", () => {
    for (const postcode of [null, "ZZ99 3VZ", "BFPO 61", "nonsense"]) {
      expect(namedPlaces({ postcode, address: "14 Whitby Street" })).toEqual({
        postcode: null,
        street: null,
        household: null,
      });
    }
  });
});
