/**
 * The work of one account on this device while it is open: what it carries, what waits to be sent, and the one who
 * keeps both in step with the server. Begins when the key is there and ends when the key is dropped; from then on
 * nothing of it can be read or written.
 */
import type { NewContactInput } from "../../server/domain/contact";
import type { EditClientInput } from "../../server/domain/profile-edit";
import type { TakeAlongAnswer } from "../../server/domain/take-along";
import { type Fault, pauseOf, sendWorks } from "./calls";
import { type Carried, Carrying, openPairs } from "./carrying";
import type { ChangeAnswer, FieldPerson, ItemWords, Json, Open, SaveAnswer } from "./device-state";
import { othersWaiting } from "./leave";
import { canUndo, type Ledger, type LedgerEvent, type Work } from "./ledger";
import { newId } from "./new-id";
import { afterPaint } from "./paint";
import { peopleOf, withEdits } from "./people";
import { ServerSession } from "./server-session";
import { shownItems, shownSync } from "./shown";
import { AccountStore, type Profile, type SharedStore } from "./store";
import { HOLD_MS, type Hurry, type Pause, type Round, Sync, unsentOf } from "./sync";
import { alone, type Channel, openChannel } from "./tabs";
import { todayOn } from "./today";
import type { Vault } from "./vault";
import { add, answered, type IsOpen, mend, mendProfile, remove, resend, undo } from "./verbs";

const DRAFT = "draft.";
/** How often what is carried is looked at again while a screen is open. */
const REFRESH_MS = 5 * 60_000;
/** After the store failed. */
const STORE_RETRY_MS = 30_000;

export interface OpenWorkPorts {
  deviceId: string;
  profile: Profile;
  shared: SharedStore;
  vault: Vault;
  /** Something changed that screens show. */
  changed(): void;
  /** Somebody else is signed in, or this device was struck off. */
  mustClose(because: "somebody-else" | "device-revoked"): void;
}

export class OpenWork {
  readonly profile: Profile;
  readonly session: ServerSession;
  readonly #ports: OpenWorkPorts;
  readonly #store: AccountStore;
  readonly #sync: Sync;
  readonly #channel: Channel;
  readonly #ends: (() => void)[] = [];
  readonly #carrying: Carrying;
  #pause: Pause | "no-room" | null = null;
  #hasCode = false;
  #othersWaiting = 0;
  #isClosed = false;
  #askedToStay = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<void> | null = null;
  #next: Hurry | null = null;
  #peopleMemo: { ledger: Ledger; carried: Carried | null; people: FieldPerson[] } | null = null;

