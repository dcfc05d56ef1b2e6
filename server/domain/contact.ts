/**
 * A contact as a device sends it, and the rules by which the ledger takes it or refuses it.
 * One schema serves the form, the outbox, the server and imports. The rules are pure: what is already known
 * about ids, clients, issues and services is handed in, and the first broken rule is told in plain words.
 */

import { z } from "zod";
import { daySchema, newClientSchema, placeSchema } from "./client";
import { emailProblem, mayBeBornOn, phoneProblem } from "./client-terms";
import { CHILD_ANSWERS } from "./consent";
import {
  CHANNELS,
  CONTACT_CONSENTS,
  LABEL_LENGTH,
  LATE_DAYS,
  MOST_ENTRIES,
  NOT_LISTED,
  NOTE_LENGTH,
} from "./contact-terms";
import { type CheckedIdentifier, type IdentifierRules, readIdentifier } from "./identifiers";
import { ENTRY_STATUSES, FIRST_STATUSES } from "./issue";
import { findNeed, type Need, SEVERITIES } from "./needs";
import { addDays, type Day, dayInWords, daysBetween } from "./period";
import { optionalText, reasonSchema, uuid } from "./typed-text";

export const MOST_CONTACTS = 50;

export const entrySchema = z.object({
  /** Made by the device for a new issue; the issue's own for one that goes on. */
  issueId: uuid,
  /** Code of the need. */
  need: z.string(),
  status: z.enum(ENTRY_STATUSES),
  severity: z.enum(SEVERITIES),
  /** Ours to resolve, or someone else's. */
  ours: z.boolean(),
  /** For a need that is not listed: what it is. */
  label: optionalText(LABEL_LENGTH),
});
export type Entry = z.output<typeof entrySchema>;

export const newContactSchema = z.object({
  /** UUID v7 from the device: sent any number of times, it has one effect. */
  id: uuid,
  clientId: uuid,
  /** Adds the client in the same step. A client who is already there stays as recorded. */
  newClient: newClientSchema.optional(),
  /** Makes its own anonymous client under `clientId`, who cannot be recognised again. */
  anonymous: z.boolean().default(false),
  serviceId: z.uuid("Choose one of your organisation's services.").toLowerCase(),
  occurredOn: daySchema,
  channel: z.enum(CHANNELS),
  deviceClaimedAt: z.iso.datetime({ offset: true }).nullish(),
  lateReason: optionalText(300),
  /** Where the client was living, when it is not the place in their profile. */
  place: placeSchema.optional(),
  note: optionalText(NOTE_LENGTH),
  /** What was said at this contact about sharing with other services. In an emergency nobody is asked. */
  consent: z.enum(CONTACT_CONSENTS).optional(),
  /** Who was asked, where they are under 16: without it their yes is no answer. */
  consentChild: z.enum(CHILD_ANSWERS).optional(),
  /** The contact that this one stands in for, which is voided in the same step, with the reason. */
  corrects: z.object({ contactId: uuid, reason: reasonSchema }).optional(),
  entries: z
    .array(entrySchema)
    .min(1, "Add at least one issue.")
    .max(MOST_ENTRIES, `Log at most ${MOST_ENTRIES} issues at one contact.`),
});
/** What a device sends. */
export type NewContactInput = z.input<typeof newContactSchema>;
/** The same, parsed. */
export type NewContact = z.output<typeof newContactSchema>;

/**
 * The envelope of `contacts.log`. Each contact is parsed by itself, so that one that cannot be read is refused
 * with its reason and the others are stored; without an id there is nothing to answer to.
 */
export const logContactsSchema = z.object({
  contacts: z
    .array(z.custom<NewContactInput>(hasId, "Every contact needs its id."))
    .min(1)
    .max(MOST_CONTACTS, `Send at most ${MOST_CONTACTS} contacts at once.`),
});

function hasId(contact: unknown): boolean {
  return z.looseObject({ id: z.uuid() }).safeParse(contact).success;
}

/**
 * What became of one contact.
 * stored, already-stored: it is safe, and has one effect. refused: mend it or drop it. conflict: another contact
 * has this id; a person settles it.
 */
export interface ContactAnswer {
  id: string;
  outcome: "stored" | "already-stored" | "refused" | "conflict";
  /** In plain words, for refused and conflict. */
  reason?: string;
  /** What is wrong by path: `entries.0.need`. */
  fields?: Readonly<Record<string, string>>;
}

export const voidContactSchema = z.object({ id: uuid, reason: reasonSchema });

