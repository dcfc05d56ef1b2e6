/**
 * Programmes: organisations that agreed to have their people counted together, each person once, in figures alone.
 * What a programme is for never changes, because it is what the others agreed to. An invitation is a row of the
 * organisation that leads, an agreement a row of the organisation that gives it: nobody can agree for another.
 */

import { sql } from "drizzle-orm";
import {
  foreignKey,
  integer,
  primaryKey,
  text,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { casework, organisation } from "./casework";
import { withinOrganisation } from "./columns";

export const programme = casework.table(
  "programme",
  {
    /** Who leads it. */
    organisationId: integer()
      .notNull()
      .references(() => organisation.id),
    /** Made by the browser: a request sent twice makes one. */
    id: uuid().notNull(),
    name: text().notNull(),
    purpose: text().notNull(),
    madeBy: uuid().notNull(),
    madeAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.organisationId, t.id] }), unique("programme_id").on(t.id)],
);

export const programmeInvitation = casework.table(
  "programme_invitation",
  {
    /** Who leads the programme. */
    organisationId: integer().notNull(),
    id: uuid().notNull(),
    programmeId: uuid().notNull(),
    invitedOrganisationId: integer()
      .notNull()
      .references(() => organisation.id),
    invitedBy: uuid().notNull(),
    invitedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    withdrawnBy: uuid(),
    withdrawnAt: timestamp({ withTimezone: true }),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.id] }),
    withinOrganisation(t, t.programmeId, programme),
    uniqueIndex("programme_invitation_stands")
      .on(t.organisationId, t.programmeId, t.invitedOrganisationId)
      .where(sql`withdrawn_at is null`),
  ],
);

export const programmeAgreement = casework.table(
  "programme_agreement",
  {
    /** Whose people may be counted. */
    organisationId: integer()
      .notNull()
      .references(() => organisation.id),
    id: uuid().notNull(),
    leadOrganisationId: integer().notNull(),
    programmeId: uuid().notNull(),
    /** What was agreed to, as it was read: a paragraph a line. */
    words: text().notNull(),
    agreedBy: uuid().notNull(),
    agreedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    endedBy: uuid(),
    endedAt: timestamp({ withTimezone: true }),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.id] }),
    foreignKey({
      columns: [t.leadOrganisationId, t.programmeId],
      foreignColumns: [programme.organisationId, programme.id],
    }),
    uniqueIndex("programme_agreement_stands")
      .on(t.organisationId, t.programmeId)
      .where(sql`ended_at is null`),
  ],
);
