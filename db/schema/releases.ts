/**
 * The files of releases, frozen for ever: bytes are kept by their hash, so what did not change between two releases
 * is kept once, and a file is a list of them. Rows are added and never changed.
 */

import { bigint, boolean, integer, primaryKey, smallint, text, timestamp } from "drizzle-orm/pg-core";
import { bytes } from "./columns";
import { published } from "./published";

/** A stretch of bytes, compressed by gzip. */
export const frozenBytes = published.table("frozen_bytes", {
  /** SHA-256 of the bytes as they are served, in lower-case hexadecimal digits. */
  sha256: text().primaryKey(),
  /** Length of the bytes as they are served. */
  size: integer().notNull(),
  compressed: bytes().notNull(),
});

/** A file of a release. Its hash is in the audit chain too. */
export const releaseFile = published.table(
  "release_file",
  {
    releaseNo: integer().notNull(),
    /** "figures.csv". */
    name: text().notNull(),
    mediaType: text().notNull(),
    /** SHA-256 of the whole file as it is served. */
    sha256: text().notNull(),
    /** Length in bytes as it is served. */
    size: bigint({ mode: "bigint" }).notNull(),
    /** Rows of a table; null for a description. */
    rows: integer(),
    frozenAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    /** Made after its release, from the record of what later releases replaced. */
    later: boolean().notNull(),
  },
  (t) => [primaryKey({ columns: [t.releaseNo, t.name] })],
);

/** What a file is made of, in order. */
export const releasePart = published.table(
  "release_part",
  {
    releaseNo: integer().notNull(),
    name: text().notNull(),
    position: integer().notNull(),
    sha256: text()
      .notNull()
      .references(() => frozenBytes.sha256),
    /** Of figures: the period and the level that the part holds, and its first and last area by number. */
    period: smallint(),
    level: text(),
    areaFrom: integer(),
    areaTo: integer(),
    rows: integer().notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.releaseNo, t.name, t.position] })],
);
