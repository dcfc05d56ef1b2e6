/**
 * Where people live: each nation and edition of deprivation by itself, because tenths of two nations do not mean the
 * same; people beside the homes of the same places; and who is left out.
 */

import { NATIONS } from "../geography";
import { type AreaProfile, measures, type PeopleNumbers } from "./numbers";
import type { PaperBlock } from "./paper";
import { peopleColumn, percentColumn, type Reading, type SectionDraft, tableOf, textColumn } from "./reading";
import {
  agree,
  type Count,
  inDigits,
  isSome,
  listInWords,
  partOfWhole,
  peopleInWords,
  percentOf,
} from "./words";

const TENTHS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] as const;
const NOT_PLACED = [
  ["no-fixed-address", "had no fixed address"],
  ["unknown", "had an address that we do not know"],
  ["outside", "lived outside the area that the measure covers"],
  ["no-decile", "had a postcode that the measure has no tenth for"],
] as const;
const NOT_PLACED_LABELS = {
  "no-fixed-address": "No fixed address",
  unknown: "Address not known",
  outside: "Outside the area covered",
  "no-decile": "Postcode without a tenth",
} as const;

/** People of one nation and edition. */
export interface PlacesProfile {
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
    .sort((a, b) => Number(isSome(b.placed) && b.placed) - Number(isSome(a.placed) && a.placed));
}

/** Of the names of the sets: `placed|<nation>|<edition>`. */
function nationsAndEditions(people: PeopleNumbers): { nation: string; edition: string }[] {
  return Object.keys(people).flatMap((name) => {
    const [kind, nation, ...edition] = name.split("|");
    return kind === "placed" && nation ? [{ nation, edition: edition.join("|") }] : [];
  });
}

export function placesSection(reading: Reading): SectionDraft {
  const profiles = profilesOf(reading);
  const shown = profiles.filter(({ placed }) => isSome(placed));
  return {
    title: "Where people live",
    sentences: [
      ...(shown.length === 0 ? [noneShown(profiles.length > 0)] : shown.map(fifthSentence)),
      ...shown.map(homesSentence),
      leftOutSentence(reading),
    ],
    blocks: [...shown.map(profileBlock), ...leftOutTable(reading)],
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
    ],
  };
}

const noneShown = (some: boolean) =>
  some
    ? "Fewer than 10 people, or none, had an address that could be placed."
    : "No address of this period could be placed.";

/** "265 of 470 (56%) people with a known address in England live in its 20% most deprived areas (IMD 2025)." */
export function fifthSentence({ nation, edition, placed, fifth }: PlacesProfile): string | null {
  if (!isSome(placed)) return null;
  if (!isSome(fifth))
    return `Of ${peopleInWords(placed)} with a known address in ${nation}, ${peopleInWords(fifth)} ${agree(fifth, "lives", "live")} in its 20% most deprived areas (${edition}).`;
  return `Of ${peopleInWords(placed)} with a known address in ${nation}, ${partOfWhole(fifth, placed)} ${agree(fifth, "lives", "live")} in its 20% most deprived areas (${edition}).`;
}

/** "Of the homes in Wear and Tyne, 12,300 of 32,400 (38%) are in those areas." */
function homesSentence({ area, nation }: PlacesProfile): string | null {
  if (!area) return null;
  const [homes, fifth] = homesOf(area);
  if (homes === 0) return null;
  const where =
    area.areas.length <= MOST_AREAS_NAMED ? listInWords(area.areas) : `the same places of ${nation}`;
  return `Of the homes in ${where}, ${inDigits(fifth)} of ${inDigits(homes)} (${percentOf(fifth, homes)}%) are in those areas.`;
}
const MOST_AREAS_NAMED = 3;

const homesOf = ({ households }: AreaProfile): [all: number, fifth: number] => [
  households.reduce((sum, homes) => sum + homes, 0),
  (households[0] ?? 0) + (households[1] ?? 0),
];

