/**
 * The people whom an organisation helps: found, added and shown to its own members only. Names lie encrypted, so a
 * search fetches by keyed pieces, opens the few that share one and ranks them here. Nothing in an answer depends on
 * what other organisations hold.
 */

import { record } from "./audit";
import { type ClientRow, insertClients, openClient } from "./client-rows";
import { readTimeline, type TimelinePage } from "./client-timeline";
import { isDemo } from "./clock";
import { readState } from "./consents";
import { type ActorCtx, inTransaction, now, requireRight, type TxCtx } from "./context";
import { type AddClient, maskIdentifier } from "./domain/client";
import { identifierPiece, piecesOfQuery, rankCandidates, readClientQuery } from "./domain/client-search";
import { type Refusal, reachRefusal, readNewClient } from "./domain/contact";
import { Conflict, Invalid, NotFound } from "./domain/errors";
import { inMostDeprivedFifth } from "./domain/geography";
import type { IdentifierKind } from "./domain/identifiers";
import { ageOn, type Day, dayOf } from "./domain/period";
import type { ClientProfile, ClientSummary, FoundClient, ShownIdentifier } from "./domain/profile";
import { open, tokensUnderEveryKey } from "./identity-vault";
import { placesOf } from "./places";

/** People opened and ranked for one search; those who share most pieces come first. */
const MOST_CANDIDATES = 400;
const MOST_FOUND = 20;
const MOST_RECENT = 20;

/**
 * The actor's own organisation's people who fit what was typed: words of a name in any order and with a slip, a date
 * of birth in any form, a reference or an identifier. Best first, then who was seen last; at most 20.
 */
export function findClients(ctx: ActorCtx, text: string): Promise<FoundClient[]> {
  requireRight(ctx, "client.find", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const found = await searchClients(ctx, text);
    await recordShown(ctx, "client.find", found);
    return found;
  });
}

/** As `findClients`, inside the caller's transaction and without a right or an audit entry: for rooms that have both. */
export async function searchClients(ctx: TxCtx, text: string): Promise<FoundClient[]> {
  const { organisationId } = ctx.actor;
  const currentYear = Number(dayOf(await now(ctx)).slice(0, 4));
  const query = readClientQuery(text, currentYear);
  const tokens = piecesOfQuery(query).flatMap((piece) => tokensUnderEveryKey(organisationId, piece));
  const byIdentifier = new Set(
    query.identifiers.flatMap((identifier) =>
      tokensUnderEveryKey(organisationId, identifierPiece(identifier)),
    ),
  );
  if (tokens.length === 0) return [];
  const hits = await ctx.db<{ clientId: string; tokens: bigint[] }[]>`
    select client_id, array_agg(token) as tokens
    from identity.client_token
    where organisation_id = ${organisationId} and token = any (${tokens.map(String)}::bigint[])
    group by client_id
    order by count(*) desc, client_id desc
    limit ${MOST_CANDIDATES}`;
  const ids = hits.map(({ clientId }) => clientId);
  const [clients, lastContacts] = await Promise.all([readClients(ctx, ids), readLastContacts(ctx, ids)]);
  const identified = new Set(
    hits.filter((hit) => hit.tokens.some((token) => byIdentifier.has(token))).map(({ clientId }) => clientId),
  );
  const ranked = rankCandidates(
    query,
    clients.map((client) => ({
      ...client,
      hasIdentifier: identified.has(client.id),
      lastContactOn: lastContacts.get(client.id) ?? null,
    })),
    MOST_FOUND,
  );
  const summaries = await readSummaries(
    ctx,
    ranked.map(({ client }) => client.id),
  );
  return ranked.flatMap(({ client, matched }): FoundClient[] => {
    const summary = summaries.get(client.id);
    return summary ? [{ ...summary, matched }] : [];
  });
}

