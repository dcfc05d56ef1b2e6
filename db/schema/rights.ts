/**
 * People's rights in what is held about them: requests and their clock, what an officer decided of each passage before a
 * pack is given out, packs sealed for a week, corrections, whom was told, holds, erasures, and the retention runs that
 * an officer looks through before anything is deleted.
 */

import {
  boolean,
  date,
  index,
  integer,
  jsonb,
  primaryKey,
  smallint,
  text,
  timestamp,
  uuid,
} from "drizzle-orm/pg-core";
import { organisation } from "./casework";
import { bytes, withinOrganisation } from "./columns";
import { governance } from "./governance";

export const rightsRequest = governance.table(
  "rights_request",
  {
    organisationId: integer()
      .notNull()
      .references(() => organisation.id),
    id: uuid().notNull(),
    /** access, rectify, erase, object, restrict or complaint. */
    kind: text().notNull(),
    /** open, done, refused or withdrawn. */
    state: text().notNull().default("open"),
    receivedOn: date().notNull(),
    /** How it came: a code of domain/rights/request. */
    way: text().notNull(),
    /** self, parent or representative. */
    askerKind: text().notNull(),
    /** Who asked and where to answer; sealed, and emptied when the person is erased. */
    asker: bytes(),
    /** What they asked, sealed. */
    words: bytes(),
    identityWay: text(),
    identityOn: date(),
    identityBy: uuid(),
    acknowledgedOn: date(),
    extendedOn: date(),
    /** Why it takes longer: a code. */
    extendedBecause: text(),
    /** What was answered, sealed. */
    answer: bytes(),
    /** Why it was refused: a code. */
    refusedBecause: text(),
    closedOn: date(),
    madeBy: uuid(),
    madeAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.id] }),
    index("rights_request_state").on(t.organisationId, t.state, t.receivedOn),
  ],
);

/** A time in which the clock stands: the person is asked something that the request cannot go on without. */
export const rightsPause = governance.table(
  "rights_pause",
  {
    organisationId: integer().notNull(),
    requestId: uuid().notNull(),
    number: smallint().notNull(),
    fromOn: date().notNull(),
    /** The day of the answer; null while it waits. */
    untilOn: date(),
    /** identity or meaning: a code. */
    because: text().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.requestId, t.number] }),
    withinOrganisation(t, t.requestId, rightsRequest),
  ],
);

/** The records that an officer found to be of whom the request is about. */
export const rightsPerson = governance.table(
  "rights_person",
  {
    organisationId: integer().notNull(),
    requestId: uuid().notNull(),
    clientId: uuid().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.requestId, t.clientId] }),
    index("rights_person_client").on(t.organisationId, t.clientId),
    withinOrganisation(t, t.requestId, rightsRequest),
  ],
);

/** What an officer decided of one text of a pack. It stands for the text that was read, and for no other. */
export const redaction = governance.table(
  "redaction",
  {
    organisationId: integer().notNull(),
    requestId: uuid().notNull(),
    /** Table, row and column of the text. */
    place: text().notNull(),
    rowKey: text().notNull(),
    columnName: text().notNull(),
    /** Keyed fingerprint of the text. */
    textHash: bytes().notNull(),
    /** release, black-out or withhold. */
    decision: text().notNull(),
    /** Passages to black out: [from, to) in characters. */
    passages: jsonb().notNull(),
    /** third-party, harm or privilege; null for what is released whole. */
    because: text(),
    /** The professional who said that it would harm. */
    harmBy: uuid(),
    decidedBy: uuid().notNull(),
    decidedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.requestId, t.place, t.rowKey, t.columnName] }),
    withinOrganisation(t, t.requestId, rightsRequest),
  ],
);

/** A pack that is ready to be handed over: sealed, and destroyed after a week. */
export const rightsPack = governance.table(
  "rights_pack",
  {
    organisationId: integer().notNull(),
    id: uuid().notNull(),
    requestId: uuid().notNull(),
    /** Sealed; null once it is destroyed. */
    contents: bytes(),
    /** SHA-256 of what was sealed, in hexadecimal digits. */
    sha256: text().notNull(),
    madeBy: uuid().notNull(),
    madeAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    expiresAt: timestamp({ withTimezone: true }).notNull(),
    takenAt: timestamp({ withTimezone: true }),
    destroyedAt: timestamp({ withTimezone: true }),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.id] }),
    index("rights_pack_request").on(t.organisationId, t.requestId),
    withinOrganisation(t, t.requestId, rightsRequest),
  ],
);

/** A correction that was asked for: what stood there, what stands there now, and what the person says where it stays. */
export const rectification = governance.table(
  "rectification",
  {
    organisationId: integer().notNull(),
    id: uuid().notNull(),
    requestId: uuid().notNull(),
    clientId: uuid().notNull(),
    /** corrected or refused. */
    outcome: text().notNull(),
    /** Kinds of what was corrected: codes that receivers are told. */
    about: text().array().notNull(),
    /** Sealed. */
    before: bytes().notNull(),
    /** Sealed; null when it was refused. */
    after: bytes(),
    /** The person's own words beside what stays. Sealed. */
    disagreement: bytes(),
    madeBy: uuid().notNull(),
    madeAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.id] }),
    index("rectification_client").on(t.organisationId, t.clientId),
    withinOrganisation(t, t.requestId, rightsRequest),
  ],
);

