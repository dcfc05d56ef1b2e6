/**
 * The report of a study as a paper: the sentence first, then the pictures, each with its table, then what may be said and
 * what not. Pure: the same facts and numbers make the same paper, word for word, and no number is in it that is not in
 * `ReportNumbers`.
 */

import type { PaperHeadline, StudyPaper } from "../impact/paper";
import { tableOf } from "../impact/paper-table";
import { text } from "../impact/words";
import { dayInWords } from "../period";
import {
  curvesSection,
  gridSection,
  outcomesSection,
  resultSection,
  subgroupSection,
} from "./report-effect-sections";
import { isSent, type StudyFacts } from "./report-facts";
import type { ReportNumbers } from "./report-numbers";
import { alikeSection, whoSection } from "./report-people-sections";
import { type ReportSection, section, words } from "./report-section";
import {
  cohortWords,
  endsOf,
  fewWords,
  limitSentences,
  methodSentences,
  NOT_COMPARABLE,
  reportLead,
  reportTitle,
  told,
  whatYouCannotSay,
  whatYouCanSay,
} from "./report-words";
import { BASIS_WORDS, SECTOR_WORDS } from "./study";

/** The report. `released`: the day on which it went on the register; null for a preview that its organisation reads. */
export function makeStudyPaper(
  facts: StudyFacts,
  numbers: ReportNumbers,
  released: string | null,
): StudyPaper {
  return {
    study: released === null ? "A preview: not released yet" : `Study ${facts.number} on the register`,
    basis: "figures",
    from: facts.organisation,
    period: cohortWords(facts),
    title: reportTitle(numbers, facts),
    titleEdited: false,
    lead: `${reportLead(numbers, facts)}\n${NOT_COMPARABLE}`,
    leadEdited: false,
    headlines: headlinesOf(facts, numbers),
    sections: [
      resultSection(facts, numbers),
      saySection(facts, numbers),
      notSaySection(facts, numbers),
      outcomesSection(facts, numbers),
      curvesSection(numbers),
      whoSection(facts, numbers),
      alikeSection(facts, numbers),
      gridSection(numbers),
      subgroupSection(numbers),
      studySection(facts),
    ].filter((section): section is ReportSection => section !== null),
    counted: methodSentences(numbers, facts),
    limits: limitSentences(numbers, facts),
    foot: text([
      `Counted on ${dayInWords(facts.countedOn)} by Common Need ${facts.software}.`,
      released === null
        ? "A preview for the organisation and the holder of the records."
        : `Released on ${dayInWords(released)}.`,
      NOT_COMPARABLE,
    ]),
    countedOn: facts.countedOn,
    version: null,
  };
}

function headlinesOf(facts: StudyFacts, { effects, attrition, noHeadline }: ReportNumbers): PaperHeadline[] {
  const [headline] = effects;
  const matched = attrition.stages.at(-1)?.people ?? null;
  const compared: PaperHeadline = {
    value: matched === null ? "under 10" : told(matched),
    what: "people compared",
    note: `of ${fewWords(attrition.sent)} ${isSent(facts) ? "sent" : "who started"}`,
  };
  if (!headline || noHeadline !== null) return [compared];
  const { less, more } = endsOf(headline);
  const way = headline.difference < 0 ? less : more;
  const isNone = headline.difference === 0;
  const size = `${isNone ? "no difference" : way}${headline.unit === "per-100" ? " in every 100" : ""}`;
  return [
    {
      value: isNone ? "0" : told(Math.abs(headline.difference)),
      what: headline.verdict === "not-clear" ? `${size}, but not clear` : size,
      note: `95% range ${told(headline.low)} to ${told(headline.high)}`,
    },
    compared,
  ];
}

const saySection = (facts: StudyFacts, numbers: ReportNumbers): ReportSection =>
  section("say", "What you can say, word for word", "", [
    { kind: "words", words: whatYouCanSay(numbers, facts) },
  ]);

const notSaySection = (facts: StudyFacts, numbers: ReportNumbers): ReportSection =>
  section("not-say", "What you cannot say", "", [{ kind: "words", words: whatYouCannotSay(numbers, facts) }]);

function studySection(facts: StudyFacts): ReportSection {
  const lines: readonly (readonly [string, string])[] = [
    ["What people did", `They ${facts.intervention}`],
    ["About it", facts.about],
    ["How people came to it", facts.referralRoute],
    ["Where", facts.place],
    ["Kind of support", facts.supportType],
    ["Sector", facts.sector === null ? "" : SECTOR_WORDS[facts.sector]],
    ["Who counts as having started", facts.inclusionRule],
    ["Lawful basis", facts.lawfulBasis === null ? "" : BASIS_WORDS[facts.lawfulBasis]],
    ["Controller", facts.controller],
    ["Records", `${facts.dataSet.name}, held by ${facts.dataSet.holder}`],
    [
      "Outcomes of the plan",
      facts.dataSet.outcomes.map(({ label, followUp }) => `${label} (${followUp} days)`).join("; "),
    ],
    ["Mark of the plan", facts.planHash],
    ["Mark of what was destroyed", facts.destroyed?.sha256 ?? ""],
  ];
  return section("study", "About the study", facts.dataSet.about, [
    {
      kind: "table",
      title: "The plan, fixed before results",
      table: tableOf(
        { name: "study", caption: "As the organisation and the holder of the records state it" },
        lines.filter(([, words]) => words !== ""),
        [
          words("what", "What", "Line of the plan.", ([what]) => what),
          words("words", "In words", "As stated.", ([, words]) => words),
        ],
      ),
    },
  ]);
}