export const removeNoteSchema = z.object({ id: uuid, reason: reasonSchema });

export const getContactSchema = z.object({ id: uuid });

/** Where a contact comes from. An import takes any past day without a reason. */
export type Source = "device" | "import";

/** What the ledger holds already, for the ids that the contacts name. */
export interface Known {
  today: Day;
  source: Source;
  identifierRules: IdentifierRules;
  services: ReadonlyMap<string, { closedOn: Day | null }>;
  clients: ReadonlyMap<string, { anonymous: boolean }>;
  issues: ReadonlyMap<string, { clientId: string; need: string }>;
  /** Contacts that others correct. */
  corrected: ReadonlyMap<string, KnownContact>;
  /** Clients that were erased: what belongs to them cannot come back. */
  erased: ReadonlySet<string>;
}

/** What decides whether a contact can be corrected. */
export interface KnownContact {
  clientId: string;
  occurredOn: Day;
  voided: boolean;
  /** By a service's own system: it is mended there and imported again. */
  imported: boolean;
}

/** A contact that keeps every rule, with what the rules worked out. */
export interface AcceptedContact {
  contact: NewContact;
  /** Entries with their needs, in the order sent. */
  entries: readonly { entry: Entry; need: Need; opens: boolean }[];
  addsClient: boolean;
  identifiers: readonly CheckedIdentifier[];
}

export interface Refusal {
  reason: string;
  fields: Readonly<Record<string, string>>;
}

const refuse = (field: string, reason: string): Refusal => ({ reason, fields: { [field]: reason } });

/** Takes a contact or says why not: the first broken rule, and the field it is about. */
export function acceptContact(
  contact: NewContact,
  known: Known,
): { accepted: AcceptedContact } | { refusal: Refusal } {
  const whole =
    correctionRefusal(contact, known) ??
    dayRefusal(contact, known) ??
    serviceRefusal(contact, known) ??
    clientRefusal(contact, known);
  if (whole) return { refusal: whole };

  const addsClient = !known.clients.has(contact.clientId);
  const identifiers: CheckedIdentifier[] = [];
  if (addsClient && contact.newClient) {
    // An import takes what its source has: a person's words in the place of a number are no reason to refuse a file.
    const reached = known.source === "device" ? reachRefusal(contact.newClient) : null;
    if (reached) return { refusal: reached };
    const read = readNewClient(contact.newClient, known);
    if ("refusal" in read) return read;
    identifiers.push(...read.identifiers);
  }

  const entries: { entry: Entry; need: Need; opens: boolean }[] = [];
  const seen = new Set<string>();
  for (const [index, entry] of contact.entries.entries()) {
    const need = findNeed(entry.need);
    const refusal = need
      ? entryRefusal(contact, entry, need, known, seen)
      : ({ field: "need", reason: "There is no need with this code." } as const);
    if (refusal) return { refusal: refuse(`entries.${index}.${refusal.field}`, refusal.reason) };
    seen.add(entry.issueId);
    if (need) entries.push({ entry, need, opens: !known.issues.has(entry.issueId) });
  }
  return { accepted: { contact, entries, addsClient, identifiers } };
}

function correctionRefusal({ id, clientId, corrects }: NewContact, { corrected }: Known): Refusal | null {
  if (!corrects) return null;
  const held = corrected.get(corrects.contactId);
  if (!held || held.clientId !== clientId || corrects.contactId === id) {
    return refuse("corrects", "The contact to correct was not found with this person.");
  }
  if (held.voided) {
    return refuse(
      "corrects",
      "This contact was voided or corrected already. Open the record to see what stands.",
    );
  }
  if (held.imported) {
    return refuse("corrects", "This contact was imported. Correct it in the system that it came from.");
  }
  return null;
}

/** A reason is asked for a day long past; a correction that keeps the day was given one if one was needed. */
function dayRefusal({ occurredOn, lateReason, corrects }: NewContact, known: Known): Refusal | null {
  const { today, source, corrected } = known;
  const keepsDay = corrects !== undefined && corrected.get(corrects.contactId)?.occurredOn === occurredOn;
  if (occurredOn > addDays(today, 1)) {
    return refuse("occurredOn", "This day has not come yet. Enter the day on which you were in contact.");
  }
  if (occurredOn < "1900-01-01") {
    return refuse("occurredOn", "This day is too long ago to be right. Check the year.");
  }
  if (source === "device" && !lateReason && !keepsDay && daysBetween(occurredOn, today) > LATE_DAYS) {
    return refuse("lateReason", `This was more than ${LATE_DAYS} days ago. Say why it is recorded now.`);
  }
  return null;
}

