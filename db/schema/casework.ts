/**
 * What organisations record. Every key starts with the organisation and every foreign key carries it, so a row
 * cannot point across organisations and row-level security has one column to look at.
 */

import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  date,
  index,
  integer,
  pgSchema,
  primaryKey,
  smallint,
  text,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { bytes, withinOrganisation } from "./columns";

export const casework = pgSchema("casework");

export const entryStatus = casework.enum("entry_status", [
  "new",
  "ongoing",
  "improved",
  "worsened",
  "resolved",
  "no-longer-relevant",
]);
export const severity = casework.enum("severity", ["low", "medium", "high", "crisis"]);
export const channel = casework.enum("channel", [
  "face-to-face",
  "phone",
  "video",
  "message",
  "email",
  "letter",
  "visit",
  "other",
]);
export const placeKind = casework.enum("place_kind", ["postcode", "no-fixed-address", "unknown", "outside"]);

export const organisation = casework.table("organisation", {
  id: integer().primaryKey().generatedAlwaysAsIdentity(),
  name: text().notNull(),
  /** housing, health, police or other: whose words its members read what others record in. */
  profession: text().notNull().default("other"),
  createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
});

export const service = casework.table(
  "service",
  {
    organisationId: integer()
      .notNull()
      .references(() => organisation.id),
    id: uuid().notNull(),
    name: text().notNull(),
    /** Whom another service rings: a team, never anybody's own number. */
    teamName: text(),
    teamPhone: text(),
    teamEmail: text(),
    closedOn: date(),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.id] }),
    unique("service_name").on(t.organisationId, t.name),
  ],
);

/** The part of the taxonomy that a service shows first, in its order. */
export const serviceNeed = casework.table(
  "service_need",
  {
    organisationId: integer().notNull(),
    serviceId: uuid().notNull(),
    needNumber: smallint().notNull(),
    position: smallint().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.serviceId, t.needNumber] }),
    withinOrganisation(t, t.serviceId, service),
  ],
);

/** Somebody who signs in. Belongs to no organisation; memberships say where they work. */
export const account = casework.table(
  "account",
  {
    id: uuid().primaryKey(),
    /** Lower case. */
    email: text().notNull(),
    name: text().notNull(),
    /** Argon2id; null until the invitation is taken up. */
    passwordHash: text(),
    disabledAt: timestamp({ withTimezone: true }),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [uniqueIndex("account_email").on(t.email)],
);

export const member = casework.table(
  "member",
  {
    organisationId: integer()
      .notNull()
      .references(() => organisation.id),
    id: uuid().notNull(),
    accountId: uuid()
      .notNull()
      .references(() => account.id),
    roles: text().array().notNull(),
    /** The service a worker logs for unless they choose another. */
    serviceId: uuid(),
    /** Area codes with their level ("lad:E08000024") a commissioner answers for. */
    patch: text().array().notNull().default([]),
    /** Days after which their day page says that somebody has not been seen. */
    notSeenDays: smallint().notNull().default(28),
    endedAt: timestamp({ withTimezone: true }),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.id] }),
    unique("member_account").on(t.organisationId, t.accountId),
    index("member_by_account").on(t.accountId),
    withinOrganisation(t, t.serviceId, service),
  ],
);

export const session = casework.table(
  "session",
  {
    id: uuid().primaryKey(),
    accountId: uuid()
      .notNull()
      .references(() => account.id),
    /** Chosen once per session; null until chosen by a member of several organisations. */
    organisationId: integer(),
    memberId: uuid(),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    seenAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    revokedAt: timestamp({ withTimezone: true }),
    /** What the browser calls itself, cut to 200 characters. */
    device: text().notNull().default(""),
    /** The device of the account (casework.device) that opened its work in this session. */
    deviceId: uuid(),
    /** Null while only the password was right. */
    secondFactorAt: timestamp({ withTimezone: true }),
    /** When its owner last proved again who they are, for what asks for it: break-glass, exports (step-up.ts). */
    steppedUpAt: timestamp({ withTimezone: true }),
    /** Set when somebody locked it, or the five minutes were found over; cleared when it is unlocked. */
    lockedAt: timestamp({ withTimezone: true }),
    /** What the device must prove that it can answer to unlock; good once, for a short while. */
    challenge: text(),
    challengedAt: timestamp({ withTimezone: true }),
  },
  (t) => [index("session_account").on(t.accountId), withinOrganisation(t, t.memberId, member)],
);

/** Links by e-mail to set a password: invitation or reset. Only a hash of the token is kept. */
export const passwordLink = casework.table(
  "password_link",
  {
    tokenHash: bytes().primaryKey(),
    accountId: uuid()
      .notNull()
      .references(() => account.id),
    /** invitation or reset. */
    purpose: text().notNull(),
    expiresAt: timestamp({ withTimezone: true }).notNull(),
    usedAt: timestamp({ withTimezone: true }),
  },
  (t) => [index("password_link_account").on(t.accountId)],
);

/** Attempts within a window, by hashed account or address. */
export const throttle = casework.table(
  "throttle",
  {
    bucket: text().notNull(),
    windowStart: timestamp({ withTimezone: true }).notNull(),
    attempts: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.bucket, t.windowStart] })],
);

