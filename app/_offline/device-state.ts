/**
 * What a screen that works without signal is told, and what it may ask for. These are the only words between the
 * screens and the device: where things lie, how they are sealed and when they are sent stays behind them.
 */
import type { SignedOut as ServerReason } from "../../server/context";
import type { MatchedBy } from "../../server/domain/client-search";
import type { NewContactInput } from "../../server/domain/contact";
import type { CrisisCard } from "../../server/domain/crisis-cards";
import type { NeedPair } from "../../server/domain/need-pairs";
import type { Day } from "../../server/domain/period";
import type { FoundClient } from "../../server/domain/profile";
import type { EditClientInput } from "../../server/domain/profile-edit";
import type { ProfileField } from "../../server/domain/profile-terms";
import type {
  CarriedConflict,
  CarriedPerson,
  CarriedService,
  CarriedViewer,
} from "../../server/domain/take-along";

export type DeviceState = Starting | SignedOut | Locked | Open;

interface Starting {
  status: "starting";
}

/** Nothing can be opened here without signing in. */
export interface SignedOut {
  status: "signed-out";
  /**
   * Why. not-here: the role has no field screens. no-signal: signing in needs signal, and nobody has left a code on
   * this device. unavailable: this browser keeps nothing, as in a private window.
   */
  reason: ServerReason | "choose-organisation" | "not-here" | "no-signal" | "unavailable";
  /** Items that wait on this device, sealed, for whoever saved them. */
  othersWaiting: number;
  wipedBecause: Wiped | null;
}

/** Somebody's work lies here, sealed. */
export interface Locked {
  status: "locked";
  viewerName: string | null;
  /** A code can open it, with or without signal. Without one it takes signal: a password, or signing in. */
  hasCode: boolean;
  /** Wrong codes that are still allowed; null without a code. */
  triesLeft: number | null;
  /** The server is out of reach. */
  offline: boolean;
  /** The session waits to be unlocked; false when it is over and only signing in, or a code, helps. */
  canUnlockOnline: boolean;
  ownWaiting: number;
  othersWaiting: number;
}

export interface Open {
  status: "open";
  viewer: CarriedViewer;
  services: readonly CarriedService[];
  /** Carried people and those who wait in the outbox, with what was said of them here already reckoned in. */
  people: readonly FieldPerson[];
  crisisCards: readonly CrisisCard[];
  needPairs: readonly NeedPair[];
  /** Null when this device's clock cannot be right: then the worker says which day it is. */
  today: Day | null;
  /** Newest first. */
  items: readonly OutboxItem[];
  sync: SyncState;
  hasCode: boolean;
  /** What was carried is gone from this device, and why; null when nothing was removed. */
  wipedBecause: Wiped | null;
  othersWaiting: number;
}

/** too-old: 14 days without being in step. revoked: the device was struck off. no-room: made room for a contact. */
export type Wiped = "too-old" | "revoked" | "no-room";

export interface FieldPerson extends CarriedPerson {
  /** Somebody added here whose first contact has not been sent yet. */
  unsent: boolean;
  /** Details that were changed here and are not at the server yet; they show as changed. */
  changed: readonly ProfileField[];
}

export type FoundPerson = FieldPerson & {
  matched: MatchedBy;
};

/** Somebody found by the server who is not on this device: opened with `getPerson`. */
export type FoundElsewhere = FoundClient;

export interface Found {
  onDevice: readonly FoundPerson[];
  /** Found by the server and not on the device. */
  elsewhere: readonly FoundElsewhere[];
  /** looking: the server is still asked. device-only: there is no signal, or the server did not answer. */
  scope: "looking" | "everybody" | "device-only";
}

/**
 * held: can still be undone. waiting: for its turn or for signal. refused: the server says why, and it can be mended.
 * needs-you: a person must decide. sent and undone are kept to be seen for a while.
 */
export type ItemState = "held" | "waiting" | "sending" | "sent" | "refused" | "needs-you" | "undone";

export interface OutboxItem {
  id: string;
  kind: "contact" | "void" | "profile";
  state: ItemState;
  /** In the words of whoever answered; for refused and needs-you. */
  reason: string | null;
  /** What is wrong by path: `entries.0.need`. */
  fields: Readonly<Record<string, string>>;
  clientId: string | null;
  /** Null for somebody who gave no name. */
  personName: string | null;
  /** One line: "2 issues: Food, Debt". */
  summary: string;
  /** What this device's clock said when it was saved. */
  savedAt: Date;
  /** Milliseconds until it can no longer be undone; 0 unless held. */
  holdMs: number;
  /** What was saved, while it is still here: to be shown or mended. */
  contact: NewContactInput | null;
  edit: EditClientInput | null;
}

