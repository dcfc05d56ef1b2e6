/**
 * How long it took from the first contact about a need to its resolution. Needs that are still open count too, for as
 * long as they were followed: leaving them out would make help look quicker than it is.
 */

import { inDigits } from "../number-text";
import { CURVE_DAYS, FEWEST_AT_RISK } from "./coarse";
import { FEWEST_FOR_ESTIMATES } from "./count-numbers";
import type { MedianDays, SurvivalPoint, TimeToResolution } from "./numbers";
import { NOT_REACHED } from "./paper-cell";
import { tableOf } from "./paper-table";
import type { Reading, SectionDraft } from "./reading";
import { daysInWords, peopleInWords, thingsInWords } from "./words";

const TITLE = "How long it took";

export function timeSection(reading: Reading): SectionDraft {
  const { basis, things, numbers, end } = reading;
  const { resolution } = numbers.estimates;
  if (!resolution) {
    const said =
      basis === "exact"
        ? `No need was first recorded in the 12 months up to ${end}, so there is nothing to follow.`
        : `Fewer than ${FEWEST_FOR_ESTIMATES} people had a need that could be followed, so no time is given.`;
    return { title: TITLE, sentences: [said], blocks: [], notes: [] };
  }
  const marks = marksOf(resolution.curve);
  return {
    title: TITLE,
    sentences: [
      medianSentence(resolution.median),
      stillOpenSentence(marks),
      basisSentence(reading, resolution),
    ],
    blocks: [
      {
        kind: "chart",
        name: "time-to-resolution",
        title: medianTitle(resolution.median),
        says: "The share of needs still open, by days since the first contact about them. The band is the likely range.",
        chart: {
          kind: "survival",
          points: resolution.curve.map(({ days, share, low, high }) => ({ days, share, low, high })),
          median: resolution.median.days,
          joined: basis === "figures",
          across: "days since the first contact about the need",
          up: "share of needs still open",
        },
        table: tableOf({ name: "time-to-resolution", caption: "Share of needs still open, by days" }, marks, [
          {
            key: "days",
            label: "Days",
            type: "days",
            about: "Since the first contact about the need.",
            cell: ({ days }) => days,
          },
          {
            key: "still_open_percent",
            label: "% still open",
            type: "percent",
            about: "Kaplan–Meier estimate of the share not resolved by then.",
            cell: ({ share }) => percent(share),
          },
          {
            key: "low_percent",
            label: "From",
            type: "percent",
            about: "Lower end of its 95% interval.",
            cell: ({ low }) => percent(low),
          },
          {
            key: "high_percent",
            label: "To",
            type: "percent",
            about: "Upper end of its 95% interval.",
            cell: ({ high }) => percent(high),
          },
          ...(things
            ? [
                {
                  key: "followed",
                  label: "Followed",
                  type: "count" as const,
                  about: "Needs still open and followed just before.",
                  cell: ({ atRisk }: SurvivalPoint) => atRisk,
                },
              ]
            : []),
        ]),
      },
      { kind: "table", title: "The middle, and whom it is of", table: summaryTable(reading, resolution) },
    ],
    notes: [
      {
        term: "Days",
        means: "From the first contact about a need to the contact that recorded it as first resolved.",
      },
      {
        term: "Still open",
        means: `Needs not resolved count as open up to ${end}, or until they no longer mattered (Kaplan–Meier).`,
      },
      {
        term: "Whose needs",
        means: "First recorded in the 12 months up to then, of people we can recognise again.",
      },
    ],
  };
}

const percent = (share: number) => Math.round(share * 100);

/** The curve at fixed days, as far as it was followed. */
function marksOf(curve: readonly SurvivalPoint[]): SurvivalPoint[] {
  const last = curve.at(-1)?.days ?? -1;
  return CURVE_DAYS.filter((days) => days <= last).flatMap((days) => {
    const at = curve.findLast((point) => point.days <= days);
    const next = curve.find((point) => point.days >= days);
    return at ? [{ ...at, days, atRisk: next?.atRisk ?? null }] : [];
  });
}

