/**
 * Whom an organisation's own records make one person: what it counts of its own. Worked out from those records alone,
 * limits and weights included, as if there were no others, so that no total tells it whom others know.
 */

import type { Tx } from "../db/client";
import { type Known, ownPeopleOf } from "./domain/linking/findings";
import { SHIPPED_MODEL } from "./domain/linking/model";
import { neighbourhood } from "./people-neighbourhood";
import { type ClientKey, keyOf } from "./people-records";
import { readSaid } from "./people-said";

/** A client, and the first of those of its organisation that are the same person. */
export interface OwnClient extends ClientKey {
  ownClientId: string;
}

/** By key of the client. */
export type OwnPeople = ReadonlyMap<string, OwnClient>;

/**
 * Works out the own people of these clients and of those tied to them. Not whole when what is tied to somebody has no
 * end: of that organisation nothing is said then.
 */
export async function findOwnPeople(
  tx: Tx,
  from: readonly ClientKey[],
): Promise<{ own: OwnPeople; isWhole: boolean }> {
  const own = new Map<string, OwnClient>();
  let isWhole = true;
  for (const [organisationId, clients] of byOrganisation(from)) {
    const near = await neighbourhood(tx, clients, SHIPPED_MODEL, { organisationId });
    isWhole &&= near.isWhole;
    if (!near.isWhole) continue;
    const said = await readSaid(tx, [...near.clients.values()]);
    for (const client of ownClientsOf({ ...near, model: SHIPPED_MODEL, said }))
      own.set(keyOf(client), client);
  }
  return { own, isWhole };
}

/** The own people of clients of one organisation, from what is known of that organisation alone. */
export function ownClientsOf(known: Known): OwnClient[] {
  const first = ownPeopleOf(known);
  return [...known.clients.values()].map(({ key, organisationId, clientId }) => ({
    ...{ organisationId, clientId },
    ownClientId: first.get(key) ?? clientId,
  }));
}

/** Clients by their organisation. */
export function byOrganisation<C extends ClientKey>(clients: readonly C[]): Map<number, C[]> {
  const found = new Map<number, C[]>();
  for (const client of clients) {
    const those = found.get(client.organisationId);
    if (those) those.push(client);
    else found.set(client.organisationId, [client]);
  }
  return found;
}
