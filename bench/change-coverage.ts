/**
 * Made series with a known step, counted, hidden and rounded by the product's own disclosure control, and how often
 * the interval of the segmented regression covers the truth. The figures are made as the engine makes them; the
 * regression never sees a count.
 */

import { type SeriesPoint, segmentedFit } from "../server/domain/change/segmented";
import { publish, settledError, staticError } from "../server/domain/disclosure";
import type { PeriodType } from "../server/domain/period";

export interface MadeSeries {
  name: string;
  type: PeriodType;
  before: number;
  after: number;
  /** People a period at the start. */
  level: number;
  /** Change of the logarithm a period. */
  trend: number;
  /** Height of the season on the logarithm. */
  season: number;
  /** True step on the logarithm. */
  step: number;
  /** Size of a negative binomial; infinite is Poisson. */
  size: number;
  /** How much one period's spread carries over to the next, 0 to 1; only with a finite size. */
  carried?: number;
  /** Share of the people of one period who come in the next too; only with an infinite size. */
  stay?: number;
  /** With a comparison series of so many people a period. */
  comparison?: number;
}

export interface Coverage {
  series: number;
  /** Series for which there was no fit, such as with too many hidden. */
  noFit: number;
  /** Share of the fits whose 95% interval held the true step. */
  covered: number;
  /** Average of the estimated step less the true one. */
  bias: number;
  /** Average width of the interval, on the logarithm. */
  width: number;
}

/** Numbers from a seed: xorshift32 (Marsaglia 2003), quick and good enough for drawing series. */
export class Draws {
  private state: number;
  constructor(seed: number) {
    this.state = (seed * 2_654_435_761) >>> 0 || 1;
    for (let i = 0; i < 20; i += 1) this.unit();
  }
  unit(): number {
    let x = this.state;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.state = x >>> 0;
    return this.state / 2 ** 32;
  }
  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.unit())) * Math.cos(2 * Math.PI * this.unit());
  }
  /** By counting arrivals in pieces small enough not to underflow. */
  poisson(mean: number): number {
    let count = 0;
    for (let left = mean; left > 0; left -= 30) {
      const limit = Math.exp(-Math.min(left, 30));
      for (let product = this.unit(); product > limit; product *= this.unit()) count += 1;
    }
    return count;
  }
  binomial(trials: number, share: number): number {
    let count = 0;
    for (let trial = 0; trial < trials; trial += 1) if (this.unit() < share) count += 1;
    return count;
  }
  /** Mean 1, variance 1 / shape (Marsaglia and Tsang 2000, for shapes of 1 and more). */
  gamma(shape: number): number {
    const d = shape - 1 / 3;
    const c = 1 / Math.sqrt(9 * d);
    for (;;) {
      const x = this.normal();
      const v = (1 + c * x) ** 3;
      if (v > 0 && Math.log(1 - this.unit()) < 0.5 * x * x + d - d * v + d * Math.log(v))
        return (d * v) / shape;
    }
  }
  /** Bytes as a keyed hash would give them to somebody without the key. */
  readonly hash = (): Uint8Array => {
    const bytes = new Uint8Array(32);
    new DataView(bytes.buffer).setUint32(0, Math.floor(this.unit() * 2 ** 32));
    return bytes;
  };
}

/** What the people of one made series do from period to period. */
export type MadePeople = Pick<MadeSeries, "size" | "carried" | "stay">;

/** The figures of one series of people: the error of the place changes each financial year, that of the people each period. */
export function figuresOf(
  means: readonly number[],
  eras: readonly number[],
  made: MadePeople,
  draws: Draws,
): (number | null)[] {
  const places = new Map<number, number>();
  let carried = 0;
  let people = 0;
  return means.map((mean, t) => {
    const era = eras[t] ?? 0;
    const place = places.get(era) ?? staticError(draws.hash, String(era), "");
    places.set(era, place);
    const keep = made.carried ?? 0;
    carried = keep * carried + Math.sqrt(1 - keep * keep) * draws.normal();
    const spread = !Number.isFinite(made.size)
      ? 1
      : keep > 0
        ? Math.exp(carried / Math.sqrt(made.size) - 0.5 / made.size)
        : draws.gamma(made.size);
    // People who stay are part of the mean: only the others are new.
    const stay = t === 0 ? 0 : Math.min(made.stay ?? 0, mean / (means[t - 1] ?? mean));
    const again = draws.binomial(people, stay);
    people = again + draws.poisson(Math.max(0, mean * spread - stay * (means[t - 1] ?? 0)));
    return publish(people, place, settledError(draws.hash, String(era), 0n));
  });
}