/** The people whom the actor logged contacts with last, the latest first; at most 20. */
export function recentClients(ctx: ActorCtx): Promise<ClientSummary[]> {
  requireRight(ctx, "client.read", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const { organisationId, memberId } = ctx.actor;
    const rows = await ctx.db<{ clientId: string }[]>`
      select client_id
      from (
        select c.client_id, c.received_no
        from casework.contact as c
        join casework.client as p on p.organisation_id = c.organisation_id and p.id = c.client_id
        where c.organisation_id = ${organisationId} and c.member_id = ${memberId}
          and c.voided_at is null and not p.anonymous
        order by c.received_no desc
        limit ${MOST_RECENT * 10}
      ) as latest
      group by client_id
      order by max(received_no) desc
      limit ${MOST_RECENT}`;
    const summaries = await readSummaries(
      ctx,
      rows.map(({ clientId }) => clientId),
    );
    const recent = rows.flatMap(({ clientId }) => summaries.get(clientId) ?? []);
    await recordShown(ctx, "client.recent", recent);
    return recent;
  });
}

/** What is wrong with somebody who is added by themselves: the fields stand alone, not in a contact. */
function invalidOf({ reason, fields }: Refusal): Invalid {
  const alone = Object.entries(fields).map(([path, why]) => [path.replace(/^newClient\./, ""), why]);
  return new Invalid(reason, Object.fromEntries(alone));
}

/**
 * Adds somebody before any contact. Sent again under the same id it changes nothing. Throws Invalid for a
 * detail that cannot be right, Conflict for an id that was erased.
 */
export function addClient(
  ctx: ActorCtx,
  { id, ...details }: AddClient,
): Promise<{ id: string; outcome: "stored" | "already-stored" }> {
  requireRight(ctx, "client.add", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const { organisationId, memberId } = ctx.actor;
    const today = dayOf(await now(ctx));
    const identifierRules = { currentYear: Number(today.slice(0, 4)), testRanges: await isDemo(ctx.db) };
    const read = readNewClient(details, { today, identifierRules });
    const reached = reachRefusal(details);
    if (reached) throw invalidOf(reached);
    if ("refusal" in read) throw invalidOf(read.refusal);
    // Held until the end, so that the same id sent twice at once is added once.
    await ctx.db`select pg_advisory_xact_lock(${organisationId}, hashtext(${id}))`;
    const [held] = await ctx.db<{ erased: boolean }[]>`
      select false as erased from casework.client where organisation_id = ${organisationId} and id = ${id}
      union all
      select true from casework.erased where organisation_id = ${organisationId} and id = ${id}`;
    if (held?.erased) throw new Conflict("This person's record was erased. Add them as a new person.");
    if (held) return { id, outcome: "already-stored" };
    await insertClients({ db: ctx.db, organisationId, memberId }, [
      { id, details, identifiers: read.identifiers },
    ]);
    await record(ctx, "client.add", { subjects: [{ kind: "client", id }] });
    return { id, outcome: "stored" };
  });
}

/** One client with issues and contacts. Throws NotFound when the actor's organisation has none with this id. */
export function getClient(
  ctx: ActorCtx,
  { id, showIdentifiers }: { id: string; showIdentifiers: boolean },
): Promise<ClientProfile> {
  requireRight(ctx, "client.read", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const profile = await readClientProfile(ctx, id, { showIdentifiers, page: { before: null } });
    await record(ctx, "client.read", {
      subjects: [{ kind: "client", id }],
      detail: { contacts: profile.contacts.length, identifiersInFull: showIdentifiers },
    });
    return profile;
  });
}

/** A client as `getClient` gives it, inside the caller's transaction and without an audit entry. */
export async function readClientProfile(
  ctx: TxCtx,
  id: string,
  { showIdentifiers, page }: { showIdentifiers: boolean; page: TimelinePage },
): Promise<ClientProfile> {
  const [client] = await readClients(ctx, [id]);
  if (!client) throw new NotFound("This person");
  const today = dayOf(await now(ctx));
  const [identifiers, timeline, version, sharing, places] = await Promise.all([
    readIdentifiers(ctx, id, showIdentifiers),
    readTimeline(ctx, id, page),
    readVersion(ctx, id),
    readState(ctx, id, today),
    placesOf(ctx.db, [
      {
        postcode: client.place.kind === "postcode" ? client.place.postcode : null,
        noFixedAddress: client.place.kind === "no-fixed-address",
        occurredOn: today,
      },
    ]),
  ]);
  return {
    ...client,
    version,
    sharing,
    placeNote: client.place.kind === "postcode" ? (places[0]?.note ?? null) : null,
    age: client.dateOfBirth && client.dateOfBirth <= today ? ageOn(today, client.dateOfBirth) : null,
    identifiers,
    inMostDeprivedFifth: inMostDeprivedFifth(places[0]?.deprivationDecile ?? null),
    issues: timeline.issues,
    contacts: timeline.contacts,
    nextContacts: timeline.next,
    contactCount: timeline.contactCount,
  };
}

