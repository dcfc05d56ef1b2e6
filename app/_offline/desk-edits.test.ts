import { describe, expect, test } from "vitest";
import { endOf } from "./desk-edits";
import type { DeviceState, ItemState, Open, OutboxItem } from "./device-state";

const ID = "edit-1";

const item = (state: ItemState, reason: string | null = null): OutboxItem => ({
  id: ID,
  kind: "profile",
  state,
  reason,
  fields: {},
  clientId: "client-1",
  personName: "Dawn Ellis",
  summary: "Details: phone",
  savedAt: new Date("2026-11-20T10:00:00Z"),
  holdMs: 0,
  contact: null,
  edit: null,
});

const open = (...items: OutboxItem[]): Open => ({
  status: "open",
  viewer: {
    accountId: "account-1",
    memberId: "member-1",
    name: "Amina Begum",
    organisationId: 1,
    organisationName: "Advice",
    roles: ["caseworker"],
    serviceId: null,
  },
  services: [],
  people: [],
  crisisCards: [],
  needPairs: [],
  today: null,
  items,
  sync: { state: "waiting", done: 0, total: 0, unsent: 1, needsYou: 0, lastInStepAt: null },
  hasCode: false,
  wipedBecause: null,
  othersWaiting: 0,
});

/** A device whose state is set by hand. */
class ByHand {
  #state: DeviceState;
  readonly listeners = new Set<() => void>();
  constructor(state: DeviceState) {
    this.#state = state;
  }
  readonly state = () => this.#state;
  readonly subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
  show(state: DeviceState): void {
    this.#state = state;
    for (const listener of this.listeners) listener();
  }
}

const STARTING: DeviceState = { status: "starting" };

describe("A change of details that the desk keeps on the device", () => {
  test.each([
    { shows: item("sent"), ends: { as: "sent" } },
    { shows: item("needs-you", "Somebody else changed it."), ends: { as: "two-values" } },
    { shows: item("refused", "Check the year."), ends: { as: "refused", reason: "Check the year." } },
    { shows: item("undone"), ends: { as: "undone" } },
  ])("waits no more once it is $shows.state", async ({ shows, ends }) => {
    const device = new ByHand(open(item("held")));
    const ended = endOf(device, ID);
    for (const state of [open(item("waiting")), open(item("sending")), STARTING, open(shows)]) {
      expect(device.listeners.size).toBe(1);
      device.show(state);
    }
    expect(await ended).toEqual(ends);
    expect(device.listeners.size).toBe(0);
  });

  test("waits no more once it was removed from the outbox", async () => {
    const device = new ByHand(open(item("refused")));
    device.show(open());
    expect(await endOf(device, ID)).toEqual({ as: "gone" });
  });

  test("is known to be sent when that was so before anybody asked", async () => {
    const device = new ByHand(open(item("sent")));
    expect(await endOf(device, ID)).toEqual({ as: "sent" });
    expect(device.listeners.size).toBe(0);
  });
});
