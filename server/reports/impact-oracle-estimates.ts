/** The estimates of a summary by their formulas, slowly and another way than they are made. For proofs. */

import { tOf, zOf } from "../domain/change/distributions";

/** A person with what was measured of them. */
export type Value = readonly [person: string, ...values: number[]];

/** The share not over after so many days, by the product over each day on which something ended. */
export function slowSurvival(
  watched: readonly Value[],
  days: number,
): { share: number; low: number; high: number } {
  const ends = [...new Set(watched.filter(([, , ended]) => ended === 1).map(([, at]) => at ?? 0))]
    .filter((at) => at <= days)
    .sort((a, b) => a - b);
  let share = 1;
  let sum = 0;
  let high = 1;
  let low = 1;
  for (const at of ends) {
    const risk = watched.filter(([, lasted = 0]) => lasted >= at).length;
    const over = watched.filter(([, lasted, ended]) => lasted === at && ended === 1).length;
    share *= (risk - over) / risk;
    sum += over / (risk * (risk - over));
    const spread = (zOf(0.95) * Math.sqrt(sum)) / Math.log(share);
    low = share === 0 ? 0 : share ** Math.exp(-spread);
    high = share === 0 ? high : share ** Math.exp(spread);
  }
  return { share, low, high };
}

/** Mean of the differences with the ends of its t interval, by the sum of squares. */
export function slowPaired(values: readonly Value[]) {
  const n = values.length;
  const differences = values.map(([, first = 0, latest = 0]) => latest - first);
  const mean = differences.reduce((sum, value) => sum + value, 0) / n;
  const variance = (differences.reduce((sum, value) => sum + value * value, 0) - n * mean * mean) / (n - 1);
  const half = n < 2 ? Number.NaN : tOf(0.95, n - 1) * Math.sqrt(Math.max(0, variance) / n);
  return { n, mean, low: mean - half, high: mean + half };
}

/** The middle of some days, and the values a quarter of the way from either end. */
export function slowQuarters(values: readonly Value[]): [number, number, number] {
  const sorted = values.map(([, days = 0]) => days).sort((a, b) => a - b);
  const at = (share: number) => {
    const place = 1 + (sorted.length - 1) * share;
    const [low, high] = [sorted[Math.floor(place) - 1] ?? 0, sorted[Math.ceil(place) - 1] ?? 0];
    return low * (1 - (place % 1)) + high * (place % 1);
  };
  return [at(0.25), at(0.5), at(0.75)];
}
