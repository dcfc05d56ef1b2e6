import { createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FEWEST_PEOPLE, readFigure, recordKey, THRESHOLD } from "../disclosure";
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
import { pairedChange } from "./paired";
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
      [...setsOfPeople(sets, keys), ...setsOfEstimates(hmac, { samples, instruments: [] }, keys)].map(
        (set) => {
          const shown = before?.get(set.measure);
          const earlier = shown ? [earlierOf(shown)] : [];
          return [set.measure, settleImpactSet(hmac, at(before ? 2 : 1), set, earlier)] as const;
        },
      ),
    );
  };
  const numbersOf = (now: ReadonlyMap<Measure, SettledImpact>) =>
    figureNumbers({ now, yearBefore: new Map() }, { authorities: [], instruments: [] });

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
          const median = { days: 30.5, low: null, high: 60.4 };
          const told = coarseResolution(
            { median, curve },
            (day) => rows.filter(([days]) => days >= day).length,
          );
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

  test("never stand on fewer than thirty people of their own, whatever figure stands beside them", () => {
    const first = settle(31, (person) => 1 + (person % 3), null);
    const severityOfMany = measures.severity("both");
    for (const people of upTo(30, 6)) {
      const fresh = settle(people, () => 2, null);
      // A figure of thirty stands still, while the people of the estimate are few and others.
      for (const measure of [measures.helped, severityOfMany]) {
        const figure = first.get(measure);
        if (figure) fresh.set(measure, { ...figure, figure: readFigure(30) });
      }
      const shown = numbersOf(fresh).estimates.severity;
      expect({ people, isShown: shown !== null }).toEqual({ people, isShown: people >= 30 });
    }
  });

  test("of a second version with eight people are not drawn from the eight, and one of many stands while few differ", () => {
    const first = settle(31, (person) => 1 + (person % 3), null);
    expect(first.get(measures.estimate("severity"))?.estimate).not.toBeNull();
    const eight = settle(8, () => 4, first);
    expect(eight.get(measures.estimate("severity"))).toMatchObject({ estimate: null });
    const fewLess = settle(28, (person) => 1 + (person % 3), first);
    expect(fewLess.get(measures.estimate("severity"))).toMatchObject({
      estimate: first.get(measures.estimate("severity"))?.estimate,
      members: null,
    });
  });

  test("of a scale to 100 are told to a step that nobody alone can move by more than once", () => {
    const scale = { lowest: 0, highest: 100 };
    const others = upTo(35).map((each) => ({ first: 40 + (each % 7), latest: 52 + (each % 9) }));
    const toldWith = (latest: number) => {
      const change = pairedChange([...others, { first: 43, latest }]);
      return change && coarsePaired(change, scale).latestMean;
    };
    const told = new Set(upTo(101).map(toldWith));
    expect([...told].every((mean) => mean !== null && mean % 5 === 0)).toBe(true);
    expect(told.size).toBeLessThanOrEqual(2);
  });

  test("give a larger crowd a finer step, and the scale of severity one decimal", () => {
    const ofMany = (people: number, highest: number) =>
      coarsePaired(
        { people, firstMean: 12.34, latestMean: 13.57, mean: 1.23, low: 1.18, high: 1.28 },
        { lowest: 0, highest },
      ).latestMean;
    expect([30, 100, 300, 1000, 5000].map((people) => ofMany(people, 100))).toEqual([
      15, 14, 13.5, 13.6, 13.6,
    ]);
    expect(ofMany(30, 3)).toBe(13.6);
    expect(ofMany(30, 20_000)).toBe(0);
  });

  const resolutionOf = (issues: readonly (readonly [person: number, days: number])[]) => {
    const samples = severity(0, () => 0);
    for (const [person, days] of issues) samples.resolution.add(person, days, 1);
    return [...setsOfEstimates(hmac, { samples, instruments: [] }, keys)].find(
      ({ measure }) => measure === measures.estimate("resolution"),
    );
  };
  const oneShortEach = upTo(40).map((person) => [person, 2 + (person % 20)] as const);

  test("of a curve stop where fewer than ten people are watched still, however many issues one of them has", () => {
    const twelveLong = upTo(12).map(() => [40, 364] as const);
    const set = resolutionOf([...oneShortEach, ...twelveLong]);
    expect(set).toMatchObject({ estimate: null });
    expect(set?.members).toHaveLength(41);
    const fourLong = upTo(4).flatMap((person) => upTo(4).map(() => [40 + person, 364] as const));
    const told = resolutionOf([...oneShortEach, ...fourLong])?.estimate;
    expect(told?.kind === "resolution" && told.value.curve.map(({ days }) => days)).toEqual([0]);
    const tenLong = upTo(10).map((person) => [40 + person, 364] as const);
    const many = resolutionOf([...oneShortEach, ...tenLong])?.estimate;
    expect(many?.kind === "resolution" && many.value.curve.map(({ days }) => days)).toEqual([
      0, 30, 60, 90, 180,
    ]);
  });

  test("are left out where more than a tenth of the rows is of one person, and an earlier one stands for a few of them", () => {
    const others = (rows: number) => upTo(rows).map((person) => [40 + person, 9] as const);
    const four = upTo(4).map(() => [90, 30] as const);
    expect(resolutionOf([...others(36), ...four])?.estimate).not.toBeNull();
    expect(resolutionOf([...others(35), ...four])?.estimate).toBeNull();
    const earlier = resolutionOf([...others(36), ...four]);
    const later = resolutionOf([...others(36), ...four, [90, 30]]);
    if (!earlier || !later) throw new Error("Nobody was watched");
    const first = settleImpactSet(hmac, at(1), earlier, []);
    expect(settleImpactSet(hmac, at(2), later, [earlierOf(first)])).toMatchObject({
      estimate: first.estimate,
    });
  });

  test("never say minus nothing", () => {
    const told = coarsePaired(
      { people: 40, firstMean: 2.01, latestMean: 2, mean: -0.01, low: -0.04, high: 0.02 },
      { lowest: 1, highest: 4 },
    );
    expect(Object.is(told.mean, 0)).toBe(true);
    expect(JSON.stringify(told)).toBe('{"firstMean":2,"latestMean":2,"mean":0,"low":0,"high":0}');
  });
});
