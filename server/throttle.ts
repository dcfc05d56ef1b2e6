/**
 * How often somebody may guess: ten times in five minutes for an account and for an address, each answer slower
 * than the one before. What was right was no guess: a whole office behind one address signs in without waiting.
 * Buckets are keyed hashes, so the table names nobody. A stranger who uses up an account's guesses does not lock its
 * owner out: an address that has signed in to the account before has its own bucket.
 */

import { createHmac } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Sql, Tx } from "../db/client";
import { record } from "./audit";
import { type ActorCtx, inTransaction } from "./context";
import { NotAllowed } from "./domain/errors";
import { key } from "./keys";

export const MOST_ATTEMPTS = 10;
export const WINDOW_MINUTES = 5;
const AN_HOUR = 60;
const KNOWN_DAYS = 30;
const FREE_ATTEMPTS = 3;
const FIRST_DELAY_MS = 250;
const LONGEST_DELAY_MS = 8_000;

/** Who tries: the account as it was typed, whether or not it exists, and where from. */
export interface Attempt {
  account: string;
  /** Null for a try within a session: whoever has one has signed in, and is no stranger who tries many accounts. */
  address: string | null;
}

/** The bucket of something, such that nobody can work out what it is of. */
function bucket(...of: string[]): string {
  return createHmac("sha256", key("session"))
    .update(["throttle", ...of].join("\0"))
    .digest("base64url");
}

const knownBucket = (account: string, address: string) => bucket("known", account, address);

/**
 * Counts an attempt and says whether it may go ahead and how long its answer waits. Commit before the attempt is
 * judged: what is tried at the same moment counts too. Runs in a transaction for sign-in.
 */
export async function takeAttempt(tx: Tx, attempt: Attempt): Promise<{ allowed: boolean; delayMs: number }> {
  const buckets = (await bucketsOf(tx, attempt)).sort();
  await tx`
    insert into casework.throttle as t (bucket, window_start, attempts)
    select b, date_trunc('minute', now()), 1 from unnest(${buckets}::text[]) as b
    on conflict (bucket, window_start) do update set attempts = t.attempts + 1`;
  const [most] = await tx<{ attempts: number }[]>`
    select coalesce(max(attempts), 0)::int as attempts from (
      select sum(attempts) as attempts from casework.throttle
      where bucket = any (${buckets}) and window_start > now() - ${WINDOW_MINUTES} * interval '1 minute'
      group by bucket) as recent`;
  const attempts = most?.attempts ?? 0;
  const doublings = attempts - FREE_ATTEMPTS - 1;
  return {
    allowed: attempts <= MOST_ATTEMPTS,
    delayMs: doublings < 0 ? 0 : Math.min(FIRST_DELAY_MS * 2 ** doublings, LONGEST_DELAY_MS),
  };
}

async function bucketsOf(tx: Tx, { account, address }: Attempt): Promise<string[]> {
  if (address === null) return [bucket("account", account)];
  const [known] = await tx`
    select 1 from casework.throttle
    where bucket = ${knownBucket(account, address)}
      and window_start > now() - ${KNOWN_DAYS} * interval '1 day'`;
  const guarded = known ? bucket("account", account, address) : bucket("account", account);
  return [guarded, bucket("address", address)];
}

/**
 * Forgets the failures of an account whose owner has just been right, and knows their address from now on. Of the
 * address, only this one try is taken back.
 */
export async function forgiveAttempts(tx: Tx, { account, address }: Attempt): Promise<void> {
  if (address === null) {
    await tx`delete from casework.throttle where bucket = ${bucket("account", account)}`;
    return;
  }
  const [own, from] = [bucket("account", account, address), bucket("address", address)];
  const forgiven = [bucket("account", account), own];
  // In the order in which tries take them, so that neither waits for the other.
  await tx`
    select 1 from casework.throttle where bucket = any (${[...forgiven, from]})
    order by bucket collate "C" for update`;
  await tx`delete from casework.throttle where bucket = any (${forgiven})`;
  await tx`
    update casework.throttle set attempts = attempts - 1
    where bucket = ${from} and window_start = (
      select max(window_start) from casework.throttle where bucket = ${from})`;
  await tx`delete from casework.throttle where bucket = ${from} and attempts <= 0`;
  const known = knownBucket(account, address);
  await tx`delete from casework.throttle where bucket = ${known}`;
  await tx`insert into casework.throttle (bucket, window_start, attempts) values (${known}, now(), 0)
           on conflict do nothing`;
}

/**
 * Counts a turn at something that may be asked for so many times in five minutes, or in another window of up to an hour,
 * and says whether it is one of them. Runs in a transaction for sign-in.
 */
export async function takeTurn(
  tx: Tx,
  of: readonly string[],
  most: number,
  minutes: number = WINDOW_MINUTES,
): Promise<boolean> {
  const turns = bucket("turn", ...of);
  // One after the other, also either side of a minute, where they write different rows.
  await tx`select pg_advisory_xact_lock(hashtextextended(${turns}, 0))`;
  await tx`
    insert into casework.throttle as t (bucket, window_start, attempts)
    values (${turns}, date_trunc('minute', now()), 1)
    on conflict (bucket, window_start) do update set attempts = t.attempts + 1`;
  const [taken] = await tx<{ attempts: number }[]>`
    select coalesce(sum(attempts), 0)::int as attempts from casework.throttle
    where bucket = ${turns} and window_start > now() - ${minutes} * interval '1 minute'`;
  return (taken?.attempts ?? 0) <= most;
}

/**
 * Counts something for good that may be asked for so many times an hour by a member, and by their account in all its
 * organisations, before anything of it is read; a refusal is recorded as the action that is named. Throws NotAllowed.
 */
export async function takeCounted(
  ctx: ActorCtx,
  { of, most, refusal, words }: { of: string; most: number; refusal: string; words: string },
): Promise<void> {
  const { accountId, memberId } = ctx.actor;
  const allowed = await inTransaction(
    ctx,
    async (tx) => {
      const byAccount = await takeTurn(tx.db, [`${of} of account`, accountId], most, AN_HOUR);
      const may = (await takeTurn(tx.db, [of, memberId], most, AN_HOUR)) && byAccount;
      if (!may) await record(tx, refusal, { subjects: [{ kind: "member", id: memberId }] });
      return may;
    },
    "sign-in",
  );
  if (!allowed) throw new NotAllowed(words);
}

/** Waits as long as a refused guess must. */
export async function slowDown(delayMs: number): Promise<void> {
  if (delayMs > 0) await sleep(delayMs);
}

/** Removes what no longer counts. Work of the worker. */
export async function forgetAttempts(app: Sql): Promise<void> {
  await app.begin(async (tx) => {
    await tx`select set_config('app.purpose', 'sign-in', true)`;
    await tx`
      delete from casework.throttle
      where (attempts > 0 and window_start < now() - interval '2 hours')
         or window_start < now() - ${KNOWN_DAYS} * interval '1 day'`;
  });
}
