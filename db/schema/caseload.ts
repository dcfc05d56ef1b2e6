/**
 * Casework between contacts: what somebody has still to do for a client, who looks after whom, scores of before and
 * after, what to do in a crisis, and the address of a member's calendar.
 */

import { sql } from "drizzle-orm";
import {
  date,
  doublePrecision,
  index,
  integer,
  jsonb,
  primaryKey,
  smallint,
  text,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { casework, client, contact, issue, member, organisation } from "./casework";
import { bytes, withinOrganisation } from "./columns";

export const actionOutcome = casework.enum("action_outcome", ["done", "not-needed"]);
export const scoreDirection = casework.enum("score_direction", ["higher-better", "lower-better"]);

/** Something that somebody has to do for a client. */
export const action = casework.table(
  "action",
  {
    organisationId: integer().notNull(),
    /** Made by the device, so that an action sent twice is there once. */
    id: uuid().notNull(),
    clientId: uuid().notNull(),
    issueId: uuid(),
    /** Sealed. */
    title: bytes().notNull(),
    dueOn: date(),
    /** Whose it is to do; null: nobody's yet. */
    memberId: uuid(),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    /** When its words, day, member or outcome last changed. */
    changedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    /** By the installation's clock, as days are. */
    doneAt: timestamp({ withTimezone: true }),
    doneBy: uuid(),
    outcome: actionOutcome(),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.id] }),
    index("action_client").on(t.organisationId, t.clientId),
    /** What a member has still to do, by day. */
    index("action_open").on(t.organisationId, t.memberId, t.dueOn).where(sql`done_at is null`),
    withinOrganisation(t, t.clientId, client),
    withinOrganisation(t, t.issueId, issue),
    withinOrganisation(t, t.memberId, member),
  ],
);

/** One move of people to another member, which can be undone as a whole. */
export const reassignment = casework.table(
  "reassignment",
  {
    organisationId: integer().notNull(),
    id: uuid().notNull(),
    /** Null: the people were left without a member. */
    toMember: uuid(),
    madeBy: uuid().notNull(),
    madeAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    undoneAt: timestamp({ withTimezone: true }),
  },
  (t) => [primaryKey({ columns: [t.organisationId, t.id] }), withinOrganisation(t, t.toMember, member)],
);

/** Somebody who was moved, and what must be put back when the move is undone. */
export const reassignedClient = casework.table(
  "reassigned_client",
  {
    organisationId: integer().notNull(),
    reassignmentId: uuid().notNull(),
    clientId: uuid().notNull(),
    fromMember: uuid(),
    /** Open actions that went along. */
    actionIds: uuid().array().notNull().default([]),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.reassignmentId, t.clientId] }),
    index("reassigned_client_client").on(t.organisationId, t.clientId),
    withinOrganisation(t, t.reassignmentId, reassignment),
    withinOrganisation(t, t.clientId, client),
  ],
);

/** The secret address of a member's calendar. Only a hash of it is kept. */
export const calendarFeed = casework.table(
  "calendar_feed",
  {
    organisationId: integer().notNull(),
    id: uuid().notNull(),
    memberId: uuid().notNull(),
    tokenHash: bytes().notNull(),
    madeAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    /** When a calendar last asked. */
    fetchedAt: timestamp({ withTimezone: true }),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.id] }),
    unique("calendar_feed_member").on(t.organisationId, t.memberId),
    uniqueIndex("calendar_feed_token").on(t.tokenHash),
    withinOrganisation(t, t.memberId, member),
  ],
);

/** What an organisation tells its workers to do at once when this need comes up. */
export const crisisCard = casework.table(
  "crisis_card",
  {
    organisationId: integer()
      .notNull()
      .references(() => organisation.id),
    needNumber: smallint().notNull(),
    title: text().notNull(),
    words: text().notNull(),
    /** A list of { label, number }. */
    phones: jsonb().notNull(),
    reviewedOn: date().notNull(),
  },
  (t) => [primaryKey({ columns: [t.organisationId, t.needNumber] })],
);

/** A scale on which somebody is scored before and after. Its wording is licensed as a rule and is not kept. */
export const instrument = casework.table(
  "instrument",
  {
    organisationId: integer()
      .notNull()
      .references(() => organisation.id),
    id: uuid().notNull(),
    name: text().notNull(),
    lowest: doublePrecision().notNull(),
    highest: doublePrecision().notNull(),
    step: doublePrecision().notNull(),
    direction: scoreDirection().notNull(),
    closedAt: timestamp({ withTimezone: true }),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.id] }),
    unique("instrument_name").on(t.organisationId, t.name),
  ],
);

export const instrumentScore = casework.table(
  "instrument_score",
  {
    organisationId: integer().notNull(),
    /** Made by the device. */
    id: uuid().notNull(),
    instrumentId: uuid().notNull(),
    clientId: uuid().notNull(),
    contactId: uuid(),
    scoredOn: date().notNull(),
    score: doublePrecision().notNull(),
    memberId: uuid(),
    recordedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    voidedAt: timestamp({ withTimezone: true }),
    voidedBy: uuid(),
    /** Sealed. */
    voidReason: bytes(),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.id] }),
    index("instrument_score_client").on(t.organisationId, t.clientId),
    withinOrganisation(t, t.instrumentId, instrument),
    withinOrganisation(t, t.clientId, client),
    withinOrganisation(t, t.contactId, contact),
  ],
);
