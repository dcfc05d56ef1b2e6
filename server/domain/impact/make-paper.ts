/**
 * The paper of an impact summary from its plan and numbers. Pure: the same plan and numbers make the same paper, word
 * for word. Every sentence is made by a fixed rule of one of the sections; no number is said that is not in a table.
 */

import { periodInWords } from "../period";
import { measures } from "./numbers";
import type { Paper, PaperSection } from "./paper";
import { countedSentences, footOf, limitSentences } from "./paper-closing";
import { headlinesOf, leadOf, titleOf } from "./paper-opening";
import type { SectionKey } from "./plan";
import { type Given, type Reading, read, type SectionDraft } from "./reading";
import { changeSection } from "./section-change";
import { needsSection } from "./section-needs";
import { othersSection } from "./section-others";
import { peopleSection } from "./section-people";
import { placesSection } from "./section-places";
import { referralsSection } from "./section-referrals";
import { storiesSection } from "./section-stories";
import { timeSection } from "./section-time";
import { unmetSection } from "./section-unmet";
import { valueSection } from "./section-value";
import { sectionsInOrder } from "./sections";
import { isSome, text } from "./words";

const DRAFTED: Readonly<Record<SectionKey, (reading: Reading) => SectionDraft>> = {
  needs: needsSection,
  others: othersSection,
  referrals: referralsSection,
  time: timeSection,
  change: changeSection,
  places: placesSection,
  people: peopleSection,
  unmet: unmetSection,
  value: valueSection,
  stories: storiesSection,
};

/**
 * Makes the paper. Numbers that are exact make a paper for inside, or the draft of one that leaves, and say so.
 * @throws Error when a programme of several organisations comes with exact numbers: their sums are figures, never exact.
 */
export function makePaper(given: Given & { version?: Paper["version"] }): Paper {
  const { plan, numbers, scope, version = null } = given;
  if (scope.together.length > 0 && numbers.basis === "exact")
    throw new Error("Numbers of several organisations together are figures");
  const reading = read(given);
  return {
    audience: plan.audience,
    basis: numbers.basis,
    from: scope.serviceName ? `${scope.organisationName}, ${scope.serviceName}` : scope.organisationName,
    period: periodInWords(plan.period),
    title: plan.texts.title ?? titleOf(reading),
    titleEdited: plan.texts.title !== undefined,
    lead: plan.texts.lead ?? leadOf(reading),
    leadEdited: plan.texts.lead !== undefined,
    headlines: headlinesOf(reading),
    sections: sectionsOf(reading),
    counted: countedSentences(reading),
    limits: limitSentences(reading),
    foot: footOf(reading),
    countedOn: scope.countedOn,
    version,
  };
}

/** Sections that are on; in a paper that leaves, without those that wait for something to be put in. Where nobody was helped, or too few to show, there is nothing that a section could say. */
function sectionsOf(reading: Reading): PaperSection[] {
  const { basis, plan, count } = reading;
  const on = sectionsInOrder(plan.audience, plan.sections);
  const said = isSome(count(measures.helped)) ? on : on.filter((key) => key === "stories");
  return said
    .filter((key) => basis === "exact" || !isEmpty(key, reading))
    .map((key) => {
      const { sentences, ...draft } = DRAFTED[key](reading);
      const own = plan.texts[key];
      return { key, ...draft, text: own ?? text(sentences), edited: own !== undefined };
    });
}

/** Whether nothing was chosen or put in for a section that cannot be without, in the words of nobody. A draft says so. */
function isEmpty(key: SectionKey, { plan, stories, unitCosts }: Reading): boolean {
  if (plan.texts[key] !== undefined) return false;
  return (key === "stories" && stories.length === 0) || (key === "value" && unitCosts.length === 0);
}
