/**
 * Emergency access (`domain/break-glass.ts`): opened by a worker who has just shown again that it is they, looked
 * through while its hours last, ended, told at once to the organisation that looks and to the one that knows the person,
 * and reviewed by an officer of each. The database opens and closes it (`db/desk.sql`): no job has to run for its end.
 */

import { z } from "zod";
import type { Sql } from "../db/client";
import { record } from "./audit";
import { requireNamedClient } from "./client-rows";
import { listHolidays } from "./clock";
import { type ActorCtx, inTransaction, requireRight, type TxCtx, withPurpose } from "./context";
import type { Colour, KnownService, SharedNeed } from "./domain/agreements/known-to";
import {
  GLASS_LOOKS_AN_HOUR,
  GLASS_OPENINGS_AN_HOUR,
  type GlassReason,
  type OpenGlass,
  type ReviewGlass,
  reviewDueOn,
  type ThroughGlass,
  type Verdict,
} from "./domain/break-glass";
import { type Waiting, waitingOf } from "./domain/desk";
import { Conflict, Invalid, NotAllowed, NotFound } from "./domain/errors";
import { type Day, dayOf } from "./domain/period";
import { openIfAny, seal } from "./identity-vault";
import { MailNotTaken, pageAddress, sendMail } from "./mail";
import { readProfession } from "./recording-basis";
import { inWordsOf } from "./shared-views";
import { requireStepUp } from "./step-up";
import { takeTurn } from "./throttle";

/** An organisation that can be asked in an emergency, and the agreement that allows it. */
export interface GlassParty {
  organisationId: number;
  organisationName: string;
  agreementId: string;
  title: string;
}

/** Whom the actor could ask in an emergency: says nothing of whom they know. Empty: no agreement allows it. */
export function listGlassParties(ctx: ActorCtx): Promise<GlassParty[]> {
  requireRight(ctx, "break-glass.open", ctx.actor.organisationId);
  return inTransaction(ctx, async ({ db }) => {
    const rows = await db<GlassParty[]>`
      select organisation_id, organisation_name, agreement_id, title from governance.glass_parties()
      order by organisation_name`;
    return [...rows];
  });
}

/**
 * Opens it and tells both organisations; one that does not know the person is told nothing. Throws NotAllowed without a
 * fresh step-up or after too many within the hour, NotFound when the client is not the actor's organisation's, Conflict
 * when one is open to them already or no agreement allows it.
 */
export async function openGlass(ctx: ActorCtx, given: OpenGlass): Promise<{ endsAt: Date }> {
  requireRight(ctx, "break-glass.open", ctx.actor.organisationId);
  await requireStepUp(ctx);
  const { id, clientId, givingOrganisationId, reason, hours } = given;
  const { organisationId, memberId } = ctx.actor;
  return inTransaction(ctx, async (ctx) => {
    const { db } = ctx;
    await requireNamedClient(ctx, clientId);
    const [there] = await db`
      select 1 from governance.break_glass
      where organisation_id = ${organisationId}
        and (id = ${id} or (member_id = ${memberId} and client_id = ${clientId}
             and giving_organisation_id = ${givingOrganisationId} and ended_at is null and ends_at > now()))`;
    if (there)
      throw new Conflict("You have opened this already: the line at the top of the page leads to it.");
    await takeGlassTurn(ctx, "glass", GLASS_OPENINGS_AN_HOUR);
    const words = seal("break_glass.words", { organisationId, id }, given.words);
    const [row] = await db<{ endsAt: Date | null }[]>`
      select governance.open_glass(
        ${id}, ${clientId}, ${givingOrganisationId}, ${reason}, ${words}, ${hours}::smallint, ${ctx.requestId}) as ends_at`;
    if (!row?.endsAt) {
      throw new Conflict(
        "No agreement in force allows emergency access there. Ring the organisation instead.",
      );
    }
    await record(ctx, "break-glass.open", {
      subjects: [
        { kind: "client", id: clientId },
        { kind: "break-glass", id },
      ],
      detail: { glass: id, purpose: "safeguarding", reason, hours, at: givingOrganisationId },
    });
    // A mail each: one that is not taken is tried again, and the others are not sent twice for it.
    await db`
      select jobs.add('break-glass.mail', jsonb_build_object('accountId', account_id))
      from governance.glass_readers(${id})`;
    return { endsAt: row.endsAt };
  });
}

/** Counts one within the hour, together with what it is for: what was refused for another reason was none. */
async function takeGlassTurn(ctx: TxCtx, of: "glass" | "glass look", most: number): Promise<void> {
  const may = await withPurpose(ctx, "sign-in", () => takeTurn(ctx.db, [of, ctx.actor.memberId], most, 60));
  if (may) return;
  throw new NotAllowed(
    of === "glass"
      ? `You have opened emergency access ${most} times within an hour, and nobody may open it more often. Ring the organisation instead.`
      : `You have looked ${most} times within an hour. Ring the organisation instead.`,
  );
}

const mailSchema = z.object({ accountId: z.uuid() });

