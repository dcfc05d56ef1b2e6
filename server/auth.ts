/**
 * Signing in, in two steps: the password, then a code (second-factor.ts). The guess is counted before it is judged,
 * judging costs the same for every address, and nothing is said of an account before its password was right. What
 * comes out of each step is a row in our own table, a new one each time. next-auth carries only that row's id in its
 * cookie; who somebody is and what they may do is read anew at every call (sessions.ts).
 */

import type { NextAuthOptions } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import type { Tx } from "../db/client";
import { record } from "./audit";
import { isDemo } from "./clock";
import { type Caller, type Ctx, inTransaction, makeContext } from "./context";
import { emailAddress } from "./domain/account";
import { anyCode, type CodeFault } from "./domain/second-factor";
import { hashPassword, isOutdated, isPassword } from "./passwords";
import { type Pools, pools } from "./pools";
import { addressOf, isSecure, openCookie, sessionCookie, sessionIdOf, sessionSecret } from "./request";
import { judgeCode } from "./second-factor";
import {
  ABSOLUTE_HOURS,
  endSession,
  findCaller,
  isDemoAccount,
  openSession,
  signsInElsewhere,
} from "./sessions";
import { forgiveAttempts, slowDown, takeAttempt } from "./throttle";

export type SignIn = { ok: true; accountId: string; sessionId: string } | { ok: false; reason: SignInFault };
/**
 * wrong: address or password, never said which; or the code. throttled: too many guesses, of anybody's account.
 * blocked: only a recovery code is taken. over: the password must be given again, because its step is too long ago.
 * organisation: the password is right, and they sign in at their organisation.
 */
export type SignInFault = CodeFault | "over" | "organisation";

/** Where a sign-in comes from, and the session that it takes the place of. */
export interface SignInFrom extends Pick<Caller, "address" | "device"> {
  replaces: string | null;
}

/** The first step: address and password. What it opens can do nothing but take the second step, or set it up. */
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
      if (await signsInOnlyElsewhere(tx.db, account.id)) {
        await record(tx, "session.refuse", { subjects, detail: { by: "password", to: "organisation" } });
        return { ok: false, reason: "organisation" };
      }
      if (from.replaces) await endSession(tx.db, from.replaces);
      const sessionId = await openSession(tx.db, account.id, from.device);
      await record(tx, "session.begin", { subjects: [...subjects, { kind: "session", id: sessionId }] });
      return { ok: true, accountId: account.id, sessionId };
    },
    "sign-in",
  );
}

/**
 * The second step: a code of the app or a recovery code. Opens a new session in the place of the half-open one, so
 * that an id from before the code is worth nothing after it (OWASP ASVS 5.0, 7.2.4).
 */
export async function signInWithCode(at: Pools, typed: string, from: SignInFrom): Promise<SignIn> {
  const { caller } = await findCaller(at.app, from.replaces, from, false);
  if (caller.waiting?.for !== "second-factor") return { ok: false, reason: "over" };
  const half = caller.waiting.session;
  const ctx = makeContext(at, null, caller);
  const code = anyCode.safeParse(typed).data;
  const judged = code
    ? await judgeCode(ctx, half.accountId, code)
    : { ok: false as const, reason: "wrong" as const };
  return inTransaction(
    ctx,
    async (tx) => {
      const account = { kind: "account" as const, id: half.accountId };
      if (!judged.ok) {
        await record(tx, "second-factor.refuse", { subjects: [account] });
        return judged;
      }
      // Of two right codes at the same moment, one finds the half-open session there to replace.
      if ((await endSession(tx.db, half.id)) === null) return { ok: false, reason: "over" };
      const sessionId = await openSession(tx.db, half.accountId, from.device, { withSecondFactor: true });
      await record(tx, "session.open", {
        subjects: [account, { kind: "session", id: sessionId }],
        detail: { by: judged.by },
      });
      return { ok: true, accountId: half.accountId, sessionId };
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

/** Whether every membership of an account is reached through an organisation's own provider alone. */
async function signsInOnlyElsewhere(db: Tx, accountId: string): Promise<boolean> {
  const [row] = await db<{ only: boolean }[]>`
    select count(*) > 0 and bool_and(${signsInElsewhere(db)}) as only
    from casework.member as m join casework.account as a on a.id = m.account_id
    where m.account_id = ${accountId} and m.ended_at is null`;
  return row?.only ?? false;
}

/** Signs in as one of the demo world's people, in a demo installation only. */
export async function signInToDemo(at: Pools, email: string, from: SignInFrom): Promise<SignIn> {
  if (!(await isDemo(at.app))) return { ok: false, reason: "wrong" };
  const ctx = makeContext(at, null, { ...from, session: null, signedOut: "not-signed-in" });
  return inTransaction(
    ctx,
    async (tx) => {
      const [account] = await tx.db<{ id: string }[]>`
        select a.id from casework.account as a where a.email = ${email} and a.disabled_at is null and ${isDemoAccount(tx.db)}`;
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
      where a.disabled_at is null and ${isDemoAccount(db)}
      order by o.id, m.created_at, m.id`,
    "sign-in",
  );
  return [...rows];
}

/** next-auth's configuration, made for each request so that nothing is read before there is something to read. */
export async function authOptions(): Promise<NextAuthOptions> {
  const at = pools();
  const secure = isSecure();
  const offered = (await isDemo(at.app))
    ? [withPassword(at), withCode(at), inDemo(at)]
    : [withPassword(at), withCode(at)];
  return {
    secret: sessionSecret(),
    providers: offered,
    pages: { signIn: "/sign-in", signOut: "/sign-in", error: "/sign-in" },
    session: { strategy: "jwt", maxAge: ABSOLUTE_HOURS * 3600 },
    jwt: { decode: async ({ token }) => (token ? openCookie(token) : null) },
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
  if (result.reason === "wrong") return null;
  throw new Error(result.reason);
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

function withCode(at: Pools) {
  return Credentials({
    id: "second-factor",
    name: "Code",
    credentials: { code: {} },
    authorize: async (given, request) =>
      carryOn(await signInWithCode(at, given?.code ?? "", await originOf(request.headers))),
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
