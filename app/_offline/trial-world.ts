/**
 * The world in which a random life of devices is played (`sync-trial.ts`): disks that fill, a network that cuts and
 * delays, a server in changing moods, people who save, undo and mend, and the ledger of what they were told. Every
 * step waits for its turn (`trial-turns.ts`), so that a tab can be closed between any two.
 */
import type { NewContactInput } from "../../server/domain/contact";
import type { EditClientInput } from "../../server/domain/profile-edit";
import type { Entry, LedgerEvent, Work } from "./ledger";
import { type Answer, type LedgerStorage, type Reply, Sync } from "./sync";
import { type Tape, Turns } from "./trial-turns";
import { add, mend, mendProfile, remove, resend, undo } from "./verbs";

/** Ways to break the engine on purpose, to show that the trial notices. */
export type Breakage =
  /** Each try goes under an id of its own. */
  | "new-id-each-try"
  /** The user is told before the event is written. */
  | "told-before-written"
  /** A batch leaves without a word in the ledger. */
  | "sent-without-mark"
  /** A try without an answer counts as sent. */
  | "silence-is-consent"
  /** Two tabs write without looking at each other's events. */
  | "blind-append"
  /** The server takes what one saved for whoever is signed in. */
  | "nobody-checks-who";

export type Account = "amina" | "ben";

/** What the user was told of one contact, in the order told. */
export interface Told {
  by: Account;
  clientId: string;
  /** Asked for, and told that it is safe here. */
  asked: boolean;
  saved: boolean;
  /** Contents that it may have; the last is the one that was told. */
  texts: string[];
  goneAsked: boolean;
  gone: boolean;
  wasParked: boolean;
}

export interface Stored {
  origin: string;
  by: Account;
  text: string;
  clientId: string;
  voided: boolean;
}

/** The part of a disk that belongs to one account on one device. */
export class Disk {
  entries: Entry[] = [];
  position = 0;
  isFull = false;
  holder: Tab | null = null;
}

export class Tab {
  isClosed = false;
  readonly sync: Sync;
  readonly device: Device;
  readonly account: Account;
  constructor(world: World, device: Device, account: Account) {
    this.device = device;
    this.account = account;
    const disk = device.disks[account];
    const storage: LedgerStorage = {
      read: async (after) => {
        await world.turns.take(this);
        return disk.entries.filter(({ position }) => position > after);
      },
      append: async (events, after) => {
        await world.turns.take(this);
        const outcome = world.write(disk, events, after);
        // Closed between the writing and the word that it is written.
        await world.turns.take(this);
        return outcome;
      },
      clear: async (positions) => {
        await world.turns.take(this);
        disk.entries = disk.entries.filter(({ position }) => !positions.includes(position));
      },
    };
    this.sync = new Sync({
      storage,
      send: (works) => world.send(this, works),
      alone: async (work) => {
        await world.turns.take(this);
        if (disk.holder) return "busy";
        disk.holder = this;
        try {
          return { ran: await work() };
        } finally {
          if (disk.holder === this) disk.holder = null;
        }
      },
      elapsed: () => world.elapsedMs,
      random: () => world.tape.draw(1000) / 1000,
      changed: () => {},
    });
  }
}

export interface Device {
  disks: Record<Account, Disk>;
  signedIn: Account | null;
  hasSignal: boolean;
}

/** A device that two people share, with the first signed in. */
export const newDevice = (): Device => ({
  disks: { amina: new Disk(), ben: new Disk() },
  signedIn: "amina",
  hasSignal: true,
});

/** A request that is on its way though the device gave up: it arrives within this time, or never. */
const LATE_MS = 8_000;

export class World {
  readonly turns = new Turns();
  readonly tape: Tape;
  readonly breakage: Breakage | null;
  readonly devices = [newDevice(), newDevice()];
  tabs: Tab[] = [];
  elapsedMs = 0;
  /** What the devices' clocks say: anything. */
  clockMs = 1_700_000_000_000;
  serverMode: "well" | "500" | "400" = "well";
  stored: Stored[] = [];
  edits = new Map<string, number>();
  late: { due: number; arrive: () => void }[] = [];
  told = new Map<string, Told>();
  toldEdits = new Set<string>();
  /** How often each was asked to be taken back or mended without a word that it was not: a tab may close before. */
  changedEdits = new Map<string, number>();
  undoneEdits = new Set<string>();
  happened: Record<string, number> = {};
  #ids = 0;

  constructor(tape: Tape, breakage: Breakage | null) {
    this.tape = tape;
    this.breakage = breakage;
  }

  newId(): string {
    this.#ids += 1;
    return `id-${this.#ids}`;
  }

  note(what: string): void {
    this.happened[what] = (this.happened[what] ?? 0) + 1;
  }

