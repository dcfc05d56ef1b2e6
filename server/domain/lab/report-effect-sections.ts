/** What a study found, section by section: the outcomes, the time until they came, other methods, groups within. */

import type { PaperBlock, PaperTable } from "../impact/paper";
import { tableOf } from "../impact/paper-table";
import { text } from "../impact/words";
import type { LabOutcome } from "./analysis";
import type { StudyFacts } from "./report-facts";
import type { ReportEffect, ReportNumbers } from "./report-numbers";
import {
  curvesPicture,
  dotsPicture,
  groupsPicture,
  groupsTable,
  methodsPicture,
  outcomesPicture,
} from "./report-pictures";
import { number, people, type ReportSection, section, words } from "./report-section";
import { bothSentence, effectSentences, pCell, VERDICT_WORDS, WHICH_P } from "./report-words";

/** The two groups beside each other; null where there is no headline, which is said at the head of the report. */
export function resultSection(facts: StudyFacts, numbers: ReportNumbers): ReportSection | null {
  const [headline] = numbers.effects;
  if (!headline || numbers.noHeadline !== null) return null;
  const blocks: PaperBlock[] = [
    dotsPicture(headline, facts) ?? {
      ...{ kind: "table", title: headline.label },
      table: groupsTable(headline, facts),
    },
  ];
  return section("result", "What came out", "", blocks, [
    {
      term: "Similar people",
      means: `People in the same records who did not take part and were alike on ${facts.dataSet.indexDate}. Each counts by how close they are.`,
    },
    {
      term: "95% range",
      means:
        "Where the true difference is likely to lie: of 100 such ranges about 95 hold it. It allows for chance and for the planned error of the numbers.",
    },
  ]);
}

export function outcomesSection(facts: StudyFacts, numbers: ReportNumbers): ReportSection | null {
  const { effects } = numbers;
  if (effects.length === 0) return null;
  // The headline is said above; where there is none, nothing is.
  const others = numbers.noHeadline === null ? effects.slice(1) : effects;
  return section(
    "outcomes",
    effects.length === 1
      ? "The outcome, fixed before the result was seen"
      : "Outcomes, fixed before the results were seen",
    others.map((effect) => text([bothSentence(effect, facts), effectSentences(effect, facts)])).join("\n"),
    [outcomesPicture(effects, outcomeTable(effects))],
    [
      {
        term: "p",
        means: text([
          "How often chance alone would make a difference at least as large, if there were none.",
          effects.some(({ corrected }) => corrected !== null) ? WHICH_P : null,
        ]),
      },
    ],
  );
}

export function curvesSection({ curves }: ReportNumbers): ReportSection | null {
  return curves && section("time", "How soon it happened", "", [curvesPicture(curves)]);
}

const TYPE_WORDS: Readonly<Record<LabOutcome["type"], string>> = {
  binary: "people in every 100",
  count: "for every 100 people",
  time: "days, of those it happened to",
  number: "average",
};

function outcomeTable(effects: readonly ReportEffect[]): PaperTable {
  const caption = "Every outcome of the plan that can be shown";
  return tableOf({ name: "outcomes", caption }, effects, [
    words("outcome", "Outcome", "Words of the codebook.", ({ label }) => label),
    words("unit", "Counted in", "Unit of the row.", ({ type }) => TYPE_WORDS[type]),
    number("took_part", "Took part", "Of those who took part.", ({ treated }) => treated),
    number("similar", "Similar people", "Of those they are compared with.", ({ comparison }) => comparison),
    number("difference", "Difference", "Took part less similar people.", ({ difference }) => difference),
    number("low", "From", "Lower end of the 95% range.", ({ low }) => low),
    number("high", "To", "Upper end of the 95% range.", ({ high }) => high),
    words("verdict", "Result", "Fewer, more or not clear.", ({ verdict }) => VERDICT_WORDS[verdict]),
    words("p", "p", "Two-sided p that goes with the range.", ({ p }) => pCell(p)),
    words(
      "corrected_p",
      "p, read with the others",
      "Holm’s, over all outcomes of the plan.",
      ({ corrected }) => (corrected === null ? null : pCell(corrected)),
    ),
    people("people", "People", "Participants the row is of.", ({ nTreated }) => nTreated),
    people(
      "similar_people",
      "Similar people",
      "People compared with, to two digits.",
      ({ nComparison }) => nComparison,
    ),
    people(
      "worth",
      "Tell as much as",
      "The closest similar people count most. As many people who all count the same would tell as much. To two digits.",
      ({ worth }) => worth,
    ),
  ]);
}

export function gridSection({ grid, effects }: ReportNumbers): ReportSection | null {
  const [headline] = effects;
  if (!headline || grid.length === 0) return null;
  return section(
    "methods",
    "Would another method say the same?",
    "Every way of comparing that the plan named is shown, tidy or not. The main method was chosen before any result was seen.",
    [methodsPicture(headline, grid)],
  );
}

export function subgroupSection({ subgroups, effects }: ReportNumbers): ReportSection | null {
  const [headline] = effects;
  if (!headline || subgroups.length === 0) return null;
  return section(
    "groups",
    "Groups within the cohort",
    "These groups were named in the plan and have enough people. With several looked at, one may look clear by chance alone.",
    [groupsPicture(headline, subgroups)],
  );
}
