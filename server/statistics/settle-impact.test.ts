/**
 * Settling the sets of summaries against an oracle that keeps every set whole: random crowds over months, quarters and a
 * year, with people who come and go between settlements, must show the same figures, standing for the same sets.
 */

import { createHmac } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { FEWEST_PEOPLE, settledFigure, settledQuota } from "../domain/disclosure";
import {
  type ImpactArea,
  type ImpactSet,
  impactCell,
  isSensitiveMeasure,
  type SettledImpact,
  type SettlementRef,
} from "../domain/impact/figures";
import { type Measure, measures } from "../domain/impact/numbers";
import { findPeriod, type Period, periodByNumber, periodNumber } from "../domain/period";
import { testDatabase } from "../testing";
import { settleImpact } from "./settle-impact";

const db = await testDatabase();
const hmac = (text: string) => createHmac("sha256", "a key for tests").update(text).digest();

const PERIODS = ["m:2026-04", "m:2026-05", "m:2026-06", "q:2026-Q1", "q:2026-Q2", "y:2026"].map(
  (text): Period => {
    const period = findPeriod(text);
    if (!period) throw new Error(text);
    return period;
  },
);
const MEASURES: readonly Measure[] = [
  measures.helped,
  measures.need("brought", "HOU"),
  measures.need("brought", "SAF"),
  measures.framework("phof-2019", "B08"),
];

/** What a cell shows, and the very people that it stands for. */
interface Standing {
  figure: number | null;
  people: ReadonlySet<bigint>;
  /** The area, and the settlement of it that the set is kept with; both null for nobody. */
  area: ImpactArea | null;
  source: SettlementRef | null;
}

/** The rule told once more, with plain sets: everything that was ever shown is kept. */
class Oracle {
  private readonly settled = new Set<string>();
  private readonly shown = new Map<string, Standing>();
  /** How often each period of an area has settled. */
  private readonly times = new Map<string, number>();

  settle(area: ImpactArea, period: Period, measure: Measure, people: ReadonlySet<bigint>): Standing {
    const cell = impactCell(area, measure);
    const nameOf = (of: string, number: number) => `${of} ${String(number).padStart(6)}`;
    const own = nameOf(area, periodNumber(period));
    // Itself first, then its own area, then the others, where they had anybody.
    const rank = (name: string) => (name === own ? 0 : name.startsWith(`${area} `) ? 1 : 2);
    const near = [...this.settled]
      .sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))
      .map(
        (name) =>
          [
            name,
            this.shown.get(`${name} ${measure}`) ?? {
              figure: null,
              people: new Set(),
              area: null,
              source: null,
            },
          ] as const,
      )
      .filter(([name, { people: some }]) => rank(name) < 2 || some.size > 0)
      .map(([, standing]): Standing => standing);
    const lacking = (some: ReadonlySet<bigint>, others: ReadonlySet<bigint>) =>
      [...some].filter((one) => !others.has(one)).length;
    const differing = (standing: Standing) =>
      lacking(people, standing.people) + lacking(standing.people, people);
    const quota = settledQuota(hmac, period, cell, isSensitiveMeasure(measure));
    const nearest = near.reduce<Standing | null>(
      (best, each) => (best === null || differing(each) < differing(best) ? each : best),
      null,
    );
    const isHeld = people.size >= FEWEST_PEOPLE && nearest !== null && differing(nearest) < quota;
    const cellKey = BigInt.asIntN(
      64,
      [...people].reduce((sum, key) => sum + key, 0n),
    );
    const source: SettlementRef = { period: periodNumber(period), settleNo: (this.times.get(own) ?? 0) + 1 };
    // What another area showed is kept with the cell's own settlement.
    const now: Standing = isHeld
      ? { ...nearest, area, source: nearest.area === area ? nearest.source : source }
      : {
          figure: settledFigure(hmac, period, cell, { people: people.size, cellKey }),
          ...{ people, area, source },
        };
    this.shown.set(`${own} ${measure}`, now);
    return now;
  }

  done(area: ImpactArea, period: Period): void {
    const name = `${area} ${String(periodNumber(period)).padStart(6)}`;
    this.settled.add(name);
    this.times.set(name, (this.times.get(name) ?? 0) + 1);
  }
}

let numbers = 0;
/** Areas of their own for each try, also where one goes on that was too slow. */
const nextNumber = () => {
  numbers += 1;
  return numbers;
};

