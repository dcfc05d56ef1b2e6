import { createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FEWEST_PEOPLE, recordKey, THRESHOLD } from "../disclosure";
import { findPeriod, type Period, periodNumber } from "../period";
import { CURVE_DAYS, coarsePaired, coarseResolution } from "./coarse";
import { Samples } from "./count-sets";
import { setsOfEstimates, setsOfPeople } from "./figure-sets";
import {
  differing,
  type EarlierImpact,
  figureNumbers,
  type ImpactArea,
  type ImpactSet,
  impactCell,
  isSensitiveMeasure,
  type Members,
  type SettledImpact,
  settleImpactSet,
  shownFigures,
  wholeOf,
} from "./figures";
import { type Measure, measures } from "./numbers";
import { survivalCurve } from "./survival";

const hmac = (text: string) => createHmac("sha256", "a key for tests").update(text).digest();
const quarterOf = (text: string): Period => {
  const period = findPeriod(text);
  if (!period) throw new Error(text);
  return period;
};
const PERIOD = quarterOf("q:2026-Q1");
const AREA: ImpactArea = "organisation:7";
const at = (settleNo = 1, area: ImpactArea = AREA) => ({
  ...{ area, period: PERIOD, settlement: { period: periodNumber(PERIOD), settleNo } },
});

const membersOf = (people: Iterable<number>): Members =>
  BigInt64Array.from([...new Set(people)], (person) => recordKey(hmac, String(person))).sort();
const setOf = (measure: Measure, people: Iterable<number>): ImpactSet => ({
  ...{ measure, members: membersOf(people), estimate: null },
});
const upTo = (count: number, from = 0) => Array.from({ length: count }, (_, each) => from + each);

const earlierOf = (settled: SettledImpact, before: readonly EarlierImpact[] = []): EarlierImpact => {
  const members = settled.members ?? before.find(({ source }) => source === settled.source)?.members;
  if (!members) throw new Error("Nothing stands for the set");
  return { source: settled.source, figure: settled.figure, members, estimate: settled.estimate };
};

const someMeasure = fc.constantFrom<Measure>(
  measures.helped,
  measures.need("brought", "HOU"),
  measures.need("resolved", "MEN-01"),
  measures.referral("accepted"),
  measures.slice(12),
  measures.framework("phof-2019", "B08"),
);
const somePeople = fc.uniqueArray(fc.integer({ min: 0, max: 400 }), { maxLength: 150 });