/**
 * Task `break-glass.mail`: says to one of those whom it concerns that there is something to look at, and nothing of whom
 * or why. Throws MailNotTaken, so that the queue tries again; nobody is written to who cannot sign in any more.
 */
export async function mailGlass(app: Sql, payload: unknown): Promise<void> {
  const { accountId } = mailSchema.parse(payload);
  const [reader] = await app.begin(async (tx) => {
    await tx`select set_config('app.purpose', 'sign-in', true)`;
    return tx<{ email: string }[]>`
      select email from casework.account where id = ${accountId} and disabled_at is null`;
  });
  if (!reader) return;
  const taken = await sendMail({
    to: reader.email,
    kind: "emergency access",
    subject: "Emergency access was opened",
    text:
      "Somebody opened emergency access that concerns your organisation. Sign in to see it. An officer reviews it " +
      "within two working days.",
    link: pageAddress("/"),
  });
  if (!taken) throw new MailNotTaken("The mail of an emergency access was not taken");
}

/** One that is open to the actor now. */
export interface OwnGlass {
  id: string;
  clientId: string;
  givingOrganisationName: string;
  openedAt: Date;
  endsAt: Date;
}

/** What the actor has open at this moment, for the banner on every page. */
export function listOwnGlass(ctx: ActorCtx): Promise<OwnGlass[]> {
  requireRight(ctx, "break-glass.open", ctx.actor.organisationId);
  return inTransaction(ctx, async ({ db, actor }) => {
    const rows = await db<OwnGlass[]>`
      select id, client_id, giving_organisation_name, opened_at, ends_at from governance.break_glass
      where organisation_id = ${actor.organisationId} and member_id = ${actor.memberId}
        and ended_at is null and ends_at > now() and governance.glass_is_open(id)
      order by ends_at`;
    return [...rows];
  });
}

interface GlassRow {
  organisationId: number;
  clientId: string;
  givenName: Buffer | null;
  familyName: Buffer | null;
  phone: Buffer | null;
  services: Omit<KnownService, "organisation">[];
  colour: Colour;
  needs: { number: number; status: SharedNeed["status"] }[];
}

/**
 * What it opens, a record of the other organisation each; none where they do not know the person. Throws NotFound once
 * it is over, and for everybody but whoever opened it; NotAllowed after too many looks within the hour.
 */
export function lookThroughGlass(ctx: ActorCtx, { id }: { id: string }): Promise<ThroughGlass[]> {
  requireRight(ctx, "break-glass.open", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const { db, actor } = ctx;
    const [glass] = await db<{ clientId: string; reason: string }[]>`
      select client_id, reason from governance.break_glass
      where organisation_id = ${actor.organisationId} and id = ${id} and governance.glass_is_open(id)`;
    if (!glass) throw new NotFound("This emergency access");
    await takeGlassTurn(ctx, "glass look", GLASS_LOOKS_AN_HOUR);
    const rows = await db<GlassRow[]>`select * from governance.look_through_glass(${id}, ${ctx.requestId})`;
    await record(ctx, "break-glass.look", {
      subjects: [
        { kind: "client", id: glass.clientId },
        { kind: "break-glass", id },
      ],
      detail: { glass: id, purpose: "safeguarding", reason: glass.reason, records: rows.length },
    });
    const profession = await readProfession(db, actor.organisationId);
    return rows.map(({ organisationId, clientId, givenName, familyName, phone, services, colour, needs }) => {
      const at = { organisationId, id: clientId };
      return {
        givenName: openIfAny("client_identity.given_name", at, givenName) ?? "",
        familyName: openIfAny("client_identity.family_name", at, familyName) ?? "",
        phone: openIfAny("client_identity.phone", at, phone),
        ...{ services, colour },
        needs: inWordsOf(profession, needs),
      };
    });
  });
}

/** Ends it at once. Throws NotFound when it is over already, or is somebody else's. */
export function endGlass(ctx: ActorCtx, { id }: { id: string }): Promise<{ ok: true }> {
  requireRight(ctx, "break-glass.open", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const [row] = await ctx.db<{ ended: boolean }[]>`select governance.end_glass(${id}) as ended`;
    if (!row?.ended) throw new NotFound("This emergency access");
    await record(ctx, "break-glass.end", { subjects: [{ kind: "break-glass", id }], detail: { glass: id } });
    return { ok: true };
  });
}

/** One emergency access, as an officer of either side sees it. */
export interface GlassCase {
  id: string;
  /** Whether the officer's organisation gave; else its own member looked. */
  isGiver: boolean;
  memberName: string;
  memberRole: string;
  organisationName: string;
  givingOrganisationName: string;
  /** The officer's own records of the person; none once they were erased. */
  clientIds: string[];
  reason: GlassReason;
  /** Null once the record of who looked was erased. */
  words: string | null;
  hours: number;
  openedAt: Date;
  /** When it ended or will end. */
  endsAt: Date;
  isOpen: boolean;
  looks: number;
  found: boolean;
  dueOn: Day;
  isOverdue: boolean;
  review: { verdict: Verdict; words: string | null; byName: string; at: Date } | null;
}

