/** How the ledger and its sending look on a screen. */
import type { ItemState, OutboxItem, SyncState } from "./device-state";
import { type Item, isUnsent } from "./ledger";
import type { Pause, Sync } from "./sync";

/** Items for the outbox, newest first. */
export function shownItems(sync: Sync): OutboxItem[] {
  const items = [...sync.ledger.items.values()].filter(({ state }) => state !== "removed");
  return items.reverse().map((item) => shownItem(sync, item));
}

function shownItem(sync: Sync, item: Item): OutboxItem {
  const { work, words, savedAt } = item;
  const verdict = item.parked?.verdict ?? item.verdict;
  const holdMs = item.state === "waiting" ? sync.holdMs(item) : 0;
  return {
    id: work.id,
    kind: work.kind,
    state: stateOf(sync, item, holdMs),
    reason: verdict?.reason ?? null,
    fields: verdict?.fields ?? {},
    clientId: work.clientId,
    personName: words.personName,
    summary: words.summary,
    savedAt: new Date(savedAt),
    holdMs,
    contact: work.kind === "contact" ? work.contact : null,
    edit: work.kind === "profile" ? work.edit : null,
  };
}

function stateOf(sync: Sync, item: Item, holdMs: number): ItemState {
  if (item.state === "parked") return item.parked?.because === "conflict" ? "needs-you" : "refused";
  if (item.state === "sent") return item.verdict ? "needs-you" : "sent";
  if (item.state !== "waiting") return "undone";
  if (sync.sending.has(item.work.id)) return "sending";
  return holdMs > 0 ? "held" : "waiting";
}

/** How far the device is in step; `pause`: what stands in the way, as far as is known. */
export function shownSync(sync: Sync, pause: Pause | "no-room" | null, lastInStepAt: Date | null): SyncState {
  const items = [...sync.ledger.items.values()];
  const isWaiting = items.some(({ state }) => state === "waiting");
  const { done, total } = sync.progress;
  return {
    state: sync.sending.size > 0 ? "sending" : (pause ?? (isWaiting ? "waiting" : "in-step")),
    done,
    total,
    unsent: items.filter(isUnsent).length,
    needsYou: items.filter((item) => item.state === "parked" || (item.state === "sent" && item.verdict))
      .length,
    lastInStepAt,
  };
}
