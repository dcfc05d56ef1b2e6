/**
 * From an HTTP request to a context: the session cookie is opened, its row read, and the caller's address taken
 * from where the server itself put it. Pages and route handlers of `app/` begin here.
 */

import { decode, type JWT } from "next-auth/jwt";
import { z } from "zod";
import { type Actor, type Caller, type Ctx, makeContext } from "./context";
import { ACTS_FOR, actsFor, MOST_BYTES } from "./domain/calls";
import { env } from "./env";
import { key, keyIds } from "./keys";
import { pools } from "./pools";
import { findCaller } from "./sessions";

/** Whether browsers reach us over https; the cookie is then bound to this host and to https. */
export const isSecure = () => env().NEXTAUTH_URL?.startsWith("https://") ?? false;

/** Name of the session's cookie. `__Host-` has browsers refuse one that another host or plain http sets. */
export const sessionCookie = () => (isSecure() ? "__Host-common-need.session" : "common-need.session");

/** The secret that session cookies are closed with. */
export const sessionSecret = (keyId?: string) => key("session", keyId).toString("base64");

/** Opens a session's cookie, whichever key of the ring closed it: a new one signs nobody out. Null when none did. */
export async function openCookie(token: string): Promise<JWT | null> {
  for (const id of keyIds("session")) {
    const opened = await decode({ token, secret: sessionSecret(id) }).catch(() => null);
    if (opened) return opened;
  }
  return null;
}

/** The context of a call, from the headers of its request: a sign of life of its session, unless told otherwise. */
export async function contextOf(headers: Headers, isSignOfLife = true): Promise<Ctx> {
  const { app, reader } = pools();
  const from = { address: addressOf(headers), device: headers.get("user-agent") ?? "" };
  const { caller, actor } = await findCaller(app, await sessionIdOf(headers), from, isSignOfLife);
  if (isForSomebodyElse(headers.get(ACTS_FOR), caller, actor)) {
    return makeContext({ app, reader }, null, { ...from, session: null, signedOut: "somebody-else" });
  }
  return makeContext({ app, reader }, actor, caller);
}

/** Whether a device calls for somebody who is not the one that is signed in here, or not for this organisation. */
function isForSomebodyElse(named: string | null, { session, waiting }: Caller, actor: Actor | null): boolean {
  const accountId = session?.accountId ?? waiting?.session.accountId;
  if (named === null || accountId === undefined) return false;
  if (actor) return named !== actsFor(accountId, actor.organisationId);
  return !named.startsWith(`${accountId}/`);
}

/** Address of the caller. `instrumentation.ts` puts the socket's here and drops what a stranger claims. */
export const addressOf = (headers: Headers) => headers.get("x-forwarded-for") ?? "unknown";

const closed = z.object({ sid: z.uuid() });

/** Id of the session in the cookie; null when there is none or it was not closed by us. */
export async function sessionIdOf(headers: Headers): Promise<string | null> {
  const token = cookieOf(headers, sessionCookie());
  if (!token) return null;
  const opened = closed.safeParse(await openCookie(token));
  return opened.success ? opened.data.sid : null;
}

/** The value of a cookie of a request. */
export function cookieOf(headers: Headers, name: string): string | undefined {
  const pairs = (headers.get("cookie") ?? "").split(";").map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}

/** Whether a request says how long it is, and is not longer than our own pages could make it. */
export function isOfSensibleLength(headers: Headers): boolean {
  const length = headers.get("content-length") ?? "";
  return /^\d{1,9}$/.test(length) && Number(length) <= MOST_BYTES;
}

/**
 * Whether a request that changes something comes from our own pages: the browser says where it comes from, and
 * JSON cannot be sent by a foreign form.
 */
export function isFromOurPages(headers: Headers): boolean {
  const origin = headers.get("origin");
  if (!origin || !URL.canParse(origin)) return false;
  const ours = [headers.get("host"), env().NEXTAUTH_URL && new URL(env().NEXTAUTH_URL ?? "").host];
  return ours.includes(new URL(origin).host);
}
