/**
 * Counted once: which clients of which organisations are one person. Runs in the worker as the engine's login and
 * sees keyed indexes only. No organisation can tell: it is asked for after every new identifier, known elsewhere or
 * not, answers nobody, and writes where the casework login cannot look.
 *
 * One at a time over the whole installation, each in one transaction with the marks for counting: killed anywhere,
 * it has done all or nothing, and running again changes nothing.
 */

import { z } from "zod";
import type { Sql, Tx } from "../db/client";
import { LOCKS } from "../db/locks";
import { type LinkableClient, type LinkDecision, linkClients, pairKey } from "./domain/linking/clusters";

/** A client among all organisations. */
export interface ClientKey {
  organisationId: number;
  clientId: string;
}

/** Payload of the task `people.link`: clients with new evidence, or people who lost a client. */
const askedSchema = z.union([
  z.object({ organisationId: z.number().int(), clientIds: z.array(z.uuid()) }),
  z.object({ people: z.array(z.uuid()) }),
]);

const BY_IDENTIFIER = "identifier-1";
const BY_DECISION = "decision";

/** Runs the task `people.link`. Gives the number of people who gained or lost a client. */
export async function linkPeople(stats: Sql, payload: unknown): Promise<number> {
  const asked = askedSchema.parse(payload);
  const changed = await stats.begin(async (tx) => {
    await oneAtATime(tx);
    return relink(tx, "people" in asked ? await clientsOf(tx, asked.people) : keysOf(asked));
  });
  return changed;
}

/**
 * Writes down a person's word on two clients, "same" or "different", and works their people out again: histories
 * that were one part again when they no longer belong together. Gives the number of people changed.
 */
export async function decideLink(
  stats: Sql,
  decision: { a: ClientKey; b: ClientKey; says: "same" | "different"; madeBy: string },
): Promise<number> {
  const changed = await stats.begin(async (tx) => {
    await oneAtATime(tx);
    const { a, b, says, madeBy } = decision;
    await assertPairs(tx, [{ a, b, says, evidence: {} }], BY_DECISION, madeBy);
    return relink(tx, [a, b]);
  });
  return changed;
}

async function oneAtATime(tx: Tx): Promise<void> {
  await tx`select pg_advisory_xact_lock(${LOCKS.linking})`;
}

const keysOf = ({
  organisationId,
  clientIds,
}: {
  organisationId: number;
  clientIds: string[];
}): ClientKey[] => clientIds.map((clientId) => ({ organisationId, clientId }));

function clientsOf(tx: Tx, people: readonly string[]): Promise<ClientKey[]> {
  return tx<ClientKey[]>`
    select organisation_id, client_id from identity.clients_of(${people}::uuid[])`;
}

interface NeighbourRow extends ClientKey {
  personId: string;
  originPersonId: string;
  dateOfBirthIndex: Buffer | null;
  kinds: string[];
  indexes: Buffer[];
}

interface AssertionRow {
  organisationIdA: number;
  clientIdA: string;
  organisationIdB: number;
  clientIdB: string;
  says: "same" | "different";
  model: string;
  id: bigint;
}

/** Works out the people of these clients and of everybody they could be one with, and writes what changed. */
async function relink(tx: Tx, from: readonly ClientKey[]): Promise<number> {
  if (from.length === 0) return 0;
  const neighbours = await tx<NeighbourRow[]>`
    select * from identity.link_neighbourhood(
      ${from.map(({ organisationId }) => organisationId)}::integer[],
      ${from.map(({ clientId }) => clientId)}::uuid[])`;
  if (neighbours.length === 0) return 0;
  const organisations = neighbours.map(({ organisationId }) => organisationId);
  const clients = neighbours.map(({ clientId }) => clientId);
  const said = await tx<AssertionRow[]>`
    select * from identity.link_assertions(${organisations}::integer[], ${clients}::uuid[])`;

  const linking = linkClients(neighbours.map(linkable), said.flatMap(decisionOf));
  const people = neighbours.map((row) => linking.people.get(keyOf(row)) ?? row.originPersonId);
  await writeFindings(tx, neighbours, linking, said);
  const [moved] = await tx<{ changed: number }[]>`
    select identity.move_clients(${organisations}::integer[], ${clients}::uuid[], ${people}::uuid[]) as changed`;
  return moved?.changed ?? 0;
}

