/**
 * D11, without a number: the attacker sends so many people whom he knows to be in the records, strangers, and Alice, and
 * asks only whether there were enough. How well that tells whether she is there, for the count that tells him most.
 */

import type { Chance } from "../../server/demo/random";
import { areEnough, ENOUGH } from "../../server/domain/lab/enough-people";
import { FEWEST_MATCHED } from "../../server/domain/lab/study";
import { newPerson } from "./draws";
import { keyOf } from "./rules";

/** product: with the cohort's error. raw: on the count as it is. */
export const ENOUGH_RULES = ["product", "raw"] as const;
export type EnoughRule = (typeof ENOUGH_RULES)[number];

/** The area under the curve of the best count, 0.5 for a coin and 1 for certain, of so many cohorts a count. */
export function askEnough(rule: EnoughRule, cohorts: number, chance: Chance): number {
  const hmac = keyOf(chance);
  const isEnough = (people: number) =>
    rule === "raw"
      ? people >= FEWEST_MATCHED
      : areEnough({ hmac, key: newPerson(chance) }, people, "took part");
  const shareOf = (people: number) =>
    Array.from({ length: cohorts }, () => isEnough(people)).filter(Boolean).length / cohorts;
  const shares = Array.from({ length: 2 * (ENOUGH - FEWEST_MATCHED) + 3 }, (_, at) =>
    shareOf(FEWEST_MATCHED - 1 + at),
  );
  const steps = shares.slice(1).map((share, at) => share - (shares[at] ?? 0));
  return 0.5 + Math.max(...steps) / 2;
}
