import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import { guessNhsNumbers } from "./guessing-proof";
import {
  blindIndex,
  derivedIds,
  fingerprint,
  isFingerprintOf,
  open,
  type Row,
  seal,
  sealIfAny,
  searchToken,
} from "./identity-vault";

const row: Row = { organisationId: 1, id: "0192f0c1-2b3c-7d4e-8f90-a1b2c3d4e5f6" };

test("what is sealed for a row and column opens there, whatever it says", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      expect(open("contact.note", row, seal("contact.note", row, text))).toBe(text);
    }),
  );
});

test("a value moved to another row, organisation or column does not open", () => {
  const sealed = seal("client_identity.given_name", row, "Amina");
  const elsewhere: Row = { ...row, id: "0192f0c1-2b3c-7d4e-8f90-a1b2c3d4e5f7" };
  expect(() => open("client_identity.given_name", elsewhere, sealed)).toThrow();
  expect(() => open("client_identity.given_name", { ...row, organisationId: 2 }, sealed)).toThrow();
  expect(() => open("client_identity.family_name", row, sealed)).toThrow();
});

test("a value with any byte altered or cut off does not open", () => {
  const sealed = seal("contact.note", row, "Called back, no answer");
  for (let at = 0; at < sealed.length; at += 1) {
    const altered = Buffer.from(sealed);
    altered[at] = (altered[at] ?? 0) ^ 1;
    expect(() => open("contact.note", row, altered), `byte ${at}`).toThrow();
  }
  expect(() => open("contact.note", row, sealed.subarray(0, -1))).toThrow();
});

test("the same value is never sealed to the same bytes, and its text is not among them", () => {
  const [one, two] = [seal("contact.note", row, "Sunderland"), seal("contact.note", row, "Sunderland")];
  expect(one.equals(two)).toBe(false);
  expect(one.includes("Sunderland")).toBe(false);
  expect(sealIfAny("contact.note", row, "")).toBeNull();
});

test("an index is equal for equal values of one kind only; a search token within one organisation only", () => {
  expect(blindIndex("nino", "AA123456A").equals(blindIndex("nino", "AA123456A"))).toBe(true);
  expect(blindIndex("nino", "AA123456A").equals(blindIndex("prison-number", "AA123456A"))).toBe(false);
  expect(searchToken(1, "name|smith")).toBe(searchToken(1, "name|smith"));
  expect(searchToken(1, "name|smith")).not.toBe(searchToken(2, "name|smith"));
});

test("an NHS number is not found by trying them all without the key, in any form that is easily guessed", () => {
  // The long form tries a million: `npm run prove -- guessing`.
  const found = guessNhsNumbers(["9990471118", "9990471223"], { from: 40_000, to: 50_000 });
  expect(found).toEqual({ tried: 10_000, withoutKey: 0, withKey: 2 });
});

test("a fingerprint knows its own content in its own organisation", () => {
  const made = fingerprint(1, "what was sent");
  expect(isFingerprintOf(made, 1, "what was sent")).toBe(true);
  expect(isFingerprintOf(made, 1, "something else")).toBe(false);
  expect(isFingerprintOf(made, 2, "what was sent")).toBe(false);
});

test("ids of something imported are always the same, valid, in the order of their instants, and at most 32", () => {
  const ids = derivedIds(1, "a row", Date.parse("2024-05-31"));
  const made = Array.from({ length: 32 }, (_, number) => ids(number));
  expect(new Set(made).size).toBe(32);
  expect(made).toEqual(
    Array.from({ length: 32 }, (_, n) => derivedIds(1, "a row", Date.parse("2024-05-31"))(n)),
  );
  for (const id of made) expect(z.uuid({ version: "v8" }).safeParse(id).success).toBe(true);
  expect(ids(0) < derivedIds(1, "another row", Date.parse("2024-06-01"))(0)).toBe(true);
  expect(ids(0)).not.toBe(derivedIds(2, "a row", Date.parse("2024-05-31"))(0));
  expect(() => ids(32)).toThrow();
});
