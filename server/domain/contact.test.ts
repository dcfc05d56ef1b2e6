import fc from "fast-check";
import { expect, test } from "vitest";
import { acceptContact, type Known, logContactsSchema, newContactSchema } from "./contact";
import { stateOf } from "./issue";
import { NEEDS } from "./needs";
import { addDays } from "./period";

const id = (number: number) => `0192f0c1-0000-7000-8000-${String(number).padStart(12, "0")}`;
const today = "2026-05-31";

const known = (with_: Partial<Known> = {}): Known => ({
  today,
  source: "device",
  identifierRules: { currentYear: 2026, testRanges: false },
  services: new Map([[id(1), { closedOn: null }]]),
  clients: new Map([[id(2), { anonymous: false }]]),
  issues: new Map(),
  corrected: new Map(),
  erased: new Set(),
  ...with_,
});

const contact = (with_: object = {}) =>
  newContactSchema.parse({
    id: id(3),
    clientId: id(2),
    serviceId: id(1),
    occurredOn: today,
    channel: "phone",
    entries: [{ issueId: id(4), need: "HOU-04", status: "new", severity: "high", ours: true }],
    ...with_,
  });

test("An id in capitals is the same id", () => {
  expect(contact({ id: id(10).toUpperCase() }).id).toBe(id(10));
});

test("A note of 4,000 characters is taken, one more is not; nor is a character that cannot be stored", () => {
  const read = (note: string) => newContactSchema.safeParse({ ...contact(), note }).success;
  expect(read("x".repeat(4_000))).toBe(true);
  expect(read("x".repeat(4_001))).toBe(false);
  expect(read("x\u0000")).toBe(false);
});

test("From 1 to 20 issues are logged at one contact, and from 1 to 50 contacts sent at once", () => {
  const entries = (count: number) =>
    Array.from({ length: count }, (_, at) => ({ ...contact().entries[0], issueId: id(100 + at) }));
  const takes = (count: number) =>
    newContactSchema.safeParse({ ...contact(), entries: entries(count) }).success;
  expect([0, 1, 20, 21].map(takes)).toEqual([false, true, true, false]);
  const sends = (count: number) =>
    logContactsSchema.safeParse({ contacts: Array.from({ length: count }, () => ({ id: id(1) })) }).success;
  expect([0, 1, 50, 51].map(sends)).toEqual([false, true, true, false]);
});

test("A reason is asked for from the 91st day back, by devices only", () => {
  const asked = (days: number, source: Known["source"]) =>
    "refusal" in acceptContact(contact({ occurredOn: addDays(today, -days) }), known({ source }));
  expect([90, 91].map((days) => asked(days, "device"))).toEqual([false, true]);
  expect(asked(5_000, "import")).toBe(false);
});

test("Every need in use can be logged, and every refusal names a field and ends as a sentence", () => {
  fc.assert(
    fc.property(
      fc.record({
        need: fc.constantFrom(...NEEDS.map(({ code }) => code), "HOU-99", ""),
        status: fc.constantFrom("new", "ongoing", "improved", "worsened", "resolved", "no-longer-relevant"),
        label: fc.constantFrom(null, "A label"),
        anonymous: fc.boolean(),
        clientId: fc.constantFrom(id(2), id(7)),
        serviceId: fc.constantFrom(id(1), id(8)),
        days: fc.integer({ min: -200, max: 5 }),
      }),
      ({ days, anonymous, clientId, serviceId, ...entry }) => {
        const sent = contact({
          anonymous,
          clientId,
          serviceId,
          occurredOn: addDays(today, days),
          entries: [{ issueId: id(4), severity: "low", ours: false, ...entry }],
        });
        const taken = acceptContact(sent, known());
        if ("accepted" in taken) {
          expect(taken.accepted.entries.map(({ opens }) => opens)).toEqual([true]);
          return;
        }
        expect(Object.keys(taken.refusal.fields)).toHaveLength(1);
        expect(taken.refusal.reason).toMatch(/^[A-Z].+\.$/);
      },
    ),
  );
});

test("An issue stands where its latest entry left it, whatever the order in which entries arrive", () => {
  const entry = (day: number, receivedNo: number, status: "new" | "ongoing" | "resolved") => ({
    contactId: id(receivedNo),
    occurredOn: addDays(today, day),
    receivedNo: BigInt(receivedNo),
    status,
    severity: "low" as const,
    ours: true,
  });
  const entries = [
    entry(-9, 12, "new"),
    entry(-5, 9, "ongoing"),
    entry(-5, 11, "resolved"),
    entry(-7, 20, "ongoing"),
  ];
  fc.assert(
    fc.property(fc.shuffledSubarray(entries, { minLength: 4 }), (shuffled) => {
      const state = stateOf(shuffled);
      expect(state.course.map(({ receivedNo }) => Number(receivedNo))).toEqual([12, 20, 9, 11]);
      expect([state.latest?.status, state.open]).toEqual(["resolved", false]);
    }),
  );
  expect(stateOf([])).toEqual({ latest: null, open: false, course: [] });
});