/** Makes so many series and fits each. The same seed makes the same. */
export function coverageOf(made: MadeSeries, series: number, seed: number): Coverage {
  const draws = new Draws(seed);
  const perYear = { month: 12, quarter: 4, year: 1 }[made.type];
  const periods = made.before + 1 + made.after;
  let [fits, covered, bias, width] = [0, 0, 0, 0];
  for (let number = 0; number < series; number += 1) {
    const start = Math.floor(draws.unit() * perYear);
    const at = Array.from({ length: periods }, (_, t) => t);
    const eras = at.map((t) => Math.floor((start + t) / perYear));
    const common = at.map(
      (t) => made.trend * t + made.season * Math.sin((2 * Math.PI * (start + t)) / perYear),
    );
    const isAfter = (t: number) => t > made.before;
    const means = at.map((t) => made.level * Math.exp((common[t] ?? 0) + (isAfter(t) ? made.step : 0)));
    const values = figuresOf(means, eras, made, draws);
    const comparison = made.comparison;
    const others =
      comparison === undefined
        ? null
        : figuresOf(
            common.map((each) => comparison * Math.exp(each)),
            eras,
            made,
            draws,
          );
    const points = at.map(
      (t): SeriesPoint => ({
        value: values[t] ?? null,
        comparison: others?.[t] ?? null,
        side: t < made.before ? "before" : isAfter(t) ? "after" : "across",
        era: eras[t] ?? 0,
      }),
    );
    const answer = segmentedFit(points, { type: made.type, compared: others !== null });
    if (!answer.ok) continue;
    const truth = Math.exp(made.step);
    fits += 1;
    if (answer.effect.low <= truth && truth <= answer.effect.high) covered += 1;
    bias += Math.log(answer.effect.ratio) - made.step;
    width += Math.log(answer.effect.high / answer.effect.low);
  }
  return {
    series,
    noFit: series - fits,
    covered: covered / fits,
    bias: bias / fits,
    width: width / fits,
  };
}

const poisson = { size: Number.POSITIVE_INFINITY, season: 0, trend: 0.005, step: Math.log(0.7) };

/** Series from the smallest that show to those of a county, with and without what makes counts uneven. */
export const MADE_SERIES: readonly MadeSeries[] = [
  { ...poisson, name: "24 + 24 months of 120, Poisson", type: "month", before: 24, after: 24, level: 120 },
  {
    ...poisson,
    name: "24 + 24 months of 120, no step",
    type: "month",
    before: 24,
    after: 24,
    level: 120,
    step: 0,
  },
  { ...poisson, name: "24 + 24 months of 30", type: "month", before: 24, after: 24, level: 30 },
  {
    ...poisson,
    name: "17 + 6 months of 90 with seasons",
    type: "month",
    before: 17,
    after: 6,
    level: 90,
    season: 0.15,
  },
  {
    ...poisson,
    name: "24 + 24 months of 150, overdispersed",
    type: "month",
    before: 24,
    after: 24,
    level: 150,
    size: 30,
  },
  {
    ...poisson,
    name: "24 + 24 months of 150, overdispersed and carried over by 0.3",
    type: "month",
    before: 24,
    after: 24,
    level: 150,
    size: 30,
    carried: 0.3,
  },
  {
    ...poisson,
    name: "24 + 24 months of 120, a third stay",
    type: "month",
    before: 24,
    after: 24,
    level: 120,
    stay: 1 / 3,
  },
  {
    ...poisson,
    name: "24 + 12 months of 120, half stay",
    type: "month",
    before: 24,
    after: 12,
    level: 120,
    stay: 0.5,
  },
  {
    ...poisson,
    name: "17 + 6 months of 90 beside 300 with seasons, a third stay",
    type: "month",
    before: 17,
    after: 6,
    level: 90,
    season: 0.3,
    comparison: 300,
    stay: 1 / 3,
  },
  {
    ...poisson,
    name: "17 + 6 months of 90 beside 300 with seasons",
    type: "month",
    before: 17,
    after: 6,
    level: 90,
    season: 0.3,
    comparison: 300,
  },
  {
    ...poisson,
    name: "24 + 24 months of 60 beside 400, overdispersed",
    type: "month",
    before: 24,
    after: 24,
    level: 60,
    size: 40,
    comparison: 400,
  },
  {
    ...poisson,
    name: "5 + 2 quarters of 60 beside 600",
    type: "quarter",
    before: 5,
    after: 2,
    level: 60,
    comparison: 600,
    trend: 0.05,
  },
  {
    ...poisson,
    name: "8 + 4 quarters of 25 beside 600",
    type: "quarter",
    before: 8,
    after: 4,
    level: 25,
    comparison: 600,
    trend: 0.02,
  },
];

/** So small that a step down hides many figures: what is left out is low, so most such series are refused. */
export const HIDING_SERIES: MadeSeries = {
  ...poisson,
  name: "24 + 24 months of 18 falling by a third: refused, for too many are hidden",
  type: "month",
  before: 24,
  after: 24,
  level: 18,
  trend: 0,
};
/** Least share of them that is refused. */
export const REFUSED = 0.7;
