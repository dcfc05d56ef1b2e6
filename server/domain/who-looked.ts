/**
 * Who has looked, as an officer asks it: about a client, a member or an agreement, in a window of days. Entries become
 * one answer for each person and day: who, what they saw, and why. What is not known is said to be not known.
 */

import { z } from "zod";
import type { Role } from "./access";
import type { Purpose } from "./agreements/agreement";
import { addDays, type Day, dayOf, daysBetween, isDay } from "./period";

export const MOST_DAYS = 731;

const day = z.string().refine(isDay, "Write the day as 2027-03-31.");

/** About whom or what it is asked, and from which day to which, both counted. */
export const lookQuestion = z
  .strictObject({
    about: z.discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("client"), id: z.uuid().toLowerCase() }),
      z.strictObject({ kind: z.literal("member"), id: z.uuid().toLowerCase() }),
      z.strictObject({ kind: z.literal("agreement"), id: z.uuid().toLowerCase() }),
    ]),
    from: day,
    to: day,
  })
  .refine(({ from, to }) => from <= to, { path: ["to"], message: "The last day is before the first." })
  .refine(({ from, to }) => daysBetween(from, to) < MOST_DAYS, {
    path: ["from"],
    message: "Ask about two years at most.",
  });
export type LookQuestion = z.output<typeof lookQuestion>;

/** The window that a page opens with: the last 90 days. */
export const usualWindow = (today: Day): { from: Day; to: Day } => ({ from: addDays(today, -89), to: today });

/** How somebody at the client's own organisation stood to the client, as far as the records say. */
export interface Relation {
  looksAfter: boolean;
  /** Contacts of theirs that were not voided, and the latest day of one. */
  contacts: number;
  lastContactOn: Day | null;
  addedThem: boolean;
}

/** What somebody gave as their reason when they looked across organisations. */
export interface GivenReason {
  /** By which the other organisation's record was shown; null for the question of one's own staff. */
  agreement: { id: string; title: string } | null;
  purpose: Purpose;
  /** Code of the reason: of domain/agreements/known-to.ts, or in an emergency of domain/break-glass.ts. */
  reason: string | null;
  /** An emergency: access was broken open, not given by a cell. */
  isEmergency: boolean;
}

/** One entry: a call that showed or changed something about a client. */
export interface LookEntry {
  id: string;
  at: Date;
  action: string;
  detail: Readonly<Record<string, unknown>>;
  /** Null for the software itself. */
  memberId: string | null;
  memberName: string | null;
  roles: readonly Role[];
  organisationName: string;
  isOwn: boolean;
  clientId: string;
  /** How many people the same call named: more than one for a list. */
  people: number;
  given: GivenReason | null;
}

/**
 * Why somebody looked. given: they said so, under an agreement or in an emergency. looks-after, contact, added: they
 * work with the client. list: the client came up among others and nothing was opened. officer: an officer's work.
 * software: nobody looked. unknown: the records give no reason.
 */
export type Why =
  | { kind: "given"; given: GivenReason }
  | { kind: "looks-after" }
  | { kind: "contact"; contacts: number; lastOn: Day }
  | { kind: "added" }
  | { kind: "list" }
  | { kind: "officer" }
  | { kind: "software" }
  | { kind: "unknown" };

/** What one person did about one client on one day. */
export interface LookGroup {
  /** Stays the same while the same is asked. */
  key: string;
  day: Day;
  memberId: string | null;
  memberName: string | null;
  roles: readonly Role[];
  organisationName: string;
  isOwn: boolean;
  clientId: string;
  why: Why;
  /** Each thing that they did, the first time of it and how often. */
  did: {
    action: string;
    detail: Readonly<Record<string, unknown>>;
    people: number;
    firstAt: Date;
    times: number;
  }[];
}

/** Where a pair of member and client is kept in a map of relations. */
export const relationKey = (memberId: string, clientId: string): string => `${memberId}|${clientId}`;

/** Entries in any order, as one line for each person, client and day; the latest day first. */
export function groupLooks(
  entries: readonly LookEntry[],
  relations: ReadonlyMap<string, Relation>,
): LookGroup[] {
  const groups = new Map<string, LookEntry[]>();
  for (const entry of entries) {
    const { memberId, organisationName, clientId, given } = entry;
    const under = given ? `${given.agreement?.id}|${given.purpose}|${given.isEmergency}` : "";
    const key = [dayOf(entry.at), organisationName, memberId ?? "", clientId, under].join("|");
    const group = groups.get(key);
    if (group) group.push(entry);
    else groups.set(key, [entry]);
  }
  const made = [...groups].flatMap(([key, group]) => groupOf(key, group, relations));
  return made.sort((a, b) => latest(b) - latest(a) || a.key.localeCompare(b.key));
}

const latest = ({ did }: LookGroup) => Math.max(...did.map(({ firstAt }) => firstAt.getTime()));

function groupOf(
  key: string,
  entries: readonly LookEntry[],
  relations: ReadonlyMap<string, Relation>,
): LookGroup[] {
  const byTime = [...entries].sort((a, b) => a.at.getTime() - b.at.getTime());
  const [first] = byTime;
  if (!first) return [];
  const did: LookGroup["did"] = [];
  for (const { action, detail, people, at } of byTime) {
    const same = did.find((one) => one.action === action && one.people > 1 === people > 1);
    if (same) same.times += 1;
    else did.push({ action, detail, people, firstAt: at, times: 1 });
  }
  const { memberId, memberName, roles, organisationName, isOwn, clientId } = first;
  const relation = memberId === null ? undefined : relations.get(relationKey(memberId, clientId));
  return [
    {
      ...{ key, day: dayOf(first.at), memberId, memberName, roles, organisationName, isOwn, clientId },
      ...{ why: whyOf(byTime, relation), did },
    },
  ];
}

function whyOf(entries: readonly LookEntry[], relation: Relation | undefined): Why {
  const given = entries.find((entry) => entry.given !== null)?.given;
  if (given) return { kind: "given", given };
  if (entries.every(({ memberId }) => memberId === null)) return { kind: "software" };
  if (relation?.looksAfter) return { kind: "looks-after" };
  if (relation && relation.lastContactOn !== null) {
    return { kind: "contact", contacts: relation.contacts, lastOn: relation.lastContactOn };
  }
  if (relation?.addedThem) return { kind: "added" };
  if (entries.every(({ people }) => people > 1)) return { kind: "list" };
  if (entries.every(({ roles }) => roles.length > 0 && roles.every((role) => role === "officer"))) {
    return { kind: "officer" };
  }
  return entries.every(({ action }) => LISTING_ACTIONS.includes(action))
    ? { kind: "list" }
    : { kind: "unknown" };
}

/** Actions that show a line of a list or a search, even when only one person came up: no record is opened by them. */
export const LISTING_ACTIONS: readonly string[] = [
  ...["client.find", "client.find-as-officer", "client.recent", "caseload.people", "caseload.my-day"],
  ...["consent.renewals", "referral.list", "referral.due"],
  ...["sharing.list", "sharing.export-list", "list-action.list"],
];
