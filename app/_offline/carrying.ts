/**
 * What a device carries for working without signal, sealed: brought in step with the server, and removed again when it
 * is two weeks old or its room is needed for what a worker saves.
 */
import type { ProfileField } from "../../server/domain/profile-terms";
import type { TakeAlong, TakeAlongAnswer } from "../../server/domain/take-along";
import type { Wiped } from "./device-state";
import { type AccountStore, CARRIED, type SharedStore } from "./store";
import { isTooOld, type LearntTime, learnTime } from "./today";
import type { IsOpen } from "./verbs";

export interface Carried {
  /** Null when people were removed from it: then the server is asked for all of it. */
  version: string | null;
  along: TakeAlong;
  learnt: LearntTime;
  /** The place in the ledger up to which it knows what was sent. */
  position: number;
  /** Why the people in it are gone; null while they are not. */
  wiped: Wiped | null;
}

const CLOCK = "clock";
const IN_STEP = "in-step";

export class Carrying {
  #carried: Carried | null = null;
  #inStepAt: Date | null = null;
  readonly #store: AccountStore;
  readonly #shared: SharedStore;
  readonly #profile: string;

  constructor(store: AccountStore, shared: SharedStore, profile: string) {
    this.#store = store;
    this.#shared = shared;
    this.#profile = profile;
  }

  get carried(): Carried | null {
    return this.#carried;
  }

  /** When the server last said so and nothing was left to send; by this device's clock. */
  get inStepAt(): Date | null {
    return this.#inStepAt;
  }

  /** Reads what lies on the device: at the start, and when another tab has brought it in step. */
  async read(): Promise<void> {
    // Closed by this class alone.
    this.#carried = (await this.#store.kept(CARRIED)) as Carried | null;
    const inStep = await this.#store.kept(IN_STEP);
    this.#inStepAt = typeof inStep === "string" ? new Date(inStep) : null;
  }

  /** Takes the server's answer to a question asked when the ledger was at `position`. */
  async take(answer: TakeAlongAnswer, position: number, isAllSent: boolean): Promise<void> {
    const learnt = learnTime(answer.serverNow, answer.today, Date.now());
    if (!answer.unchanged) {
      const { version, viewer, services, people, crisisCards, needPairs } = answer;
      const along = { viewer, services, people, crisisCards, needPairs };
      this.#carried = { version, along, learnt, position, wiped: null };
    } else if (this.#carried) {
      this.#carried = { ...this.#carried, learnt, position: Math.max(position, this.#carried.position) };
    }
    await this.#keep();
    await this.#store.keep(CLOCK, Date.now());
    if (!isAllSent) return;
    this.#inStepAt = new Date();
    await this.#store.keep(IN_STEP, this.#inStepAt.toISOString());
  }

  /** Two weeks without the server: people's details do not stay longer. */
  async dropIfOld(): Promise<void> {
    if (!this.#carried) return;
    const seen = await this.#store.kept(CLOCK);
    const latest = Math.max(Date.now(), typeof seen === "number" ? seen : 0);
    await this.#store.keep(CLOCK, latest);
    if (isTooOld(latest, this.#carried.learnt.at)) await this.dropPeople("too-old");
  }

  /** Removes the people from what is carried; the worker's own services and words stay. */
  async dropPeople(wiped: Wiped): Promise<void> {
    if (!this.#carried || this.#carried.along.people.length === 0) return;
    const along = { ...this.#carried.along, people: [] };
    this.#carried = { ...this.#carried, version: null, wiped, along };
    await this.#keep();
  }

  async #keep(): Promise<void> {
    const isKept = (await this.#store.keep(CARRIED, this.#carried)) === "kept";
    // What cannot be kept anew must not lie there as it was.
    if (!isKept) await this.#store.forget(CARRIED);
    await this.#shared.changeProfile(this.#profile, {
      version: isKept ? (this.#carried?.version ?? null) : null,
      ...(this.#carried && { name: this.#carried.along.viewer.name }),
    });
  }
}

/** What is carried tells of everybody in it; of anybody else nothing is known, so their pairs stay. */
export function openPairs({ along }: Carried): IsOpen {
  const fieldsOf = new Map<string, ReadonlySet<ProfileField>>(
    along.people.map(({ id, conflicts = [] }) => [id, new Set(conflicts.map(({ field }) => field))]),
  );
  return (clientId, field) => {
    const fields: ReadonlySet<string> | undefined = fieldsOf.get(clientId);
    return fields?.has(field) ?? true;
  };
}
