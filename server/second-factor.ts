/**
 * The second factor: a code of an app on one's own phone (TOTP, RFC 6238), or one of ten recovery codes. A code of the
 * app is taken once, within a step of thirty seconds either side (RFC 6238, 5.2), by the database's clock; a recovery
 * code is taken once, ever. Guesses are counted as at sign-in, and a hundred wrong ones in a row end it for codes of
 * the app (NIST SP 800-63B, 5.2.2), however slowly they come.
 */

import { randomInt } from "node:crypto";
import { generateSecret, generateURI, verify } from "otplib";
import type { Tx } from "../db/client";
import { record } from "./audit";
import { type Ctx, inTransaction, type Session } from "./context";
import { Conflict, Invalid, NotFound } from "./domain/errors";
import {
  type BothFactors,
  type CodeFault,
  isAppCode,
  keyInGroups,
  RECOVERY_ALPHABET,
  RECOVERY_CODES,
  RECOVERY_LENGTH,
  recoveryCodeInGroups,
} from "./domain/second-factor";
import { open, type Row, seal } from "./identity-vault";
import { hashPassword, isPassword } from "./passwords";
import { isDemoAccount } from "./sessions";
import { forgiveAttempts, slowDown, takeAttempt } from "./throttle";

const STEP_SECONDS = 30;
const MOST_FAILURES = 100;
const CHANGE_MINUTES = 30;
const ISSUER = "Common Need";

type SessionCtx = Ctx & { session: Session };
type Judged = { ok: true; by: "app" | "recovery-code" } | { ok: false; reason: CodeFault };

/** Where a secret lies, for its seal; an account belongs to no organisation. */
const rowOf = (accountId: string): Row => ({ organisationId: 0, id: accountId });

/** Judges a code that was typed for an account. What is tried at the same moment counts, too. */
export async function judgeCode(ctx: Ctx, accountId: string, code: string): Promise<Judged> {
  const attempt = { account: `second factor ${accountId}`, address: ctx.caller.address };
  const { allowed, delayMs } = await inTransaction(ctx, ({ db }) => takeAttempt(db, attempt), "sign-in");
  await slowDown(delayMs);
  if (!allowed) return { ok: false, reason: "throttled" };
  const judged = isAppCode(code)
    ? await inTransaction(ctx, ({ db }) => judgeAppCode(db, accountId, code), "sign-in")
    : await judgeRecoveryCode(ctx, accountId, code);
  if (judged.ok) await inTransaction(ctx, ({ db }) => forgiveAttempts(db, attempt), "sign-in");
  return judged;
}

interface Factor {
  secret: Buffer;
  lastStep: number;
  failures: number;
  epoch: number;
}

async function judgeAppCode(db: Tx, accountId: string, code: string): Promise<Judged> {
  const [factor] = await db<Factor[]>`
    select secret, last_step, failures, extract(epoch from clock_timestamp())::int as epoch
    from casework.second_factor where account_id = ${accountId} and confirmed_at is not null
    for update`;
  if (!factor) return { ok: false, reason: "wrong" };
  if (factor.failures >= MOST_FAILURES) return { ok: false, reason: "blocked" };
  const step = await stepOf(open("second_factor.secret", rowOf(accountId), factor.secret), code, factor);
  await db`
    update casework.second_factor
    set failures = ${step === null ? factor.failures + 1 : 0}, last_step = ${step ?? factor.lastStep}
    where account_id = ${accountId}`;
  return step === null ? { ok: false, reason: "wrong" } : { ok: true, by: "app" };
}

/** The time step whose code this is, later than the last one taken; null when it is none. */
async function stepOf(
  secret: string,
  code: string,
  { epoch, lastStep }: { epoch: number; lastStep: number },
): Promise<number | null> {
  const result = await verify({
    secret,
    token: code,
    epoch,
    epochTolerance: STEP_SECONDS,
    afterTimeStep: lastStep,
  });
  return result.valid && "timeStep" in result ? result.timeStep : null;
}

async function judgeRecoveryCode(ctx: Ctx, accountId: string, code: string): Promise<Judged> {
  const slot = code.slice(0, 1);
  const [found] = await inTransaction(
    ctx,
    ({ db }) => db<{ codeHash: string }[]>`
      select codes.code_hash from casework.recovery_code as codes
      where account_id = ${accountId} and slot = ${slot} and used_at is null`,
    "sign-in",
  );
  if (!(await isPassword(code, found?.codeHash ?? null))) return { ok: false, reason: "wrong" };
  return inTransaction(
    ctx,
    async ({ db }) => {
      const used = await db`
        update casework.recovery_code set used_at = now()
        where account_id = ${accountId} and slot = ${slot} and used_at is null`;
      if (used.count === 0) return { ok: false, reason: "wrong" };
      await db`update casework.second_factor set failures = 0 where account_id = ${accountId}`;
      return { ok: true, by: "recovery-code" };
    },
    "sign-in",
  );
}

