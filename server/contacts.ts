/**
 * The ledger of contacts: the one way in for devices, imports and the demo. A contact is stored once, however often
 * it is sent, with everything that follows from it in the same transaction: its place, its client when new, issues
 * and entries, what was said of sharing, the void of a contact it corrects, the mark for counting, the audit and the
 * request to link. Each contact is answered for by itself.
 */

import { setImmediate } from "node:timers/promises";
import type { Tx } from "../db/client";
import { type Detail, record, type Subject } from "./audit";
import { type ClientToWrite, insertClients, recordedPlaces, type Writer } from "./client-rows";
import { installationNow, isDemo } from "./clock";
import { insertConsentsOf } from "./consent-rows";
import {
  type ContactToWrite,
  insertContacts,
  keptPlaces,
  type VoidRow,
  voidContacts,
  voidReasonOf,
} from "./contact-rows";
import { type ActorCtx, inTransaction, requireRight } from "./context";
import type { Place } from "./domain/client";
import {
  type AcceptedContact,
  acceptContact,
  type ContactAnswer,
  type Known,
  type KnownContact,
  type NewContact,
  type NewContactInput,
  newContactSchema,
  type Refusal,
  type Source,
} from "./domain/contact";
import { Conflict, NotFound } from "./domain/errors";
import { getNeedByNumber } from "./domain/needs";
import { type Day, dayOf, financialYearOf } from "./domain/period";
import { fingerprint, isFingerprintOf } from "./identity-vault";
import { placesOf, type Place as ResolvedPlace } from "./places";

export interface LogOptions {
  /** "import" takes any past day without a reason and names no member. */
  source?: Source;
}

/**
 * Takes contacts, at most a few thousand at once, and answers for each in the order sent. A contact that breaks a
 * rule is refused with the reason and leaves the others alone. One audit entry for the call.
 */
export async function logContacts(
  ctx: ActorCtx,
  contacts: readonly NewContactInput[],
  options: LogOptions = {},
): Promise<ContactAnswer[]> {
  requireRight(ctx, "contact.log", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const { organisationId, memberId } = ctx.actor;
    const writer = { db: ctx.db, organisationId, memberId: options.source === "import" ? null : memberId };
    const answers = await storeContacts(writer, contacts, options);
    const stored = answers.filter(({ outcome }) => outcome === "stored");
    await record(ctx, "contact.log", {
      subjects: options.source === "import" ? [] : subjectsOf(contacts, stored),
      detail: { stored: stored.length, sent: answers.length, ...correctionsOf(contacts, stored) },
    });
    return answers;
  });
}

function correctionsOf(contacts: readonly NewContactInput[], stored: readonly ContactAnswer[]): Detail {
  const storedIds = new Set(stored.map(({ id }) => id));
  const corrected = contacts.filter(({ id, corrects }) => corrects && storedIds.has(id)).length;
  return corrected > 0 ? { corrected } : {};
}

function subjectsOf(contacts: readonly NewContactInput[], stored: readonly ContactAnswer[]): Subject[] {
  const storedIds = new Set(stored.map(({ id }) => id));
  const taken = contacts.filter(({ id }) => storedIds.has(id));
  const clients = new Set(taken.map(({ clientId }) => clientId));
  return [
    ...stored.map(({ id }): Subject => ({ kind: "contact", id })),
    ...taken.flatMap(({ corrects }): Subject[] =>
      corrects ? [{ kind: "contact", id: corrects.contactId }] : [],
    ),
    ...[...clients].map((id): Subject => ({ kind: "client", id })),
  ];
}

const TRIES = 4;

/** A unique key, a foreign key or a circle of waiting: somebody else wrote one of the same ids in this moment. */
const MEANWHILE = new Set(["23505", "23503", "40P01"]);

/**
 * Stores what can be stored, inside an open transaction and without an audit entry: the caller writes one for the
 * whole batch. When another transaction stored one of the ids meanwhile, it is read again and answered for.
 */
export async function storeContacts(
  writer: Writer,
  contacts: readonly NewContactInput[],
  options: LogOptions = {},
): Promise<ContactAnswer[]> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await writer.db.savepoint((db) =>
        storeOnce({ ...writer, db }, contacts, options.source ?? "device"),
      );
    } catch (error) {
      if (tries === TRIES || !wasMeanwhile(error)) throw error;
    }
  }
}

/** Whether a failure is that somebody else stored one of the same ids in this moment: to be tried again. */
export function wasMeanwhile(error: unknown): boolean {
  return error instanceof Error && "code" in error && MEANWHILE.has(String(error.code));
}

