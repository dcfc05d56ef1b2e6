/**
 * A table as open data answers it: CSV or JSON with the same rows, a link to its description and one to its next page.
 */

import type { Sql } from "../../db/client";
import { attributionLine } from "../attribution";
import { csvLine } from "../domain/csv";
import { describeTables, OPEN_LICENCE } from "../domain/open-data/csvw";
import { columnsOf, type OpenTable } from "../domain/open-data/tables";
import type { OpenAnswer } from "./answer";
import { withCursor } from "./query";

/** Where open data begins. */
export const OPEN_BASE = "/api/open/v1";

/** What an answer is made from. */
export interface OpenCtx {
  reader: Sql;
  /** Address of the installation, without a slash at its end: never taken from the request. */
  origin: string;
}

export interface OpenAsked {
  params: Readonly<Record<string, string>>;
  query: URLSearchParams;
  /** Of a table: how it is written. */
  format: TableFormat;
}

export type TableFormat = "csv" | "json";

type TextAnswer = Extract<OpenAnswer, { kind: "text" }>;

/** Any value as JSON that people can read. */
export function jsonAnswer(value: unknown): TextAnswer {
  return { kind: "text", mediaType: "application/json", text: `${JSON.stringify(value, null, 2)}\n` };
}

type Row = Readonly<Record<string, string | number | boolean | null>>;

interface TableGiven {
  table: OpenTable;
  rows: readonly Row[];
  /** Cursor of the next page. */
  next?: readonly number[] | null;
  /** What else the JSON says. */
  about?: Readonly<Record<string, string | number>>;
  tag?: string;
}

/** A table as CSV or JSON, with a link to its description and to its next page. */
export async function tableAnswer(
  { reader }: OpenCtx,
  { query, format }: OpenAsked,
  { table, rows, next = null, about = {}, tag }: TableGiven,
): Promise<OpenAnswer> {
  const address = (kind: string, text: string) =>
    `${OPEN_BASE}/${table.name}.${kind}${text === "" ? "" : `?${text}`}`;
  const nextAddress = next === null ? null : address(format, withCursor(query, next));
  const links = [
    `<${address("csv-metadata.json", query.toString())}>; rel="describedby"; type="application/csvm+json"`,
    ...(nextAddress === null ? [] : [`<${nextAddress}>; rel="next"`]),
  ];
  const headers = { Link: links.join(", ") };
  if (format === "csv") {
    const columns = columnsOf(table);
    // Without the mark for spreadsheets: programs and CSVW have the encoding from the header.
    const lines = rows.map((row) => csvLine(columns.map((column) => asText(row[column] ?? null))));
    const text = `${csvLine(columns)}${lines.join("")}`;
    const named = { "Content-Disposition": `inline; filename="${table.name}.csv"` };
    return {
      kind: "text",
      mediaType: "text/csv; charset=utf-8; header=present",
      text,
      headers: { ...headers, ...named },
      ...(tag !== undefined && { tag: `${tag}-csv` }),
    };
  }
  const head = {
    ...about,
    table: table.name,
    licence: OPEN_LICENCE.url,
    attribution: await attributionLine(reader),
  };
  const body = rows.map((row) => JSON.stringify(row)).join(",\n");
  const text = `${JSON.stringify(head).slice(0, -1)},"next":${JSON.stringify(nextAddress)},"rows":[\n${body}\n]}\n`;
  return {
    kind: "text",
    mediaType: "application/json",
    text,
    headers,
    ...(tag !== undefined && { tag: `${tag}-json` }),
  };
}

const asText = (value: string | number | boolean | null) =>
  typeof value === "boolean" ? String(value) : value;

/** The CSVW description of a table as it is answered, beside its CSV. */
export async function describeTableRoute(
  { reader }: OpenCtx,
  table: OpenTable,
  query: URLSearchParams,
): Promise<OpenAnswer> {
  const text = query.toString();
  const url = `${table.name}.csv${text === "" ? "" : `?${text}`}`;
  const description = describeTables([{ table, url }], {
    title: `Common Need: ${table.title.toLowerCase()}`,
    rights: await attributionLine(reader),
  });
  return { ...jsonAnswer(description), mediaType: "application/csvm+json" };
}
