/**
 * Numbers, shares and lists as the sentences of an impact summary say them: small numbers as words, a hidden one as
 * "fewer than 10, or none", and a percentage only with the two numbers it is made of. Pure text, one rule each.
 */

import { ROUNDED_TO, THRESHOLD } from "../disclosure";
import { inDigits } from "../number-text";

/** People as a sentence may speak of them. few: hidden, fewer than 10 or none. */
export type Count = number | "few";

/** "fewer than 10, or none": what stands where a number is hidden. */
export const HIDDEN = `fewer than ${THRESHOLD}, or none`;
/** "under 10": the same where a few letters must do, beside words that say what it is. */
export const HIDDEN_BRIEFLY = `under ${THRESHOLD}`;
const HIDDEN_PEOPLE = `fewer than ${THRESHOLD} people, or none`;

/**
 * Percentages of fewer than this are not said. Of 20, one person moves an exact one by five points; figures need 50, because
 * the rounding of part and whole can move one of 30 by more than ten.
 */
export const FEWEST_FOR_PERCENT = { exact: 20, figures: 50 } as const;

/** Numbers that sentences say as words, from none. */
export const SMALL_IN_WORDS = [
  "none",
  "one",
  "two",
  "three",
  "four",
  "five",
  "six",
  "seven",
  "eight",
  "nine",
];

/** "seven", "12", "1,140"; "fewer than 10, or none". */
export function countInWords(count: Count): string {
  if (count === "few") return HIDDEN;
  return SMALL_IN_WORDS[count] ?? inDigits(count);
}

/** "nobody", "one person", "485 people", "fewer than 10 people, or none". */
export function peopleInWords(count: Count): string {
  if (count === "few") return HIDDEN_PEOPLE;
  if (count === 0) return "nobody";
  return count === 1 ? "one person" : `${countInWords(count)} people`;
}

/** "1 person", "7 people", "1,140 people": where a number stands among others and keeps its digits. */
export const peopleInDigits = (people: number): string =>
  `${inDigits(people)} ${people === 1 ? "person" : "people"}`;

/** People as those who do something: "fewer than 10 people, or none," with the comma that a verb wants after it. */
export const doersInWords = (count: Count): string =>
  count === "few" ? `${HIDDEN_PEOPLE},` : peopleInWords(count);

/** "one need", "three needs", "1,140 needs". */
export const thingsInWords = (count: number, one: string, several = `${one}s`): string =>
  count === 0 ? `no ${several}` : count === 1 ? `one ${one}` : `${countInWords(count)} ${several}`;

/** The form of a word that goes with so many: "is" or "are". Nobody and one are singular. */
export const agree = (count: Count, one: string, several: string): string =>
  count === 0 || count === 1 ? one : several;

/** Whether there is a number to speak of: neither hidden nor nobody. */
export const isSome = (count: Count | null): count is number => typeof count === "number" && count > 0;

/** For putting in order: hidden sorts as none. */
export const inNumber = (count: Count): number => (count === "few" ? 0 : count);

/**
 * Whole per cent, or null where none may be said: a hidden or small base, or rounded figures of which the part is
 * larger than the whole. A small share that is present reads 1, not 0; nearly all reads 99.
 */
export function percentOf(part: Count, whole: Count, basis: "exact" | "figures"): number | null {
  if (part === "few" || whole === "few" || whole < FEWEST_FOR_PERCENT[basis] || part > whole) return null;
  const share = Math.round((part / whole) * 100);
  if (share === 0 && part > 0) return 1;
  return share === 100 && part < whole ? 99 : share;
}

/**
 * "180 of 470 people helped (38%)", "three of seven people helped", "all 12 people helped": a part never without its
 * whole. Figures of a part and its whole have errors of their own, so at most they say "about all". `whole` is at least
 * one; `who` begins with "people".
 */
export function partOf(part: number, whole: number, who: string, basis: "exact" | "figures"): string {
  if (part >= whole) {
    if (basis === "figures") return `about all ${inDigits(whole)} ${who}`;
    return whole === 1 ? `the one ${who.replace(/^people/, "person")}` : `all ${countInWords(whole)} ${who}`;
  }
  const share = percentOf(part, whole, basis);
  const said = part < SMALL_IN_WORDS.length && whole < SMALL_IN_WORDS.length ? countInWords : inDigits;
  return `${said(part)} of ${said(whole)} ${who}${share === null ? "" : ` (${share}%)`}`;
}

const list = new Intl.ListFormat("en-GB");

/**
 * "work, benefits and housing". With a comma before the last item where one has a comma or an "and" of its own: without it
 * nobody could tell where an item ends.
 */
export function listInWords(items: readonly string[]): string {
  const isPlain = !items.some((item) => item.includes(",") || item.includes(" and "));
  if (items.length < 2 || isPlain) return list.format(items);
  return `${items.slice(0, -1).join(", ")}, and ${items.at(-1)}`;
}

/** Sentences one after another; an empty one is left out. */
export const text = (sentences: readonly (string | null)[]): string =>
  sentences.filter((sentence): sentence is string => Boolean(sentence)).join(" ");

/** Texts on lines of their own. */
export const paragraphs = (texts: readonly (string | null)[]): string =>
  texts.filter((each): each is string => Boolean(each)).join("\n");

/** One decimal, as scores are said: "3.9", "4.0". A true minus sign. */
export const score = (value: number): string => {
  const rounded = Math.abs(value).toFixed(1);
  return value < 0 && Number(rounded) !== 0 ? `−${rounded}` : rounded;
};

/** "one day", "9 days": a unit of measure keeps its numerals. */
export const daysInWords = (days: number): string =>
  Math.round(days) === 1 ? "one day" : `${inDigits(Math.round(days))} days`;

/** Fewest people by which a number must differ from the year before to be called a change. */
const FEWEST_MOVED = { exact: ROUNDED_TO, figures: 2 * ROUNDED_TO } as const;

/**
 * Which way a number moved. Two figures whose people are equally many can lie a step of rounding apart by their planned
 * errors alone, so figures have moved when they are two steps apart.
 */
export function wayMoved(now: number, before: number, basis: "exact" | "figures"): "rose" | "fell" | "same" {
  if (Math.abs(now - before) < FEWEST_MOVED[basis]) return "same";
  return now > before ? "rose" : "fell";
}