  write(disk: Disk, events: readonly LedgerEvent[], after: number): readonly Entry[] | "changed" | "no-room" {
    if (this.breakage === "sent-without-mark" && events[0]?.kind === "sending") return [];
    if (disk.isFull) {
      this.note("disk full");
      return "no-room";
    }
    if (disk.position !== after && this.breakage !== "blind-append") {
      this.note("two tabs wrote at once");
      return "changed";
    }
    const added = events.map((event, at) => ({
      position: disk.position + at + 1,
      event: structuredClone(event),
    }));
    disk.entries.push(...added);
    disk.position += added.length;
    return structuredClone(added);
  }

  /** A request: it may be cut on the way there or back, and find the server in any mood. */
  async send(tab: Tab, works: readonly Work[]): Promise<Reply> {
    const sent = structuredClone(works);
    await this.turns.take(tab);
    if (!tab.device.hasSignal) {
      this.note("cut before it left");
      return this.#failed(works);
    }
    const arrive = () => this.#arrive(tab, sent);
    const fate = this.tape.draw(10);
    if (fate === 1) {
      this.note("cut on the way there");
      return this.#failed(works);
    }
    if (fate === 2) {
      this.note("arrived after the device gave up");
      this.late.push({ due: this.elapsedMs + this.tape.draw(LATE_MS), arrive });
      return this.#failed(works);
    }
    const reply = arrive();
    await this.turns.take(tab);
    if (fate === 3 || fate === 4) {
      this.note("answer lost");
      return this.#failed(works);
    }
    return reply;
  }

