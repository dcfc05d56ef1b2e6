/**
 * Each time that somebody asked what other services know of a person, or of places: who, why, and who answered. The asker's
 * row and the giver's rows lie apart, each in its own organisation, so that both can show them in the person's history.
 */

import { date, index, integer, primaryKey, smallint, text, timestamp, uuid } from "drizzle-orm/pg-core";
import { client } from "./casework";
import { bytes, withinOrganisation } from "./columns";
import { governance } from "./governance";

/** One look-up, whether or not anybody answered. */
export const look = governance.table(
  "look",
  {
    /** Who asked. */
    organisationId: integer().notNull(),
    /** Made by the device that asks. */
    id: uuid().notNull(),
    /** The asker's own client, whom it was about; null for a list (lists.ts). */
    clientId: uuid(),
    memberId: uuid().notNull(),
    purpose: text().notNull(),
    /** Why: a code of domain/agreements/known-to.ts. */
    reason: text().notNull(),
    /** More words, sealed. */
    words: bytes(),
    /**
     * known-to: which services know them, and no more. full: as much as the agreements give. list: a list of places or
     * people. effect: what became of one place of a list.
     */
    asked: text().notNull(),
    /** How many records of other organisations answered. */
    answers: smallint().notNull(),
    /** Real time. */
    at: timestamp({ withTimezone: true }).notNull().defaultNow(),
    /** The day that it was for the installation. */
    day: date().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.id] }),
    index("look_client").on(t.organisationId, t.clientId),
    index("look_at").on(t.organisationId, t.at),
    withinOrganisation(t, t.clientId, client),
  ],
);

/** What a giving organisation's record answered to a look, and by which agreement. */
export const lookAnswer = governance.table(
  "look_answer",
  {
    /** Who gave. */
    organisationId: integer().notNull(),
    lookId: uuid().notNull(),
    /** The giver's own client. */
    clientId: uuid().notNull(),
    /** Who looked. */
    askerOrganisationId: integer().notNull(),
    memberGroup: text().notNull(),
    purpose: text().notNull(),
    agreementId: uuid().notNull(),
    version: smallint().notNull(),
    detail: text().notNull(),
    /** consent, basis or duty. */
    rests: text().notNull(),
    /** What was open then: each need's number times 10, and the rank of its detail. */
    opened: integer().array().notNull(),
    /** In which rows of a list; null where it was no list. */
    rows: smallint().array(),
    /** Which stay the record had at the place of that row (`identity.client_place`); null where it was no place. */
    stay: uuid(),
    at: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.lookId, t.clientId] }),
    index("look_answer_client").on(t.organisationId, t.clientId),
    index("look_answer_look").on(t.lookId),
    withinOrganisation(t, t.clientId, client),
  ],
);

/** Since when each organisation's officers were last told by mail how often was looked. */
export const lookDigest = governance.table("look_digest", {
  organisationId: integer().primaryKey(),
  toldOn: date().notNull(),
});