describe("a settled set", () => {
  test("shows nothing or a multiple of 5 from 10 up, at most 7 from the people, and nothing for fewer than 5", () => {
    fc.assert(
      fc.property(someMeasure, somePeople, (measure, people) => {
        const { figure } = settleImpactSet(hmac, at(), setOf(measure, people), []);
        if (figure === null) return;
        expect(people.length).toBeGreaterThanOrEqual(FEWEST_PEOPLE);
        expect(figure).toBeGreaterThanOrEqual(THRESHOLD);
        expect(figure % 5).toBe(0);
        expect(Math.abs(figure - people.length)).toBeLessThanOrEqual(7);
      }),
    );
  });

  test("shows the same for the same people, in whatever order they come and however often it settles", () => {
    fc.assert(
      fc.property(someMeasure, somePeople, (measure, people) => {
        const first = settleImpactSet(hmac, at(1), setOf(measure, people), []);
        const again = settleImpactSet(hmac, at(2), setOf(measure, people.toReversed()), []);
        expect(again.figure).toBe(first.figure);
      }),
    );
  });

  test("stands while fewer people than the quota differ: nobody who comes or goes shows", () => {
    fc.assert(
      fc.property(
        someMeasure,
        fc.integer({ min: 10, max: 120 }),
        fc.integer({ min: 0, max: 4 }),
        fc.integer({ min: 0, max: 4 }),
        (measure, count, come, go) => {
          fc.pre(come + go < 5);
          const first = settleImpactSet(hmac, at(1), setOf(measure, upTo(count)), []);
          const later = setOf(measure, [...upTo(count - go, go), ...upTo(come, 1000)]);
          const second = settleImpactSet(hmac, at(2), later, [earlierOf(first)]);
          expect(second).toMatchObject({ figure: first.figure, source: first.source, members: null });
        },
      ),
    );
  });

  test("lets slow drift add up: the set that a figure stands for is the one it was made of", () => {
    const first = settleImpactSet(hmac, at(1), setOf(measures.helped, upTo(50)), []);
    let shown = earlierOf(first);
    let comes = 0;
    let settled = first;
    do {
      comes += 1;
      settled = settleImpactSet(hmac, at(comes + 1), setOf(measures.helped, upTo(50 + comes)), [shown]);
      shown = earlierOf(settled, [shown]);
    } while (settled.members === null);
    expect(comes).toBeGreaterThanOrEqual(5);
    expect(comes).toBeLessThanOrEqual(9);
  });

  test("of a sensitive need waits for ten people at least", () => {
    const measure = measures.need("brought", "SAF");
    const first = settleImpactSet(hmac, at(1), setOf(measure, upTo(40)), []);
    const second = settleImpactSet(hmac, at(2), setOf(measure, upTo(49)), [earlierOf(first)]);
    expect(second.members).toBeNull();
    const third = settleImpactSet(hmac, at(2), setOf(measure, upTo(60)), [earlierOf(first)]);
    expect(third.members).not.toBeNull();
  });

  test("that falls below five is hidden, though an earlier figure is near", () => {
    const first = settleImpactSet(hmac, at(1), setOf(measures.helped, upTo(8)), []);
    const second = settleImpactSet(hmac, at(2), setOf(measures.helped, upTo(4)), [earlierOf(first)]);
    expect(second.figure).toBeNull();
  });

  test("is another cell for another service, and its name has no period in it", () => {
    expect(impactCell(AREA, measures.need("resolved", "HOU"))).toBe(
      "organisation:7|impact:need|resolved|HOU",
    );
    const figures = upTo(40).map(
      (service) =>
        settleImpactSet(hmac, at(1, `service:${service}`), setOf(measures.helped, upTo(52)), []).figure,
    );
    expect(new Set(figures).size).toBeGreaterThan(1);
  });
});

test("two sets differ by those in one and not in the other, as a slow count has it", () => {
  fc.assert(
    fc.property(somePeople, somePeople, fc.integer({ min: 1, max: 30 }), (a, b, limit) => {
      const [inA, inB] = [new Set(a), new Set(b)];
      const slow =
        [...inA].filter((one) => !inB.has(one)).length + [...inB].filter((one) => !inA.has(one)).length;
      expect(differing(membersOf(a), membersOf(b), limit)).toBe(Math.min(slow, limit));
    }),
  );
});

test.each([
  [measures.need("brought", "MEN-01"), true],
  [measures.need("resolved", "SAF"), true],
  [measures.need("brought", "HOU"), false],
  [measures.need("brought", "*"), false],
  [measures.helped, false],
  [measures.framework("phof-2019", "B08"), true],
  [measures.instrument("some-scale", "better"), true],
  [measures.estimate("severity"), true],
])("%s: sensitive %s", (measure, sensitive) => expect(isSensitiveMeasure(measure)).toBe(sensitive));

describe("what is shown of settled sets", () => {
  const settle = (sets: readonly [Measure, number][]) =>
    new Map(
      sets.map(([measure, people]) => [
        measure,
        settleImpactSet(hmac, at(), setOf(measure, upTo(people)), []),
      ]),
    );

  test("is never a part of what is hidden, nor more than its whole", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 6, maxLength: 6 }), (sizes) => {
        const [helped = 0, any = 0, domain = 0, need = 0, resolved = 0, slice = 0] = sizes;
        const settled = settle([
          [measures.helped, helped],
          [measures.need("brought", "*"), any],
          [measures.need("brought", "HOU"), domain],
          [measures.need("brought", "HOU-04"), need],
          [measures.need("resolved", "HOU-04"), resolved],
          [measures.slice(12), slice],
        ]);
        const shown = shownFigures(settled);
        for (const [measure, figure] of shown) {
          const whole = wholeOf(measure);
          if (whole) expect(shown.get(whole.of) ?? 0).toBeGreaterThanOrEqual(figure);
        }
      }),
    );
  });

  test("has slices only where a hundred or more were helped", () => {
    const parts: [Measure, number][] = [
      [measures.slice(12), 40],
      [measures.decile("England", "IMD 2025", 3), 40],
      [measures.placed("England", "IMD 2025"), 60],
    ];
    expect([...shownFigures(settle([[measures.helped, 80], ...parts])).keys()]).toEqual([measures.helped]);
    expect(shownFigures(settle([[measures.helped, 130], ...parts])).size).toBe(4);
  });
});