async function readVersion({ db, actor: { organisationId } }: TxCtx, id: string): Promise<number> {
  const [row] = await db<{ version: number }[]>`
    select version from identity.client_identity
    where organisation_id = ${organisationId} and client_id = ${id}`;
  return row?.version ?? 0;
}

async function readIdentifiers(
  { db, actor: { organisationId } }: TxCtx,
  id: string,
  inFull: boolean,
): Promise<ShownIdentifier[]> {
  const rows = await db<{ kind: IdentifierKind; value: Buffer }[]>`
    select kind, value from identity.client_identifier
    where organisation_id = ${organisationId} and client_id = ${id}
    order by kind, added_at`;
  return rows.map(({ kind, value }) => {
    const opened = open(`client_identifier.${kind}`, { organisationId, id }, value);
    return { kind, value: inFull ? opened : maskIdentifier(opened) };
  });
}

/** Who they are, opened, inside the caller's transaction and without an audit entry. Ids of nobody here give nobody. */
export async function readClients({ db, actor: { organisationId } }: TxCtx, ids: readonly string[]) {
  const rows = await db<ClientRow[]>`
    select c.id, c.anonymous, c.reference as plain_reference, i.reference, c.closed_on,
           i.given_name, i.family_name, i.date_of_birth,
           coalesce(i.sex, 'not-known') as sex, i.postcode, i.address, i.home_is_secret, i.phone, i.email
    from casework.client as c
    left join identity.client_identity as i on i.organisation_id = c.organisation_id and i.client_id = c.id
    where c.organisation_id = ${organisationId} and c.id = any (${ids}::uuid[])`;
  return rows.map((row) => openClient(organisationId, row));
}

/** Day of the latest contact of each client that was not voided. */
async function readLastContacts(
  { db, actor: { organisationId } }: TxCtx,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Day>> {
  const rows = await db<{ clientId: string; lastContactOn: Day }[]>`
    select client_id, max(occurred_on) as last_contact_on
    from casework.contact
    where organisation_id = ${organisationId} and client_id = any (${ids}::uuid[]) and voided_at is null
    group by client_id`;
  return new Map(rows.map(({ clientId, lastContactOn }) => [clientId, lastContactOn]));
}

/** How many issues of each client are open: its latest entry that was not voided says so. */
async function readOpenIssues(
  { db, actor: { organisationId } }: TxCtx,
  ids: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const rows = await db<{ clientId: string; open: number }[]>`
    select i.client_id, count(*)::int as open
    from casework.issue as i
    cross join lateral (
      select e.status
      from casework.issue_entry as e
      join casework.contact as c on c.organisation_id = e.organisation_id and c.id = e.contact_id
      where e.organisation_id = i.organisation_id and e.issue_id = i.id and c.voided_at is null
      order by c.occurred_on desc, c.received_no desc
      limit 1
    ) as latest
    where i.organisation_id = ${organisationId} and i.client_id = any (${ids}::uuid[])
      and latest.status not in ('resolved', 'no-longer-relevant')
    group by i.client_id`;
  return new Map(rows.map(({ clientId, open }) => [clientId, open]));
}

/** Lines of a list, by id. Anonymous clients are in no list. */
export async function readSummaries(
  ctx: TxCtx,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ClientSummary>> {
  if (ids.length === 0) return new Map();
  const [clients, lastContacts, openIssues] = await Promise.all([
    readClients(ctx, ids),
    readLastContacts(ctx, ids),
    readOpenIssues(ctx, ids),
  ]);
  return new Map(
    clients
      .filter(({ anonymous }) => !anonymous)
      .map(({ id, givenName, familyName, dateOfBirth, reference, closedOn }) => [
        id,
        {
          id,
          givenName,
          familyName,
          dateOfBirth,
          reference,
          closedOn,
          lastContactOn: lastContacts.get(id) ?? null,
          openIssues: openIssues.get(id) ?? 0,
        },
      ]),
  );
}

async function recordShown(ctx: TxCtx, action: string, shown: readonly { id: string }[]): Promise<void> {
  await record(ctx, action, { subjects: shown.map(({ id }) => ({ kind: "client", id })) });
}
