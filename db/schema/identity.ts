/**
 * Who people are. Names, dates of birth, identifiers and addresses are AES-256-GCM ciphertexts bound to their
 * row and column; what must be found again has a keyed blind index. The person of a client is here and
 * nowhere else: no other schema holds a person id except the engine's queue.
 */

import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  index,
  integer,
  jsonb,
  pgSchema,
  primaryKey,
  smallint,
  text,
  timestamp,
  uuid,
} from "drizzle-orm/pg-core";
import { bytes } from "./columns";

export const identity = pgSchema("identity");

export const clientIdentity = identity.table(
  "client_identity",
  {
    organisationId: integer().notNull(),
    clientId: uuid().notNull(),
    givenName: bytes(),
    familyName: bytes(),
    dateOfBirth: bytes(),
    /** Blind index of the date of birth: the same day gives the same value in every organisation. */
    dateOfBirthIndex: bytes(),
    /** As recorded: female, male, other, not-known. */
    sex: text().notNull().default("not-known"),
    /** A postcode, or "no-fixed-address"; null when it is not known. */
    postcode: bytes(),
    /** House number and street, beside the postcode. */
    address: bytes(),
    /** Nobody outside may find this home: there is no `client_place` of it, and no list shows anything of this record. */
    homeIsSecret: boolean().notNull().default(false),
    phone: bytes(),
    email: bytes(),
    /** The organisation's own reference. */
    reference: bytes(),
    /** Grows by one with each change. */
    version: integer().notNull().default(1),
    /** Into which pieces the client is cut for search; older ones are cut again. */
    piecesVersion: smallint().notNull().default(1),
    /** Id of the key under which the client is indexed: day of birth, identifiers and the pieces for search. */
    indexedWith: text().notNull().default("1"),
    updatedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.organisationId, t.clientId] })],
);

/**
 * Keyed indexes of where a client is recorded to live: equal texts give equal keys in every organisation, and there is
 * no way back. No row where no postcode is known, for somebody with no fixed address among them.
 */
export const clientPlace = identity.table(
  "client_place",
  {
    organisationId: integer().notNull(),
    clientId: uuid().notNull(),
    postcodeKey: bytes().notNull(),
    /** The street within its postcode sector; null where the address names none that can be read. */
    streetKey: bytes(),
    /** The home within its postcode: flat and number, or the name of a house; null where it is not known. */
    householdKey: bytes(),
    /**
     * Since when each has stood, as a value that says nothing: another as soon as the client is recorded somewhere else, and
     * the same while the keys are made anew. A list keeps it, and so can tell that somebody no longer lives there.
     */
    postcodeStay: uuid().notNull().defaultRandom(),
    streetStay: uuid().notNull().defaultRandom(),
    householdStay: uuid().notNull().defaultRandom(),
    /**
     * Id of the key that made them: the one that `client_identity.indexed_with` names. Keys of a place go with those of
     * whoever else is recorded there as soon as one of them is made anew.
     */
    indexedWith: text().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.clientId] }),
    index("client_place_postcode").on(t.postcodeKey),
    index("client_place_street").on(t.streetKey).where(sql`street_key is not null`),
    index("client_place_household").on(t.householdKey).where(sql`household_key is not null`),
  ],
);

export const clientIdentifier = identity.table(
  "client_identifier",
  {
    organisationId: integer().notNull(),
    clientId: uuid().notNull(),
    /** nhs-number, nino, pnc-id, cro, prison-number. */
    kind: text().notNull(),
    value: bytes().notNull(),
    blindIndex: bytes().notNull(),
    addedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.clientId, t.kind, t.blindIndex] }),
    index("client_identifier_blind_index").on(t.kind, t.blindIndex),
  ],
);

/** Blind-indexed pieces of names, dates and references, so that an organisation can search its own clients. */
export const clientToken = identity.table(
  "client_token",
  {
    organisationId: integer().notNull(),
    token: bigint({ mode: "bigint" }).notNull(),
    clientId: uuid().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.token, t.clientId] }),
    index("client_token_client").on(t.organisationId, t.clientId),
  ],
);

export const clientPerson = identity.table(
  "client_person",
  {
    organisationId: integer().notNull(),
    clientId: uuid().notNull(),
    personId: uuid().notNull(),
    /** The person made with the client: what it returns to when a link is undone. */
    originPersonId: uuid().notNull(),
    /**
     * The first of those clients whom this organisation's own records make one person; null for the client itself.
     * Nothing of another organisation is in it.
     */
    ownClientId: uuid(),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.clientId] }),
    index("client_person_person").on(t.personId),
    index("client_person_own").on(t.organisationId, t.ownClientId).where(sql`own_client_id is not null`),
  ],
);

/**
 * What was said of a pair of clients, by whom and on what evidence. The lower client (organisation, then id) is A.
 * Rows are only ever added, and go with a client that is erased; the latest of a model wins.
 */
export const linkAssertion = identity.table(
  "link_assertion",
  {
    id: bigint({ mode: "bigint" }).primaryKey().generatedAlwaysAsIdentity(),
    organisationIdA: integer().notNull(),
    clientIdA: uuid().notNull(),
    organisationIdB: integer().notNull(),
    clientIdB: uuid().notNull(),
    /** same or different. */
    says: text().notNull(),
    /** Kinds that agree and weights; never a value. */
    evidence: jsonb().notNull(),
    /**
     * identifier-… and description-…@model: worked out again whenever evidence changes. decision: by a person, and
     * it stands.
     */
    model: text().notNull(),
    madeBy: text().notNull(),
    madeAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    index("link_assertion_a").on(t.organisationIdA, t.clientIdA),
    index("link_assertion_b").on(t.organisationIdB, t.clientIdB),
  ],
);
