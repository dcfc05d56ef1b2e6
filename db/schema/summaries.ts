/**
 * Impact summaries as kept things: what was asked for, what was counted at which instant, and the files made of it,
 * byte for byte. A summary that is ready is never changed, but a story goes with whom it is of; counted again, it is a
 * new version of its series. And, for the engine alone, the sets of people that figures of services and organisations stand for.
 */

import { sql } from "drizzle-orm";
import {
  date,
  index,
  integer,
  jsonb,
  primaryKey,
  smallint,
  text,
  timestamp,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import { casework } from "./casework";
import { bytes, withinOrganisation } from "./columns";
import { programme } from "./programmes";
import { statistics } from "./statistics";

/** One version of a summary. */
export const summary = casework.table(
  "summary",
  {
    organisationId: integer().notNull(),
    /** Made by the browser: a request sent twice makes one. */
    id: uuid().notNull(),
    /** The id of the first version. */
    seriesId: uuid().notNull(),
    version: smallint().notNull(),
    /** The programme whose organisations are counted together; null for the organisation alone. */
    programmeId: uuid(),
    /** As it travels: `server/domain/impact/plan.ts`. */
    plan: jsonb().notNull(),
    /** Stories as they were chosen, in the words that leave; the worker holds no key to open sealed ones. */
    stories: jsonb().notNull().default([]),
    /** making, ready or failed. */
    state: text().notNull().default("making"),
    /** Times it was begun. */
    attempts: smallint().notNull().default(0),
    /** The instant of the database at which it was counted, and the day of the installation's clock. */
    cutOff: timestamp({ withTimezone: true }),
    countedOn: date(),
    /** How it is counted, and the version of the software: together, what made the bytes. */
    method: text(),
    software: text(),
    exactNumbers: jsonb(),
    /** What leaves; null for a summary that stays inside. */
    figureNumbers: jsonb(),
    paper: jsonb(),
    /** How it differs from the version before, in words. */
    changes: jsonb(),
    /** Records that were folded into other people's: how a later version knows that records were linked or parted. */
    trace: jsonb(),
    /** Null when a schedule asked. */
    madeBy: uuid(),
    scheduleId: uuid(),
    askedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    readyAt: timestamp({ withTimezone: true }),
    /** When whoever keeps the schedule was told that it is there, or that it could not be made. */
    toldAt: timestamp({ withTimezone: true }),
    /** Number of the fault in the log, when it failed. */
    faultId: uuid(),
    /** Why it was refused, in words for whoever asked; null when it failed by a fault. */
    refused: text(),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.id] }),
    unique("summary_version").on(t.organisationId, t.seriesId, t.version),
    index("summary_asked").on(t.organisationId, t.askedAt),
    withinOrganisation(t, t.programmeId, programme),
    index("summary_waits").on(t.organisationId).where(sql`state = 'making'`),
  ],
);

/** A file of a summary, kept as it was made. */
export const summaryFile = casework.table(
  "summary_file",
  {
    organisationId: integer().notNull(),
    summaryId: uuid().notNull(),
    name: text().notNull(),
    /** Order in which files are offered. */
    position: smallint().notNull(),
    mediaType: text().notNull(),
    bytes: bytes().notNull(),
    /** Of the bytes, in lower-case hexadecimal digits. In the audit chain too. */
    sha256: text().notNull(),
    /** When the bytes were erased, because they told a story of somebody who was: name and hash stay. */
    erasedAt: timestamp({ withTimezone: true }),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.summaryId, t.name] }),
    withinOrganisation(t, t.summaryId, summary),
  ],
);

/** A plan without a period, to begin from. */
export const summaryTemplate = casework.table(
  "summary_template",
  {
    organisationId: integer().notNull(),
    id: uuid().notNull(),
    name: text().notNull(),
    plan: jsonb().notNull(),
    madeBy: uuid().notNull(),
    madeAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.id] }),
    unique("summary_template_name").on(t.organisationId, t.name),
  ],
);

/** A plan that is prepared for each month or quarter as it closes. */
export const summarySchedule = casework.table(
  "summary_schedule",
  {
    organisationId: integer().notNull(),
    id: uuid().notNull(),
    name: text().notNull(),
    plan: jsonb().notNull(),
    /** month or quarter. */
    every: text().notNull(),
    /** Text of the period that it prepares next. */
    nextPeriod: text().notNull(),
    /** Whom to tell. */
    madeBy: uuid().notNull(),
    madeAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    stoppedAt: timestamp({ withTimezone: true }),
    /** When the worker stopped it because it cannot read it, and when the manager was told. */
    brokenAt: timestamp({ withTimezone: true }),
    toldAt: timestamp({ withTimezone: true }),
  },
  (t) => [primaryKey({ columns: [t.organisationId, t.id] })],
);

/** How often a service's or organisation's numbers of a period have been settled. */
export const impactSettlement = statistics.table(
  "impact_settlement",
  {
    /** `service:<uuid>`, `organisation:<number>`, `programme:<uuid>`, `ward:<code>`, or `wards`: all of them. */
    area: text().notNull(),
    period: smallint().notNull(),
    settleNo: smallint().notNull(),
  },
  (t) => [primaryKey({ columns: [t.area, t.period] })],
);

/**
 * What a cell `<area>|impact:<measure>` shows from a settlement on, and the set that its figure stands for. No row:
 * nobody, hidden. The highest settlement of a period holds; earlier rows stay for the sets that stand in them.
 */
export const impactSet = statistics.table(
  "impact_set",
  {
    area: text().notNull(),
    measure: text().notNull(),
    period: smallint().notNull(),
    settleNo: smallint().notNull(),
    sourcePeriod: smallint().notNull(),
    sourceSettleNo: smallint().notNull(),
    /** Null: hidden. */
    figure: integer(),
    /** Record keys of the set in order, 8 bytes each; null when the figure stands for a set of another settlement. */
    members: bytes(),
    /** What was estimated from the set: it stands as long as the figure does. */
    estimate: jsonb(),
  },
  (t) => [primaryKey({ columns: [t.area, t.measure, t.period, t.settleNo] })],
);
