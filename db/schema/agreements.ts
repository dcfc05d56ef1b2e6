/**
 * Agreements to share: their terms, who signed them, and the same terms as rows that `db/sharing.sql` enforces. A
 * version that was proposed never changes; another takes its place.
 */

import { sql } from "drizzle-orm";
import {
  boolean,
  date,
  foreignKey,
  index,
  integer,
  jsonb,
  primaryKey,
  smallint,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { organisation } from "./casework";
import { bytes } from "./columns";
import { governance } from "./governance";
import { statistics } from "./statistics";

export const agreement = governance.table(
  "agreement",
  {
    /** The same for every version of one agreement. */
    id: uuid().notNull(),
    version: smallint().notNull(),
    /** Who drafted it. */
    organisationId: integer()
      .notNull()
      .references(() => organisation.id),
    /** draft, proposed, signed, withdrawn or superseded. */
    state: text().notNull().default("draft"),
    /** `Terms` of domain/agreements/agreement.ts. */
    terms: jsonb().notNull(),
    /** SHA-256 of the canonical terms, from the moment that it is proposed. */
    termsHash: bytes(),
    startsOn: date().notNull(),
    reviewOn: date().notNull(),
    endsOn: date().notNull(),
    noticeDays: smallint().notNull(),
    purposes: text().array().notNull(),
    /** Numbers of the needs that it covers, written out; sensitive ones only where they were named. */
    needNumbers: smallint().array().notNull(),
    madeBy: uuid().notNull(),
    madeAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    changedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    proposedAt: timestamp({ withTimezone: true }),
    withdrawnBy: uuid(),
    withdrawnOrganisationId: integer().references(() => organisation.id),
    withdrawnAt: timestamp({ withTimezone: true }),
    /** Last day of sharing once notice was given. */
    lastDay: date(),
  },
  (t) => [
    primaryKey({ columns: [t.id, t.version] }),
    uniqueIndex("agreement_open_draft").on(t.id).where(sql`state in ('draft', 'proposed')`),
    index("agreement_maker").on(t.organisationId),
  ],
);

/** Each organisation in a version, and its officer's signature. */
export const agreementParty = governance.table(
  "agreement_party",
  {
    agreementId: uuid().notNull(),
    version: smallint().notNull(),
    organisationId: integer()
      .notNull()
      .references(() => organisation.id),
    gives: boolean().notNull(),
    receives: boolean().notNull(),
    signedBy: uuid(),
    signedAt: timestamp({ withTimezone: true }),
    /** The hash of the terms that they saw and signed. */
    signedHash: bytes(),
  },
  (t) => [
    primaryKey({ columns: [t.agreementId, t.version, t.organisationId] }),
    index("agreement_party_organisation").on(t.organisationId),
    foreignKey({
      columns: [t.agreementId, t.version],
      foreignColumns: [agreement.id, agreement.version],
    }),
  ],
);

/** One cell of the grid of a version. */
export const agreementCell = governance.table(
  "agreement_cell",
  {
    agreementId: uuid().notNull(),
    version: smallint().notNull(),
    place: text().notNull(),
    detail: text().notNull(),
    /** caseworker, manager, commissioner or analyst. */
    memberGroup: text().notNull(),
    /** consent, basis or duty. */
    rests: text().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.agreementId, t.version, t.place, t.detail, t.memberGroup, t.rests] }),
    foreignKey({
      columns: [t.agreementId, t.version],
      foreignColumns: [agreement.id, agreement.version],
    }),
  ],
);

/** What the parties say of a draft before it is signed. */
export const agreementComment = governance.table(
  "agreement_comment",
  {
    agreementId: uuid().notNull(),
    version: smallint().notNull(),
    id: uuid().notNull(),
    organisationId: integer()
      .notNull()
      .references(() => organisation.id),
    memberId: uuid().notNull(),
    words: text().notNull(),
    saidAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.agreementId, t.version, t.id] }),
    foreignKey({
      columns: [t.agreementId, t.version],
      foreignColumns: [agreement.id, agreement.version],
    }),
  ],
);

/** How often an agreement was used, by whom and how: a row a day. */
export const agreementUse = governance.table(
  "agreement_use",
  {
    agreementId: uuid().notNull(),
    version: smallint().notNull(),
    /** Who looked. */
    organisationId: integer()
      .notNull()
      .references(() => organisation.id),
    day: date().notNull(),
    place: text().notNull(),
    detail: text().notNull(),
    memberGroup: text().notNull(),
    looks: integer().notNull(),
  },
  (t) => [
    primaryKey({
      columns: [t.agreementId, t.version, t.organisationId, t.day, t.place, t.detail, t.memberGroup],
    }),
    foreignKey({
      columns: [t.agreementId, t.version],
      foreignColumns: [agreement.id, agreement.version],
    }),
  ],
);

/**
 * An objection of a client to sharing and counting. It holds from the moment it is made until it is taken back, or an
 * officer has refused it with a reason.
 */
export const objection = governance.table(
  "objection",
  {
    organisationId: integer()
      .notNull()
      .references(() => organisation.id),
    id: uuid().notNull(),
    clientId: uuid().notNull(),
    /** sharing, counting or both. */
    against: text().notNull(),
    /** client, by code on their own page; member, for the client. */
    madeThrough: text().notNull(),
    madeBy: uuid(),
    madeAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    /** stands, taken-back, upheld or refused. Upheld stands for good. */
    state: text().notNull().default("stands"),
    decidedBy: uuid(),
    decidedAt: timestamp({ withTimezone: true }),
    /** Why it was refused: a code. */
    because: text(),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.id] }),
    index("objection_client").on(t.organisationId, t.clientId),
    /** The few who are left out of figures: every count looks here. */
    index("objection_counting")
      .on(t.organisationId, t.clientId)
      .where(sql`state in ('stands', 'upheld') and against in ('counting', 'both')`),
  ],
);

/**
 * The wards of a settled year, as the postcodes had them when their figures were made: which authority, and how many
 * households by estimate. The figures stand in `statistics.impact_set` under `ward:<code>`.
 */
export const wardArea = statistics.table(
  "ward_area",
  {
    period: smallint().notNull(),
    ward: text().notNull(),
    authority: text(),
    households: integer(),
  },
  (t) => [primaryKey({ columns: [t.period, t.ward] })],
);