test("agrees with the oracle, whatever settles, of whatever area, how often and in which order", async () => {
  const step = fc.record({
    period: fc.nat({ max: PERIODS.length - 1 }),
    ofService: fc.boolean(),
    // For each measure how many of a crowd are in it, from where, and how many stay away.
    crowds: fc.array(
      fc.record({ from: fc.nat({ max: 12 }), size: fc.nat({ max: 40 }), without: fc.nat({ max: 6 }) }),
      {
        minLength: MEASURES.length,
        maxLength: MEASURES.length,
      },
    ),
  });
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 10 }), async (steps) => {
      const number = nextNumber();
      const both: ImpactArea[] = [`organisation:${number}`, `service:${number}`];
      const oracle = new Oracle();
      for (const { period: at, ofService, crowds } of steps) {
        const area: ImpactArea = ofService ? `service:${number}` : `organisation:${number}`;
        const period = PERIODS[at] ?? periodByNumber(0);
        const sets = MEASURES.map((measure, each): ImpactSet => {
          const { from = 0, size = 0, without = 0 } = crowds[each] ?? {};
          const people = Array.from({ length: size }, (_, one) => BigInt(from + one) * 1_000_003n).slice(
            without,
          );
          return { measure, members: BigInt64Array.from(people).sort(), estimate: null };
        });
        const settled = await db.stats.begin((tx) =>
          settleImpact(tx, hmac, {
            ...{ area, beside: both.filter((each) => each !== area), period, isCounted: () => true },
            sets: sets.filter(({ members }) => members.length > 0),
          }),
        );
        for (const { measure, members } of sets) {
          const standing = oracle.settle(area, period, measure, new Set(members));
          const shown: SettledImpact | undefined = settled.get(measure);
          expect({ measure, figure: shown?.figure ?? null }).toEqual({ measure, figure: standing.figure });
          // A set of nobody may be kept nowhere, so only of others can it be told which one it is.
          if (members.length === 0 || standing.people.size === 0) continue;
          expect({ measure, source: shown?.source }).toEqual({ measure, source: standing.source });
          compared += 1;
        }
        oracle.done(area, period);
      }
    }),
    { numRuns: 60 },
  );
  expect(compared).toBeGreaterThan(100);
});

test("shows one figure and one mean for sets that differ by fewer than the smallest quota, in any order", async () => {
  const named = ["organisation", "service"] as const;
  const every = PERIODS.flatMap((period) => named.map((of) => ({ period, of })));
  const step = fc.record({
    order: fc.shuffledSubarray(every, { minLength: 4, maxLength: 8 }),
    size: fc.integer({ min: 34, max: 60 }),
    // Who of the crowd stays away each time: never more than two, so that no two sets differ by five.
    away: fc.array(fc.uniqueArray(fc.nat({ max: 33 }), { maxLength: 2 }), { minLength: 8, maxLength: 8 }),
  });
  const mean = measures.estimate("severity");
  await fc.assert(
    fc.asyncProperty(step, async ({ order, size, away }) => {
      const number = nextNumber();
      const all = named.map((of) => `${of}:${number}` as ImpactArea);
      const shown = new Set<string>();
      for (const [at, { period, of }] of order.entries()) {
        const area = all[named.indexOf(of)] ?? `organisation:${number}`;
        const people = Array.from({ length: size }, (_, one) => one).filter(
          (one) => !away[at]?.includes(one),
        );
        const members = BigInt64Array.from(people, (one) => BigInt(one) * 1_000_003n);
        const change = { firstMean: at, latestMean: at, mean: 0, low: null, high: null };
        const settled = await db.stats.begin((tx) =>
          settleImpact(tx, hmac, {
            ...{ area, beside: all.filter((each) => each !== area), period, isCounted: () => true },
            sets: [
              ...MEASURES.map((measure): ImpactSet => ({ measure, members, estimate: null })),
              { measure: mean, members, estimate: { kind: "paired", value: change } },
            ],
          }),
        );
        const figures = MEASURES.map((measure) => settled.get(measure)?.figure);
        const estimate = settled.get(mean)?.estimate;
        shown.add(JSON.stringify([figures, estimate?.kind === "paired" && estimate.value.firstMean]));
      }
      expect([...shown]).toHaveLength(1);
    }),
    { numRuns: 40 },
  );
});

test("keeps no row for what stands as it stood, and none for nobody", async () => {
  const area: ImpactArea = "service:quiet";
  const [period] = PERIODS;
  if (!period) throw new Error("There is no period");
  const settle = (people: number) =>
    db.stats.begin((tx) =>
      settleImpact(tx, hmac, {
        ...{ area, beside: [], period, isCounted: () => true },
        sets: [
          {
            measure: measures.helped,
            members: BigInt64Array.from(Array.from({ length: people }, (_, one) => BigInt(one))),
            estimate: null,
          },
        ],
      }),
    );
  for (const people of [30, 30, 31, 33]) await settle(people);
  const rows =
    await db.stats`select settle_no, length(members) as bytes from statistics.impact_set where area = ${area}`;
  expect([...rows]).toEqual([{ settleNo: 1, bytes: 240 }]);
  const [settlement] =
    await db.stats`select settle_no from statistics.impact_settlement where area = ${area}`;
  expect(settlement).toEqual({ settleNo: 4 });
});
