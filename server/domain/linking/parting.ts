/**
 * Whom a steward's "same" would part. A decision joins before anything else, so a group that held together by weaker
 * evidence may fall apart when it gains somebody who contradicts one of its members. Worked out by the very rule that
 * says who is one person, with the decision added. Pure.
 */

import { pairKey } from "./clusters";
import type { Levels } from "./comparison";
import { type Known, type Link, linksOf, peopleOf, type Said } from "./findings";
import { isTie, type LinkClient } from "./weighing";

/** Two records that are one person now and would not be any more. */
export interface Parting {
  a: LinkClient;
  b: LinkClient;
  levels: Levels;
}

/** What is known, by client. */
interface Index {
  links: ReadonlyMap<string, ReadonlyMap<string, Link>>;
  said: ReadonlyMap<string, readonly Said[]>;
  tied: ReadonlyMap<string, ReadonlySet<string>>;
  people: ReadonlyMap<string, readonly string[]>;
}

/**
 * Gives the rule for one neighbourhood: of two of its clients, what saying the same of them would part. Of a group that
 * falls into pieces, the pair with the strongest evidence between each two of them. Nothing when they are said to be
 * the same already. `people` is the person of each client, as found of what is known.
 */
export function partingRule(
  known: Known,
  people: ReadonlyMap<string, string>,
): (a: LinkClient, b: LinkClient) => readonly Parting[] {
  let index: Index | null = null;
  return (a, b) => {
    index ??= indexOf(known, people);
    return partedBy(known, people, index, a, b);
  };
}

function indexOf(known: Known, people: ReadonlyMap<string, string>): Index {
  const links = new Map<string, Map<string, Link>>();
  const said = new Map<string, Said[]>();
  const tied = new Map<string, Set<string>>();
  const members = new Map<string, string[]>();
  const tie = (a: string, b: string) => {
    tied.set(a, (tied.get(a) ?? new Set()).add(b));
    tied.set(b, (tied.get(b) ?? new Set()).add(a));
  };
  for (const [name, link] of linksOf(known)) {
    links.set(link.a, (links.get(link.a) ?? new Map()).set(name, link));
    tie(link.a, link.b);
  }
  for (const pair of known.pairs.values()) if (isTie(pair)) tie(pair.a.key, pair.b.key);
  for (const row of known.said) {
    const of = said.get(row.a);
    if (of) of.push(row);
    else said.set(row.a, [row]);
    if (row.says === "same") tie(row.a, row.b);
  }
  for (const [client, person] of people) {
    const of = members.get(person);
    if (of) of.push(client);
    else members.set(person, [client]);
  }
  return { links, said, tied, people: members };
}

function partedBy(
  known: Known,
  people: ReadonlyMap<string, string>,
  index: Index,
  a: LinkClient,
  b: LinkClient,
): readonly Parting[] {
  const clients = reachedFrom(known, people, index, [a.key, b.key]);
  const keys = [...clients.keys()];
  const pair = pairKey(a.key, b.key);
  const said = keys.flatMap((key) => index.said.get(key) ?? []);
  const isOfPair = (row: Said) => row.family === "decision" && pairKey(row.a, row.b) === pair;
  if (said.some((row) => isOfPair(row) && row.says === "same")) return [];
  const [last = 0n] = said.map(({ id }) => id).sort((x, y) => (x > y ? -1 : 1));
  const word: Said = {
    ...{ a: a.key, b: b.key, family: "decision", says: "same", model: "decision", evidence: {} },
    id: last + 1n,
  };
  const then = peopleOf(
    { ...known, clients, said: [...said.filter((row) => !isOfPair(row)), word] },
    new Map(keys.flatMap((key) => [...(index.links.get(key) ?? [])])),
    [...clients.values()],
  );
  const pieces = new Map<string, Map<string, LinkClient[]>>();
  for (const [key, client] of clients) {
    const [was, becomes] = [people.get(key), then.get(key)];
    if (was === undefined || becomes === undefined) continue;
    const piecesOf = pieces.get(was) ?? new Map<string, LinkClient[]>();
    pieces.set(was, piecesOf.set(becomes, [...(piecesOf.get(becomes) ?? []), client]));
  }
  return [...pieces.values()].flatMap((piecesOf) => strongestBetween(known, [...piecesOf.values()]));
}

/** Everybody whom what is known ties to these, however indirectly. */
function reachedFrom(
  { clients }: Known,
  people: ReadonlyMap<string, string>,
  index: Index,
  from: readonly string[],
): ReadonlyMap<string, LinkClient> {
  const reached = new Map<string, LinkClient>();
  const next = [...from];
  for (let key = next.pop(); key !== undefined; key = next.pop()) {
    const client = clients.get(key);
    if (!client || reached.has(key)) continue;
    reached.set(key, client);
    const together = index.people.get(people.get(key) ?? "") ?? [];
    next.push(...together, ...(index.tied.get(key) ?? []));
  }
  return reached;
}

/** Between each two pieces of what was one person, the pair that most speaks for being one. */
function strongestBetween({ weigh }: Known, pieces: readonly (readonly LinkClient[])[]): Parting[] {
  return pieces.flatMap((piece, at) =>
    pieces.slice(at + 1).flatMap((other) => {
      const pairs = piece.flatMap((one) => other.map((another) => weigh(one, another)));
      const [strongest] = pairs.sort((x, y) => y.score.weight - x.score.weight);
      return strongest ? [{ a: strongest.a, b: strongest.b, levels: strongest.levels }] : [];
    }),
  );
}
