/** What is still open: needs that nobody has taken on, how long people have waited, and needs that came back. */

import { capital } from "../label-text";
import { DOMAINS } from "../needs";
import { eachOf, roundedNote } from "./adding-up";
import { HALF_A_YEAR, measures, WAITING_DAYS } from "./numbers";
import type { PaperBlock } from "./paper";
import { percentCell, wholeCell } from "./paper-cell";
import {
  barsOf,
  type ColumnOf,
  firstBars,
  foldedCaption,
  foldHidden,
  tableOf,
  wordsBlock,
} from "./paper-table";
import type { Reading, SectionDraft } from "./reading";
import { kindInWords, kindsFolded } from "./section-needs";
import { type Count, doersInWords, inNumber, isSome, partOf, peopleInWords } from "./words";

const WAITING = WAITING_DAYS.map((from, at) => {
  const next = WAITING_DAYS[at + 1];
  if (next === undefined) return { from, label: `${from} days or more` };
  return { from, label: from === 0 ? `${next - 1} days or fewer` : `${from} to ${next - 1} days` };
});

export function unmetSection(reading: Reading): SectionDraft {
  const { basis, count, end } = reading;
  const open = count(measures.need("open", "*"));
  const unmet = count(measures.need("unmet", "*"));
  const again = count(measures.need("again", "*"));
  return {
    title: "What is still open",
    sentences: [unmetSentence(reading), waitingSentence(reading), againSentence(reading)],
    blocks: [
      ...(isSome(open) ? [waitingBlock(reading, open)] : []),
      ...(isSome(unmet) || isSome(again) ? unmetBlocks(reading) : []),
    ],
    notes: [
      {
        term: "Not taken on",
        means: `Someone else’s to resolve or not on our list, still open on ${end}, and no referral of it accepted.`,
      },
      {
        term: "Waiting",
        means: `Days from when a need was first recorded to ${end}. Somebody with several open needs stands where the oldest lies.`,
      },
      {
        term: "Came back",
        means: "Resolved before, and brought again within 12 months of that.",
      },
      ...roundedNote(basis, [
        { parts: WAITING.map(({ from }) => count(measures.waiting(from))), whole: open, isAll: true },
        ...eachOf(count(measures.need("brought", "*")), [open, unmet, again]),
        ...DOMAINS.flatMap(({ code }) =>
          eachOf(count(measures.need("brought", code)), [count(measures.need("unmet", code))]),
        ),
      ]),
    ],
  };
}

/** "On 30 September 2026, nobody had taken on a need of 85 of 470 people (18%)." */
function unmetSentence({ count, end, basis }: Pick<Reading, "count" | "end" | "basis">): string | null {
  const [brought, unmet] = [count(measures.need("brought", "*")), count(measures.need("unmet", "*"))];
  if (count(measures.need("open", "*")) === 0) return null;
  if (unmet === 0) return `On ${end}, every open need was ours or had been taken on by somebody.`;
  const who =
    isSome(unmet) && isSome(brought) ? partOf(unmet, brought, "people", basis) : doersInWords(unmet);
  return `On ${end}, ${who} had a need that nobody had taken on.`;
}

/** "A need had been open for half a year or more for 40 of 300 people with an open need (13%)." */
function waitingSentence({ count, end, basis }: Pick<Reading, "count" | "end" | "basis">): string | null {
  const open = count(measures.need("open", "*"));
  const longest = count(measures.waiting(HALF_A_YEAR));
  if (open === 0) return `On ${end}, no need was still open.`;
  if (!isSome(open)) return null;
  if (longest === 0) return "No need had been open for half a year.";
  const who =
    longest === "few" ? peopleInWords(longest) : partOf(longest, open, "people with an open need", basis);
  return `A need had been open for half a year or more for ${who}.`;
}

/** "25 people came back with a need that had been resolved in the 12 months before." */
function againSentence({ count }: Pick<Reading, "count">): string | null {
  const again = count(measures.need("again", "*"));
  return isSome(again)
    ? `${capital(peopleInWords(again))} came back with a need that had been resolved in the 12 months before.`
    : null;
}

