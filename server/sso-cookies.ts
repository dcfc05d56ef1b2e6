/** What a browser carries while it is at an organisation's provider, and while its code waits: sealed, and short-lived. */

import { decode, encode } from "next-auth/jwt";
import { z } from "zod";
import { WAITING_COOKIES } from "./domain/sso";
import { keyIds } from "./keys";
import { cookieOf, isSecure, sessionCookie, sessionSecret } from "./request";
import { ABSOLUTE_HOURS } from "./sessions";
import type { Flow } from "./sso-sign-in";

const FLOW_SECONDS = 600;
const WAITING_SECONDS = 3600;
const flowCookie = () => `${isSecure() ? "__Host-" : ""}common-need.visit`;
const waitingCookie = () => WAITING_COOKIES[isSecure() ? 0 : 1];

const flowSchema = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  for: z.enum(["sign-in", "unlock", "step-up"]),
  organisationId: z.int(),
  issuer: z.string(),
  sessionId: z.uuid().nullable(),
  back: z.string(),
  begunAt: z.int(),
}) satisfies z.ZodType<Flow>;
const waitingSchema = z.object({ organisationId: z.int(), subjectId: z.uuid() });
export type Waiting = z.infer<typeof waitingSchema>;

/** Seals are told apart by their salt: a cookie of one kind opens as no other. */
const closed = async (name: string, value: object, seconds: number): Promise<string> => {
  const token = await encode({
    ...{ token: { ...value }, secret: sessionSecret(), maxAge: seconds, salt: name },
  });
  return setCookie(name, token, seconds);
};

async function openedBy<T>(token: string, name: string, schema: z.ZodType<T>): Promise<T | null> {
  for (const id of keyIds("session")) {
    const value = await decode({ token, secret: sessionSecret(id), salt: name }).catch(() => null);
    if (value) return schema.safeParse(value).data ?? null;
  }
  return null;
}

/** As Lax: the way back from the provider comes from another site. */
const setCookie = (name: string, value: string, seconds: number) =>
  `${name}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${seconds}${isSecure() ? "; Secure" : ""}`;

export const flowHeader = (flow: Flow) => closed(flowCookie(), flow, FLOW_SECONDS);
export const waitingHeader = (waiting: Waiting) => closed(waitingCookie(), waiting, WAITING_SECONDS);
export const flowOver = () => setCookie(flowCookie(), "", 0);
export const findFlow = (headers: Headers) =>
  openedBy(cookieOf(headers, flowCookie()) ?? "", flowCookie(), flowSchema);
/** Who waits, by what the cookie holds; null when it is over or was not sealed here. */
export const openWaiting = (token: string) => openedBy(token, waitingCookie(), waitingSchema);

/** The cookie of a session that began at a provider: the same as after a password. */
export async function sessionHeader(sessionId: string): Promise<string> {
  const seconds = ABSOLUTE_HOURS * 3600;
  const token = await encode({ token: { sid: sessionId }, secret: sessionSecret(), maxAge: seconds });
  return setCookie(sessionCookie(), token, seconds);
}
