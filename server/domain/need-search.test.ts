import { beforeAll, describe, expect, test } from "vitest";
import { searchNeeds } from "./need-search";
import { NEEDS } from "./needs";

const found = (typed: string, limit?: number) =>
  searchNeeds(typed, limit === undefined ? {} : { limit }).map(({ need }) => need.code);
const first = (typed: string) => found(typed, 1)[0];
const synonyms = NEEDS.flatMap((need) => need.synonyms.map((synonym) => ({ synonym, code: need.code })));
const percent = (part: number, whole: number) => `${((100 * part) / whole).toFixed(2)}%`;

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

  test("by its code, with or without dash and zero, and by its label", () => {
    for (const need of NEEDS) {
      expect(first(need.code)).toBe(need.code);
      expect(first(need.code.toLowerCase().replace("-", ""))).toBe(need.code);
      expect(first(need.code.replace("-0", " "))).toBe(need.code);
      expect(first(need.label)).toBe(need.code);
    }
  });

  test("by its synonyms with the words in another order", () => {
    const missed = synonyms.filter(
      ({ synonym, code }) => first(synonym.split(" ").reverse().join(" ")) !== code,
    );
    // "money owed" and "owed money" may be two needs: where an order is a name of its own, that comes first.
    expect(missed.length).toBeLessThanOrEqual(2);
  });

  test("in capitals, with accents, in the plural and in the singular", () => {
    expect(first("SKÍNT")).toBe("MON-03");
    expect(first("loan sharks")).toBe("MON-07");
    expect(first("nappy")).toBe("BAS-03");
    expect(first("food banks")).toBe("BAS-01");
    expect(first("foodbank")).toBe("BAS-01");
  });
});

/** How far two texts are apart (Damerau and Levenshtein, neighbours exchanged), slowly and in full. */
function distance(a: string, b: string): number {
  const rows = Array.from({ length: a.length + 1 }, (_, i) => {
    const row = new Array<number>(b.length + 1).fill(0);
    row[0] = i;
    return row;
  });
  const at = (i: number, j: number) => rows[i]?.[j] ?? Number.POSITIVE_INFINITY;
  for (let j = 0; j <= b.length; j += 1) (rows[0] as number[])[j] = j;
  for (let i = 1; i <= a.length; i += 1) {
    for (let j = 1; j <= b.length; j += 1) {
      const exchanged = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      (rows[i] as number[])[j] = Math.min(
        at(i - 1, j) + 1,
        at(i, j - 1) + 1,
        at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1),
        exchanged ? at(i - 2, j - 2) + 1 : Number.POSITIVE_INFINITY,
      );
    }
  }
  return at(a.length, b.length);
}

const LETTERS = [..."abcdefghijklmnopqrstuvwxyz"];
const KINDS = ["deletion", "insertion", "substitution", "exchange"] as const;
type Kind = (typeof KINDS)[number];

/** What each edit at each place makes of a text; not all of it differs, nor by one slip. */
function* edits(text: string): Generator<[Kind, string]> {
  for (let at = 0; at <= text.length; at += 1) {
    const [before, after] = [text.slice(0, at), text.slice(at)];
    yield ["deletion", before + after.slice(1)];
    yield ["exchange", before + after.slice(1, 2) + after.slice(0, 1) + after.slice(2)];
    for (const letter of LETTERS) {
      yield ["insertion", before + letter + after];
      yield ["substitution", before + letter + after.slice(1)];
    }
  }
}

/** One-typo variants of a synonym that are no synonym themselves. */
function variantsOf(synonym: string, known: ReadonlySet<string>): Map<string, Kind> {
  const variants = new Map<string, Kind>();
  for (const [kind, typed] of edits(synonym)) {
    if (!variants.has(typed) && !known.has(typed) && distance(synonym, typed) === 1)
      variants.set(typed, kind);
  }
  return variants;
}