/** What somebody needs to teach their app. */
export interface SetUp {
  /** What the picture holds: otpauth://… */
  uri: string;
  /** The same key to type, in groups of four. */
  key: string;
}

/**
 * The key of an app that is being set up: for one session the same until it is confirmed, and for another a new one,
 * so that whoever knows a password learns no key that its owner takes into use later. Throws Conflict for an account
 * that has a second factor and did not ask for another in this session.
 */
export async function beginSetUp(ctx: SessionCtx): Promise<SetUp> {
  const { accountId, email } = ctx.session;
  return inTransaction(
    ctx,
    async ({ db }) => {
      await db`
        insert into casework.second_factor (account_id) values (${accountId}) on conflict (account_id) do nothing`;
      const [row] = await db<{ isFirst: boolean; pendingSecret: Buffer | null }[]>`
        select confirmed_at is null as is_first, case when ${isPending(db)} then pending_secret end as pending_secret
        from casework.second_factor where account_id = ${accountId}
        for update`;
      const begun = row?.pendingSecret ? openPending(ctx.session, row.pendingSecret) : null;
      if (begun === null && !row?.isFirst) throw new Conflict("Your second step is set up already.");
      const secret = begun ?? (await makePending(db, ctx.session));
      return {
        uri: generateURI({ issuer: ISSUER, label: email, secret }),
        key: keyInGroups(secret),
      };
    },
    "sign-in",
  );
}

/** A new key that waits for its first code from this session. */
async function makePending(db: Tx, { id, accountId }: Session): Promise<string> {
  const secret = generateSecret();
  const sealed = seal("second_factor.secret", rowOf(accountId), `${id} ${secret}`);
  await db`
    update casework.second_factor set pending_secret = ${sealed}, pending_at = now()
    where account_id = ${accountId}`;
  return secret;
}

/** The key that waits; null when it was shown to another session. */
function openPending({ id, accountId }: Session, sealed: Buffer): string | null {
  const [sessionId, secret] = open("second_factor.secret", rowOf(accountId), sealed).split(" ");
  return sessionId === id && secret ? secret : null;
}

/** A first phone may be confirmed whenever it is ready; another one only by whoever has just asked for it. */
const isPending = (db: Tx) => db`
  pending_secret is not null
  and (confirmed_at is null or pending_at > now() - ${CHANGE_MINUTES} * interval '1 minute')`;

/** The recovery codes, to be shown this once, or why the code was not taken. */
export type Confirmed = { ok: true; recoveryCodes: string[] } | { ok: false; reason: "wrong" | "throttled" };

/**
 * Takes an app into use by its first code, and gives new recovery codes. The session is fully open from here on.
 * Throws Conflict when there is nothing to confirm.
 */
export async function confirmSetUp(ctx: SessionCtx, code: string): Promise<Confirmed> {
  const { id, accountId } = ctx.session;
  const attempt = { account: `set up ${accountId}`, address: null };
  const { allowed, delayMs } = await inTransaction(ctx, ({ db }) => takeAttempt(db, attempt), "sign-in");
  await slowDown(delayMs);
  if (!allowed) return { ok: false, reason: "throttled" };
  const codes = makeRecoveryCodes();
  const hashed = await hashAll(codes);
  return inTransaction(
    ctx,
    async (tx) => {
      const [pending] = await tx.db<{ pendingSecret: Buffer; epoch: number }[]>`
        select pending_secret, extract(epoch from clock_timestamp())::int as epoch
        from casework.second_factor where account_id = ${accountId} and ${isPending(tx.db)}
        for update`;
      if (!pending) throw new Conflict("Your second step is set up already.");
      const secret = openPending(ctx.session, pending.pendingSecret);
      if (secret === null) {
        throw new Conflict("This was begun anew elsewhere. Load this page again and scan the new picture.");
      }
      const step = await stepOf(secret, code, { ...pending, lastStep: 0 });
      if (step === null) {
        await record(tx, "second-factor.refuse", { subjects: [{ kind: "account", id: accountId }] });
        return { ok: false, reason: "wrong" };
      }
      await tx.db`
        update casework.second_factor
        set secret = ${seal("second_factor.secret", rowOf(accountId), secret)}, pending_secret = null,
            confirmed_at = now(), last_step = ${step}, failures = 0
        where account_id = ${accountId}`;
      await keepRecoveryCodes(tx.db, accountId, hashed);
      await tx.db`
        update casework.session set second_factor_at = now(), seen_at = now()
        where id = ${id} and second_factor_at is null`;
      await forgiveAttempts(tx.db, attempt);
      await record(tx, "second-factor.set", { subjects: [{ kind: "account", id: accountId }] });
      return { ok: true, recoveryCodes: codes.map(recoveryCodeInGroups) };
    },
    "sign-in",
  );
}

/** What the account page says of the second factor. */
export interface SecondFactorState {
  /** The demo's people have none and need none. */
  isNeeded: boolean;
  setUpAt: Date | null;
  recoveryCodesLeft: number;
}

