/**
 * The device of this page: whether somebody's work is open on it, closed, or not there; and the doors between. Only
 * an open session of the server, or the code that a worker left here, opens it. It closes by itself after five minutes
 * without use, when somebody else signs in, and when the device is struck off.
 */
import { browserInWords } from "../../server/domain/browser";
import type { TakeAlongAnswer } from "../../server/domain/take-along";
import { endSession } from "../_ui/end-session";
import { clientFor, type Fault, faultOf } from "./calls";
import { choose } from "./choosing";
import { closedState } from "./closed";
import { openByCode, setCode } from "./code";
import type { DeviceState, DeviceVerbs } from "./device-state";
import { findPeople, getPerson } from "./find";
import { findLastProfile, leave, othersWaiting, payOwed, putAway, strikeOff } from "./leave";
import { OpenWork } from "./open-work";
import { afterPaint } from "./paint";
import { type Profile, profileId, SharedStore } from "./store";
import { type Channel, openChannel } from "./tabs";
import { MOST_TRIES, openVault, textToBytes, type Vault } from "./vault";
import { watchIdle } from "./watch";
import { registerWorker, tellHome } from "./worker/register";

/** A worker who has a code need not wait longer than this for a slow server. */
const PATIENCE_MS = 2_500;
/** Longest that signing out waits for what is being sent. */
const LAST_SENDING_MS = 8_000;

type Opened = { key: Vault; accountId: string; along: TakeAlongAnswer | null };
type Asked = { opened: Opened } | { fault: Fault };

