/** What a contact screen opens with: who it is about, and a draft that is new, was kept, or comes from a contact. */

import type { KeptContact } from "../../../server/domain/profile";
import type { DeviceVerbs, Open } from "../../_offline/device-state";
import { newId } from "../../_offline/new-id";
import { beginDraft, type Draft, draftOf, type KnownIssue, openBeside } from "./draft";
import { forgetDraft, keptDraft, lastChannel, lastPostcode, rememberPerson } from "./kept";
import { readContact } from "./kept-contact";
import { type LogPerson, logPersonOf, newcomer } from "./log-person";
import { NO_PROBLEMS, type Problems, problemsOf } from "./problems";
import { withReferral } from "./referred";

export interface ReadyToLog {
  outcome: "ready";
  keeper: string;
  /** Null for somebody who gives no name. */
  person: LogPerson | null;
  start: Draft;
  /** The postcode named last on this device, to be offered. */
  lastPostcode: string | null;
  /** The item of the outbox that is mended. */
  mends: string | null;
  problems: Problems;
}

/** no-service: nothing could be saved. fixed: the contact can no longer be corrected or mended. */
export type NotReady =
  | { outcome: "not-found" | "no-signal" | "no-service" }
  | { outcome: "fixed"; why: "voided" | "imported" | "on-its-way" };

export type Opened = ReadyToLog | NotReady;
type Found = Omit<ReadyToLog, "lastPostcode"> | NotReady;

interface Asked {
  clientId: string | null;
  correctsId: string | null;
  itemId: string | null;
  referralId: string | null;
}

type Verbs = Pick<DeviceVerbs, "keep" | "kept" | "getPerson">;

export async function openContact(open: Open, verbs: Verbs, asked: Asked): Promise<Opened> {
  if (open.services.length === 0) return { outcome: "no-service" };
  const opened = await openAsked(open, verbs, asked);
  if (opened.outcome !== "ready") return opened;
  return { ...opened, lastPostcode: (await lastPostcode(verbs))?.postcode ?? null };
}

function openAsked(open: Open, verbs: Verbs, asked: Asked): Promise<Found> {
  if (asked.itemId) return mendItem(open, verbs, asked.itemId);
  if (asked.correctsId) return correctContact(open, verbs, asked.correctsId);
  return logContact(open, verbs, asked.clientId, asked.referralId);
}

async function logContact(
  open: Open,
  verbs: Verbs,
  clientId: string | null,
  referralId: string | null,
): Promise<Found> {
  const keeper = clientId ?? "no-name";
  const kept = await unsavedDraft(open, verbs, keeper);
  const found = await personFor(open, verbs, clientId, kept?.newClient ?? null);
  if (found === "not-found" || found === "no-signal") return { outcome: found };
  const fresh = kept ? renewed(kept, open) : await newDraft(open, verbs, clientId);
  const start = referralId && !kept ? await withReferral(fresh, referralId, found?.openIssues ?? []) : fresh;
  if (clientId) void rememberPerson(verbs, clientId, Date.now());
  return { outcome: "ready", keeper, person: found, start, mends: null, problems: NO_PROBLEMS };
}

/** A kept draft, unless it was saved meanwhile: the page went away before it was forgotten, or another tab saved it. */
async function unsavedDraft({ items }: Open, verbs: Verbs, keeper: string): Promise<Draft | null> {
  const kept = await keptDraft(verbs, keeper);
  if (!kept || !items.some(({ id, state }) => id === kept.contactId && state !== "undone")) return kept;
  await forgetDraft(verbs, keeper);
  return null;
}

/** A kept draft for the services that there are now. */
function renewed(kept: Draft, { services }: Open): Draft {
  const hasService = services.some(({ id }) => id === kept.serviceId);
  return hasService ? kept : { ...kept, serviceId: services[0]?.id ?? "" };
}

