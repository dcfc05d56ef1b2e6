/**
 * What may be written after the question mark, as schemas: they check a request and describe it in the OpenAPI
 * document. A list is values with commas between them.
 */

import { z } from "zod";
import { OPEN_LEVELS, type OpenLevel } from "../domain/open-data/tables";
import { Problem } from "./answer";

export const MOST_ROWS = 5_000;
const ROWS = 1_000;
const LONGEST = 2_000;

const split = (text: string | undefined): string[] => (text === undefined ? [] : text.split(","));

function list(pattern: RegExp, description: string, example: string) {
  const each = pattern.source;
  return z
    .string()
    .max(LONGEST)
    .regex(
      new RegExp(`^(?:${each})(?:,(?:${each}))*$`),
      `Write one or more with commas between them: ${example}`,
    )
    .optional()
    .meta({ description, examples: [example] })
    .transform(split);
}

const isOpenLevel = (text: string): text is OpenLevel => OPEN_LEVELS.some((level) => level === text);

export const names = {
  release: z
    .string()
    .regex(/^[1-9][0-9]{0,6}$/, "Write the number of a release")
    .optional()
    .meta({ description: "Number of a release; the latest unless told.", examples: ["1"] })
    .transform((text) => (text === undefined ? null : Number(text))),
  periods: list(
    /m:[0-9]{4}-(?:0[1-9]|1[0-2])|q:[0-9]{4}-Q[1-4]|y:[0-9]{4}/,
    "Periods: m:2026-05, q:2026-Q1 (April to June) or y:2026 (from April). All settled ones unless told.",
    "q:2026-Q1",
  ),
  levels: list(
    new RegExp(OPEN_LEVELS.join("|")),
    `Levels of area: ${OPEN_LEVELS.join(", ")}. All unless told.`,
    "sector",
  ).transform((levels) => levels.filter(isOpenLevel)),
  areas: list(/[A-Za-z0-9 +-]{1,400}/, "Codes of areas. All unless told.", "SR1 3").transform((areas) =>
    // A plus in an address is read as a space, and in "SR1 1+SR1 2" it joins two sectors.
    areas.map((area) => area.replace(/ (?=[A-Z])/g, "+")),
  ),
  needs: list(
    /\*|[A-Z]{3}(?:-[0-9]{2})?/,
    "Needs: * for any need, a domain (HOU) or a need (HOU-04). All unless told.",
    "HOU",
  ),
  slices: list(/[a-z]+(?:=[a-z0-9+-]+)?/, "Slices; all is everybody. All slices unless told.", "all"),
  year: z
    .string()
    .regex(/^2[0-9]{3}$/, "Write a year such as 2026")
    .optional()
    .meta({
      description: "Year from whose April the areas hold; the newest unless told.",
      examples: ["2026"],
    })
    .transform((text) => (text === undefined ? null : Number(text))),
  limit: z
    .string()
    .regex(/^[1-9][0-9]{0,3}$/, `Write a whole number up to ${MOST_ROWS}`)
    .optional()
    .meta({ description: `Rows on a page: ${ROWS} unless told, ${MOST_ROWS} at most.`, examples: ["100"] })
    .transform((text) => (text === undefined ? ROWS : Number(text)))
    .refine((limit) => limit <= MOST_ROWS, `Write a whole number up to ${MOST_ROWS}`),
  cursor: z
    .string()
    .regex(/^[0-9]{1,9}(?:\.[0-9]{1,9}){0,2}$/, "Take the cursor from the page before, as it stands")
    .optional()
    .meta({ description: "Where the page before ended: take it from its link to the next page." })
    .transform((text) => (text === undefined ? null : text.split(".").map(Number))),
} as const;

/** Reads a query. A name that does not exist or stands twice is a fault, too: a slip must not widen the answer. */
export function readQuery<S extends z.ZodObject>(schema: S, query: URLSearchParams): z.output<S> {
  const known = Object.keys(schema.shape);
  const faults = [...new Set(query.keys())].flatMap((name) => {
    if (!known.includes(name)) return [{ name, reason: unknownName(known) }];
    return query.getAll(name).length > 1 ? [{ name, reason: "Write this once, with commas." }] : [];
  });
  const parsed = schema.safeParse(Object.fromEntries(query));
  if (!parsed.success) {
    faults.push(
      ...parsed.error.issues.map((issue) => ({ name: issue.path.join("."), reason: issue.message })),
    );
  }
  if (faults.length > 0 || !parsed.success) {
    throw new Problem(400, "This cannot be read", "Mend what is listed under errors and ask again.", faults);
  }
  return parsed.data;
}

const unknownName = (known: readonly string[]) =>
  known.length === 0
    ? "Nothing can be asked for here."
    : `There is no such name. There are: ${known.join(", ")}.`;

/** The query of a next page: the same with another cursor. */
export function withCursor(query: URLSearchParams, cursor: readonly number[]): string {
  const next = new URLSearchParams(query);
  next.set("cursor", cursor.join("."));
  return next.toString();
}
