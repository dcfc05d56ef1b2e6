/**
 * How things changed for the same people: how serious their needs were and what they scored, first and latest. Each with
 * how many it is of, who is missing, and the range in which the change lies. It shows change, never its cause.
 */

import { capital } from "../label-text";
import { roundedNote } from "./adding-up";
import { FEWEST_FOR_ESTIMATES } from "./count-numbers";
import { COURSES, type Course, type Measure, measures, type PairedChange } from "./numbers";
import type { PaperBlock } from "./paper";
import { percentCell } from "./paper-cell";
import { barsOf, kebab, tableOf } from "./paper-table";
import type { Reading, SectionDraft } from "./reading";
import {
  agree,
  type Count,
  countInWords,
  doersInWords,
  inNumber,
  isSome,
  listInWords,
  paragraphs,
  partOf,
  peopleInWords,
  score,
  text,
} from "./words";

/** One thing that was measured twice or more. */
interface Measured {
  /** In the name of its tables. */
  key: string;
  /** "How serious needs were", "Confidence with money". */
  name: string;
  lowest: number;
  highest: number;
  direction: "higher-better" | "lower-better";
  /** What the ends of the scale mean. */
  scale: string;
  /** "rated", "scored": what was done once or twice. */
  done: string;
  helped: Count;
  both: Count;
  once: Count;
  course: Readonly<Record<Course, Count>>;
  change: PairedChange | null;
}

/** Names of tables are names of sheets, which are short. */
const LONGEST_KEY = 14;
const LOWEST_SEVERITY = 1;
const HIGHEST_SEVERITY = 4;

/** What was measured, severity first, then instruments by how many have two scores. Nothing that nobody was measured by. */
function measuredOf({ numbers, count }: Pick<Reading, "numbers" | "count">): Measured[] {
  const { severity, instruments } = numbers.estimates;
  const countsOf = (measure: (what: Course | "both" | "once") => Measure) => ({
    helped: count(measures.helped),
    both: count(measure("both")),
    once: count(measure("once")),
    course: {
      better: count(measure("better")),
      same: count(measure("same")),
      worse: count(measure("worse")),
    },
  });
  const keys = new Set<string>();
  const unique = (name: string) => {
    const wanted = kebab(name).slice(0, LONGEST_KEY) || "score";
    let key = wanted;
    for (let at = 2; keys.has(key); at += 1) key = `${wanted}-${at}`;
    keys.add(key);
    return key;
  };
  const rated: Measured = {
    ...{ key: unique("severity"), name: "How serious needs were", direction: "lower-better" },
    ...{ lowest: LOWEST_SEVERITY, highest: HIGHEST_SEVERITY },
    ...{ scale: "1 is low, 4 is crisis", done: "rated" },
    ...countsOf(measures.severity),
    change: severity,
  };
  const scored = numbers.instruments
    .map((instrument) => ({
      instrument,
      counts: countsOf((what) => measures.instrument(instrument.id, what)),
    }))
    .sort((a, b) => inNumber(b.counts.both) - inNumber(a.counts.both))
    .map(
      ({ instrument: { id, name, lowest, highest, direction }, counts }): Measured => ({
        ...{ key: unique(name), name, lowest, highest, direction, done: "scored" },
        scale: `${lowest} to ${highest}, ${direction === "higher-better" ? "higher" : "lower"} is better`,
        ...counts,
        change: instruments[id] ?? null,
      }),
    );
  return [rated, ...scored].filter(({ both, once }) => both !== 0 || once !== 0);
}

