/**
 * Brings a device's ledger in step with the server. Whatever is cut, lost, closed or full at whatever moment: an item
 * that was shown as saved is sent until the server has answered for it, and has one effect, because it goes under
 * its own id. An item that was shown as undone never leaves. Pure: network, storage, lock, clock and randomness are
 * handed in, and the clock only decides when to try, never what is true.
 */
import {
  canUndo,
  clearable,
  EMPTY,
  type Entry,
  fold,
  type Item,
  isUnsent,
  type Ledger,
  type LedgerEvent,
  nextBatch,
  type ParkedBecause,
  type Verdict,
  type Work,
  without,
} from "./ledger";

/** Where events lie. Writes take hold as a whole and last, or not at all. */
export interface LedgerStorage {
  /** Events after a place, in order. */
  read(after: number): Promise<readonly Entry[]>;
  /**
   * Adds events at the end and gives them back with their places, as they will be read. When something was added
   * since `after`, nothing is written.
   */
  append(events: readonly LedgerEvent[], after: number): Promise<readonly Entry[] | "changed" | "no-room">;
  /** Frees the room of events that nobody needs any more. */
  clear(positions: readonly number[]): Promise<void>;
}

/** What the server said of one item. */
export type Answer =
  | { id: string; outcome: "stored"; verdict: Verdict | null }
  | { id: string; outcome: ParkedBecause; verdict: Verdict };

/**
 * What became of a batch. answers: of each item that the server answered for. rejected: it understood the request and
 * will not take it. The others say nothing about the items: they are kept and sent again.
 */
export type Reply =
  | { kind: "answers"; answers: readonly Answer[] }
  | { kind: "rejected"; reason: string }
  | { kind: Pause };

/** Why nothing can be sent just now. */
export type Pause = "no-signal" | "server-trouble" | "needs-sign-in" | "other-account";

export interface SyncPorts {
  storage: LedgerStorage;
  /** Sends works of one kind. Never throws. */
  send(works: readonly Work[]): Promise<Reply>;
  /** Runs work while no other tab does, or says that one does. */
  alone<T>(work: () => Promise<T>): Promise<{ ran: T } | "busy">;
  /** Milliseconds that passed since some moment; never set back, and unrelated to the day. */
  elapsed(): number;
  /** 0 up to 1. */
  random(): number;
  /** Told after every change of the ledger or of the progress. */
  changed(): void;
}

/** For how long an item is held so that it can be undone. */
export const HOLD_MS = 10_000;
export const MOST_IN_BATCH = 10;
const FIRST_RETRY_MS = 2_000;
const LAST_RETRY_MS = 5 * 60_000;
/** Another tab is sending: look again after this long, should it never say that it is done. */
const BUSY_MS = 5_000;

/** How a round ended, and after how long to begin another by itself; null: when something changes. */
export interface Round {
  state: "in-step" | "held" | "busy" | "no-room" | Pause;
  againInMs: number | null;
}

export interface Hurry {
  /** Sends what is still held, too. */
  skipHold?: boolean;
  /** Tries though the last try failed a moment ago. */
  skipWait?: boolean;
}

export type Changed = "done" | "refused" | "no-room";

export class Sync {
  #ledger: Ledger = EMPTY;
  /** When this tab first saw an item: it is held from then on. */
  readonly #seen = new Map<string, number>();
  #failures = 0;
  #notBefore = 0;
  #most = MOST_IN_BATCH;
  #progress = { done: 0, total: 0 };
  #sending: ReadonlySet<string> = new Set();
  readonly #ports: SyncPorts;

  constructor(ports: SyncPorts) {
    this.#ports = ports;
  }

  get ledger(): Ledger {
    return this.#ledger;
  }

  /** Of the round under way; both 0 between rounds. */
  get progress(): Readonly<{ done: number; total: number }> {
    return this.#progress;
  }

  /** Items that are under way. */
  get sending(): ReadonlySet<string> {
    return this.#sending;
  }

