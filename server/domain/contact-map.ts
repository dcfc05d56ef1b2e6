/**
 * How a flat extract of another system becomes contacts: which column says what, and which of its words are ours.
 * Pure: a row of text goes in, and out comes a contact without its ids, or what is wrong with the row, in which
 * column, and how to mend it.
 */

import { z } from "zod";
import type { NewClientInput, Place } from "./client";
import { DETAIL_LENGTHS, SEXES, type Sex } from "./client-terms";
import { CHANNELS, type Channel, NOT_LISTED } from "./contact-terms";
import { readDay } from "./day-text";
import { Invalid } from "./errors";
import { parsePostcode } from "./geography";
import {
  type CheckedIdentifier,
  IDENTIFIER_KINDS,
  type IdentifierRules,
  readIdentifier,
} from "./identifiers";
import { ENTRY_STATUSES, type EntryStatus } from "./issue";
import { findNeed, SEVERITIES, type Severity } from "./needs";
import type { Day } from "./period";
import { fold } from "./text-match";

const column = z.string().min(1).optional();
const needCode = z.string().refine((code) => findNeed(code) !== null, "There is no need with this code.");
const words = <T extends string>(ours: readonly T[]) => z.record(z.string(), z.enum(ours)).default({});

/** Header of the column that says it. */
const columnsSchema = z.strictObject({
  /** A day, or a month: then its first day. */
  date: z.string().min(1),
  postcode: column,
  /** House number and street. */
  address: column,
  /** A word that `categories` turns into needs. */
  category: column,
  /** A code of a need, instead of a category. */
  need: column,
  /** What a need that is not listed is. */
  label: column,
  status: column,
  severity: column,
  ours: column,
  service: column,
  channel: column,
  note: column,
  reference: column,
  givenName: column,
  familyName: column,
  dateOfBirth: column,
  sex: column,
  phone: column,
  email: column,
  "nhs-number": column,
  nino: column,
  "pnc-id": column,
  cro: column,
  "prison-number": column,
});

/** The mapping file of `admin import contacts`. Names of columns and words match in any case. */
export const contactMapSchema = z
  .strictObject({
    columns: columnsSchema,
    /** anonymous: every row is somebody who cannot be recognised again. either: rows that name nobody are. */
    people: z.enum(["anonymous", "named", "either"]).default("anonymous"),
    /** Needs for each category; none means that such rows are passed over. */
    categories: z.record(z.string(), z.array(needCode).max(20)).default({}),
    /** Needs of every row, when no column says. */
    needs: z.array(needCode).max(20).default([]),
    /** Name of the service for rows that name none. */
    service: z.string().optional(),
    /** Names of ours for services of theirs. */
    services: z.record(z.string(), z.string()).default({}),
    channel: z.enum(CHANNELS).default("other"),
    channels: words(CHANNELS),
    /** Left out: each need's own hint. */
    severity: z.enum(SEVERITIES).optional(),
    severities: words(SEVERITIES),
    status: z.enum(ENTRY_STATUSES).default("new"),
    statuses: words(ENTRY_STATUSES),
    sexes: words(SEXES),
    ours: z.boolean().default(true),
    /** Words of the column `ours`, and whether they mean ours. */
    oursWhen: z.record(z.string(), z.boolean()).default({}),
    /** Words in the place of a postcode that mean no fixed address, and that it is not known. */
    noFixedAddress: z.array(z.string()).default(["no fixed address", "no fixed abode", "nfa"]),
    unknownPostcode: z.array(z.string()).default(["unknown", "not known", "n/a", "none"]),
  })
  .refine(({ columns, needs }) => columns.category || columns.need || needs.length > 0, {
    message: 'Say where needs come from: a column "category" or "need", or the list "needs".',
    path: ["columns"],
  });
export type ContactMap = z.output<typeof contactMapSchema>;

type ColumnName = keyof ContactMap["columns"];
const COLUMNS = columnsSchema.keyof().options;

/** A row as a contact, without ids: the importer makes them. */
export interface RowContact {
  /** All that the mapping reads of the row, as one text: rows with the same one are told apart by their number. */
  content: string;
  occurredOn: Day;
  place: Place;
  /** Name of our service; null when neither row nor mapping names one. */
  service: string | null;
  channel: Channel;
  note: string | null;
  entries: readonly {
    need: string;
    label: string | null;
    status: EntryStatus;
    severity: Severity;
    ours: boolean;
  }[];
  /** Null: anonymous. `key` is one text for one person of the extract. */
  client: { key: string; reference: string | null; details: NewClientInput } | null;
}

