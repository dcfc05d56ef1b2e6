/**
 * A list by agreement: places, or people whom the reader's organisation knows, at which certain needs stand together.
 * What may be asked, what a row holds at each level of detail, and the same as a file. Never how many people there are.
 * The database applies the same rules and is the one that enforces them (`db/lists.sql`).
 */

import { z } from "zod";
import { optionalLine } from "../client";
import { type CsvValue, csvFile } from "../csv";
import { parsePostcode } from "../geography";
import { DOMAINS, findNode, isSensitiveNeed, NEEDS, needsOf } from "../needs";
import type { Day } from "../period";
import { readSector } from "../place-breadth";
import { optionalText, uuid } from "../typed-text";
import { type Cell, PURPOSES, type Purpose, type Terms } from "./agreement";
import { needNumbersOf } from "./compile";
import {
  CLOSE_PLACES,
  type ClosePlace,
  DETAILS,
  type Detail,
  fieldsOf,
  type Group,
  leastDetail,
  mostDetailFor,
  type SharedField,
} from "./grid";
import { PLACE_WORDS } from "./in-words";
import {
  COLOURS,
  type Colour,
  type KnownService,
  RECENCY_LABELS,
  type SharedNeed,
  type SharedPerson,
} from "./known-to";

/** Lists that one member makes in an hour, files among them. */
export const LISTS_AN_HOUR = 10;
/** Rows that a list shows; the database stops there. */
export const MOST_ROWS = 200;
export const MOST_WITHIN = 5;
export const MOST_NEEDS = 5;

/** Why somebody makes a list now. */
export const LIST_REASONS = ["offer-help", "plan-visits", "join-up", "check-reach", "urgent"] as const;
export type ListReason = (typeof LIST_REASONS)[number];

export const LIST_REASON_LABELS: Readonly<Record<ListReason, string>> = {
  "offer-help": "To offer help before it gets worse",
  "plan-visits": "To plan visits or calls",
  "join-up": "To agree with other services who does what",
  "check-reach": "To see whether help reaches who needs it",
  urgent: "Something is urgent today",
};

/** What is kept as the reason when the effect of an action is looked up. */
export const EFFECT_REASON = "see-effect";

/** Codes of reasons in words, that one too. */
export const LIST_REASON_WORDS: Readonly<Record<string, string>> = {
  ...LIST_REASON_LABELS,
  [EFFECT_REASON]: "To see what came of an action",
};

/** A postcode sector ("SR1 3") or a whole postcode ("SR1 3DW"), in one form however it was typed. */
const placeWithin = z
  .string()
  .max(20)
  .transform((typed, ctx) => {
    const reading = parsePostcode(typed);
    const read = reading.ok && reading.kind === "postcode" ? reading.postcode : readSector(typed);
    if (read !== null) return read;
    ctx.addIssue({
      code: "custom",
      message: "Write a postcode, such as SR1 3DW, or the first part of one, such as SR1 3.",
    });
    return z.NEVER;
  });

/** Whether a place within which is looked is a sector and no whole postcode. */
export const isSector = (within: string): boolean => !parsePostcode(within).ok;

/** The sector of a postcode or sector: streets are known, and listed, no more finely. */
function sectorOf(within: string): string {
  const reading = parsePostcode(within);
  return reading.ok && reading.kind === "postcode" ? reading.sector : within;
}

export const askListSchema = z
  .strictObject({
    /** Made by the device. */
    id: uuid,
    agreementId: uuid,
    level: z.enum(CLOSE_PLACES),
    purpose: z.enum(PURPOSES),
    reason: z.enum(LIST_REASONS),
    words: optionalText(300),
    within: z.array(placeWithin).min(1, "Say where: a postcode, or the first part of one.").max(MOST_WITHIN),
    /** The name of a street there; without it every street. */
    street: optionalLine(100),
    /** Paths of the taxonomy: a row is there where each of them is met. */
    needs: z
      .array(z.string().refine((path) => findNode(path) !== null, "This need is not in the list."))
      .min(1, "Choose at least one need.")
      .max(MOST_NEEDS, `Choose ${MOST_NEEDS} needs at most.`)
      .refine((paths) => new Set(paths).size === paths.length, "Choose each need once."),
  })
  // Nothing is asked more finely than it is listed: what is there or not would tell more than was signed.
  .refine(({ level, street }) => level !== "postcode" || street === null, {
    path: ["street"],
    message: "Leave the street empty: postcodes are listed whole.",
  })
  .refine(({ level, street }) => level !== "household" || street !== null, {
    path: ["street"],
    message: "Write the name of a street: homes are listed street by street.",
  })
  .refine(({ level, street, within }) => level !== "person" || street !== null || !within.some(isSector), {
    path: ["street"],
    message: "Write the name of a street, or whole postcodes: people are not listed by the sector.",
  })
  .transform((asked) =>
    asked.level === "street" ? { ...asked, within: [...new Set(asked.within.map(sectorOf))] } : asked,
  );
export type AskList = z.output<typeof askListSchema>;

/** As much of the terms as says what may be asked for. */
export type ListTerms = Pick<Terms, "cells" | "needs">;

/** The most detail that terms give any of these groups in a list at a level; null: no list there. */
export function listDetail(
  cells: readonly Pick<Cell, "place" | "detail" | "group">[],
  groups: readonly Group[],
  level: ClosePlace,
): Detail | null {
  const open = cells.flatMap(({ place, detail, group }) => {
    const most = mostDetailFor(group, level);
    return place === level && groups.includes(group) && most !== null ? [leastDetail(detail, most)] : [];
  });
  return open.toSorted((a, b) => DETAILS.indexOf(b) - DETAILS.indexOf(a))[0] ?? null;
}