function serviceRefusal({ serviceId, occurredOn }: NewContact, { services }: Known): Refusal | null {
  const service = services.get(serviceId);
  if (!service) return refuse("serviceId", "Choose one of your organisation's services.");
  if (service.closedOn && service.closedOn < occurredOn) {
    return refuse(
      "serviceId",
      `This service closed on ${dayInWords(service.closedOn)}. Choose another, or an earlier day.`,
    );
  }
  return null;
}

function clientRefusal(contact: NewContact, known: Known): Refusal | null {
  const { clientId, newClient, anonymous, corrects } = contact;
  if (known.erased.has(clientId)) {
    return refuse("clientId", "This person's record was erased, so nothing more can be kept in it.");
  }
  const client = known.clients.get(clientId);
  if (anonymous) {
    if (newClient) return refuse("newClient", "An anonymous contact carries no details of a person.");
    if (corrects) {
      return client?.anonymous
        ? null
        : refuse("anonymous", "This contact is with somebody who is known. Correct it with their name.");
    }
    if (client) return refuse("clientId", "An anonymous contact stands for itself. Start a new one.");
    return null;
  }
  if (client?.anonymous) {
    return refuse("clientId", "An anonymous person cannot be met again. Add them as a new person.");
  }
  if (!client && !newClient) {
    return refuse("clientId", "This person was not found. They may have been removed; find them again.");
  }
  return null;
}

/** Refuses a telephone number or an e-mail address that can be none, of somebody who is added or changed. */
export function reachRefusal({
  phone,
  email,
}: {
  phone: string | null;
  email: string | null;
}): Refusal | null {
  const [ofPhone, ofEmail] = [phoneProblem(phone ?? ""), emailProblem(email ?? "")];
  if (ofPhone) return refuse("newClient.phone", ofPhone);
  return ofEmail ? refuse("newClient.email", ofEmail) : null;
}

/** Checks the details of somebody who is added: the day of birth and every identifier. */
export function readNewClient(
  client: {
    dateOfBirth: Day | null;
    identifiers: readonly { kind: CheckedIdentifier["kind"]; value: string }[];
  },
  { today, identifierRules }: Pick<Known, "today" | "identifierRules">,
): { identifiers: CheckedIdentifier[] } | { refusal: Refusal } {
  const { dateOfBirth } = client;
  if (dateOfBirth && !mayBeBornOn(dateOfBirth, today)) {
    return { refusal: refuse("newClient.dateOfBirth", "Check the year: nobody alive was born on this day.") };
  }
  const identifiers: CheckedIdentifier[] = [];
  for (const [index, given] of client.identifiers.entries()) {
    const read = readIdentifier(given.kind, given.value, identifierRules);
    if ("problem" in read) {
      return { refusal: refuse(`newClient.identifiers.${index}.value`, read.problem) };
    }
    identifiers.push(read);
  }
  return { identifiers };
}

function entryRefusal(
  contact: NewContact,
  entry: Entry,
  need: Need,
  known: Known,
  seen: ReadonlySet<string>,
): { field: keyof Entry; reason: string } | null {
  if (seen.has(entry.issueId)) {
    return { field: "issueId", reason: "The same issue stands here twice. Keep one of the two." };
  }
  const issue = known.issues.get(entry.issueId);
  if (issue && issue.clientId !== contact.clientId) {
    return { field: "issueId", reason: "This issue was not found with this person." };
  }
  if (issue && issue.need !== need.code) {
    return { field: "need", reason: "An issue keeps its need. Open a new issue for another need." };
  }
  if (need.retiredOn && contact.occurredOn > need.retiredOn && !issue) {
    const instead = need.replacedBy ? ` Use ${need.replacedBy} instead.` : "";
    return {
      field: "need",
      reason: `${need.code} is not used after ${dayInWords(need.retiredOn)}.${instead}`,
    };
  }
  if (contact.anonymous && entry.status !== "new") {
    return { field: "status", reason: "Every issue of an anonymous contact is new." };
  }
  if (!issue && !FIRST_STATUSES.includes(entry.status)) {
    return { field: "status", reason: "An issue starts as new, ongoing, or resolved at the same contact." };
  }
  if (!issue && need.code === NOT_LISTED && !entry.label) {
    return { field: "label", reason: "Say in a few words what the need is." };
  }
  return null;
}