/** "Left out here: 15 people had no fixed address." */
function leftOutSentence({ count }: Reading): string | null {
  const reasons = NOT_PLACED.flatMap(([why, words]) => {
    const people = count(measures.notPlaced(why));
    return isSome(people) ? [`${peopleInWords(people)} ${words}`] : [];
  });
  return reasons.length === 0 ? null : `Left out here: ${listInWords(reasons)}.`;
}

function profileBlock(profile: PlacesProfile): PaperBlock {
  const { nation, edition, placed, fifth, tenths, area } = profile;
  const homes = area ? homesOf(area)[0] : 0;
  const name = `places-${kebab(`${nation} ${edition}`)}`;
  const rows = tenths.map((people, at) => ({
    tenth: at + 1,
    people,
    share: percentOf(people, placed),
    homes: homes > 0 ? (area?.households[at] ?? 0) : null,
  }));
  const share = percentOf(fifth, placed);
  return {
    kind: "chart",
    name,
    title:
      share === null
        ? `People by tenth of areas, ${nation}`
        : `${share}% of the people we helped in ${nation} live in its 20% most deprived areas`,
    says: `One bar for each tenth of small areas of ${nation}, from the most to the least deprived (${edition}), as high as the share of people who live there.${homes > 0 ? " The line is the share of all homes in the same places." : ""}`,
    chart: {
      kind: "profile",
      bars: rows.map((row) => ({
        label: String(row.tenth),
        share: row.people === "few" || !isSome(placed) ? null : Math.min(1, row.people / placed),
        against: row.homes === null ? null : row.homes / homes,
      })),
      from: "Most deprived tenth",
      to: "Least deprived",
      against: homes > 0 ? "homes in the same places" : "",
    },
    table: tableOf(
      name,
      `People by tenth of areas, ${nation}, ${edition}`,
      [
        ...rows.map((row) => ({ ...row, label: tenthLabel(row.tenth) })),
        {
          label: "1 and 2: the 20% most deprived",
          people: fifth,
          share,
          homes: homes > 0 && area ? homesOf(area)[1] : null,
        },
        { label: "All", people: placed, share: null, homes: homes > 0 ? homes : null },
      ],
      [
        {
          column: textColumn(
            "tenth",
            "Tenth",
            `Of the small areas of ${nation} by ${edition}; 1 is the most deprived.`,
          ),
          cell: ({ label }) => label,
        },
        {
          column: peopleColumn("people", "People", "Who lived there at their last contact of the period."),
          cell: ({ people }) => people,
        },
        {
          column: percentColumn(
            "people_percent",
            "% of people",
            "Of the people with a tenth of this nation and edition.",
          ),
          cell: ({ share }) => share,
        },
        ...(homes > 0
          ? [
              {
                column: {
                  key: "homes",
                  label: "Homes",
                  type: "count" as const,
                  about: `All households of ${listInWords(area?.areas ?? [])}.`,
                },
                cell: (row: { homes: number | null }) => row.homes,
              },
              {
                column: percentColumn("homes_percent", "% of homes", "Of all those households."),
                cell: (row: { homes: number | null }) =>
                  row.homes === null || row.homes === homes ? null : percentOf(row.homes, homes),
              },
            ]
          : []),
      ],
    ),
  };
}

const tenthLabel = (tenth: number) =>
  tenth === 1 ? "1, most deprived" : tenth === 10 ? "10, least deprived" : String(tenth);

function leftOutTable({ count }: Reading): PaperBlock[] {
  const rows = NOT_PLACED.map(([why]) => ({
    label: NOT_PLACED_LABELS[why],
    people: count(measures.notPlaced(why)),
  })).filter(({ people }) => people !== 0);
  if (rows.length === 0) return [];
  return [
    {
      kind: "table",
      title: "Who is left out",
      table: tableOf("places-left-out", "People without a tenth, by the reason", rows, [
        { column: textColumn("reason", "Reason", "Why there is no tenth."), cell: ({ label }) => label },
        {
          column: peopleColumn("people", "People", "With a contact of the period, left out above."),
          cell: ({ people }) => people,
        },
      ]),
    },
  ];
}

/** "england-imd-2025". */
export const kebab = (words: string): string =>
  words
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
