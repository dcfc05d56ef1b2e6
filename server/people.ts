/**
 * Counted once: which clients of which organisations are one person. Runs in the linker, which alone holds the keys
 * of identity besides the web process. No organisation can tell: it is asked for after every new or changed client,
 * known elsewhere or not, answers nobody, and writes where the casework login cannot look.
 *
 * One at a time over the whole installation, each in one transaction with the marks for counting: killed anywhere,
 * it has done all or nothing, and running again changes nothing. The method in words: docs/methods/linking.md.
 */

import { z } from "zod";
import type { Sql, Tx } from "../db/client";
import { LOCKS } from "../db/locks";
import { ARRAY_OF } from "./client-rows";
import { type Findings, findingsOf, type Known, type NewAssertion } from "./domain/linking/findings";
import { openReviews } from "./link-reviews";
import { log } from "./log";
import { type ModelInUse, modelInUse } from "./people-model";
import { neighbourhood } from "./people-neighbourhood";
import { findOwnPeople, type OwnPeople } from "./people-own";
import {
  type ClientKey,
  columnsOf,
  keyedWith,
  keyOf,
  noteUnreadable,
  type OpenedClient,
  type Opening,
  recordOpening,
  tokensOf,
} from "./people-records";
import { reviewsToWrite } from "./people-reviews";
import { DECISION, readSaid } from "./people-said";
import { keepTraits } from "./people-traits";

export type { ClientKey } from "./people-records";

/**
 * Payload of the task `people.link`: clients of an organisation that are new or changed; or, with `people`, those whom
 * an erasure left behind: people who lost a client, and clients of whom its organisation's own records lost one.
 */
const askedSchema = z.object({
  organisationId: z.number().int(),
  clientIds: z.array(z.uuid()),
  people: z.array(z.uuid()).optional(),
});

const IDENTIFIER_MODEL = "identifier-2";
const DESCRIPTION_MODEL = "description-1";

/** Clients that one transaction links: others wait no longer than it takes, and a kill undoes no more. */
const CLIENTS_AT_ONCE = 50;

/** Runs the task `people.link`. Gives the number of people who gained or lost a client. */
export async function linkPeople(stats: Sql, payload: unknown): Promise<number> {
  const { organisationId, clientIds, people } = askedSchema.parse(payload);
  const clients = people
    ? await leftBehind(stats, people, { organisationId, clientIds })
    : clientIds.map((clientId) => ({ organisationId, clientId }));
  return linkClientsOf(stats, clients);
}

/** Links these clients, some at a time. Gives the number of people who gained or lost a client. */
export async function linkClientsOf(stats: Sql, clients: readonly ClientKey[]): Promise<number> {
  let changed = 0;
  let at = 0;
  // Also when there are none: an entry in the audit more or less would tell whether an erasure left anybody behind.
  do {
    const some = clients.slice(at, at + CLIENTS_AT_ONCE);
    changed += await linking(stats, async (tx) => {
      const moved = await relink(tx, some);
      await noteUnreadable(tx, some);
      await keepTraits(tx, some);
      return moved;
    });
    at += CLIENTS_AT_ONCE;
  } while (at < clients.length);
  return changed;
}

/** Does some linking in a transaction, while nobody else links; once more when somebody was erased meanwhile. */
async function linking(stats: Sql, work: (tx: Tx) => Promise<number>): Promise<number> {
  for (;;) {
    try {
      const changed = await stats.begin(async (tx) => {
        await oneAtATime(tx);
        return work(tx);
      });
      return changed;
    } catch (error) {
      if (!(error instanceof Gone)) throw error;
    }
  }
}

/**
 * Writes down a person's word on two clients, "same" or "different", and works their people out again: histories
 * that were one part again when they no longer belong together. Gives the number of people changed.
 */
export async function decideLink(
  stats: Sql,
  decision: { a: ClientKey; b: ClientKey; says: "same" | "different"; madeBy: string },
): Promise<number> {
  const { a, b, says, madeBy } = decision;
  return linking(stats, async (tx) => {
    await assertPairs(tx, [{ a, b, says, evidence: {} }], DECISION, madeBy);
    return relink(tx, [a, b]);
  });
}

