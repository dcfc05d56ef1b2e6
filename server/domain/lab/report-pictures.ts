/**
 * The pictures of a study's report, each with its words and the table of its numbers, of what may be said and nothing
 * else. The page, the web file, the PDF and the spreadsheets all show these.
 */

import type {
  ChartBlock,
  CurvesChart,
  DotsChart,
  ForestChart,
  FunnelChart,
  LoveChart,
  PaperChart,
  PaperTable,
} from "../impact/paper";
import { tableOf } from "../impact/paper-table";
import { inDigits } from "../number-text";

import { BAND_ENDS } from "./analysis";
import { lossesBefore, OWN_RECORDS } from "./attrition";
import { isSent, type StudyFacts } from "./report-facts";
import type { ReportEffect, ReportNumbers } from "./report-numbers";
import { number, people, words } from "./report-section";
import { endsOf, fewWords, intervalWords, lostWords, pWords, VERDICT_WORDS } from "./report-words";

/** A picture of a known kind. */
export type Picture<C extends PaperChart> = ChartBlock & { chart: C };

const VALUE_WORDS: Readonly<Record<ReportEffect["type"], string>> = {
  binary: "Of 100",
  count: "For every 100",
  time: "Days",
  number: "Average",
};

/** The two groups of an outcome as a table: a row for each. */
export function groupsTable(
  effect: ReportEffect,
  { intervention }: Pick<StudyFacts, "intervention">,
): PaperTable {
  const { treated, comparison, nTreated, nComparison, worth } = effect;
  const groups = [
    // Those who took part count one each.
    { who: `People who ${intervention}`, value: treated, of: nTreated, worth: nTreated },
    { who: "Similar people", value: comparison, of: nComparison, worth },
  ];
  return tableOf({ name: "result", caption: effect.label }, groups, [
    words("group", "Group", "Who took part, and whom they are compared with.", ({ who }) => who),
    number("value", VALUE_WORDS[effect.type], "What came of the group.", ({ value }) => value),
    people("people", "People", "People in the group.", ({ of }) => of),
    people(
      "worth",
      "Tell as much as",
      "The closest similar people count most. As many people who all count the same would tell as much.",
      ({ worth }) => worth,
    ),
  ]);
}

/** The two groups as a hundred dots each; null where the outcome is not a share. */
export function dotsPicture(
  effect: ReportEffect,
  facts: Pick<StudyFacts, "intervention">,
): Picture<DotsChart> | null {
  if (effect.type !== "binary") return null;
  const worth =
    effect.worth === null
      ? ""
      : `; the closest count most, so they tell as much as ${inDigits(effect.worth)} people`;
  return {
    ...{ kind: "chart", name: "result", title: effect.label },
    says: "Two groups of a hundred dots. Each dot is one person in a hundred; filled, it happened to them.",
    chart: {
      kind: "dots",
      filled: effect.label,
      groups: [
        {
          label: `people who ${facts.intervention}`,
          filled: effect.treated,
          note: fewWords(effect.nTreated),
        },
        {
          ...{ label: "similar people", filled: effect.comparison },
          note: `${fewWords(effect.nComparison)}${worth}`,
        },
      ],
    },
    table: groupsTable(effect, facts),
  };
}

/** Who is in the result: stage by stage, with a reason for everybody who is not. */
export function stagesPicture(
  { attrition }: Pick<ReportNumbers, "attrition">,
  facts: Pick<StudyFacts, "destroyed">,
): Picture<FunnelChart> {
  const { stages, losses } = isSent(facts) ? attrition : inOwnRecords(attrition);
  const rows = stages.flatMap(({ stage, words, people }) => [
    ...losses
      .filter(({ loss }) => lossesBefore(stage).includes(loss))
      .map((lost) => ({ what: `Lost: ${lost.words}`, people: lost.people })),
    { what: words, people },
  ]);
  return {
    ...{ kind: "chart", name: "who", title: "From everybody to those compared" },
    says: "The open end of a bar is who was lost before it. Each is counted once, for the first reason that holds.",
    chart: {
      kind: "funnel",
      unit: "people",
      stages: stages.map(({ stage, words, people }) => ({
        label: words,
        people,
        lost: lostWords(losses, stage).join(", "),
      })),
    },
    table: tableOf({ name: "who", caption: "Who is in the result, and why the others are not" }, rows, [
      words("what", "Stage or reason", "What they had passed, or why they were lost.", ({ what }) => what),
      people("people", "People", "People left, or lost for the reason.", ({ people }) => people),
    ]),
  };
}

