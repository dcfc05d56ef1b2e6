/**
 * What people needed help with: by kind of need, with the part that was resolved; by single need; and, where a framework
 * is asked for, by its lines. A person counts once in each line, so lines do not add up to the people.
 */

import { labelInSentence } from "../label-text";
import { DOMAINS, NEEDS } from "../needs";
import { frameworkTitle, UNMAPPED, UNMAPPED_LABEL } from "./frameworks";
import { measures, type NeedMeasure } from "./numbers";
import type { PaperBlock } from "./paper";
import {
  type Filled,
  type PaperFramework,
  peopleColumn,
  percentColumn,
  type Reading,
  type SectionDraft,
  tableOf,
  textColumn,
  wordsBlock,
} from "./reading";
import {
  type Count,
  capital,
  HIDDEN,
  isSome,
  listInWords,
  partOfWhole,
  peopleInWords,
  percentOf,
  wayMoved,
} from "./words";

/** A line of needs with the people who brought one of them. */
export interface NeedLine {
  path: string;
  label: string;
  brought: Count;
}

/** Domains somebody may have brought, most people first; hidden ones last, in the order of the taxonomy. */
export function domainLines({ count }: Pick<Reading, "count">): NeedLine[] {
  return DOMAINS.map(({ code, label }) => ({
    path: code,
    label,
    brought: count(measures.need("brought", code)),
  }))
    .filter(({ brought }) => brought !== 0)
    .sort((a, b) => inNumber(b.brought) - inNumber(a.brought));
}

/** Hidden sorts below every number. */
export const inNumber = (count: Count): number => (count === "few" ? 0 : count);

export function needsSection(reading: Reading): SectionDraft {
  const brought = reading.count(measures.need("brought", "*"));
  const title = "What people needed help with";
  if (!isSome(brought)) {
    const sentence = brought === "few" ? HIDDEN_NEEDS : "No needs were recorded in this period.";
    return { title, sentences: [sentence], blocks: [], notes: [] };
  }
  const lines = domainLines(reading);
  return {
    title,
    sentences: [
      commonest(brought, lines),
      resolvedBy(reading, brought),
      movedSentence(reading),
      againstYearBefore(reading, lines),
    ],
    blocks: [
      ...(reading.framework ? [frameworkBlock(reading, reading.framework)] : []),
      domainBlock(reading, lines),
      ...wordsBlock(underTheBars(brought, lines)),
      needTable(reading),
    ],
    notes: notes(reading),
  };
}

const HIDDEN_NEEDS = "Fewer than 10 people, or none, brought a need in this period.";

/** "470 people brought a need: most often money and debt (310 people), then benefits (265) and housing (190)." */
export function commonest(brought: number, lines: readonly NeedLine[]): string {
  const most = lines.filter((line) => isSome(line.brought)).slice(0, 3);
  const [first, ...next] = most.map(({ label, brought }) => ({ name: labelInSentence(label), brought }));
  const all = capital(`${peopleInWords(brought)} brought a need`);
  if (!first) return `${all}.`;
  const then = next.map(({ name, brought }) => `${name} (${inNumber(brought)})`);
  const others = then.length > 0 ? `, then ${listInWords(then)}` : "";
  return `${all}: most often ${first.name} (${peopleInWords(first.brought)})${others}.`;
}

/** "By 30 September 2026, 180 of 470 (38%) had at least one need resolved, and 300 still had one open." */
function resolvedBy({ count, end }: Reading, brought: number): string {
  const resolved = count(measures.need("resolved", "*"));
  const open = count(measures.need("open", "*"));
  const part = isSome(resolved) ? partOfWhole(resolved, brought) : peopleInWords(resolved);
  const had = `By ${end}, ${part} had at least one need resolved`;
  return isSome(open) ? `${had}. ${capital(peopleInWords(open))} still had one open.` : `${had}.`;
}

/** "A need was recorded as better for 90 people, and as worse for 40." Nothing when nothing was. */
function movedSentence({ count }: Reading): string | null {
  const better = count(measures.need("improved", "*"));
  const worse = count(measures.need("worsened", "*"));
  const said = [
    isSome(better) ? `as better for ${peopleInWords(better)}` : null,
    isSome(worse) ? `as worse for ${peopleInWords(worse)}` : null,
  ].filter((part) => part !== null);
  return said.length === 0 ? null : `A need was recorded ${said.join(", and ")}.`;
}

