/**
 * A flat extract to be linked: which column says what, and a row of text as the record that linking compares. Columns
 * may be missing. A file that names its own columns is not taken to be British: its postcodes, telephone numbers and
 * identifiers are compared as they are written.
 */

import { z } from "zod";
import { Invalid } from "../errors";
import type { IdentifierKind } from "../identifiers";
import { type LinkRecord, linkRecord, type RawRecord } from "./record";

/** Columns of an extract, by the names they have unless a mapping says otherwise. */
export const EXTRACT_COLUMNS = [
  "organisation",
  "record_id",
  "first_name",
  "middle_name",
  "last_name",
  "sex",
  "date_of_birth",
  "postcode",
  "nino",
  "nhs_number",
  "prison_number",
  "pnc_id",
  "cro",
  "phone",
  "email",
  "address",
  "town",
] as const;
export type ExtractColumn = (typeof EXTRACT_COLUMNS)[number];

const named = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]);

/** The mapping of `--map`: for each of our columns the file's own, or several whose words stand together. */
export const extractMapSchema = z.strictObject({
  columns: z.partialRecord(z.enum(EXTRACT_COLUMNS), named),
  /** Whether formats are checked as those of the United Kingdom after all. */
  ukFormats: z.boolean().default(false),
});
export type ExtractMap = z.infer<typeof extractMapSchema>;

/** Where each column stands in a row. Plain data, so that it can be handed to another thread. */
export interface ExtractLayout {
  at: Readonly<Partial<Record<ExtractColumn, readonly number[]>>>;
  ukFormats: boolean;
}

export interface ExtractRow {
  /** The file's own number of the record; empty when there is none. */
  id: string;
  organisation: string;
  record: LinkRecord;
}

/** Columns that hold an identifier, and its kind. */
export const IDENTIFIER_COLUMNS: readonly (readonly [ExtractColumn, IdentifierKind])[] = [
  ["nhs_number", "nhs-number"],
  ["nino", "nino"],
  ["pnc_id", "pnc-id"],
  ["cro", "cro"],
  ["prison_number", "prison-number"],
];

const plain = (text: string) =>
  text
    .trim()
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_");

/** Finds the columns in a header. Throws Invalid when there is no column for the record's number, or nothing to compare. */
export function readLayout(header: readonly string[], map: ExtractMap | null): ExtractLayout {
  const places = new Map(header.map((name, place) => [plain(name), place]));
  const at: Partial<Record<ExtractColumn, readonly number[]>> = {};
  const missing: Record<string, string> = {};
  for (const column of EXTRACT_COLUMNS) {
    const names = map ? [map.columns[column] ?? []].flat() : [column];
    const found = names.flatMap((name) => places.get(plain(name)) ?? []);
    if (found.length > 0) at[column] = found;
    if (map && found.length < names.length)
      missing[column] = `There is no column ${names.join(" or ")} in the file.`;
  }
  if (Object.keys(missing).length > 0)
    throw new Invalid("The mapping names columns that are not there.", missing);
  if (!at.record_id)
    throw new Invalid("The file has no column record_id. Add one, or name yours with --map.");
  if (!at.first_name && !at.last_name)
    throw new Invalid("The file has no names: add first_name and last_name.");
  return { at, ukFormats: map ? map.ukFormats : true };
}

/** A row as linking compares it. Numbers kept for testing are taken: an extract is linked and nothing is stored. */
export function readExtractRow(
  cells: readonly string[],
  { at, ukFormats }: ExtractLayout,
  currentYear: number,
): ExtractRow {
  const text = (column: ExtractColumn): string => {
    const places = at[column];
    if (!places) return "";
    const [place = -1] = places;
    return places.length === 1
      ? (cells[place] ?? "").trim()
      : places
          .map((one) => (cells[one] ?? "").trim())
          .join(" ")
          .trim();
  };
  const listed = (column: ExtractColumn) => {
    const value = text(column);
    return value === "" ? [] : [value];
  };
  const raw: RawRecord = {
    firstName: text("first_name"),
    middleName: text("middle_name"),
    lastName: text("last_name"),
    sex: text("sex"),
    dateOfBirth: text("date_of_birth"),
    postcode: text("postcode"),
    address: text("address"),
    town: text("town"),
    phones: listed("phone"),
    emails: listed("email"),
    identifiers: IDENTIFIER_COLUMNS.flatMap(([column, kind]) =>
      listed(column).map((value) => ({ kind, value })),
    ),
  };
  const rules = { currentYear, testRanges: true, ukFormats };
  return { id: text("record_id"), organisation: text("organisation"), record: linkRecord(raw, rules) };
}
