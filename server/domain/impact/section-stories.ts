/** Stories of people who agreed to have them told, without anything that they could be known by. No number stands here. */

import { dayInWords } from "../period";
import type { PaperStory, Reading, SectionDraft } from "./reading";
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
      consent: consentSentence(story),
    })),
    notes:
      stories.length === 0
        ? []
        : [
            {
              term: "Told with consent",
              means: "Names, places and dates are left out, so that nobody can guess who it is.",
            },
          ],
  };
}

const titleOf = (stories: number) => {
  if (stories === 0) return "In people's own words";
  return stories === 1 ? "One person's story" : `Stories of ${countInWords(stories)} people`;
};

/** "Told with consent given on 2 October 2026." */
export const consentSentence = ({ consentOn }: Pick<PaperStory, "consentOn">): string =>
  `Told with consent given on ${dayInWords(consentOn)}.`;
