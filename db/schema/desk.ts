/**
 * What an officer answers for beside the audit: emergency access that was broken open, breaches, and what was signed
 * about how the organisation keeps its promises.
 */

import {
  boolean,
  index,
  integer,
  jsonb,
  primaryKey,
  smallint,
  text,
  timestamp,
  uuid,
} from "drizzle-orm/pg-core";
import { client, organisation } from "./casework";
import { bytes, withinOrganisation } from "./columns";
import { governance } from "./governance";

/**
 * Emergency access of one member to what one other organisation holds about one person, for a few hours. Written by
 * the functions of `desk.sql` alone; both organisations read it.
 */
export const breakGlass = governance.table(
  "break_glass",
  {
    /** Who looks. */
    organisationId: integer().notNull(),
    id: uuid().notNull(),
    memberId: uuid().notNull(),
    /** As they were called then, for the officers of the other organisation. */
    memberName: text().notNull(),
    memberRole: text().notNull(),
    organisationName: text().notNull(),
    /** The looker's own client, whom they have in front of them; null once that record was erased. */
    clientId: uuid(),
    givingOrganisationId: integer()
      .notNull()
      .references(() => organisation.id),
    givingOrganisationName: text().notNull(),
    agreementId: uuid().notNull(),
    version: smallint().notNull(),
    /** A code of domain/break-glass.ts. */
    reason: text().notNull(),
    /** What they wrote about it, sealed; null once the record was erased. */
    words: bytes(),
    hours: smallint().notNull(),
    /** Real time, as `endsAt`: an emergency runs by no demo's clock. */
    openedAt: timestamp({ withTimezone: true }).notNull(),
    endsAt: timestamp({ withTimezone: true }).notNull(),
    /** Ended by hand before that. */
    endedAt: timestamp({ withTimezone: true }),
    /** Whether the other organisation knows the person at all. */
    found: boolean().notNull(),
    /** How often it was looked through. */
    looks: integer().notNull().default(0),
    lastLookAt: timestamp({ withTimezone: true }),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.id] }),
    index("break_glass_giver").on(t.givingOrganisationId, t.openedAt),
    index("break_glass_member").on(t.organisationId, t.memberId, t.endsAt),
    withinOrganisation(t, t.clientId, client),
  ],
);

/** What each of the two organisations' officers says of it afterwards. */
export const breakGlassReview = governance.table(
  "break_glass_review",
  {
    organisationId: integer().notNull(),
    glassId: uuid().notNull(),
    /** Whether this side gave; else it looked. */
    isGiver: boolean().notNull(),
    madeAt: timestamp({ withTimezone: true }).notNull(),
    /** right or wrong. */
    verdict: text(),
    words: bytes(),
    decidedBy: uuid(),
    decidedAt: timestamp({ withTimezone: true }),
  },
  (t) => [primaryKey({ columns: [t.organisationId, t.glassId] })],
);

/** The records of the person at the organisation that gave; none where it does not know them. */
export const breakGlassRecord = governance.table(
  "break_glass_record",
  {
    organisationId: integer().notNull(),
    glassId: uuid().notNull(),
    clientId: uuid().notNull(),
    madeAt: timestamp({ withTimezone: true }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.glassId, t.clientId] }),
    index("break_glass_record_client").on(t.organisationId, t.clientId),
    withinOrganisation(t, t.clientId, client),
  ],
);

/** A breach of personal data, from the moment that the organisation became aware of it. */
export const breach = governance.table(
  "breach",
  {
    organisationId: integer()
      .notNull()
      .references(() => organisation.id),
    id: uuid().notNull(),
    /** A code of domain/breach.ts. */
    what: text().notNull(),
    /** Whose access it was: member or device, and its id. */
    aboutKind: text().notNull(),
    aboutId: uuid().notNull(),
    fromAt: timestamp({ withTimezone: true }).notNull(),
    untilAt: timestamp({ withTimezone: true }).notNull(),
    awareAt: timestamp({ withTimezone: true }).notNull(),
    /** What happened, in the officer's words, sealed. */
    words: bytes(),
    /** Figures of the list as it was made. */
    people: integer().notNull(),
    opened: integer().notNull(),
    state: text().notNull().default("open"),
    /** Told to the Information Commissioner, or why not: told or no-risk. */
    commissioner: text(),
    commissionerAt: timestamp({ withTimezone: true }),
    /** Why nobody is at risk, in the officer's words, sealed (Article 33(5)); stays when the Commissioner is told after all. */
    noRiskReason: bytes(),
    peopleToldAt: timestamp({ withTimezone: true }),
    closedAt: timestamp({ withTimezone: true }),
    madeBy: uuid().notNull(),
    madeAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.organisationId, t.id] })],
);

/** What an officer put their name to: a version of the record of processing and impact assessment, or one principle. */
export const statement = governance.table(
  "statement",
  {
    organisationId: integer()
      .notNull()
      .references(() => organisation.id),
    id: uuid().notNull(),
    /** processing, caldicott or five-safes. */
    frame: text().notNull(),
    /** Of the two forms: which principle. */
    principle: text(),
    /** Of the five safes: which agreement. */
    agreementId: uuid(),
    /** Of the record of processing: exactly what was signed. */
    content: jsonb(),
    contentHash: bytes(),
    /** What they say of it; about the organisation, never about a person. */
    words: text().notNull(),
    signedBy: uuid().notNull(),
    signedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.id] }),
    index("statement_frame").on(t.organisationId, t.frame, t.signedAt),
  ],
);
