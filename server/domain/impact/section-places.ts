/**
 * Where people live: each nation and edition of deprivation by itself, because tenths of two nations do not mean the
 * same; people beside the homes of the same places; and who is left out.
 */

import { NATIONS } from "../geography";
import { capital } from "../label-text";
import { inDigits } from "../number-text";
import { FEWEST_FOR_SLICES } from "../slices";
import { roundedNote } from "./adding-up";
import { type AreaProfile, measures, measuresIn, type PeopleNumbers, partsOf } from "./numbers";
import type { PaperBlock, PaperCell } from "./paper";
import { percentCell, wholeCell } from "./paper-cell";
import { type ColumnOf, kebab, tableOf } from "./paper-table";
import type { Reading, SectionDraft } from "./reading";
import { TOO_FEW_FOR_GROUPS } from "./section-people";
import {
  agree,
  type Count,
  countInWords,
  doersInWords,
  FEWEST_FOR_PERCENT,
  inNumber,
  isSome,
  listInWords,
  paragraphs,
  partOf,
  peopleInWords,
  percentOf,
  text,
} from "./words";

const TENTHS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] as const;
const NOT_PLACED = [
  { why: "no-fixed-address", label: "No fixed address", words: "with no fixed address" },
  { why: "unknown", label: "Address not known", words: "with an address not known" },
  { why: "outside", label: "Outside the area covered", words: "outside the area covered" },
  { why: "no-decile", label: "Postcode without a tenth", words: "whose postcode has no tenth" },
] as const;

/** People of one nation and edition. */
interface PlacesProfile {
  nation: string;
  edition: string;
  placed: Count;
  fifth: Count;
  /** People in tenths 1 (most deprived) to 10. */
  tenths: readonly Count[];
  /** The homes of the same places; null when they are not known. */
  area: AreaProfile | null;
}

/** Nations and editions that somebody lives in, the one with most people first. */
export function profilesOf({ numbers, count }: Pick<Reading, "numbers" | "count">): PlacesProfile[] {
  const known = [...numbers.areas, ...nationsAndEditions(numbers.people)];
  const names = new Map(known.map(({ nation, edition }) => [`${nation}|${edition}`, { nation, edition }]));
  return [...names.values()]
    .map(({ nation, edition }) => ({
      nation: NATIONS[nation] ?? nation,
      edition,
      placed: count(measures.placed(nation, edition)),
      fifth: count(measures.mostDeprivedFifth(nation, edition)),
      tenths: TENTHS.map((tenth) => count(measures.decile(nation, edition, tenth))),
      area: numbers.areas.find((area) => area.nation === nation && area.edition === edition) ?? null,
    }))
    .filter(({ placed }) => placed !== 0)
    .sort((a, b) => inNumber(b.placed) - inNumber(a.placed));
}

/** Of the sets of people with a decile, who has one where. */
function nationsAndEditions(people: PeopleNumbers): { nation: string; edition: string }[] {
  return measuresIn(people).flatMap((measure) => {
    const [kind, nation, edition] = partsOf(measure);
    return kind === "placed" && nation && edition ? [{ nation, edition }] : [];
  });
}

export function placesSection(reading: Reading): SectionDraft {
  const title = "Where people live";
  if (reading.basis === "figures" && inNumber(reading.count(measures.helped)) < FEWEST_FOR_SLICES) {
    return { title, sentences: [TOO_FEW_FOR_GROUPS], blocks: [], notes: [] };
  }
  const profiles = profilesOf(reading);
  const shown = profiles.filter(({ placed }) => isSome(placed));
  return {
    title,
    sentences: [
      paragraphs([
        ...(shown.length === 0
          ? [noneShown(profiles.length > 0)]
          : shown.map((profile) => text([fifthSentence(profile, reading.basis), homesSentence(profile)]))),
        leftOutSentence(reading),
      ]),
    ],
    blocks: [...shown.map((profile) => profileBlock(profile, reading.basis)), ...leftOutTable(reading)],
    notes: [
      {
        term: "Tenth",
        means:
          "Small areas of a nation in ten equal groups, from the most to the least deprived. We use the address at the last contact of the period.",
      },
      {
        term: "The 20% most deprived areas",
        means: "Tenths 1 and 2 of the nation and edition named. Nations are never added together.",
      },
      ...(shown.some(({ area }) => area !== null)
        ? [
            {
              term: "Homes in the same places",
              means: "All households of the local authorities that people came from, by the same tenths.",
            },
          ]
        : []),
      ...roundedNote(
        reading.basis,
        shown.flatMap(({ placed, fifth, tenths }) => [
          { parts: tenths, whole: placed, isAll: true },
          { parts: tenths.slice(0, 2), whole: fifth, isAll: true },
        ]),
      ),
    ],
  };
}

const noneShown = (some: boolean) =>
  some
    ? "Fewer than 10 people, or none, had an address that could be placed."
    : "No address of this period could be placed.";

/** "In England, 265 of 470 people with a known address (56%) live in the 20% most deprived areas (IMD 2025)." */
function fifthSentence(
  { nation, edition, placed, fifth }: PlacesProfile,
  basis: Reading["basis"],
): string | null {
  if (!isSome(placed)) return null;
  const who = isSome(fifth)
    ? partOf(fifth, placed, "people with a known address", basis)
    : `${doersInWords(fifth)} of ${countInWords(placed)} with a known address`;
  return `In ${nation}, ${who} ${agree(fifth, "lives", "live")} in the 20% most deprived areas (${edition}).`;
}

