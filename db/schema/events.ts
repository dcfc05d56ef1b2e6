/**
 * Event markers: what an officer or a commissioner wrote of a day and a place, with what they expected. Nothing here
 * is about a person. A marker is never changed: a later word is a note, and so is taking it back.
 */

import { sql } from "drizzle-orm";
import {
  boolean,
  date,
  index,
  integer,
  jsonb,
  text,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { organisation } from "./casework";
import { withinOrganisation } from "./columns";
import { reference } from "./reference";

export const eventMarker = reference.table(
  "event_marker",
  {
    id: uuid().primaryKey(),
    organisationId: integer()
      .notNull()
      .references(() => organisation.id),
    /** Its name then: organisations do not see each other's rows. */
    organisationName: text().notNull(),
    kind: text().notNull(),
    title: text().notNull(),
    happensOn: date().notNull(),
    /** Numbers of `reference.area`, all of one level. */
    areas: integer().array().notNull(),
    /** Empty: all other areas of the level. */
    comparison: integer().array().notNull(),
    /** Needs and directions: `expectedSchema` of server/domain/event-marker.ts. */
    expected: jsonb().notNull(),
    reason: text().notNull(),
    /** By the installation's clock. */
    writtenOn: date().notNull(),
    /** Last day that any figure covered then, settled or open; null: there was no figure. */
    figuresUntil: date(),
    writtenAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    unique("event_marker_organisation").on(t.organisationId, t.id),
    index("event_marker_day").on(t.happensOn),
  ],
);

/** A later word of whoever wrote the marker; the one that takes it back says so. */
export const eventNote = reference.table(
  "event_note",
  {
    id: uuid().primaryKey(),
    eventId: uuid().notNull(),
    organisationId: integer().notNull(),
    organisationName: text().notNull(),
    text: text().notNull(),
    withdraws: boolean().notNull(),
    writtenOn: date().notNull(),
    writtenAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    withinOrganisation(t, t.eventId, eventMarker),
    index("event_note_event").on(t.eventId),
    uniqueIndex("event_note_withdrawn").on(t.eventId).where(sql`withdraws`),
  ],
);
