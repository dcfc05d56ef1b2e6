/**
 * How clients are written: the row of casework, sealed identity, indexed identifiers, search tokens and a person of
 * their own, one statement a table for any number of clients, inside the caller's transaction.
 */

import type { Tx } from "../db/client";
import type { TxCtx } from "./context";
import type { NewClient, Place } from "./domain/client";
import { PIECES_VERSION, piecesOfClient } from "./domain/client-search";
import type { Sex } from "./domain/client-terms";
import { NotFound } from "./domain/errors";
import type { CheckedIdentifier } from "./domain/identifiers";
import type { Day } from "./domain/period";
import type { Profile } from "./domain/profile-edit";
import { blindIndex, openIfAny, type Row, seal, sealIfAny, searchToken } from "./identity-vault";
import { currentKeyId } from "./keys";
import { type Home, type PlaceKeys, placeKeys } from "./place-keys";

/** Where rows are written: a transaction that acts for one organisation, and the member who writes, if any. */
export interface Writer {
  db: Tx;
  organisationId: number;
  memberId: string | null;
}

/** A client to be written; null details for one made by an anonymous contact. */
export interface ClientToWrite {
  id: string;
  details: NewClient | null;
  identifiers: readonly CheckedIdentifier[];
}

/** Refuses a client that is not the organisation's own, or who gave no name: there is nobody to be known. */
export async function requireNamedClient(
  { db, actor: { organisationId } }: Pick<TxCtx, "db" | "actor">,
  clientId: string,
): Promise<void> {
  const [client] = await db`
    select from casework.client
    where organisation_id = ${organisationId} and id = ${clientId} and not anonymous`;
  if (!client) throw new NotFound("This person");
}

const NO_FIXED_ADDRESS = "no-fixed-address";

/** Array types of Postgres by the type of their elements, for arrays whose type cannot be told from a text. */
export const ARRAY_OF = { boolean: 16, bytes: 17, bigint: 20 } as const;

/** Writes new clients and asks for those who have a name to be linked. None of their ids may exist yet. */
export async function insertClients(writer: Writer, clients: readonly ClientToWrite[]): Promise<void> {
  if (clients.length === 0) return;
  const { db, organisationId, memberId } = writer;
  const ids = clients.map(({ id }) => id);
  const known = clients.flatMap(({ id, details, identifiers }) =>
    details ? [{ id, details, identifiers }] : [],
  );
  await Promise.all([
    db`
      insert into casework.client (organisation_id, id, anonymous, created_by)
      select ${organisationId}, id, anonymous, ${memberId}::uuid
      from unnest(${ids}::uuid[],
                  ${db.array(
                    clients.map(({ details }) => details === null),
                    ARRAY_OF.boolean,
                  )}::boolean[])
        as fresh (id, anonymous)`,
    db`select identity.start_people(${organisationId}, ${ids}::uuid[])`,
    ...(known.length > 0
      ? [
          insertIdentities(writer, known),
          insertTokens(writer, known),
          putPlaces(
            writer,
            known.map(({ id, details }) => ({ id, details: { ...details, homeIsSecret: false } })),
          ),
          ...insertIdentifiers(writer, known),
          ...askToLink(
            writer,
            known.map(({ id }) => id),
          ),
        ]
      : []),
  ]);
}

/** Details without the identifiers as they were written: those that count were checked. */
type NewDetails = Omit<NewClient, "identifiers">;
/** As they may stand after a change. */
type Details = Profile["details"];
type Known<D extends NewDetails = Details> = {
  id: string;
  details: D;
  identifiers: readonly CheckedIdentifier[];
};
/** What a client can be found by. */
export type Findable = {
  id: string;
  details: Pick<NewDetails, "givenName" | "familyName" | "dateOfBirth" | "reference" | "phone">;
  identifiers: readonly CheckedIdentifier[];
};

