import { describe, expect, test } from "vitest";
import type { NewContactInput } from "../../server/domain/contact";
import { clearable, EMPTY, fold, type Ledger, type LedgerEvent, nextBatch, type Work } from "./ledger";
import { add, answered, mend, mendProfile, remove, undo } from "./verbs";

const WORDS = { personName: null, summary: "" };
const contact = (id: string, clientId: string, with_: Partial<NewContactInput> = {}): NewContactInput => ({
  id,
  clientId,
  serviceId: "s",
  occurredOn: "2026-11-22",
  channel: "phone",
  entries: [],
  ...with_,
});
const work = (id: string, clientId: string, with_: Partial<NewContactInput> = {}): Work => ({
  kind: "contact",
  id,
  clientId,
  contact: contact(id, clientId, with_),
});
const voidOf = (contactId: string, clientId: string): Work => ({
  kind: "void",
  id: `void of ${contactId}`,
  clientId,
  contactId,
  reason: "Logged twice",
  onlyIfStored: false,
});
const edit = (id: string, clientId: string): Work => ({
  kind: "profile",
  id,
  clientId,
  edit: editOf(id, clientId),
});
const editOf = (editId: string, id: string) => ({
  id,
  editId,
  changes: [{ field: "phone" as const, from: null, to: "07700 900123" }],
});
const added = (work: Work): LedgerEvent => ({ kind: "added", work, words: WORDS, savedAt: "" });
const parked = (id: string, because: "refused" | "rejected" | "conflict" = "refused"): LedgerEvent => ({
  kind: "parked",
  id,
  because,
  verdict: { reason: "No", fields: {} },
});
const ledgerOf = (...events: LedgerEvent[]): Ledger =>
  fold(
    EMPTY,
    events.map((event, at) => ({ position: at + 1, event })),
  );
const batch = (ledger: Ledger, held: readonly string[] = [], most = 10) =>
  nextBatch(ledger, ({ work }) => held.includes(work.id), most).batch.map(({ work }) => work.id);

describe("The next batch", () => {
  const three = [added(work("1", "ann")), added(work("2", "bob")), added(work("3", "ann"))];

  test("takes contacts together, in the order saved, and no more than asked for", () => {
    expect(batch(ledgerOf(...three))).toEqual(["1", "2", "3"]);
    expect(batch(ledgerOf(...three), [], 2)).toEqual(["1", "2"]);
  });

  test("leaves what is held, and what comes after it for the same person", () => {
    expect(batch(ledgerOf(...three), ["1"])).toEqual(["2"]);
  });

  test("sends a void alone, after its contact, and not while that is refused", () => {
    const voided = [added(work("1", "ann")), added(voidOf("1", "ann"))];
    expect(batch(ledgerOf(...voided))).toEqual(["1"]);
    expect(batch(ledgerOf(...voided, { kind: "answered", id: "1", verdict: null }))).toEqual(["void of 1"]);
    expect(batch(ledgerOf(...voided, parked("1")))).toEqual([]);
  });

  test("sends a change of somebody new after the contact that brings them, and not while that is refused", () => {
    const newcomer = [added(work("1", "ann", { newClient: { givenName: "Ann" } })), added(edit("2", "ann"))];
    expect(batch(ledgerOf(...newcomer))).toEqual(["1"]);
    expect(batch(ledgerOf(...newcomer, { kind: "answered", id: "1", verdict: null }))).toEqual(["2"]);
    expect(batch(ledgerOf(...newcomer, parked("1")))).toEqual([]);
    expect(batch(ledgerOf(added(work("1", "ann")), added(edit("2", "ann")), parked("1")))).toEqual(["2"]);
  });

  test("goes on past an item that is parked", () => {
    expect(batch(ledgerOf(...three, parked("1")))).toEqual(["2", "3"]);
  });
});

describe("Somebody who is new", () => {
  const newClient = { givenName: "Amina" };

  test("travels with each of their contacts until one is stored", () => {
    const first = ledgerOf(added(work("1", "ann", { newClient })));
    const [second] = add(first, work("2", "ann"), WORDS, "");
    expect(second).toMatchObject({ work: { contact: { newClient } } });
    const stored = fold(first, [{ position: 2, event: { kind: "answered", id: "1", verdict: null } }]);
    const [third] = add(stored, work("3", "ann"), WORDS, "");
    expect(third).not.toHaveProperty("work.contact.newClient");
  });
});

