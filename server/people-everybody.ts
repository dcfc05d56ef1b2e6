/**
 * Links everybody at once: after a first load or a large import, or when an operator asks. The same rules as the
 * linker's jobs and the same writes, with the blocking in memory and one transaction for all of it; others who link
 * wait until it is done. Everybody is open in memory meanwhile: some 2 KB a client.
 */

import type { Sql, Tx } from "../db/client";
import { pairKey } from "./domain/linking/clusters";
import type { Said } from "./domain/linking/findings";
import { type LinkModel, SHIPPED_MODEL } from "./domain/linking/model";
import { type SharedKeys, sharedKeys } from "./domain/linking/oversized-keys";
import { isTie, type WeighedPair, weigher, weighPair } from "./domain/linking/weighing";
import { inDigits } from "./domain/number-text";
import { oneAtATime, writeFindings } from "./people";
import { estimateFrom, FEWEST_CLIENTS } from "./people-estimation";
import { keepModel, modelInUse } from "./people-model";
import { byOrganisation, type OwnClient, type OwnPeople, ownClientsOf } from "./people-own";
import { type ClientKey, keyOf, noteUnreadable, type OpenedClient, openClients } from "./people-records";
import { readSaid } from "./people-said";
import { keepTraits } from "./people-traits";

/** Clients opened by one query. */
const CLIENTS_A_PAGE = 5_000;

export interface LinkedEverybody {
  clients: number;
  /** People who gained or lost a client. */
  changed: number;
  /** Pairs of clients that were compared. */
  compared: number;
  /** The model that weighed them. */
  model: string;
}

/** Links everybody; when there are clients enough, with a model that is learnt from them first. */
export async function linkEverybody(
  stats: Sql,
  say: (words: string) => void = () => {},
): Promise<LinkedEverybody> {
  const linked = await stats.begin(async (tx) => {
    await oneAtATime(tx);
    const { opened, missed } = await openEverybody(tx);
    say(`opened ${inDigits(opened.length)} clients`);
    const shared = sharedKeys(opened);
    if (opened.length >= FEWEST_CLIENTS) {
      const records = shared.evident.map(({ record }) => record);
      await keepModel(tx, await estimateFrom(records), opened.length);
      say("learnt what agreement is worth");
    }
    const inUse = await modelInUse(tx);
    const { clients, pairs, compared } = compareEverybody(shared, inUse.model);
    say(`compared ${inDigits(compared)} pairs`);
    const said = await readSaid(tx, opened);
    const known = { clients, pairs, weigh: weigher(inUse.model, pairs), model: inUse.model, said };
    const own = ownPeopleOfEach(opened, said);
    const opening = { action: "people.relink", opened: opened.length } as const;
    const changed = await writeFindings(tx, known, { inUse, asked: opened, own, opening });
    await noteUnreadable(tx, missed);
    const everybody = [...opened, ...missed];
    for (let at = 0; at < everybody.length; at += CLIENTS_A_PAGE) {
      await keepTraits(tx, everybody.slice(at, at + CLIENTS_A_PAGE));
    }
    say(`wrote what was found: ${inDigits(changed)} people gained or lost a client`);
    return { clients: clients.size, changed, compared, model: inUse.model.version };
  });
  return linked;
}

/** The own people of each organisation. */
function ownPeopleOfEach(opened: readonly OpenedClient[], said: readonly Said[]): OwnPeople {
  const own = new Map<string, OwnClient>();
  for (const clients of byOrganisation(opened).values()) {
    const { pairs, ...compared } = compareEverybody(sharedKeys(clients), SHIPPED_MODEL);
    const known = { ...compared, pairs, weigh: weigher(SHIPPED_MODEL, pairs), model: SHIPPED_MODEL, said };
    for (const client of ownClientsOf(known)) own.set(keyOf(client), client);
  }
  return own;
}

/** Everybody, opened, and who was not. */
async function openEverybody(tx: Tx): Promise<{ opened: OpenedClient[]; missed: ClientKey[] }> {
  const opened: OpenedClient[] = [];
  const missed: ClientKey[] = [];
  let last: ClientKey = { organisationId: 0, clientId: "00000000-0000-0000-0000-000000000000" };
  for (;;) {
    const page = await tx<ClientKey[]>`
      select * from identity.linkable_after(${last.organisationId}, ${last.clientId}, ${CLIENTS_A_PAGE})`;
    const end = page.at(-1);
    if (!end) return { opened, missed };
    const ofPage = new Map((await openClients(tx, page)).map((client) => [client.key, client]));
    for (const client of ofPage.values()) opened.push(client);
    for (const client of page) if (!ofPage.has(keyOf(client))) missed.push(client);
    last = end;
  }
}

/** Compares everybody who shares a blocking key, and keeps the pairs that matter: links, shared identifiers, reviews. */
function compareEverybody(
  { blocks, evident }: SharedKeys<OpenedClient>,
  model: LinkModel,
): { clients: Map<string, OpenedClient>; pairs: Map<string, WeighedPair>; compared: number } {
  const pairs = new Map<string, WeighedPair>();
  const met = new Set<number>();
  for (const block of blocks.values()) {
    for (const [number, a] of block.entries()) {
      for (const b of block.slice(number + 1)) {
        const both = a * evident.length + b;
        const [one, other] = [evident[a], evident[b]];
        if (met.has(both) || !one || !other) continue;
        met.add(both);
        const pair = weighPair(model, one, other);
        if (pair.score.band === "leave" && !isTie(pair)) continue;
        pairs.set(pairKey(one.key, other.key), pair);
      }
    }
  }
  return { clients: new Map(evident.map((client) => [client.key, client])), pairs, compared: met.size };
}