export interface SyncState {
  /**
   * in-step: nothing waits. waiting: something is held or has its turn soon. sending: under way. no-signal and
   * server-trouble: tried again by itself. needs-sign-in: kept until they have signed in or unlocked.
   * other-account: somebody else is signed in in this browser. no-room: the answers cannot be written down.
   */
  state:
    | "in-step"
    | "waiting"
    | "sending"
    | "no-signal"
    | "server-trouble"
    | "needs-sign-in"
    | "other-account"
    | "no-room";
  /** Of what is being sent in this round. */
  done: number;
  total: number;
  /** Not sent yet, parked ones included. */
  unsent: number;
  /** Parked: a person must look. */
  needsYou: number;
  /** When the device last heard from the server that all was in step; by this device's clock. */
  lastInStepAt: Date | null;
}

export type SaveAnswer =
  | { ok: true; holdUntil: Date }
  | { ok: false; reason: "no-room" | "locked" | "storage" };

export type ChangeAnswer =
  | { ok: true }
  | { ok: false; reason: "no-room" | "locked" | "storage" | "too-late" };

/** taken: somebody chose otherwise meanwhile, or there is nothing left to choose. */
export type ChooseAnswer =
  | { ok: true }
  | { ok: false; reason: "no-signal" | "server-trouble" | "needs-sign-in" | "locked" }
  | { ok: false; reason: "taken"; words: string };

/** What an item says in lists, made by the screen, which knows the words. */
export interface ItemWords {
  personName: string | null;
  summary: string;
}

/** What survives being written down and read again. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

export interface DeviceVerbs {
  /** Durable on this device when it answers ok; sent by itself after ten seconds. */
  saveContact(contact: NewContactInput, words: ItemWords): Promise<SaveAnswer>;
  saveProfile(edit: EditClientInput, words: ItemWords): Promise<SaveAnswer>;
  /** Ends a pair of values by a person's choice. Needs signal: nobody else may have chosen meanwhile. */
  choose(pair: CarriedConflict, which: "kept" | "proposed"): Promise<ChooseAnswer>;
  /** Takes an item back before it has been sent. too-late: it may have arrived; use `voidLater`. */
  undo(id: string): Promise<ChangeAnswer>;
  /** Voids a contact, whether it has arrived or not yet; sent after it. */
  voidLater(contact: { id: string; clientId: string }, reason: string, words: ItemWords): Promise<SaveAnswer>;
  /** Puts a mended contact in the place of a parked one; where its id may be taken, under a new one. */
  mend(id: string, contact: NewContactInput, words: ItemWords): Promise<ChangeAnswer>;
  /** Puts a mended change of details in the place of a parked one, under the id that it brings. */
  mendProfile(id: string, edit: EditClientInput, words: ItemWords): Promise<SaveAnswer>;
  /** Sends a parked item again as it is. */
  resend(id: string): Promise<ChangeAnswer>;
  /** Removes a parked item for good. Ask first: nothing else removes what was saved. */
  remove(id: string): Promise<ChangeAnswer>;
  /** Sends what waits without holding it longer; resolves when it is sent or cannot be. */
  sendNow(): Promise<void>;
  /**
   * Keeps something that is not yet an item, such as a draft, sealed under a name for this account until it is
   * replaced; null forgets it. It outlives a lock and a reload. Never blocks: without room it is not kept.
   */
  keep(name: string, value: Json | null): Promise<void>;
  /** What was kept under a name; null when nothing is. */
  kept(name: string): Promise<Json | null>;
  /** Finds people: on the device at once, then with the server when it answers. Gives back how to stop. */
  findPeople(text: string, tell: (found: Found) => void): () => void;
  /** Somebody by id: from the device, else from the server. */
  getPerson(id: string): Promise<FieldPerson | "not-found" | "no-signal">;
  unlock(
    code: string,
  ): Promise<{ ok: true } | { ok: false; reason: "wrong" | "no-code" | "storage"; triesLeft: number }>;
  /** Unlocks the session with the server: by password, or in the demo by one press. */
  unlockOnline(
    password: string | null,
  ): Promise<{ ok: true } | { ok: false; reason: "wrong" | "throttled" | "no-signal" | "signed-out" }>;
  /** Asks the server for the device's key once more, so it needs signal. */
  setCode(
    code: string,
  ): Promise<{ ok: true } | { ok: false; reason: "weak" | "no-signal" | "storage"; problem: string }>;
  forgetCode(): Promise<void>;
  lock(): void;
  /** Starts again from the beginning, after signing in elsewhere or when signal is back. */
  tryAgain(): Promise<void>;
  /** Refuses with the number of unsent items, unless told to go on: they stay here, sealed, until the next sign-in. */
  signOut(choice: { leaveUnsent: boolean }): Promise<{ ok: true } | { ok: false; unsent: number }>;
}
