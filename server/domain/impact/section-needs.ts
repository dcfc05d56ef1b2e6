/**
 * What people needed help with: by kind of need, with the part that was resolved; by single need; and, where a framework
 * is asked for, by its lines. A person counts once in each line, so lines do not add up to the people.
 */

import { capital, labelInSentence } from "../label-text";
import { DOMAINS, NEEDS } from "../needs";
import { eachOf, roundedNote } from "./adding-up";
import { measures, type NeedMeasure, type ThingCounts } from "./numbers";
import type { PaperBlock } from "./paper";
import { percentCell } from "./paper-cell";
import { barsOf, type ColumnOf, firstBars, tableOf, wordsBlock } from "./paper-table";
import type { Reading, SectionDraft } from "./reading";
import { frameworkBlocks } from "./section-frameworks";
import {
  type Count,
  countInWords,
  doersInWords,
  inNumber,
  isSome,
  listInWords,
  partOf,
  peopleInWords,
  thingsInWords,
  wayMoved,
} from "./words";

/** A line of needs with the people who brought one of them. */
export interface NeedLine {
  path: string;
  label: string;
  brought: Count;
}

/** A kind of need inside a sentence: "money and debt"; what is in no other kind is "other needs". */
export const kindInWords = ({ path, label }: Pick<NeedLine, "path" | "label">): string =>
  path === "OTH" ? "other needs" : labelInSentence(label);

/** "Fewer than 10 people, or none, are in each column of the table for these kinds: …", where it leaves kinds out. */
export const kindsFolded = (folded: readonly Pick<NeedLine, "path" | "label">[]): string[] =>
  folded.length === 0
    ? []
    : [
        `${capital(doersInWords("few"))} are in each column of the table for these kinds: ${folded.map(kindInWords).join("; ")}.`,
      ];

/** Domains that somebody may have brought, most people first; hidden ones last, in the order of the taxonomy. */
export function domainLines({ count }: Pick<Reading, "count">): NeedLine[] {
  return DOMAINS.map(({ code, label }) => ({
    path: code,
    label,
    brought: count(measures.need("brought", code)),
  }))
    .filter(({ brought }) => brought !== 0)
    .sort((a, b) => inNumber(b.brought) - inNumber(a.brought));
}

export function needsSection(reading: Reading): SectionDraft {
  const title = "What people needed help with";
  const brought = reading.count(measures.need("brought", "*"));
  if (!isSome(brought)) {
    const said =
      brought === "few"
        ? `${capital(doersInWords("few"))} brought a need in this period.`
        : "No needs were recorded in this period.";
    return { title, sentences: [said], blocks: [], notes: [] };
  }
  const lines = domainLines(reading);
  const { things } = reading;
  return {
    title,
    sentences: [
      commonest(brought, lines),
      resolvedBy(reading, brought),
      betterAndWorse(reading),
      againstYearBefore(reading, lines),
    ],
    blocks: [
      ...(reading.framework ? frameworkBlocks(reading, reading.framework) : []),
      domainBlock(reading, brought, lines),
      ...wordsBlock(underTheBars(brought, lines)),
      needTable(reading),
      ...(things ? [issueTable(reading, things, lines)] : []),
    ],
    notes: [...notesOf(reading), ...roundedNote(reading.basis, sumsOf(reading, brought))],
  };
}

/** The parts of the people who brought a need, by kind, and on the lines of a framework. */
function sumsOf({ count, framework }: Pick<Reading, "count" | "framework">, brought: number) {
  const parts = ["opened", "resolved", "open", "improved", "worsened", "no-longer-relevant"] as const;
  return [
    ...["*", ...DOMAINS.map(({ code }) => code)].flatMap((path) =>
      eachOf(
        count(measures.need("brought", path)),
        parts.map((what) => count(measures.need(what, path))),
      ),
    ),
    ...(framework
      ? eachOf(
          brought,
          framework.lines.map(({ code }) => count(measures.framework(framework.key, code))),
        )
      : []),
  ];
}