function waitingBlock({ basis, count, end }: Reading, open: number): PaperBlock {
  const rows = WAITING.map(({ from, label }) => {
    const people = count(measures.waiting(from));
    return { label, people, percent: percentCell(people, open, basis) };
  });
  return {
    kind: "chart",
    name: "open-by-waiting",
    title: `${capital(peopleInWords(open))} still had a need open on ${end}`,
    says: "People by how long their oldest open need has been open.",
    chart: barsOf(
      { whole: "people by their oldest open need", part: null },
      rows.map(({ label, people }) => ({ label, whole: people, part: null })),
    ),
    table: tableOf(
      { name: "open-by-waiting", caption: "People by how long their oldest open need has been open" },
      [...rows, { label: "All with an open need", people: open, percent: wholeCell(open, basis) }],
      [
        {
          key: "open_for",
          label: "Open for",
          type: "text",
          about: `Since the need was first recorded, up to ${end}.`,
          cell: ({ label }) => label,
        },
        {
          key: "people",
          label: "People",
          type: "people",
          about: "Each where their oldest open need lies.",
          cell: ({ people }) => people,
        },
        {
          key: "percent",
          label: "%",
          type: "percent",
          about: "Of the people with an open need.",
          cell: ({ percent }) => percent,
        },
      ],
    ),
  };
}

interface UnmetLine {
  path: string;
  label: string;
  brought: Count;
  unmet: Count;
  again: Count;
}

function unmetBlocks({ basis, count, end }: Reading): PaperBlock[] {
  const line = (path: string, label: string): UnmetLine => ({
    path,
    label,
    brought: count(measures.need("brought", path)),
    unmet: count(measures.need("unmet", path)),
    again: count(measures.need("again", path)),
  });
  const lines = DOMAINS.map(({ code, label }) => line(code, label))
    .filter(({ unmet, again }) => unmet !== 0 || again !== 0)
    .sort((a, b) => inNumber(b.unmet) - inNumber(a.unmet) || inNumber(b.again) - inNumber(a.again));
  const whose: ColumnOf<UnmetLine>[] = [
    {
      key: "kind",
      label: "Kind of need",
      type: "text",
      about: "A kind of the shared list of needs.",
      cell: ({ label }) => label,
    },
    {
      key: "people",
      label: "People",
      type: "people",
      about: "With such a need that a contact of the period spoke of.",
      cell: ({ brought }) => brought,
    },
  ];
  const told: ColumnOf<UnmetLine>[] = [
    {
      key: "not_taken_on",
      label: "Not taken on",
      type: "people",
      about: `With such a need open on ${end} that nobody had taken on.`,
      cell: ({ unmet }) => unmet,
    },
    {
      key: "not_taken_on_percent",
      label: "% not taken on",
      type: "percent",
      about: "Not taken on, of the people with such a need.",
      cell: ({ brought, unmet }) => percentCell(unmet, brought, basis),
    },
    {
      key: "came_back",
      label: "Came back",
      type: "people",
      about: "With such a need that had been resolved in the 12 months before.",
      cell: ({ again }) => again,
    },
  ];
  const { listed, folded } = foldHidden(lines, told);
  const table = tableOf(
    {
      name: "not-taken-on-by-kind",
      caption: `People with a need that nobody took on, or that came back${foldedCaption("kinds", folded)}`,
    },
    [line("*", "Any need"), ...listed],
    [...whose, ...told],
  );
  const shown = lines.filter(({ unmet }) => isSome(unmet));
  const { drawn, left } = firstBars(shown, (each) => ({ name: kindInWords(each), people: each.unmet }));
  const below = wordsBlock([...left, ...kindsFolded(folded)]);
  const [most] = shown;
  if (!most) return [{ kind: "table", title: "By kind of need", table }, ...below];
  const chart: PaperBlock = {
    kind: "chart",
    name: "not-taken-on-by-kind",
    title: `Most often not taken on: ${kindInWords(most)}, ${peopleInWords(most.unmet)}`,
    says: "People with a need that nobody had taken on, by kind of need.",
    chart: barsOf(
      { whole: "people with a need that nobody took on", part: null },
      drawn.map(({ label, unmet }) => ({ label, whole: unmet, part: null })),
    ),
    table,
  };
  return [chart, ...below];
}
