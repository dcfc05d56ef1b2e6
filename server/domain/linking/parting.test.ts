import fc from "fast-check";
import { expect, test } from "vitest";
import { pairKey } from "./clusters";
import { findingsOf, type Known, type Said } from "./findings";
import { SHIPPED_MODEL } from "./model";
import { partingRule } from "./parting";
import { linkRecord } from "./record";
import { type LinkClient, type WeighedPair, weigher } from "./weighing";

/** Records of a few people who are easily mixed up: two names, two days, two numbers, two telephones. */
const record = fc.record({
  firstName: fc.constantFrom("Rosalind", "Tobias"),
  dateOfBirth: fc.constantFrom("1971-04-23", "1971-04-11", null),
  phones: fc.constantFrom<string[]>(["01999 555610"], ["01999 558827"], []),
  identifiers: fc.constantFrom<{ kind: "nino"; value: string }[]>(
    [{ kind: "nino", value: "AB101000C" }],
    [{ kind: "nino", value: "CE452678D" }],
    [],
    [],
  ),
});

const world = fc.record({
  records: fc.array(record, { minLength: 3, maxLength: 7 }),
  said: fc.array(fc.tuple(fc.nat(6), fc.nat(6), fc.constantFrom("same" as const, "different" as const)), {
    maxLength: 4,
  }),
});

function knownOf({ records, said }: { records: readonly object[]; said: [number, number, Said["says"]][] }) {
  const rules = { ukFormats: true, testRanges: true, currentYear: 2026 };
  const clients = records.map((raw, at): LinkClient => {
    const id = String.fromCharCode(97 + at);
    const written = { lastName: "Wrenfield", postcode: "ZQ1 1AA", ...raw };
    const ids = { key: id, organisationId: 1, clientId: id, personId: id, originPersonId: id };
    return { ...ids, record: linkRecord(written, rules) };
  });
  const pairs = new Map<string, WeighedPair>();
  const weigh = weigher(SHIPPED_MODEL, pairs);
  for (const a of clients) for (const b of clients) if (a.key < b.key) weigh(a, b);
  const decisions = new Map<string, Said>();
  for (const [number, [a, b, says]] of said.entries()) {
    const [one, other] = [clients[a]?.key, clients[b]?.key];
    if (one && other && one !== other)
      decisions.set(pairKey(one, other), decision(one, other, says, BigInt(number + 1)));
  }
  const known: Known = {
    clients: new Map(clients.map((client) => [client.key, client])),
    ...{ pairs, weigh, model: SHIPPED_MODEL, said: [...decisions.values()] },
  };
  return { known, clients };
}

const decision = (a: string, b: string, says: Said["says"], id: bigint): Said => ({
  ...{ a, b, says, id, family: "decision", model: "decision", evidence: {} },
});

test("What a word would part is what the rule parts when the word is there", () => {
  let parted = 0;
  fc.assert(
    fc.property(world, (made) => {
      const { known, clients } = knownOf(made);
      const { people } = findingsOf(known);
      const partedBy = partingRule(known, people);
      for (const a of clients) {
        for (const b of clients.filter(({ key }) => key > a.key)) {
          const others = known.said.filter((row) => pairKey(row.a, row.b) !== pairKey(a.key, b.key));
          const stands = known.said.some((row) => !others.includes(row) && row.says === "same");
          const then = findingsOf({
            ...known,
            said: [...others, decision(a.key, b.key, "same", 99n)],
          }).people;
          const isParted = (x: LinkClient, y: LinkClient) =>
            people.get(x.key) === people.get(y.key) && then.get(x.key) !== then.get(y.key);
          const found = partedBy(a, b);
          const isAny = !stands && clients.some((x) => clients.some((y) => isParted(x, y)));
          expect(found.length > 0).toBe(isAny);
          for (const pair of found) expect(isParted(pair.a, pair.b)).toBe(true);
          parted += found.length;
        }
      }
    }),
    { numRuns: 150 },
  );
  expect(parted).toBeGreaterThan(20);
});