describe("Taking back", () => {
  test("is undone while nothing has left, and too late once it may have", () => {
    const waiting = ledgerOf(added(work("1", "ann")));
    expect(undo(waiting, "1")).toEqual([{ kind: "undone", id: "1" }]);
    expect(undo(ledgerOf(added(work("1", "ann")), { kind: "sending", ids: ["1"] }), "1")).toBeNull();
  });

  test("removes what the server refused, and voids what may have arrived before it was rejected", () => {
    const sent: LedgerEvent = { kind: "sending", ids: ["1"] };
    expect(remove(ledgerOf(added(work("1", "ann")), sent, sent, parked("1")), "1")).toEqual([
      { kind: "removed", id: "1" },
    ]);
    expect(remove(ledgerOf(added(work("1", "ann")), sent, sent, parked("1", "rejected")), "1")).toMatchObject(
      [{ kind: "removed" }, { kind: "added", work: { kind: "void", contactId: "1", onlyIfStored: true } }],
    );
    expect(remove(ledgerOf(added(work("1", "ann"))), "1")).toBeNull();
  });

  test("takes the voids of a removed contact with it", () => {
    const ledger = ledgerOf(added(work("1", "ann")), added(voidOf("1", "ann")), parked("1"), {
      kind: "removed",
      id: "1",
    });
    expect([...ledger.items.values()].map(({ state }) => state)).toEqual(["removed", "removed"]);
  });
});

describe("Mending", () => {
  const mended = contact("1", "ann", { note: "mended" });

  test("keeps the id of what was refused, and takes a new one where the old may be taken", () => {
    const refused = ledgerOf(added(work("1", "ann")), parked("1"));
    expect(mend(refused, "1", mended, WORDS, () => "new")).toMatchObject([
      { kind: "mended", work: { id: "1" } },
    ]);
    const taken = ledgerOf(added(work("1", "ann")), parked("1", "conflict"));
    expect(mend(taken, "1", mended, WORDS, () => "new")).toMatchObject([
      { kind: "removed", id: "1" },
      { kind: "added", work: { id: "new", contact: { id: "new", note: "mended" } } },
    ]);
  });
});

describe("A change of details", () => {
  const verdict = { reason: "Two values", fields: { phone: "Two values" } };

  test("that was refused is mended under an id of its own", () => {
    const refused = ledgerOf(added(edit("1", "ann")), parked("1"));
    expect(mendProfile(refused, "1", editOf("2", "ann"), WORDS, "")).toMatchObject([
      { kind: "removed", id: "1" },
      { kind: "added", work: { kind: "profile", id: "2", clientId: "ann" } },
    ]);
    expect(mendProfile(ledgerOf(added(edit("1", "ann"))), "1", editOf("2", "ann"), WORDS, "")).toBeNull();
  });

  test("that fought with another asks nothing more once somebody has chosen", () => {
    const fought = ledgerOf(added(edit("1", "ann")), { kind: "answered", id: "1", verdict });
    expect(answered(fought, () => true, 9)).toEqual([]);
    expect(answered(fought, () => false, 9)).toEqual([{ kind: "answered", id: "1", verdict: null }]);
    // What the server told before the change arrived says nothing of it.
    expect(answered(fought, () => false, 1)).toEqual([]);
  });
});

describe("Clearing away", () => {
  test("keeps the newest event, shared events and the last few settled items", () => {
    const ids = Array.from({ length: 12 }, (_, at) => `c${at}`);
    const events: LedgerEvent[] = [
      ...ids.map((id) => added(work(id, id))),
      { kind: "sending", ids },
      // The last one is still without an answer.
      ...ids.slice(0, -1).map((id): LedgerEvent => ({ kind: "answered", id, verdict: null })),
    ];
    const ledger = ledgerOf(...events);
    const cleared = clearable(ledger, ledger.position);
    expect(cleared.ids).toEqual(["c0"]);
    const sendingAt = ids.length + 1;
    expect(cleared.positions).not.toContain(sendingAt);
    expect(cleared.positions).not.toContain(ledger.position);
    expect(clearable(ledger, 3).ids).toEqual([]);
  });
});