export interface RowFault {
  column: string;
  /** A few words, the same for every row with this fault. */
  reason: string;
  remedy: string;
}

export type RowReading =
  | { kind: "contact"; contact: RowContact }
  | { kind: "passed-over" }
  | { kind: "fault"; fault: RowFault };

/** What is wrong with one row; caught where the row is read. */
class Wrong extends Error {
  constructor(readonly fault: RowFault) {
    super(fault.reason);
  }
}

/** What a row says, by what the mapping calls it; empty where it says nothing or has no such column. */
interface Said {
  text(name: ColumnName): string;
  wrong(name: ColumnName, reason: string, remedy: string): Wrong;
}

/**
 * A reader of rows for a mapping and the header of a file. Throws Invalid naming the columns that the mapping speaks
 * of and the file has not.
 */
export function rowReader(
  map: ContactMap,
  header: readonly string[],
  rules: IdentifierRules,
): (cells: readonly string[]) => RowReading {
  const places = new Map(header.map((title, index) => [fold(title), index]));
  const columns = COLUMNS.flatMap((name) => {
    const title = map.columns[name];
    return title === undefined ? [] : [{ name, title, index: places.get(fold(title)) ?? -1 }];
  });
  const missing = columns.filter(({ index }) => index < 0).map(({ title }) => `"${title}"`);
  if (missing.length > 0) throw new Invalid(`The file has no column ${missing.join(", ")}.`);
  const titles = new Map(columns.map(({ name, title }) => [name, title]));
  const indexes = new Map(columns.map(({ name, index }) => [name, index]));
  const words = vocabularyOf(map);

  return (cells) => {
    const said: Said = {
      text: (name) => cells[indexes.get(name) ?? -1]?.trim() ?? "",
      wrong: (name, reason, remedy) => new Wrong({ column: titles.get(name) ?? name, reason, remedy }),
    };
    try {
      const needs = readNeeds(map, words, said);
      if (needs.length === 0) return { kind: "passed-over" };
      const content = JSON.stringify(columns.map(({ name }) => said.text(name)));
      return { kind: "contact", contact: { content, ...readRow(map, words, said, needs, rules) } };
    } catch (error) {
      if (error instanceof Wrong) return { kind: "fault", fault: error.fault };
      throw error;
    }
  };
}

function vocabularyOf(map: ContactMap) {
  return {
    categories: folded(map.categories),
    services: folded(map.services),
    channels: folded({ ...itself(CHANNELS), ...map.channels }),
    severities: folded({ ...itself(SEVERITIES), ...map.severities }),
    statuses: folded({ ...itself(ENTRY_STATUSES), ...map.statuses }),
    sexes: folded<Sex>({ ...itself(SEXES), f: "female", m: "male", ...map.sexes }),
    ours: folded({ yes: true, y: true, true: true, no: false, n: false, false: false, ...map.oursWhen }),
    noFixedAddress: new Set(map.noFixedAddress.map(fold)),
    unknownPostcode: new Set(map.unknownPostcode.map(fold)),
  };
}
type Vocabulary = ReturnType<typeof vocabularyOf>;

/** Our own words mean themselves. */
function itself<T extends string>(words: readonly T[]): Record<string, T> {
  const record: Record<string, T> = {};
  for (const word of words) record[word] = word;
  return record;
}

const folded = <T>(record: Readonly<Record<string, T>>): ReadonlyMap<string, T> =>
  new Map(Object.entries(record).map(([word, value]) => [fold(word), value]));

/** What a word of a column means; `otherwise` where the row says nothing. */
function meaning<T>(said: Said, name: ColumnName, words: ReadonlyMap<string, T>, otherwise: T): T {
  const text = said.text(name);
  if (text === "") return otherwise;
  const value = words.get(fold(text));
  if (value !== undefined) return value;
  throw said.wrong(name, `${name} not in the mapping`, "Say in the mapping what this word means.");
}

function readNeeds(map: ContactMap, { categories }: Vocabulary, said: Said): readonly string[] {
  const code = said.text("need").toUpperCase();
  if (code !== "") {
    if (findNeed(code)) return [code];
    throw said.wrong("need", "no such need", "Use a code of the list of needs.");
  }
  if (!map.columns.category) {
    if (map.needs.length > 0) return map.needs;
    throw said.wrong("need", "no need", "Write the code of a need in this column.");
  }
  const category = said.text("category");
  const needs = categories.get(fold(category)) ?? (category === "" ? map.needs : undefined);
  if (needs && (needs.length > 0 || category !== "")) return needs;
  throw said.wrong(
    "category",
    "category not in the mapping",
    // The word is not quoted: where a row has slipped by a column, it is somebody's name.
    'Add this category to "categories" in the mapping, with its needs, or with [] to pass such rows over.',
  );
}

