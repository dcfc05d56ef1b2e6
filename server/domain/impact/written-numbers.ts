/**
 * Numbers that somebody took over into their own words. Drafted words of a summary that leaves are rounded when it is
 * finished; words that a person wrote stay as they are, so an exact number in them would leave too. And next month's
 * summary of a schedule would say last month's number.
 */

import type { Paper } from "./paper";
import { type Plan, TEXT_KEYS, type TextKey } from "./plan";
import { SMALL_IN_WORDS } from "./words";

const MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December";
/** Days and years are no numbers of people. */
const DATES = new RegExp(`\\b(?:\\d{1,2} )?(?:${MONTHS})(?: \\d{4})?\\b|\\b(?:19|20)\\d{2}\\b`, "g");
const NUMBERS = /\d+(?:,\d{3})*(?:\.\d+)?%?/g;

/** As sentences spell them, from two: "one" is often no number. */
const SPELLED = SMALL_IN_WORDS.slice(2);
const ANY_SPELLED = new RegExp(`\\b(?:${SPELLED.join("|")})\\b`, "gi");
/** A word that counts people or their needs; "two years" does not. */
const COUNTING = new RegExp(
  `\\bone(?= (?:person|client)\\b)|\\b(?:${SPELLED.join("|")})(?= (?:people|clients|needs|of|had|have|were)\\b)`,
  "gi",
);
const inDigits = (word: string) => String(SPELLED.indexOf(word.toLowerCase()) + 2);

/** The numbers of a text, but for days and years: in digits, also where they are words that count somebody. */
export const numbersIn = (text: string): readonly string[] =>
  text.replace(DATES, " ").replace(COUNTING, inDigits).match(NUMBERS) ?? [];

/** The numbers of a text that stand in the drafted words or headlines of an exact paper, each once. */
export function exactNumbersIn(text: string, drafted: Paper): string[] {
  if (drafted.basis !== "exact") return [];
  const known = new Set(
    [
      drafted.title,
      drafted.lead,
      ...drafted.headlines.flatMap(({ value, note }) => [value, note]),
      ...drafted.sections.flatMap((section) => [
        section.text,
        ...section.blocks.map((block) => (block.kind === "chart" ? `${block.title} ${block.says}` : "")),
      ]),
    ].flatMap((words) => numbersIn(words.replace(ANY_SPELLED, inDigits))),
  );
  return [...new Set(numbersIn(text).filter((number) => known.has(number)))];
}

/** Parts of a draft whose written words hold exact numbers, with what each is called. Parts that are off do not count. */
export function partsWithExactNumbers(
  texts: Plan["texts"],
  drafted: Paper,
): { key: TextKey; called: string; numbers: string[] }[] {
  return TEXT_KEYS.flatMap((key) => {
    const section = drafted.sections.find((each) => each.key === key);
    if (key !== "title" && key !== "lead" && !section) return [];
    const numbers = exactNumbersIn(texts[key] ?? "", drafted);
    return numbers.length > 0
      ? [{ key, called: section ? `“${section.title}”` : `the ${key}`, numbers }]
      : [];
  });
}
