import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Described, linkClients, pairKey, type ScoredPair } from "./clusters";

const client = (key: string) => ({
  key,
  originPersonId: `person ${key}`,
  dateOfBirth: null,
  identifiers: [],
});

/** A random neighbourhood: who is linked with whom and how surely, and who may not be one. */
const neighbourhood = fc.integer({ min: 2, max: 9 }).chain((size) => {
  const keys = Array.from({ length: size }, (_, at) => String.fromCharCode(97 + at));
  const pairs = keys.flatMap((a, at) => keys.slice(at + 1).map((b): [string, string] => [a, b]));
  return fc.record({
    keys: fc.constant(keys),
    // Few weights, so that ties are common.
    links: fc
      .subarray(pairs)
      .chain((some) =>
        fc
          .array(fc.integer({ min: 7, max: 10 }), { minLength: some.length, maxLength: some.length })
          .map((weights) =>
            some.map(([a, b], at): ScoredPair => ({ a, b, probability: 1, weight: weights[at] ?? 7 })),
          ),
      ),
    refused: fc.subarray(pairs).map((some) => new Set(some.map(([a, b]) => pairKey(a, b)))),
    shuffle: fc.array(fc.nat(), { minLength: 64, maxLength: 64 }),
  });
});

const describedBy = (links: readonly ScoredPair[], refused: ReadonlySet<string>): Described => ({
  pairs: links,
  mayBeOne: (a, b) => !refused.has(pairKey(a, b)),
});

/** Who is one with whom, as sorted lists of keys. */
function groupsOf(people: ReadonlyMap<string, string>): string[][] {
  const groups = new Map<string, string[]>();
  for (const [key, person] of people) groups.set(person, [...(groups.get(person) ?? []), key]);
  return [...groups.values()].map((keys) => keys.sort()).sort();
}

/**
 * The same by its definition and from the beginning each time: the strongest pair left that two groups have and
 * whose groups hold no pair that is refused joins them, until there is none.
 */
function slowGroups(keys: readonly string[], links: readonly ScoredPair[], refused: ReadonlySet<string>) {
  let groups = keys.map((key) => [key]);
  const ordered = links
    .map(({ a, b, weight }) => ({ a, b, rank: `${String(100 - weight).padStart(3, "0")} ${pairKey(a, b)}` }))
    .sort((x, y) => (x.rank < y.rank ? -1 : 1));
  for (const { a, b } of ordered) {
    const together = [...new Set(groups.filter((group) => group.includes(a) || group.includes(b)).flat())];
    const holds = together.every((x) => together.every((y) => x === y || !refused.has(pairKey(x, y))));
    if (holds) groups = [...groups.filter((group) => !together.includes(group[0] ?? "")), together];
  }
  return groups.map((group) => [...group].sort()).sort();
}

const shuffled = <T>(items: readonly T[], by: readonly number[]): T[] =>
  items
    .map((item, at) => ({ item, rank: by[at % by.length] ?? 0 }))
    .sort((x, y) => x.rank - y.rank)
    .map(({ item }) => item);

describe("people of scored pairs", () => {
  test("no person ever holds a pair that is refused, however they are connected", () => {
    fc.assert(
      fc.property(neighbourhood, ({ keys, links, refused }) => {
        const { people } = linkClients(keys.map(client), [], describedBy(links, refused));
        for (const group of groupsOf(people)) {
          for (const a of group)
            for (const b of group) expect(a < b && refused.has(pairKey(a, b))).toBe(false);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  test("are those of a slow version that begins again each time", () => {
    fc.assert(
      fc.property(neighbourhood, ({ keys, links, refused }) => {
        const { people } = linkClients(keys.map(client), [], describedBy(links, refused));
        expect(groupsOf(people)).toEqual(slowGroups(keys, links, refused));
      }),
      { numRuns: 1_000 },
    );
  });

  test("do not depend on the order of clients or pairs, nor on which of a pair comes first", () => {
    fc.assert(
      fc.property(neighbourhood, ({ keys, links, refused, shuffle }) => {
        const turned = shuffled(links, shuffle).map(({ a, b, ...rest }) => ({ a: b, b: a, ...rest }));
        const one = linkClients(keys.map(client), [], describedBy(links, refused));
        const other = linkClients(shuffled(keys, shuffle).map(client), [], describedBy(turned, refused));
        expect(groupsOf(other.people)).toEqual(groupsOf(one.people));
        expect(new Map(other.people)).toEqual(new Map(one.people));
      }),
      { numRuns: 500 },
    );
  });

  test("what a person decided stands above what descriptions say, both ways", () => {
    const pairs = [{ a: "a", b: "b", probability: 1, weight: 20 }];
    const apart = [{ a: "a", b: "b", says: "different" as const, number: 1n }];
    const free = { pairs, mayBeOne: () => true };
    expect(linkClients([client("a"), client("b")], apart, free).joins).toEqual([]);
    const same = [{ a: "a", b: "b", says: "same" as const, number: 1n }];
    const refusing = { pairs: [], mayBeOne: () => false };
    expect(linkClients([client("a"), client("b")], same, refusing).joins).toHaveLength(1);
  });

  test("of a chain with a refused pair at its ends, the weakest link is left out", () => {
    const pairs = [
      { a: "a", b: "b", probability: 1, weight: 12 },
      { a: "b", b: "c", probability: 0.99, weight: 8 },
    ];
    const { people } = linkClients(["a", "b", "c"].map(client), [], {
      pairs,
      mayBeOne: (a, b) => pairKey(a, b) !== "a c",
    });
    expect(groupsOf(people)).toEqual([["a", "b"], ["c"]]);
  });
});