const MOST_COMPARED = 2;

/**
 * "Compared with July to September 2025, money and debt rose from 225 people to 310, and housing fell from 200 to 190."
 * The two kinds of need that moved most; only those with a number in both periods can be compared.
 */
export function againstYearBefore(reading: Reading, lines: readonly NeedLine[]): string | null {
  const both = lines.flatMap(({ path, label, brought }) => {
    const before = reading.before(measures.need("brought", path));
    return isSome(brought) && isSome(before) ? [{ label, now: brought, before }] : [];
  });
  if (both.length === 0) return null;
  const moved = both
    .map((line) => ({ ...line, way: wayMoved(line.now, line.before, reading.basis) }))
    .filter(({ way }) => way !== "same")
    .sort((a, b) => Math.abs(b.now - b.before) - Math.abs(a.now - a.before))
    .slice(0, MOST_COMPARED)
    .map(
      ({ label, way, now, before }) =>
        `${labelInSentence(label)} ${way} from ${peopleInWords(before)} to ${peopleInWords(now)}`,
    );
  return moved.length === 0
    ? `No kind of need was much commoner or rarer than in ${reading.yearBefore}.`
    : `Compared with ${reading.yearBefore}, ${moved.join(", and ")}.`;
}

/** More hidden lines than this are told in words, not drawn one by one. */
const MOST_HIDDEN_BARS = 3;

function domainBlock(reading: Reading, lines: readonly NeedLine[]): PaperBlock {
  const { count, end } = reading;
  const shown = lines.filter(({ brought }) => isSome(brought));
  const hidden = lines.filter(({ brought }) => brought === "few");
  const drawn = hidden.length <= MOST_HIDDEN_BARS ? [...shown, ...hidden] : shown;
  const [most] = shown;
  return {
    kind: "chart",
    name: "needs-by-domain",
    title: most ? `${most.label} came up most: ${peopleInWords(most.brought)}` : "By kind of need",
    says: `One bar for each kind of need, as long as the number of people who brought it. The dark part is people with such a need resolved by ${end}.`,
    chart: {
      kind: "bars",
      whole: `people who brought this need`,
      part: `with one resolved by ${end}`,
      unit: "people",
      bars: drawn.map(({ path, label, brought }) => {
        const resolved = count(measures.need("resolved", path));
        return {
          label,
          whole: brought === "few" ? null : brought,
          part: resolved === "few" || brought === "few" ? null : Math.min(resolved, brought),
          note: brought === "few" ? HIDDEN : `${resolved === "few" ? HIDDEN : resolved} resolved`,
        };
      }),
    },
    table: tableOf(
      "needs-by-domain",
      "People by kind of need",
      [{ path: "*", label: "Any need", brought: count(measures.need("brought", "*")) }, ...lines],
      [
        {
          column: textColumn("kind", "Kind of need", "One of the kinds of the shared list of needs."),
          cell: ({ label }) => label,
        },
        ...lineColumns(reading),
      ],
    ),
  };
}

/** Columns of what became of a line of needs. */
function lineColumns(reading: Reading): Filled<NeedLine>[] {
  const { count, end, before } = reading;
  const of =
    (what: NeedMeasure) =>
    ({ path }: NeedLine) =>
      count(measures.need(what, path));
  const columns: Filled<NeedLine>[] = [
    {
      column: peopleColumn(
        "people",
        "People",
        "With a need of this kind that a contact of the period spoke of.",
      ),
      cell: ({ brought }) => brought,
    },
    {
      column: peopleColumn("first_time", "First recorded", "With such a need first recorded in the period."),
      cell: of("opened"),
    },
    {
      column: peopleColumn("resolved", "Resolved", `With such a need resolved by ${end}.`),
      cell: of("resolved"),
    },
    {
      column: percentColumn("resolved_percent", "% resolved", "Resolved, of the people with such a need."),
      cell: ({ path, brought }) => percentOf(count(measures.need("resolved", path)), brought),
    },
    {
      column: peopleColumn("open", "Still open", `With such a need still open on ${end}.`),
      cell: of("open"),
    },
    {
      column: peopleColumn(
        "better",
        "Better",
        "With such a need recorded as improved at a contact of the period.",
      ),
      cell: of("improved"),
    },
    {
      column: peopleColumn(
        "worse",
        "Worse",
        "With such a need recorded as worsened at a contact of the period.",
      ),
      cell: of("worsened"),
    },
    {
      column: peopleColumn(
        "no_longer_relevant",
        "No longer relevant",
        "With such a need that no longer mattered by the end of the period.",
      ),
      cell: of("no-longer-relevant"),
    },
  ];
  if (reading.numbers.yearBefore === null) return columns;
  return [
    ...columns,
    {
      column: peopleColumn("year_before", "A year before", `People, in ${reading.yearBefore}.`),
      cell: ({ path }) => before(measures.need("brought", path)),
    },
  ];
}