/** Waits until nobody else links, and keeps others waiting until the transaction ends. */
export async function oneAtATime(tx: Tx): Promise<void> {
  await tx`select pg_advisory_xact_lock(${LOCKS.linking})`;
}

/** Whom an erasure left behind. They wait to be linked until they were, whatever happens here. */
async function leftBehind(
  stats: Sql,
  people: readonly string[],
  own: { organisationId: number; clientIds: readonly string[] },
): Promise<ClientKey[]> {
  return stats<ClientKey[]>`
    select organisation_id, client_id
    from identity.left_behind(${people}::uuid[], ${own.organisationId}, ${own.clientIds}::uuid[])`;
}

/** Works out the people of these clients and of everybody they could be one with, and writes what changed. */
async function relink(tx: Tx, from: readonly ClientKey[]): Promise<number> {
  const inUse = await modelInUse(tx);
  const near = await neighbourhood(tx, from, inUse.model);
  const { own, isWhole } = await findOwnPeople(tx, from);
  if (near.oversized.size > 0) {
    log().info({ tooLarge: Object.fromEntries(near.oversized) }, "blocks passed over, by rule");
  }
  const opening = { action: "people.link", asked: from, opened: near.opened } as const;
  if (!near.isWhole || !isWhole) {
    if (from.length > 1) {
      await recordOpening(tx, opening);
      return relinkEach(tx, from);
    }
    log().warn(
      { reached: near.clients.size },
      "a client is tied to too many: left as it is until everybody is linked at once (people relink)",
    );
  }
  const work = { inUse, asked: from, own, opening };
  const clients = [...near.clients.values()];
  if (!near.isWhole || clients.length === 0) {
    await recordOpening(tx, opening);
    return near.isWhole ? 0 : passOver(tx, near, work);
  }
  const known = { ...near, model: inUse.model, said: await readSaid(tx, clients) };
  return writeFindings(tx, known, work);
}

/** Links clients one by one, where together they are tied to too many: so that one of them keeps no other waiting. */
async function relinkEach(tx: Tx, clients: readonly ClientKey[]): Promise<number> {
  let changed = 0;
  for (const client of clients) changed += await relink(tx, [client]);
  return changed;
}

/** What is known of clients whose tokens can be written. */
interface KnownClients extends Known {
  clients: ReadonlyMap<string, OpenedClient>;
}

/** What is being linked, and with what. */
interface Work {
  inUse: ModelInUse;
  asked: readonly ClientKey[];
  own: OwnPeople;
  /** What was opened for it, to be recorded. */
  opening: Opening;
}

/**
 * Writes what was found: tokens of those who were asked for, what is said of pairs, reviews, and whose person each
 * is. First it holds everybody concerned, so that nobody is erased meanwhile. Gives the number of people changed.
 */
export async function writeFindings(tx: Tx, known: KnownClients, work: Work): Promise<number> {
  const { inUse, own, opening } = work;
  const findings = findingsOf(known);
  const { people, assertions } = findings;
  const reviews = await reviewsToWrite(tx, known, findings, inUse);
  await recordOpening(tx, { ...opening, opened: opening.opened + reviews.opened });
  const clients = [...known.clients.values()];
  await hold(tx, [...clients, ...own.values(), ...reviews.found.flatMap(({ a, b }) => [a, b])]);
  // Reviews first: a steward who decides holds the review when they come to whether its clients wait.
  await openReviews(tx, reviews.found, clients);
  await keepTokensOfAsked(tx, known, work);
  for (const [family, model] of [
    ["identifier", IDENTIFIER_MODEL],
    ["description", `${DESCRIPTION_MODEL}@${inUse.model.version}`],
  ] as const) {
    const said = assertions.filter((assertion) => assertion.family === family);
    await assertPairs(tx, said, model, "people.link");
  }
  return move(tx, people, own, known);
}

/** Writes that clients were looked at, and their own people, where too many are tied to them to say who is one. */
async function passOver(tx: Tx, reached: Pick<KnownClients, "clients">, work: Work): Promise<number> {
  await hold(tx, [
    ...work.asked.filter((client) => reached.clients.has(keyOf(client))),
    ...work.own.values(),
  ]);
  await keepTokensOfAsked(tx, reached, work);
  return move(tx, new Map(), work.own, { clients: new Map() });
}

