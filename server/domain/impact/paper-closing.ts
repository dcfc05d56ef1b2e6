/** The foot of a paper: how everything was counted, what the paper does not show, and when it was counted. */

import { ROUNDED_TO, THRESHOLD } from "../disclosure";
import { TAXONOMY_VERSION } from "../needs";
import { dayInWords } from "../period";
import { measures } from "./numbers";
import { leavesOrganisation } from "./plan";
import type { Reading } from "./reading";
import { countInWords, FEWEST_FOR_PERCENT, HIDDEN, inNumber, listInWords } from "./words";

/** Of fewer people than this hardly any group is large enough to show. */
const FEWEST_TO_SHOW = 20;

/** How everything was counted. */
export function countedSentences({ count, numbers, plan, scope }: Reading): string[] {
  const { together } = scope;
  return [
    together.length > 0
      ? `Each person counts once across ${countInWords(together.length)} organisations, however many of them they came to.`
      : "Each person counts once, however many times we met.",
    ...(together.length > 0
      ? [
          `Counted together: ${listInWords(together)}.`,
          "All that agreed are named, whether or not they helped somebody in this period.",
        ]
      : []),
    "Somebody who gave no name counts as one person each time, because nobody can tell whether they came before.",
    ...(numbers.basis === "figures"
      ? MADE_OF_FIGURES
      : exactSentences(plan.audience, scope.organisationName)),
    ...(numbers.basis === "exact" &&
    leavesOrganisation(plan.audience) &&
    inNumber(count(measures.helped)) < FEWEST_TO_SHOW
      ? ["Almost nothing will show of a group this small. Choose a longer period."]
      : []),
  ];
}

/** What rounding does to numbers, said before it is done and after. */
const ROUNDING = `Numbers of people are rounded to ${ROUNDED_TO} with a small planned error, so 12 can read 15, and groups under ${THRESHOLD} or of nobody are shown as “${HIDDEN}”.`;
const NO_PERCENTAGE = `Of fewer than ${FEWEST_FOR_PERCENT.figures} people there is no percentage, because rounding could make it mislead.`;

const MADE_OF_FIGURES = [
  ROUNDING,
  "So nobody can be picked out.",
  "Percentages come from the rounded numbers, and rounded numbers need not add up.",
  NO_PERCENTAGE,
];

function exactSentences(audience: Reading["plan"]["audience"], organisation: string): string[] {
  const stay = `Numbers are exact, from our own records. A small number can point to a person, so they stay inside ${organisation}.`;
  return leavesOrganisation(audience)
    ? [stay, `This is a draft. What follows is for the finished summary. ${ROUNDING} ${NO_PERCENTAGE}`]
    : [stay];
}

/** What the paper does not show. */
export function limitSentences({ scope }: Reading): string[] {
  return [
    "What would have happened without us. This shows change, not that we caused it.",
    scope.together.length > 0
      ? "How the organisations compare, with each other or with others."
      : "How we compare with other organisations.",
    "Needs that nobody told us about.",
    ...(scope.together.length > 0
      ? []
      : [
          "Who was also helped elsewhere. People known to other organisations are in their summaries too, so two summaries must not be added up.",
        ]),
  ];
}

/** "Counted on 24 November 2026. Needs list, edition 1." */
export function footOf({ scope }: Reading): string {
  return `Counted on ${dayInWords(scope.countedOn)}. Shared list of needs, edition ${TAXONOMY_VERSION}.`;
}
