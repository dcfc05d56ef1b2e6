/** What each check of the audit's chain found: the part that is new every hour, all of it every night. */

import { bigint, boolean, integer, text, timestamp } from "drizzle-orm/pg-core";
import { bytes } from "./columns";
import { governance } from "./governance";

export const auditCheck = governance.table("audit_check", {
  id: bigint({ mode: "bigint" }).primaryKey().generatedAlwaysAsIdentity(),
  at: timestamp({ withTimezone: true }).notNull().defaultNow(),
  isWhole: boolean().notNull(),
  ok: boolean().notNull(),
  /** Sealed entries that were checked. */
  sealed: integer().notNull(),
  waiting: integer().notNull(),
  /** The last seal that was found to be right, from which the next check goes on. */
  headNumber: bigint({ mode: "bigint" }).notNull(),
  headHash: bytes().notNull(),
  anchors: integer().notNull(),
  /** The newest anchor outside the database, and where it lies. */
  anchorNumber: bigint({ mode: "bigint" }),
  anchoredAt: timestamp({ withTimezone: true }),
  anchoredWhere: text(),
  /** Places that hold no anchor although there are some. */
  emptyPlaces: text().array().notNull(),
  /** What is wrong with the first bad entry, its number in the chain and its id; null when nothing is. */
  fault: text(),
  badNumber: bigint({ mode: "bigint" }),
  badEntryId: bigint({ mode: "bigint" }),
});
