/**
 * What a person may do to the ledger of a device, as events: what is decided is decided on the ledger as it stands
 * at the moment of writing. Null: it is too late, or it never was there.
 */
import type { NewContactInput } from "../../server/domain/contact";
import type { EditClientInput } from "../../server/domain/profile-edit";
import {
  canUndo,
  type Item,
  isUnsent,
  type Ledger,
  type LedgerEvent,
  latestOf,
  type Words,
  type Work,
} from "./ledger";

/** Saves something. Saved twice under one id, it is there once. */
export function add(ledger: Ledger, work: Work, words: Words, savedAt: string): readonly LedgerEvent[] {
  if (ledger.items.has(work.id)) return [];
  return [{ kind: "added", work: withNewClient(ledger, work), words, savedAt }];
}

/**
 * Somebody who was added here and has not been stored yet travels with each of their contacts, so that a first one
 * that is refused does not keep out the others.
 */
function withNewClient(ledger: Ledger, work: Work): Work {
  if (work.kind !== "contact" || work.contact.newClient || work.contact.anonymous) return work;
  for (const item of ledger.items.values()) {
    if (!isUnsent(item) || item.work.kind !== "contact" || item.work.clientId !== work.clientId) continue;
    const { newClient } = item.work.contact;
    if (newClient) return { ...work, contact: { ...work.contact, newClient } };
  }
  return work;
}

/** Takes back what has not left the device. */
export function undo(ledger: Ledger, id: string): readonly LedgerEvent[] | null {
  const item = ledger.items.get(id);
  if (item?.state === "undone") return [];
  return item && canUndo(item) ? [{ kind: "undone", id }] : null;
}

/**
 * Puts mended content in the place of a parked item. Where something may lie under its id already (a try without an
 * answer, or another contact), it goes under a new one, and what may have arrived is voided.
 */
export function mend(
  ledger: Ledger,
  id: string,
  contact: NewContactInput,
  words: Words,
  newId: () => string,
): readonly LedgerEvent[] | null {
  const item = ledger.items.get(id);
  if (item?.state !== "parked" || item.work.kind !== "contact") return null;
  const isFree = item.unanswered === 0 && item.parked?.because !== "conflict";
  // Somebody who gave no name cannot be met again, so their contact brings its own client.
  const ids = isFree ? { id } : { id: newId(), ...(contact.anonymous && { clientId: newId() }) };
  const mended = { ...contact, ...ids };
  const work: Work = { kind: "contact", id: mended.id, clientId: mended.clientId, contact: mended };
  if (isFree) return [{ kind: "mended", work, words }];
  return [...removed(item), { kind: "added", work, words, savedAt: item.savedAt }];
}

/**
 * Puts mended changes of somebody's details in the place of parked ones. They go under an id of their own: should what
 * they replace have arrived after all, both stand beside one another and a person chooses.
 */
export function mendProfile(
  ledger: Ledger,
  id: string,
  edit: EditClientInput,
  words: Words,
  savedAt: string,
): readonly LedgerEvent[] | null {
  const item = ledger.items.get(id);
  if (item?.state !== "parked" || item.work.kind !== "profile") return null;
  const work: Work = { kind: "profile", id: edit.editId, clientId: edit.id, edit };
  return [...removed(item), { kind: "added", work, words, savedAt }];
}

/** Says whether a pair of values still waits for a field of somebody. */
export type IsOpen = (clientId: string, field: string) => boolean;

/**
 * Changes that fought with another value ask nothing more of their maker once somebody has chosen. `isOpen`: whether a
 * pair of values still waits for a field of somebody, as far as what had settled by the place `until` tells.
 */
export function answered(ledger: Ledger, isOpen: IsOpen, until: number): readonly LedgerEvent[] {
  return [...ledger.items.values()].flatMap((item): LedgerEvent[] => {
    const { work, state, verdict } = item;
    if (work.kind !== "profile" || state !== "sent" || !verdict || latestOf(item) > until) return [];
    const left = Object.entries(verdict.fields).filter(([field]) => isOpen(work.clientId, field));
    if (left.length === Object.keys(verdict.fields).length) return [];
    const asks = left.length > 0 ? { ...verdict, fields: Object.fromEntries(left) } : null;
    return [{ kind: "answered", id: work.id, verdict: asks }];
  });
}

/** Sends a parked item again as it is. */
export function resend(ledger: Ledger, id: string): readonly LedgerEvent[] | null {
  return ledger.items.get(id)?.state === "parked" ? [{ kind: "resent", id }] : null;
}

/** Removes a parked item, or what is left to look at of one that was sent. */
export function remove(ledger: Ledger, id: string): readonly LedgerEvent[] | null {
  const item = ledger.items.get(id);
  if (!item) return null;
  if (item.state === "sent" && item.verdict) return [{ kind: "answered", id, verdict: null }];
  return item.state === "parked" ? removed(item) : null;
}

/** An item that left without an answer may be there: then it is voided, if it is. */
function removed(item: Item): readonly LedgerEvent[] {
  const { work, words, savedAt } = item;
  const gone: LedgerEvent = { kind: "removed", id: work.id };
  if (work.kind !== "contact" || item.unanswered === 0) return [gone];
  const voided: Work = {
    kind: "void",
    id: voidIdOf(work.id),
    clientId: work.clientId,
    contactId: work.id,
    reason: "Removed from the device on which it was saved",
    onlyIfStored: true,
  };
  return [gone, { kind: "added", work: voided, words, savedAt }];
}

const voidIdOf = (contactId: string) => `void-${contactId}`;