/** "470 people brought a need: most often money and debt (310 people), then benefits (265) and housing (190)." */
export function commonest(brought: number, lines: readonly NeedLine[]): string {
  const all = `${capital(peopleInWords(brought))} brought a need`;
  const [first, ...next] = lines.filter((line) => isSome(line.brought)).slice(0, 3);
  if (!first) return `${all}.`;
  const then = next.map((line) => `${kindInWords(line)} (${countInWords(line.brought)})`);
  const most = `most often ${kindInWords(first)} (${peopleInWords(first.brought)})`;
  return `${all}: ${most}${then.length > 0 ? `, then ${listInWords(then)}` : ""}.`;
}

/** "By 30 September 2026, 180 of 470 people (38%) had at least one resolved, and 300 still had one open." */
function resolvedBy(
  { count, end, basis }: Pick<Reading, "count" | "end" | "basis">,
  brought: number,
): string {
  const resolved = count(measures.need("resolved", "*"));
  const open = count(measures.need("open", "*"));
  const part = isSome(resolved) ? partOf(resolved, brought, "people", basis) : doersInWords(resolved);
  const had = `By ${end}, ${part} had ${resolved === 0 ? "one" : "at least one"} resolved`;
  return isSome(open) ? `${had}, and ${countInWords(open)} still had one open.` : `${had}.`;
}

/** "A need was recorded as better for 90 people, and as worse for 40 people." Nothing when nothing was. */
function betterAndWorse({ count }: Pick<Reading, "count">): string | null {
  const ways = [
    { way: "better", people: count(measures.need("improved", "*")) },
    { way: "worse", people: count(measures.need("worsened", "*")) },
  ].filter(({ people }) => isSome(people));
  if (ways.length === 0) return null;
  return `A need was recorded ${ways.map(({ way, people }) => `as ${way} for ${peopleInWords(people)}`).join(", and ")}.`;
}

/** Kinds of need that a sentence compares with the year before. */
const MOST_COMPARED = 2;

/**
 * "Compared with July to September 2025, money and debt rose from 225 people to 310, and housing fell from 200 people to
 * 190." The two kinds of need that moved most, of those that have a number in both periods.
 */
function againstYearBefore(
  { before, basis, yearBefore }: Pick<Reading, "before" | "basis" | "yearBefore">,
  lines: readonly NeedLine[],
): string | null {
  const both = lines.flatMap(({ path, label, brought }) => {
    const earlier = before(measures.need("brought", path));
    return isSome(brought) && isSome(earlier) ? [{ path, label, now: brought, earlier }] : [];
  });
  if (both.length === 0) return null;
  const moved = both
    .map((line) => ({ ...line, way: wayMoved(line.now, line.earlier, basis) }))
    .filter(({ way }) => way !== "same")
    .sort((a, b) => Math.abs(b.now - b.earlier) - Math.abs(a.now - a.earlier))
    .slice(0, MOST_COMPARED)
    .map(
      ({ way, now, earlier, ...line }) =>
        `${kindInWords(line)} ${way} from ${peopleInWords(earlier)} to ${countInWords(now)}`,
    );
  return moved.length === 0
    ? `No kind of need was much more or less common than in ${yearBefore}.`
    : `Compared with ${yearBefore}, ${moved.join(", and ")}.`;
}

