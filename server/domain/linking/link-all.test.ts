import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { pairKey } from "./clusters";
import { linkAll, type NamedRecord } from "./link-all";
import { linkRecord, type RawRecord } from "./record";
import { vetoesOf } from "./vetoes";

const rules = { ukFormats: true, testRanges: true, currentYear: 2026 };
const GIVEN = "Sarah Tariq Erasmus Deborah Kieran Oluwaseun Piotr Agnieszka Leon Nicola".split(" ");
const FAMILY = "Osgood Hall Thistlewood Kowalski Begum Fothergill Adeyemi Mensah Walsh".split(" ");

/** Sixty people, many with a further record that errs, some with a twin. */
function extract(): NamedRecord[] {
  const named: NamedRecord[] = [];
  const add = (raw: RawRecord) =>
    named.push({ id: `R${100 + named.length}`, record: linkRecord(raw, rules) });
  for (let at = 0; at < 60; at += 1) {
    const person: RawRecord = {
      firstName: GIVEN[at % GIVEN.length] ?? "",
      lastName: FAMILY[(at * 7) % FAMILY.length] ?? "",
      sex: at % 2 === 0 ? "F" : "M",
      dateOfBirth: `${1950 + ((at * 11) % 55)}-0${1 + (at % 9)}-${10 + ((at * 5) % 18)}`,
      postcode: `SR${1 + (at % 9)} ${at % 10}AB`,
      phones: [`0770090${String(1000 + at)}`],
    };
    add(person);
    if (at % 2 === 0) add({ ...person, firstName: `${person.firstName}h`, phones: [] });
    if (at % 3 === 0) add({ ...person, postcode: "LS1 4DY" });
    if (at % 10 === 0) add({ ...person, firstName: "Bartholomew", phones: [] });
  }
  return named;
}

describe("linking a whole extract", () => {
  const records = extract();
  const linked = linkAll(records);
  const recordOf = new Map(records.map(({ id, record }) => [id, record]));

  test("finds people with several records, and writes every pair of each as a link", () => {
    expect(linked.clusters.length).toBeGreaterThan(20);
    const written = new Set(
      linked.pairs.filter(({ band }) => band === "link").map(({ a, b }) => pairKey(a, b)),
    );
    const inClusters = linked.clusters.flatMap((ids) =>
      ids.flatMap((a, at) => ids.slice(at + 1).map((b) => pairKey(a, b))),
    );
    expect(written).toEqual(new Set(inClusters));
  });

  test("no linked pair is one that a veto keeps apart, directly or by way of others", () => {
    for (const { a, b } of linked.pairs.filter(({ band }) => band === "link")) {
      const [one, other] = [recordOf.get(a), recordOf.get(b)];
      if (!one || !other) throw new Error(`${a} or ${b} is not in the extract`);
      expect(vetoesOf(one, other).filter(({ effect }) => effect === "apart")).toEqual([]);
    }
  });

  test("gives the same whatever the order of the rows", () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(records, { minLength: records.length }), (shuffled) => {
        const again = linkAll(shuffled);
        expect(again.pairs).toEqual(linked.pairs);
        expect(again.clusters).toEqual(linked.clusters);
      }),
      { numRuns: 5 },
    );
  });

  test("an identifier that was typed for everybody is no evidence", () => {
    const one = linkRecord({ identifiers: [{ kind: "nhs-number", value: "9998148626" }] }, rules);
    const typed = records.map(({ id, record }) => ({
      id,
      record: { ...record, identifiers: one.identifiers },
    }));
    const again = linkAll(typed);
    expect(one.identifiers).toHaveLength(1);
    expect(again.pairs).toEqual(linked.pairs);
    expect(again.clusters).toEqual(linked.clusters);
    expect(again.oversizedKeys).toBe(linked.oversizedKeys + 1);
  });

  test("refuses two records with one id", () => {
    const [first] = records;
    if (!first) throw new Error("There are records");
    expect(() => linkAll([first, first])).toThrow(RangeError);
  });

  test("nobody and one record have no pairs", () => {
    expect(linkAll([]).pairs).toEqual([]);
    expect(linkAll(records.slice(0, 1)).pairs).toEqual([]);
  });
});