  #failed(works: readonly Work[]): Reply {
    if (this.breakage !== "silence-is-consent") return { kind: "no-signal" };
    return { kind: "answers", answers: works.map(({ id }) => ({ id, outcome: "stored", verdict: null })) };
  }

  #arrive(tab: Tab, works: readonly Work[]): Reply {
    const { signedIn } = tab.device;
    if (this.serverMode === "500") return { kind: "server-trouble" };
    if (!signedIn) return { kind: "needs-sign-in" };
    if (signedIn !== tab.account && this.breakage !== "nobody-checks-who") return { kind: "other-account" };
    const isUnreadable = works.some(
      (work) => work.kind === "contact" && work.contact.note?.includes("unreadable"),
    );
    if (this.serverMode === "400" || isUnreadable) {
      this.note("whole batch rejected");
      return { kind: "rejected", reason: "This could not be read." };
    }
    return { kind: "answers", answers: works.map((work) => this.#take(signedIn, work)) };
  }

  #take(by: Account, work: Work): Answer {
    if (work.kind === "contact") return this.#takeContact(by, work);
    if (work.kind === "profile") {
      if (JSON.stringify(work.edit.changes).includes("refused")) {
        this.note("change of details refused");
        return { id: work.id, outcome: "refused", verdict: { reason: "Check the date.", fields: {} } };
      }
      // Kept once under its id, whether it stands or fights with another.
      if (!this.edits.has(work.id)) this.edits.set(work.id, 1);
      return { id: work.id, outcome: "stored", verdict: null };
    }
    const verdict = { reason: "This contact was not found.", fields: {} };
    const found = this.stored.find(({ origin }) => origin === work.contactId);
    if (!found && !work.onlyIfStored) return { id: work.id, outcome: "refused", verdict };
    if (found) found.voided = true;
    return { id: work.id, outcome: "stored", verdict: null };
  }

  #takeContact(by: Account, { id, clientId, contact }: Extract<Work, { kind: "contact" }>): Answer {
    const text = contact.note ?? "";
    const verdict = { reason: "Choose another day.", fields: {} };
    if (text.includes("refused")) return { id, outcome: "refused", verdict };
    const held =
      this.breakage === "new-id-each-try" ? undefined : this.stored.find(({ origin }) => origin === id);
    if (text.includes("taken") || (held && held.text !== text)) return { id, outcome: "conflict", verdict };
    if (!held) this.stored.push({ origin: id, by, text, clientId, voided: false });
    return { id, outcome: "stored", verdict: null };
  }

  advance(ms: number): void {
    this.elapsedMs += ms;
    const due = this.late.filter((request) => request.due <= this.elapsedMs);
    this.late = this.late.filter((request) => !due.includes(request));
    for (const { arrive } of due) arrive();
  }

  openTab(device: Device, account: Account): Tab {
    const tab = new Tab(this, device, account);
    this.tabs.push(tab);
    return tab;
  }

  closeTab(tab: Tab): void {
    tab.isClosed = true;
    this.turns.forget(tab);
    this.tabs = this.tabs.filter((each) => each !== tab);
    for (const account of ["amina", "ben"] as const) {
      const disk = tab.device.disks[account];
      if (disk.holder === tab) disk.holder = null;
    }
  }

  // What people do

  async save(tab: Tab): Promise<void> {
    const id = this.newId();
    const moods = ["plain", "plain", "plain", "plain", "plain", "refused", "taken", "unreadable"];
    const text = `${moods[this.tape.draw(moods.length)]} ${id}`;
    const clientId = `client-${tab.account}-${this.tape.draw(3)}`;
    this.told.set(id, {
      by: tab.account,
      clientId,
      asked: true,
      saved: false,
      texts: [text],
      goneAsked: false,
      gone: false,
      wasParked: false,
    });
    this.note("contact saved");
    const told = this.#told(id);
    if (this.breakage === "told-before-written") told.saved = true;
    const work: Work = { kind: "contact", id, clientId, contact: contactOf(id, clientId, text) };
    const savedAt = new Date(this.clockMs).toISOString();
    const outcome = await tab.sync.change((ledger) => add(ledger, work, WORDS, savedAt));
    if (outcome === "done") told.saved = true;
  }

  async edit(tab: Tab): Promise<void> {
    const id = this.newId();
    const clientId = `client-${tab.account}-${this.tape.draw(3)}`;
    const to = this.tape.draw(5) === 0 ? `refused ${id}` : id;
    const work: Work = { kind: "profile", id, clientId, edit: editOf(id, clientId, to) };
    const outcome = await tab.sync.change((ledger) => add(ledger, work, WORDS, ""));
    if (outcome === "done") this.toldEdits.add(id);
  }

  /** Takes a change of details back, which can only be done before it leaves. */
  async undoEdit(tab: Tab, id: string): Promise<void> {
    this.#askedToChange(id, 1);
    const outcome = await tab.sync.change((ledger) => undo(ledger, id));
    if (outcome !== "done") return this.#askedToChange(id, -1);
    this.note("change of details undone");
    this.undoneEdits.add(id);
  }

  #askedToChange(id: string, by: 1 | -1): void {
    this.changedEdits.set(id, (this.changedEdits.get(id) ?? 0) + by);
  }

  /** Puts a refused change of details right. */
  async mendEdit(tab: Tab, { id, clientId }: Work): Promise<void> {
    const freshId = this.newId();
    const edit = editOf(freshId, clientId, freshId);
    this.#askedToChange(id, 1);
    const outcome = await tab.sync.change((ledger) => mendProfile(ledger, id, edit, WORDS, ""));
    if (outcome !== "done") return this.#askedToChange(id, -1);
    this.toldEdits.add(freshId);
  }

  /** Undoes, while that can be; else voids. */
  async takeBack(tab: Tab, id: string): Promise<void> {
    const told = this.#told(id);
    told.goneAsked = true;
    let outcome = await tab.sync.change((ledger) => undo(ledger, id));
    if (outcome === "refused") {
      this.note("undone too late, voided");
      const work: Work = {
        kind: "void",
        id: this.newId(),
        clientId: told.clientId,
        contactId: id,
        reason: "Undone",
        onlyIfStored: false,
      };
      outcome = await tab.sync.change((ledger) => add(ledger, work, WORDS, ""));
    }
    if (outcome === "done") told.gone = true;
  }

  /** Somebody looks at a parked item: mends it, sends it again or removes it. */
  async settleParked(tab: Tab, id: string, choice: number): Promise<void> {
    const told = this.#told(id);
    told.wasParked = true;
    if (choice === 0) {
      await tab.sync.change((ledger) => resend(ledger, id));
      return;
    }
    if (choice === 1) {
      told.goneAsked = true;
      if ((await tab.sync.change((ledger) => remove(ledger, id))) === "done") told.gone = true;
      return;
    }
    const text = `mended ${this.newId()}`;
    const contact = contactOf(id, told.clientId, text);
    const freshId = this.newId();
    // Under its own id it may be stored as either; under a new one the old is gone.
    let isFresh = false;
    this.told.set(freshId, { ...told, texts: [text], saved: false, goneAsked: false, gone: false });
    const outcome = await tab.sync.change((ledger) => {
      const events = mend(ledger, id, contact, WORDS, () => freshId);
      isFresh = events?.some(({ kind }) => kind === "removed") ?? false;
      if (isFresh) told.goneAsked = true;
      else told.texts.push(text);
      return events;
    });
    if (outcome === "done" && isFresh) {
      this.#told(freshId).saved = true;
      told.gone = true;
    }
  }

  #told(id: string): Told {
    const told = this.told.get(id);
    if (!told) throw new Error(`Nobody was told of ${id}`);
    return told;
  }
}

const WORDS = { personName: null, summary: "" };

function contactOf(id: string, clientId: string, note: string): NewContactInput {
  return { id, clientId, serviceId: "s", occurredOn: "2026-01-01", channel: "phone", note, entries: [] };
}

function editOf(editId: string, clientId: string, to: string): EditClientInput {
  return { id: clientId, editId, changes: [{ field: "phone", from: null, to }] };
}
