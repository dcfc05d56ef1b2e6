/**
 * Which clients are one person: by what people decided, by identifiers that name one person across the country, and
 * by description. A pure rule over all that is known of a neighbourhood of clients, so that the answer depends on
 * what is known and never on what came first. The method in words, and why: `docs/methods/linking.md`.
 */

import { MOST_SHARERS } from "./oversized-keys";

/** A client as joining sees it. Of its values it matters only which are the same. */
export interface LinkableClient {
  /** Organisation and id as one text, by which pairs are ordered. */
  key: string;
  /** The person made with the client. */
  originPersonId: string;
  /** Null when it is not known. */
  dateOfBirth: string | null;
  identifiers: readonly { kind: string; value: string }[];
}

/** A person's word on a pair, which stands above every identifier. */
export interface LinkDecision {
  a: string;
  b: string;
  says: "same" | "different";
  /** Later ones have higher numbers. */
  number: bigint;
}

/** Why two clients were joined. */
export interface Join {
  a: string;
  b: string;
  evidence:
    | { decision: true }
    | { kinds: readonly string[]; dateOfBirthAgrees: boolean }
    | { probability: number; weight: number };
}

/** A pair in the link band of the model. */
export interface ScoredPair {
  a: string;
  b: string;
  probability: number;
  /** Log2 odds: orders pairs whose probabilities round to 1. */
  weight: number;
}

/** What descriptions say of these clients. */
export interface Described {
  /** Pairs that are links by themselves. */
  pairs: readonly ScoredPair[];
  /** Whether these two may be one person: no veto keeps them apart, and they are not very unlikely. Symmetric. */
  mayBeOne(a: string, b: string): boolean;
}

const NOT_DESCRIBED: Described = { pairs: [], mayBeOne: () => true };

export interface Linking {
  /** The person of each client, by key: of those found to be one, the eldest. */
  people: ReadonlyMap<string, string>;
  /** What holds them together: one join fewer than clients in each person. */
  joins: readonly Join[];
}

/**
 * Joins clients in an order fixed by the evidence: a person's "same" first, latest first; then pairs that share a
 * valid identifier, those that share more kinds first, then those whose dates of birth agree, then by key; then pairs
 * by description, the likeliest first. So where a group cannot hold together, it parts along its weakest evidence. Two
 * groups are not joined
 *   - when a person said of any pair across them that they are different;
 *   - by identifiers, when any pair across them has different dates of birth, or two different identifiers of a kind;
 *   - by identifiers or description, when any pair across them may not be one by its description.
 */
export function linkClients(
  clients: readonly LinkableClient[],
  decisions: readonly LinkDecision[],
  described: Described = NOT_DESCRIBED,
): Linking {
  const byKey = new Map(clients.map((client) => [client.key, client]));
  const groups = new Map(clients.map((client) => [client.key, newGroup(client)]));
  const different = new Set(
    decisions.filter(({ says }) => says === "different").map(({ a, b }) => pairKey(a, b)),
  );
  const joins: Join[] = [];

  const join = (a: string, b: string, evidence: Join["evidence"]): void => {
    const [one, other] = [groups.get(a), groups.get(b)];
    if (!one || !other || one === other) return;
    if (saidDifferent(one, other, different)) return;
    if ("kinds" in evidence && contradict(one, other)) return;
    if (!("decision" in evidence) && !mayAllBeOne(one, other, described)) return;
    for (const key of other.members) groups.set(key, one);
    absorb(one, other);
    joins.push({ a, b, evidence });
  };

  const said = decisions
    .filter(({ says, a, b }) => says === "same" && byKey.has(a) && byKey.has(b))
    .sort((x, y) => (x.number > y.number ? -1 : 1));
  for (const { a, b } of said) join(a, b, { decision: true });
  for (const { a, b, kinds, dateOfBirthAgrees } of sharedIdentifiers(clients)) {
    join(a, b, { kinds, dateOfBirthAgrees });
  }
  for (const { a, b, probability, weight } of strongestFirst(described.pairs)) {
    join(a, b, { probability, weight });
  }

  const people = new Map([...groups].map(([key, { eldest }]) => [key, eldest]));
  return { people, joins };
}

interface Group {
  members: Set<string>;
  /** Smallest id of a person made with a member: ids sort by time. */
  eldest: string;
  datesOfBirth: Set<string>;
  identifiers: Map<string, Set<string>>;
}

