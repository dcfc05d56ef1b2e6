/**
 * The ledger of a device: what was saved here and what became of it, as events that are only ever added. Where an
 * item stands is worked out from its events and from nothing else, so two tabs that read the same events agree.
 * Pure: no clock decides anything, and nothing is removed but what has been sent, undone or removed by its owner.
 */
import type { NewContactInput } from "../../server/domain/contact";
import type { EditClientInput } from "../../server/domain/profile-edit";

/** What is to be done at the server, once. Its id is made before anything is shown. */
export type Work =
  | { kind: "contact"; id: string; clientId: string; contact: NewContactInput }
  | {
      kind: "void";
      id: string;
      clientId: string;
      contactId: string;
      reason: string;
      /** Nothing is wrong when the contact never arrived. */
      onlyIfStored: boolean;
    }
  | { kind: "profile"; id: string; clientId: string; edit: EditClientInput };

/** How an item is named in a list. */
export interface Words {
  personName: string | null;
  summary: string;
}

/** refused, conflict: the server's answer for this item. rejected: it would not read what was sent. */
export type ParkedBecause = "refused" | "conflict" | "rejected";

export interface Verdict {
  reason: string;
  fields: Readonly<Record<string, string>>;
}

export type LedgerEvent =
  | { kind: "added"; work: Work; words: Words; savedAt: string }
  /** Taken back before anything of it left the device. */
  | { kind: "undone"; id: string }
  /** Written before a batch leaves: from here on it may have arrived. */
  | { kind: "sending"; ids: readonly string[] }
  /** It is safe at the server; with a verdict when a person must still look at something. */
  | { kind: "answered"; id: string; verdict: Verdict | null }
  | { kind: "parked"; id: string; because: ParkedBecause; verdict: Verdict }
  /** Other content under the same id, for what the server has not taken. */
  | { kind: "mended"; work: Work; words: Words }
  | { kind: "resent"; id: string }
  | { kind: "removed"; id: string };

/** An event with its place in the ledger; places only grow. */
export interface Entry {
  position: number;
  event: LedgerEvent;
}

export interface Item {
  work: Work;
  words: Words;
  savedAt: string;
  state: "waiting" | "parked" | "sent" | "undone" | "removed";
  /** Times that it left without an answer: it may have arrived. */
  unanswered: number;
  parked: { because: ParkedBecause; verdict: Verdict } | null;
  /** What a person must still look at, of an item that was sent. */
  verdict: Verdict | null;
  /** Places of its own events, the oldest first. */
  positions: readonly number[];
}

export interface Ledger {
  /** Place of the latest event; 0 before the first. */
  position: number;
  /** In the order saved. */
  items: ReadonlyMap<string, Item>;
}

export const EMPTY: Ledger = { position: 0, items: new Map() };

/** The ledger after more events. Events of items that are not there, or no longer stand so, change nothing. */
export function fold(ledger: Ledger, entries: readonly Entry[]): Ledger {
  if (entries.length === 0) return ledger;
  const items = new Map(ledger.items);
  let { position } = ledger;
  for (const entry of entries) {
    if (entry.position <= position) continue;
    position = entry.position;
    apply(items, entry);
  }
  return { position, items };
}

function apply(items: Map<string, Item>, { position, event }: Entry): void {
  const change = (id: string, from: readonly Item["state"][], to: (item: Item) => Partial<Item>) => {
    const item = items.get(id);
    if (!item || !from.includes(item.state)) return;
    items.set(id, { ...item, ...to(item), positions: [...item.positions, position] });
  };
  switch (event.kind) {
    case "added":
      if (!items.has(event.work.id)) items.set(event.work.id, newItem(event, position));
      break;
    case "undone":
      change(event.id, ["waiting"], () => ({ state: "undone" }));
      break;
    case "sending":
      for (const id of event.ids) {
        change(id, ["waiting"], ({ unanswered }) => ({ unanswered: unanswered + 1 }));
      }
      break;
    case "answered":
      change(event.id, ["waiting", "parked", "sent"], () => ({
        state: "sent",
        unanswered: 0,
        parked: null,
        verdict: event.verdict,
      }));
      break;
    case "parked":
      change(event.id, ["waiting"], ({ unanswered }) => ({
        state: "parked",
        parked: { because: event.because, verdict: event.verdict },
        // An answer for the item itself says that it is not there; a request that was not read says nothing of
        // those before it.
        unanswered: event.because === "rejected" ? Math.max(0, unanswered - 1) : 0,
      }));
      break;
    case "mended":
      change(event.work.id, ["parked"], () => ({
        work: event.work,
        words: event.words,
        state: "waiting",
        parked: null,
      }));
      break;
    case "resent":
      change(event.id, ["parked"], () => ({ state: "waiting", parked: null }));
      break;
    case "removed":
      for (const voided of voidsOf(items, event.id)) {
        change(voided, ["waiting", "parked"], () => ({ state: "removed" }));
      }
      change(event.id, ["parked"], () => ({ state: "removed" }));
      break;
  }
}

