/** Who the people were that we helped: by age and by sex as recorded. A group under 10 is hidden like every figure. */

import { capital } from "../label-text";
import { FEWEST_FOR_SLICES, slicesOf } from "../slices";
import { eachOf, roundedNote } from "./adding-up";
import { type Measure, measures } from "./numbers";
import type { PaperBlock } from "./paper";
import { percentCell, wholeCell } from "./paper-cell";
import { barsOf, type ColumnOf, tableOf } from "./paper-table";
import type { Reading, SectionDraft } from "./reading";
import { type Count, countInWords, inNumber, isSome, listInWords, partOf, peopleInWords } from "./words";

export interface Group {
  label: string;
  people: Count;
  isKnown: boolean;
}

const NOT_KNOWN = "Not known";

/** Groups of a dimension in the order in which they are read. */
export const groupsOf = ({ count }: Pick<Reading, "count">, dimension: "age" | "sex"): Group[] =>
  slicesOf(dimension).map(({ number, label }) => ({
    label,
    people: count(measures.slice(number)),
    isKnown: label !== NOT_KNOWN,
  }));

export function peopleSection(reading: Reading): SectionDraft {
  const title = "Who we helped";
  const { basis, count } = reading;
  const helped = count(measures.helped);
  if (basis === "figures" && inNumber(helped) < FEWEST_FOR_SLICES) {
    return { title, sentences: [TOO_FEW_FOR_GROUPS], blocks: [], notes: [] };
  }
  const ages = groupsOf(reading, "age");
  const sexes = groupsOf(reading, "sex");
  return {
    title,
    sentences: [ageSentence(ages, helped, basis), sexSentence(sexes), anonymousSentence(reading)],
    blocks: [
      helpedTable(reading),
      groupBlock({ name: "people-by-age", what: "age", groups: ages, helped, basis }),
      groupBlock({ name: "people-by-sex", what: "sex", groups: sexes, helped, basis }),
    ],
    notes: [
      { term: "Age", means: "On the first day of the period." },
      { term: "Sex", means: "As recorded; “not known” where nobody asked or it was not said." },
      ...roundedNote(basis, [
        ...[ages, sexes].map((groups) => ({
          ...{ parts: groups.map(({ people }) => people), whole: helped, isAll: true },
        })),
        ...eachOf(helped, [count(measures.anonymous)]),
      ]),
    ],
  };
}

/** Said in every section whose groups are shown only of a hundred people or more. */
export const TOO_FEW_FOR_GROUPS = `Groups of people are shown only where we helped at least ${FEWEST_FOR_SLICES} people, so that nobody can be picked out.`;

/** "The largest age group was 35 to 49: 140 of 485 people (29%). The age of 20 people is not known." */
function ageSentence(ages: readonly Group[], helped: Count, basis: Reading["basis"]): string {
  const [largest] = ages
    .filter(({ isKnown, people }) => isKnown && isSome(people))
    .sort((a, b) => inNumber(b.people) - inNumber(a.people));
  const unknown = ages.find(({ isKnown }) => !isKnown)?.people ?? 0;
  const missing = isSome(unknown) ? ` The age of ${peopleInWords(unknown)} is not known.` : "";
  if (!largest || !isSome(largest.people) || !isSome(helped)) {
    return `No age group is large enough to show.${missing}`;
  }
  return `The largest age group was ${labelOfAge(largest.label)}: ${partOf(largest.people, helped, "people", basis)}.${missing}`;
}

const labelOfAge = (label: string) => label.charAt(0).toLowerCase() + label.slice(1);

/** "By sex as recorded: 260 female, 200 male and 20 not known." */
function sexSentence(sexes: readonly Group[]): string | null {
  const said = sexes
    .filter(({ people }) => isSome(people))
    .map(({ label, people }) => `${countInWords(people)} ${label.toLowerCase()}`);
  return said.length === 0 ? null : `By sex as recorded: ${listInWords(said)}.`;
}

/** "12 people came without a name." */
function anonymousSentence({ count }: Reading): string | null {
  const anonymous = count(measures.anonymous);
  return isSome(anonymous) ? `${capital(peopleInWords(anonymous))} came without giving a name.` : null;
}

interface HelpedRow {
  label: string;
  people: Count;
  before: Count | null;
  contacts: number | null;
}

function helpedTable({ count, before, hasYearBefore, yearBefore, things }: Reading): PaperBlock {
  const row = (label: string, measure: Measure, contacts: number | null): HelpedRow => ({
    ...{ label, people: count(measure), before: before(measure), contacts },
  });
  const contacts = things?.contacts ?? null;
  const columns: ColumnOf<HelpedRow>[] = [
    { key: "who", label: "Who", type: "text", about: "Which people.", cell: ({ label }) => label },
    {
      key: "people",
      label: "People",
      type: "people",
      about:
        "With a contact in the period, each counted once; somebody without a name once for each contact.",
      cell: ({ people }) => people,
    },
  ];
  if (contacts !== null) {
    columns.push({
      key: "contacts",
      label: "Contacts",
      type: "count",
      about: "Dated meetings, calls and messages of the period. Voided ones do not count.",
      cell: (row) => row.contacts,
    });
  }
  if (hasYearBefore) {
    columns.push({
      key: "year_before",
      label: "A year before",
      type: "people",
      about: `People with a contact in ${yearBefore}.`,
      cell: ({ before }) => before,
    });
  }
  return {
    kind: "table",
    title: "How many people",
    table: tableOf(
      { name: "people-helped", caption: "People helped" },
      [
        row("All people helped", measures.helped, contacts),
        row("Came without giving a name", measures.anonymous, null),
      ],
      columns,
    ),
  };
}

function groupBlock({
  name,
  what,
  groups,
  helped,
  basis,
}: {
  name: string;
  what: string;
  groups: readonly Group[];
  helped: Count;
  basis: Reading["basis"];
}): PaperBlock {
  const drawn = groups.filter(({ people }) => people !== 0);
  const [largest] = drawn
    .filter(({ isKnown, people }) => isKnown && isSome(people))
    .sort((a, b) => inNumber(b.people) - inNumber(a.people));
  return {
    kind: "chart",
    name,
    title:
      largest && isSome(largest.people) && isSome(helped)
        ? `Largest group by ${what}: ${largest.label.toLowerCase()}, ${partOf(largest.people, helped, "people", basis)}`
        : `By ${what}`,
    says: `People helped, by ${what}${what === "sex" ? " as recorded" : ""}.`,
    chart: barsOf(
      { whole: "people helped", part: null },
      drawn.map(({ label, people }) => ({ label, whole: people, part: null })),
    ),
    table: tableOf(
      { name, caption: `People by ${what}` },
      [
        ...groups.map((group) => ({ ...group, percent: percentCell(group.people, helped, basis) })),
        { label: "All people helped", people: helped, percent: wholeCell(helped, basis) },
      ],
      [
        {
          key: what,
          label: capital(what),
          type: "text",
          about: what === "age" ? "On the first day of the period." : "As recorded.",
          cell: ({ label }) => label,
        },
        {
          key: "people",
          label: "People",
          type: "people",
          about: "With a contact in the period, each counted once.",
          cell: ({ people }) => people,
        },
        {
          key: "percent",
          label: "%",
          type: "percent",
          about: "Of all people helped.",
          cell: ({ percent }) => percent,
        },
      ],
    ),
  };
}
