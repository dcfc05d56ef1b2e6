/**
 * Locking: five minutes without a sign of life lock a session, and whoever sits there proves again who they are
 * before it answers. A locked session is the same one afterwards: what was begun goes on. By the device, which holds
 * a key that it had to be opened for; by the password, with as many guesses as at sign-in; in the demo, by one press.
 */

import { randomBytes, timingSafeEqual } from "node:crypto";
import { record } from "./audit";
import { type Ctx, inTransaction, type Session, type TxCtx } from "./context";
import { deviceKey } from "./devices";
import { proofOf, type Unlocked } from "./domain/device";
import type { UnlockWay } from "./domain/device-input";
import { isPassword } from "./passwords";
import { isDemoAccount } from "./sessions";
import { forgiveAttempts, slowDown, takeAttempt } from "./throttle";

/** A call by a session that is locked, or open. */
type LockCtx = Ctx & { session: Session };

const CHALLENGE_MINUTES = 2;

/** Somebody did something: the five minutes begin anew. Called at most once a minute, while there is touch or key. */
export async function showLife(ctx: Ctx & { caller: { session: Session } }): Promise<void> {
  await inTransaction(
    ctx,
    ({ db }) => db`update casework.session set seen_at = now() where id = ${ctx.caller.session.id}`,
    "sign-in",
  );
}

/** Locks the session at once, as when its owner puts the phone down. */
export async function lockSession(ctx: LockCtx): Promise<void> {
  await inTransaction(
    ctx,
    async (tx) => {
      await tx.db`
        update casework.session set locked_at = coalesce(locked_at, now()) where id = ${ctx.session.id}`;
      await record(tx, "session.lock", { subjects: [{ kind: "session", id: ctx.session.id }] });
    },
    "sign-in",
  );
}

/** A nonce for the device to answer with `proofOf`: good once, for two minutes; a newer one replaces it. */
export async function challengeSession(ctx: LockCtx): Promise<{ nonce: string }> {
  const nonce = randomBytes(32).toString("base64");
  await inTransaction(
    ctx,
    ({ db }) => db`
      update casework.session set challenge = ${nonce}, challenged_at = now() where id = ${ctx.session.id}`,
    "sign-in",
  );
  return { nonce };
}

/** Unlocks a session. Tries are counted for the account, as at sign-in; a wrong one is recorded. */
export async function unlockSession(ctx: LockCtx, way: UnlockWay): Promise<Unlocked> {
  const { session } = ctx;
  const attempt = { account: `unlock ${session.accountId}`, address: null };
  const { allowed, delayMs } = await inTransaction(ctx, ({ db }) => takeAttempt(db, attempt), "sign-in");
  await slowDown(delayMs);
  if (!allowed) return { ok: false, reason: "throttled" };
  const right = await inTransaction(ctx, (tx) => isRight(tx, session, way), "sign-in");
  const subjects = [{ kind: "session" as const, id: session.id }];
  const by = "proof" in way ? "device" : "password" in way ? "password" : "demo";
  return inTransaction(
    ctx,
    async (tx) => {
      if (!right) {
        await record(tx, "session.unlock-refuse", { subjects, detail: { by } });
        return { ok: false, reason: "wrong" };
      }
      await forgiveAttempts(tx.db, attempt);
      await tx.db`update casework.session set seen_at = now(), locked_at = null where id = ${session.id}`;
      await record(tx, "session.unlock", { subjects, detail: { by } });
      return { ok: true };
    },
    "sign-in",
  );
}

async function isRight({ db }: TxCtx<LockCtx>, session: Session, way: UnlockWay): Promise<boolean> {
  if ("password" in way) {
    const [account] = await db<{ passwordHash: string | null }[]>`
      select password_hash from casework.account where id = ${session.accountId}`;
    return isPassword(way.password, account?.passwordHash ?? null);
  }
  if ("demo" in way) {
    const [account] = await db`
      select 1 from casework.account as a where a.id = ${session.accountId} and ${isDemoAccount(db)}`;
    return account !== undefined;
  }
  // The challenge is spent by the asking, right or wrong.
  const [asked] = await db<{ challenge: string; keyId: string }[]>`
    update casework.session as s set challenge = null
    from casework.session as before
    join casework.device as d on d.account_id = before.account_id and d.id = before.device_id
    where s.id = ${session.id} and before.id = s.id and d.id = ${way.deviceId} and d.revoked_at is null
      and before.challenge is not null
      and before.challenged_at > now() - ${CHALLENGE_MINUTES} * interval '1 minute'
    returning before.challenge, d.key_id`;
  if (!asked) return false;
  const expected = await proofOf(deviceKey(session.accountId, way.deviceId, asked.keyId), asked.challenge);
  const [given, right] = [Buffer.from(way.proof), Buffer.from(expected)];
  return given.length === right.length && timingSafeEqual(given, right);
}