/** Whether the needs of a row are shown at this detail: then what is asked for tells nothing more. */
export const showsNeeds = (detail: Detail) => DETAILS.indexOf(detail) >= DETAILS.indexOf("coded");

/**
 * The paths by which a list may be asked for, in the order of the taxonomy. Where the needs of a row are shown: any need or
 * domain that is covered. Where they are not, a list tells by being made that they are there: then only paths that the
 * parties signed by name, and nothing sensitive.
 */
export function askablePaths(
  { cells, needs }: ListTerms,
  groups: readonly Group[],
  level: ClosePlace,
): string[] {
  const detail = listDetail(cells, groups, level);
  if (detail === null) return [];
  const covered = new Set(needNumbersOf(needs));
  const numbersOf = (path: string) =>
    needNumbersOf([path]).filter(
      (number) => covered.has(number) && (showsNeeds(detail) || !SENSITIVE.has(number)),
    );
  const named = new Set(needs);
  return PATHS.filter((path) => (showsNeeds(detail) || named.has(path)) && numbersOf(path).length > 0);
}

const SENSITIVE: ReadonlySet<number> = new Set(NEEDS.filter(isSensitiveNeed).map(({ number }) => number));
const PATHS: readonly string[] = [
  "*",
  ...DOMAINS.flatMap((domain) => [domain.code, ...needsOf(domain).map(({ code }) => code)]),
];

/** A place of a list, or a person whom the reader's organisation knows. A field that the level does not open is not there. */
export interface ListRow {
  /** Its number in the list: what an action is written at. */
  no: number;
  /** "14 Whitby Street, SR1 3DW", in no more words than the level; never of a person. */
  place?: string;
  /**
   * The reader's own clients there: the one that the row is about in a list of people, those of the home in a list of
   * households; else none. Their names are there for those who may open their records.
   */
  own: readonly { id: string; name: string | null }[];
  detail: Detail;
  services: readonly KnownService[];
  colour?: Colour;
  needs?: readonly SharedNeed[];
  people?: readonly (NonNullable<SharedPerson["people"]>[number] & { organisation: string })[];
}

/** What was asked for, and what there is. */
export interface SharedList {
  id: string;
  agreement: { id: string; title: string; lastDay: Day };
  level: ClosePlace;
  purpose: Purpose;
  needs: readonly string[];
  within: readonly string[];
  street: string | null;
  /** The most that a row can show. */
  detail: Detail;
  rows: readonly ListRow[];
  /** There are more places than are shown. */
  isCut: boolean;
}

/** Rows as they are read: the worst colour first, then by place. */
export function inListOrder<T extends Pick<ListRow, "colour" | "place" | "own" | "no">>(
  rows: readonly T[],
): T[] {
  const colour = (row: T) => (row.colour ? COLOURS.indexOf(row.colour) : COLOURS.length);
  const name = (row: T) => row.place ?? row.own[0]?.name ?? "";
  return [...rows].sort(
    (a, b) =>
      colour(a) - colour(b) || name(a).localeCompare(name(b), "en-GB", { numeric: true }) || a.no - b.no,
  );
}

/** A column of a file: its name, and what a row says in it. */
interface Column {
  name: string;
  of: (row: ListRow) => CsvValue;
}

const OWN_RECORD: Column = { name: "own record", of: ({ own: [one] }) => one?.name ?? one?.id ?? "" };

/** The columns that a field stands for in a file. */
const COLUMNS: Partial<Record<SharedField, readonly Column[]>> = {
  place: [{ name: "place", of: ({ place }) => place ?? "" }],
  services: [
    {
      name: "services",
      of: ({ services }) =>
        services.map(({ organisation, service }) => `${organisation}, ${service}`).join("; "),
    },
    {
      name: "how recent",
      of: ({ services }) => services.map(({ recency }) => RECENCY_LABELS[recency]).join("; "),
    },
  ],
  colour: [{ name: "colour", of: ({ colour }) => colour ?? "" }],
  needs: [{ name: "needs", of: ({ needs = [] }) => needs.map(needInFile).join("; ") }],
  people: [
    { name: "names and telephone numbers", of: ({ people = [] }) => people.map(personInFile).join("; ") },
  ],
};

/** A list of people begins with the own client. */
const columnsOf = (level: ClosePlace, detail: Detail): Column[] => [
  ...(level === "person" ? [OWN_RECORD] : []),
  ...fieldsOf(level, detail).flatMap((field) => COLUMNS[field] ?? []),
];

/** Names of the columns at a level and detail, in order. */
export const listColumns = (level: ClosePlace, detail: Detail): string[] =>
  columnsOf(level, detail).map(({ name }) => name);

/** The list as a file: a line for each row, and a column for each field of its cell. */
export const listFile = ({ level, detail, rows }: Pick<SharedList, "level" | "detail" | "rows">): string =>
  csvFile(
    listColumns(level, detail),
    rows.map((row) => columnsOf(level, detail).map(({ of }) => of(row))),
  );

const needInFile = ({ need, status }: SharedNeed) =>
  `${findNode(need)?.label ?? need}: ${status.replaceAll("-", " ")}`;
const personInFile = ({ givenName, familyName, phone }: NonNullable<ListRow["people"]>[number]) =>
  [`${givenName} ${familyName}`, phone].filter((text) => text !== null).join(", ");

/** "postcode-list-sr1-3.csv" */
export const listFileName = ({ level, within }: Pick<SharedList, "level" | "within">): string =>
  `${PLACE_WORDS[level]} list ${within.join(" ")}.csv`.toLowerCase().replaceAll(/\s+/g, "-");
