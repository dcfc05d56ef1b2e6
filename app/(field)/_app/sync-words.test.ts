import { expect, test } from "vitest";
import type { SyncState } from "../../_offline/device-state";
import { signOf, syncInWords } from "./sync-words";

const sync = (some: Partial<SyncState>): SyncState => ({
  state: "in-step",
  done: 0,
  total: 0,
  unsent: 0,
  needsYou: 0,
  lastInStepAt: null,
  ...some,
});

test.each([
  [{ state: "in-step" }, "All sent"],
  [{ state: "waiting", unsent: 2 }, "2 waiting"],
  [{ state: "no-signal" }, "No signal"],
  [{ state: "no-signal", unsent: 3 }, "No signal"],
  [{ state: "sending", unsent: 9, done: 3, total: 9 }, "Sending 3 of 9"],
  [{ state: "needs-sign-in", unsent: 1 }, "1 waiting"],
  [{ state: "in-step", unsent: 1, needsYou: 1 }, "Needs you"],
  [{ state: "no-room", unsent: 1 }, "Storage full"],
] as const)("%o is said in the bar as %s", (some, words) => {
  expect(signOf(sync(some)).words).toBe(words);
});

test("the outbox says what is safe first, and what happens next", () => {
  expect(syncInWords(sync({ state: "no-signal", unsent: 1 }))).toBe(
    "1 thing is safe here. It goes when you have signal.",
  );
  expect(syncInWords(sync({ state: "no-signal", unsent: 3, needsYou: 1 }))).toBe(
    "2 things are safe here. They go when you have signal.",
  );
  expect(syncInWords(sync({ state: "needs-sign-in", unsent: 2 }))).toBe(
    "2 things are safe here. Sign in again, and they go by themselves.",
  );
  expect(syncInWords(sync({}))).toContain("Nothing waits");
});
