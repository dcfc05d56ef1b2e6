import { describe, expect, test } from "vitest";
import { searchNeeds } from "./need-search";
import { NEEDS } from "./needs";

const first = (typed: string) => searchNeeds(typed)[0]?.need.code;
const synonyms = NEEDS.flatMap((need) => need.synonyms.map((synonym) => ({ synonym, code: need.code })));

test.each([
  ["skint", "MON-03"],
  ["dv", "SAF-01"],
  ["pip", "BEN-03"],
])("%s finds %s first", (typed, code) => {
  expect(first(typed)).toBe(code);
});

describe("Every need is found first", () => {
  test("by each of its 694 synonyms", () => {
    expect(synonyms).toHaveLength(694);
    expect(synonyms.filter(({ synonym, code }) => first(synonym) !== code)).toEqual([]);
  });

  test("by its code, with or without the dash, and by its label", () => {
    for (const need of NEEDS) {
      expect(first(need.code)).toBe(need.code);
      expect(first(need.code.toLowerCase().replace("-", ""))).toBe(need.code);
      expect(first(need.label)).toBe(need.code);
    }
  });

  test("in capitals, with accents, and among the first three with any one letter left out of a long synonym", () => {
    expect(first("SKÍNT")).toBe("MON-03");
    const missed = synonyms.flatMap(({ synonym, code }) => {
      if (!/^[a-z]{7,}$/.test(synonym)) return [];
      return [...synonym].flatMap((_, at) => {
        const typed = synonym.slice(0, at) + synonym.slice(at + 1);
        const found = searchNeeds(typed, { limit: 3 }).map(({ need }) => need.code);
        return found.includes(code) ? [] : [typed];
      });
    });
    expect(missed).toEqual([]);
  });
});

test("Words are found while they are typed, in any order, and the hit says which word of the workers it was", () => {
  expect(first("loan sh")).toBe("MON-07");
  expect(searchNeeds("arrears rent").map(({ need }) => need.code)).toContain("HOU-04");
  expect(searchNeeds("skin")[0]).toMatchObject({ synonym: "skint" });
});

test("Nothing typed, and nothing like it, find nothing", () => {
  expect(searchNeeds("  ")).toEqual([]);
  expect(searchNeeds("xylophone quartet")).toEqual([]);
});

test("A search takes a millisecond or so over the whole taxonomy", () => {
  const began = performance.now();
  for (const { synonym } of synonyms) searchNeeds(synonym);
  expect((performance.now() - began) / synonyms.length).toBeLessThan(10);
});