/** Sorts as organisation, then id: numbers of organisations have ten digits at most. */
const keyOf = ({ organisationId, clientId }: ClientKey) =>
  `${String(organisationId).padStart(10, "0")}:${clientId}`;

const linkable = (row: NeighbourRow): LinkableClient => ({
  key: keyOf(row),
  originPersonId: row.originPersonId,
  dateOfBirth: row.dateOfBirthIndex?.toString("hex") ?? null,
  identifiers: row.kinds.map((kind, at) => ({ kind, index: row.indexes[at]?.toString("hex") ?? "" })),
});

const pairOf = (row: AssertionRow) => ({
  a: { organisationId: row.organisationIdA, clientId: row.clientIdA },
  b: { organisationId: row.organisationIdB, clientId: row.clientIdB },
});

function decisionOf(row: AssertionRow): LinkDecision[] {
  if (row.model !== BY_DECISION) return [];
  const { a, b } = pairOf(row);
  return [{ a: keyOf(a), b: keyOf(b), says: row.says, number: row.id }];
}

type Evidence = Readonly<Record<string, string | number | boolean | readonly string[]>>;

interface Said {
  a: ClientKey;
  b: ClientKey;
  says: "same" | "different";
  evidence: Evidence;
}

/** Adds what identifiers say now where it differs from what they said last, so that the latest row is the truth. */
async function writeFindings(
  tx: Tx,
  neighbours: readonly NeighbourRow[],
  linking: ReturnType<typeof linkClients>,
  said: readonly AssertionRow[],
): Promise<void> {
  const byKey = new Map(neighbours.map((row) => [keyOf(row), row]));
  const before = said.filter(({ model }) => model === BY_IDENTIFIER);
  const saysSame = new Set(
    before.flatMap((row) => {
      const { a, b } = pairOf(row);
      return row.says === "same" ? [pairKey(keyOf(a), keyOf(b))] : [];
    }),
  );
  const found: Said[] = [];
  for (const { a, b, evidence } of linking.joins) {
    const [one, other] = [byKey.get(a), byKey.get(b)];
    if (!one || !other || "decision" in evidence || saysSame.has(pairKey(a, b))) continue;
    found.push({ a: one, b: other, says: "same", evidence: { ...evidence } });
  }
  for (const row of before) {
    const { a, b } = pairOf(row);
    if (row.says === "same" && linking.people.get(keyOf(a)) !== linking.people.get(keyOf(b))) {
      found.push({ a, b, says: "different", evidence: { because: "what joined them no longer holds" } });
    }
  }
  await assertPairs(tx, found, BY_IDENTIFIER, "people.link");
}

async function assertPairs(tx: Tx, pairs: readonly Said[], model: string, madeBy: string): Promise<void> {
  if (pairs.length === 0) return;
  const ordered = pairs.map(({ a, b, ...rest }) =>
    keyOf(a) < keyOf(b) ? { a, b, ...rest } : { a: b, b: a, ...rest },
  );
  await tx`
    select identity.assert_links(
      ${ordered.map(({ a }) => a.organisationId)}::integer[], ${ordered.map(({ a }) => a.clientId)}::uuid[],
      ${ordered.map(({ b }) => b.organisationId)}::integer[], ${ordered.map(({ b }) => b.clientId)}::uuid[],
      ${ordered.map(({ says }) => says)}::text[],
      ${ordered.map(({ evidence }) => JSON.stringify(evidence))}::text[]::jsonb[],
      ${model}, ${madeBy})`;
}