function newGroup(client: LinkableClient): Group {
  const identifiers = new Map<string, Set<string>>();
  for (const { kind, value } of client.identifiers) {
    identifiers.set(kind, (identifiers.get(kind) ?? new Set<string>()).add(value));
  }
  return {
    members: new Set([client.key]),
    eldest: client.originPersonId,
    datesOfBirth: new Set(client.dateOfBirth === null ? [] : [client.dateOfBirth]),
    identifiers,
  };
}

function absorb(group: Group, other: Group): void {
  for (const key of other.members) group.members.add(key);
  if (other.eldest < group.eldest) group.eldest = other.eldest;
  for (const day of other.datesOfBirth) group.datesOfBirth.add(day);
  for (const [kind, values] of other.identifiers) {
    const held = group.identifiers.get(kind) ?? new Set<string>();
    for (const value of values) held.add(value);
    group.identifiers.set(kind, held);
  }
}

/** What two clients can contradict each other in. */
type Contradictable = Pick<LinkableClient, "dateOfBirth" | "identifiers">;

/** Whether two clients contradict each other by themselves, so that no identifier ever joins them. Symmetric. */
export function contradictEachOther(a: Contradictable, b: Contradictable): boolean {
  const groupOf = ({ dateOfBirth, identifiers }: Contradictable) =>
    newGroup({ key: "", originPersonId: "", dateOfBirth, identifiers });
  return contradict(groupOf(a), groupOf(b));
}

function contradict(one: Group, other: Group): boolean {
  if (haveDifferent(one.datesOfBirth, other.datesOfBirth)) return true;
  for (const [kind, values] of one.identifiers) {
    if (haveDifferent(values, other.identifiers.get(kind) ?? new Set())) return true;
  }
  return false;
}

/** Whether some value of one set and some value of the other are not the same. */
function haveDifferent(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  if (one.size === 0 || other.size === 0) return false;
  return one.size > 1 || other.size > 1 || [...one].some((value) => !other.has(value));
}

function mayAllBeOne(one: Group, other: Group, { mayBeOne }: Described): boolean {
  return [...one.members].every((a) => [...other.members].every((b) => mayBeOne(a, b)));
}

function strongestFirst(pairs: readonly ScoredPair[]): ScoredPair[] {
  return [...pairs].sort((x, y) => y.weight - x.weight || (pairKey(x.a, x.b) < pairKey(y.a, y.b) ? -1 : 1));
}

function saidDifferent(one: Group, other: Group, different: ReadonlySet<string>): boolean {
  if (different.size === 0) return false;
  return [...one.members].some((a) => [...other.members].some((b) => different.has(pairKey(a, b))));
}

/** One text for a pair, whichever comes first. */
export function pairKey(a: string, b: string): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`;
}

interface SharedPair {
  a: string;
  b: string;
  kinds: readonly string[];
  dateOfBirthAgrees: boolean;
}

/** Pairs that share an identifier, the strongest first. */
function sharedIdentifiers(clients: readonly LinkableClient[]): SharedPair[] {
  const carriers = new Map<string, LinkableClient[]>();
  for (const client of clients) {
    for (const { kind, value } of client.identifiers) {
      const name = `${kind} ${value}`;
      carriers.set(name, [...(carriers.get(name) ?? []), client]);
    }
  }
  const pairs = new Map<string, { a: LinkableClient; b: LinkableClient; kinds: Set<string> }>();
  for (const [name, sharers] of carriers) {
    if (sharers.length > MOST_SHARERS) continue;
    const kind = name.slice(0, name.indexOf(" "));
    for (const [at, one] of sharers.entries()) {
      for (const other of sharers.slice(at + 1)) {
        const [a, b] = one.key < other.key ? [one, other] : [other, one];
        const pair = pairs.get(pairKey(a.key, b.key)) ?? { a, b, kinds: new Set<string>() };
        pair.kinds.add(kind);
        pairs.set(pairKey(a.key, b.key), pair);
      }
    }
  }
  return [...pairs.values()]
    .map(({ a, b, kinds }) => ({
      a: a.key,
      b: b.key,
      kinds: [...kinds].sort(),
      dateOfBirthAgrees: a.dateOfBirth !== null && a.dateOfBirth === b.dateOfBirth,
    }))
    .sort(
      (x, y) =>
        y.kinds.length - x.kinds.length ||
        Number(y.dateOfBirthAgrees) - Number(x.dateOfBirthAgrees) ||
        (pairKey(x.a, x.b) < pairKey(y.a, y.b) ? -1 : 1),
    );
}
