/**
 * Links that let somebody set a password: an invitation, a reset, or the very first administrator. The token is
 * 32 random bytes, only its hash is kept, it works once, and setting a password ends every other link of the account.
 */

import { createHash, randomBytes } from "node:crypto";
import type { Tx } from "../db/client";
import { record } from "./audit";
import { type Ctx, inTransaction, withPurpose } from "./context";
import { Invalid } from "./domain/errors";
import { uuidv7 } from "./ids";
import { pageAddress, sendMail } from "./mail";
import { hashPassword } from "./passwords";
import { endSessions } from "./sessions";
import { slowDown, takeAttempt } from "./throttle";

export type LinkPurpose = "invitation" | "reset" | "first-administrator";

const HOURS: Readonly<Record<LinkPurpose, number>> = {
  invitation: 7 * 24,
  reset: 1,
  "first-administrator": 7 * 24,
};

/** Holds the place of the first administrator until somebody takes it up and gives their own address. */
const PLACEHOLDER = "first-administrator@invalid";

const hashOf = (token: string) => createHash("sha256").update(token).digest();
const newToken = () => randomBytes(32).toString("base64url");
const addressOfLink = (token: string) => pageAddress(`/set-password?token=${token}`);

/** Makes a link for an account and ends its older ones. */
export async function makePasswordLink(tx: Tx, accountId: string, purpose: LinkPurpose): Promise<string> {
  const token = newToken();
  await withPurpose({ db: tx }, "sign-in", async () => {
    await tx`delete from casework.password_link where account_id = ${accountId} and used_at is null`;
    await tx`
      insert into casework.password_link (token_hash, account_id, purpose, expires_at)
      values (${hashOf(token)}, ${accountId}, ${purpose}, now() + ${HOURS[purpose]} * interval '1 hour')`;
  });
  return addressOfLink(token);
}

export type LinkState =
  | { ok: true; purpose: LinkPurpose; name: string; email: string }
  | { ok: false; reason: "link" };

/** Whether a link still works and whose password it sets. Used, expired and unknown read the same. */
export async function checkPasswordLink(ctx: Ctx, token: string): Promise<LinkState> {
  return inTransaction(
    ctx,
    async ({ db }) => {
      const [row] = await db<{ purpose: LinkPurpose; name: string; email: string }[]>`
        select l.purpose, a.name, a.email
        from casework.password_link as l join casework.account as a on a.id = l.account_id
        where l.token_hash = ${hashOf(token)} and l.used_at is null and l.expires_at > now()
          and a.disabled_at is null`;
      if (!row) return { ok: false, reason: "link" };
      const first = row.purpose === "first-administrator";
      return { ok: true, purpose: row.purpose, name: first ? "" : row.name, email: first ? "" : row.email };
    },
    "sign-in",
  );
}

/** What is asked besides a password when an installation is set up: its first organisation and administrator. */
export interface FirstAdministrator {
  organisation: string;
  name: string;
  email: string;
}

/**
 * Sets a password by link, once, and ends every session of the account.
 * Throws Invalid when the first administrator's link comes without who they are.
 */
export async function setPasswordByLink(
  ctx: Ctx,
  { token, password, first }: { token: string; password: string; first: FirstAdministrator | null },
): Promise<{ ok: true; email: string } | { ok: false; reason: "link" }> {
  // Hashing is slow by design: not for whoever holds no link.
  const held = await checkPasswordLink(ctx, token);
  if (!held.ok) return held;
  const passwordHash = await hashPassword(password);
  return inTransaction(
    ctx,
    async (tx) => {
      const { db } = tx;
      const [link] = await db<{ accountId: string; purpose: LinkPurpose }[]>`
        update casework.password_link as l set used_at = now()
        from casework.account as a
        where l.token_hash = ${hashOf(token)} and l.used_at is null and l.expires_at > now()
          and a.id = l.account_id and a.disabled_at is null
        returning l.account_id, l.purpose`;
      if (!link) return { ok: false, reason: "link" } as const;
      const { accountId } = link;
      if (link.purpose === "first-administrator") await welcomeFirst(db, accountId, first);
      const [account] = await db<{ email: string }[]>`
        update casework.account set password_hash = ${passwordHash} where id = ${accountId} returning email`;
      await db`delete from casework.password_link where account_id = ${accountId} and used_at is null`;
      await endSessions(db, accountId);
      await record(tx, "password.set", {
        subjects: [{ kind: "account", id: accountId }],
        detail: { purpose: link.purpose },
      });
      return { ok: true, email: account?.email ?? "" } as const;
    },
    "sign-in",
  );
}

