/**
 * The breach desk: from somebody and a window to the people affected, out of the audit at once, and the record of what
 * was told to whom (UK GDPR, Article 33(5)). The list is made anew from the audit whenever it is asked for: it cannot
 * differ from what was recorded.
 */

import { record } from "./audit";
import { readSummaries } from "./clients";
import { type ActorCtx, inTransaction, requireRight, type TxCtx } from "./context";
import {
  type AffectedQuestion,
  type BreachKind,
  type BreachStep,
  commissionerDueAt,
  type OpenBreach,
} from "./domain/breach";
import { Conflict, Invalid, NotFound } from "./domain/errors";
import type { Day } from "./domain/period";
import { openIfAny, seal } from "./identity-vault";

/** Somebody whose record was touched in the window. */
export interface AffectedPerson {
  clientId: string;
  /** Empty for somebody who gave no name. */
  name: string;
  dateOfBirth: Day | null;
  reference: string | null;
  /** The record itself was opened or changed; else the person only came up in a list or a search. */
  wasOpened: boolean;
  firstAt: Date;
  lastAt: Date;
  /** Calls that named them. */
  times: number;
}

/** People named in one answer; a longer list is asked in parts. */
const MOST_PEOPLE = 5_000;

export interface Affected {
  memberName: string;
  /** Those whose record was opened first, then the latest. */
  people: AffectedPerson[];
  /** There are more than are named here: ask about a shorter time. */
  isCut: boolean;
  /** How many there are, and how many of them had their record opened; of those who are not named here, too. */
  total: number;
  opened: number;
  /** Records of other organisations that were shown by agreement: their officers have to be told. */
  elsewhere: { organisationName: string; records: number }[];
}

/** Everybody affected by what somebody could see in a window. Throws NotFound for another organisation's member. */
export function listAffected(ctx: ActorCtx, question: AffectedQuestion): Promise<Affected> {
  requireRight(ctx, "desk.use", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const affected = await readAffected(ctx, question);
    await record(ctx, "breach.list-affected", {
      subjects: [
        { kind: "member", id: question.memberId },
        ...affected.people.map(({ clientId }) => ({ kind: "client" as const, id: clientId })),
      ],
      detail: { people: affected.total, opened: affected.opened },
    });
    return affected;
  });
}

type TouchRow = Pick<AffectedPerson, "clientId" | "wasOpened" | "firstAt" | "lastAt" | "times">;

/** Everybody whom the audit names in the window, without their names. Measured over a million entries by `prove -- breach`. */
export async function readTouched(
  { db, actor }: TxCtx,
  { memberId, from, until }: AffectedQuestion,
): Promise<TouchRow[]> {
  const rows = await db<TouchRow[]>`
    select (s ->> 'id')::uuid as client_id,
           bool_or(e.people = 1 and e.action not like 'client.find%' and e.action <> 'breach.list-affected') as was_opened,
           min(e.at) as first_at, max(e.at) as last_at, count(*)::int as times
    from (
      select e.at, e.action, e.subjects,
             (select count(*) from jsonb_array_elements(e.subjects) as o where o ->> 'kind' = 'client') as people
      from governance.audit_entry as e
      where e.organisation_id = ${actor.organisationId} and e.member_id = ${memberId}
        and e.at >= ${from} and e.at < ${until}
    ) as e
    cross join lateral jsonb_array_elements(e.subjects) as s
    where s ->> 'kind' = 'client'
    group by 1
    order by was_opened desc, last_at desc, client_id`;
  return [...rows];
}

async function readAffected(ctx: TxCtx, question: AffectedQuestion): Promise<Affected> {
  const { db } = ctx;
  const memberName = await readMemberName(ctx, question.memberId);
  const everybody = await readTouched(ctx, question);
  const touched = everybody.slice(0, MOST_PEOPLE);
  const named = await readSummaries(
    ctx,
    touched.map(({ clientId }) => clientId),
  );
  const elsewhere = await db<{ organisationName: string; records: number }[]>`
    select organisation_name, records
    from governance.shown_of_others(${question.memberId}, ${question.from}, ${question.until})`;
  return {
    memberName,
    people: touched.map((row) => {
      const summary = named.get(row.clientId);
      return {
        ...row,
        name: summary ? `${summary.givenName} ${summary.familyName}`.trim() : "",
        dateOfBirth: summary?.dateOfBirth ?? null,
        reference: summary?.reference ?? null,
      };
    }),
    ...{ isCut: touched.length < everybody.length, total: everybody.length, opened: countOpened(everybody) },
    elsewhere: [...elsewhere],
  };
}

const countOpened = (touched: readonly TouchRow[]) => touched.filter(({ wasOpened }) => wasOpened).length;

async function readMemberName({ db, actor }: TxCtx, memberId: string): Promise<string> {
  const [member] = await db<{ name: string }[]>`
    select a.name from casework.member as m join casework.account as a on a.id = m.account_id
    where m.organisation_id = ${actor.organisationId} and m.id = ${memberId}`;
  if (!member) throw new NotFound("This member");
  return member.name;
}

