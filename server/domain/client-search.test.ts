import fc from "fast-check";
import { expect, test } from "vitest";
import { piecesOfClient, piecesOfQuery, rankCandidates, readClientQuery } from "./client-search";
import { fold, isOneSlip } from "./text-match";

const client = (name: string, with_: Partial<Parameters<typeof piecesOfClient>[0]> = {}) => {
  const [givenName = "", familyName = ""] = name.split(" ");
  return { givenName, familyName, dateOfBirth: null, reference: null, identifiers: [], ...with_ };
};

const sharesAPiece = (name: string, typed: string) => {
  const pieces = new Set(piecesOfClient(client(name)));
  return piecesOfQuery(readClientQuery(typed, 2026)).some((piece) => pieces.has(piece));
};

const LETTERS = [..."abcdefghijklmnopqrstuvwxyz"];
const word = fc
  .array(fc.constantFrom(...LETTERS), { minLength: 3, maxLength: 12 })
  .map((letters) => letters.join(""));

/** A word with one slip: a letter wrong, missing, too many, or two swapped. */
const slipped = fc
  .tuple(word, fc.nat(11), fc.constantFrom(...LETTERS), fc.nat(3))
  .map(([text, place, letter, slip]) => {
    const at = place % text.length;
    if (slip === 0) return { text, typed: text.slice(0, at) + letter + text.slice(at + 1) };
    if (slip === 1) return { text, typed: text.slice(0, at) + text.slice(at + 1) };
    if (slip === 2) return { text, typed: text.slice(0, at) + letter + text.slice(at) };
    const [a = "", b = ""] = [text[at], text[at + 1]];
    return { text, typed: text.slice(0, at) + b + a + text.slice(at + 2) };
  })
  .filter(({ typed }) => typed.length >= 3);

test("A name typed with any one slip still shares a piece, and ranks", () => {
  fc.assert(
    fc.property(slipped, ({ text, typed }) => {
      expect(isOneSlip(text, typed)).toBe(true);
      expect(sharesAPiece(`${text} x`, typed)).toBe(true);
      const candidate = { ...client(`${text} x`), hasIdentifier: false, lastContactOn: null };
      expect(rankCandidates(readClientQuery(typed, 2026), [candidate], 5)).toHaveLength(1);
    }),
    { numRuns: 2000 },
  );
});

test("A name is found while it is typed, from its third letter on", () => {
  fc.assert(
    fc.property(word, fc.integer({ min: 3, max: 12 }), (text, length) => {
      expect(sharesAPiece(`x ${text}`, text.slice(0, length))).toBe(true);
    }),
  );
});

test("Short names are found whole", () => {
  expect(sharesAPiece("Li Ng", "ng")).toBe(true);
  expect(sharesAPiece("Jo Ó", "jo")).toBe(true);
});

test("Names are compared without case, accents and marks", () => {
  expect(fold("  Zoë O’Brien-Łukasz ")).toBe("zoe obrien lukasz");
  expect(sharesAPiece("Siân O'Brien", "OBRIEN sian")).toBe(true);
});

test("A date of birth is taken out of what was typed, wherever it stands", () => {
  for (const typed of ["amina 31/5/84", "31 May 1984 Amina", "amina 310584", "1984-05-31 amina"]) {
    expect(readClientQuery(typed, 2026)).toMatchObject({ words: ["amina"], bornOn: "1984-05-31" });
  }
});

test("An identifier is read in any form", () => {
  expect(readClientQuery("ab 12 34 56 c", 2026).identifiers).toEqual([{ kind: "nino", value: "AB123456C" }]);
});

test("Who fits everything typed comes alone; then whole names, beginnings, slips; then who was seen last", () => {
  const candidate = (name: string, lastContactOn: string | null = null) => ({
    ...client(name),
    hasIdentifier: false,
    lastContactOn,
  });
  const names = (typed: string, ...candidates: ReturnType<typeof candidate>[]) =>
    rankCandidates(readClientQuery(typed, 2026), candidates, 10).map(
      ({ client: { givenName, familyName } }) => `${givenName} ${familyName}`,
    );
  expect(names("jones mary", candidate("Mary Smith"), candidate("Mary Jones"))).toEqual(["Mary Jones"]);
  expect(names("jone", candidate("Al Jonse"), candidate("Al Jones"), candidate("Al Jone"))).toEqual([
    "Al Jone",
    "Al Jones",
    "Al Jonse",
  ]);
  expect(names("jones", candidate("Al Jones", "2026-01-01"), candidate("Bo Jones", "2026-03-01"))).toEqual([
    "Bo Jones",
    "Al Jones",
  ]);
});
