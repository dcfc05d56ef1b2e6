/**
 * The report of a study as a paper: the sentence first, then the pictures, each with its table, then what may be said and
 * what not. Pure: the same facts and numbers make the same paper, word for word, and no number is in it that is not in
 * `ReportNumbers`.
 */

import type {
  ForestChart,
  PaperBlock,
  PaperCell,
  PaperHeadline,
  PaperSection,
  PaperTable,
  StudyPaper,
} from "../impact/paper";
import { type ColumnOf, tableOf } from "../impact/paper-table";
import { listInWords, text } from "../impact/words";
import { dayInWords } from "../period";
import type { LabOutcome } from "./analysis";
import type { StudyFacts } from "./report-facts";
import type { Few, ReportEffect, ReportNumbers } from "./report-numbers";
import {
  bothSentence,
  cohortWords,
  effectSentences,
  endsOf,
  fewWords,
  intervalWords,
  limitSentences,
  lossSentence,
  methodSentences,
  NOT_COMPARABLE,
  noHeadlineSentence,
  pWords,
  reportLead,
  reportTitle,
  told,
  VERDICT_WORDS,
  whatYouCannotSay,
  whatYouCanSay,
} from "./report-words";
import { BASIS_WORDS, SECTOR_WORDS } from "./study";

type Section = PaperSection<string>;

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
    headlines: headlinesOf(numbers),
    sections: [
      resultSection(facts, numbers),
      saySection(facts, numbers),
      outcomesSection(facts, numbers),
      curvesSection(numbers),
      whoSection(numbers),
      alikeSection(facts, numbers),
      gridSection(numbers),
      subgroupSection(numbers),
      studySection(facts),
    ].filter((section): section is Section => section !== null),
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

