/**
 * Signing in: the guess is counted before it is judged, judging costs the same for every address, and what comes
 * out is a row in our own table. next-auth carries only that row's id in its cookie; who somebody is and what
 * they may do is read anew at every call (sessions.ts).
 */

import type { NextAuthOptions } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import type { Tx } from "../db/client";
import { record } from "./audit";
import { isDemo } from "./clock";
import { type Caller, type Ctx, inTransaction, makeContext } from "./context";
import { emailAddress } from "./domain/account";
import { hashPassword, isOutdated, isPassword } from "./passwords";
import { type Pools, pools } from "./pools";
import { addressOf, isSecure, sessionCookie, sessionIdOf, sessionSecret } from "./request";
import { ABSOLUTE_HOURS, endSession, openSession } from "./sessions";
import { forgiveAttempts, slowDown, takeAttempt } from "./throttle";

export type SignIn = { ok: true; accountId: string; sessionId: string } | { ok: false; reason: SignInFault };
/** wrong: address or password, never said which. throttled: too many guesses, of anybody's account. */
export type SignInFault = "wrong" | "throttled";

/** Where a sign-in comes from, and the session that it takes the place of. */
export interface SignInFrom extends Pick<Caller, "address" | "device"> {
  replaces: string | null;
}

/** Signs somebody in by address and password. */
export async function signIn(
  at: Pools,
  given: { email: string; password: string },
  from: SignInFrom,
): Promise<SignIn> {
  const ctx = makeContext(at, null, { ...from, session: null, signedOut: "not-signed-in" });
  const email = emailAddress.safeParse(given.email).data ?? "";
  const attempt = { account: email, address: from.address };
  const { allowed, delayMs } = await inTransaction(ctx, ({ db }) => takeAttempt(db, attempt), "sign-in");
  await slowDown(delayMs);
  if (!allowed) return { ok: false, reason: "throttled" };

  const account = await inTransaction(ctx, ({ db }) => findAccount(db, email), "sign-in");
  const right = await isPassword(given.password, account?.passwordHash ?? null);
  const renewed =
    right && account?.passwordHash && isOutdated(account.passwordHash)
      ? await hashPassword(given.password)
      : null;
  return inTransaction(
    ctx,
    async (tx) => {
      const subjects = account ? [{ kind: "account" as const, id: account.id }] : [];
      if (!account || !right || account.disabled) {
        await record(tx, "session.refuse", { subjects });
        return { ok: false, reason: "wrong" };
      }
      if (renewed) {
        await tx.db`update casework.account set password_hash = ${renewed} where id = ${account.id}`;
      }
      await forgiveAttempts(tx.db, attempt);
      if (from.replaces) await endSession(tx.db, from.replaces);
      const sessionId = await openSession(tx.db, account.id, from.device);
      await record(tx, "session.open", { subjects: [...subjects, { kind: "session", id: sessionId }] });
      return { ok: true, accountId: account.id, sessionId };
    },
    "sign-in",
  );
}

interface Account {
  id: string;
  passwordHash: string | null;
  disabled: boolean;
}

async function findAccount(db: Tx, email: string): Promise<Account | null> {
  const [account] = await db<Account[]>`
    select id, password_hash, disabled_at is not null as disabled from casework.account where email = ${email}`;
  return account ?? null;
}

/** Addresses that can belong to nobody (RFC 2606), and no password: only the demo world makes such accounts. */
const demoAccounts = (tx: Tx) =>
  tx`a.email like '%.example' and a.password_hash is null and a.disabled_at is null`;

/** Signs in as one of the demo world's people, in a demo installation only. */
export async function signInToDemo(at: Pools, email: string, from: SignInFrom): Promise<SignIn> {
  if (!(await isDemo(at.app))) return { ok: false, reason: "wrong" };
  const ctx = makeContext(at, null, { ...from, session: null, signedOut: "not-signed-in" });
  return inTransaction(
    ctx,
    async (tx) => {
      const [account] = await tx.db<{ id: string }[]>`
        select a.id from casework.account as a where a.email = ${email} and ${demoAccounts(tx.db)}`;
      if (!account) return { ok: false, reason: "wrong" };
      if (from.replaces) await endSession(tx.db, from.replaces);
      const sessionId = await openSession(tx.db, account.id, from.device);
      await record(tx, "session.open", {
        subjects: [
          { kind: "account", id: account.id },
          { kind: "session", id: sessionId },
        ],
        detail: { demo: true },
      });
      return { ok: true, accountId: account.id, sessionId };
    },
    "sign-in",
  );
}