/** The stages and losses that there can be where nobody is sent. */
const inOwnRecords = ({ stages, losses }: ReportNumbers["attrition"]) => ({
  stages: stages
    .filter(({ stage }) => OWN_RECORDS.stages.some((each) => each === stage))
    .map((each) => (each.stage === "sent" ? { ...each, words: OWN_RECORDS.sent } : each)),
  losses: losses.filter(({ loss }) => OWN_RECORDS.losses.some((each) => each === loss)),
});

const hundredths = (value: number) => Math.round(value * 100) + 0;

/** Up to which a standardised difference is good, and fair, in hundredths. */
export const GOOD = hundredths(BAND_ENDS.green);
export const FAIR = hundredths(BAND_ENDS.amber);

/**
 * The lines of a balance as they are drawn: of a trait with two values one line, because the other says the same once
 * more. "No" goes before any other value does.
 */
export function drawnBalance(balance: ReportNumbers["balance"]): ReportNumbers["balance"] {
  return balance.filter((line) => {
    const ofIt = balance.filter(({ covariate }) => covariate === line.covariate);
    const [first, second] = ofIt;
    if (ofIt.length !== 2 || !first || !second || first.level === null || second.level === null) return true;
    return line === (/^no$/i.test(first.level) ? second : first);
  });
}

/** How alike the groups are in each thing that was checked, before and after. */
export function alikePicture({ balance }: Pick<ReportNumbers, "balance">): Picture<LoveChart> {
  const lines = drawnBalance(balance).map(({ label, level, before, after }) => ({
    label: level === null ? label : `${label}: ${level}`,
    before: hundredths(before),
    after: hundredths(after),
  }));
  return {
    ...{ kind: "chart", name: "alike", title: "Differences between the groups, before and after matching" },
    says: "Hollow is before matching, filled is after. Told in steps, so that one person more or less cannot be seen.",
    chart: {
      ...{ kind: "love", unit: "hundredths of a standard deviation", good: GOOD, fair: FAIR },
      ...{ before: "before matching", after: "after", lines },
    },
    table: tableOf(
      {
        name: "alike",
        caption: "Standardised differences in hundredths, in steps of 20 before matching and of 5 after",
      },
      lines,
      [
        words("what", "What was checked", "Words of the codebook.", ({ label }) => label),
        number("before", "Before", "Before matching, to the nearest 20.", ({ before }) => before),
        number("after", "After", "After matching, in steps of 5.", ({ after }) => after),
      ],
    ),
  };
}

const UNIT_NOTES: Readonly<Record<ReportEffect["unit"], string>> = {
  "per-100": "for every 100 people",
  days: "days, of those it happened to",
  points: "on average",
};

/** Every outcome of the plan that can be told, each on a scale of its own; `table` says more of each. */
export const outcomesPicture = (
  effects: readonly ReportEffect[],
  table: PaperTable,
): Picture<ForestChart> => ({
  ...{ kind: "chart", name: "outcomes", title: "Difference between the two groups" },
  says: "Each line has a scale of its own. Where it crosses the line of no difference, the result is not clear.",
  chart: {
    ...{ kind: "forest", scale: "own", unit: "Difference, each in its own unit" },
    ends: { less: "fewer", none: "same", more: "more" },
    lines: effects.map((effect, at) => ({
      label: effect.label,
      note: `${UNIT_NOTES[effect.unit]}; ${VERDICT_WORDS[effect.verdict].toLowerCase()}, ${pWords(effect.p)}`,
      ...rangeOf(effect),
      clear: effect.verdict !== "not-clear",
      main: at === 0,
    })),
  },
  table,
});