async function insertIdentities(
  { db, organisationId }: Writer,
  clients: readonly Known<NewDetails>[],
): Promise<void> {
  const sealed = clients.map(({ id, details }) => sealIdentity({ organisationId, id }, details));
  const bytes = (values: readonly (Buffer | null)[]) => db.array([...values], ARRAY_OF.bytes);
  await db`
    insert into identity.client_identity
      (organisation_id, client_id, given_name, family_name, date_of_birth, date_of_birth_index, sex,
       postcode, address, phone, email, reference, pieces_version, indexed_with)
    select ${organisationId}, fresh.*, ${PIECES_VERSION}, ${currentKeyId()}
    from unnest(${clients.map(({ id }) => id)}::uuid[],
                ${bytes(sealed.map((row) => row.givenName))}::bytea[],
                ${bytes(sealed.map((row) => row.familyName))}::bytea[],
                ${bytes(sealed.map((row) => row.dateOfBirth))}::bytea[],
                ${bytes(sealed.map((row) => row.dateOfBirthIndex))}::bytea[],
                ${clients.map(({ details }) => details.sex)}::text[],
                ${bytes(sealed.map((row) => row.postcode))}::bytea[],
                ${bytes(sealed.map((row) => row.address))}::bytea[],
                ${bytes(sealed.map((row) => row.phone))}::bytea[],
                ${bytes(sealed.map((row) => row.email))}::bytea[],
                ${bytes(sealed.map((row) => row.reference))}::bytea[]) as fresh`;
}

function sealIdentity(row: Row, details: NewDetails) {
  const { dateOfBirth } = details;
  return {
    givenName: sealIfAny("client_identity.given_name", row, details.givenName),
    familyName: sealIfAny("client_identity.family_name", row, details.familyName),
    dateOfBirth: sealIfAny("client_identity.date_of_birth", row, dateOfBirth),
    dateOfBirthIndex: dateOfBirth ? blindIndex("date-of-birth", dateOfBirth) : null,
    postcode: sealIfAny("client_identity.postcode", row, placeText(details.place)),
    address: sealIfAny("client_identity.address", row, addressOf(details)),
    phone: sealIfAny("client_identity.phone", row, details.phone),
    email: sealIfAny("client_identity.email", row, details.email),
    reference: sealIfAny("client_identity.reference", row, details.reference),
  };
}

/** Somebody with no fixed address has no house and street. */
const addressOf = ({ place, address }: Pick<NewDetails, "place" | "address">): string | null =>
  place.kind === "no-fixed-address" ? null : address;

function placeText(place: Place): string | null {
  if (place.kind === "postcode") return place.postcode;
  return place.kind === "no-fixed-address" ? NO_FIXED_ADDRESS : null;
}

/** The place that an opened postcode column says. */
export function placeOfText(text: string | null): Place {
  if (text === null) return { kind: "unknown" };
  return text === NO_FIXED_ADDRESS ? { kind: "no-fixed-address" } : { kind: "postcode", postcode: text };
}

/** Where clients are recorded to live, by id. */
export async function recordedPlaces(
  { db, organisationId }: Writer,
  clientIds: readonly string[],
): Promise<ReadonlyMap<string, Place>> {
  if (clientIds.length === 0) return new Map();
  const rows = await db<{ clientId: string; postcode: Buffer | null }[]>`
    select client_id, postcode from identity.client_identity
    where organisation_id = ${organisationId} and client_id = any (${[...new Set(clientIds)]}::uuid[])`;
  return new Map(
    rows.map(({ clientId, postcode }) => [
      clientId,
      placeOfText(openIfAny("client_identity.postcode", { organisationId, id: clientId }, postcode)),
    ]),
  );
}

/** Makes clients findable: a keyed token for each piece, written in the order of the index that they go into. */
export async function insertTokens(
  { db, organisationId }: Pick<Writer, "db" | "organisationId">,
  clients: readonly Findable[],
): Promise<void> {
  const tokens: bigint[] = [];
  const owners: string[] = [];
  for (const { id, details, identifiers } of clients) {
    for (const piece of piecesOfClient({ ...details, identifiers })) {
      tokens.push(searchToken(organisationId, piece));
      owners.push(id);
    }
  }
  await db`
    insert into identity.client_token (organisation_id, token, client_id)
    select ${organisationId}, token, client_id
    from unnest(${db.array(tokens, ARRAY_OF.bigint)}::bigint[], ${owners}::uuid[]) as t (token, client_id)
    order by token
    on conflict do nothing`;
}