/** One of the demo world's people, for the sign-in page. */
export interface DemoAccount {
  email: string;
  name: string;
  organisationName: string;
  roles: string[];
}

/** Whom one can sign in as with one click; nobody outside a demo installation. */
export async function listDemoAccounts(ctx: Ctx): Promise<DemoAccount[]> {
  if (!(await isDemo(ctx.db))) return [];
  const rows = await inTransaction(
    ctx,
    ({ db }) => db<DemoAccount[]>`
      select a.email, a.name, o.name as organisation_name, m.roles
      from casework.account as a
      join casework.member as m on m.account_id = a.id and m.ended_at is null
      join casework.organisation as o on o.id = m.organisation_id
      where ${demoAccounts(db)}
      order by o.id, m.created_at, m.id`,
    "sign-in",
  );
  return [...rows];
}

/** next-auth's configuration, made for each request so that nothing is read before there is something to read. */
export async function authOptions(): Promise<NextAuthOptions> {
  const at = pools();
  const secure = isSecure();
  const offered = (await isDemo(at.app)) ? [withPassword(at), inDemo(at)] : [withPassword(at)];
  return {
    secret: sessionSecret(),
    providers: offered,
    pages: { signIn: "/sign-in", signOut: "/sign-in", error: "/sign-in" },
    session: { strategy: "jwt", maxAge: ABSOLUTE_HOURS * 3600 },
    useSecureCookies: secure,
    cookies: {
      sessionToken: {
        name: sessionCookie(),
        options: { httpOnly: true, sameSite: "lax", path: "/", secure },
      },
    },
    callbacks: {
      jwt: ({ token, user }) => ({ sid: user ? user.id : token["sid"] }),
      session: ({ session }) => ({ expires: session.expires }),
    },
    events: {
      signOut: async ({ token }) => {
        const id = token["sid"];
        if (typeof id === "string") await signOut(at, id);
      },
    },
    logger: { error: () => {}, warn: () => {}, debug: () => {} },
  };
}

async function signOut(at: Pools, id: string): Promise<void> {
  await inTransaction(
    makeContext(at, null),
    async (tx) => {
      const accountId = await endSession(tx.db, id);
      const subjects = [{ kind: "session" as const, id }];
      await record(tx, "session.end", {
        subjects: accountId ? [{ kind: "account", id: accountId }, ...subjects] : subjects,
      });
    },
    "sign-in",
  );
}

/** What next-auth hands to `authorize` of the request's headers. */
type PlainHeaders = Record<string, unknown> | undefined;

async function originOf(plain: PlainHeaders): Promise<SignInFrom> {
  const headers = new Headers();
  for (const [name, value] of Object.entries(plain ?? {})) {
    if (typeof value === "string") headers.set(name, value);
  }
  return {
    address: addressOf(headers),
    device: headers.get("user-agent") ?? "",
    replaces: await sessionIdOf(headers),
  };
}

/** next-auth calls it a user; what it carries on is the id of the session. */
function carryOn(result: SignIn): { id: string } | null {
  if (result.ok) return { id: result.sessionId };
  if (result.reason === "throttled") throw new Error("throttled");
  return null;
}

function withPassword(at: Pools) {
  return Credentials({
    id: "credentials",
    name: "E-mail and password",
    credentials: { email: {}, password: {} },
    authorize: async (given, request) => {
      const { email = "", password = "" } = given ?? {};
      return carryOn(await signIn(at, { email, password }, await originOf(request.headers)));
    },
  });
}

function inDemo(at: Pools) {
  return Credentials({
    id: "demo",
    name: "Demo",
    credentials: { email: {} },
    authorize: async (given, request) =>
      carryOn(await signInToDemo(at, given?.email ?? "", await originOf(request.headers))),
  });
}
