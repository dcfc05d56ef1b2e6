/** A kept paper without the stories that may no longer be told: what is handed out of it, while its bytes lie as they were. */

import type { Paper, PaperBlock } from "./paper";
import { titleOfStories } from "./section-stories";

const LEFT_OUT = "A story that stood here may no longer be told, so it is left out.";

/**
 * The paper without these stories. The section’s own words go as well: whoever wrote them had the stories before them.
 * None given: they were taken out of the paper already, and the section says so.
 */
export function withoutStories(paper: Paper, gone: readonly { quote: readonly string[] }[]): Paper {
  const quotes = new Set(gone.map(({ quote }) => quote.join("\n")));
  const stays = (block: PaperBlock) => block.kind !== "story" || !quotes.has(block.quote.join("\n"));
  return {
    ...paper,
    sections: paper.sections.map((section) => {
      if (section.key !== "stories") return section;
      const blocks = section.blocks.filter(stays);
      return { ...section, title: titleOfStories(blocks.length), text: LEFT_OUT, edited: false, blocks };
    }),
  };
}
