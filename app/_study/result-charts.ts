/** The pictures of a study's result, each with the table of its numbers, from what may be said and nothing else. */
import type { DotsChart, ForestChart, FunnelChart, LoveChart } from "../../server/domain/impact/paper";
import { inDigits } from "../../server/domain/impact/words";
import { BAND_ENDS } from "../../server/domain/lab/analysis";
import { lossesBefore } from "../../server/domain/lab/attrition";
import type { ReportEffect, ReportNumbers } from "../../server/domain/lab/report-numbers";
import { BALANCE_STEPS, drawnBalance } from "../../server/domain/lab/report-people-sections";
import { fewWords, intervalWords, lostWords } from "../../server/domain/lab/report-words";
import type { FigureTable } from "./lab-figure";

interface Drawn<C> {
  chart: C;
  table: FigureTable;
  /** What the picture is, for people who cannot see it. */
  label: string;
}

/** The two groups as a hundred dots each; null where the headline is not a share. */
export function dotsOf(effect: ReportEffect, intervention: string): Drawn<DotsChart> | null {
  if (effect.type !== "binary") return null;
  const worth =
    effect.worth === null
      ? ""
      : `; the closest count most, so they tell as much as ${inDigits(effect.worth)} people`;
  const groups = [
    { label: `who ${intervention}`, filled: effect.treated, note: fewWords(effect.nTreated) },
    { label: "similar people", filled: effect.comparison, note: `${fewWords(effect.nComparison)}${worth}` },
  ];
  return {
    chart: { kind: "dots", filled: effect.verb, groups },
    label: `Two groups of a hundred dots. ${groups.map(({ label, filled }) => `${filled} of 100 ${label}`).join(", ")}: ${effect.label}.`,
    table: {
      caption: `${effect.label}, of every 100 people`,
      columns: ["Group", "Of 100", "People"],
      rows: groups.map(({ label, filled, note }) => [label, String(filled), note]),
    },
  };
}

/** Who is in the result: stage by stage, with a reason for everybody who is not. */
export function funnelOf({ attrition }: Pick<ReportNumbers, "attrition">): Drawn<FunnelChart> {
  return {
    chart: {
      kind: "funnel",
      unit: "people",
      stages: attrition.stages.map(({ stage, words, people }) => ({
        label: words,
        people,
        lost: lostWords({ attrition }, stage).join(", "),
      })),
    },
    label: "How many people were left at each stage. The numbers are in the table below it.",
    table: {
      caption: "Who is in the result, and why the others are not",
      columns: ["Stage or reason", "People"],
      rows: attrition.stages.flatMap(({ stage, words, people }) => [
        ...attrition.losses
          .filter(({ loss }) => lossesBefore(stage).includes(loss))
          .map((each) => [`Lost: ${each.words}`, fewWords(each.people)]),
        [words, fewWords(people)],
      ]),
    },
  };
}

const HUNDREDTHS = 100;
const hundredths = (value: number) => Math.round(value * HUNDREDTHS);

/** Up to which a standardised difference is good, and fair, in hundredths. */
export const GOOD = hundredths(BAND_ENDS.green);
export const FAIR = hundredths(BAND_ENDS.amber);

/** How alike the groups are in each thing, before and after. */
export function loveOf({ balance }: Pick<ReportNumbers, "balance">): Drawn<LoveChart> {
  const lines = drawnBalance(balance).map(({ label, level, before, after }) => ({
    label: level === null ? label : `${label}: ${level}`,
    before: hundredths(before),
    after: hundredths(after),
  }));
  return {
    chart: {
      kind: "love",
      unit: "standardised difference, hundredths",
      ...{ good: GOOD, fair: FAIR, before: "before matching", after: "after", lines },
    },
    label: "How far apart the two groups were in each thing before matching, and after it.",
    table: {
      caption: `Standardised differences in hundredths, ${BALANCE_STEPS}`,
      columns: ["Compared on", "Before", "After"],
      rows: lines.map(({ label, before, after }) => [label, String(before), String(after)]),
    },
  };
}

interface Differences {
  lines: readonly {
    label: string;
    note: string;
    difference: number;
    low: number;
    high: number;
    main: boolean;
  }[];
  unit: string;
  ends: ForestChart["ends"];
  caption: string;
  first: string;
}

/** Differences on one scale. */
export function forestOf({ lines, unit, ends, caption, first }: Differences): Drawn<ForestChart> {
  return {
    chart: {
      kind: "forest",
      scale: "shared",
      unit,
      ends,
      lines: lines.map((line) => ({
        ...line,
        words: intervalWords(line),
        clear: line.low > 0 || line.high < 0,
      })),
    },
    label: `${caption}. Each is a point with its 95% interval; a hollow point is not clear.`,
    table: {
      caption,
      columns: [first, "Difference", "95% interval"],
      rows: lines.map(({ label, note, difference, low, high }) => [
        note === "" ? label : `${label} (${note})`,
        String(difference),
        `${low} to ${high}`,
      ]),
    },
  };
}