describe("One slip is forgiven", () => {
  const rates = new Map<Kind, { all: number; inThree: number; first: number }>();
  const missed: string[] = [];

  beforeAll(() => {
    const known = new Set(synonyms.map(({ synonym }) => synonym));
    for (const { synonym, code } of synonyms) {
      // Of three letters or fewer nothing is left that tells one from another.
      if (synonym.replace(/[^a-z0-9]/g, "").length <= 3) continue;
      for (const [typed, kind] of variantsOf(synonym, known)) {
        const rate = rates.get(kind) ?? { all: 0, inThree: 0, first: 0 };
        const place = found(typed, 3).indexOf(code);
        rates.set(kind, {
          all: rate.all + 1,
          inThree: rate.inThree + (place >= 0 ? 1 : 0),
          first: rate.first + (place === 0 ? 1 : 0),
        });
        if (place < 0) missed.push(`${synonym}: ${typed}`);
      }
    }
  }, 240_000);

  test.each(KINDS)("in each %s of every synonym: the need is among the first three", (kind) => {
    const { all, inThree, first } = rates.get(kind) ?? { all: 0, inThree: 0, first: 0 };
    console.log(`${kind}: ${all} variants, in three ${percent(inThree, all)}, first ${percent(first, all)}`);
    expect(all).toBeGreaterThan(5000);
    expect(inThree / all).toBeGreaterThanOrEqual(0.995);
  });

  test("in all of them together, with hardly one missed", () => {
    const all = [...rates.values()].reduce((sum, rate) => sum + rate.all, 0);
    console.log(`missed ${missed.length} of ${all}: ${missed.join(", ")}`);
    expect(all).toBeGreaterThan(350_000);
    expect(missed.length / all).toBeLessThan(0.0005);
  });
});

test("A need is found while its name is typed", () => {
  const rates = new Map<number, { all: number; inFive: number; shown: number }>();
  for (const { synonym, code } of synonyms.filter(({ synonym }) => synonym.length >= 4)) {
    for (let length = 1; length < synonym.length; length += 1) {
      const key = Math.min(length, 6);
      const rate = rates.get(key) ?? { all: 0, inFive: 0, shown: 0 };
      const place = found(synonym.slice(0, length), 8).indexOf(code);
      rates.set(key, {
        all: rate.all + 1,
        inFive: rate.inFive + (place >= 0 && place < 5 ? 1 : 0),
        shown: rate.shown + (place >= 0 ? 1 : 0),
      });
    }
  }
  const line = [...rates].map(
    ([length, { all, inFive, shown }]) => `${length}: ${percent(inFive, all)} (${percent(shown, all)})`,
  );
  console.log(`letters typed: in the first five (among the eight shown) ${line.join(", ")}`);
  const share = (length: number) => (rates.get(length)?.inFive ?? 0) / (rates.get(length)?.all ?? 1);
  expect(share(3)).toBeGreaterThan(0.9);
  expect(share(4)).toBeGreaterThan(0.98);
  expect(share(6)).toBeGreaterThan(0.98);
});

test("Words are found while they are typed, in any order, and the hit says which word of the workers it was", () => {
  expect(first("loan sh")).toBe("MON-07");
  expect(found("arrears rent")).toContain("HOU-04");
  expect(first("behnd on the rnet")).toBe("HOU-04");
  expect(searchNeeds("skin")[0]).toMatchObject({ synonym: "skint" });
  expect(searchNeeds("sleeping rough")[0]).toMatchObject({ need: { code: "HOU-01" } });
});

test("Words are found in definitions, in the names of domains, and with another ending", () => {
  expect(found("refuge")).toContain("HOU-02");
  expect(found("immigration")).toEqual(expect.arrayContaining(["IMM-01", "IMM-02", "IMM-03", "IMM-04"]));
  expect(first("evicted")).toBe("HOU-03");
  expect(first("children")).toBeDefined();
});

test("A word in full comes before one with a slip", () => {
  // "heating" is one slip from "hearing" and "eating".
  expect(first("heating")).toBe("HOU-05");
  expect(found("debt", 3)).toEqual(expect.arrayContaining(["MON-01", "HOU-04", "MON-02"]));
});

test("A sentence finds what most of its words say", () => {
  expect(found("she has lost her job and the landlord")).toContain("MON-04");
  expect(first("not listed")).toBe("OTH-01");
});

test("Nothing typed, and nothing like it, find nothing", () => {
  expect(searchNeeds("  ")).toEqual([]);
  expect(searchNeeds("xylophone quartet")).toEqual([]);
});