/** "Half of the needs were resolved within 62 days, likely between 50 and 75." */
function medianSentence({ days, low, high }: MedianDays): string {
  if (days === null) {
    return "Fewer than half of the needs were resolved while we followed them, so there is no middle to give.";
  }
  const [from, to] = [low, high].map((end) => (end === null ? null : inDigits(Math.round(end))));
  const likely =
    from && to
      ? `, likely between ${from} and ${to}`
      : from
        ? `, likely ${from} or more`
        : to
          ? `, likely ${to} or fewer`
          : "";
  return `Half of the needs were resolved within ${daysInWords(days)}${likely}.`;
}

const medianTitle = ({ days }: MedianDays) =>
  days === null
    ? "Fewer than half of the needs were resolved while we followed them"
    : `Half of the needs were resolved within ${daysInWords(days)}`;

/**
 * Days after which the sentence says how many were still open: the first of these up to which enough were followed. A draft
 * says the day that the finished paper can say, too.
 */
const SPOKEN_DAYS = [180, 90, 30];
const isFollowed = ({ atRisk }: SurvivalPoint) => atRisk === null || atRisk >= FEWEST_AT_RISK;

/** "After 180 days, 35% of the needs were still open (likely between 30% and 40%)." */
export function stillOpenSentence(marks: readonly SurvivalPoint[]): string | null {
  const spoken = SPOKEN_DAYS.map((days) => marks.find((mark) => mark.days === days && isFollowed(mark))).find(
    (mark) => mark,
  );
  if (!spoken) return null;
  const { days, share, low, high } = spoken;
  return `After ${daysInWords(days)}, ${percent(share)}% of the needs were still open, likely between ${percent(low)}% and ${percent(high)}%.`;
}

/** "This follows the needs of 200 people." */
function basisSentence({ passed, things }: Reading, { issues, people, resolved }: TimeToResolution): string {
  const who = peopleInWords(passed(people));
  return things === null || issues === null || resolved === null
    ? `This follows the needs of ${who}.`
    : `This follows ${thingsInWords(issues, "need")} of ${who}; ${resolved === 0 ? "none" : inDigits(resolved)} ${resolved === 1 ? "was" : "were"} resolved.`;
}

function summaryTable({ passed, things }: Reading, { issues, people, resolved, median }: TimeToResolution) {
  return tableOf(
    { name: "time-to-resolution-summary", caption: "Days to resolution: the middle, and whom it is of" },
    [null],
    [
      {
        key: "what",
        label: "What",
        type: "text",
        about: "What was followed.",
        cell: () => "Needs first recorded in 12 months",
      },
      {
        key: "people",
        label: "People",
        type: "people",
        about: "Whose needs were followed.",
        cell: () => passed(people),
      },
      ...(things
        ? [
            {
              key: "needs",
              label: "Needs",
              type: "count" as const,
              about: "That were followed.",
              cell: () => issues,
            },
            {
              key: "resolved",
              label: "Resolved",
              type: "count" as const,
              about: "Of those, while they were followed.",
              cell: () => resolved,
            },
          ]
        : []),
      {
        key: "half_within",
        label: "Half within",
        type: "days",
        about: "Days by which half were resolved: the median.",
        cell: () => rounded(median.days),
      },
      {
        key: "half_within_from",
        label: "From",
        type: "days",
        about: "Lower end of its 95% interval; “not reached” where the curve does not come so far.",
        cell: () => rounded(median.low),
      },
      {
        key: "half_within_to",
        label: "To",
        type: "days",
        about: "Upper end of its 95% interval; “not reached” where the curve does not come so far.",
        cell: () => rounded(median.high),
      },
    ],
  );
}

const rounded = (days: number | null) => (days === null ? NOT_REACHED : Math.round(days));