function newItem(added: Extract<LedgerEvent, { kind: "added" }>, position: number): Item {
  const { work, words, savedAt } = added;
  return {
    work,
    words,
    savedAt,
    state: "waiting",
    unanswered: 0,
    parked: null,
    verdict: null,
    positions: [position],
  };
}

/** Voids that wait for a contact of this device. */
function voidsOf(items: ReadonlyMap<string, Item>, contactId: string): string[] {
  return [...items.values()]
    .filter(({ work }) => work.kind === "void" && work.contactId === contactId)
    .map(({ work }) => work.id);
}

/** Not at the server yet, as far as the device knows, and wanted there. */
export const isUnsent = (item: Item) => item.state === "waiting" || item.state === "parked";

/** Whether it can be taken back as if it had never been saved: nothing of it has left the device. */
export const canUndo = (item: Item) => item.state === "waiting" && item.unanswered === 0;

/** What is to be sent next, and when to look again if nothing is. */
export interface Next {
  batch: readonly Item[];
  /** Waiting items that are held still. */
  held: number;
  /** All that are not held, this batch included. */
  due: number;
}

/**
 * The next batch: contacts together, anything else alone, in the order saved and never before an earlier item of the
 * same client. An item that is parked holds up nothing but the void of itself, and changes of somebody it brings.
 */
export function nextBatch(ledger: Ledger, isHeld: (item: Item) => boolean, most: number): Next {
  const blocked = new Set<string>();
  const batch: Item[] = [];
  let held = 0;
  let due = 0;
  for (const item of ledger.items.values()) {
    if (item.state !== "waiting") continue;
    const { work } = item;
    const isLater = isHeld(item);
    if (isLater) held += 1;
    if (isLater || waitsForItsContact(ledger, work)) {
      blocked.add(work.clientId);
      continue;
    }
    due += 1;
    const fits = batch.length === 0 || (work.kind === "contact" && batch[0]?.work.kind === "contact");
    if (fits && batch.length < most && !blocked.has(work.clientId)) batch.push(item);
    else blocked.add(work.clientId);
  }
  return { batch, held, due };
}

function waitsForItsContact({ items }: Ledger, work: Work): boolean {
  if (work.kind === "void") return items.get(work.contactId)?.state === "parked";
  return work.kind === "profile" && isStillToCome(items, work.clientId);
}

/** Whether somebody was added here by a contact that was not accepted: until one is, the server knows nobody. */
function isStillToCome(items: ReadonlyMap<string, Item>, clientId: string): boolean {
  const bringing = [...items.values()].filter(
    ({ work }) => work.kind === "contact" && work.clientId === clientId && work.contact.newClient,
  );
  return bringing.some(({ state }) => state === "parked") && !bringing.some(({ state }) => state === "sent");
}

/** Settled items that stay to be seen. */
const SETTLED_KEPT = 10;

/**
 * What may be cleared away: items that are settled, were so at `before` and ask nothing of anybody, less the latest
 * few; and the events that concern them and nobody else. The newest event always stays, so that places only grow.
 */
export function clearable(ledger: Ledger, before: number): { ids: string[]; positions: number[] } {
  const settled = [...ledger.items.values()].filter(
    (item) => !isUnsent(item) && !item.verdict && latestOf(item) <= before,
  );
  const cleared = settled.slice(0, Math.max(0, settled.length - SETTLED_KEPT));
  const ids = new Set(cleared.map(({ work }) => work.id));
  const kept = new Set(
    [...ledger.items.values()].flatMap((item) => (ids.has(item.work.id) ? [] : item.positions)),
  );
  return {
    ids: [...ids],
    positions: [...new Set(cleared.flatMap(({ positions }) => positions))].filter(
      (position) => !kept.has(position) && position !== ledger.position,
    ),
  };
}

/** Place of the latest event of an item. */
export const latestOf = (item: Item) => item.positions.at(-1) ?? 0;

/** The ledger without some settled items. */
export function without(ledger: Ledger, ids: readonly string[]): Ledger {
  const items = new Map(ledger.items);
  for (const id of ids) items.delete(id);
  return { ...ledger, items };
}
