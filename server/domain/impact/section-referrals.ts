/** People whom we referred on: how far each referral had come by the end, and how many days its steps took. */

import { capital } from "../label-text";
import { inDigits } from "../number-text";
import { eachOf, roundedNote } from "./adding-up";
import { type DaysSpread, measures, type ReferralMeasure } from "./numbers";
import type { PaperBlock } from "./paper";
import { percentCell } from "./paper-cell";
import { barsOf, type ColumnOf, tableOf } from "./paper-table";
import type { Reading, SectionDraft } from "./reading";
import {
  type Count,
  daysInWords,
  doersInWords,
  isSome,
  listInWords,
  partOf,
  peopleInWords,
  wayMoved,
} from "./words";

const STEPS: readonly { step: ReferralMeasure; label: string; about: string }[] = [
  { step: "sent", label: "Sent", about: "With a referral sent in the period." },
  { step: "accepted", label: "Accepted", about: "With one of these accepted, whatever came after." },
  { step: "started", label: "Started", about: "With one of these for which the work began." },
  { step: "completed", label: "Completed", about: "With one of these completed." },
  { step: "declined", label: "Declined", about: "With one of these that the other service said no to." },
  { step: "lost-touch", label: "Lost touch", about: "With one of these that ended because touch was lost." },
  { step: "waiting", label: "No answer yet", about: "With one of these that had no answer." },
];

export function referralsSection(reading: Reading): SectionDraft {
  const title = "Whom we passed people on to";
  const { count, end } = reading;
  const sent = count(measures.referral("sent"));
  if (!isSome(sent)) {
    const said =
      sent === "few"
        ? `${capital(doersInWords("few"))} had a referral sent in this period.`
        : "No referral was sent in this period.";
    return { title, sentences: [said], blocks: [], notes: [] };
  }
  const { acceptance, completion } = reading.numbers.estimates;
  return {
    title,
    sentences: [
      sentSentence(reading, sent),
      acceptedAndCompleted(reading, sent),
      otherEnds(reading),
      daysSentence("accepted", acceptance),
      daysSentence("completed", completion),
    ],
    blocks: [stepsBlock(reading, sent), ...daysTable(reading)],
    notes: [
      {
        term: "Referral",
        means: `A hand-over of a need to another service, sent in the period and followed to ${end}.`,
      },
      {
        term: "Accepted, started, completed",
        means: "Steps one after another: of those sent some were accepted, of those some were completed.",
      },
      ...(acceptance || completion
        ? [{ term: "Half", means: "As many took less time as took more. Counted from the day of sending." }]
        : []),
      ...roundedNote(reading.basis, [
        ...eachOf(
          sent,
          STEPS.map(({ step }) => count(measures.referral(step))),
        ),
        ...eachOf(count(measures.referral("accepted")), [count(measures.referral("started"))]),
        ...eachOf(count(measures.referral("started")), [count(measures.referral("completed"))]),
      ]),
    ],
  };
}

/** "We referred 180 people to another service, up from 150 in July to September 2025." */
function sentSentence({ before, basis, yearBefore }: Reading, sent: number): string {
  const said = `We referred ${peopleInWords(sent)} to another service`;
  const earlier = before(measures.referral("sent"));
  if (!isSome(earlier)) return `${said}.`;
  const way = wayMoved(sent, earlier, basis);
  return way === "same"
    ? `${said}, about as many as in ${yearBefore}.`
    : `${said}, ${way === "rose" ? "up" : "down"} from ${inDigits(earlier)} in ${yearBefore}.`;
}

/** "By 30 September 2026 the referral was accepted for 150 of 180 people (83%) and completed for 90 of 180 people (50%)." */
function acceptedAndCompleted(
  { count, end, basis }: Pick<Reading, "count" | "end" | "basis">,
  sent: number,
): string {
  const [accepted, completed] = [count(measures.referral("accepted")), count(measures.referral("completed"))];
  const of = (part: Count) => (isSome(part) ? partOf(part, sent, "people", basis) : peopleInWords(part));
  if (accepted === 0) return `By ${end} no referral was accepted.`;
  const done = completed === 0 ? "none was completed" : `completed for ${of(completed)}`;
  return `By ${end} the referral was accepted for ${of(accepted)}, and ${done}.`;
}