/** Whom something of a person was shared with, and that they were told of a change (UK GDPR, article 19). */
export const rightsRecipient = governance.table(
  "rights_recipient",
  {
    organisationId: integer()
      .notNull()
      .references(() => organisation.id),
    id: uuid().notNull(),
    /** Null when nobody asked, as in a retention run. */
    requestId: uuid(),
    /** rectified, erased, restricted or yes-ended. */
    kind: text().notNull(),
    /** Organisation or service, by name. */
    toName: text().notNull(),
    /** platform: told in the product. email, phone or agreement: an officer tells them. */
    way: text().notNull(),
    madeAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    /** Null while somebody has still to tell them. */
    toldAt: timestamp({ withTimezone: true }),
    toldBy: uuid(),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.id] }),
    index("rights_recipient_request").on(t.organisationId, t.requestId),
  ],
);

/** What an organisation is told by another of somebody who was referred to it. Rows belong to whoever is told. */
export const rightsNotice = governance.table(
  "rights_notice",
  {
    organisationId: integer()
      .notNull()
      .references(() => organisation.id),
    id: uuid().notNull(),
    fromOrganisationId: integer()
      .notNull()
      .references(() => organisation.id),
    fromName: text().notNull(),
    /** The receiver's own client, where the referral became one. */
    clientId: uuid(),
    /** rectified, erased, restricted; said-yes: another organisation was told a yes to sharing; yes-ended: it was taken back. */
    kind: text().notNull(),
    /** Kinds of what was corrected; of a yes, how they were asked. */
    about: text().array().notNull(),
    madeAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    seenAt: timestamp({ withTimezone: true }),
    seenBy: uuid(),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.id] }),
    index("rights_notice_client").on(t.organisationId, t.clientId),
  ],
);

/** Why a record may not be erased for now. */
export const rightsHold = governance.table(
  "rights_hold",
  {
    organisationId: integer()
      .notNull()
      .references(() => organisation.id),
    id: uuid().notNull(),
    clientId: uuid().notNull(),
    /** legal, safeguarding, complaint or restriction. */
    kind: text().notNull(),
    /** Sealed. */
    reason: bytes().notNull(),
    reviewOn: date().notNull(),
    placedBy: uuid().notNull(),
    placedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    liftedBy: uuid(),
    liftedAt: timestamp({ withTimezone: true }),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.id] }),
    index("rights_hold_client").on(t.organisationId, t.clientId),
  ],
);

/** What was decided of each purpose when erasing was asked for. */
export const erasureDecision = governance.table(
  "erasure_decision",
  {
    organisationId: integer().notNull(),
    requestId: uuid().notNull(),
    /** record, referrals or stories. */
    purpose: text().notNull(),
    /** erase or keep. */
    decision: text().notNull(),
    /** Why it is kept: a code. */
    because: text(),
    decidedBy: uuid().notNull(),
    decidedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    doneAt: timestamp({ withTimezone: true }),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.requestId, t.purpose] }),
    withinOrganisation(t, t.requestId, rightsRequest),
  ],
);

/** What was erased, by id: a backup that is restored has it erased again. */
export const erasure = governance.table(
  "erasure",
  {
    organisationId: integer()
      .notNull()
      .references(() => organisation.id),
    clientId: uuid().notNull(),
    /** record, referrals or stories. */
    purpose: text().notNull(),
    erasedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    /** When the list beside the database had it. */
    listedAt: timestamp({ withTimezone: true }),
  },
  (t) => [primaryKey({ columns: [t.organisationId, t.clientId, t.purpose] })],
);

/** How long an organisation keeps a kind of record, where that is not the default. */
export const retentionRule = governance.table(
  "retention_rule",
  {
    organisationId: integer()
      .notNull()
      .references(() => organisation.id),
    /** A kind of domain/rights/retention. */
    recordType: text().notNull(),
    months: integer().notNull(),
    /** The law or the policy that says so. */
    source: text().notNull(),
    changedBy: uuid().notNull(),
    changedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.organisationId, t.recordType] })],
);

/** A list of records whose time is over, to be looked through before anything is deleted. */
export const retentionRun = governance.table(
  "retention_run",
  {
    organisationId: integer()
      .notNull()
      .references(() => organisation.id),
    id: uuid().notNull(),
    /** review, confirmed, done or cancelled. */
    state: text().notNull().default("review"),
    onDay: date().notNull(),
    madeBy: uuid().notNull(),
    madeAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    confirmedBy: uuid(),
    confirmedAt: timestamp({ withTimezone: true }),
    doneAt: timestamp({ withTimezone: true }),
    /** How many were deleted. */
    deleted: integer(),
  },
  (t) => [primaryKey({ columns: [t.organisationId, t.id] })],
);

export const retentionItem = governance.table(
  "retention_item",
  {
    organisationId: integer().notNull(),
    runId: uuid().notNull(),
    clientId: uuid().notNull(),
    recordType: text().notNull(),
    /** The last day on which anything happened, and the first day after its time. */
    lastOn: date().notNull(),
    dueOn: date().notNull(),
    /** An officer takes it out of the list: why, a code. */
    keptBecause: text(),
    /** deleted, held or changed: what became of it when the run was done. */
    outcome: text(),
    /** Whether it was held when the list was made. */
    held: boolean().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.runId, t.clientId] }),
    withinOrganisation(t, t.runId, retentionRun),
  ],
);
