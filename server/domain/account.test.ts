import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { emailAddress, newPassword, passwordFault } from "./account";

describe("a password is taken", () => {
  test.each([
    "coffee tin harbour",
    "marmalade-otter-71",
    "Tr0ub4dor&3 horse",
    "пароль из трёх слов",
    "🐢🐢 slow and steady",
    "aaa quiet lighthouse",
    `${"long ".repeat(25)}end`,
  ])("%s", (text) => {
    expect(passwordFault(text)).toBeNull();
  });
});

describe("a password is refused", () => {
  test.each([
    ["too short by one", "elevenchars"],
    ["longer than 128 characters", "ab12 xy/!".repeat(15)],
    ["the first word of every list", "Password1234!"],
    ["the same with swapped characters", "P@ssw0rd!!!!"],
    ["a common word twice", "welcomewelcome"],
    ["a walk over the keys", "qwertyuiop123"],
    ["a walk down the keys", "1qaz2wsx3edc"],
    ["digits alone", "1234567890123"],
    ["a date", "2026-11-22 2026"],
    ["one character over and over", "aaaaaaaaaaaaaaaa"],
    ["two characters in turn", "abababababababab"],
    ["the name of the product", "CommonNeed2026!"],
    ["words of the field", "council-housing-1"],
  ])("%s", (_why, text) => {
    expect(passwordFault(text)).not.toBeNull();
  });
});

test("composed and decomposed spellings are one password", () => {
  expect(newPassword.parse("café lantern móvil".normalize("NFD"))).toBe(
    "café lantern móvil".normalize("NFC"),
  );
});

test("any text gets an answer", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 5000 }), (text) => {
      const fault = passwordFault(text);
      expect(fault === null || fault.endsWith(".")).toBe(true);
    }),
  );
});

test.each(["a", "1 ", "a-", "é", "\u0301", "@."])("endless %j is refused for its length", (piece) => {
  expect(passwordFault(piece.repeat(300_000))).toMatch(/^Use at most 128 characters/);
});

test("an address is kept in lower case, without the spaces around it", () => {
  expect(emailAddress.parse("  Ann.Smith@Example.ORG ")).toBe("ann.smith@example.org");
  expect(emailAddress.safeParse("ann at example").success).toBe(false);
});
