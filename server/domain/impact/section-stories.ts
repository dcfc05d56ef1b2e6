/** Stories of people who agreed to have them told, without anything that they could be known by. No number stands here. */

import type { Reading, SectionDraft } from "./reading";
import { consentNote } from "./story";
import { countInWords } from "./words";

export function storiesSection({ stories }: Reading): SectionDraft {
  return {
    title: titleOfStories(stories.length),
    sentences:
      stories.length === 0
        ? ["No story was chosen."]
        : ["A story shows one life. It does not stand for everybody we helped."],
    blocks: stories.map((story) => ({
      kind: "story",
      quote: story.quote,
      // What stands beside it begins a sentence of its own.
      who: /[.!?]$/.test(story.who) ? story.who : `${story.who}.`,
      consent: consentNote(story.consentOn),
    })),
    notes: [],
  };
}

/** The heading over so many stories. */
export const titleOfStories = (stories: number): string => {
  if (stories === 0) return "In people’s own words";
  return stories === 1 ? "One person’s story" : `Stories of ${countInWords(stories)} people`;
};
