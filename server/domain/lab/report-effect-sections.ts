/** What a study found, section by section: the outcomes, the time until they came, other methods, groups within. */

import type { ForestChart, PaperBlock, PaperTable } from "../impact/paper";
import { tableOf } from "../impact/paper-table";
import { text } from "../impact/words";
import type { LabOutcome } from "./analysis";
import type { StudyFacts } from "./report-facts";
import type { ReportEffect, ReportNumbers } from "./report-numbers";
import { number, people, type ReportSection, section, words } from "./report-section";
import {
  bothSentence,
  effectSentences,
  endsOf,
  fewWords,
  intervalWords,
  noHeadlineSentence,
  pCell,
  pWords,
  VERDICT_WORDS,
  WHICH_P,
} from "./report-words";

export function resultSection(facts: StudyFacts, numbers: ReportNumbers): ReportSection {
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
                  note: `${fewWords(headline.nComparison)}; the closest count most, so they tell as much as ${fewWords(headline.worth)}`,
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

export function outcomesSection(facts: StudyFacts, numbers: ReportNumbers): ReportSection | null {
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
        means: text([
          "How often chance alone would make a difference at least as large, if there were none.",
          effects.some(({ corrected }) => corrected !== null) ? WHICH_P : null,
        ]),
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

export function curvesSection({ curves }: ReportNumbers): ReportSection | null {
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

const TYPE_WORDS: Readonly<Record<LabOutcome["type"], string>> = {
  binary: "people in every 100",
  count: "for every 100 people",
  time: "days, of those it happened to",
  number: "average",
};

function outcomeTable(name: string, caption: string, effects: readonly ReportEffect[]): PaperTable {
  return tableOf({ name: `${name}-numbers`, caption }, effects, [
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

export function subgroupSection({ subgroups, effects }: ReportNumbers): ReportSection | null {
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
    words("note", "Note", "What to know of it.", ({ note }) => note || null),
    number("difference", "Difference", "Took part less similar people.", ({ difference }) => difference),
    number("low", "From", "Lower end of the 95% range.", ({ low }) => low),
    number("high", "To", "Upper end of the 95% range.", ({ high }) => high),
  ]);
}
