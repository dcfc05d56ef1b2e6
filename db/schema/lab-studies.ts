/**
 * Studies of the data lab, the sealed files that are sent for them, and what stays when a file is gone. A study's plan
 * never changes once it is fixed; a file's pieces lie here as ciphertext, whose key is in the worker's memory alone, and
 * go when the run ends, however it ends. What the worker finds (numbers, receipts, cohorts compared) it alone writes.
 */

import { sql } from "drizzle-orm";
import {
  type AnyPgColumn,
  date,
  foreignKey,
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
import { member } from "./casework";
import { bytes, withinOrganisation } from "./columns";
import { lab } from "./lab";

/** Whoever did it, a member of that organisation. */
const memberKey = (organisation: AnyPgColumn, by: AnyPgColumn) =>
  foreignKey({ columns: [organisation, by], foreignColumns: [member.organisationId, member.id] });

export const study = lab.table(
  "study",
  {
    organisationId: integer().notNull(),
    /** Made by the browser: a request sent twice makes one. */
    id: uuid().notNull(),
    /** Counts from 1 within the organisation. */
    number: integer().notNull(),
    /** `server/domain/lab/study.ts`. */
    state: text().notNull().default("draft"),
    /** Grows by one with each change of the plan. */
    version: integer().notNull().default(1),
    /** As it travels: `server/domain/lab/study.ts`. */
    plan: jsonb().notNull(),
    madeBy: uuid().notNull(),
    madeAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    changedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    askedBy: uuid(),
    askedAt: timestamp({ withTimezone: true }),
    /** The second person, when the plan was fixed. */
    secondedBy: uuid(),
    fixedAt: timestamp({ withTimezone: true }),
    /** What the second person wanted mended, in words about the plan. */
    returnedBecause: text(),
    /** The plan with its data set's codebook, in the written form that the hash is of. */
    canonical: text(),
    /** SHA-256 of `canonical`, in lower-case hexadecimal digits. In the audit chain too. */
    planHash: text(),
    /** Who holds the data set: their analyst signs. */
    holderOrganisationId: integer(),
    /** The upload of now; null when none is under way. */
    uploadId: uuid(),
    /** Where the run is: `RUN_STAGES`. */
    stage: text(),
    /** How the last upload ended when it gave no result, and why it was refused, in words that quote nothing of it. */
    sendAgain: text(),
    refused: text(),
    /** Number of the fault in the log. */
    faultId: uuid(),
    /** What may be said: `server/domain/lab/report-numbers.ts`. */
    numbers: jsonb(),
    /** When its people began to be looked for, whatever came of it: four a month. */
    ranAt: timestamp({ withTimezone: true }),
    /** Day of the installation's clock on which the numbers were made, and the version of the software. */
    countedOn: date(),
    software: text(),
    readyAt: timestamp({ withTimezone: true }),
    /** The holder's analyst: a member of another organisation, as a rule. */
    signedByAccount: uuid(),
    signedAt: timestamp({ withTimezone: true }),
    /** What the analyst wants cleared up before they sign; null when nothing is. */
    question: text(),
    questionedAt: timestamp({ withTimezone: true }),
    publishedBy: uuid(),
    publishedAt: timestamp({ withTimezone: true }),
    withdrawnBy: uuid(),
    withdrawnAt: timestamp({ withTimezone: true }),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.id] }),
    ...[t.madeBy, t.askedBy, t.secondedBy, t.publishedBy, t.withdrawnBy].map((by) =>
      memberKey(t.organisationId, by),
    ),
    unique("study_number").on(t.organisationId, t.number),
    index("study_to_sign").on(t.holderOrganisationId).where(sql`state in ('ready', 'signed', 'published')`),
    index("study_runs").on(t.organisationId).where(sql`state = 'running'`),
  ],
);

/** A sealed file on its way to the worker: a cohort for a study, or a holder's data set. */
export const upload = lab.table(
  "upload",
  {
    organisationId: integer().notNull(),
    /** Made by the browser. */
    id: uuid().notNull(),
    /** cohort or data-set. */
    kind: text().notNull(),
    /** The study, or the data set. */
    subjectId: uuid().notNull(),
    askedBy: uuid().notNull(),
    askedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    /** key: waits for a key. open: takes pieces. sent: everything is here. ended: destroyed. */
    state: text().notNull().default("key"),
    /** Which life of the worker holds the private part: another one has not got it. */
    keeper: uuid(),
    /** Raw point of P-256. */
    publicKey: bytes(),
    keyedAt: timestamp({ withTimezone: true }),
    pieces: integer().notNull().default(0),
    byteCount: integer().notNull().default(0),
    sentAt: timestamp({ withTimezone: true }),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.id] }),
    memberKey(t.organisationId, t.askedBy),
    index("upload_subject").on(t.organisationId, t.subjectId),
    index("upload_alive").on(t.organisationId).where(sql`state <> 'ended'`),
  ],
);

/** A piece of a sealed file: ciphertext, deleted when the upload ends. */
export const uploadPiece = lab.table(
  "upload_piece",
  {
    organisationId: integer().notNull(),
    uploadId: uuid().notNull(),
    /** From 0, in the order of the file; bound into the piece. */
    number: integer().notNull(),
    bytes: bytes().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.uploadId, t.number] }),
    withinOrganisation(t, t.uploadId, upload),
  ],
);

/** That an upload is gone, and what it was: never what was in it. Rows are only ever added. */
export const receipt = lab.table(
  "receipt",
  {
    organisationId: integer().notNull(),
    uploadId: uuid().notNull(),
    kind: text().notNull(),
    subjectId: uuid().notNull(),
    /** `UPLOAD_ENDINGS`. */
    ended: text().notNull(),
    destroyedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    byteCount: integer().notNull(),
    pieces: integer().notNull(),
    /** Of the encrypted pieces in their order, in lower-case hexadecimal digits. */
    sha256: text().notNull(),
    sentBy: uuid().notNull(),
    secondedBy: uuid(),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.uploadId] }),
    ...[t.sentBy, t.secondedBy].map((by) => memberKey(t.organisationId, by)),
    index("receipt_subject").on(t.organisationId, t.subjectId),
    index("receipt_month").on(t.organisationId, t.destroyedAt),
  ],
);

/**
 * What a cohort was like, so that the next one of the same organisation can be told to be nearly the same people: twice
 * 256 least values of keyed hashes, of which nobody is found again. Deleted when the financial year of its key ends.
 */
export const overlap = lab.table(
  "overlap",
  {
    organisationId: integer().notNull(),
    studyId: uuid().notNull(),
    /** First calendar year of the financial year. */
    era: smallint().notNull(),
    runAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    slots: bytes().notNull(),
  },
  (t) => [primaryKey({ columns: [t.organisationId, t.studyId] }), withinOrganisation(t, t.studyId, study)],
);
