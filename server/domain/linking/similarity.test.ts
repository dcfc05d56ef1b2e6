import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { editDistance, jaroWinkler, soundex } from "./similarity";

describe("Jaro-Winkler", () => {
  // Winkler 2006, "Overview of record linkage and current research directions", table 6, to three digits.
  test.each([
    ["martha", "marhta", 0.961],
    ["dwayne", "duane", 0.84],
    ["dixon", "dicksonx", 0.813],
    ["jones", "johnson", 0.832],
    ["abroms", "abrams", 0.922],
    ["billy", "billy", 1],
    ["", "anna", 0],
    ["abc", "xyz", 0],
  ])("of %s and %s is %d as published", (a, b, published) => {
    expect(jaroWinkler(a, b)).toBeCloseTo(published, 3);
  });

  test("is the same both ways and never leaves 0 to 1", () => {
    fc.assert(
      fc.property(word, word, (a, b) => {
        const likeness = jaroWinkler(a, b);
        expect(likeness).toBeGreaterThanOrEqual(0);
        expect(likeness).toBeLessThanOrEqual(1);
        expect(jaroWinkler(b, a)).toBeCloseTo(likeness, 12);
      }),
    );
  });
});

const word = fc.string({ unit: fc.constantFrom(..."abcd"), maxLength: 7 });

/** The same distance by its definition, one edit at a time and without any table. */
function slowDistance(a: string, b: string): number {
  if (a === "" || b === "") return a.length + b.length;
  const ways = [
    slowDistance(a.slice(1), b) + 1,
    slowDistance(a, b.slice(1)) + 1,
    slowDistance(a.slice(1), b.slice(1)) + (a[0] === b[0] ? 0 : 1),
  ];
  if (a.length > 1 && b.length > 1 && a[0] === b[1] && a[1] === b[0]) {
    ways.push(slowDistance(a.slice(2), b.slice(2)) + 1);
  }
  return Math.min(...ways);
}

describe("edit distance", () => {
  test("agrees with the definition, up to one more than was asked for", () => {
    const short = fc.string({ unit: fc.constantFrom(..."abc"), maxLength: 5 });
    fc.assert(
      fc.property(short, short, fc.integer({ min: 0, max: 3 }), (a, b, most) => {
        expect(editDistance(a, b, most)).toBe(Math.min(slowDistance(a, b), most + 1));
      }),
      { numRuns: 300 },
    );
  });

  test("counts two neighbours that are swapped as one slip", () => {
    expect(editDistance("charlotte", "charltote")).toBe(1);
  });
});

describe("Soundex", () => {
  // National Archives of the United States, "The Soundex indexing system".
  test.each([
    ["robert", "r163"],
    ["rupert", "r163"],
    ["rubin", "r150"],
    ["ashcraft", "a261"],
    ["tymczak", "t522"],
    ["pfister", "p236"],
    ["honeyman", "h555"],
    ["lee", "l000"],
  ])("of %s is %s as published", (name, code) => {
    expect(soundex(name)).toBe(code);
  });

  test("a name in other letters stands for itself", () => {
    expect(soundex("мария")).toBe("мария");
  });
});
