/**
 * Stories of clients, told without anything that shows who they are, with what each client agreed to. The words are
 * sealed. What a client said is kept row by row: a yes for some audiences until a day, and the end of it.
 */

import { date, index, integer, primaryKey, smallint, text, timestamp, uuid } from "drizzle-orm/pg-core";
import { casework, channel, client, member } from "./casework";
import { bytes, withinOrganisation } from "./columns";

export const storyState = casework.enum("story_state", ["draft", "checked", "retired"]);

export const story = casework.table(
  "story",
  {
    organisationId: integer().notNull(),
    /** Made by the device. */
    id: uuid().notNull(),
    clientId: uuid().notNull(),
    state: storyState().notNull().default("draft"),
    /** Goes up with every change of the words: whoever confirms confirms one of them. */
    revision: integer().notNull(),
    /** What happened, a paragraph a line. */
    words: bytes().notNull(),
    /** Who it is, said so that nobody can tell: "Somebody we helped with debts". */
    who: bytes().notNull(),
    /** Who wrote the words as they stand, and when by the installation's clock, as the instants below. */
    writtenBy: uuid().notNull(),
    writtenAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    /** Another member, who read it and found nothing that shows who it is. */
    checkedBy: uuid(),
    checkedAt: timestamp({ withTimezone: true }),
    retiredAt: timestamp({ withTimezone: true }),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.id] }),
    index("story_client").on(t.organisationId, t.clientId),
    withinOrganisation(t, t.clientId, client),
    withinOrganisation(t, t.writtenBy, member),
    withinOrganisation(t, t.checkedBy, member),
  ],
);

/** What a client said about the use of their story. The latest row stands. */
export const storyConsent = casework.table(
  "story_consent",
  {
    organisationId: integer().notNull(),
    /** Made by the device. */
    id: uuid().notNull(),
    storyId: uuid().notNull(),
    /** Who may read it; none: a yes taken back, or a no. */
    audiences: text().array().notNull(),
    answeredOn: date().notNull(),
    /** The last day of a yes; null with a no. */
    untilOn: date(),
    how: channel().notNull(),
    wordsVersion: smallint().notNull(),
    /** The words of the story that were read to them. */
    revision: integer().notNull(),
    askedBy: uuid().notNull(),
    recordedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.id] }),
    index("story_consent_story").on(t.organisationId, t.storyId),
    withinOrganisation(t, t.storyId, story),
    withinOrganisation(t, t.askedBy, member),
  ],
);
