/**
 * What linking finds in a neighbourhood: the people in it, what is to be written down of its pairs, and the pairs that
 * a person should look at. Pure: from what was opened, weighed and said before, so that the linker's jobs and a run
 * over everybody come to the same.
 */

import { z } from "zod";
import { type LinkDecision, linkClients, pairKey, type ScoredPair } from "./clusters";
import { FIELDS, type Levels } from "./comparison";
import { type LinkModel, mayBeOne, type Score } from "./model";
import { isTie, type LinkClient, sharedKinds, type Weigh, type WeighedPair } from "./weighing";

/** What a pair is linked by; a decision is written by people only. */
export type Family = "identifier" | "description";

export interface NewAssertion {
  family: Family;
  a: LinkClient;
  b: LinkClient;
  says: "same" | "different";
  /** Kinds, levels and weights; never a value. */
  evidence: Readonly<Record<string, unknown>>;
}

export interface Findings {
  /** The person of each client, by key. */
  people: ReadonlyMap<string, string>;
  assertions: readonly NewAssertion[];
  reviews: readonly { pair: WeighedPair; reason: "likely" | "vetoed" }[];
}

export interface Known {
  clients: ReadonlyMap<string, LinkClient>;
  /** Compared pairs, at least all of these clients that share a blocking key. */
  pairs: ReadonlyMap<string, WeighedPair>;
  weigh: Weigh;
  model: LinkModel;
  said: readonly Said[];
}

/** What was said last of a pair by one kind of model, by the keys of its clients. */
export interface Said {
  a: string;
  b: string;
  family: Family | "decision";
  says: "same" | "different";
  model: string;
  evidence: unknown;
  /** Later ones have higher numbers. */
  id: bigint;
}

/** Works out everything that there is to write of a neighbourhood. */
export function findingsOf(known: Known): Findings {
  const links = linksOf(known);
  const personOf = peopleOf(known, links, [...known.clients.values()]);
  return {
    people: personOf,
    assertions: assertionsOf(known, links, personOf),
    reviews: reviewsOf(known, personOf),
  };
}

/** A pair that description makes a link: by its weight today, or by the one that stands. */
export interface Link extends ScoredPair {
  /** True when the register says so already, on the same agreement. */
  stands: boolean;
  model: string;
}

/**
 * A link stands on the model that made it for as long as the two records agree in the same way: a newer model, or a
 * block that has grown too large to follow, is no reason to part anybody.
 */
export function linksOf({ clients, pairs, weigh, model, said }: Known): ReadonlyMap<string, Link> {
  const links = new Map<string, Link>();
  for (const [name, { a, b, score }] of pairs) {
    if (score.band !== "link" || !clients.has(a.key) || !clients.has(b.key)) continue;
    links.set(name, { a: a.key, b: b.key, ...worthOf(score), stands: false, model: model.version });
  }
  for (const { a, b, family, says, evidence, model } of said) {
    const [one, other] = [clients.get(a), clients.get(b)];
    if (family !== "description" || says !== "same" || !one || !other) continue;
    const { levels, score } = weigh(one, other);
    const { data: kept } = keptEvidence.safeParse(evidence);
    if (!kept || score.vetoes.length > 0 || !agreesAs(levels, kept.levels)) continue;
    links.set(pairKey(a, b), {
      a,
      b,
      probability: kept.probability,
      weight: kept.weight,
      stands: true,
      model,
    });
  }
  return links;
}

/** What orders links: rounded as it is kept, so that a link that stands goes no other way than one found today. */
const worthOf = ({ probability, weight }: Score) => ({ probability, weight: rounded(weight) });

/** What is kept of a description that was a link. */
const keptEvidence = z.object({
  levels: z.record(z.string(), z.string()),
  probability: z.number(),
  weight: z.number(),
});

const agreesAs = (levels: Levels, kept: Readonly<Record<string, unknown>>) =>
  FIELDS.every((field) => (levels[field] ?? null) === (kept[field] ?? null));

/** The person of each of these clients, from what is known of them alone. */
export function peopleOf(
  { weigh, said }: Known,
  links: ReadonlyMap<string, Link>,
  clients: readonly LinkClient[],
): ReadonlyMap<string, string> {
  const byKey = new Map(clients.map((client) => [client.key, client]));
  const among = ({ a, b }: { a: string; b: string }) => byKey.has(a) && byKey.has(b);
  const decisions = said.flatMap((row): LinkDecision[] =>
    row.family === "decision" && among(row) ? [{ a: row.a, b: row.b, says: row.says, number: row.id }] : [],
  );
  const { people } = linkClients(
    clients.map(({ key, originPersonId, record }) => ({
      key,
      originPersonId,
      dateOfBirth: record.dateOfBirth,
      identifiers: record.identifiers,
    })),
    decisions,
    {
      pairs: [...links.values()].filter(among),
      mayBeOne: (a, b) => {
        const [one, other] = [byKey.get(a), byKey.get(b)];
        if (!one || !other) return true;
        if (links.get(pairKey(a, b))?.stands) return true;
        return mayBeOne(weigh(one, other).score);
      },
    },
  );
  return people;
}

/**
 * Of clients of one organisation, by key: the first of those that its own records make one person. What an organisation
 * counts of its own must not tell what is known elsewhere, so give it what is known of that organisation alone, weighed
 * by the model that ships. What the register says counts only where a person said it: the rest came of everybody.
 */