function headlinesOf({ effects, attrition, noHeadline }: ReportNumbers): PaperHeadline[] {
  const [headline] = effects;
  const matched = attrition.stages.at(-1)?.people ?? null;
  const compared: PaperHeadline = {
    value: matched === null ? "under 10" : told(matched),
    what: "people compared",
    note: `of ${fewWords(attrition.sent)} sent`,
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

const section = (
  key: string,
  title: string,
  words: string,
  blocks: readonly PaperBlock[],
  notes: Section["notes"] = [],
): Section => ({ key, title, text: words, edited: false, blocks, notes });

function resultSection(facts: StudyFacts, numbers: ReportNumbers): Section {
  const [headline] = numbers.effects;
  const reason = noHeadlineSentence(numbers);
  if (!headline || reason !== null) return section("result", "What came out", reason ?? "", []);
  const dots: PaperBlock[] =
    headline.type === "binary"
      ? [
          {
            kind: "chart",
            name: "result",
            title: headline.label,
            says: bothSentence(headline, facts),
            chart: {
              kind: "dots",
              filled: headline.label,
              groups: [
                {
                  label: `people who ${facts.intervention}`,
                  filled: headline.treated,
                  note: fewWords(headline.nTreated),
                },
                {
                  label: "similar people",
                  filled: headline.comparison,
                  note: `${fewWords(headline.nComparison)}, worth ${fewWords(headline.worth)} after weighting`,
                },
              ],
            },
            table: outcomeTable("result", `${headline.label}, of every 100 people`, [headline]),
          },
        ]
      : [];
  return section("result", "What came out", effectSentences(headline, facts), dots, [
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

function saySection(facts: StudyFacts, numbers: ReportNumbers): Section {
  const list = (name: string, caption: string, lines: readonly string[]): PaperTable =>
    tableOf(
      { name, caption },
      lines.map((line) => ({ line })),
      [{ key: "words", label: caption, type: "text", about: "A sentence.", cell: ({ line }) => line }],
    );
  return section("say", "What you can say, and what you cannot", NOT_COMPARABLE, [
    {
      kind: "table",
      title: "What you can say",
      table: list("can-say", "You can say, word for word", whatYouCanSay(numbers, facts)),
    },
    {
      kind: "table",
      title: "What you cannot say",
      table: list("cannot-say", "You cannot say", whatYouCannotSay(numbers, facts)),
    },
  ]);
}

function outcomesSection(facts: StudyFacts, numbers: ReportNumbers): Section | null {
  const { effects } = numbers;
  if (effects.length === 0) return null;
  const lines = effects.map(lineOf);
  // The headline is said above; where there is none, nothing is.
  const others = numbers.noHeadline === null ? effects.slice(1) : effects;
  return section(
    "outcomes",
    effects.length === 1
      ? "The outcome, fixed before the result was seen"
      : "Outcomes, fixed before the results were seen",
    others.map((effect) => text([bothSentence(effect, facts), effectSentences(effect, facts)])).join("\n"),
    [
      {
        kind: "chart",
        name: "outcomes",
        title: "Difference between the two groups",
        says: "Each line has a scale of its own. Where it crosses the line of no difference, the result is not clear.",
        chart: {
          kind: "forest",
          scale: "own",
          unit: "Difference, each in its own unit",
          ends: { less: "fewer", none: "same", more: "more" },
          lines: lines.map((line, at) => ({ ...line, main: at === 0 })),
        },
        table: outcomeTable("outcomes", "Every outcome of the plan that can be shown", effects),
      },
    ],
    [
      {
        term: "p",
        means:
          "How often chance alone would make a difference at least as large, if there were none. The corrected p allows for asking several things at once.",
      },
    ],
  );
}

const UNIT_NOTES: Readonly<Record<ReportEffect["unit"], string>> = {
  "per-100": "for every 100 people",
  days: "days, of those it happened to",
  points: "on average",
};

function lineOf(effect: ReportEffect): ForestChart["lines"][number] {
  const { label, difference, low, high, verdict, unit, p } = effect;
  return {
    label,
    note: `${UNIT_NOTES[unit]}; ${VERDICT_WORDS[verdict].toLowerCase()}, ${pWords(p)}`,
    difference,
    low,
    high,
    words: intervalWords(effect),
    clear: verdict !== "not-clear",
    main: true,
  };
}

function curvesSection({ curves }: ReportNumbers): Section | null {
  if (!curves) return null;
  const rows = curves.days.map((day, at) => ({
    day,
    treated: curves.treated[at] ?? null,
    comparison: curves.comparison[at] ?? null,
  }));
  return section(
    "time",
    "Until it happened",
    "Of every 100 people, how many it had not happened to yet, by day. Everybody is in this, also those it never happened to.",
    [
      {
        kind: "table",
        title: "No event yet, of every 100",
        table: tableOf({ name: "curves", caption: "Counted from the day they are followed from" }, rows, [
          {
            key: "days",
            label: "Days",
            type: "days",
            about: "Days since they are followed.",
            cell: ({ day }) => day,
          },
          number("took_part", "Took part", "Of 100 who took part.", ({ treated }) => treated),
          number("similar", "Similar people", "Of 100 similar people.", ({ comparison }) => comparison),
        ]),
      },
    ],
  );
}

const cellOf = (people: Few): PaperCell => people ?? "few";

const number = <R>(key: string, label: string, about: string, cell: (row: R) => PaperCell): ColumnOf<R> => ({
  ...{ key, label, about, cell },
  type: "number",
});

const TYPE_WORDS: Readonly<Record<LabOutcome["type"], string>> = {
  binary: "people in every 100",
  count: "for every 100 people",
  time: "days, of those it happened to",
  number: "average",
};

function outcomeTable(name: string, caption: string, effects: readonly ReportEffect[]): PaperTable {
  return tableOf({ name: `${name}-numbers`, caption }, effects, [
    {
      key: "outcome",
      label: "Outcome",
      type: "text",
      about: "Words of the codebook.",
      cell: ({ label }) => label,
    },
    {
      key: "unit",
      label: "Counted in",
      type: "text",
      about: "Unit of the row.",
      cell: ({ type }) => TYPE_WORDS[type],
    },
    number("took_part", "Took part", "Of those who took part.", ({ treated }) => treated),
    number("similar", "Similar people", "Of those they are compared with.", ({ comparison }) => comparison),
    number("difference", "Difference", "Took part less similar people.", ({ difference }) => difference),
    number("low", "From", "Lower end of the 95% range.", ({ low }) => low),
    number("high", "To", "Upper end of the 95% range.", ({ high }) => high),
    {
      key: "verdict",
      label: "Result",
      type: "text",
      about: "Fewer, more or not clear.",
      cell: ({ verdict }) => VERDICT_WORDS[verdict],
    },
    number("p", "p", "Two-sided p that goes with the range.", ({ p }) => p),
    number(
      "corrected_p",
      "Corrected p",
      "Holm’s, over all outcomes of the plan.",
      ({ corrected }) => corrected,
    ),
    {
      key: "people",
      label: "People",
      type: "people",
      about: "Participants the row is of.",
      cell: ({ nTreated }) => cellOf(nTreated),
    },
    {
      key: "similar_people",
      label: "Similar people",
      type: "people",
      about: "People compared with, to two digits.",
      cell: ({ nComparison }) => cellOf(nComparison),
    },
    {
      key: "worth",
      label: "Worth",
      type: "people",
      about: "Equally weighted people that the comparison is worth, to two digits.",
      cell: ({ worth }) => cellOf(worth),
    },
  ]);
}

function whoSection(numbers: ReportNumbers): Section {
  const { stages, losses } = numbers.attrition;
  const shownLosses = losses.filter(({ people }) => people !== null);
  const beforeStage = new Map<string, string[]>();
  for (const { loss, words, people } of shownLosses) {
    const at = STAGE_OF_LOSS[loss];
    beforeStage.set(at, [...(beforeStage.get(at) ?? []), `${told(people ?? 0)} ${words}`]);
  }
  return section(
    "who",
    "Who is in the result",
    text([lossSentence(numbers), "Those left out may have done better or worse."]),
    [
      {
        kind: "chart",
        name: "who",
        title: "From those sent to those compared",
        says: lossSentence(numbers),
        chart: {
          kind: "funnel",
          unit: "people",
          stages: stages.map(({ stage, words, people }) => ({
            label: words,
            people,
            lost: listInWords(beforeStage.get(stage) ?? []),
          })),
        },
        table: tableOf({ name: "who-stages", caption: "People at each stage" }, stages, [
          {
            key: "stage",
            label: "Stage",
            type: "text",
            about: "What they had passed.",
            cell: ({ words }) => words,
          },
          {
            key: "people",
            label: "People",
            type: "people",
            about: "People left.",
            cell: ({ people }) => cellOf(people),
          },
        ]),
      },
      {
        kind: "table",
        title: "Why people are not in it",
        table: tableOf(
          { name: "who-losses", caption: "Each is counted once, for the first reason that holds" },
          losses,
          [
            {
              key: "reason",
              label: "Reason",
              type: "text",
              about: "Why they are not in the result.",
              cell: ({ words }) => `They ${words}`,
            },
            {
              key: "people",
              label: "People",
              type: "people",
              about: "People lost for it.",
              cell: ({ people }) => cellOf(people),
            },
          ],
        ),
      },
    ],
  );
}

const STAGE_OF_LOSS: Readonly<Record<ReportNumbers["attrition"]["losses"][number]["loss"], string>> = {
  "no-name": "usable",
  "no-birth-date": "usable",
  "sent-twice": "usable",
  "not-started": "usable",
  "not-found": "found",
  "not-certain": "found",
  "no-index-in-window": "in-window",
  "follow-up-not-over": "in-window",
  "nobody-similar": "matched",
};

const BAND_WORDS: Readonly<Record<ReportNumbers["band"], string>> = {
  green: "After matching, every difference is 5 hundredths of a standard deviation or less: good.",
  amber: "After matching, every difference is 10 hundredths of a standard deviation or less: fair.",
  red: "After matching, a difference of more than 10 hundredths of a standard deviation is left: too much to give a result.",
};

const hundredths = (value: number) => Math.round(value * 100) + 0;

function alikeSection(facts: StudyFacts, { balance, band }: ReportNumbers): Section {
  const name = ({ label, level }: (typeof balance)[number]) =>
    level === null ? label : `${label}: ${level}`;
  return section(
    "alike",
    "How alike the two groups are",
    text([BAND_WORDS[band], `Not in the data: ${listInWords(facts.dataSet.notMeasured)}.`]),
    [
      {
        kind: "chart",
        name: "alike",
        title: "Differences between the groups, before and after matching",
        says: "Hollow is before matching, filled is after. Told in steps, so that one person more or less cannot be seen.",
        chart: {
          kind: "love",
          unit: "hundredths of a standard deviation",
          good: 5,
          fair: 10,
          before: "before matching",
          after: "after",
          lines: balance.map((line) => ({
            label: name(line),
            before: hundredths(line.before),
            after: hundredths(line.after),
          })),
        },
        table: tableOf(
          { name: "alike-numbers", caption: "Standardised differences in hundredths" },
          balance,
          [
            {
              key: "what",
              label: "What was checked",
              type: "text",
              about: "Words of the codebook.",
              cell: name,
            },
            number("before", "Before", "Before matching, to the nearest 20.", ({ before }) =>
              hundredths(before),
            ),
            number("after", "After", "After matching, in steps of 5.", ({ after }) => hundredths(after)),
          ],
        ),
      },
    ],
  );
}

function gridSection({ grid, effects }: ReportNumbers): Section | null {
  const [headline] = effects;
  if (!headline || grid.length === 0) return null;
  const all = [
    { ...headline, label: "Main method", band: null },
    ...grid.map((each) => ({ ...each })),
  ] as const;
  const lines = all.map(({ label, band, difference, low, high }, at) => ({
    label,
    note: band === "red" ? "groups too unlike" : "",
    difference,
    low,
    high,
    words: intervalWords({ difference, low, high }),
    clear: low > 0 || high < 0,
    main: at === 0,
  }));
  return section(
    "methods",
    "Would another method say the same?",
    `${headline.label}. Every way of comparing that the plan named is shown, tidy or not. The main method was chosen before any result was seen.`,
    [
      {
        kind: "chart",
        name: "methods",
        title: "The same difference by every method of the plan",
        says: "Where a line crosses no difference, that method says: not clear.",
        chart: {
          kind: "forest",
          scale: "shared",
          unit: `Difference, ${UNIT_NOTES[headline.unit]}`,
          ends: endsOf(headline),
          lines,
        },
        table: differenceTable(
          "methods-numbers",
          "Difference by method, with its 95% range",
          "Method",
          lines,
        ),
      },
    ],
  );
}

function subgroupSection({ subgroups, effects }: ReportNumbers): Section | null {
  const [headline] = effects;
  if (!headline || subgroups.length === 0) return null;
  const lines = subgroups.map(({ label, people, difference, low, high }) => ({
    label,
    note: fewWords(people),
    difference,
    low,
    high,
    words: intervalWords({ difference, low, high }),
    clear: low > 0 || high < 0,
    main: false,
  }));
  return section(
    "groups",
    "Groups within the cohort",
    `${headline.label}. These groups were named in the plan and have enough people. With several looked at, one may look clear by chance alone.`,
    [
      {
        kind: "chart",
        name: "groups",
        title: "The difference in each group",
        says: "Where a line crosses no difference, the result for that group is not clear.",
        chart: {
          kind: "forest",
          scale: "shared",
          unit: `Difference, ${UNIT_NOTES[headline.unit]}`,
          ends: endsOf(headline),
          lines,
        },
        table: differenceTable("groups-numbers", "Difference by group, with its 95% range", "Group", lines),
      },
    ],
  );
}

function differenceTable(
  name: string,
  caption: string,
  label: string,
  lines: readonly { label: string; note: string; difference: number; low: number; high: number }[],
): PaperTable {
  return tableOf({ name, caption }, lines, [
    { key: "what", label, type: "text", about: "What the row is of.", cell: (line) => line.label },
    {
      key: "note",
      label: "Note",
      type: "text",
      about: "What to know of it.",
      cell: ({ note }) => note || null,
    },
    number("difference", "Difference", "Took part less similar people.", ({ difference }) => difference),
    number("low", "From", "Lower end of the 95% range.", ({ low }) => low),
    number("high", "To", "Upper end of the 95% range.", ({ high }) => high),
  ]);
}

function studySection(facts: StudyFacts): Section {
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
          { key: "what", label: "What", type: "text", about: "Line of the plan.", cell: ([what]) => what },
          { key: "words", label: "In words", type: "text", about: "As stated.", cell: ([, words]) => words },
        ],
      ),
    },
  ]);
}
