/** What the page says of domains that come together, and of areas that are alike: sentences made from figures. */

import { inDigits, inTenths } from "../../../server/domain/number-text";
import type { AlikeArea, DomainPair, Together } from "../../../server/domain/together";

/** "food and energy" in the middle of a sentence; names of the taxonomy keep their own capitals elsewhere. */
export const inside = (label: string) => label.charAt(0).toLowerCase() + label.slice(1);

/** Expected people, as people are told: whole tens over 100, else to the nearest 5; "fewer than 10" below. */
export function expectedInWords(expected: number): string {
  if (expected < 10) return "fewer than 10";
  return `about ${inDigits(expected < 100 ? Math.round(expected / 5) * 5 : Math.round(expected / 10) * 10)}`;
}

/** "1.8 times as often (1.5 to 2.2)". */
export function liftInWords({ lift, low, high }: DomainPair["lift"]): string {
  return `${inTenths(lift)} times (${inTenths(low)} to ${inTenths(high)})`;
}

export const VERDICT_WORDS: Readonly<Record<DomainPair["lift"]["verdict"], string>> = {
  more: "more often than by chance",
  fewer: "less often than by chance",
  "not-clear": "not clear",
};

/** The pair to speak of first: the one of most people above what chance would bring, among those that are clear. */
export function leadingPair({ pairs }: Together): DomainPair | null {
  const clear = pairs.filter(({ lift }) => lift.verdict === "more");
  return clear.toSorted((x, y) => y.figure - y.lift.expected - (x.figure - x.lift.expected))[0] ?? null;
}

/**
 * "Of about 150 people with debt needs, about 60 also brought housing needs. If the two had nothing to do with each other
 * we would expect about 35." The rarer of the two domains comes first.
 */
export function pairInWords(together: Together, pair: DomainPair): { title: string; sentence: string } {
  const of = (code: string) => together.domains.find((domain) => domain.code === code);
  const [a, b] = [of(pair.a), of(pair.b)];
  const [first, second] = (a?.figure ?? 0) <= (b?.figure ?? 0) ? [a, b] : [b, a];
  const title = `Of about ${inDigits(first?.figure ?? 0)} people with ${inside(first?.label ?? "")} needs, about ${inDigits(
    pair.figure,
  )} also brought ${inside(second?.label ?? "")} needs`;
  return {
    title,
    sentence: `If the two had nothing to do with each other, we would expect ${expectedInWords(pair.lift.expected)}.`,
  };
}

/** What is found where no pair is clear: too few people, or nothing beyond chance. */
export function nothingClear({ name, pairs }: Together): string {
  return pairs.length === 0
    ? `Too few people to say which needs come together in ${name}`
    : `No two domains clearly come together in ${name}`;
}

/** What an area shares with the one asked about, and where they differ. */
export function alikeInWords(area: AlikeArea, here: string): { shared: string; differing: string } {
  const shared = area.shared
    .map(({ label, here, there }) => `${inside(label)} (${here}% and ${there}%)`)
    .join(", ");
  const differing = area.differing
    .map(
      ({ label, here: own, there }) =>
        `${there > own ? "more" : "less"} ${inside(label)} (${there}% against ${own}%)`,
    )
    .join(", ");
  if (area.isIndistinct) {
    return {
      shared: `Both bring mostly ${shared}.`,
      differing: "They differ by no more than chance and rounding would make them.",
    };
  }
  return {
    shared: `Both bring mostly ${shared}.`,
    differing:
      differing === ""
        ? `No domain’s share differs by 2 in 100 or more from ${here}.`
        : `${area.name} has ${differing}.`,
  };
}
