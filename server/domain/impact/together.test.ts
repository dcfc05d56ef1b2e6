/** Several organisations counted as one: by an independent slow count, and where their answers differ. */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { ImpactCount } from "./count-numbers";
import { Samples } from "./count-sets";
import { type Measure, measures } from "./numbers";
import { type CountedPart, countTogether } from "./together";

/** One organisation: who is in which set, people by the names that the whole world knows them by. */
type Told = Readonly<Record<Measure, readonly number[]>>;

function partOf(
  sets: Told,
  samples: Partial<ImpactCount["samples"]> = {},
  people?: readonly number[],
): CountedPart {
  const known = people ?? [...new Set(Object.values<readonly number[]>(sets).flat())];
  const numbered = Object.entries<readonly number[]>(sets).map(
    ([measure, of]) =>
      [measure as Measure, Int32Array.from(of, (person) => known.indexOf(person)).sort()] as const,
  );
  const count: ImpactCount = {
    sets: new Map(numbered),
    setsYearBefore: new Map(),
    things: { contacts: 0, issues: {}, referrals: none },
    contactsYearBefore: 0,
    samples: {
      resolution: new Samples(2),
      acceptance: new Samples(1),
      completion: new Samples(1),
      severity: new Samples(2),
      instruments: new Map(),
      ...samples,
    },
    people: known.map(String),
    instruments: [],
    servicesWithoutList: [],
    authorities: [],
  };
  return { count, keys: BigInt64Array.from(known, BigInt) };
}

const none = {
  ...{ sent: 0, accepted: 0, declined: 0, started: 0, completed: 0 },
  ...{ "lost-touch": 0, waiting: 0 },
};

/** Who is in each set when they are counted together, by the names that the world knows them by. */
function together(parts: readonly CountedPart[]): Record<string, number[]> {
  const { sets, keys } = countTogether(parts);
  return Object.fromEntries(
    [...sets].map(([measure, people]) => [measure, [...people].map((person) => Number(keys[person]))]),
  );
}

const housing = measures.need("brought", "HOU");

test("somebody whom several organisations know is in each set once, whatever their number there", () => {
  const world = fc.array(fc.uniqueArray(fc.integer({ min: 0, max: 30 })), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(world, (organisations) => {
      const parts = organisations.map((people) =>
        partOf({ [measures.helped]: people, [housing]: people.filter((person) => person % 2 === 0) }),
      );
      const everybody = [...new Set(organisations.flat())].sort((a, b) => a - b);
      const found = together(parts);
      expect(found[measures.helped] ?? []).toEqual(everybody);
      expect(found[housing] ?? []).toEqual(everybody.filter((person) => person % 2 === 0));
    }),
  );
});

test("of an age, the first organisation that knows it is believed, and not known is told only where nobody does", () => {
  const [young, old, unknown] = [measures.slice(11), measures.slice(15), measures.slice(17)];
  const found = together([
    partOf({ [unknown]: [1, 2], [young]: [3] }),
    partOf({ [old]: [1, 3] }),
    partOf({ [young]: [1], [unknown]: [2, 3] }),
  ]);
  expect(found).toEqual({ [old]: [1], [young]: [3], [unknown]: [2] });
});

test("a home is told by one organisation: a postcode before none, and all that hangs on it from the same", () => {
  const home = (decile: number) => measures.decile("England", "IMD 2025", decile);
  const placed = measures.placed("England", "IMD 2025");
  const fifth = measures.mostDeprivedFifth("England", "IMD 2025");
  const found = together([
    partOf({ [measures.notPlaced("unknown")]: [1, 2] }),
    partOf({ [home(9)]: [1, 3], [placed]: [1, 3] }),
    partOf({ [home(1)]: [1, 3], [placed]: [1, 3], [fifth]: [1, 3] }),
  ]);
  expect(found).toEqual({ [measures.notPlaced("unknown")]: [2], [home(9)]: [1, 3], [placed]: [1, 3] });
});

test("who waits at several organisations waits as long as the longest", () => {
  const found = together([
    partOf({ [measures.waiting(0)]: [1, 2], [measures.waiting(91)]: [3] }),
    partOf({ [measures.waiting(183)]: [1], [measures.waiting(31)]: [3] }),
  ]);
  expect(found).toEqual({
    [measures.waiting(183)]: [1],
    [measures.waiting(91)]: [3],
    [measures.waiting(0)]: [2],
  });
});

test("severity has one course for each person, with the values of the same organisation", () => {
  const values = (...rows: [person: number, first: number, latest: number][]) => {
    const samples = new Samples(2);
    for (const row of rows) samples.add(...row);
    return { severity: samples };
  };
  const [better, worse, both] = [
    measures.severity("better"),
    measures.severity("worse"),
    measures.severity("both"),
  ];
  const parts = [
    partOf({ [measures.severity("once")]: [7], [better]: [8], [both]: [8] }, values([1, 3, 1]), [7, 8]),
    partOf({ [worse]: [7, 8], [both]: [7, 8] }, values([0, 1, 4], [1, 2, 3]), [7, 8]),
  ];
  expect(together(parts)).toEqual({ [better]: [8], [worse]: [7], [both]: [7, 8] });
  const { samples, keys } = countTogether(parts);
  const { severity } = samples;
  expect(
    severity.map((row) => [
      Number(keys[severity.person(row)]),
      severity.value(row, 0),
      severity.value(row, 1),
    ]),
  ).toEqual([
    [8, 3, 1],
    [7, 1, 4],
  ]);
});

test("instruments are each organisation’s own and stay out", () => {
  const parts = [
    partOf({ [measures.helped]: [1], [measures.instrument("wellbeing", "both")]: [1] }),
    partOf({}),
    partOf({ [measures.helped]: [1] }),
  ];
  expect(together(parts)).toEqual({ [measures.helped]: [1] });
});