class PageDevice {
  #state: DeviceState = { status: "starting" };
  readonly #listeners = new Set<() => void>();
  #work: OpenWork | null = null;
  #shared: Promise<SharedStore> | null = null;
  #begun = false;
  /** Counts starts, so that an answer to an earlier one changes nothing. */
  #start = 0;
  #stopWatching: () => void = () => {};
  #channel: Channel | null = null;
  #isStale = false;
  /** Listeners will be told after the next frame. */
  #isTelling = false;
  /** The session that opened the device; null when a code did. */
  #sessionId: string | null = null;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly state = (): DeviceState => {
    if (this.#isStale && this.#work) {
      this.#isStale = false;
      this.#state = this.#work.state();
    }
    return this.#state;
  };

  /** Begins once for the page, however many screens ask. */
  begin(): void {
    if (this.#begun) return;
    this.#begun = true;
    registerWorker();
    this.#channel = openChannel((news) => {
      if (news.kind === "closed" && this.#work) void this.#closeAndStart();
      if (news.kind === "whose" && this.#work && this.#work.profile.id !== news.profile) {
        void this.#closeAndStart();
      }
      if (news.kind === "opened" && this.#state.status === "locked") void this.start();
    });
    window.addEventListener("online", () => this.#signalChanged());
    window.addEventListener("offline", () => this.#signalChanged());
    void this.start();
  }

  /** Closed doors change with signal; open work looks after itself. */
  #signalChanged(): void {
    const state = this.#state;
    const isOnline = navigator.onLine;
    if (state.status === "locked") {
      // Nobody is interrupted while they type a code.
      if (state.hasCode || !isOnline) this.#show({ ...state, offline: !isOnline, canUnlockOnline: isOnline });
      else void this.start();
    }
    if (state.status === "signed-out" && state.reason === "no-signal" && isOnline) void this.start();
  }

  #show(state: DeviceState): void {
    this.#isStale = false;
    this.#state = state;
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }

  /** Tells of what changed in the work, once a frame: what a verb answers is drawn before everything else is. */
  #tellSoon(): void {
    if (this.#work === null) return;
    this.#isStale = true;
    if (this.#isTelling) return;
    this.#isTelling = true;
    afterPaint(() => {
      this.#isTelling = false;
      this.#tell();
    });
  }

  #open(): Promise<SharedStore> {
    this.#shared ??= SharedStore.open();
    return this.#shared;
  }

  // Starting

  /** Asks the server for the key, or offers the other doors. */
  async start(): Promise<void> {
    this.#start += 1;
    const start = this.#start;
    this.#close();
    this.#show({ status: "starting" });
    try {
      await this.#startWith(await this.#open(), start);
    } catch {
      // A browser that keeps nothing, or a store that this key does not open. What lies there is left as it is.
      if (start !== this.#start) return;
      this.#show({ status: "signed-out", reason: "unavailable", othersWaiting: 0, wipedBecause: null });
    }
  }

  async #startWith(shared: SharedStore, start: number): Promise<void> {
    const last = await findLastProfile(shared);
    const hasCode = last !== null && (await shared.triesLeft(last.accountId)) !== null;
    if (!navigator.onLine) return this.#showClosed(shared, last, { kind: "no-signal" });
    const asked = this.#ask(shared, last);
    const first = await Promise.race([asked, ...(hasCode ? [later(PATIENCE_MS, "slow" as const)] : [])]);
    if (start !== this.#start) return;
    if (first === "slow") await this.#showClosed(shared, last, { kind: "no-signal" });
    const answer = await asked;
    // Meanwhile the code may have opened it.
    if (start === this.#start && !this.#work) await this.#takeAnswer(shared, last, answer);
  }

  async #ask(shared: SharedStore, last: Profile | null): Promise<Asked> {
    const device = await shared.device();
    const client = clientFor(null);
    try {
      if (!(await payOwed(shared, client))) return { fault: { kind: "no-signal" } };
      const [opened, along, me] = await Promise.all([
        client.device.open.mutate({ deviceId: device.id, name: browserInWords(navigator.userAgent) }),
        client.device.takeAlong.query({ known: last?.version ?? null }).catch(faultOf),
        client.session.me.query().catch(() => null),
      ]);
      this.#sessionId = me?.sessionId ?? null;
      const key = await openVault(textToBytes(opened.key));
      if (!("kind" in along)) return { opened: { key, accountId: opened.accountId, along } };
      // Without an answer about what is carried, what lies here will do.
      const goesOn = along.kind === "no-signal" || along.kind === "server-trouble";
      return goesOn ? { opened: { key, accountId: opened.accountId, along: null } } : { fault: along };
    } catch (error) {
      return { fault: faultOf(error) };
    }
  }

  async #takeAnswer(shared: SharedStore, last: Profile | null, asked: Asked): Promise<void> {
    if ("fault" in asked) {
      if (isRevoked(asked.fault)) return this.#strikeOff(shared, last);
      return this.#showClosed(shared, last, asked.fault);
    }
    const { key, accountId, along } = asked.opened;
    const profile = await this.#profileFor(shared, last, accountId, along);
    if (!profile) return this.#showClosed(shared, null, { kind: "no-signal" });
    if (last && last.id !== profile.id) await putAway(shared, last);
    await this.#openWork(shared, profile, key, along);
  }

  /** Whose work it is: the server says so, unless nothing has changed since the last time here. */
  async #profileFor(
    shared: SharedStore,
    last: Profile | null,
    accountId: string,
    along: TakeAlongAnswer | null,
  ): Promise<Profile | null> {
    if (!along || along.unchanged) return last?.accountId === accountId ? last : null;
    const { organisationId, name } = along.viewer;
    const id = profileId(accountId, organisationId);
    const known = (await shared.profiles()).find((profile) => profile.id === id);
    const profile = known ?? { id, accountId, organisationId, name, waiting: 0, version: null };
    if (!known) await shared.putProfile(profile);
    return profile;
  }

  async #openWork(
    shared: SharedStore,
    profile: Profile,
    vault: Vault,
    along: TakeAlongAnswer | null,
  ): Promise<void> {
    const device = await shared.device();
    const start = this.#start;
    const work = await OpenWork.open(
      {
        deviceId: device.id,
        profile,
        shared,
        vault,
        changed: () => this.#tellSoon(),
        mustClose: (because) => {
          if (because === "device-revoked") void this.#strikeOff(shared, profile);
          else void this.start();
        },
      },
      along,
    );
    if (start !== this.#start) return work.close();
    await shared.changeDevice({ lastProfile: profile.id });
    this.#channel?.tell({ kind: "whose", profile: profile.id });
    this.#work = work;
    this.#stopWatching = watchIdle({
      onIdle: () => void this.#lockHere(),
      onAlive: () => work.session.alive(),
    });
    this.#show(work.state());
    void tellHome(work.state().viewer.roles.includes("caseworker"));
  }

  #close(): void {
    this.#stopWatching();
    this.#stopWatching = () => {};
    this.#work?.close();
    this.#work = null;
  }

  // Closed doors

  /** `canUnlock`: the session is known to wait to be unlocked, whatever the fault. */
  async #showClosed(
    shared: SharedStore,
    last: Profile | null,
    fault: Fault,
    canUnlock = false,
  ): Promise<void> {
    const triesLeft = last ? await shared.triesLeft(last.accountId) : null;
    const others = await othersWaiting(shared, last?.id ?? null);
    const everybody = await othersWaiting(shared, null);
    this.#show(closedState({ last, triesLeft, fault, canUnlock, waiting: { others, everybody } }));
  }

  /** The device was struck off: what was given to it goes, what was saved here stays closed for its owner. */
  async #strikeOff(shared: SharedStore, last: Profile | null): Promise<void> {
    this.#start += 1;
    this.#close();
    if (last) await strikeOff(shared, last);
    this.#show({
      status: "signed-out",
      reason: "device-revoked",
      othersWaiting: await othersWaiting(shared, null),
      wipedBecause: "revoked",
    });
  }

  /** Left alone, or closed by its owner: the key goes, and the door shows. */
  async #lockHere(): Promise<void> {
    if (!this.#work) return;
    this.#start += 1;
    const { profile } = this.#work;
    this.#close();
    const shared = await this.#open();
    const fresh = (await shared.profiles()).find(({ id }) => id === profile.id) ?? profile;
    const offline = !navigator.onLine;
    await this.#showClosed(shared, fresh, { kind: "no-signal" }, !offline);
    if (!offline && this.#state.status === "locked") this.#show({ ...this.#state, offline: false });
  }

  async #closeAndStart(): Promise<void> {
    this.#close();
    await this.start();
  }

  // Verbs

  readonly verbs: DeviceVerbs = {
    saveContact: async (contact, words) => (await this.#work?.saveContact(contact, words)) ?? LOCKED,
    saveProfile: async (edit, words) => (await this.#work?.saveProfile(edit, words)) ?? LOCKED,
    mendProfile: async (id, edit, words) => (await this.#work?.mendProfile(id, edit, words)) ?? LOCKED,
    choose: (pair, which) => choose(this.#work, pair, which),
    undo: async (id) => (await this.#work?.undo(id)) ?? LOCKED,
    voidLater: async (contact, reason, words) =>
      (await this.#work?.voidLater(contact, reason, words)) ?? LOCKED,
    mend: async (id, contact, words) => (await this.#work?.mend(id, contact, words)) ?? LOCKED,
    resend: async (id) => (await this.#work?.resend(id)) ?? LOCKED,
    remove: async (id) => (await this.#work?.remove(id)) ?? LOCKED,
    sendNow: async () => this.#work?.run({ skipHold: true, skipWait: true }),
    keep: async (name, value) => this.#work?.keep(name, value),
    kept: async (name) => (await this.#work?.kept(name)) ?? null,
    findPeople: (text, tell) => findPeople(this.#work, text, tell),
    getPerson: (id) => getPerson(this.#work, id),
    unlock: (code) => this.#unlock(code),
    unlockOnline: (password) => this.#unlockOnline(password),
    setCode: async (code) => setCode(await this.#open(), this.#work, code),
    forgetCode: async () => {
      if (!this.#work) return;
      await (await this.#open()).forgetCode(this.#work.profile.accountId);
      this.#work.setHasCode(false);
    },
    lock: () => void this.#lock(),
    tryAgain: () => this.start(),
    signOut: (choice) => this.#signOut(choice),
  };

  async #lock(): Promise<void> {
    const work = this.#work;
    if (!work) return;
    await this.#lockHere();
    this.#channel?.tell({ kind: "closed" });
    const shared = await this.#open();
    await shared.changeDevice({ owes: { what: "lock", sessionId: this.#sessionId } });
    try {
      await work.session.lock();
      await shared.changeDevice({ owes: null });
    } catch {
      // Still owed: done before the session is used again.
    }
  }

  async #unlock(code: string): ReturnType<DeviceVerbs["unlock"]> {
    const shared = await this.#open();
    const last = await findLastProfile(shared);
    let opened: Awaited<ReturnType<typeof openByCode>>;
    try {
      opened = last ? await openByCode(shared, last, code) : { triesLeft: null };
    } catch {
      // A try that cannot be counted is not judged.
      return { ok: false, reason: "storage", triesLeft: MOST_TRIES };
    }
    if (!last || ("triesLeft" in opened && opened.triesLeft === null)) {
      await this.#showClosed(shared, last, { kind: "no-signal" });
      return { ok: false, reason: "no-code", triesLeft: 0 };
    }
    if ("triesLeft" in opened) {
      const triesLeft = opened.triesLeft ?? 0;
      if (this.#state.status === "locked") {
        this.#show({ ...this.#state, hasCode: triesLeft > 0, triesLeft: triesLeft || null });
      }
      return { ok: false, reason: "wrong", triesLeft };
    }
    this.#start += 1;
    try {
      await this.#openWork(shared, last, opened.vault, null);
    } catch {
      return { ok: false, reason: "storage", triesLeft: MOST_TRIES };
    }
    return { ok: true };
  }

  async #unlockOnline(password: string | null): ReturnType<DeviceVerbs["unlockOnline"]> {
    try {
      const way = password === null ? { demo: true as const } : { password };
      const answer = await clientFor(null).session.unlock.mutate(way);
      if (!answer.ok) return answer;
    } catch (error) {
      const fault = faultOf(error);
      if (fault.kind === "signed-out") return { ok: false, reason: "signed-out" };
      return { ok: false, reason: fault.kind === "refused" ? "wrong" : "no-signal" };
    }
    await (await this.#open()).changeDevice({ owes: null });
    this.#channel?.tell({ kind: "opened" });
    await this.start();
    return { ok: true };
  }

  async #signOut({ leaveUnsent }: { leaveUnsent: boolean }): ReturnType<DeviceVerbs["signOut"]> {
    const shared = await this.#open();
    const work = this.#work;
    if (work && work.unsent > 0) {
      await Promise.race([work.run({ skipHold: true, skipWait: true }), later(LAST_SENDING_MS, undefined)]);
      if (work.unsent > 0 && !leaveUnsent) return { ok: false, unsent: work.unsent };
    }
    const profile = work?.profile ?? (await findLastProfile(shared));
    if (!work && profile && profile.waiting > 0 && !leaveUnsent)
      return { ok: false, unsent: profile.waiting };
    this.#start += 1;
    const unsent = work?.unsent ?? profile?.waiting ?? 0;
    this.#close();
    if (profile) await leave(shared, profile, unsent, this.#sessionId);
    this.#channel?.tell({ kind: "closed" });
    try {
      await endSession();
      await shared.changeDevice({ owes: null });
    } catch {
      // Without signal the session is ended when there is some, before it is used again.
    }
    window.location.assign("/sign-in");
    return { ok: true };
  }
}

const LOCKED = { ok: false, reason: "locked" } as const;

const isRevoked = (fault: Fault) =>
  (fault.kind === "signed-out" && fault.reason === "device-revoked") ||
  (fault.kind === "refused" && fault.code === "CONFLICT");

function later<T>(ms: number, value: T): Promise<T> {
  return new Promise((resolve) => setTimeout(() => resolve(value), ms));
}

let page: PageDevice | undefined;

/** The device of this page: one, however many screens ask. */
export function pageDevice(): PageDevice {
  page ??= new PageDevice();
  return page;
}