  private constructor(ports: OpenWorkPorts, store: AccountStore) {
    this.#ports = ports;
    this.profile = ports.profile;
    this.session = new ServerSession({ ...ports, isClosed: () => this.#isClosed });
    this.#store = store;
    this.#carrying = new Carrying(store, ports.shared, ports.profile.id);
    this.#sync = new Sync({
      storage: store,
      send: (works) => sendWorks(this.session.client, works, () => this.session.unlock()),
      alone: (work) => alone(`common-need.${ports.profile.id}`, work),
      elapsed: () => performance.now(),
      random: Math.random,
      changed: () => this.#changed(),
    });
    this.#channel = openChannel((news) => {
      if (news.kind === "ledger" && news.profile === this.profile.id) void this.run();
      if (news.kind === "carried" && news.profile === this.profile.id) void this.#readCarried();
    });
  }

  /** Opens what lies here and takes the server's answer, if it gave one. */
  static async open(ports: OpenWorkPorts, answer: TakeAlongAnswer | null): Promise<OpenWork> {
    const work = new OpenWork(ports, await AccountStore.open(ports.profile.id, ports.vault));
    await work.#carrying.read();
    await work.#sync.refresh();
    // What was sent before this page asked is in the answer.
    if (answer) await work.#take(answer, work.#sync.ledger.position);
    await work.#carrying.dropIfOld();
    work.#hasCode = (await ports.shared.triesLeft(ports.profile.accountId)) !== null;
    work.#othersWaiting = await othersWaiting(ports.shared, ports.profile.id);
    work.#begin(answer !== null);
    return work;
  }

  #begin(isInStep: boolean): void {
    const on = (target: EventTarget, name: string, hear: () => void) => {
      target.addEventListener(name, hear);
      this.#ends.push(() => target.removeEventListener(name, hear));
    };
    on(window, "online", () => void this.#inStep());
    on(window, "offline", () => this.#changed());
    // Nobody can undo on a page that is not seen, and it may never be seen again.
    on(document, "visibilitychange", () => {
      void (document.visibilityState === "hidden" ? this.run({ skipHold: true }) : this.#inStep());
    });
    const timer = setInterval(() => void this.refresh(), REFRESH_MS);
    this.#ends.push(() => clearInterval(timer));
    void this.run();
    // Opened by the code: the session, should it be locked, is unlocked by the same key.
    if (!isInStep || !this.#carrying.carried?.version) void this.refresh();
  }

  /** Drops the key. Whatever was under way ends as if the tab had been closed. */
  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    for (const end of this.#ends) end();
    this.#channel.close();
    this.#store.close();
  }

  /** The place of the latest event in the ledger. */
  get position(): number {
    return this.#sync.ledger.position;
  }

  /** Somebody whom the server told of when the ledger was at a place, with what was changed of them here. */
  withEdits(person: FieldPerson, since: number): FieldPerson {
    return withEdits(person, this.#sync.ledger, since);
  }

  get unsent(): number {
    return unsentOf(this.#sync.ledger).length;
  }

  // What is saved and changed

  saveContact(contact: NewContactInput, words: ItemWords): Promise<SaveAnswer> {
    return this.#save({ kind: "contact", id: contact.id, clientId: contact.clientId, contact }, words);
  }

  saveProfile(edit: EditClientInput, words: ItemWords): Promise<SaveAnswer> {
    return this.#save({ kind: "profile", id: edit.editId, clientId: edit.id, edit }, words);
  }

  async voidLater(
    contact: { id: string; clientId: string },
    reason: string,
    words: ItemWords,
  ): Promise<SaveAnswer> {
    const held = this.#sync.ledger.items.get(contact.id);
    if (held && canUndo(held) && (await this.undo(contact.id)).ok) return { ok: true, holdUntil: new Date() };
    return this.#save(
      {
        kind: "void",
        id: newId(),
        clientId: contact.clientId,
        contactId: contact.id,
        reason,
        onlyIfStored: false,
      },
      words,
    );
  }

  undo(id: string): Promise<ChangeAnswer> {
    return this.#decide((ledger) => undo(ledger, id));
  }

  mend(id: string, contact: NewContactInput, words: ItemWords): Promise<ChangeAnswer> {
    return this.#decide((ledger) => mend(ledger, id, contact, words, () => newId()));
  }

  async mendProfile(id: string, edit: EditClientInput, words: ItemWords): Promise<SaveAnswer> {
    const savedAt = new Date().toISOString();
    const answer = await this.#decide((ledger) => mendProfile(ledger, id, edit, words, savedAt));
    return saved(answer);
  }

  /** Asks its owner nothing more of changes that somebody has chosen about meanwhile. */
  async clearAnswered(isOpen: IsOpen, until = this.position): Promise<void> {
    if (answered(this.#sync.ledger, isOpen, until).length === 0) return;
    await this.#decide((ledger) => answered(ledger, isOpen, until));
  }

  resend(id: string): Promise<ChangeAnswer> {
    return this.#decide((ledger) => resend(ledger, id));
  }

  remove(id: string): Promise<ChangeAnswer> {
    return this.#decide((ledger) => remove(ledger, id));
  }

  async #save(work: Work, words: ItemWords): Promise<SaveAnswer> {
    const savedAt = new Date().toISOString();
    const answer = saved(await this.#decide((ledger) => add(ledger, work, words, savedAt)));
    if (answer.ok) this.#askToStay();
    return answer;
  }

  /** Asks the browser once not to clear what now matters; some ask the person. */
  #askToStay(): void {
    if (this.#askedToStay) return;
    this.#askedToStay = true;
    void navigator.storage?.persist?.();
  }

  async #decide(decide: (ledger: Ledger) => readonly LedgerEvent[] | null): Promise<ChangeAnswer> {
    try {
      let outcome = await this.#sync.change(decide);
      if (outcome === "no-room") {
        // What was said matters more than what can be fetched again.
        await this.#makeRoom();
        outcome = await this.#sync.change(decide);
      }
      if (outcome === "no-room") return { ok: false, reason: "no-room" };
      if (outcome === "refused") return { ok: false, reason: "too-late" };
    } catch {
      return { ok: false, reason: this.#isClosed ? "locked" : "storage" };
    }
    afterPaint(() => {
      if (this.#isClosed) return;
      this.#tellOthers();
      void this.run();
    });
    return { ok: true };
  }

  // Drafts

  async keep(name: string, value: Json | null): Promise<void> {
    if (value === null) await this.#store.forget(DRAFT + name);
    else await this.#store.keep(DRAFT + name, value);
  }

  async kept(name: string): Promise<Json | null> {
    // Written by `keep`, which takes nothing else.
    return (await this.#store.kept(DRAFT + name)) as Json | null;
  }

  // Coming in step

  /** Sends what can be sent. Asked again while it runs, it runs once more. */
  run(hurry: Hurry = {}): Promise<void> {
    this.#next = {
      skipHold: hurry.skipHold || this.#next?.skipHold || false,
      skipWait: hurry.skipWait || this.#next?.skipWait || false,
    };
    this.#running ??= this.#runAll().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  async #runAll(): Promise<void> {
    while (this.#next && !this.#isClosed) {
      const hurry = this.#next;
      this.#next = null;
      await this.#runOnce(hurry);
    }
  }

  async #runOnce(hurry: Hurry): Promise<void> {
    clearTimeout(this.#timer);
    const before = this.unsent;
    let round: Round;
    try {
      if (!navigator.onLine) {
        await this.#sync.refresh();
        this.#pause = "no-signal";
        return;
      }
      round = await this.#sync.round(hurry);
    } catch {
      // Closed meanwhile, or the store cannot be read just now: nothing was told to anybody, so nothing is lost.
      if (!this.#isClosed) this.#timer = setTimeout(() => void this.run(), STORE_RETRY_MS);
      return;
    } finally {
      this.#changed();
    }
    if (round.againInMs !== null) this.#timer = setTimeout(() => void this.run(), round.againInMs);
    await this.#afterRound(round, before);
  }

  async #afterRound({ state }: Round, unsentBefore: number): Promise<void> {
    if (state === "other-account") return this.#ports.mustClose("somebody-else");
    if (state !== "busy") this.#pause = state === "in-step" || state === "held" ? null : state;
    if (state === "no-room") await this.#makeRoom();
    if (state === "needs-sign-in") await this.#closeIfRevoked();
    await this.#ports.shared.changeProfile(this.profile.id, { waiting: this.unsent });
    this.#changed();
    if (this.unsent < unsentBefore) {
      this.#tellOthers();
      await this.refresh();
    }
  }

  #tellOthers(): void {
    this.#channel.tell({ kind: "ledger", profile: this.profile.id });
  }

  /** Signal is back, or somebody looks at the page again. */
  async #inStep(): Promise<void> {
    await this.run({ skipWait: true });
    await this.refresh();
  }

  /** Brings what is carried in step; and learns whether the session, and the device, are still good. */
  async refresh(): Promise<void> {
    if (this.#isClosed || !navigator.onLine) return;
    const { position } = this.#sync.ledger;
    const known = this.#carrying.carried?.version ?? null;
    const answer = await this.session.ask(({ device }) => device.takeAlong.query({ known }));
    if (this.#isClosed) return;
    if ("fault" in answer) return this.#takeFault(answer.fault);
    await this.#take(answer.ok, position);
    this.#channel.tell({ kind: "carried", profile: this.profile.id });
  }

  async #takeFault(fault: Fault): Promise<void> {
    if (fault.kind === "refused") return;
    const pause = pauseOf(fault);
    if (pause === "other-account") return this.#ports.mustClose("somebody-else");
    if (fault.kind === "signed-out" && fault.reason === "device-revoked") {
      return this.#ports.mustClose("device-revoked");
    }
    this.#pause = pause;
    if (pause === "needs-sign-in") await this.#closeIfRevoked();
    this.#changed();
  }

  async #closeIfRevoked(): Promise<void> {
    if (await this.session.isRevoked()) this.#ports.mustClose("device-revoked");
  }

  async #readCarried(): Promise<void> {
    await this.#carrying.read();
    this.#changed();
  }

  async #take(answer: TakeAlongAnswer, position: number): Promise<void> {
    await this.#carrying.take(answer, position, this.unsent === 0);
    if (this.#pause !== "no-room") this.#pause = null;
    const { carried } = this.#carrying;
    if (carried) {
      await this.clearAnswered(openPairs(carried), carried.position);
      await this.#sync.clear(carried.position);
    }
    this.#changed();
  }

  async #makeRoom(): Promise<void> {
    await this.#carrying.dropPeople("no-room");
    this.#changed();
  }

  // What screens see

  #changed(): void {
    if (!this.#isClosed) this.#ports.changed();
  }

  /** Tells whether there is a code for this account now. */
  setHasCode(hasCode: boolean): void {
    this.#hasCode = hasCode;
    this.#changed();
  }

  get people(): readonly FieldPerson[] {
    const { ledger } = this.#sync;
    const { carried } = this.#carrying;
    if (this.#peopleMemo?.ledger !== ledger || this.#peopleMemo.carried !== carried) {
      const people = peopleOf(carried?.along.people ?? [], ledger, carried?.position ?? 0);
      this.#peopleMemo = { ledger, carried, people };
    }
    return this.#peopleMemo.people;
  }

  /** The state that screens are shown. */
  state(): Open {
    const { carried } = this.#carrying;
    const { accountId, organisationId, name } = this.profile;
    return {
      status: "open",
      viewer: carried?.along.viewer ?? {
        accountId,
        organisationId,
        name,
        memberId: "",
        organisationName: "",
        roles: [],
        serviceId: null,
      },
      services: carried?.along.services ?? [],
      people: this.people,
      crisisCards: carried?.along.crisisCards ?? [],
      needPairs: carried?.along.needPairs ?? [],
      today: carried ? todayOn(Date.now(), carried.learnt) : null,
      items: shownItems(this.#sync),
      sync: shownSync(this.#sync, navigator.onLine ? this.#pause : "no-signal", this.#carrying.inStepAt),
      hasCode: this.#hasCode,
      wipedBecause: carried?.wiped ?? null,
      othersWaiting: this.#othersWaiting,
    };
  }
}

/** What was written down is held for a while, so that it can be undone. */
function saved(answer: ChangeAnswer): SaveAnswer {
  if (answer.ok) return { ok: true, holdUntil: new Date(Date.now() + HOLD_MS) };
  return { ok: false, reason: answer.reason === "too-late" ? "storage" : answer.reason };
}
