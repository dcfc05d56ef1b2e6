/**
 * What the field screens keep on the device beside the outbox, sealed for this account: drafts, who was opened last,
 * the channel and the postcode used last. What cannot be read back, because an older version wrote it, counts as not there.
 */

import { CHANNELS, type Channel } from "../../../server/domain/contact-terms";
import type { Day } from "../../../server/domain/period";
import type { DeviceVerbs, Json } from "../../_offline/device-state";
import type { LastPerson } from "../_home/people-order";
import type { Draft } from "./draft";

/** Raised whenever the shape of a draft changes. */
const VERSION = 1;

/** Somebody with something unsaved, for the home screen. */
export interface Unfinished {
  /** Names the draft. */
  keeper: string;
  /** Where it is taken up again. */
  href: string;
  /** Null for somebody who gives no name. */
  personName: string | null;
}

type Keeper = Pick<DeviceVerbs, "keep" | "kept">;

const nameOf = (keeper: string) => `draft:${keeper}`;
const UNFINISHED = "unfinished";
const LAST_PERSON = "last-person";
const LAST_CHANNEL = "last-channel";
const LAST_POSTCODE = "last-postcode";

/** The contact that was left unsaved under a name, if any. */
export async function keptDraft(verbs: Keeper, keeper: string): Promise<Draft | null> {
  const kept = await keptUnfinished(verbs, keeper);
  return isDraft(kept) ? kept : null;
}

/** Keeps a contact that is not saved yet and lists it as unfinished. */
export const keepDraft = (verbs: Keeper, what: Unfinished, draft: Draft): Promise<void> =>
  keepUnfinished(verbs, what, plain(draft));

/** Forgets a contact that was saved, or thrown away. */
export const forgetDraft = (verbs: Keeper, keeper: string): Promise<void> => forgetUnfinished(verbs, keeper);

/** Whatever was left unsaved under a name; null when nothing was, or an older version wrote it. */
export async function keptUnfinished(verbs: Keeper, keeper: string): Promise<unknown> {
  const kept = await verbs.kept(nameOf(keeper));
  return isRecord(kept) && kept["version"] === VERSION ? kept["draft"] : null;
}

/** Keeps what is being typed and lists it as unfinished. */
export async function keepUnfinished(verbs: Keeper, what: Unfinished, draft: Json): Promise<void> {
  await verbs.keep(nameOf(what.keeper), { version: VERSION, draft });
  const others = (await listUnfinished(verbs)).filter(({ keeper }) => keeper !== what.keeper);
  await verbs.keep(UNFINISHED, [plain(what), ...others.map(plain)]);
}

/** Forgets what was saved, or thrown away. */
export async function forgetUnfinished(verbs: Keeper, keeper: string): Promise<void> {
  await verbs.keep(nameOf(keeper), null);
  const all = await listUnfinished(verbs);
  const left = all.filter((one) => one.keeper !== keeper);
  if (left.length < all.length) await verbs.keep(UNFINISHED, left.length > 0 ? left.map(plain) : null);
}

/** Drafts that were left unsaved, the latest first. */
export async function listUnfinished(verbs: Keeper): Promise<Unfinished[]> {
  const kept = await verbs.kept(UNFINISHED);
  return Array.isArray(kept) ? kept.filter(isUnfinished) : [];
}

export async function lastPerson(verbs: Keeper): Promise<LastPerson | null> {
  const kept = await verbs.kept(LAST_PERSON);
  return isRecord(kept) && typeof kept["id"] === "string" && typeof kept["at"] === "number"
    ? { id: kept["id"], at: kept["at"] }
    : null;
}

export const rememberPerson = (verbs: Keeper, id: string, at: number) => verbs.keep(LAST_PERSON, { id, at });

/** The channel used last is the likeliest one. */
export async function lastChannel(verbs: Keeper): Promise<Channel> {
  const kept = await verbs.kept(LAST_CHANNEL);
  return CHANNELS.find((channel) => channel === kept) ?? "face-to-face";
}

export const rememberChannel = (verbs: Keeper, channel: Channel) => verbs.keep(LAST_CHANNEL, channel);

/** A postcode that was named at a contact on this device, beside what a record says. */
export interface LastPostcode {
  postcode: string;
  day: Day;
  /** Named for somebody who gave no name: the next one may well live there too. */
  forNobody: boolean;
}

/** The postcode named last: whoever works in one place names the same again. */
export async function lastPostcode(verbs: Keeper): Promise<LastPostcode | null> {
  const kept = await verbs.kept(LAST_POSTCODE);
  if (!isRecord(kept)) return null;
  const { postcode, day, forNobody } = kept;
  return typeof postcode === "string" && typeof day === "string" && typeof forNobody === "boolean"
    ? { postcode, day, forNobody }
    : null;
}

/** Remembers where a contact said that somebody lives, unless their record says so anyway. */
export async function rememberPostcode(
  verbs: Keeper,
  { place, anonymous, occurredOn }: Draft,
): Promise<void> {
  if (place?.kind !== "postcode" || occurredOn === null) return;
  const { postcode } = place;
  await verbs.keep(LAST_POSTCODE, { postcode, day: occurredOn, forNobody: anonymous });
}

/** Without what plain data cannot carry: a field that is undefined is left out. */
function plain(value: object): Json {
  return JSON.parse(JSON.stringify(value));
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isDraft(value: unknown): value is Draft {
  return isRecord(value) && Array.isArray(value["issues"]);
}

function isUnfinished(value: unknown): value is Unfinished {
  if (!isRecord(value)) return false;
  const { keeper, href, personName } = value;
  return (
    typeof keeper === "string" &&
    typeof href === "string" &&
    (personName === null || typeof personName === "string")
  );
}
