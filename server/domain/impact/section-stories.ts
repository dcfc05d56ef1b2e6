/** Stories of people who agreed to have them told, without anything that they could be known by. No number stands here. */

import type { Reading, SectionDraft } from "./reading";
import { consentNote } from "./story";
import { countInWords } from "./words";

export function storiesSection({ stories }: Reading): SectionDraft {
  return {
    title: titleOf(stories.length),
    sentences:
      stories.length === 0
        ? ["No story was chosen."]
        : ["A story shows one life. It does not stand for everybody we helped."],
    blocks: stories.map((story) => ({
      kind: "story",
      quote: story.quote,
      who: story.who,
      consent: consentNote(story.consentOn),
    })),
    notes: [],
  };
}

const titleOf = (stories: number) => {
  if (stories === 0) return "In people’s own words";
  return stories === 1 ? "One person’s story" : `Stories of ${countInWords(stories)} people`;
};
