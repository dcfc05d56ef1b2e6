/**
 * What is added to a client's record beside contacts: answers about sharing, closing and opening again, and changes
 * of the profile. Changes are only ever added; of two that fight, both values stay until a person has chosen.
 */

import {
  bigint,
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
import { casework, channel, client, contact } from "./casework";
import { bytes, withinOrganisation } from "./columns";
import { identity } from "./identity";

export const consentAnswer = casework.enum("consent_answer", ["given", "declined", "withdrawn"]);
export const closingKind = casework.enum("closing_kind", ["closed", "re-opened"]);

/** What a client said when asked whether this organisation may share. The latest answer that stands holds. */
export const consent = casework.table(
  "consent",
  {
    organisationId: integer().notNull(),
    /** The contact's own id when it was asked at a contact. */
    id: uuid().notNull(),
    clientId: uuid().notNull(),
    /** share: with other services. */
    kind: text().notNull().default("share"),
    answer: consentAnswer().notNull(),
    answeredOn: date().notNull(),
    /** How it was asked. */
    how: channel().notNull(),
    /** Which words were read out: a number of `domain/consent.ts`. */
    wordsVersion: smallint().notNull(),
    /** How they decided: a code of domain/consent.ts; null where nothing was noted. */
    capacity: text(),
    /** Who supported or decided, and why; sealed. */
    capacityNote: bytes(),
    /** Who was asked about a child: a code of domain/consent.ts; null for an adult. */
    child: text(),
    /** The last day on which a yes holds. */
    expiresOn: date(),
    /** The member who asked. */
    askedBy: uuid(),
    /** The contact that it was asked at: when that is voided, the answer does not exist. */
    contactId: uuid(),
    /** For this referral only; null: in general. */
    referralId: uuid(),
    recordedNo: bigint({ mode: "bigint" }).notNull().generatedAlwaysAsIdentity(),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.id] }),
    index("consent_client").on(t.organisationId, t.clientId),
    withinOrganisation(t, t.clientId, client),
    withinOrganisation(t, t.contactId, contact),
  ],
);

/** Each time that a client was closed or opened again. */
export const closing = casework.table(
  "closing",
  {
    organisationId: integer().notNull(),
    id: uuid().notNull(),
    clientId: uuid().notNull(),
    kind: closingKind().notNull(),
    onDay: date().notNull(),
    /** Why, as one of a few: a code of `domain/closing.ts`. */
    because: text().notNull(),
    /** More words, sealed. */
    reason: bytes(),
    madeBy: uuid().notNull(),
    /** The contact that says which open issues ended; null when none did. */
    contactId: uuid(),
    /** Open issues that were handed on. */
    handedOn: uuid().array().notNull().default([]),
    number: bigint({ mode: "bigint" }).notNull().generatedAlwaysAsIdentity(),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.id] }),
    index("closing_client").on(t.organisationId, t.clientId),
    withinOrganisation(t, t.clientId, client),
    withinOrganisation(t, t.contactId, contact),
  ],
);

/** Changes of a profile as they were sent: which fields, by whom, and what became of each. Never a value. */
export const profileEdit = identity.table(
  "profile_edit",
  {
    organisationId: integer().notNull(),
    /** Made by the device: sent any number of times, it has one effect. */
    id: uuid().notNull(),
    clientId: uuid().notNull(),
    madeBy: uuid().notNull(),
    madeAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    /** What became of each field: { "phone": "applied" }. */
    outcomes: jsonb().notNull(),
    /** Keyed fingerprint of what was sent. */
    contentHash: bytes().notNull(),
    /** Order of receipt. */
    number: bigint({ mode: "bigint" }).notNull().generatedAlwaysAsIdentity(),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.id] }),
    index("profile_edit_client").on(t.organisationId, t.clientId),
  ],
);

/** Two values of one field, one kept and one proposed by somebody who had not seen it. A person chooses. */
export const profileConflict = identity.table(
  "profile_conflict",
  {
    organisationId: integer().notNull(),
    id: uuid().notNull(),
    clientId: uuid().notNull(),
    field: text().notNull(),
    /** Both values as they were then, sealed together. */
    words: bytes().notNull(),
    proposedBy: uuid().notNull(),
    proposedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    /** kept or proposed; null while nobody has chosen. */
    choice: text(),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.id] }),
    index("profile_conflict_client").on(t.organisationId, t.clientId),
    index("profile_conflict_open").on(t.organisationId, t.choice),
  ],
);
