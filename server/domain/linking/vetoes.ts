/**
 * What speaks against two records being one person however much else agrees. A veto that keeps "apart" is a pair that
 * is never linked, nor any group that holds one; "review" leaves the pair to a person's eyes.
 */

import { type Comparison, compareRecords } from "./comparison";
import type { LinkRecord } from "./record";

export const VETO_RULES = [
  "different-identifiers",
  "different-dates-of-birth",
  "twins",
  "parent-and-child",
  "household",
  "little-agrees",
] as const;
export type VetoRule = (typeof VETO_RULES)[number];

export interface Veto {
  rule: VetoRule;
  effect: "apart" | "review";
}

/** Whether any of these keeps a pair apart. */
export const keepsApart = (vetoes: readonly Veto[]): boolean =>
  vetoes.some(({ effect }) => effect === "apart");

/** Years between the dates of birth of a parent and a child of one name, at least. */
const GENERATION_YEARS = 15;

/** Everything that speaks against this pair; none for most. */
export function vetoesOf(
  a: LinkRecord,
  b: LinkRecord,
  { levels }: Comparison = compareRecords(a, b),
): readonly Veto[] {
  const vetoes: Veto[] = [];
  const { identifiers, dateOfBirth, givenName, place } = levels;
  const familyName = levels.familyName ?? levels.womansFamilyName;
  const identified = identifiers === "same" || identifiers === "several";

  if (identifiers === "different") vetoes.push({ rule: "different-identifiers", effect: "apart" });
  if (identifiers === "slip" || identifiers === "mixed") {
    vetoes.push({ rule: "different-identifiers", effect: "review" });
  }
  const sameHome = place === "home" || place === "address" || place === "postcode" || place === "street";
  const otherGivenName = givenName === "different" || givenName === "similar";
  const otherFamilyName = familyName === "different" || familyName === "similar";
  // Twins have more in common than a home that both of them gave: a line, half a postcode, or nothing that is known.
  if (dateOfBirth === "same" && place !== "different" && otherGivenName && !otherFamilyName) {
    vetoes.push({ rule: "twins", effect: identified ? "review" : "apart" });
  }
  const years = yearsBetween(a.dateOfBirth, b.dateOfBirth);
  const otherDate = dateOfBirth === "different" || dateOfBirth === "year";
  if (otherDate && years !== null && sameHome && givenName === "same" && familyName === "same") {
    const apart = years >= GENERATION_YEARS && !identified;
    vetoes.push({ rule: "parent-and-child", effect: apart ? "apart" : "review" });
  }
  // An identifier that two people seem to share: neither the date of birth nor the name goes with it.
  if (identified && otherDate) {
    vetoes.push({ rule: "different-dates-of-birth", effect: otherGivenName ? "apart" : "review" });
  }
  const thisName = givenName !== null && !otherGivenName;
  const thisDate = dateOfBirth !== null && !otherDate;
  if (!thisName && !thisDate && !identified) vetoes.push({ rule: "household", effect: "apart" });
  const known = levels.phone === "same" || levels.email === "same" || identified;
  const exact = dateOfBirth === "same" || dateOfBirth === "exchanged";
  if (!known && !exact && !(sameHome && thisDate)) vetoes.push({ rule: "little-agrees", effect: "review" });
  return vetoes;
}

function yearsBetween(a: string | null, b: string | null): number | null {
  return a === null || b === null ? null : Math.abs(Number(a.slice(0, 4)) - Number(b.slice(0, 4)));
}
