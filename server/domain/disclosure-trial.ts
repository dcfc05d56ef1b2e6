/**
 * A trial of the disclosure rules by whoever answers for them: true numbers of people in twelve months, and what would
 * be shown of them once each month has settled. It runs the rules of the product (`disclosure.ts`) and no copy of them;
 * the key is thrown away with the answer, so nothing of the installation's own errors is learnt.
 */

import { z } from "zod";
import {
  addKeys,
  cellId,
  type Figure,
  type Hmac,
  heldBy,
  recordKey,
  settledFigure,
  settledQuota,
} from "./disclosure";
import { findNode } from "./needs";
import type { Period } from "./period";

export const TRIAL_MONTHS = 12;
const MOST_PEOPLE = 2_000;

export const trialSchema = z.strictObject({
  /** People who really brought the need, month by month from April. */
  counts: z.array(z.int().min(0).max(MOST_PEOPLE)).length(TRIAL_MONTHS),
  /** Whether the same people come again: then a month that is nearly the one before shows the same figure. */
  samePeople: z.boolean(),
  sensitive: z.boolean(),
});
export type Trial = z.output<typeof trialSchema>;

export interface TrialMonth {
  count: number;
  /** What would be shown; null: "fewer than 10". */
  figure: Figure | null;
  /** The figure of an earlier month stands: too few people differ from it. */
  isHeld: boolean;
}

interface Kept {
  figure: Figure | null;
  people: ReadonlySet<number>;
}

/** What would be shown of each month, in their order. */
export function runTrial(hmac: Hmac, { counts, samePeople, sensitive }: Trial): TrialMonth[] {
  const node = findNode(sensitive ? "MEN" : "HOU");
  if (!node) throw new Error("A domain of the taxonomy is missing");
  const cell = cellId({ area: "lad:TRIAL", node, slice: "all" });
  let before: Kept | null = null;
  let next = 0;
  return counts.map((count, index) => {
    const period: Period = { type: "month", financialYear: 2026, index };
    const first = samePeople ? 0 : next;
    next += count;
    const people = new Set(Array.from({ length: count }, (_, at) => first + at));
    const cellKey = [...people].reduce((sum, person) => addKeys(sum, recordKey(hmac, String(person))), 0n);
    const earlier = before === null ? [] : [{ ...before, differing: differing(before.people, people) }];
    const held = heldBy(earlier, count, settledQuota(hmac, period, cell, sensitive));
    const figure = held ? held.figure : settledFigure(hmac, period, cell, { people: count, cellKey });
    // A held figure stands for the set that it was made of, so slow drift adds up and is shown in the end.
    if (held === null) before = { figure, people };
    return { count, figure, isHeld: held !== null };
  });
}

/** People who are in one of two sets and not in the other. */
function differing(a: ReadonlySet<number>, b: ReadonlySet<number>): number {
  let both = 0;
  for (const person of a) if (b.has(person)) both += 1;
  return a.size + b.size - 2 * both;
}