async function newDraft(open: Open, verbs: Verbs, clientId: string | null): Promise<Draft> {
  const { viewer, services, today } = open;
  const own = services.find(({ id }) => id === viewer.serviceId) ?? services[0];
  const draft = beginDraft({
    contactId: newId(),
    clientId: clientId ?? newId(),
    anonymous: clientId === null,
    serviceId: own?.id ?? "",
    channel: await lastChannel(verbs),
    today,
  });
  return clientId === null ? { ...draft, place: await usualPlace(verbs, today) } : draft;
}

/**
 * Where somebody who gives no name is taken to live: where the one before them was said to on the same day, as at a
 * stall or on an estate. Of somebody known the record says it, and nobody else's address is ever taken for theirs.
 */
async function usualPlace(verbs: Verbs, today: Open["today"]): Promise<Draft["place"]> {
  const last = await lastPostcode(verbs);
  if (!last?.forNobody || last.day !== today) return null;
  return { kind: "postcode", postcode: last.postcode };
}

type NewClient = Draft["newClient"];

async function personFor(
  open: Open,
  verbs: Verbs,
  clientId: string | null,
  newClient: NewClient,
): Promise<LogPerson | null | "not-found" | "no-signal"> {
  if (clientId === null) return null;
  if (newClient) return newcomer(clientId, newClient);
  const here = open.people.find(({ id }) => id === clientId);
  if (here) return logPersonOf(here);
  const found = await verbs.getPerson(clientId);
  return typeof found === "string" ? found : logPersonOf(found);
}

async function mendItem(open: Open, verbs: Verbs, itemId: string): Promise<Found> {
  const item = open.items.find(({ id }) => id === itemId);
  if (!item?.contact) return { outcome: "not-found" };
  if (item.state !== "refused" && item.state !== "needs-you") return { outcome: "fixed", why: "on-its-way" };
  const { contact } = item;
  const clientId = contact.anonymous ? null : contact.clientId;
  const found = await personFor(open, verbs, clientId, contact.newClient ?? null);
  if (found === "not-found" || found === "no-signal") return { outcome: found };
  const keeper = `mend:${itemId}`;
  const whole = draftOf(contact, found?.openIssues ?? []);
  const start =
    (await keptDraft(verbs, keeper)) ??
    (item.state === "needs-you" ? { ...whole, contactId: newId() } : whole);
  return {
    outcome: "ready",
    keeper,
    person: found,
    start,
    mends: itemId,
    problems: problemsOf(item.fields, start, item.reason ?? undefined),
  };
}

async function correctContact(open: Open, verbs: Verbs, correctsId: string): Promise<Found> {
  const contact = await readContact(correctsId);
  if (contact === "not-found" || contact === "no-signal") return { outcome: contact };
  if (contact.fixed) return { outcome: "fixed", why: contact.fixed };
  const found = await personFor(open, verbs, contact.anonymous ? null : contact.clientId, null);
  if (found === "not-found" || found === "no-signal") return { outcome: found };
  const keeper = `correct:${correctsId}`;
  const kept = await unsavedDraft(open, verbs, keeper);
  const person = found && { ...found, openIssues: openBeside(found.openIssues, contact.entries) };
  const start = kept ? renewed(kept, open) : correctionOf(contact, person?.openIssues ?? []);
  return { outcome: "ready", keeper, person, start, mends: null, problems: NO_PROBLEMS };
}

/** A contact as the start of the one that puts it right: a place that is not named stays as it was. */
export function correctionOf(contact: KeptContact, known: readonly KnownIssue[]): Draft {
  const { id, clientId, anonymous, serviceId, occurredOn, channel, lateReason, note, consent, entries } =
    contact;
  return {
    ...draftOf(
      {
        id: newId(),
        clientId,
        anonymous,
        serviceId,
        occurredOn,
        channel,
        lateReason,
        note,
        entries: [...entries],
      },
      openBeside([...known, ...entries.map(knownFrom)], entries),
    ),
    consent: consent === "not-asked" ? null : consent,
    // Who was asked is asked again: the contact does not say it.
    consentChild: null,
    corrects: { contactId: id, reason: "" },
  };
}

function knownFrom({ issueId, need, label, severity, ours }: KeptContact["entries"][number]): KnownIssue {
  return { id: issueId, need, label, since: null, severity, ours };
}