export function changeSection(reading: Reading): SectionDraft {
  const title = "How things changed for people";
  const measured = measuredOf(reading);
  if (measured.length === 0) {
    return {
      title,
      sentences: ["Nothing was rated or scored in this period, so no change can be shown."],
      blocks: [],
      notes: [],
    };
  }
  const scored = measured.filter(({ done }) => done === "scored");
  return {
    title,
    sentences: [paragraphs(measured.map((each) => changeText(each, reading.basis)))],
    blocks: measured.flatMap((each) => blocksOf(each, reading)),
    notes: [
      {
        term: "Change",
        means:
          "The latest value less the first, of the same people. This shows change, not that we caused it. People who come back may differ from those who do not.",
      },
      {
        term: "Likely between",
        means: "The 95% interval of the average change. In the chart the bar at the latest value shows it.",
      },
      {
        term: "How serious",
        means:
          "The worker’s rating of each need: low, medium, high or crisis. Of several needs, the average.",
      },
      ...(scored.length > 0
        ? [
            {
              term: "Scores",
              means: `${listInWords(scored.map(({ name, scale }) => `${name} (${scale})`))}. The latest score lies in the period.`,
            },
          ]
        : []),
      ...roundedNote(
        reading.basis,
        measured.flatMap(({ helped, both, once, course }) => [
          { parts: COURSES.map((way) => course[way]), whole: both, isAll: true },
          { parts: [both, once], whole: helped, isAll: false },
        ]),
      ),
    ],
  };
}

/** All that is said of one thing that was measured. */
function changeText(measured: Measured, basis: Reading["basis"]): string {
  return text([
    meanSentences(measured, basis),
    courseSentence(measured, basis),
    missingSentence(measured, basis),
  ]);
}

/** "Confidence: on average from 3.9 to 5.6 (0 to 10, higher is better). That is 1.7 higher, likely between 1.3 and 2.1." */
function meanSentences({ name, both, change, scale, done }: Measured, basis: Reading["basis"]): string {
  if (!change) {
    return basis === "figures"
      ? `${name}: fewer than ${FEWEST_FOR_ESTIMATES} people were ${done} twice, so no average is given.`
      : `${name}: nobody was ${done} twice, so no change can be shown.`;
  }
  const { firstMean, latestMean, mean } = change;
  const means = `${name}: on average from ${score(firstMean)} to ${score(latestMean)} (${scale}).`;
  if (change.low === null || change.high === null)
    return `${means} The group is too small to give a likely range.`;
  // As they are said: a range that begins at 0.0 is not clear either.
  const [low, high] = [oneDecimal(change.low), oneDecimal(change.high)];
  if (low <= 0 && high >= 0) {
    const people = peopleInWords(isSome(both) ? both : change.people);
    return `${means} We cannot tell from ${people} whether that is a change. That is not the same as no change.`;
  }
  const [least, most] = mean < 0 ? [-high, -low] : [low, high];
  const way = mean < 0 ? "lower" : "higher";
  return `${means} That is ${score(Math.abs(mean))} ${way}, likely between ${score(least)} and ${score(most)}.`;
}

/** How the latest value lies to the first, by which way is better. */
const COURSE_WORDS: Readonly<Record<Measured["direction"], Readonly<Record<Course, string>>>> = {
  "higher-better": { better: "higher", same: "the same", worse: "lower" },
  "lower-better": { better: "lower", same: "the same", worse: "higher" },
};

/** "The latest was lower than the first for 60 of 95 people (63%), the same for 25 and higher for 10." */
function courseSentence({ direction, both, course }: Measured, basis: Reading["basis"]): string | null {
  if (!isSome(both)) return null;
  const said = COURSES.filter((way) => course[way] !== 0).map((way, at) => {
    const people = course[way];
    const words = COURSE_WORDS[direction][way];
    if (at > 0) return `${words} for ${countInWords(people)}`;
    const who = isSome(people) ? partOf(people, both, "people", basis) : peopleInWords(people);
    return `${words} ${way === "same" ? "as" : "than"} the first for ${who}`;
  });
  return said.length === 0 ? null : `The latest was ${listInWords(said)}.`;
}

/** "95 of 485 people helped (20%) were rated twice or more; 40 people were rated once and are left out." */
function missingSentence({ helped, both, once, done }: Measured, basis: Reading["basis"]): string {
  const who =
    isSome(both) && isSome(helped) ? partOf(both, helped, "people helped", basis) : doersInWords(both);
  const twice = `${capital(who)} ${agree(both, "was", "were")} ${done} twice or more`;
  return isSome(once)
    ? `${twice}; ${peopleInWords(once)} ${agree(once, "was", "were")} ${done} once and ${agree(once, "is", "are")} left out.`
    : `${twice}.`;
}