/**
 * Writes where clients live as keyed indexes, in the place of what stood there; none where no postcode is known
 * or nobody outside may find the home.
 */
export async function putPlaces(
  { db, organisationId }: Pick<Writer, "db" | "organisationId">,
  clients: readonly { id: string; details: Home }[],
): Promise<void> {
  const placed = clients.flatMap(({ id, details }) => {
    const keys = placeKeys(details);
    return keys ? [{ id, ...keys }] : [];
  });
  const bytes = (values: readonly (Buffer | null)[]) => db.array([...values], ARRAY_OF.bytes);
  await gatherPlaces(db, placed);
  await db`
    select identity.put_places(
      ${clients.map(() => organisationId)}::integer[], ${clients.map(({ id }) => id)}::uuid[],
      ${placed.map(() => organisationId)}::integer[], ${placed.map(({ id }) => id)}::uuid[],
      ${bytes(placed.map(({ postcode }) => postcode))}::bytea[],
      ${bytes(placed.map(({ street }) => street))}::bytea[],
      ${bytes(placed.map(({ household }) => household))}::bytea[], ${currentKeyId()})`;
}

/**
 * Brings whoever is recorded at these places under the current key with them. Before their own rows are written: who stays
 * where they were is told by the key. With one secret in the ring there is nothing to bring.
 */
export async function gatherPlaces(db: Tx, places: readonly PlaceKeys[]): Promise<void> {
  const earlier = places.flatMap((place) => place.earlier);
  if (earlier.length === 0) return;
  const bytes = (values: readonly Buffer[]) => db.array([...values], ARRAY_OF.bytes);
  await db`
    select identity.gather_places(
      ${earlier.map(({ breadth }) => breadth)}::text[], ${bytes(earlier.map(({ before }) => before))}::bytea[],
      ${bytes(earlier.map(({ after }) => after))}::bytea[])`;
}

/** Writes identifiers, sealed and indexed. */
function insertIdentifiers(writer: Writer, clients: readonly Known<NewDetails>[]): PromiseLike<unknown>[] {
  const { db, organisationId } = writer;
  const rows = clients.flatMap(({ id, identifiers }) =>
    identifiers.map(({ kind, value }) => ({ id, kind, value })),
  );
  if (rows.length === 0) return [];
  const sealed = rows.map(({ id, kind, value }) =>
    seal(`client_identifier.${kind}`, { organisationId, id }, value),
  );
  const indexes = rows.map(({ kind, value }) => blindIndex(kind, value));
  return [
    db`
      insert into identity.client_identifier (organisation_id, client_id, kind, value, blind_index)
      select ${organisationId}, fresh.*
      from unnest(${rows.map(({ id }) => id)}::uuid[],
                  ${rows.map(({ kind }) => kind)}::text[],
                  ${db.array(sealed, ARRAY_OF.bytes)}::bytea[],
                  ${db.array(indexes, ARRAY_OF.bytes)}::bytea[]) as fresh
      on conflict do nothing`,
  ];
}

const CLIENTS_A_JOB = 500;

function inJobs(clientIds: readonly string[]): string[][] {
  return Array.from({ length: Math.ceil(clientIds.length / CLIENTS_A_JOB) }, (_, job) =>
    clientIds.slice(job * CLIENTS_A_JOB, (job + 1) * CLIENTS_A_JOB),
  );
}

/**
 * Writes a client's details anew, as if added with them today: sealed values, indexes, search tokens and identifiers,
 * and asks for the person to be linked and counted again.
 */
