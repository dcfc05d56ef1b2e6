/**
 * An outcome data set as it is kept: people in blocks, in the order of the holder's own numbers for them, and each
 * block in three parts that are sealed and opened apart. Who they are is for linking; what they were on an index date
 * is for finding people like them; what happened afterwards is for the outcomes, and stays closed until it is known
 * who is compared with whom. A person is known by their place; the holder's numbers are not kept.
 */

import { z } from "zod";
import { EXTRACT_COLUMNS, type ExtractLayout, readExtractRow } from "../linking/extract";
import type { LinkRecord } from "../linking/record";
import type { Codebook } from "./codebook";

/** People of a block. */
export const PEOPLE_A_BLOCK = 1_000;

/** People that a data set may hold, and rows of either file. */
export const MOST_PEOPLE = 500_000;
export const MOST_ROWS = 5_000_000;

/** Columns of people.csv that say who somebody is, in the order in which they are kept. */
export const IDENTITY_COLUMNS = EXTRACT_COLUMNS.filter(
  (column) => column !== "organisation" && column !== "record_id",
);

/** Column of people.csv with the index date. */
export const INDEX_DATE = "index_date";

/** Parts of a block, each in a column of its own. */
export const PARTS = ["identities", "covariates", "events"] as const;
export type Part = (typeof PARTS)[number];

/** For each person every form in which they are written, a cell for each column of `IDENTITY_COLUMNS`. */
export const identitiesPart = z.array(z.array(z.array(z.string())));
/** For each person their index dates, the first one first, with a value for each covariate of the codebook. */
export const covariatesPart = z.array(
  z.array(z.tuple([z.iso.date(), z.array(z.union([z.number(), z.string(), z.null()]))])),
);
/** For each person what happened to them, in order: the day, and the place of the kind in the codebook. */
export const eventsPart = z.array(z.array(z.tuple([z.iso.date(), z.number().int().min(0)])));

export type Identities = z.output<typeof identitiesPart>;
export type Covariates = z.output<typeof covariatesPart>;
export type Events = z.output<typeof eventsPart>;
/** A value of a covariate: a number, a level of a category, or not known. */
export type Value = Covariates[number][number][1][number];

const LAYOUT: ExtractLayout = {
  at: Object.fromEntries(IDENTITY_COLUMNS.map((column, place) => [column, [place]])),
  ukFormats: true,
};

/** Somebody as linking compares them, in every form that they are written in. */
export function formsOf(person: Identities[number], currentYear: number): LinkRecord[] {
  return person.map((cells) => readExtractRow(cells, LAYOUT, currentYear).record);
}

/** The longest follow-up of these outcomes in days; of all that the data set offers when none is named. */
export function longestFollowUp(codebook: Codebook, outcomes: readonly string[] = []): number {
  const asked = codebook.outcomes.filter(({ name }) => outcomes.length === 0 || outcomes.includes(name));
  return Math.max(0, ...asked.map(({ followUp }) => followUp));
}