function readRow(
  map: ContactMap,
  words: Vocabulary,
  said: Said,
  needs: readonly string[],
  rules: IdentifierRules,
): Omit<RowContact, "content"> {
  const status = meaning(said, "status", words.statuses, map.status);
  const ours = meaning(said, "ours", words.ours, map.ours);
  const service = said.text("service") || map.service || "";
  const place = readPlace(said, words);
  return {
    occurredOn: readDate(said, "date", rules),
    place,
    service: service === "" ? null : (words.services.get(fold(service)) ?? service),
    channel: meaning(said, "channel", words.channels, map.channel),
    note: said.text("note") || null,
    entries: needs.map((need) => ({
      need,
      label: need === NOT_LISTED ? said.text("label") || said.text("category") || null : null,
      status,
      severity: meaning(
        said,
        "severity",
        words.severities,
        map.severity ?? findNeed(need)?.severityHint ?? "medium",
      ),
      ours,
    })),
    client: readClient(map, words, said, place, rules),
  };
}

function readDate(said: Said, name: ColumnName, { currentYear }: IdentifierRules): Day {
  const reading = readDay(said.text(name), { currentYear, serials: true });
  if (reading.kind === "day") return reading.day;
  if (reading.kind === "month") return `${reading.month}-01`;
  throw said.wrong(name, "not a date", reading.problem);
}

function readPlace(said: Said, { noFixedAddress, unknownPostcode }: Vocabulary): Place {
  const text = said.text("postcode");
  if (text === "" || unknownPostcode.has(fold(text))) return { kind: "unknown" };
  if (noFixedAddress.has(fold(text))) return { kind: "no-fixed-address" };
  const reading = parsePostcode(text);
  if (reading.ok) return { kind: "postcode", postcode: reading.postcode };
  throw said.wrong("postcode", "not a postcode", reading.reason);
}

/** Who the row is about: by the reference, else by an identifier, else by name and date of birth; null for nobody. */
function readClient(
  map: ContactMap,
  words: Vocabulary,
  said: Said,
  place: Place,
  rules: IdentifierRules,
): RowContact["client"] {
  if (map.people === "anonymous") return null;
  const reference = said.text("reference") || null;
  const [givenName, familyName] = [said.text("givenName"), said.text("familyName")];
  const dateOfBirth = said.text("dateOfBirth") === "" ? null : readDate(said, "dateOfBirth", rules);
  const identifiers = readIdentifiers(said, rules);
  const [identifier] = identifiers;
  const key = reference
    ? `reference ${fold(reference)}`
    : identifier
      ? `${identifier.kind} ${identifier.value}`
      : familyName !== "" && dateOfBirth
        ? `name ${fold(`${givenName} ${familyName}`)} ${dateOfBirth}`
        : null;
  if (key === null) {
    if (map.people === "either") return null;
    throw said.wrong(
      "reference",
      "nobody named",
      "Give a reference, an identifier, or a family name with a date of birth; or let such rows be anonymous.",
    );
  }
  const address = addressOf(said.text("address"));
  const details = {
    givenName,
    // A client needs some name; the reference is what the organisation calls them.
    familyName: givenName === "" && familyName === "" ? (reference ?? "Not known") : familyName,
    dateOfBirth,
    place,
    // Left out where there is none: what was imported before somebody could say it is the same file still.
    ...(address !== "" && { address }),
    sex: meaning(said, "sex", words.sexes, "not-known"),
    phone: said.text("phone") || null,
    email: said.text("email") || null,
    reference,
    identifiers,
  };
  return { key, reference, details };
}

/** Lines of an address become one; of a long one the beginning counts, where house and street stand. */
const addressOf = (text: string) =>
  text
    .replace(/\s*[\r\n]+\s*/g, ", ")
    .slice(0, DETAIL_LENGTHS.address)
    .trim();

function readIdentifiers(said: Said, rules: IdentifierRules): CheckedIdentifier[] {
  return IDENTIFIER_KINDS.flatMap((kind) => {
    const text = said.text(kind);
    if (text === "") return [];
    const reading = readIdentifier(kind, text, rules);
    if ("value" in reading) return [reading];
    throw said.wrong(kind, `${kind} not valid`, reading.problem);
  });
}
