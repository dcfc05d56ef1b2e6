import fc from "fast-check";
import { expect, test } from "vitest";
import { connectedIds, JoinedSets } from "./joined-sets";

const SIZE = 12;
const place = fc.integer({ min: 0, max: SIZE - 1 });

/** Whoever can be reached from a place by the joins, step by step. */
function reached(from: number, joins: readonly (readonly [number, number])[]): Set<number> {
  const found = new Set([from]);
  for (const at of found) {
    for (const [a, b] of joins) {
      if (a === at) found.add(b);
      if (b === at) found.add(a);
    }
  }
  return found;
}

test("Each place is in the set of all that joins lead to, and a set is known by its lowest place", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(place, place), { maxLength: 20 }), (joins) => {
      const sets = new JoinedSets(SIZE);
      for (const [a, b] of joins) sets.join(a, b);
      const lowest = Array.from({ length: SIZE }, (_, at) => Math.min(...reached(at, joins)));
      expect([...sets.roots()]).toEqual(lowest);
    }),
  );
});

test("Ids that pairs connect stand together, each once", () => {
  const pairs = [
    { a: "d", b: "c" },
    { a: "a", b: "b" },
    { a: "c", b: "e" },
    { a: "d", b: "e" },
  ];
  expect(connectedIds(pairs)).toEqual([
    ["d", "c", "e"],
    ["a", "b"],
  ]);
  expect(connectedIds([])).toEqual([]);
});
