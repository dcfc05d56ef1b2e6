/**
 * The data lab's own schema. Here: outcome data that organisations hold for it, with the word of an administrator that
 * they may. What a data set is about is read by every organisation; who is in it by nobody, and by no login that serves
 * pages. People lie in blocks, and each block in three parts sealed apart.
 */

import { integer, jsonb, pgSchema, primaryKey, text, timestamp, uuid } from "drizzle-orm/pg-core";
import type { Codebook } from "../../server/domain/lab/codebook";
import { organisation } from "./casework";
import { bytes, withinOrganisation } from "./columns";

export const lab = pgSchema("lab");

/** Organisations that may hold outcome data. */
export const dataHolder = lab.table("data_holder", {
  organisationId: integer()
    .primaryKey()
    .references(() => organisation.id),
  since: timestamp({ withTimezone: true }).notNull().defaultNow(),
});

export const dataSet = lab.table(
  "data_set",
  {
    organisationId: integer()
      .notNull()
      .references(() => organisation.id),
    id: uuid().notNull(),
    name: text().notNull(),
    codebook: jsonb().$type<Codebook>().notNull(),
    /** SHA-256 of the codebook in canonical JSON, in hexadecimal digits: plans name it. */
    codebookHash: text().notNull(),
    /** Sealed: by which the same files are known again. Null once it is withdrawn. */
    digest: bytes(),
    people: integer().notNull(),
    indexRecords: integer().notNull(),
    events: integer().notNull(),
    loadedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    /** Null where an operator loaded it. */
    loadedBy: uuid(),
    withdrawnAt: timestamp({ withTimezone: true }),
    withdrawnBy: uuid(),
  },
  (t) => [primaryKey({ columns: [t.organisationId, t.id] })],
);

/** What became of files that a holder sent from a browser: lines, columns and reasons, no value of anybody. */
export const dataSetLoad = lab.table(
  "data_set_load",
  {
    organisationId: integer()
      .notNull()
      .references(() => organisation.id),
    uploadId: uuid().notNull(),
    load: jsonb().notNull(),
    madeAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.organisationId, t.uploadId] })],
);

export const dataSetBlock = lab.table(
  "data_set_block",
  {
    organisationId: integer().notNull(),
    dataSetId: uuid().notNull(),
    /** From 0; the people of a block follow those of the one before. */
    block: integer().notNull(),
    /** Who they are. */
    identities: bytes().notNull(),
    /** Their index dates, and what they were on them. */
    covariates: bytes().notNull(),
    /** What happened to them. */
    events: bytes().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.dataSetId, t.block] }),
    withinOrganisation(t, t.dataSetId, dataSet),
  ],
);