const rangeOf = ({ difference, low, high }: Pick<ReportEffect, "difference" | "low" | "high">) => ({
  ...{ difference, low, high },
  words: intervalWords({ difference, low, high }),
});

interface Line extends Pick<ReportEffect, "difference" | "low" | "high"> {
  label: string;
  note: string;
  main: boolean;
}

/** The headline's difference by every method of the plan, tidy or not. */
export const methodsPicture = (headline: ReportEffect, grid: ReportNumbers["grid"]): Picture<ForestChart> => {
  const lines: Line[] = [
    { ...headline, label: "Main method", note: "", main: true },
    ...grid.map((each) => ({
      ...each,
      note: each.band === "red" ? "the groups stayed too different" : "",
      main: false,
    })),
  ];
  return forest(headline, lines, {
    ...{ name: "methods", title: "The same difference by every method of the plan", first: "Method" },
    says: "Where a line crosses no difference, that method says: not clear.",
    caption: "Difference by method, with its 95% range",
  });
};

/** The headline's difference in each group of the plan that has enough people. */
export const groupsPicture = (
  headline: ReportEffect,
  subgroups: ReportNumbers["subgroups"],
): Picture<ForestChart> => {
  const lines = subgroups.map((group) => ({ ...group, note: fewWords(group.people), main: false }));
  return forest(headline, lines, {
    ...{ name: "groups", title: "The difference in each group", first: "Group" },
    says: "Where a line crosses no difference, the result for that group is not clear.",
    caption: "Difference by group, with its 95% range",
  });
};

/** Differences on one scale. */
function forest(
  headline: ReportEffect,
  lines: readonly Line[],
  { name, title, says, caption, first }: Record<"name" | "title" | "says" | "caption" | "first", string>,
): Picture<ForestChart> {
  const noted = lines.some(({ note }) => note !== "");
  return {
    ...{ kind: "chart", name, title, says },
    chart: {
      ...{ kind: "forest", scale: "shared", ends: endsOf(headline) },
      unit: `${headline.label}: difference, ${UNIT_NOTES[headline.unit]}`,
      lines: lines.map((line) => ({
        ...{ label: line.label, note: line.note, main: line.main },
        ...rangeOf(line),
        clear: line.low > 0 || line.high < 0,
      })),
    },
    table: tableOf({ name, caption }, lines, [
      words("what", first, "What the row is of.", ({ label }) => label),
      ...(noted ? [words<Line>("note", "Note", "What to know of it.", ({ note }) => note || null)] : []),
      number("difference", "Difference", "Took part less similar people.", ({ difference }) => difference),
      number("low", "From", "Lower end of the 95% range.", ({ low }) => low),
      number("high", "To", "Upper end of the 95% range.", ({ high }) => high),
    ]),
  };
}

/** How many of every hundred it had not happened to yet, at a few days, of everybody. */
export function curvesPicture({
  days,
  treated,
  comparison,
}: NonNullable<ReportNumbers["curves"]>): Picture<CurvesChart> {
  const rows = days.map((day, at) => ({
    day,
    treated: treated[at] ?? null,
    comparison: comparison[at] ?? null,
  }));
  return {
    ...{ kind: "chart", name: "curves", title: "Of every 100 people, how many it had not happened to yet" },
    says: "Counted from the day that people are followed from. Everybody is in this, also those it never happened to.",
    chart: {
      ...{ kind: "curves", days, treated, comparison },
      names: { treated: "took part", comparison: "similar people" },
    },
    table: tableOf({ name: "curves", caption: "No event yet, of every 100" }, rows, [
      {
        ...{ key: "days", label: "Days", type: "days" },
        about: "Days since they are followed.",
        cell: ({ day }) => day,
      },
      number("took_part", "Took part", "Of 100 who took part.", ({ treated }) => treated),
      number("similar", "Similar people", "Of 100 similar people.", ({ comparison }) => comparison),
    ]),
  };
}