async function storeOnce(
  writer: Writer,
  inputs: readonly NewContactInput[],
  source: Source,
): Promise<ContactAnswer[]> {
  const { answers, accepted } = judge(writer, inputs, await readHeld(writer, inputs, source));
  await writeAccepted(writer, await placed(writer, accepted));
  return answers;
}

/**
 * Stores batch after batch of an import, inside an open transaction and without an audit entry: while the database
 * writes one batch, the next is read and judged. Gives the answers of each batch in its turn. A batch is not tried
 * again by itself: when another transaction stored one of the ids meanwhile, the error is thrown, and the caller's
 * transaction is over (`wasMeanwhile`).
 */
export async function* storeInTurn(
  writer: Writer,
  batches: AsyncIterator<readonly NewContactInput[]>,
): AsyncGenerator<ContactAnswer[]> {
  let last: Judged = { answers: [], accepted: [] };
  let coming = batches.next();
  for (;;) {
    const batch = await coming;
    const inputs = batch.done ? [] : batch.value;
    // Asked before the last batch is written, so that the answer does not wait for that; what it adds is remembered.
    const [held, rows] = await Promise.all([
      readHeld(writer, inputs, "import"),
      placed(writer, last.accepted),
    ]);
    const writing = writeAccepted(writer, rows);
    // Waited for below; until then a failure is not nobody's.
    writing.catch(() => {});
    if (!batch.done) {
      coming = batches.next();
      coming.catch(() => {});
    }
    // The statements go out first: the database is at work while the next batch is judged.
    await setImmediate();
    for (const { contact, fingerprint: made } of last.accepted) remember(held, contact, made);
    const next = judge(writer, inputs, held);
    await writing;
    yield last.answers;
    if (batch.done) return;
    last = next;
  }
}

/** A batch that the rules have seen: an answer for each contact, and what is to be written. */
interface Judged {
  answers: ContactAnswer[];
  accepted: readonly Accepted[];
}

interface Accepted {
  contact: AcceptedContact;
  fingerprint: Buffer;
}

function judge({ organisationId }: Writer, inputs: readonly NewContactInput[], held: Held): Judged {
  const accepted: Accepted[] = [];
  const answers = inputs.map((input): ContactAnswer => {
    const { id } = input;
    const content = canonicalText(input);
    const stored = held.fingerprints.get(id.toLowerCase());
    if (stored) {
      return isFingerprintOf(stored, organisationId, content)
        ? { id, outcome: "already-stored" }
        : {
            id,
            outcome: "conflict",
            reason:
              "Another contact was stored under this id. Look at it, then log what is missing as a new one.",
          };
    }
    if (held.erased.has(id.toLowerCase())) return { id, outcome: "already-stored" };
    const taken = takeContact(input, held);
    if ("refusal" in taken) return { id, outcome: "refused", ...taken.refusal };
    const made = fingerprint(organisationId, content);
    accepted.push({ contact: taken.accepted, fingerprint: made });
    remember(held, taken.accepted, made);
    return { id, outcome: "stored" };
  });
  return { answers, accepted };
}

