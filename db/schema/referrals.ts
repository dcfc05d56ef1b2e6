/**
 * Referrals: what one organisation hands over to a service, and all that happened to it since. Rows belong to the
 * organisation that sent them. Whoever receives one reads and answers it through functions that hand out what was
 * shared and no more, so the client behind it is not theirs to see, and nothing that was sent can be changed.
 */

import { sql } from "drizzle-orm";
import {
  date,
  index,
  integer,
  primaryKey,
  smallint,
  text,
  timestamp,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import { casework, client, issue, organisation, severity } from "./casework";
import { bytes, withinOrganisation } from "./columns";

/** As it was sent; never changed. */
export const referral = casework.table(
  "referral",
  {
    organisationId: integer().notNull(),
    /** Made by the device. */
    id: uuid().notNull(),
    clientId: uuid().notNull(),
    /** platform, email or phone. */
    way: text().notNull(),
    /** Organisation and service on the platform. */
    toOrganisationId: integer().references(() => organisation.id),
    toServiceId: uuid(),
    /** The service outside, in the directory. */
    toDirectoryId: text(),
    /** What the service was called when it was sent. */
    toName: text().notNull(),
    /** The organisation of a service on the platform, by name. */
    toOrganisationName: text(),
    toEmail: text(),
    toPhone: text(),
    sentBy: uuid().notNull(),
    /** Name of whoever sent it, for the service to ask back. */
    sentByName: bytes().notNull(),
    /** By the installation's clock. */
    sentAt: timestamp({ withTimezone: true }).notNull(),
    /** Which details went along: name, date-of-birth, phone, email, postcode. */
    shared: text().array().notNull(),
    /** Those details, sealed. */
    details: bytes(),
    message: bytes(),
    /** When and how the person was asked, and the words that were used. */
    consentOn: date().notNull(),
    consentHow: text().notNull(),
    consentWords: bytes().notNull(),
    /** Keyed fingerprint of what the device sent: the same id with other content is a conflict. */
    contentHash: bytes().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.id] }),
    index("referral_client").on(t.organisationId, t.clientId),
    index("referral_received").on(t.toOrganisationId, t.id).where(sql`to_organisation_id is not null`),
    withinOrganisation(t, t.clientId, client),
  ],
);

/** The issues that were handed over, as they stood then. Receivers know them by position alone. */
export const referralIssue = casework.table(
  "referral_issue",
  {
    organisationId: integer().notNull(),
    referralId: uuid().notNull(),
    position: smallint().notNull(),
    issueId: uuid().notNull(),
    needNumber: smallint().notNull(),
    severity: severity().notNull(),
    /** The worker's own words for it, when they chose to send them. */
    label: bytes(),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.referralId, t.position] }),
    withinOrganisation(t, t.referralId, referral),
    withinOrganisation(t, t.issueId, issue),
  ],
);

/** What happened, one row each, in order. Written by `casework.add_referral_event` alone. */
export const referralEvent = casework.table(
  "referral_event",
  {
    organisationId: integer().notNull(),
    /** Made by the device: the same answer sent again is one. */
    id: uuid().notNull(),
    referralId: uuid().notNull(),
    position: smallint().notNull(),
    /** A step (accepted …) or a note (mail-sent, opened …): `server/domain/referral.ts`. */
    kind: text().notNull(),
    /** here: by a member of the service. link: from outside. told: the sender wrote down what they heard. sent: by the sender. */
    how: text().notNull(),
    at: timestamp({ withTimezone: true }).notNull(),
    byOrganisationId: integer(),
    byMemberId: uuid(),
    /** Name of whoever did it, for the other side. */
    byName: bytes(),
    /** Why a service said no. */
    reason: text(),
    /** More words. */
    words: bytes(),
    /** What came of each issue, by position. */
    outcomes: text().array(),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.id] }),
    unique("referral_event_position").on(t.organisationId, t.referralId, t.position),
    withinOrganisation(t, t.referralId, referral),
  ],
);

/** Links by which a service outside answers. Only a hash of the token is kept. Real time decides. */
export const referralLink = casework.table(
  "referral_link",
  {
    organisationId: integer().notNull(),
    id: uuid().notNull(),
    referralId: uuid().notNull(),
    tokenHash: bytes().notNull(),
    expiresAt: timestamp({ withTimezone: true }).notNull(),
    endedAt: timestamp({ withTimezone: true }),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.id] }),
    unique("referral_link_token").on(t.tokenHash),
    index("referral_link_referral").on(t.organisationId, t.referralId),
    withinOrganisation(t, t.referralId, referral),
  ],
);

/** What the receiving organisation keeps of a referral for itself: who took it, and which client it became. */
export const referralReceipt = casework.table(
  "referral_receipt",
  {
    /** The organisation that received it. */
    organisationId: integer().notNull(),
    fromOrganisationId: integer().notNull(),
    referralId: uuid().notNull(),
    takenBy: uuid(),
    clientId: uuid(),
    /** The client was erased: what was shared is shown no more. */
    erasedAt: timestamp({ withTimezone: true }),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.fromOrganisationId, t.referralId] }),
    index("referral_receipt_client").on(t.organisationId, t.clientId),
    withinOrganisation(t, t.clientId, client),
  ],
);