/** "One person can bring several needs, so the bars add to more than 470." And which kinds are hidden, when not drawn. */
function underTheBars(brought: number, lines: readonly NeedLine[]): string[] {
  const sum = lines.reduce((people, line) => people + inNumber(line.brought), 0);
  const hidden = lines.filter((line) => line.brought === "few").map(({ label }) => labelInSentence(label));
  return [
    ...(sum > brought
      ? [`One person can bring several needs, so the bars add to more than ${peopleInWords(brought)}.`]
      : []),
    ...(hidden.length > MOST_HIDDEN_BARS
      ? [`${capital(peopleInWords("few"))}, brought each of these: ${listInWords(hidden)}.`]
      : []),
  ];
}

/** Needs one by one: in figures only those with a number, because every other is hidden alike. */
function needTable(reading: Reading): PaperBlock {
  const rows = NEEDS.map(({ code, label }) => ({
    path: code,
    label,
    brought: reading.count(measures.need("brought", code)),
  })).filter(({ brought }) => isSome(brought));
  return {
    kind: "table",
    title: "Need by need",
    table: tableOf(
      "needs",
      reading.basis === "figures"
        ? "People by need; needs of fewer than 10 people, or none, are not listed"
        : "People by need",
      rows,
      [
        {
          column: textColumn("code", "Code", "Of the shared list of needs."),
          cell: ({ path }) => path,
        },
        { column: textColumn("need", "Need", "As the shared list calls it."), cell: ({ label }) => label },
        ...lineColumns(reading),
      ],
    ),
  };
}

/** The same people through the lines of a framework; who maps to none of them stays in sight. */
function frameworkBlock({ count }: Reading, framework: PaperFramework): PaperBlock {
  const name = frameworkTitle(framework);
  const lines = [...framework.lines, { code: UNMAPPED, label: UNMAPPED_LABEL }].map(({ code, label }) => ({
    code,
    label,
    people: count(measures.framework(framework.key, code)),
  }));
  const drawn = lines.filter(({ code, people }) => isSome(people) || code === UNMAPPED);
  return {
    kind: "chart",
    name: `needs-by-${framework.key}`,
    title: `Seen through: ${name}`,
    says: `One bar for each line of ${name} that has a number, as long as the number of people with a need of that line. The last is needs that the framework has no line for.`,
    chart: {
      kind: "bars",
      whole: "people with a need of this line",
      part: null,
      unit: "people",
      bars: drawn.map(({ label, people }) => ({
        label,
        whole: people === "few" ? null : people,
        part: null,
        note: people === "few" ? HIDDEN : "",
      })),
    },
    table: tableOf(`needs-by-${framework.key}`, `People by line of ${name}`, lines, [
      {
        column: textColumn("line", "Line", "Code of the line; empty: not in this framework."),
        cell: ({ code }) => code,
      },
      { column: textColumn("name", "Name", "Of the line."), cell: ({ label }) => label },
      {
        column: peopleColumn(
          "people",
          "People",
          "With a need of the period that maps to this line, each once.",
        ),
        cell: ({ people }) => people,
      },
    ]),
  };
}

function notes({ end, numbers }: Reading): SectionDraft["notes"] {
  return [
    {
      term: "Need",
      means:
        "Something a person needs help with, from one shared list, that at least one contact of the period spoke of.",
    },
    { term: "Resolved", means: `The last thing recorded by ${end} was that it was resolved.` },
    {
      term: "Open",
      means: `Not resolved by ${end}: the last thing recorded was new, ongoing, improved or worsened.`,
    },
    ...(numbers.yearBefore === null
      ? []
      : [
          {
            term: "A year before",
            means: "The same months a year before, from our own records. We compare with nobody else.",
          },
        ]),
  ];
}
