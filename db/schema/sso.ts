/**
 * Signing in with one's organisation (OpenID Connect): which provider an organisation trusts, which of the provider's
 * people an administrator linked to which member, and which sessions began there and are asked about again.
 */

import { sql } from "drizzle-orm";
import {
  boolean,
  foreignKey,
  integer,
  primaryKey,
  text,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { casework, member, organisation } from "./casework";
import { bytes } from "./columns";

/** The provider of an organisation: one at most that is on. */
export const signInProvider = casework.table(
  "sign_in_provider",
  {
    organisationId: integer()
      .notNull()
      .references(() => organisation.id),
    id: uuid().notNull(),
    issuer: text().notNull(),
    clientId: text().notNull(),
    /** Sealed. */
    clientSecret: bytes().notNull(),
    /** What is asked for beside "openid", such as "offline_access" where a provider gives no way to ask again without. */
    scopes: text().array().notNull().default(sql`'{}'`),
    /** Whether a sign-in with several factors there counts as ours. */
    trustsSecondFactor: boolean().notNull(),
    /** Values of `acr` that mean several factors, beside `amr` saying "mfa". */
    acrValues: text().array().notNull().default(sql`'{}'`),
    isOn: boolean().notNull(),
    changedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.id] }),
    uniqueIndex("sign_in_provider_on").on(t.organisationId).where(sql`is_on`),
  ],
);

/** Somebody as a provider knows them, from their first sign-in on; nobody here until an administrator links them. */
export const signInSubject = casework.table(
  "sign_in_subject",
  {
    organisationId: integer().notNull(),
    id: uuid().notNull(),
    providerId: uuid().notNull(),
    /** Keyed fingerprint of issuer and subject: what the provider calls them is kept nowhere. */
    print: bytes().notNull(),
    /** What they tell the administrator, while they wait. */
    code: text(),
    codeMadeAt: timestamp({ withTimezone: true }),
    /** Set by an administrator, by hand. */
    memberId: uuid(),
    linkedAt: timestamp({ withTimezone: true }),
    /** Account of the administrator. */
    linkedBy: uuid(),
    seenAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.id] }),
    unique("sign_in_subject_print").on(t.organisationId, t.providerId, t.print),
    // A member signs in as one person of the provider.
    unique("sign_in_subject_member").on(t.organisationId, t.memberId),
    foreignKey({
      name: "sign_in_subject_provider",
      columns: [t.organisationId, t.providerId],
      foreignColumns: [signInProvider.organisationId, signInProvider.id],
    }),
    foreignKey({
      name: "sign_in_subject_member_is_there",
      columns: [t.organisationId, t.memberId],
      foreignColumns: [member.organisationId, member.id],
    }),
  ],
);

/** A session that began at a provider, under the id of the session. */
export const signInSession = casework.table(
  "sign_in_session",
  {
    organisationId: integer().notNull(),
    id: uuid().notNull(),
    subjectId: uuid().notNull(),
    /** Sealed: what the provider gave to ask it again, and what kind that is. */
    token: bytes().notNull(),
    /** refresh: it is exchanged for a new one each time. access: it opens the provider's account of the person. */
    tokenKind: text({ enum: ["refresh", "access"] }).notNull(),
    /** Whether the provider's second factor stood for ours. */
    isSecondFactorTheirs: boolean().notNull(),
    /** When the provider last said that they are still one of its people. */
    checkedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    /** When somebody began to ask, until there is an answer: one asks, the others wait. */
    askedAt: timestamp({ withTimezone: true }),
    /** When there was last no answer. */
    unreachedAt: timestamp({ withTimezone: true }),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.id] }),
    foreignKey({
      name: "sign_in_session_subject",
      columns: [t.organisationId, t.subjectId],
      foreignColumns: [signInSubject.organisationId, signInSubject.id],
    }),
  ],
);
