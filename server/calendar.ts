/**
 * The calendar of a member's due actions, at a secret address that calendar programs ask by themselves. The address
 * is shown once and only a hash of it is kept; it ends when it is renewed or taken back, and with the membership.
 */

import { createHash, randomBytes } from "node:crypto";
import { record } from "./audit";
import { type Actor, type ActorCtx, type Ctx, inTransaction, now, requireRight } from "./context";
import { decide, isRole } from "./domain/access";
import { calendarText } from "./domain/calendar";
import { addDays, type Day, dayOf } from "./domain/period";
import { uuidv7 } from "./ids";
import { pageAddress } from "./mail";
import { takeTurn } from "./throttle";

const hashOf = (token: string) => createHash("sha256").update(token).digest();

/** What is known of the actor's own calendar; the address itself is not. */
export interface CalendarStatus {
  madeAt: Date;
  /** When a calendar program last asked. */
  fetchedAt: Date | null;
}

/** Whether the actor has a calendar address, and since when. */
export function calendarStatus(ctx: ActorCtx): Promise<CalendarStatus | null> {
  requireRight(ctx, "calendar.own", ctx.actor.organisationId);
  return inTransaction(ctx, async ({ db, actor }) => {
    const [feed] = await db<CalendarStatus[]>`
      select made_at, fetched_at from casework.calendar_feed
      where organisation_id = ${actor.organisationId} and member_id = ${actor.memberId}`;
    return feed ?? null;
  });
}

/** Makes a new address, which is shown this once; one that was there before stops working. */
export function renewCalendar(ctx: ActorCtx): Promise<{ address: string }> {
  requireRight(ctx, "calendar.own", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const { organisationId, memberId } = ctx.actor;
    const token = randomBytes(32).toString("base64url");
    await ctx.db`
      insert into casework.calendar_feed (organisation_id, id, member_id, token_hash)
      values (${organisationId}, ${uuidv7()}, ${memberId}, ${hashOf(token)})
      on conflict (organisation_id, member_id) do update
        set token_hash = excluded.token_hash, made_at = now(), fetched_at = null`;
    await record(ctx, "calendar.renew", { subjects: [{ kind: "member", id: memberId }] });
    return { address: pageAddress(`/api/calendar/${token}.ics`) };
  });
}

/** Takes the address back: whoever asks for it finds nothing. */
export function revokeCalendar(ctx: ActorCtx): Promise<{ ok: true }> {
  requireRight(ctx, "calendar.own", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const { organisationId, memberId } = ctx.actor;
    await ctx.db`
      delete from casework.calendar_feed
      where organisation_id = ${organisationId} and member_id = ${memberId}`;
    await record(ctx, "calendar.revoke", { subjects: [{ kind: "member", id: memberId }] });
    return { ok: true };
  });
}

export type FetchedCalendar =
  | { ok: true; text: string; etag: string; unchanged: boolean }
  | { ok: false; reason: "unknown" | "too-often" };

/** Times that one address may be asked for in five minutes, and that one network may ask for unknown ones. */
const MOST_FETCHES = 20;
const MOST_UNKNOWN = 30;
/** Actions longer past than this are left to the day page. */
const DAYS_BACK = 365;

/**
 * The calendar behind a secret address. `known` is what the program holds already: when nothing has changed it is
 * told so, and nothing is handed out. Unknown, ended and taken back read the same.
 */
export async function fetchCalendar(ctx: Ctx, token: string, known: string | null): Promise<FetchedCalendar> {
  const found = await inTransaction(
    ctx,
    async ({ db }) => findOwner(db, token, ctx.caller.address),
    "sign-in",
  );
  if (!("actor" in found)) return { ok: false, reason: found.reason };
  const acting: ActorCtx = { ...ctx, actor: found.actor };
  return inTransaction(acting, async (ctx) => {
    const { organisationId, memberId } = ctx.actor;
    const today = dayOf(await now(ctx));
    const actions = await ctx.db<{ id: string; clientId: string; dueOn: Day; changedAt: Date }[]>`
      select id, client_id, due_on, changed_at from casework.action
      where organisation_id = ${organisationId} and member_id = ${memberId} and done_at is null
        and due_on >= ${addDays(today, -DAYS_BACK)}
      order by due_on, id
      limit 1000`;
    const text = calendarText(
      actions.map(({ clientId, ...action }) => ({ ...action, link: pageAddress(`/people/${clientId}`) })),
    );
    const etag = `"${createHash("sha256").update(text).digest("base64url")}"`;
    const unchanged = known?.split(",").some((each) => each.trim().replace(/^W\//, "") === etag) ?? false;
    await ctx.db`
      update casework.calendar_feed set fetched_at = now()
      where organisation_id = ${organisationId} and member_id = ${memberId}`;
    if (!unchanged) {
      await record(ctx, "calendar.fetch", {
        subjects: [...new Set(actions.map(({ clientId }) => clientId))].map((id) => ({ kind: "client", id })),
      });
    }
    return { ok: true, text, etag, unchanged };
  });
}

interface OwnerRow {
  accountId: string;
  memberId: string;
  organisationId: number;
  organisationName: string;
  name: string;
  roles: string[];
}

/** Whose address it is: a member who has not left and may still see actions. */
async function findOwner(
  db: Parameters<typeof takeTurn>[0],
  token: string,
  address: string,
): Promise<{ actor: Actor } | { reason: "unknown" | "too-often" }> {
  const [row] = await db<OwnerRow[]>`
    select a.id as account_id, m.id as member_id, o.id as organisation_id, o.name as organisation_name, a.name, m.roles
    from casework.calendar_feed as f
    join casework.member as m on m.organisation_id = f.organisation_id and m.id = f.member_id
    join casework.account as a on a.id = m.account_id
    join casework.organisation as o on o.id = m.organisation_id
    where f.token_hash = ${hashOf(token)} and m.ended_at is null and a.disabled_at is null`;
  const allowed = await (row
    ? takeTurn(db, ["calendar", row.memberId], MOST_FETCHES)
    : takeTurn(db, ["calendar of nobody", address], MOST_UNKNOWN));
  if (!allowed) return { reason: "too-often" };
  if (!row) return { reason: "unknown" };
  const roles = row.roles.filter(isRole);
  const actor: Actor = { ...row, roles, sessionId: null, serviceId: null, patch: [] };
  const right = decide(actor, "calendar.own", { organisationId: actor.organisationId });
  return right.allow ? { actor } : { reason: "unknown" };
}