/** "Of the homes in Wear and Tyne, 12,300 of 32,400 (38%) are in those areas." */
function homesSentence({ area, nation }: PlacesProfile): string | null {
  if (!area) return null;
  const [homes, fifth] = homesOf(area);
  if (homes === 0) return null;
  const where =
    area.areas.length <= MOST_AREAS_NAMED ? listInWords(area.areas) : `the same places of ${nation}`;
  return `Of the homes in ${where}, ${inDigits(fifth)} of ${inDigits(homes)} (${percentOf(fifth, homes, "exact")}%) are in those areas.`;
}
const MOST_AREAS_NAMED = 3;

const homesOf = ({ households }: AreaProfile): [all: number, fifth: number] => [
  households.reduce((sum, homes) => sum + homes, 0),
  (households[0] ?? 0) + (households[1] ?? 0),
];

/** "Left out here: 15 people with no fixed address and 10 outside the area covered." */
function leftOutSentence({ count }: Pick<Reading, "count">): string | null {
  const reasons = NOT_PLACED.map(({ why, words }) => ({ words, people: count(measures.notPlaced(why)) }))
    .filter(({ people }) => isSome(people))
    .map(({ people, words }, at) => `${at === 0 ? peopleInWords(people) : countInWords(people)} ${words}`);
  return reasons.length === 0 ? null : `Left out here: ${listInWords(reasons)}.`;
}

/** "places-england-2025": short, because it names a sheet, too. */
const tableName = (nation: string, edition: string) =>
  `places-${kebab(`${nation} ${/\b\d{4}\b/.exec(edition)?.[0] ?? edition}`).slice(0, 24)}`;

interface TenthRow {
  label: string;
  people: Count;
  /** Null: homes are not known. */
  homes: number | null;
  /** Of the people, and of the homes. */
  percent: readonly [people: PaperCell, homes: PaperCell];
}

function profileBlock(profile: PlacesProfile, basis: Reading["basis"]): PaperBlock {
  const { nation, edition, placed, fifth, tenths, area } = profile;
  const [homes, fifthHomes] = area ? homesOf(area) : [0, 0];
  const name = tableName(nation, edition);
  const rowOf = (label: string, people: Count, households: number): TenthRow => ({
    ...{ label, people, homes: homes > 0 ? households : null },
    percent: [percentCell(people, placed, basis), percentCell(households, homes, "exact")],
  });
  const rows = tenths.map((people, at) => rowOf(tenthLabel(at + 1), people, area?.households[at] ?? 0));
  const title =
    isSome(fifth) && isSome(placed)
      ? `${capital(partOf(fifth, placed, "people with a known address", basis))} ${agree(fifth, "lives", "live")} in the 20% most deprived areas of ${nation}`
      : `People by tenth of areas, ${nation}`;
  const table = tableOf(
    { name, caption: `People by tenth of areas, ${nation}, ${edition}` },
    [
      ...rows,
      rowOf("1 and 2, the 20% most deprived", fifth, fifthHomes),
      { ...rowOf("All", placed, homes), percent: [wholeCell(placed, basis), wholeCell(homes, basis)] },
    ],
    [
      {
        key: "tenth",
        label: "Tenth",
        type: "text",
        about: `Of the small areas of ${nation} by ${edition}; 1 is the most deprived.`,
        cell: ({ label }) => label,
      },
      {
        key: "people",
        label: "People",
        type: "people",
        about: "Who lived there at their last contact of the period.",
        cell: ({ people }) => people,
      },
      {
        key: "people_percent",
        label: "% of people",
        type: "percent",
        about: "Of the people with a tenth of this nation and edition.",
        cell: ({ percent }) => percent[0],
      },
      ...(area && homes > 0 ? homesColumns(area) : []),
    ],
  );
  if (inNumber(placed) < FEWEST_FOR_PERCENT[basis]) return { kind: "table", title, table };
  return {
    kind: "chart",
    name,
    title,
    says: `Share of people in each tenth of small areas of ${nation} (${edition})${homes > 0 ? "; the line is all homes in the same places" : ""}.`,
    chart: {
      kind: "profile",
      bars: rows.map((row, at) => ({
        label: String(at + 1),
        share: row.people === "few" || !isSome(placed) ? null : Math.min(1, row.people / placed),
        against: row.homes === null ? null : row.homes / homes,
      })),
      from: "Most deprived tenth",
      to: "Least deprived",
      against: homes > 0 ? "homes in the same places" : "",
    },
    table,
  };
}

const homesColumns = ({ areas }: AreaProfile): ColumnOf<TenthRow>[] => [
  {
    key: "homes",
    label: "Homes",
    type: "count",
    about: `All households of ${listInWords(areas)}.`,
    cell: ({ homes }) => homes,
  },
  {
    key: "homes_percent",
    label: "% of homes",
    type: "percent",
    about: "Of all those households.",
    cell: ({ percent }) => percent[1],
  },
];

const tenthLabel = (tenth: number) =>
  tenth === 1 ? "1, most deprived" : tenth === 10 ? "10, least deprived" : String(tenth);

function leftOutTable({ count }: Reading): PaperBlock[] {
  const rows = NOT_PLACED.map(({ why, label }) => ({
    label,
    people: count(measures.notPlaced(why)),
  })).filter(({ people }) => people !== 0);
  if (rows.length === 0) return [];
  return [
    {
      kind: "table",
      title: "Who is left out",
      table: tableOf({ name: "places-left-out", caption: "People without a tenth, by the reason" }, rows, [
        {
          key: "reason",
          label: "Reason",
          type: "text",
          about: "Why there is no tenth.",
          cell: ({ label }) => label,
        },
        {
          key: "people",
          label: "People",
          type: "people",
          about: "With a contact of the period, left out above.",
          cell: ({ people }) => people,
        },
      ]),
    },
  ];
}
