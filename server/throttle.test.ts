import { setTimeout as sleep } from "node:timers/promises";
import { beforeEach, expect, test } from "vitest";
import type { Tx } from "../db/client";
import { inTransaction, makeContext } from "./context";
import { testDatabase } from "./testing";
import {
  type Attempt,
  forgetAttempts,
  forgiveAttempts,
  MOST_ATTEMPTS,
  takeAttempt,
  takeTurn,
} from "./throttle";

const db = await testDatabase();
const ctx = makeContext({ app: db.app, reader: db.reader }, null);
const take = (attempt: Attempt) => inTransaction(ctx, (tx) => takeAttempt(tx.db, attempt), "sign-in");
const at = (n: number): Attempt => ({ account: "ann@advice.test", address: `192.0.2.${n}` });
const age = (by: string) =>
  db.administrator`update casework.throttle set window_start = window_start - ${by}::interval`;

beforeEach(async () => {
  await db.administrator`delete from casework.throttle`;
});

test("three attempts are answered at once, each later one waits twice as long, ten in all", async () => {
  const taken = [];
  for (let n = 0; n <= MOST_ATTEMPTS; n++) taken.push(await take(at(n)));
  expect(taken.map(({ delayMs }) => delayMs)).toEqual([
    0, 0, 0, 250, 500, 1000, 2000, 4000, 8000, 8000, 8000,
  ]);
  expect(taken.map(({ allowed }) => allowed)).toEqual([...Array(10).fill(true), false]);
});

test("attempts at the same moment are all counted", async () => {
  const taken = await Promise.all(Array.from({ length: 25 }, (_, n) => take(at(n))));
  expect(taken.filter(({ allowed }) => allowed)).toHaveLength(MOST_ATTEMPTS);
});

test("the five minutes slide: four minutes later the first attempts still count", async () => {
  for (let n = 0; n < MOST_ATTEMPTS; n++) await take(at(n));
  await age("4 minutes");
  expect((await take(at(50))).allowed).toBe(false);
  await age("1 minute");
  expect((await take(at(51))).allowed).toBe(true);
});

test("signing in forgives an account's failures, of its address no more than this one try", async () => {
  const guesses = MOST_ATTEMPTS - 1;
  for (let n = 0; n < guesses; n++) await take({ account: `n${n}@advice.test`, address: "192.0.2.1" });
  expect((await take(at(1))).allowed).toBe(true);
  await inTransaction(ctx, (tx) => forgiveAttempts(tx.db, at(1)), "sign-in");
  expect((await take(at(1))).allowed).toBe(true);
  expect((await take(at(1))).allowed).toBe(false);
  expect((await take(at(2))).allowed).toBe(true);
});

test("an office behind one address signs in one after another without waiting", async () => {
  for (let n = 0; n < 3 * MOST_ATTEMPTS; n++) {
    const colleague = { account: `n${n}@advice.test`, address: "192.0.2.1" };
    expect(await take(colleague)).toEqual({ allowed: true, delayMs: 0 });
    await inTransaction(ctx, (tx) => forgiveAttempts(tx.db, colleague), "sign-in");
  }
});

test("tries within a session count for its account, wherever they come from, and for no address", async () => {
  const within = { account: "unlock ann", address: null };
  for (let n = 0; n < MOST_ATTEMPTS; n++) expect((await take(within)).allowed).toBe(true);
  expect((await take(within)).allowed).toBe(false);
  expect((await take(at(1))).allowed).toBe(true);
});

test("what no longer counts is removed, an address that signed in stays known for 30 days", async () => {
  await take(at(1));
  await inTransaction(ctx, (tx) => forgiveAttempts(tx.db, at(1)), "sign-in");
  await take(at(2));
  await age("2 hours");
  await forgetAttempts(db.app);
  expect(await db.administrator`select attempts from casework.throttle`).toEqual([{ attempts: 0 }]);
  await age("30 days");
  await forgetAttempts(db.app);
  expect(await db.administrator`select attempts from casework.throttle`).toEqual([]);
});

test("turns at the same moment wait for one another, also where a minute ends between them", async () => {
  const turn = (tx: Tx) => takeTurn(tx, ["gate"], 1, 60);
  let other: Promise<boolean> | undefined;
  const first = await inTransaction(
    ctx,
    async ({ db: tx }) => {
      const may = await turn(tx);
      // As if this had been counted in the minute before: the other one writes a row of its own.
      await tx`update casework.throttle set window_start = window_start - interval '1 minute'`;
      other = inTransaction(ctx, ({ db }) => turn(db), "sign-in");
      await sleep(200);
      return may;
    },
    "sign-in",
  );
  expect([first, await other]).toEqual([true, false]);
});