function blocksOf(measured: Measured, { passed, basis }: Reading): PaperBlock[] {
  const { key, name, scale, change, both, once, course, helped, direction, done, lowest, highest } = measured;
  const courseTable = tableOf(
    { name: `change-${key}-people`, caption: `${name}: people by how it changed` },
    [
      ...COURSES.map((way) => ({
        label: `${capital(COURSE_WORDS[direction][way])}${way === "same" ? "" : ` (${way})`}`,
        people: course[way],
        base: both,
      })),
      { label: `${capital(done)} twice or more`, people: both, base: helped },
      { label: `${capital(done)} once, left out`, people: once, base: helped },
      { label: "All people helped", people: helped, base: null },
    ],
    [
      {
        key: "people_who",
        label: "Latest against first",
        type: "text",
        about: `The latest value of a person against the first (${scale}).`,
        cell: ({ label }) => label,
      },
      {
        key: "people",
        label: "People",
        type: "people",
        about: "Each counted once.",
        cell: ({ people }) => people,
      },
      {
        key: "percent",
        label: "%",
        type: "percent",
        about: `Of those ${done} twice or more; in the lines that say how many were ${done}, of the people helped.`,
        cell: ({ people, base }) => (base === null ? null : percentCell(people, base, basis)),
      },
    ],
  );
  const courseBlock: PaperBlock = isSome(both)
    ? {
        kind: "chart",
        name: `change-${key}-people`,
        title: courseTitle(measured, both, basis),
        says: `People by how their latest value compares with their first (${scale}).`,
        chart: barsOf(
          { whole: "people", part: null },
          COURSES.map((way) => ({
            label: `${capital(COURSE_WORDS[direction][way])}${way === "same" ? "" : ` (${way})`}`,
            whole: course[way],
            part: null,
          })),
        ),
        table: courseTable,
      }
    : { kind: "table", title: `${name}: who is missing`, table: courseTable };
  if (!change) return [courseBlock];
  const { firstMean, latestMean, mean, low, high } = change;
  return [
    {
      kind: "chart",
      name: `change-${key}`,
      title: `${name}: from ${score(firstMean)} to ${score(latestMean)}`,
      says: `Average of the first and of the latest values of the same people (${scale}).`,
      chart: {
        kind: "slope",
        first: { label: "First", value: oneDecimal(firstMean), low: null, high: null },
        latest: {
          label: "Latest",
          value: oneDecimal(latestMean),
          low: low === null ? null : within(measured, firstMean + low),
          high: high === null ? null : within(measured, firstMean + high),
        },
        lowest,
        highest,
        unit: `average (${scale})`,
      },
      table: tableOf(
        { name: `change-${key}`, caption: `${name}: first and latest value` },
        [null],
        [
          {
            key: "people",
            label: "People",
            type: "people",
            about: `Who were ${done} twice or more.`,
            cell: () => passed(change.people),
          },
          {
            key: "first",
            label: "First",
            type: "score",
            about: `Average of the first values (${scale}).`,
            cell: () => oneDecimal(firstMean),
          },
          {
            key: "latest",
            label: "Latest",
            type: "score",
            about: "Average of the latest values of the same people.",
            cell: () => oneDecimal(latestMean),
          },
          {
            key: "change",
            label: "Change",
            type: "score",
            about: "Average of latest less first.",
            cell: () => oneDecimal(mean),
          },
          {
            key: "change_from",
            label: "From",
            type: "score",
            about: "Lower end of the 95% interval of the average change (Student’s t).",
            cell: () => (low === null ? null : oneDecimal(low)),
          },
          {
            key: "change_to",
            label: "To",
            type: "score",
            about: "Upper end of the 95% interval of the average change (Student’s t).",
            cell: () => (high === null ? null : oneDecimal(high)),
          },
        ],
      ),
    },
    courseBlock,
  ];
}

function courseTitle({ name, course, direction }: Measured, both: number, basis: Reading["basis"]): string {
  const { better } = course;
  return isSome(better)
    ? `${name}: ${COURSE_WORDS[direction].better} for ${partOf(better, both, "people", basis)}`
    : `${name}: people by how it changed`;
}

/** The ends of the scale end the range, too. */
const within = ({ lowest, highest }: Measured, value: number) =>
  oneDecimal(Math.min(highest, Math.max(lowest, value)));

const oneDecimal = (value: number): number => Math.round(value * 10) / 10 + 0;
