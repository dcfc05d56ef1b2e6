import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { pseudonymCode, readPseudonym } from "./pseudonym";

const codes = fc.uint8Array({ minLength: 7, maxLength: 32 }).map(pseudonymCode);
const SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

test("reads as it is written, also in small letters, with other gaps, and with letters that look like digits", () => {
  fc.assert(
    fc.property(codes, (code) => {
      expect(code).toMatch(/^P-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{3}$/);
      expect(readPseudonym(code)).toBe(code);
      expect(readPseudonym(code.toLowerCase().replaceAll("-", " "))).toBe(code);
      expect(readPseudonym(code.slice(2).replaceAll("-", "").replaceAll("0", "o").replaceAll("1", "l"))).toBe(
        code,
      );
    }),
  );
});

test("one wrong sign, or two neighbours exchanged, never pass", () => {
  fc.assert(
    fc.property(codes, fc.nat(10), fc.nat(31), (code, at, other) => {
      const signs = [...code.slice(2).replaceAll("-", "")];
      const wrong = signs.with(at, SIGNS[other] ?? "");
      if (wrong.join("") !== signs.join("")) expect(readPseudonym(wrong.join(""))).toBeNull();
      const [one = "", two = ""] = [signs[at], signs[at + 1]];
      if (two !== "" && one !== two) {
        expect(
          readPseudonym(
            signs
              .with(at, two)
              .with(at + 1, one)
              .join(""),
          ),
        ).toBeNull();
      }
    }),
  );
});

test("hardly two people of a large organisation share one", () => {
  const made = new Set(Array.from({ length: 20_000 }, () => pseudonymCode(randomBytes(32))));
  expect(made.size).toBe(20_000);
});

test("what is too short or too long is none", () => {
  expect(readPseudonym("P-7KQ2")).toBeNull();
  expect(readPseudonym("")).toBeNull();
  expect(() => pseudonymCode(new Uint8Array(6))).toThrow();
});