/** One breach on the record. */
export interface ShownBreach {
  id: string;
  what: BreachKind;
  memberId: string;
  memberName: string;
  from: Date;
  until: Date;
  awareAt: Date;
  /** When the Information Commissioner has to be told by. */
  commissionerDueAt: Date;
  isLate: boolean;
  words: string;
  people: number;
  opened: number;
  state: "open" | "closed";
  commissioner: "told" | "no-risk" | null;
  commissionerAt: Date | null;
  peopleToldAt: Date | null;
  closedAt: Date | null;
  madeByName: string;
}

type BreachRow = Omit<ShownBreach, "words" | "commissionerDueAt" | "isLate"> & { words: Buffer | null };

/** Every breach of the organisation: open ones first, by their clock, then the latest. */
export function listBreaches(ctx: ActorCtx): Promise<ShownBreach[]> {
  requireRight(ctx, "desk.use", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const breaches = await readBreaches(ctx);
    await record(ctx, "breach.list", { subjects: breaches.map(({ id }) => ({ kind: "breach", id })) });
    return breaches;
  });
}

async function readBreaches({ db, actor: { organisationId } }: TxCtx): Promise<ShownBreach[]> {
  const rows = await db<BreachRow[]>`
    select b.id, b.what, b.about_id as member_id, a.name as member_name, b.from_at as "from", b.until_at as until,
           b.aware_at, b.words, b.people, b.opened, b.state, b.commissioner, b.commissioner_at, b.people_told_at,
           b.closed_at, k.name as made_by_name
    from governance.breach as b
    join casework.member as m on m.organisation_id = b.organisation_id and m.id = b.about_id
    join casework.account as a on a.id = m.account_id
    join casework.member as o on o.organisation_id = b.organisation_id and o.id = b.made_by
    join casework.account as k on k.id = o.account_id
    where b.organisation_id = ${organisationId}
    order by b.state = 'closed', case when b.state = 'open' then b.aware_at end, b.aware_at desc
    limit 200`;
  return rows.map((row) => {
    const dueAt = commissionerDueAt(row.awareAt);
    return {
      ...row,
      words: openIfAny("breach.words", { organisationId, id: row.id }, row.words) ?? "",
      commissionerDueAt: dueAt,
      isLate: row.commissioner === null && dueAt < new Date(),
    };
  });
}

/**
 * Puts a breach on the record with its figures. Sent again under the same id it changes nothing. Throws Invalid when
 * the organisation would become aware of it in the future: its 72 hours would run from then.
 */
export function openBreach(ctx: ActorCtx, given: OpenBreach): Promise<{ id: string }> {
  requireRight(ctx, "desk.use", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const { organisationId, memberId: officer } = ctx.actor;
    const { id, what, memberId, from, until, awareAt } = given;
    if (awareAt > new Date()) throw new Invalid("You cannot have become aware of it in the future.");
    await readMemberName(ctx, memberId);
    const touched = await readTouched(ctx, { memberId, from, until });
    const [people, opened] = [touched.length, countOpened(touched)];
    await ctx.db`
      insert into governance.breach
        (organisation_id, id, what, about_kind, about_id, from_at, until_at, aware_at, words, people, opened, made_by)
      values (${organisationId}, ${id}, ${what}, 'member', ${memberId}, ${from}, ${until}, ${awareAt},
              ${seal("breach.words", { organisationId, id }, given.words)}, ${people}, ${opened}, ${officer})
      on conflict (organisation_id, id) do nothing`;
    await record(ctx, "breach.open", {
      subjects: [
        { kind: "breach", id },
        { kind: "member", id: memberId },
      ],
      detail: { what, people, opened },
    });
    return { id };
  });
}

/** Keeps that something was done, with its time. Throws Conflict for one that is closed, or is closed too early. */
export function takeBreachStep(
  ctx: ActorCtx,
  { id, step }: { id: string; step: BreachStep },
): Promise<{ ok: true }> {
  requireRight(ctx, "desk.use", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const { db, actor } = ctx;
    const [breach] = await db<{ state: string; commissioner: string | null }[]>`
      select state, commissioner from governance.breach
      where organisation_id = ${actor.organisationId} and id = ${id} for update`;
    if (!breach) throw new NotFound("This breach");
    if (breach.state !== "open") throw new Conflict("This breach is closed.");
    if (step === "close" && breach.commissioner === null) {
      throw new Conflict("Say first whether the Information Commissioner was told, or why not.");
    }
    const change =
      step === "close"
        ? db`state = 'closed', closed_at = now()`
        : step === "people-told"
          ? db`people_told_at = coalesce(people_told_at, now())`
          : db`commissioner = ${step === "commissioner-told" ? "told" : "no-risk"}, commissioner_at = now()`;
    await db`
      update governance.breach set ${change} where organisation_id = ${actor.organisationId} and id = ${id}`;
    await record(ctx, "breach.step", { subjects: [{ kind: "breach", id }], detail: { step } });
    return { ok: true };
  });
}
