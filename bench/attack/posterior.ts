/** What somebody who knows a rule can make of what it shows: how likely each count is. Exact sums, no chance. */

import type { ClosedRule, Shown } from "./rules";

/** Chances of whole numbers from `from` on. */
export interface Spread {
  from: number;
  chances: Float64Array;
}

/** How likely each figure is for a count, with a given error of the place; worked out once for each. */
export class Knowledge {
  private readonly known = new Map<number, ReadonlyMap<Shown, number>>();

  constructor(readonly rule: ClosedRule) {}

  /** Chance that a count with this error of its place is shown so. */
  chance(shown: Shown, count: number, placeError: number): number {
    const at = count * 8 + placeError + 3;
    let figures = this.known.get(at);
    if (!figures) {
      const made = new Map<Shown, number>();
      for (const [error, chance] of this.rule.peopleErrors) {
        const figure = this.rule.show(count, placeError, error);
        made.set(figure, (made.get(figure) ?? 0) + chance);
      }
      this.known.set(at, made);
      figures = made;
    }
    return figures.get(shown) ?? 0;
  }

  /** The same where nothing is known of the error of the place. */
  anyPlace(shown: Shown, count: number): number {
    let sum = 0;
    for (const [error, chance] of this.rule.placeErrors) sum += chance * this.chance(shown, count, error);
    return sum;
  }
}

/** Chances of the counts from `from` to `to` by their likelihood, all equally likely before. */
export function spreadOf(from: number, to: number, likelihood: (count: number) => number): Spread {
  return { from, chances: Float64Array.from({ length: to - from + 1 }, (_, at) => likelihood(from + at)) };
}

/** Chances of the sum of two independent numbers. */
export function plus(a: Spread, b: Spread): Spread {
  const chances = new Float64Array(a.chances.length + b.chances.length - 1);
  for (const [i, x] of a.chances.entries()) {
    if (x === 0) continue;
    for (const [j, y] of b.chances.entries()) chances[i + j] = (chances[i + j] ?? 0) + x * y;
  }
  return { from: a.from + b.from, chances };
}

/** The likeliest value and how sure one may be of it. */
export function bestGuess({ from, chances }: Spread): { guess: number; sure: number } {
  let [best, sum] = [0, 0];
  for (const [at, chance] of chances.entries()) {
    sum += chance;
    if (chance > (chances[best] ?? 0)) best = at;
  }
  return { guess: from + best, sure: sum > 0 ? (chances[best] ?? 0) / sum : 0 };
}