export const client = casework.table(
  "client",
  {
    organisationId: integer()
      .notNull()
      .references(() => organisation.id),
    id: uuid().notNull(),
    /** Made for one anonymous contact: never linked, never found by search. */
    anonymous: boolean().notNull().default(false),
    /** The organisation's own reference as older versions kept it: sealed into identity when the product starts. */
    reference: text(),
    createdBy: uuid(),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    closedOn: date(),
    /** Who looks after them; null: nobody yet. */
    assignedTo: uuid(),
    assignedAt: timestamp({ withTimezone: true }),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.id] }),
    index("client_assigned").on(t.organisationId, t.assignedTo).where(sql`assigned_to is not null`),
    /** People whom nobody looks after, the newest record first. */
    index("client_unassigned")
      .on(t.organisationId, t.id)
      .where(sql`assigned_to is null and closed_on is null and not anonymous`),
    withinOrganisation(t, t.assignedTo, member),
  ],
);

/** Immutable once accepted; only the void columns can be written, once, and the note be emptied. */
export const contact = casework.table(
  "contact",
  {
    organisationId: integer().notNull(),
    id: uuid().notNull(),
    clientId: uuid().notNull(),
    serviceId: uuid().notNull(),
    /** Null for an import. */
    memberId: uuid(),
    occurredOn: date().notNull(),
    channel: channel().notNull(),
    /** Order on a day is by receipt. */
    receivedNo: bigint({ mode: "bigint" }).notNull().generatedAlwaysAsIdentity(),
    receivedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    /** The device's claim; never used to order or count. */
    deviceClaimedAt: timestamp({ withTimezone: true }),
    /** Asked for when the day is more than 90 days back. Sealed; what was written before lies in the old column. */
    lateReasonSealed: bytes(),
    lateReason: text(),
    /** What was said at this contact about sharing: not-asked, given, declined or emergency. */
    consent: text(),
    /** The contact that this one stands in for. */
    corrects: uuid(),
    placeKind: placeKind().notNull(),
    /** Number of the release sector or of its bucket in reference.area. */
    releaseSector: integer().notNull(),
    smallArea: text(),
    ward: text(),
    /** Best fit, whole release sectors only. */
    authority: text(),
    nation: text(),
    deprivationDecile: smallint(),
    deprivationEdition: smallint(),
    postcodeEdition: smallint(),
    /** Can be emptied for good, by a manager with a reason, and never be written again. */
    note: bytes(),
    noteRemovedAt: timestamp({ withTimezone: true }),
    noteRemovedBy: uuid(),
    /** Why; sealed. */
    noteRemoval: bytes(),
    /** Keyed fingerprint of what the device sent: the same id with other content is a conflict. */
    contentHash: bytes().notNull(),
    voidedAt: timestamp({ withTimezone: true }),
    voidReasonSealed: bytes(),
    voidReason: text(),
    voidedBy: uuid(),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.id] }),
    /** A contact is corrected once; the correction can be corrected in its turn. */
    uniqueIndex("contact_corrects").on(t.organisationId, t.corrects).where(sql`corrects is not null`),
    withinOrganisation(t, t.corrects, t),
    index("contact_client").on(t.organisationId, t.clientId, t.occurredOn),
    index("contact_day").on(t.organisationId, t.occurredOn),
    /** People whom a member saw last. */
    index("contact_member").on(t.organisationId, t.memberId, t.receivedNo).where(sql`member_id is not null`),
    withinOrganisation(t, t.clientId, client),
    withinOrganisation(t, t.serviceId, service),
  ],
);

export const issue = casework.table(
  "issue",
  {
    organisationId: integer().notNull(),
    id: uuid().notNull(),
    clientId: uuid().notNull(),
    needNumber: smallint().notNull(),
    taxonomyVersion: smallint().notNull(),
    /** A short label when the need is not listed. Sealed; what was written before lies in the old column. */
    labelSealed: bytes(),
    label: text(),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.id] }),
    index("issue_client").on(t.organisationId, t.clientId),
    withinOrganisation(t, t.clientId, client),
  ],
);

/** What one contact said of one issue. */
export const issueEntry = casework.table(
  "issue_entry",
  {
    organisationId: integer().notNull(),
    contactId: uuid().notNull(),
    issueId: uuid().notNull(),
    needNumber: smallint().notNull(),
    status: entryStatus().notNull(),
    severity: severity().notNull(),
    /** Ours to resolve, or someone else's. */
    ours: boolean().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.contactId, t.issueId] }),
    index("issue_entry_issue").on(t.organisationId, t.issueId),
    /** The few issues that were ever a crisis. */
    index("issue_entry_crisis").on(t.organisationId, t.issueId).where(sql`severity = 'crisis'`),
    withinOrganisation(t, t.contactId, contact),
    withinOrganisation(t, t.issueId, issue),
  ],
);

/** Ids of clients and contacts that were erased: what a device sends again under one of them does not come back. */
export const erased = casework.table(
  "erased",
  { organisationId: integer().notNull(), id: uuid().notNull() },
  (t) => [primaryKey({ columns: [t.organisationId, t.id] })],
);
