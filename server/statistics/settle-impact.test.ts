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
} from "../domain/impact/figures";
import { type Measure, measures } from "../domain/impact/numbers";
import { findPeriod, type Period, periodByNumber, periodNumber, periodText } from "../domain/period";
import { neighboursOf } from "../domain/settling";
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
}

/** The rule told once more, with plain sets: everything that was ever shown is kept. */
class Oracle {
  private readonly settled = new Set<number>();
  private readonly shown = new Map<string, Standing>();

  constructor(private readonly area: ImpactArea) {}

  settle(period: Period, measure: Measure, people: ReadonlySet<bigint>): Standing {
    const cell = impactCell(this.area, measure);
    const near = neighboursOf(period, (number) => this.settled.has(number)).map(
      (each): Standing =>
        this.shown.get(`${periodText(each)} ${measure}`) ?? { figure: null, people: new Set() },
    );
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
    const now: Standing = isHeld
      ? nearest
      : { figure: settledFigure(hmac, period, cell, { people: people.size, cellKey }), people };
    this.shown.set(`${periodText(period)} ${measure}`, now);
    return now;
  }

  done(period: Period): void {
    this.settled.add(periodNumber(period));
  }
}

let areas = 0;

test("agrees with the oracle, whatever settles, how often and in which order", {
  timeout: 120_000,
}, async () => {
  const step = fc.record({
    period: fc.nat({ max: PERIODS.length - 1 }),
    // For each measure how many of a crowd are in it, from where, and how many stay away.
    crowds: fc.array(
      fc.record({ from: fc.nat({ max: 12 }), size: fc.nat({ max: 40 }), without: fc.nat({ max: 6 }) }),
      {
        minLength: MEASURES.length,
        maxLength: MEASURES.length,
      },
    ),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 10 }), async (steps) => {
      areas += 1;
      const area: ImpactArea = `organisation:${areas}`;
      const oracle = new Oracle(area);
      for (const { period: at, crowds } of steps) {
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
            ...{ area, period, isCounted: () => true },
            sets: sets.filter(({ members }) => members.length > 0),
          }),
        );
        for (const { measure, members } of sets) {
          const standing = oracle.settle(period, measure, new Set(members));
          const shown: SettledImpact | undefined = settled.get(measure);
          expect({ measure, figure: shown?.figure ?? null }).toEqual({ measure, figure: standing.figure });
        }
        oracle.done(period);
      }
    }),
    { numRuns: 60 },
  );
});

test("keeps no row for what stands as it stood, and none for nobody", async () => {
  const area: ImpactArea = "service:quiet";
  const [period] = PERIODS;
  if (!period) throw new Error("There is no period");
  const settle = (people: number) =>
    db.stats.begin((tx) =>
      settleImpact(tx, hmac, {
        ...{ area, period, isCounted: () => true },
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
