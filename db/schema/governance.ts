/**
 * What officers answer for: the audit, sealed into a hash chain. Entries are only ever added; a seal covers the
 * entry and the seal before it, and anchors keep copies of the head elsewhere.
 */

import { sql } from "drizzle-orm";
import {
  bigint,
  index,
  integer,
  jsonb,
  pgSchema,
  primaryKey,
  text,
  timestamp,
  uuid,
} from "drizzle-orm/pg-core";
import { bytes, xid8 } from "./columns";

export const governance = pgSchema("governance");

export const auditEntry = governance.table(
  "audit_entry",
  {
    id: bigint({ mode: "bigint" }).primaryKey().generatedAlwaysAsIdentity(),
    transaction: xid8().notNull().default(sql`pg_current_xact_id()`),
    at: timestamp({ withTimezone: true }).notNull().default(sql`clock_timestamp()`),
    /** Null for what no organisation owns, such as a refused sign-in. */
    organisationId: integer(),
    accountId: uuid(),
    memberId: uuid(),
    sessionId: uuid(),
    requestId: text().notNull(),
    action: text().notNull(),
    /** Whom or what the call showed or changed: [{kind, id}]. Never a value. */
    subjects: jsonb().notNull(),
    detail: jsonb().notNull(),
  },
  (t) => [
    index("audit_entry_organisation").on(t.organisationId, t.id),
    /** What somebody did, for who saw what. */
    index("audit_entry_member").on(t.organisationId, t.memberId, t.id),
  ],
);

/**
 * Whom an entry names, a row for each: what was done with one client is found at once among millions of entries.
 * A trigger fills it. Equality of ids is all that row-level security lets an index answer.
 */
export const auditSubject = governance.table(
  "audit_subject",
  {
    organisationId: integer().notNull(),
    subjectId: uuid().notNull(),
    entryId: bigint({ mode: "bigint" }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.organisationId, t.subjectId, t.entryId] })],
);

/** Entries that wait for their seal: each from the end of its own transaction on. A trigger puts them here. */
export const auditUnsealed = governance.table("audit_unsealed", {
  entryId: bigint({ mode: "bigint" }).primaryKey(),
});

export const auditSeal = governance.table("audit_seal", {
  number: bigint({ mode: "bigint" }).primaryKey(),
  entryId: bigint({ mode: "bigint" })
    .notNull()
    .unique()
    .references(() => auditEntry.id),
  /** SHA-256 of the seal before it and the canonical entry. */
  hash: bytes().notNull(),
  /** Keyed by the installation, so that nobody else can make a seal. Null for seals from before there were proofs. */
  proof: bytes(),
  sealedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
});

export const auditAnchor = governance.table("audit_anchor", {
  sealNumber: bigint({ mode: "bigint" }).primaryKey(),
  hash: bytes().notNull(),
  anchoredAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
});
