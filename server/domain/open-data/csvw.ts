/**
 * CSVW (CSV on the Web, W3C 2015): what each column of a CSV file may hold, which must not be empty, and what refers
 * to what, made from the same schemas as the file itself.
 */

import { z } from "zod";
import { columnsOf, type OpenTable, TABLES, type TableName } from "./tables";

export const OPEN_LICENCE = {
  name: "Open Government Licence v3.0",
  url: "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
} as const;

export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

const propertySchema = z.object({
  /** "string", or with "null" where it may be empty. */
  type: z.union([z.string(), z.array(z.string())]).optional(),
  format: z.string().optional(),
  pattern: z.string().optional(),
  enum: z.array(z.string()).optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  title: z.string().optional(),
  description: z.string().optional(),
  anyOf: z.array(z.unknown()).optional(),
});
const rowSchema = z.object({ properties: z.record(z.string(), z.unknown()) });

/** A table in a description: its address relative to the description, and which other tables it may refer to. */
export interface DescribedTable {
  table: OpenTable;
  url: string;
}

/**
 * The description of a group of tables. Foreign keys lead only to tables of the group. `rights` is the attribution
 * that must be shown with the data.
 */
export function describeTables(
  tables: readonly DescribedTable[],
  about: { title: string; rights: string },
): Json {
  const urls = new Map(tables.map(({ table, url }): [TableName, string] => [table.name, url]));
  return describeGroup(
    {
      "dc:title": about.title,
      "dc:license": { "@id": OPEN_LICENCE.url },
      ...(about.rights !== "" && { "dc:rights": about.rights }),
    },
    tables.map(({ table, url }) => describeTable(table, url, urls)),
  );
}

/** A table as a description names it. */
interface TableDescription {
  url: string;
  title: string;
  description: string;
  /** What its values mean and how its rows are told apart. */
  schema: { readonly [name: string]: Json };
}

/** A group of CSV files as this installation writes them: what is said of the group, and its tables. */
export function describeGroup(
  about: { readonly [name: string]: Json },
  tables: readonly TableDescription[],
): Json {
  return {
    "@context": ["http://www.w3.org/ns/csvw", { "@language": "en" }],
    ...about,
    tables: tables.map(({ url, title, description, schema }) => ({
      url,
      "dc:title": title,
      "dc:description": description,
      dialect: { header: true, encoding: "utf-8", delimiter: ",", lineTerminators: ["\r\n"] },
      tableSchema: schema,
    })),
  };
}

function describeTable(
  table: OpenTable,
  url: string,
  urls: ReadonlyMap<TableName, string>,
): TableDescription {
  const { properties } = rowSchema.parse(z.toJSONSchema(table.row));
  return {
    url,
    title: table.title,
    description: table.description,
    schema: {
      columns: columnsOf(table).map((name) => describeColumn(name, properties[name])),
      primaryKey: table.primaryKey,
      foreignKeys: table.foreignKeys.flatMap(({ columns, to, toColumns }) => {
        const resource = urls.get(to);
        if (resource === undefined) return [];
        return [{ columnReference: columns, reference: { resource, columnReference: toColumns } }];
      }),
    },
  };
}

function describeColumn(name: string, json: unknown): Json {
  const outer = propertySchema.parse(json);
  const branches = (outer.anyOf ?? []).map((branch) => propertySchema.parse(branch));
  const value = branches.find(({ type }) => type !== "null") ?? outer;
  const required = ![outer, ...branches].some(({ type }) => [type].flat().includes("null"));
  return {
    name,
    titles: name,
    ...(outer.title && { "dc:title": outer.title }),
    ...(outer.description && { "dc:description": outer.description }),
    datatype: datatypeOf(value),
    required,
  };
}

function datatypeOf(value: z.infer<typeof propertySchema>): Json {
  const types = [value.type].flat();
  if (types.includes("integer") || types.includes("number")) {
    return {
      base: "integer",
      ...(value.minimum !== undefined && { minimum: value.minimum }),
      ...(isBound(value.maximum) && { maximum: value.maximum }),
    };
  }
  if (types.includes("boolean")) return { base: "boolean", format: "true|false" };
  if (value.format === "date") return { base: "date", format: "yyyy-MM-dd" };
  if (value.enum) return { base: "string", format: value.enum.map(escapeForPattern).join("|") };
  // A pattern of CSVW holds for the whole value.
  if (value.pattern) return { base: "string", format: value.pattern.replace(/^\^|\$$/g, "") };
  return "string";
}

/** Zod says of every whole number that it is safe; that is no bound anybody chose. */
const isBound = (maximum: number | undefined): maximum is number =>
  maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER;

const escapeForPattern = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** The files of a release, each a table, in the order in which they are listed. */
export const RELEASE_TABLES = ["figures", "revisions", "coverage", "areas", "needs", "periods"] as const;
export type ReleaseTable = (typeof RELEASE_TABLES)[number];

/** The description of one file of a release with the tables that it refers to; any of them may be fetched beside it. */
export function describeReleaseTable(name: ReleaseTable, about: { title: string; rights: string }): Json {
  const referred = TABLES[name].foreignKeys.map(({ to }) => to).filter((to) => to !== name);
  return describeTables(
    [name, ...new Set(referred)].map((each) => ({ table: TABLES[each], url: `${each}.csv` })),
    about,
  );
}