export function ownPeopleOf(own: Known): ReadonlyMap<string, string> {
  const known = { ...own, said: own.said.filter(({ family }) => family === "decision") };
  const clients = [...known.clients.values()].sort((x, y) => (x.key < y.key ? -1 : 1));
  const personOf = peopleOf(known, linksOf(known), clients);
  const first = new Map<string, string>();
  const found = new Map<string, string>();
  for (const { key, clientId } of clients) {
    const person = personOf.get(key) ?? key;
    if (!first.has(person)) first.set(person, clientId);
    found.set(key, first.get(person) ?? clientId);
  }
  return found;
}

const NO_LONGER = { because: "what joined them no longer holds" };

/** What is to be said now where it differs from what was said last, so that the latest row is the truth. */
function assertionsOf(
  { clients, pairs, said }: Known,
  links: ReadonlyMap<string, Link>,
  personOf: ReadonlyMap<string, string>,
): NewAssertion[] {
  const isOne = (a: string, b: string) =>
    personOf.get(a) !== undefined && personOf.get(a) === personOf.get(b);
  const saysSame = new Map(
    said.flatMap((row) =>
      row.says === "same" ? [[`${row.family} ${pairKey(row.a, row.b)}`, row] as const] : [],
    ),
  );
  const holds = new Set<string>();
  const found: NewAssertion[] = [];
  for (const [name, { a, b, levels, score }] of pairs) {
    if (!clients.has(a.key) || !clients.has(b.key) || !isOne(a.key, b.key)) continue;
    const kinds = sharedKinds(a, b);
    const link = links.get(name);
    const family: Family | null = kinds.length > 0 ? "identifier" : link ? "description" : null;
    if (!family) continue;
    holds.add(`${family} ${name}`);
    const before = saysSame.get(`${family} ${name}`);
    const bornAgrees = a.record.dateOfBirth !== null && a.record.dateOfBirth === b.record.dateOfBirth;
    if (family === "identifier") {
      const evidence = { kinds, dateOfBirthAgrees: bornAgrees };
      if (!before || !sameKinds(before.evidence, kinds)) found.push({ family, a, b, says: "same", evidence });
    } else if (!before || !link?.stands) {
      found.push({ family, a, b, says: "same", evidence: evidenceOf(levels, score) });
    }
  }
  for (const [name, { a, b, family }] of saysSame) {
    const [one, other] = [clients.get(a), clients.get(b)];
    if (family === "decision" || holds.has(name) || !one || !other) continue;
    found.push({ family, a: one, b: other, says: "different", evidence: NO_LONGER });
  }
  return found;
}

function sameKinds(evidence: unknown, kinds: readonly string[]): boolean {
  const before =
    typeof evidence === "object" && evidence !== null && "kinds" in evidence ? evidence.kinds : [];
  return JSON.stringify(before) === JSON.stringify(kinds);
}

const rounded = (value: number) => Number(value.toFixed(4));

function evidenceOf(levels: Levels, { parts, weight, probability }: Score): Record<string, unknown> {
  return {
    levels: Object.fromEntries(FIELDS.flatMap((field) => (levels[field] ? [[field, levels[field]]] : []))),
    weights: Object.fromEntries(parts.map((part) => [part.field, rounded(part.weight)])),
    weight: rounded(weight),
    probability,
  };
}

/**
 * Pairs about which a person is asked: likely ones, and those that would be a link but that something speaks against.
 * Of two people one pair, the likeliest; none where somebody has decided already. And pairs that a referral made one
 * person though the records speak against it: whoever took it on may have picked the wrong client.
 */
function reviewsOf(
  { clients, pairs, weigh, said }: Known,
  personOf: ReadonlyMap<string, string>,
): Findings["reviews"] {
  const person = (client: LinkClient) => personOf.get(client.key) ?? client.personId;
  const decided = new Set(
    said.flatMap(({ family, a, b }) => {
      const [one, other] = [clients.get(a), clients.get(b)];
      return family === "decision" && one && other ? [pairKey(person(one), person(other))] : [];
    }),
  );
  const best = new Map<string, { pair: WeighedPair; reason: "likely" | "vetoed" }>();
  for (const pair of pairs.values()) {
    const { a, b, score } = pair;
    const tied = isTie(pair);
    if (score.band !== "review" && !tied) continue;
    const people = pairKey(person(a), person(b));
    if (person(a) === person(b) || decided.has(people)) continue;
    const before = best.get(people);
    if (before && !isLikelier(pair, before.pair)) continue;
    best.set(people, { pair, reason: tied || score.vetoes.length > 0 ? "vetoed" : "likely" });
  }
  const doubtful = said.flatMap(({ family, says, evidence, a, b }) => {
    const [one, other] = [clients.get(a), clients.get(b)];
    if (family !== "decision" || says !== "same" || !one || !other) return [];
    if (!byReferral.safeParse(evidence).success) return [];
    const pair = weigh(one, other);
    return mayBeOne(pair.score) ? [] : [{ pair, reason: "vetoed" as const }];
  });
  return [...best.values(), ...doubtful];
}

/** What a decision says of itself that was made by taking on a referral (link_referred). */
const byReferral = z.object({ referral: z.literal(true) });

/** Of two pairs of the same weight the first in order, so that the same one is asked about each time. */
const isLikelier = (one: WeighedPair, other: WeighedPair) =>
  one.score.weight > other.score.weight ||
  (one.score.weight === other.score.weight &&
    pairKey(one.a.key, one.b.key) < pairKey(other.a.key, other.b.key));
