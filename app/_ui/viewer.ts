/**
 * Who looks at a page. A page begins with one of these: without a session it sends to sign-in, saying why, or to
 * what the session waits for; a member of several organisations chooses first; a role that may not see the page
 * finds nothing there.
 */
import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import type { Actor, Caller, Ctx } from "../../server/context";
import { type Action, decide, type Role } from "../../server/domain/access";
import { lockedAddress } from "../../server/domain/way-back";
import { contextOf } from "../../server/request";

/**
 * The context of this request; read once however many parts of the page ask. Opening a page is a sign of life; what
 * the router fetches ahead by itself is not.
 */
export const pageContext = cache(async (): Promise<Ctx> => {
  const given = await headers();
  return contextOf(given, !given.has("next-router-prefetch"));
});

/** Whoever is signed in and acts for an organisation. Redirects when nobody is. */
export async function requireViewer(): Promise<Actor> {
  const { actor, caller } = await pageContext();
  if (actor) return actor;
  if (caller.session) redirect("/choose-organisation");
  redirect(await wayIn(caller));
}

/** Where somebody goes who is not in, or not yet: to the step that is missing, or to sign-in, saying why. */
export async function wayIn({ signedOut }: Caller): Promise<string> {
  if (signedOut === "second-factor") return "/second-factor";
  if (signedOut === "locked") return lockedAddress((await headers()).get("x-page") ?? "/");
  return signedOut === null || signedOut === "not-signed-in" ? "/sign-in" : `/sign-in?because=${signedOut}`;
}

/** Whoever may take the action in their own organisation. Anybody else finds nothing here. */
export async function requireViewerWho(action: Action): Promise<Actor> {
  const viewer = await requireViewer();
  if (!decide(viewer, action, { organisationId: viewer.organisationId }).allow) notFound();
  return viewer;
}

/** Where each role begins its day; the first that fits. */
const HOMES: readonly [Role, string][] = [
  ["caseworker", "/people"],
  ["manager", "/summary"],
  ["commissioner", "/map"],
  ["analyst", "/map"],
  ["officer", "/desk"],
  ["steward", "/reviews"],
  ["administrator", "/admin"],
];

export function homeOf(roles: readonly Role[]): string {
  return HOMES.find(([role]) => roles.includes(role))?.[1] ?? "/account";
}