/** Points clients at their people, and at the first of their own. Gives the number of people changed. */
async function move(
  tx: Tx,
  people: Findings["people"],
  own: OwnPeople,
  { clients: reached }: Pick<KnownClients, "clients">,
): Promise<number> {
  const clients = [...new Map<string, ClientKey>([...reached, ...own])].map(([key, client]) => ({
    ...client,
    key,
  }));
  const { organisations, ids } = columnsOf(clients);
  const [moved] = await tx<{ changed: number }[]>`
    select identity.move_clients(
      ${organisations}::integer[], ${ids}::uuid[],
      ${clients.map(({ key }) => people.get(key) ?? null)}::uuid[],
      ${clients.map(({ key }) => own.get(key)?.ownClientId ?? null)}::uuid[]) as changed`;
  return moved?.changed ?? 0;
}

/** Somebody was erased while they were being linked: what was found no longer holds. */
class Gone extends Error {
  override readonly name = "Gone";
}

async function hold(tx: Tx, clients: readonly ClientKey[]): Promise<void> {
  const wanted = [...new Map(clients.map((client) => [keyOf(client), client])).values()];
  const { organisations, ids } = columnsOf(wanted);
  const [held] = await tx<{ clients: number }[]>`
    select count(*)::int as clients
    from identity.hold_clients(${organisations}::integer[], ${ids}::uuid[])`;
  if (held?.clients !== wanted.length) throw new Gone();
}

/** Clients whose tokens one statement writes. */
const CLIENTS_A_STATEMENT = 2_000;

/** Keeps the tokens of those who were asked for, and that they were linked with this model. */
async function keepTokensOfAsked(
  tx: Tx,
  { clients }: Pick<KnownClients, "clients">,
  { asked, inUse }: Work,
): Promise<void> {
  const wanted = asked.flatMap((client) => clients.get(keyOf(client)) ?? []);
  await keepTokens(tx, wanted, inUse.model.version);
}

/** Keeps the tokens of clients, and that they were linked with this model. */
async function keepTokens(tx: Tx, clients: readonly OpenedClient[], model: string): Promise<void> {
  for (let at = 0; at < clients.length; at += CLIENTS_A_STATEMENT) {
    await keepSomeTokens(tx, clients.slice(at, at + CLIENTS_A_STATEMENT), model);
    if (at === 0 && clients.length > CLIENTS_A_STATEMENT) await tx`select identity.take_link_statistics()`;
  }
}

async function keepSomeTokens(tx: Tx, clients: readonly OpenedClient[], model: string): Promise<void> {
  const { organisations, ids } = columnsOf(clients);
  const kept = clients.flatMap(({ organisationId, clientId, record }) =>
    tokensOf(record).map((token) => ({ organisationId, clientId, token })),
  );
  const of = columnsOf(kept);
  const tokens = tx.array(
    kept.map(({ token }) => token),
    ARRAY_OF.bigint,
  );
  await tx`
    select identity.key_clients(
      ${organisations}::integer[], ${ids}::uuid[], ${clients.map(({ version }) => version)}::integer[],
      ${of.organisations}::integer[], ${of.ids}::uuid[], ${tokens}::bigint[],
      ${keyedWith()}, ${model})`;
}

interface Pair extends Pick<NewAssertion, "says" | "evidence"> {
  a: ClientKey;
  b: ClientKey;
}

async function assertPairs(tx: Tx, pairs: readonly Pair[], model: string, madeBy: string): Promise<void> {
  if (pairs.length === 0) return;
  const ordered = pairs.map(({ a, b, ...rest }) =>
    keyOf(a) < keyOf(b) ? { a, b, ...rest } : { a: b, b: a, ...rest },
  );
  const [a, b] = [columnsOf(ordered.map(({ a }) => a)), columnsOf(ordered.map(({ b }) => b))];
  await tx`
    select identity.assert_links(
      ${a.organisations}::integer[], ${a.ids}::uuid[], ${b.organisations}::integer[], ${b.ids}::uuid[],
      ${ordered.map(({ says }) => says)}::text[],
      ${ordered.map(({ evidence }) => JSON.stringify(evidence))}::text[]::jsonb[],
      ${model}, ${madeBy})`;
}