/** How the caller's own second factor stands. */
export async function secondFactorState(ctx: SessionCtx): Promise<SecondFactorState> {
  const { accountId } = ctx.session;
  const [state] = await inTransaction(
    ctx,
    ({ db }) => db<SecondFactorState[]>`
      select not ${isDemoAccount(db)} as is_needed, f.confirmed_at as set_up_at,
             (select count(*)::int from casework.recovery_code as c
              where c.account_id = a.id and c.used_at is null) as recovery_codes_left
      from casework.account as a left join casework.second_factor as f on f.account_id = a.id
      where a.id = ${accountId}`,
    "sign-in",
  );
  if (!state) throw new NotFound("This account");
  return state;
}

/** Ten new recovery codes in the place of the old ones, for whoever gives both factors. */
export async function renewRecoveryCodes(
  ctx: SessionCtx,
  given: BothFactors,
): Promise<{ recoveryCodes: string[] }> {
  await requireBothFactors(ctx, given);
  const codes = makeRecoveryCodes();
  const hashed = await hashAll(codes);
  const { accountId } = ctx.session;
  await inTransaction(
    ctx,
    async (tx) => {
      await keepRecoveryCodes(tx.db, accountId, hashed);
      await record(tx, "second-factor.renew-codes", { subjects: [{ kind: "account", id: accountId }] });
    },
    "sign-in",
  );
  return { recoveryCodes: codes.map(recoveryCodeInGroups) };
}

/** Begins the set-up of another phone, for whoever gives both factors. The old one serves until the new one does. */
export async function changePhone(ctx: SessionCtx, given: BothFactors): Promise<void> {
  await requireBothFactors(ctx, given);
  const { accountId } = ctx.session;
  await inTransaction(
    ctx,
    async (tx) => {
      await makePending(tx.db, ctx.session);
      await record(tx, "second-factor.change", { subjects: [{ kind: "account", id: accountId }] });
    },
    "sign-in",
  );
}

/** Throws Invalid unless password and code are both right; which of the two was wrong is not said. */
async function requireBothFactors(ctx: SessionCtx, { password, code }: BothFactors): Promise<void> {
  const { accountId } = ctx.session;
  const attempt = { account: `both factors ${accountId}`, address: null };
  const { allowed, delayMs } = await inTransaction(ctx, ({ db }) => takeAttempt(db, attempt), "sign-in");
  await slowDown(delayMs);
  if (!allowed) throw new Invalid("Too many attempts. Wait five minutes, then try again.");
  const [account] = await inTransaction(
    ctx,
    ({ db }) => db<{ passwordHash: string | null }[]>`
      select password_hash from casework.account where id = ${accountId}`,
    "sign-in",
  );
  const isRight = await isPassword(password, account?.passwordHash ?? null);
  // A recovery code is not spent beside a wrong password.
  const judged = isRight ? await judgeCode(ctx, accountId, code) : null;
  if (!judged?.ok) {
    await inTransaction(
      ctx,
      (tx) => record(tx, "second-factor.refuse", { subjects: [{ kind: "account", id: accountId }] }),
      "sign-in",
    );
    throw new Invalid("The password or the code is not right. Check both and try again.", {
      password: "The password or the code is not right. Check both and try again.",
    });
  }
  await inTransaction(ctx, ({ db }) => forgiveAttempts(db, attempt), "sign-in");
}

/** Takes the second factor of an account away: at the next sign-in its owner sets one up. False when it had none. */
export async function removeSecondFactor(tx: Tx, accountId: string): Promise<boolean> {
  await tx`delete from casework.recovery_code where account_id = ${accountId}`;
  const removed = await tx`delete from casework.second_factor where account_id = ${accountId}`;
  return removed.count > 0;
}

function makeRecoveryCodes(): string[] {
  const firsts = [...RECOVERY_ALPHABET];
  return Array.from({ length: RECOVERY_CODES }, () => {
    const [first = ""] = firsts.splice(randomInt(firsts.length), 1);
    const rest = Array.from({ length: RECOVERY_LENGTH - 1 }, () =>
      RECOVERY_ALPHABET.charAt(randomInt(RECOVERY_ALPHABET.length)),
    );
    return first + rest.join("");
  });
}

const hashAll = (codes: readonly string[]) =>
  Promise.all(codes.map(async (code) => ({ slot: code.slice(0, 1), codeHash: await hashPassword(code) })));

async function keepRecoveryCodes(
  db: Tx,
  accountId: string,
  hashed: readonly { slot: string; codeHash: string }[],
): Promise<void> {
  await db`delete from casework.recovery_code where account_id = ${accountId}`;
  await db`
    insert into casework.recovery_code (account_id, slot, code_hash)
    select ${accountId}, slot, code_hash from unnest(
      ${hashed.map(({ slot }) => slot)}::text[], ${hashed.map(({ codeHash }) => codeHash)}::text[]
    ) as made (slot, code_hash)`;
}