describe("estimates", () => {
  const severity = (people: number, latest: (person: number) => number) => {
    const samples = {
      ...{ resolution: new Samples(2), acceptance: new Samples(1), completion: new Samples(1) },
      ...{ severity: new Samples(2), instruments: new Map<string, Samples>() },
    };
    for (const person of upTo(people)) samples.severity.add(person, 3, latest(person));
    return samples;
  };
  const keys = membersOf(upTo(500));
  const settle = (
    people: number,
    latest: (person: number) => number,
    before: ReadonlyMap<Measure, SettledImpact> | null,
  ) => {
    const sets = new Map([
      [measures.helped, Int32Array.from(upTo(people))],
      [measures.severity("both"), Int32Array.from(upTo(people))],
    ]);
    const samples = severity(people, latest);
    return new Map(
      [...setsOfPeople(sets, keys), ...setsOfEstimates(hmac, { samples }, keys)].map((set) => {
        const shown = before?.get(set.measure);
        const earlier = shown ? [earlierOf(shown)] : [];
        return [set.measure, settleImpactSet(hmac, at(before ? 2 : 1), set, earlier)] as const;
      }),
    );
  };
  const numbersOf = (now: ReadonlyMap<Measure, SettledImpact>) =>
    figureNumbers(
      { now, yearBefore: new Map() },
      { authorities: [], instruments: [], servicesWithoutList: [] },
    );

  test("are shown with a figure of thirty or more, to one decimal, and not with fewer", () => {
    const many = numbersOf(settle(64, (person) => 1 + (person % 3), null));
    expect(many.estimates.severity).toMatchObject({ firstMean: 3, latestMean: 2, mean: -1 });
    expect(many.estimates.severity?.people).toBe(many.people[measures.severity("both")]);
    const few = numbersOf(settle(20, (person) => 1 + (person % 3), null));
    expect(few.estimates.severity).toBeNull();
  });

  test("stand while the values of fewer people than the quota changed, and are made anew when many did", () => {
    const first = settle(64, () => 3, null);
    const fewChanged = settle(64, (person) => (person < 5 ? 1 : 3), first);
    expect(numbersOf(fewChanged)).toEqual(numbersOf(first));
    const manyChanged = settle(64, (person) => (person < 36 ? 1 : 3), first);
    expect(numbersOf(manyChanged).estimates.severity?.mean).toBe(-1.1);
  });

  test("of a curve have the fixed days alone, shares to 5 in 100, and no number of things", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 400 }), fc.boolean()), { minLength: 30, maxLength: 80 }),
        (rows) => {
          const curve = survivalCurve(rows.map(([days, ended]) => ({ days, ended })));
          const told = coarseResolution({
            ...{ issues: rows.length, people: 30, resolved: 3, curve },
            median: { days: 30.5, low: null, high: 60.4 },
          });
          expect(told).toMatchObject({
            issues: null,
            resolved: null,
            median: { days: 31, low: null, high: 60 },
          });
          for (const { days, share, low, high, atRisk } of told.curve) {
            expect(CURVE_DAYS).toContain(days);
            expect(atRisk).toBeNull();
            for (const value of [share, low, high])
              expect(Math.abs(value * 20 - Math.round(value * 20))).toBeLessThan(1e-9);
          }
        },
      ),
    );
  });

  test("never say minus nothing", () => {
    const told = coarsePaired({
      people: 40,
      firstMean: 2.01,
      latestMean: 2,
      mean: -0.01,
      low: -0.04,
      high: 0.02,
    });
    expect(Object.is(told.mean, 0)).toBe(true);
    expect(JSON.stringify(told)).toBe('{"firstMean":2,"latestMean":2,"mean":0,"low":0,"high":0}');
  });
});