/** What is sent under an id, as one text: the same content gives the same text whatever the order of its fields. */
function canonicalText(value: unknown): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(",")}]`;
  const fields = new Map(Object.entries(value));
  let text = "{";
  for (const name of [...fields.keys()].sort()) {
    const field = fields.get(name);
    if (field !== undefined) text += `${JSON.stringify(name)}:${canonicalText(field)},`;
  }
  return `${text}}`;
}

function takeContact(input: NewContactInput, held: Held): ReturnType<typeof acceptContact> {
  const parsed = newContactSchema.safeParse(input);
  return parsed.success ? acceptContact(parsed.data, held) : { refusal: refusalOf(parsed.error.issues) };
}

function refusalOf(issues: readonly { path: PropertyKey[]; message: string }[]): Refusal {
  const fields = Object.fromEntries(issues.map(({ path, message }) => [path.join("."), message]));
  return { reason: issues[0]?.message ?? "This contact could not be read.", fields };
}

interface Held extends Known {
  /** Contacts that are stored, and those taken earlier in the batch. */
  fingerprints: Map<string, Buffer>;
  clients: Map<string, { anonymous: boolean }>;
  issues: Map<string, { clientId: string; need: string }>;
  corrected: Map<string, KnownContact>;
}

/** All that the rules must know, in one round of queries. */
async function readHeld(
  { db, organisationId }: Writer,
  inputs: readonly NewContactInput[],
  source: Source,
): Promise<Held> {
  const contactIds = inputs.map(({ id }) => id);
  const clientIds = [...new Set(inputs.flatMap(({ clientId }) => ids(clientId)))];
  const issueIds = inputs.flatMap(({ entries }) =>
    Array.isArray(entries) ? entries.flatMap((entry) => ids(entry?.issueId)) : [],
  );
  const correctedIds = inputs.flatMap(({ corrects }) => ids(corrects?.contactId));
  const [instant, demo, contacts, erased, clients, issues, services, corrected] = await Promise.all([
    installationNow(db),
    isDemo(db),
    db<{ id: string; contentHash: Buffer }[]>`
      select id, content_hash from casework.contact
      where organisation_id = ${organisationId} and id = any (${contactIds}::uuid[])`,
    db<{ id: string }[]>`
      select id from casework.erased
      where organisation_id = ${organisationId} and id = any (${[...contactIds, ...clientIds]}::uuid[])`,
    db<{ id: string; anonymous: boolean }[]>`
      select id, anonymous from casework.client
      where organisation_id = ${organisationId} and id = any (${clientIds}::uuid[])`,
    db<{ id: string; clientId: string; needNumber: number }[]>`
      select id, client_id, need_number from casework.issue
      where organisation_id = ${organisationId} and id = any (${issueIds}::uuid[])`,
    db<{ id: string; closedOn: Day | null }[]>`
      select id, closed_on from casework.service where organisation_id = ${organisationId}`,
    readCorrected(db, organisationId, correctedIds),
  ]);
  const today = dayOf(instant);
  return {
    today,
    source,
    identifierRules: { currentYear: Number(today.slice(0, 4)), testRanges: demo },
    fingerprints: new Map(contacts.map(({ id, contentHash }) => [id, contentHash])),
    erased: new Set(erased.map(({ id }) => id)),
    clients: new Map(clients.map(({ id, anonymous }) => [id, { anonymous }])),
    issues: new Map(
      issues.map(({ id, clientId, needNumber }) => [
        id,
        { clientId, need: getNeedByNumber(needNumber).code },
      ]),
    ),
    services: new Map(services.map(({ id, closedOn }) => [id, { closedOn }])),
    corrected: new Map(corrected.map(({ id, ...contact }) => [id, contact])),
  };
}

/** The contacts that others correct, held until the end: of two who correct one at once, the second is told. */
async function readCorrected(
  db: Tx,
  organisationId: number,
  ids: readonly string[],
): Promise<({ id: string } & KnownContact)[]> {
  if (ids.length === 0) return [];
  return db<({ id: string } & KnownContact)[]>`
    select id, client_id, occurred_on, voided_at is not null as voided, member_id is null as imported
    from casework.contact
    where organisation_id = ${organisationId} and id = any (${ids}::uuid[])
    order by id
    for update`;
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The id, when it can be one: contacts are read here before they are parsed. */
function ids(id: unknown): string[] {
  return typeof id === "string" && UUID.test(id) ? [id.toLowerCase()] : [];
}

/** Lets later contacts of the batch build on this one, or correct it. */
function remember(held: Held, { contact, entries, addsClient }: AcceptedContact, made: Buffer): void {
  const { id, clientId, occurredOn, corrects } = contact;
  held.fingerprints.set(id, made);
  held.corrected.set(id, { clientId, occurredOn, voided: false, imported: held.source === "import" });
  const corrected = corrects && held.corrected.get(corrects.contactId);
  if (corrected) held.corrected.set(corrects.contactId, { ...corrected, voided: true });
  if (addsClient) held.clients.set(contact.clientId, { anonymous: contact.anonymous });
  for (const { entry, need } of entries) {
    held.issues.set(entry.issueId, { clientId: contact.clientId, need: need.code });
  }
}

/** What is to be written, each with the place where it counts. */
async function placed(writer: Writer, accepted: readonly Accepted[]): Promise<ContactToWrite[]> {
  const places = await placesFor(
    writer,
    accepted.map(({ contact }) => contact.contact),
  );
  return accepted.map(({ contact, fingerprint }, at): ContactToWrite => {
    const place = places[at];
    if (!place) throw new Error("A contact was given no place");
    return { ...contact, fingerprint, place };
  });
}

async function writeAccepted(writer: Writer, rows: readonly ContactToWrite[]): Promise<void> {
  if (rows.length === 0) return;
  const fresh = rows.flatMap(({ contact, addsClient, identifiers }): ClientToWrite[] =>
    addsClient ? [{ id: contact.clientId, details: contact.newClient ?? null, identifiers }] : [],
  );
  const changed = [...new Set(rows.map(({ contact }) => contact.clientId))];
  // Sent one after the other without waiting: they run in this order on the transaction's one connection.
  await Promise.all([
    insertClients(writer, fresh),
    insertContacts(writer, rows),
    insertConsentsOf(
      writer,
      rows.map(({ contact }) => contact),
    ),
    writer.db`select statistics.mark_changed(${writer.organisationId}, ${changed}::uuid[], ${firstChanged(rows)})`,
  ]);
}

/** The first day on which these contacts change what is counted; null where one takes another's place. */
function firstChanged(rows: readonly ContactToWrite[]): Day | null {
  if (rows.some(({ contact }) => contact.corrects)) return null;
  const [first] = rows.map(({ contact }) => contact.occurredOn).sort();
  return first ?? null;
}

/**
 * Where each contact counts: the place it names, else the one that its client is recorded with. A correction that
 * names none keeps the place of the contact it corrects, wherever its client lives by now, unless it moves the day
 * to another financial year, for which places are formed anew.
 */
async function placesFor(writer: Writer, contacts: readonly NewContact[]): Promise<ResolvedPlace[]> {
  const inBatch = new Map(contacts.map((contact) => [contact.id, contact]));
  const origins = contacts.map((contact) => originOf(contact, inBatch));
  const added = new Map(
    contacts.flatMap(({ clientId, newClient }) => (newClient ? [[clientId, newClient.place]] : [])),
  );
  const [recorded, kept] = await Promise.all([
    recordedPlaces(
      writer,
      contacts.flatMap(({ clientId, anonymous }, at) => (origins[at]?.place || anonymous ? [] : [clientId])),
    ),
    keptPlaces(
      writer,
      origins.flatMap(({ keeps }) => keeps ?? []),
    ),
  ]);
  const resolved = await placesOf(
    writer.db,
    contacts.map(({ clientId, occurredOn }, at) => {
      const lives: Place = origins[at]?.place ??
        recorded.get(clientId) ??
        added.get(clientId) ?? { kind: "unknown" };
      return {
        postcode: lives.kind === "postcode" ? lives.postcode : null,
        noFixedAddress: lives.kind === "no-fixed-address",
        occurredOn,
      };
    }),
  );
  return resolved.map((place, at) => {
    const before = kept.get(origins[at]?.keeps ?? "");
    const occurredOn = contacts[at]?.occurredOn;
    if (!before || !occurredOn || financialYearOf(before.occurredOn) !== financialYearOf(occurredOn)) {
      return place;
    }
    return before.place;
  });
}

/** The place that a contact names, itself or through what it corrects in this batch; else the stored contact it keeps. */
function originOf(
  contact: NewContact,
  inBatch: ReadonlyMap<string, NewContact>,
): { place?: Place; keeps?: string } {
  let at = contact;
  while (!at.place && at.corrects) {
    const before = inBatch.get(at.corrects.contactId);
    if (!before) return { keeps: at.corrects.contactId };
    at = before;
  }
  return at.place ? { place: at.place } : {};
}

/**
 * Takes a contact back, once: its entries count no more, and the earliest one that is left opens the issue.
 * The contact and the reason stay to be seen. Throws NotFound for a contact that is not the organisation's.
 */
export async function voidContact(
  ctx: ActorCtx,
  { id, reason }: { id: string; reason: string },
): Promise<{ id: string; outcome: "voided" | "already-voided" }> {
  requireRight(ctx, "contact.void", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const { organisationId, memberId } = ctx.actor;
    const [found] = await ctx.db<VoidRow[]>`
      select client_id, voided_at, void_reason, void_reason_sealed from casework.contact
      where organisation_id = ${organisationId} and id = ${id}
      for update`;
    if (!found) throw new NotFound("This contact");
    if (found.voidedAt) {
      if (voidReasonOf({ organisationId, id }, found) === reason) return { id, outcome: "already-voided" };
      throw new Conflict("This contact was taken back already, for another reason.");
    }
    await voidContacts({ db: ctx.db, organisationId, memberId }, [{ id, reason }]);
    await ctx.db`select statistics.mark_changed(${organisationId}, ${[found.clientId]}::uuid[])`;
    await record(ctx, "contact.void", {
      subjects: [
        { kind: "contact", id },
        { kind: "client", id: found.clientId },
      ],
    });
    return { id, outcome: "voided" };
  });
}
