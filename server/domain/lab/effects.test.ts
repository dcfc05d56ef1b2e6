import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { newcombe } from "../change/intervals";
import { chanceFrom } from "../repeatable-chance";
import type { LabMethod, LabOutcome, Matched } from "./analysis";
import { effectOf } from "./effects";
import { newcombeP } from "./effects-shares";

const RADIUS: LabMethod = { name: "radius", caliper: 0.2, exact: [], score: "logit" };
const NEAREST: LabMethod = {
  ...{ name: "nearest", caliper: 0.2, ratio: 1, replace: false, order: "largest", exact: [], score: "logit" },
};
const outcome = (type: LabOutcome["type"]): LabOutcome => ({ name: "it", type, followUp: 365 });

/** The first `participants` rows took part; those compared with them have these weights. */
function compared(participants: number, weights: readonly number[], method = RADIUS, stratum?: number[]) {
  const all = [...new Array<number>(participants).fill(1), ...weights];
  const matched: Matched = {
    weights: Float64Array.from(all),
    stratum: stratum ? Int32Array.from(stratum) : null,
    sets: null,
    caliperWidth: null,
  };
  return { treated: Uint8Array.from(all, (_, row) => (row < participants ? 1 : 0)), matched, method };
}

/** Pairs in their order: all participants, then whoever is beside each. */
function paired(pairs: readonly (readonly [number, number])[]) {
  const stratum = [...pairs.map((_, at) => at), ...pairs.map((_, at) => at)];
  const values = Float64Array.from([...pairs.map(([one]) => one), ...pairs.map(([, other]) => other)]);
  const weights = pairs.map(() => 1);
  return { given: compared(pairs.length, weights, NEAREST, stratum), values };
}

const repeated = <T>(times: number, value: T): T[] => new Array<T>(times).fill(value);

describe("shares", () => {
  test("with ten or more in each cell: Welch's interval with Kish's effective size", () => {
    const given = compared(40, repeated(100, 1));
    const values = Float64Array.from([
      ...repeated(12, 1),
      ...repeated(28, 0),
      ...repeated(50, 1),
      ...repeated(50, 0),
    ]);
    const effect = effectOf(given, outcome("binary"), values);
    expect(effect).toMatchObject({ intervalBy: "Kish", treated: 0.3, comparison: 0.5, ess: 100 });
    expect(effect?.difference).toBeCloseTo(-0.2, 12);
    expect(effect?.besides["fisherP"]).toBeGreaterThan(0);
  });

  test("with a small cell on either side: Newcombe's, of the effective size", () => {
    const given = compared(40, repeated(100, 1));
    const values = Float64Array.from([
      ...repeated(9, 1),
      ...repeated(31, 0),
      ...repeated(50, 1),
      ...repeated(50, 0),
    ]);
    const effect = effectOf(given, outcome("binary"), values);
    expect(effect?.intervalBy).toBe("Newcombe");
    expect([effect?.low, effect?.high]).toEqual([...newcombe({ x1: 0.225 * 40, n1: 40, x0: 50, n0: 100 })]);
  });

  test("Newcombe's p and interval never say different things", () => {
    const count = fc.integer({ min: 0, max: 60 });
    fc.assert(
      fc.property(count, count, count, count, (x1, more1, x0, more0) => {
        fc.pre(x1 + more1 > 1 && x0 + more0 > 1);
        const shares = { x1, n1: x1 + more1, x0, n0: x0 + more0 };
        const [low, high] = newcombe(shares);
        const p = newcombeP(shares);
        expect(p).toBeGreaterThanOrEqual(0);
        expect(p).toBeLessThanOrEqual(1);
        if (Math.min(Math.abs(low), Math.abs(high)) > 1e-9) expect(p <= 0.05).toBe(low > 0 || high < 0);
      }),
    );
  });

  test("nobody and everybody is stated, too", () => {
    const values = Float64Array.from([...repeated(30, 0), ...repeated(60, 1)]);
    const effect = effectOf(compared(30, repeated(60, 1)), outcome("binary"), values);
    expect(effect).toMatchObject({ difference: -1, low: expect.any(Number), high: expect.any(Number) });
    expect(effect?.high).toBeLessThan(-0.8);
    expect(effect?.p).toBeLessThan(0.001);
    for (const value of Object.values(effect?.besides ?? {})) expect(Number.isFinite(value)).toBe(true);
  });
});