export async function rewriteClient(
  writer: Writer,
  id: string,
  details: Details,
  identifiers: readonly CheckedIdentifier[],
): Promise<void> {
  const { db, organisationId } = writer;
  const known: Known = { id, details, identifiers };
  const sealed = sealIdentity({ organisationId, id }, details);
  const indexes = identifiers.map(({ kind, value }) => blindIndex(kind, value));
  await Promise.all([
    db`
      update identity.client_identity
      set given_name = ${sealed.givenName}, family_name = ${sealed.familyName},
          date_of_birth = ${sealed.dateOfBirth}, date_of_birth_index = ${sealed.dateOfBirthIndex},
          sex = ${details.sex}, postcode = ${sealed.postcode}, address = ${sealed.address},
          home_is_secret = ${details.homeIsSecret},
          phone = ${sealed.phone}, email = ${sealed.email}, reference = ${sealed.reference},
          version = version + 1, pieces_version = ${PIECES_VERSION}, indexed_with = ${currentKeyId()},
          updated_at = now()
      where organisation_id = ${organisationId} and client_id = ${id}`,
    db`
      update casework.client set reference = null
      where organisation_id = ${organisationId} and id = ${id} and reference is not null`,
    db`delete from identity.client_token where organisation_id = ${organisationId} and client_id = ${id}`,
    db`
      delete from identity.client_identifier as i
      where i.organisation_id = ${organisationId} and i.client_id = ${id} and not exists (
        select from unnest(${identifiers.map(({ kind }) => kind)}::text[],
                           ${db.array(indexes, ARRAY_OF.bytes)}::bytea[]) as k (kind, blind_index)
        where k.kind = i.kind and k.blind_index = i.blind_index)`,
  ]);
  await Promise.all([
    insertTokens(writer, [known]),
    putPlaces(writer, [known]),
    ...insertIdentifiers(writer, [known]),
    // Whatever changed: what joined this person to another may be gone.
    ...askToLink(writer, [id]),
    db`select statistics.mark_changed(${organisationId}, ${[id]}::uuid[])`,
  ]);
}

/**
 * Asks the linker who these clients are, whether or not anybody is known elsewhere: ids only, the same rows for
 * everybody, and nothing comes back.
 */
function askToLink({ db, organisationId }: Writer, clientIds: readonly string[]): PromiseLike<unknown>[] {
  return inJobs(clientIds).map(
    (clientIds) => db`select jobs.add('people.link', ${db.json({ organisationId, clientIds })})`,
  );
}

/** A client with its identity still sealed. */
export interface ClientRow {
  id: string;
  anonymous: boolean;
  reference: Buffer | null;
  /** As older versions kept it, until it is sealed (sealed-words.ts). */
  plainReference: string | null;
  closedOn: Day | null;
  givenName: Buffer | null;
  familyName: Buffer | null;
  dateOfBirth: Buffer | null;
  sex: Sex;
  postcode: Buffer | null;
  address: Buffer | null;
  /** Null for somebody who gave no name. */
  homeIsSecret: boolean | null;
  phone: Buffer | null;
  email: Buffer | null;
}

/** Opens the identity of a client for its own organisation. */
export function openClient(organisationId: number, row: ClientRow) {
  const at: Row = { organisationId, id: row.id };
  return {
    id: row.id,
    anonymous: row.anonymous,
    reference: openIfAny("client_identity.reference", at, row.reference) ?? row.plainReference,
    closedOn: row.closedOn,
    givenName: openIfAny("client_identity.given_name", at, row.givenName) ?? "",
    familyName: openIfAny("client_identity.family_name", at, row.familyName) ?? "",
    dateOfBirth: openIfAny("client_identity.date_of_birth", at, row.dateOfBirth),
    sex: row.sex,
    place: placeOfText(openIfAny("client_identity.postcode", at, row.postcode)),
    address: openIfAny("client_identity.address", at, row.address),
    homeIsSecret: row.homeIsSecret ?? false,
    phone: openIfAny("client_identity.phone", at, row.phone),
    email: openIfAny("client_identity.email", at, row.email),
  };
}