/** "It was declined for 40 people, ended out of touch for 12 people and still had no answer for 20 people." */
function otherEnds({ count }: Pick<Reading, "count">): string | null {
  const ends = [
    { words: "was declined for", people: count(measures.referral("declined")) },
    { words: "ended out of touch for", people: count(measures.referral("lost-touch")) },
    { words: "still had no answer for", people: count(measures.referral("waiting")) },
  ].filter(({ people }) => isSome(people));
  if (ends.length === 0) return null;
  return `It ${listInWords(ends.map(({ words, people }) => `${words} ${peopleInWords(people)}`))}.`;
}

/** "Half of those accepted were accepted within 5 days; the middle half took 2 to 9." */
function daysSentence(step: "accepted" | "completed", spread: DaysSpread | null): string | null {
  if (!spread) return null;
  const [from, to] = spread.quarters.map(Math.round);
  const middle = from === to ? "" : `, and the middle half took ${from} to ${to}`;
  return `Half of those ${step} were ${step} within ${daysInWords(spread.median)}${middle}.`;
}

interface StepRow {
  label: string;
  people: Count;
  step: ReferralMeasure;
}

function stepsBlock(
  { count, before, basis, hasYearBefore, things, end, yearBefore }: Reading,
  sent: number,
): PaperBlock {
  const rows: StepRow[] = STEPS.map(({ step, label }) => ({
    step,
    label,
    people: count(measures.referral(step)),
  }));
  const completed = count(measures.referral("completed"));
  const columns: ColumnOf<StepRow>[] = [
    {
      key: "step",
      label: "Step",
      type: "text",
      about: STEPS.map(({ label, about }) => `${label}: ${about}`).join(" "),
      cell: ({ label }) => label,
    },
    {
      key: "people",
      label: "People",
      type: "people",
      about: `Of the referrals sent in the period, as they stood on ${end}. Each person once in a row.`,
      cell: ({ people }) => people,
    },
    {
      key: "percent_of_sent",
      label: "% of sent",
      type: "percent",
      about: "Of the people with a referral sent.",
      cell: ({ people, step }) => (step === "sent" ? null : percentCell(people, sent, basis)),
    },
  ];
  if (things) {
    const { referrals } = things;
    columns.push({
      key: "referrals",
      label: "Referrals",
      type: "count",
      about: "The referrals themselves, of which one person can have several.",
      cell: ({ step }) => referrals[step],
    });
  }
  if (hasYearBefore) {
    columns.push({
      key: "year_before",
      label: "A year before",
      type: "people",
      about: `People, of the referrals sent in ${yearBefore}, as they stood at the end of it.`,
      cell: ({ step }) => before(measures.referral(step)),
    });
  }
  return {
    kind: "chart",
    name: "referrals-by-step",
    title: isSome(completed)
      ? `${capital(partOf(completed, sent, "people", basis))} had a referral completed`
      : `${capital(peopleInWords(sent))} had a referral sent`,
    says: `People with a referral sent in the period, by how far it had come by ${end}.`,
    chart: barsOf(
      { whole: "people with a referral", part: null },
      rows
        .filter(({ people }) => people !== 0)
        .map(({ label, people }) => ({ label, whole: people, part: null })),
    ),
    table: tableOf(
      { name: "referrals-by-step", caption: "People by how far their referral came" },
      rows,
      columns,
    ),
  };
}

function daysTable({ numbers, passed }: Reading): PaperBlock[] {
  const { acceptance, completion } = numbers.estimates;
  const rows = [
    { label: "To acceptance", spread: acceptance },
    { label: "To completion", spread: completion },
  ].flatMap(({ label, spread }) => (spread ? [{ label, ...spread }] : []));
  if (rows.length === 0) return [];
  return [
    {
      kind: "table",
      title: "Days from sending",
      table: tableOf({ name: "referral-days", caption: "Days from sending a referral to each step" }, rows, [
        { key: "step", label: "Step", type: "text", about: "Up to which step.", cell: ({ label }) => label },
        {
          key: "people",
          label: "People",
          type: "people",
          about: "With a referral that reached the step.",
          cell: ({ people }) => passed(people),
        },
        {
          key: "half_within",
          label: "Half within",
          type: "days",
          about: "Median: as many took less time as took more.",
          cell: ({ median }) => Math.round(median),
        },
        {
          key: "quarter_within",
          label: "A quarter within",
          type: "days",
          about: "Lower quartile.",
          cell: ({ quarters }) => Math.round(quarters[0]),
        },
        {
          key: "three_quarters_within",
          label: "Three quarters within",
          type: "days",
          about: "Upper quartile.",
          cell: ({ quarters }) => Math.round(quarters[1]),
        },
      ]),
    },
  ];
}