describe("values that cannot be worked with", () => {
  test("too large for a difference: nothing is stated; not finite: as if not known", () => {
    const given = compared(4, repeated(4, 1));
    const number = outcome("number");
    expect(effectOf(given, number, Float64Array.from([1e300, -1e300, 1e300, 1, 2, 3, 4, 5]))).toBeNull();
    const values = [1, 2, 3, Number.POSITIVE_INFINITY, Number.NaN, 3, 4, 5];
    expect(effectOf(given, number, Float64Array.from(values))).toMatchObject({ nTreated: 3, nComparison: 3 });
  });

  test("it says how many are not at the commonest value, in people who took part", () => {
    const values = Float64Array.from([0, 0, 0, 7, 0, 0, 2, 3]);
    expect(effectOf(compared(4, repeated(4, 1)), outcome("number"), values)?.apart).toEqual({
      ...{ treated: 1, comparison: 2 },
    });
  });
});

describe("pairs", () => {
  const twenty: [number, number][] = [
    ...repeated<[number, number]>(14, [1, 1]),
    ...repeated<[number, number]>(12, [1, 0]),
    ...repeated<[number, number]>(28, [0, 1]),
    ...repeated<[number, number]>(40, [0, 0]),
  ];

  test("shares by McNemar: what differs within the pairs", () => {
    const { given, values } = paired(twenty);
    const effect = effectOf(given, outcome("binary"), values);
    expect(effect?.intervalBy).toBe("pairs");
    expect(effect?.besides).toMatchObject({
      ...{ pairsBoth: 14, pairsTreatedOnly: 12, pairsComparisonOnly: 28, pairsNeither: 40 },
    });
    expect(effect?.p).toBe(effect?.besides["mcNemarMidP"]);
    expect(effect?.difference).toBeCloseTo(-16 / 94, 12);
  });

  test("whoever's other half is not known leaves with them", () => {
    const { given, values } = paired(twenty);
    values[0] = Number.NaN;
    const effect = effectOf(given, outcome("binary"), values);
    expect(effect).toMatchObject({ nTreated: 93, nComparison: 93 });
    expect(effect?.besides).toMatchObject({ pairsBoth: 13 });
  });

  test("few of a kind: Bonett and Price's interval", () => {
    const few: [number, number][] = [
      ...repeated<[number, number]>(3, [1, 0]),
      ...repeated<[number, number]>(20, [0, 0]),
    ];
    const { given, values } = paired(few);
    expect(effectOf(given, outcome("binary"), values)?.intervalBy).toBe("Bonett-Price");
  });

  test("a number by the paired t test", () => {
    // Student's sleep data: 10 pairs, a mean difference of -1.58 and p 0.00283 (R's t.test).
    const first = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0];
    const other = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];
    const { given, values } = paired(first.map((one, at) => [one, other[at] ?? 0]));
    const effect = effectOf(given, outcome("number"), values);
    expect(effect?.intervalBy).toBe("pairs");
    expect(effect?.p).toBeCloseTo(0.00283289, 7);
    expect(effect?.low).toBeCloseTo(-2.4598858, 6);
    expect(effect?.high).toBeCloseTo(-0.7001142, 6);
  });

  test("two beside one is a set, not a pair", () => {
    const stratum = [0, 1, 2, 0, 0, 1, 1, 2, 2];
    const given = compared(3, repeated(6, 1), NEAREST, stratum);
    const values = Float64Array.from([5, 4, 7, 3, 4, 6, 2, 8, 3]);
    expect(effectOf(given, outcome("number"), values)).toMatchObject({
      intervalBy: "sets",
      besides: expect.objectContaining({ clusters: 3 }),
    });
  });
});

describe("days to the first event", () => {
  test("are among those with one; later than the follow-up is none", () => {
    const values = Float64Array.from([10, 30, 400, Number.NaN, 20, 40, 60, Number.NaN]);
    const effect = effectOf(compared(4, repeated(4, 1)), outcome("time"), values);
    expect(effect).toMatchObject({
      measure: "time",
      nTreated: 2,
      nComparison: 3,
      treated: 20,
      comparison: 40,
    });
    expect(effect?.besides).toMatchObject({ kmTreated90: 0.5, kmComparison90: 0.25, kmComparison365: 0.25 });
  });

  test("of pairs are not taken as pairs: one of the two may have had no event", () => {
    const { given, values } = paired([
      [10, Number.NaN],
      [20, 30],
      [Number.NaN, 50],
      [60, 80],
    ]);
    expect(effectOf(given, outcome("time"), values)).toMatchObject({
      intervalBy: "Kish",
      nTreated: 3,
      nComparison: 3,
    });
  });
});

