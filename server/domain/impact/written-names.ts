/**
 * Names of people in somebody's own words of a summary that leaves. Words are looked through as those of a story are
 * (story-check.ts), for the names that must come out of one: after a title, a relation, or "called". What only may be a
 * name is left to whoever reads the draft: a summary thanks its trustees and names its places.
 */

import { type Plan, TEXT_KEYS, type TextKey } from "./plan";
import { checkStory } from "./story-check";

const NOBODY = {
  ...{ person: [], colleagues: [], details: [] },
  ...{ places: new Set<string>(), largePlaces: new Set<string>() },
};

/** Parts that are shown whose written words name somebody. `own`: what the organisation and its services are called. */
export function namesWritten(
  { texts, sections }: Pick<Plan, "texts" | "sections">,
  own: readonly string[],
): { key: TextKey; names: string[] }[] {
  return TEXT_KEYS.flatMap((key) => {
    const text = texts[key];
    if (text === undefined || (key !== "title" && key !== "lead" && !sections.includes(key))) return [];
    const names = namesIn(text, own);
    return names.length > 0 ? [{ key, names }] : [];
  });
}

/** Names of people in a text, each once. `own`: what the organisation and its services are called. */
export function namesIn(text: string, own: readonly string[]): string[] {
  const found = checkStory(text, NOBODY)
    .filter(({ kind, must }) => kind === "name" && must)
    .map(({ from, to }) => text.slice(from, to))
    .filter((name) => !own.some((each) => each.includes(name)));
  return [...new Set(found)];
}

/** What is said at a part, and where nobody is there to mend it, of the whole. */
export const leaveNamesOut = (names: readonly string[]): string =>
  `Leave out ${new Intl.ListFormat("en-GB").format(names.map((name) => `“${name}”`))}: say “they”, “a friend”, “our worker”. If it names no person, say it without “called” before it.`;
