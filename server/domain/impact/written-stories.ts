/**
 * Words of a story in other parts of a summary. A story that is taken back comes out of every summary with the words
 * about it; what stands elsewhere would stay. So words that are a story's are refused there: those that run on as a story
 * does. Pure.
 */

import { type Plan, TEXT_KEYS, type TextKey } from "./plan";

/** So many words one after another are no chance; a phrase such as "the end of the month" is shorter. */
const RUN = 7;

/** Words as they are compared: without capitals, marks and signs. */
const wordsIn = (text: string): string[] =>
  text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[\p{M}'’]/gu, "")
    .match(/[\p{L}\p{N}]+/gu) ?? [];

function runsIn(text: string): string[] {
  const words = wordsIn(text);
  return words
    .slice(0, Math.max(0, words.length - RUN + 1))
    .map((_, at) => words.slice(at, at + RUN).join(" "));
}

/** Parts that are shown, other than that of the stories, whose written words hold a run of words of one of these stories. */
export function storiesWritten(
  { texts, sections }: Pick<Plan, "texts" | "sections">,
  stories: readonly string[],
): TextKey[] {
  const told = new Set(stories.flatMap(runsIn));
  return TEXT_KEYS.filter((key) => {
    const text = texts[key];
    const isShown = key === "title" || key === "lead" || sections.includes(key);
    return key !== "stories" && isShown && text !== undefined && runsIn(text).some((run) => told.has(run));
  });
}

/** What is said at such a part. */
export const LEAVE_STORY_OUT =
  "These are words of somebody’s story. Choose the story under “Stories” instead: only there can they take it back.";
