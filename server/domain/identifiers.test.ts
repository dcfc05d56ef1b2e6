import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { IDENTIFIER_KINDS, type IdentifierKind, readIdentifier } from "./identifiers";

const rules = { currentYear: 2026, testRanges: false };
const read = (kind: IdentifierKind, text: string, with_: Partial<typeof rules> = {}) => {
  const reading = readIdentifier(kind, text, { ...rules, ...with_ });
  return "value" in reading ? reading.value : null;
};

const digits = (length: number) => fc.stringMatching(new RegExp(`^\\d{${length}}$`));
const LETTERS = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];

describe("An NHS number", () => {
  const DIGITS = [..."0123456789"];

  test("has one check digit for any nine digits, or none at all", () => {
    fc.assert(
      fc.property(digits(9), (stem) => {
        fc.pre(!stem.startsWith("999") && !/^(\d)\1*$/.test(stem));
        const valid = DIGITS.filter((digit) => read("nhs-number", stem + digit) !== null);
        const sum = [...stem].reduce((total, digit, at) => total + Number(digit) * (10 - at), 0);
        expect(valid).toHaveLength(sum % 11 === 1 ? 0 : 1);
      }),
    );
  });

  test("does not stay valid when one digit is wrong or two neighbours are swapped", () => {
    const number = fc
      .tuple(digits(9), fc.nat(9))
      .map(([stem, check]) => `${stem}${check}`)
      .filter((text) => read("nhs-number", text) !== null);
    fc.assert(
      fc.property(number, fc.nat(9), fc.integer({ min: 1, max: 9 }), (text, at, by) => {
        const wrong = [...text];
        wrong[at] = String((Number(wrong[at]) + by) % 10);
        expect(read("nhs-number", wrong.join(""), { testRanges: true })).toBeNull();
        const other = (at + 1) % 10;
        const swapped = [...text];
        [swapped[at], swapped[other]] = [swapped[other] ?? "", swapped[at] ?? ""];
        if (at < 9 && swapped.join("") !== text) {
          expect(read("nhs-number", swapped.join(""), { testRanges: true })).toBeNull();
        }
      }),
      { numRuns: 50 },
    );
  });

  test("kept for testing is taken only where test ranges are", () => {
    expect(read("nhs-number", "999 814 8626")).toBeNull();
    expect(read("nhs-number", "999 814 8626", { testRanges: true })).toBe("9998148626");
  });
});

describe("A PNC ID", () => {
  const ALPHABET = "ZABCDEFGHJKLMNPQRTUVWXY";
  const serial = fc.integer({ min: 1, max: 9_999_999 });

  test("has one check letter, and its long and short forms are one key", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1927, max: 2026 }), serial, (year, number) => {
        const short = String(year).slice(2);
        const padded = String(number).padStart(7, "0");
        const letter = ALPHABET[Number(short + padded) % 23] ?? "";
        const forms = [
          `${year}/${padded}${letter}`,
          `${year}${padded}${letter}`,
          `${short}/${number}${letter}`,
          `${short}${number}${letter.toLowerCase()}`,
          ` ${short} / ${number} ${letter} `,
        ];
        expect(new Set(forms.map((form) => read("pnc-id", form)))).toEqual(
          new Set([`${year}/${padded}${letter}`]),
        );
        const valid = LETTERS.filter((other) => read("pnc-id", `${year}/${padded}${other}`) !== null);
        expect(valid).toEqual([letter]);
      }),
    );
  });

  test("in its short form lies in this century up to the year it is", () => {
    for (const year of [2025, 2026, 2027]) {
      const letter = LETTERS.find((other) => read("pnc-id", `26/5${other}`, { currentYear: year }));
      expect(read("pnc-id", `26/5${letter}`, { currentYear: year })?.slice(0, 2)).toBe(
        year >= 2026 ? "20" : "19",
      );
    }
  });
});

test("A CRO number has one check letter, in both its forms", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 999_999 }), digits(2), (serial, year) => {
      const standard = LETTERS.filter((letter) => read("cro", `${serial}/${year}${letter}`) !== null);
      const summary = LETTERS.filter((letter) => read("cro", `SF${year}/${serial}${letter}`) !== null);
      expect([standard.length, summary.length]).toEqual([1, 1]);
    }),
  );
});

test.each<[IdentifierKind, string]>([
  ["nhs-number", "0000000000"],
  ["nhs-number", "1111111111"],
  ["nhs-number", "9999999999"],
  ["nino", "AA000000A"],
  ["nino", "AB111111C"],
  ["pnc-id", "2000/0000000Z"],
  ["cro", "000000/00Z"],
])("A placeholder is refused: %s %s", (kind, text) => {
  expect(read(kind, text, { testRanges: true })).toBeNull();
});

test("Reading what was read gives the same, and what is wrong is told without the value", () => {
  fc.assert(
    fc.property(fc.constantFrom(...IDENTIFIER_KINDS), fc.string({ minLength: 4 }), (kind, text) => {
      const reading = readIdentifier(kind, text, rules);
      if ("value" in reading) expect(read(kind, reading.value)).toBe(reading.value);
      else if (text.trim().length > 6) expect(reading.problem).not.toContain(text.trim());
    }),
  );
});
