/**
 * The open register of studies: a line for each with a result, whichever way it points and whether or not it was put
 * there, with the files of its report once it was. Figures and words only. Lines are numbered as they come and never go; a study that is withdrawn says so.
 */

import { bigint, date, index, integer, jsonb, primaryKey, text, timestamp, uuid } from "drizzle-orm/pg-core";
import { published } from "./published";
import { frozenBytes } from "./releases";

export const study = published.table(
  "study",
  {
    /** Counts from 1 over all organisations, in the order of the register. */
    number: integer().primaryKey(),
    studyId: uuid().notNull().unique(),
    organisationName: text().notNull(),
    /** What its people did: "had a Wear mentor". */
    intervention: text().notNull(),
    dataSetName: text().notNull(),
    /** `FINDINGS` in server/domain/lab/register.ts. */
    finding: text().notNull(),
    /** Figures: people sent, and people compared. Null: hidden, or nothing was said. */
    sent: integer(),
    compared: integer(),
    /** Facts and numbers: server/domain/lab/register.ts. Null where nothing else is said. */
    record: jsonb(),
    /** For a result that waits the day from which it has. */
    publishedOn: date().notNull(),
    publishedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    withdrawnOn: date(),
  },
  (t) => [index("study_published_on").on(t.publishedOn.desc(), t.number.desc())],
);

/** A file of a report. Its hash is in the audit chain too. */
export const studyFile = published.table(
  "study_file",
  {
    number: integer()
      .notNull()
      .references(() => study.number),
    /** "report.pdf". */
    name: text().notNull(),
    /** Place in the list of files. */
    position: integer().notNull(),
    mediaType: text().notNull(),
    sha256: text()
      .notNull()
      .references(() => frozenBytes.sha256),
    size: bigint({ mode: "bigint" }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.number, t.name] })],
);