/** Every emergency access that the officer's organisation opened, or gave something by: those that wait for a review first, oldest first. */
export function listGlassCases(ctx: ActorCtx): Promise<GlassCase[]> {
  requireRight(ctx, "break-glass.review", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const cases = await readCases(ctx);
    await record(ctx, "break-glass.list", {
      subjects: cases.flatMap(({ clientIds }) => clientIds.map((id) => ({ kind: "client" as const, id }))),
    });
    return cases;
  });
}

type CaseRow = Omit<GlassCase, "words" | "dueOn" | "isOverdue" | "review"> & {
  words: Buffer | null;
  lookerOrganisationId: number;
  verdict: Verdict | null;
  reviewWords: Buffer | null;
  decidedName: string | null;
  decidedAt: Date | null;
};

/** As `listGlassCases`, inside the caller's transaction and without an entry. */
async function readCases({ db, actor: { organisationId } }: TxCtx): Promise<GlassCase[]> {
  const holidays = await listHolidays(db);
  const rows = await db<CaseRow[]>`
    select g.id, r.is_giver, g.organisation_id as looker_organisation_id, g.member_name, g.member_role,
           g.organisation_name, g.giving_organisation_name, g.reason, g.words, g.hours, g.opened_at,
           least(g.ends_at, coalesce(g.ended_at, g.ends_at)) as ends_at,
           g.ended_at is null and g.ends_at > now() as is_open, g.looks, g.found,
           case when r.is_giver
             then array(select c.client_id from governance.break_glass_record as c
                        where c.organisation_id = ${organisationId} and c.glass_id = g.id)
             else array_remove(array[g.client_id], null) end as client_ids,
           r.verdict, r.words as review_words, a.name as decided_name, r.decided_at
    from governance.break_glass_review as r
    join governance.break_glass as g on g.id = r.glass_id
      and case when r.is_giver then g.giving_organisation_id else g.organisation_id end = r.organisation_id
    left join casework.member as m on m.organisation_id = r.organisation_id and m.id = r.decided_by
    left join casework.account as a on a.id = m.account_id
    where r.organisation_id = ${organisationId}
    order by r.decided_at is not null, case when r.decided_at is null then g.opened_at end, g.opened_at desc
    limit 500`;
  const today = dayOf(new Date());
  return rows.map(({ lookerOrganisationId, verdict, reviewWords, decidedName, decidedAt, words, ...row }) => {
    const dueOn = reviewDueOn(dayOf(row.openedAt), holidays);
    const at = { organisationId, id: row.id };
    return {
      ...row,
      words: openIfAny("break_glass.words", { organisationId: lookerOrganisationId, id: row.id }, words),
      dueOn,
      isOverdue: verdict === null && today > dueOn,
      review:
        verdict !== null && decidedAt
          ? {
              verdict,
              words: openIfAny("break_glass_review.words", at, reviewWords),
              byName: decidedName ?? "",
              at: decidedAt,
            }
          : null,
    };
  });
}

/** Emergency accesses that this organisation has not reviewed yet, and by when; not whom they concern. */
export async function countUnreviewed({ db, actor: { organisationId } }: TxCtx): Promise<Waiting> {
  const rows = await db<{ openedAt: Date }[]>`
    select g.opened_at
    from governance.break_glass_review as r
    join governance.break_glass as g on g.id = r.glass_id
      and case when r.is_giver then g.giving_organisation_id else g.organisation_id end = r.organisation_id
    where r.organisation_id = ${organisationId} and r.verdict is null`;
  const holidays = await listHolidays(db);
  const today = dayOf(new Date());
  return waitingOf(
    rows.map(({ openedAt }) => {
      const dueOn = reviewDueOn(dayOf(openedAt), holidays);
      return { dueOn, isLate: today > dueOn };
    }),
  );
}

/** An officer's word on it, once. Nobody reviews what they opened themselves. */
export function reviewGlass(ctx: ActorCtx, { id, verdict, words }: ReviewGlass): Promise<{ ok: true }> {
  requireRight(ctx, "break-glass.review", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const { db, actor } = ctx;
    const { organisationId, memberId } = actor;
    const [glass] = await db<{ memberId: string; isOwnSide: boolean }[]>`
      select member_id, organisation_id = ${organisationId} as is_own_side from governance.break_glass
      where id = ${id} and exists (
        select from governance.break_glass_review
        where organisation_id = ${organisationId} and glass_id = ${id})`;
    if (!glass) throw new NotFound("This emergency access");
    if (glass.isOwnSide && glass.memberId === memberId) {
      throw new Invalid("You opened this yourself: another officer has to review it.");
    }
    const sealed = seal("break_glass_review.words", { organisationId, id }, words);
    const changed = await db`
      update governance.break_glass_review
      set verdict = ${verdict}, words = ${sealed}, decided_by = ${memberId}, decided_at = now()
      where organisation_id = ${organisationId} and glass_id = ${id} and verdict is null`;
    if (changed.count === 0) throw new Conflict("Somebody has reviewed this already.");
    await record(ctx, "break-glass.review", {
      subjects: [{ kind: "break-glass", id }],
      detail: { glass: id, verdict },
    });
    return { ok: true };
  });
}