function domainBlock(reading: Reading, brought: number, lines: readonly NeedLine[]): PaperBlock {
  const { count, end } = reading;
  const shown = lines.filter((line) => isSome(line.brought));
  const hidden = lines.filter((line) => line.brought === "few");
  const { drawn } = barsOfKinds(lines);
  const [most] = shown;
  const columns = lineColumns(reading, "full");
  // Those are named in the words under the bars.
  const isFolded = (line: NeedLine) =>
    hidden.length > MOST_HIDDEN_BARS && columns.every(({ cell }) => typeof cell(line) !== "number");
  const rows = lines.filter((line) => !isFolded(line));
  const left = rows.length < lines.length ? "; kinds without a number to show are not listed" : "";
  return {
    kind: "chart",
    name: "needs-by-kind",
    title: most
      ? `${capital(kindInWords(most))} came up most: ${peopleInWords(most.brought)}`
      : "People by kind of need",
    says: `People who brought each kind of need, and how many of them had one resolved by ${end}.`,
    chart: barsOf(
      { whole: "people with this need", part: `with one resolved by ${end}`, partWord: "resolved" },
      drawn.map((line) => ({
        label: line.label,
        whole: line.brought,
        part: count(measures.need("resolved", line.path)),
      })),
    ),
    table: tableOf(
      { name: "needs-by-kind", caption: `People by kind of need${left}` },
      [{ path: "*", label: "Any need", brought }, ...rows],
      [
        {
          key: "kind",
          label: "Kind of need",
          type: "text",
          about: "A kind of the shared list of needs.",
          cell: ({ label }) => label,
        },
        ...columns,
      ],
    ),
  };
}

/** What became of a line of needs, in columns of people: all of it, or what a page has room for beside code and need. */
function lineColumns(
  { basis, count, before, end, hasYearBefore, yearBefore }: Reading,
  detail: "full" | "short",
): ColumnOf<NeedLine>[] {
  const people = (what: NeedMeasure, key: string, label: string, about: string): ColumnOf<NeedLine> => ({
    ...{ key, label, type: "people", about },
    cell: ({ path }) => count(measures.need(what, path)),
  });
  const isFull = detail === "full";
  const percent: ColumnOf<NeedLine> = {
    key: "resolved_percent",
    label: "% resolved",
    type: "percent",
    about: "Resolved, of the people with such a need.",
    cell: ({ path, brought }) => percentCell(count(measures.need("resolved", path)), brought, basis),
  };
  return [
    people("brought", "people", "People", "With such a need that a contact of the period spoke of."),
    ...(isFull
      ? [
          people(
            "opened",
            "first_recorded",
            "First recorded",
            "With such a need first recorded in the period.",
          ),
        ]
      : []),
    people("resolved", "resolved", "Resolved", `With such a need resolved by ${end}.`),
    ...(isFull ? [percent] : []),
    people("open", "open", "Still open", `With such a need still open on ${end}.`),
    people("improved", "better", "Better", "With such a need said to have improved in the period."),
    people("worsened", "worse", "Worse", "With such a need said to have worsened in the period."),
    ...(isFull
      ? [
          people(
            "no-longer-relevant",
            "no_longer_relevant",
            "No longer relevant",
            `With such a need that no longer mattered by ${end}.`,
          ),
        ]
      : []),
    ...(!hasYearBefore
      ? []
      : [
          {
            key: "year_before",
            label: "A year before",
            type: "people" as const,
            about: `People with such a need in ${yearBefore}.`,
            cell: ({ path }: NeedLine) => before(measures.need("brought", path)),
          },
        ]),
  ];
}

/** More hidden lines than this are told in words, not drawn one by one. */
const MOST_HIDDEN_BARS = 3;

/** Kinds of need that are drawn, and what is said of those that have a place in the picture and no room. */
function barsOfKinds(lines: readonly NeedLine[]) {
  const hidden = lines.filter((line) => line.brought === "few");
  return firstBars(
    hidden.length <= MOST_HIDDEN_BARS ? lines : lines.filter((line) => isSome(line.brought)),
    (line) => ({ name: kindInWords(line), people: line.brought }),
  );
}