describe("what there is nothing to state of", () => {
  test("fewer than two on a side", () => {
    const values = Float64Array.from([1, 0, Number.NaN, Number.NaN, 1]);
    expect(effectOf(compared(2, [1, 1, 1]), outcome("binary"), values)).toBeNull();
  });

  test("everybody alike is a difference without chance", () => {
    const values = Float64Array.from(repeated(40, 3));
    const effect = effectOf(compared(20, repeated(20, 1)), outcome("number"), values);
    expect(effect).toMatchObject({ difference: 0, low: 0, high: 0, p: 1 });
  });
});

test("neither the order of the rows nor the scale of the weights changes an effect", () => {
  const chance = chanceFrom(21);
  const rows = Array.from({ length: 80 }, (_, row) => ({
    treated: row < 30 ? 1 : 0,
    weight: row < 30 ? 1 : 0.2 + chance(),
    value: Math.floor(4 * chance()),
  }));
  const effectWith = (order: typeof rows, scale: number) =>
    effectOf(
      {
        treated: Uint8Array.from(order, ({ treated }) => treated),
        matched: {
          weights: Float64Array.from(order, ({ treated, weight }) => (treated ? weight : weight * scale)),
          ...{ stratum: null, sets: null, caliperWidth: null },
        },
        method: RADIUS,
      },
      outcome("count"),
      Float64Array.from(order, ({ value }) => value),
    );
  const one = effectWith(rows, 1);
  const other = effectWith([...rows].reverse(), 7);
  for (const key of ["difference", "low", "high", "p", "ess"] as const)
    expect(other?.[key]).toBeCloseTo(one?.[key] ?? Number.NaN, 10);
  expect(other?.besides["rateRatioLogHc0"]).toBeCloseTo(one?.besides["rateRatioLogHc0"] ?? Number.NaN, 10);
});

test("the two-way error is that of the whole table of places, multiplied out", () => {
  const chance = chanceFrom(4);
  const values = Float64Array.from({ length: 12 }, () => 10 * chance());
  const sets = [
    { treated: 0, controls: Uint32Array.from([4, 5, 6]) },
    { treated: 1, controls: Uint32Array.from([5, 7]) },
    { treated: 2, controls: Uint32Array.from([8, 9, 10, 11]) },
    { treated: 3, controls: Uint32Array.from([5]) },
  ];
  const weights = new Float64Array(12).fill(1, 0, 4);
  for (const { controls } of sets)
    for (const row of controls) weights[row] = (weights[row] ?? 0) + 1 / controls.length;
  const method: LabMethod = { ...NEAREST, name: "nearest", ratio: 4, replace: true };
  const treated = Uint8Array.from({ length: 12 }, (_, row) => (row < 4 ? 1 : 0));
  const effect = effectOf(
    { treated, matched: { weights, stratum: null, sets, caliperWidth: null }, method },
    outcome("number"),
    values,
  );

  const places = sets.flatMap(({ treated: one, controls }, set) => [
    { set, person: one, weight: 1, took: 1 },
    ...[...controls].map((person) => ({ set, person, weight: 1 / controls.length, took: 0 })),
  ]);
  const mean = (took: number) => {
    const side = places.filter((place) => place.took === took);
    const total = side.reduce((sum, { weight }) => sum + weight, 0);
    return {
      total,
      mean: side.reduce((sum, { weight, person }) => sum + weight * (values[person] ?? 0), 0) / total,
    };
  };
  const sides = [mean(0), mean(1)];
  const parts = places.map(({ person, weight, took }) => {
    const side = sides[took];
    return ((took ? 1 : -1) * weight * ((values[person] ?? 0) - (side?.mean ?? 0))) / (side?.total ?? 1);
  });
  // Every two places of the same set, or person: the square of each cluster's sum, without summing.
  const within = (same: (a: number, b: number) => boolean, clusters: number) =>
    (parts.reduce(
      (sum, a, i) => sum + parts.reduce((inner, b, j) => inner + (same(i, j) ? a * b : 0), 0),
      0,
    ) *
      clusters) /
    (clusters - 1);
  const people = new Set(places.map(({ person }) => person)).size;
  const variance =
    within((i, j) => places[i]?.set === places[j]?.set, sets.length) +
    within((i, j) => places[i]?.person === places[j]?.person, people) -
    within((i, j) => i === j, places.length);
  const n = places.length;
  expect(effect?.besides["seTwoWayHc1"]).toBeCloseTo(Math.sqrt((variance * (n - 1)) / (n - 2)), 10);
  expect(effect?.intervalBy).toBe("sets and people");
});