  /** Milliseconds for which an item is still held. */
  holdMs(item: Item): number {
    if (!canUndo(item)) return 0;
    const seen = this.#seen.get(item.work.id) ?? this.#ports.elapsed();
    return Math.max(0, seen + HOLD_MS - this.#ports.elapsed());
  }

  /** Reads what other tabs added. */
  async refresh(): Promise<void> {
    this.#fold(await this.#ports.storage.read(this.#ledger.position));
  }

  #fold(entries: readonly Entry[]): void {
    if (entries.length === 0) return;
    this.#ledger = fold(this.#ledger, entries);
    for (const { work } of this.#ledger.items.values()) {
      if (!this.#seen.has(work.id)) this.#seen.set(work.id, this.#ports.elapsed());
    }
    this.#ports.changed();
  }

  /**
   * Adds what is decided on the ledger as it is at the moment of writing: when another tab wrote first, it is read
   * and decided anew. Null refuses. Durable when it gives back "done". Writing finds out by itself whether this tab
   * knows all, so nothing is read first: somebody waits for the answer.
   */
  async change(decide: (ledger: Ledger) => readonly LedgerEvent[] | null): Promise<Changed> {
    for (let isRead = false; ; isRead = true) {
      const { position } = this.#ledger;
      const events = decide(this.#ledger);
      if (events && events.length > 0) {
        const outcome = await this.#ports.storage.append(events, position);
        if (outcome === "no-room") return "no-room";
        if (outcome !== "changed") {
          this.#fold(outcome);
          return "done";
        }
      } else if (isRead) return events ? "done" : "refused";
      await this.refresh();
    }
  }

  /** Sends what can be sent, batch by batch, until nothing is left to send or something stands in the way. */
  async round(hurry: Hurry = {}): Promise<Round> {
    const ran = await this.#ports.alone(() => this.#send(hurry));
    this.#progress = { done: 0, total: 0 };
    this.#sending = new Set();
    this.#ports.changed();
    return ran === "busy" ? { state: "busy", againInMs: BUSY_MS } : ran.ran;
  }

  async #send(hurry: Hurry): Promise<Round> {
    let skipWait = hurry.skipWait ?? false;
    for (;;) {
      await this.refresh();
      const isHeld = (item: Item) => !hurry.skipHold && this.holdMs(item) > 0;
      const { batch, held, due } = nextBatch(this.#ledger, isHeld, this.#most);
      if (batch.length === 0) return held > 0 ? this.#heldRound() : { state: "in-step", againInMs: null };
      const wait = this.#notBefore - this.#ports.elapsed();
      if (wait > 0 && !skipWait) return { state: this.#stoppedBy, againInMs: wait };
      const { done } = this.#progress;
      this.#progress = { done, total: done + due };
      // Written before anything leaves, on the ledger from which the batch was chosen: an item that was undone
      // meanwhile is not in it, and one that is in it can no longer be undone.
      const ids = batch.map(({ work }) => work.id);
      const marked = await this.#ports.storage.append([{ kind: "sending", ids }], this.#ledger.position);
      if (marked === "changed") continue;
      if (marked === "no-room") return this.#stop("no-room");
      this.#sending = new Set(ids);
      this.#fold(marked);
      this.#ports.changed();
      const reply = await this.#ports.send(batch.map(({ work }) => work));
      this.#sending = new Set();
      const round = await this.#take(reply, batch);
      if (round) return round;
      skipWait = true;
    }
  }

  #stoppedBy: Pause | "no-room" = "no-signal";

  /** Writes down what was answered. Gives back the round when it ends here. */
  async #take(reply: Reply, batch: readonly Item[]): Promise<Round | null> {
    if (reply.kind === "rejected") {
      if (batch.length > 1) {
        // One of them cannot be read: smaller batches find out which.
        this.#most = Math.floor(batch.length / 2);
        return null;
      }
      const verdict = { reason: reply.reason, fields: {} };
      const parked = batch.map(({ work }): Answer => ({ id: work.id, outcome: "rejected", verdict }));
      return this.#write(parked);
    }
    if (reply.kind !== "answers") return this.#stop(reply.kind);
    const asked = new Set(batch.map(({ work }) => work.id));
    const answers = reply.answers.filter(({ id }) => asked.has(id));
    if (answers.length === 0) return this.#stop("server-trouble");
    this.#most = Math.min(MOST_IN_BATCH, this.#most * 2);
    return this.#write(answers);
  }

  async #write(answers: readonly Answer[]): Promise<Round | null> {
    const events = answers.map((answer): LedgerEvent => {
      const { id, outcome, verdict } = answer;
      return outcome === "stored"
        ? { kind: "answered", id, verdict }
        : { kind: "parked", id, because: outcome, verdict };
    });
    // Should this fail, the items are sent again, and the server says that it has them.
    if ((await this.change(() => events)) === "no-room") return this.#stop("no-room");
    this.#failures = 0;
    this.#notBefore = 0;
    this.#progress = { ...this.#progress, done: this.#progress.done + answers.length };
    this.#ports.changed();
    return null;
  }

  #heldRound(): Round {
    const waits = [...this.#ledger.items.values()].map((item) => this.holdMs(item)).filter((ms) => ms > 0);
    return { state: "held", againInMs: Math.min(...waits) };
  }

  /** Waits twice as long after each failure, up to five minutes, each device for a different time. */
  #stop(state: Pause | "no-room"): Round {
    const longest = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** this.#failures);
    const againInMs = Math.round(longest * (0.5 + this.#ports.random() / 2));
    this.#failures += 1;
    this.#notBefore = this.#ports.elapsed() + againInMs;
    this.#stoppedBy = state;
    return { state, againInMs };
  }

  /** Clears away what was settled before a place in the ledger. */
  async clear(before: number): Promise<void> {
    await this.refresh();
    const { ids, positions } = clearable(this.#ledger, before);
    if (ids.length === 0) return;
    await this.#ports.storage.clear(positions);
    this.#ledger = without(this.#ledger, ids);
    this.#ports.changed();
  }
}

/** Items that are not at the server yet. */
export const unsentOf = (ledger: Ledger) => [...ledger.items.values()].filter(isUnsent);