/** "One person can bring several needs, so the bars add to more than 470 people." And kinds that are too small to draw. */
function underTheBars(brought: number, lines: readonly NeedLine[]): string[] {
  const sum = lines.reduce((people, line) => people + inNumber(line.brought), 0);
  const hidden = lines.filter((line) => line.brought === "few").map(kindInWords);
  return [
    ...barsOfKinds(lines).left,
    ...(sum > brought
      ? [`One person can bring several needs, so the bars add to more than ${peopleInWords(brought)}.`]
      : []),
    ...(hidden.length > MOST_HIDDEN_BARS
      ? [`${capital(doersInWords("few"))} brought each of these: ${hidden.join("; ")}.`]
      : []),
  ];
}

const NEED_COLUMNS: readonly ColumnOf<NeedLine>[] = [
  {
    key: "code",
    label: "Code",
    type: "text",
    about: "Of the shared list of needs.",
    cell: ({ path }) => path,
  },
  {
    key: "need",
    label: "Need",
    type: "text",
    about: "As the shared list calls it.",
    cell: ({ label }) => label,
  },
];

/** Need by need: in figures only those with a number, because every other one is hidden alike. */
function needTable(reading: Reading): PaperBlock {
  const rows = NEEDS.map(({ code, label }) => ({
    path: code,
    label,
    brought: reading.count(measures.need("brought", code)),
  }))
    .filter(({ brought }) => isSome(brought))
    .sort((a, b) => inNumber(b.brought) - inNumber(a.brought));
  const left = reading.basis === "figures" ? `; needs of ${doersInWords("few")} are not listed` : "";
  return {
    kind: "table",
    title: "Need by need",
    table: tableOf({ name: "needs", caption: `People by need${left}` }, rows, [
      ...NEED_COLUMNS,
      ...lineColumns(reading, "short"),
    ]),
  };
}

/** Needs themselves, of which one person can have several. They are things, and never leave. */
function issueTable({ end }: Reading, things: ThingCounts, lines: readonly NeedLine[]): PaperBlock {
  const needs = (what: NeedMeasure, key: string, label: string, about: string): ColumnOf<NeedLine> => ({
    ...{ key, label, type: "count", about },
    cell: ({ path }) => things.issues[path]?.[what] ?? 0,
  });
  const all = things.issues["*"]?.brought ?? 0;
  return {
    kind: "table",
    title: `${capital(thingsInWords(all, "need"))} in all`,
    table: tableOf(
      { name: "needs-one-by-one", caption: "Needs by kind; one person can have several" },
      [{ path: "*", label: "Any need", brought: "few" }, ...lines],
      [
        {
          key: "kind",
          label: "Kind of need",
          type: "text",
          about: "A kind of the shared list of needs.",
          cell: ({ label }) => label,
        },
        needs("brought", "needs", "Needs", "Spoken of at a contact of the period."),
        needs("opened", "first_recorded", "First recorded", "First recorded in the period."),
        needs("resolved", "resolved", "Resolved", `Resolved by ${end}.`),
        needs("open", "open", "Still open", `Still open on ${end}.`),
        needs("improved", "better", "Better", "Said to have improved in the period."),
        needs("worsened", "worse", "Worse", "Said to have worsened in the period."),
        needs(
          "no-longer-relevant",
          "no_longer_relevant",
          "No longer relevant",
          `Did not matter any more by ${end}.`,
        ),
      ],
    ),
  };
}

function notesOf({ end, hasYearBefore }: Reading): SectionDraft["notes"] {
  return [
    {
      term: "Need",
      means:
        "Something to help with, from one shared list. It counts when a contact of the period spoke of it.",
    },
    { term: "Resolved", means: `The last thing recorded by ${end} was that it was resolved.` },
    {
      term: "Open",
      means: `Not over by ${end}: the last thing recorded was new, ongoing, improved or worsened.`,
    },
    {
      term: "Better, worse",
      means: "At a contact of the period the worker recorded it as improved or worsened.",
    },
    ...(!hasYearBefore
      ? []
      : [
          { term: "A year before", means: "The same months of the year before, from our own records alone." },
        ]),
  ];
}