async function welcomeFirst(db: Tx, accountId: string, first: FirstAdministrator | null): Promise<void> {
  if (!first) {
    throw new Invalid("Say who you are and which organisation runs this installation.", {
      "first.organisation": "Enter the organisation's name.",
      "first.name": "Enter your name.",
      "first.email": "Enter your e-mail address.",
    });
  }
  await db`update casework.account set name = ${first.name}, email = ${first.email} where id = ${accountId}`;
  const [organisation] = await db<{ id: number }[]>`
    insert into casework.organisation (name) values (${first.organisation}) returning id`;
  if (!organisation) throw new Error("The organisation was not made");
  await db`
    insert into casework.member (organisation_id, id, account_id, roles)
    values (${organisation.id}, ${uuidv7()}, ${accountId}, ${["administrator"]})`;
}

/**
 * Sends a link to whoever has this address. The answer and its time are the same whether anybody has: the mail
 * goes out after it, and the same statements run.
 */
export async function requestPasswordLink(ctx: Ctx, email: string): Promise<{ ok: true }> {
  const attempt = { account: `reset ${email}`, address: ctx.caller.address };
  const { allowed, delayMs } = await inTransaction(ctx, ({ db }) => takeAttempt(db, attempt), "sign-in");
  await slowDown(delayMs);
  if (!allowed) return { ok: true };
  const token = newToken();
  const accountId = await inTransaction(
    ctx,
    async (tx) => {
      const [made] = await tx.db<{ accountId: string }[]>`
        insert into casework.password_link (token_hash, account_id, purpose, expires_at)
        select ${hashOf(token)}, id, 'reset', now() + ${HOURS.reset} * interval '1 hour'
        from casework.account
        where email = ${email} and disabled_at is null and password_hash is not null
        returning account_id`;
      await record(tx, "password.request", {
        subjects: made ? [{ kind: "account", id: made.accountId }] : [],
      });
      return made?.accountId ?? null;
    },
    "sign-in",
  );
  if (accountId) {
    void sendMail({
      to: email,
      kind: "password reset",
      subject: "Set a new password for Common Need",
      text: "Somebody, probably you, asked to set a new password. This link works once, for an hour:",
      link: addressOfLink(token),
    });
  }
  return { ok: true };
}

/**
 * The link with which an empty installation gets its first administrator; null once somebody can sign in.
 * A newer link replaces an older one.
 */
export async function firstAdministratorLink(ctx: Ctx): Promise<string | null> {
  return inTransaction(
    ctx,
    async ({ db }) => {
      const [taken] = await db`select 1 from casework.account where email <> ${PLACEHOLDER} limit 1`;
      if (taken) return null;
      await db`
        insert into casework.account (id, email, name) values (${uuidv7()}, ${PLACEHOLDER}, 'First administrator')
        on conflict (email) do nothing`;
      const [account] = await db<{ id: string }[]>`
        select id from casework.account where email = ${PLACEHOLDER}`;
      if (!account) throw new Error("The place of the first administrator was not made");
      return makePasswordLink(db, account.id, "first-administrator");
    },
    "operator",
  );
}

/** The account of an address, made when there is none. Looks beyond the organisation for this alone. */
export async function findOrAddAccount(
  ctx: { db: Tx },
  given: { email: string; name: string },
): Promise<{ id: string; hasPassword: boolean }> {
  return withPurpose(ctx, "sign-in", async () => {
    await ctx.db`
      insert into casework.account (id, email, name) values (${uuidv7()}, ${given.email}, ${given.name})
      on conflict (email) do nothing`;
    const [account] = await ctx.db<{ id: string; hasPassword: boolean }[]>`
      select id, password_hash is not null as has_password from casework.account where email = ${given.email}`;
    if (!account) throw new Error("The account was not made");
    return account;
  });
}
