/**
 * The breach desk: from somebody, or a lost device, and a window to the people affected, out of the audit at once, and
 * the record of what was told to whom (UK GDPR, Article 33(5)). The list is made anew from the audit whenever it is asked
 * for: it cannot differ from what was recorded.
 */

import { record } from "./audit";
import { readSummaries } from "./clients";
import { type ActorCtx, inTransaction, requireRight, type TxCtx } from "./context";
import {
  type AffectedQuestion,
  type BreachKind,
  type BreachStep,
  type BreachSubject,
  commissionerDueAt,
  type OpenBreach,
} from "./domain/breach";
import { type Waiting, waitingOf } from "./domain/desk";
import { Conflict, Invalid, NotFound } from "./domain/errors";
import { type Day, dayOf } from "./domain/period";
import { LISTING_ACTIONS } from "./domain/who-looked";
import { openIfAny, seal } from "./identity-vault";
import { requireStepUp } from "./step-up";

/** Somebody whose record was touched in the window. */
export interface AffectedPerson {
  clientId: string;
  /** Empty for somebody who gave no name. */
  name: string;
  dateOfBirth: Day | null;
  reference: string | null;
  /** The record itself was opened or changed; else the person only came up in a list or a search, or lay on a device. */
  wasOpened: boolean;
  firstAt: Date;
  lastAt: Date;
  /** Calls that named them. */
  times: number;
}

/** People named on a page, and in a file; a longer list is asked in parts. */
const [MOST_SHOWN, MOST_TAKEN] = [50, 5_000];

export interface Affected {
  /** The member's name, or the device's with who used it. */
  aboutName: string;
  /** Those whose record was opened first, then the latest. */
  people: AffectedPerson[];
  /** There are more than a file holds: ask about a shorter time. */
  isCut: boolean;
  /** How many there are, and how many of them had their record opened; of those who are not named here, too. */
  total: number;
  opened: number;
  /** Records of other organisations that were shown by agreement: their officers have to be told. */
  elsewhere: { organisationName: string; records: number }[];
}

/**
 * How many were affected by what somebody, or whoever held a device, could see in a window, and the first of them by
 * name. Throws NotFound for a member of another organisation, and for a device that none of the own ones worked on.
 */
export async function listAffected(ctx: ActorCtx, question: AffectedQuestion): Promise<Affected> {
  requireRight(ctx, "desk.use", ctx.actor.organisationId);
  return answer(ctx, question, "breach.list-affected", MOST_SHOWN);
}

/** All of them, to be taken along as a file. Throws NotAllowed without a fresh step-up, NotFound as above. */
export async function takeAffected(ctx: ActorCtx, question: AffectedQuestion): Promise<Affected> {
  requireRight(ctx, "desk.use", ctx.actor.organisationId);
  await requireStepUp(ctx);
  return answer(ctx, question, "breach.take-affected", MOST_TAKEN);
}

function answer(
  ctx: ActorCtx,
  question: AffectedQuestion,
  action: "breach.list-affected" | "breach.take-affected",
  most: number,
): Promise<Affected> {
  return inTransaction(ctx, async (ctx) => {
    const affected = await readAffected(ctx, question, most);
    await record(ctx, action, {
      subjects: [
        question.about,
        ...affected.people.map(({ clientId }) => ({ kind: "client" as const, id: clientId })),
      ],
      detail: { people: affected.total, opened: affected.opened },
    });
    return affected;
  });
}

type TouchRow = Pick<AffectedPerson, "clientId" | "wasOpened" | "firstAt" | "lastAt" | "times">;

/**
 * Everybody whom the audit names in the window, without their names: by a member, or in the sessions of a device. A
 * device holds the people that each of its users took along last, also before the window. Measured over a million entries by
 * `bench -- breach`.
 */
export async function readTouched(
  { db, actor: { organisationId } }: TxCtx,
  { about, from, until }: AffectedQuestion,
): Promise<TouchRow[]> {
  const sessions =
    about.kind === "device"
      ? await db<{ memberId: string; sessionId: string }[]>`
          select member_id, session_id from governance.sessions_of_device(${about.id})`
      : [];
  const theirs =
    about.kind === "member"
      ? db`e.member_id = ${about.id}`
      : db`e.member_id = any(${[...new Set(sessions.map(({ memberId }) => memberId))]}::uuid[])
           and e.session_id = any(${sessions.map(({ sessionId }) => sessionId)}::uuid[])`;
  const held =
    about.kind === "member"
      ? db``
      : db`
      union all
      (select distinct on (e.member_id) e.at, e.action, e.subjects, 0
       from governance.audit_entry as e
       where e.organisation_id = ${organisationId} and ${theirs} and e.action = 'device.take-along' and e.at < ${from}
       order by e.member_id, e.id desc)`;
  const rows = await db<TouchRow[]>`
    select (s ->> 'id')::uuid as client_id,
           bool_or(e.people = 1 and e.action <> all (${[...LISTING_ACTIONS]}::text[])
                   and e.action not like 'breach.%' and e.action <> 'device.take-along') as was_opened,
           min(e.at) as first_at, max(e.at) as last_at, count(*)::int as times
    from (
      select e.at, e.action, e.subjects,
             (select count(*) from jsonb_array_elements(e.subjects) as o where o ->> 'kind' = 'client') as people
      from governance.audit_entry as e
      where e.organisation_id = ${organisationId} and ${theirs} and e.at >= ${from} and e.at < ${until}
      ${held}
    ) as e
    cross join lateral jsonb_array_elements(e.subjects) as s
    where s ->> 'kind' = 'client'
    group by 1
    order by was_opened desc, last_at desc, client_id`;
  return [...rows];
}

async function readAffected(ctx: TxCtx, question: AffectedQuestion, most: number): Promise<Affected> {
  const { db } = ctx;
  const { about, from, until } = question;
  const aboutName = await readName(ctx, about);
  const everybody = await readTouched(ctx, question);
  const touched = everybody.slice(0, most);
  const named = await readSummaries(
    ctx,
    touched.map(({ clientId }) => clientId),
  );
  const elsewhere = await db<{ organisationName: string; records: number }[]>`
    select organisation_name, records from governance.shown_of_others(${about.kind}, ${about.id}, ${from}, ${until})`;
  return {
    aboutName,
    people: touched.map((row) => {
      const summary = named.get(row.clientId);
      return {
        ...row,
        name: summary ? `${summary.givenName} ${summary.familyName}`.trim() : "",
        dateOfBirth: summary?.dateOfBirth ?? null,
        reference: summary?.reference ?? null,
      };
    }),
    ...{ isCut: everybody.length > MOST_TAKEN, total: everybody.length, opened: countOpened(everybody) },
    elsewhere: [...elsewhere],
  };
}

const countOpened = (touched: readonly TouchRow[]) => touched.filter(({ wasOpened }) => wasOpened).length;

async function readName(ctx: TxCtx, { kind, id }: AffectedQuestion["about"]): Promise<string> {
  if (kind === "device") {
    const device = (await readDevices(ctx)).find((one) => one.id === id);
    if (!device) throw new NotFound("This device");
    return deviceInWords(device);
  }
  const [member] = await ctx.db<{ name: string }[]>`
    select a.name from casework.member as m join casework.account as a on a.id = m.account_id
    where m.organisation_id = ${ctx.actor.organisationId} and m.id = ${id}`;
  if (!member) throw new NotFound("This member");
  return member.name;
}

/** A device that keeps work for members of the officer's organisation. */
export interface AskableDevice {
  id: string;
  /** "Chrome on Android". */
  name: string;
  memberNames: string[];
  lastSeenAt: Date;
  /** It was shut out, and wipes what it keeps when it is next on line. */
  isShutOut: boolean;
}

/** Devices that can be asked about, the latest used first. A browser that keeps nobody's details is none. */
export function listAskableDevices(ctx: ActorCtx): Promise<AskableDevice[]> {
  requireRight(ctx, "desk.use", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const devices = await readDevices(ctx);
    await record(ctx, "breach.list-devices", { subjects: devices.map(({ id }) => ({ kind: "device", id })) });
    return devices;
  });
}

async function readDevices({ db }: TxCtx): Promise<AskableDevice[]> {
  const rows = await db<AskableDevice[]>`
    select id, name, member_names, last_seen_at, is_shut_out from governance.devices_of_members()
    order by last_seen_at desc, id`;
  return [...rows];
}

const deviceInWords = ({ name, memberNames }: AskableDevice) =>
  `${name}, used by ${memberNames.join(" and ")}`;

/** One breach on the record. */
export interface ShownBreach {
  id: string;
  what: BreachKind;
  about: { kind: BreachSubject; id: string };
  /** The member's name, or the device's with who used it. */
  aboutName: string;
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
  /** Why it was decided that nobody is at risk; also when the Commissioner was told after all. */
  noRiskReason: string | null;
  peopleToldAt: Date | null;
  closedAt: Date | null;
  madeByName: string;
}

type BreachRow = Omit<
  ShownBreach,
  "words" | "noRiskReason" | "commissionerDueAt" | "isLate" | "about" | "aboutName"
> & {
  words: Buffer | null;
  noRiskReason: Buffer | null;
  aboutKind: BreachSubject;
  aboutId: string;
  /** None for a device. */
  memberName: string | null;
};

/** Every breach of the organisation: open ones first, by their clock, then the latest. */
export function listBreaches(ctx: ActorCtx): Promise<ShownBreach[]> {
  requireRight(ctx, "desk.use", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const breaches = await readBreaches(ctx);
    await record(ctx, "breach.list", { subjects: breaches.map(({ id }) => ({ kind: "breach", id })) });
    return breaches;
  });
}

/** Breaches that are open, and by when the Information Commissioner has to be told of the first; not whom they concern. */
export async function countOpenBreaches({ db, actor }: TxCtx): Promise<Waiting> {
  const rows = await db<{ awareAt: Date; isSettled: boolean }[]>`
    select aware_at, commissioner is not null as is_settled from governance.breach
    where organisation_id = ${actor.organisationId} and state = 'open'`;
  const now = new Date();
  return waitingOf(
    rows.map(({ awareAt, isSettled }) => {
      const dueAt = commissionerDueAt(awareAt);
      return { dueOn: dayOf(dueAt), isLate: !isSettled && dueAt < now };
    }),
  );
}

async function readBreaches(ctx: TxCtx): Promise<ShownBreach[]> {
  const { db, actor } = ctx;
  const { organisationId } = actor;
  const rows = await db<BreachRow[]>`
    select b.id, b.what, b.about_kind, b.about_id, a.name as member_name, b.from_at as "from", b.until_at as until,
           b.aware_at, b.words, b.people, b.opened, b.state, b.commissioner, b.commissioner_at, b.no_risk_reason,
           b.people_told_at, b.closed_at, k.name as made_by_name
    from governance.breach as b
    left join casework.member as m
      on b.about_kind = 'member' and m.organisation_id = b.organisation_id and m.id = b.about_id
    left join casework.account as a on a.id = m.account_id
    join casework.member as o on o.organisation_id = b.organisation_id and o.id = b.made_by
    join casework.account as k on k.id = o.account_id
    where b.organisation_id = ${organisationId}
    order by b.state = 'closed', case when b.state = 'open' then b.aware_at end, b.aware_at desc
    limit 200`;
  const devices = rows.some(({ aboutKind }) => aboutKind === "device") ? await readDevices(ctx) : [];
  return rows.map(({ aboutKind: kind, aboutId, memberName, ...row }) => {
    const device = devices.find(({ id }) => id === aboutId);
    const dueAt = commissionerDueAt(row.awareAt);
    return {
      ...row,
      about: { kind, id: aboutId },
      aboutName: memberName ?? (device ? deviceInWords(device) : "A device that is no longer known"),
      words: openIfAny("breach.words", { organisationId, id: row.id }, row.words) ?? "",
      noRiskReason: openIfAny("breach.no_risk_reason", { organisationId, id: row.id }, row.noRiskReason),
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
    const { id, what, about, from, until, awareAt } = given;
    if (awareAt > new Date()) throw new Invalid("You cannot have become aware of it in the future.");
    await readName(ctx, about);
    const touched = await readTouched(ctx, { about, from, until });
    const [people, opened] = [touched.length, countOpened(touched)];
    await ctx.db`
      insert into governance.breach
        (organisation_id, id, what, about_kind, about_id, from_at, until_at, aware_at, words, people, opened, made_by)
      values (${organisationId}, ${id}, ${what}, ${about.kind}, ${about.id}, ${from}, ${until}, ${awareAt},
              ${seal("breach.words", { organisationId, id }, given.words)}, ${people}, ${opened}, ${officer})
      on conflict (organisation_id, id) do nothing`;
    await record(ctx, "breach.open", {
      subjects: [{ kind: "breach", id }, about],
      detail: { what, people, opened },
    });
    return { id };
  });
}

/** Keeps that something was done, with its time. Throws Conflict for one that is closed, or is closed too early. */
export function takeBreachStep(ctx: ActorCtx, given: BreachStep): Promise<{ ok: true }> {
  requireRight(ctx, "desk.use", ctx.actor.organisationId);
  const { id, step } = given;
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
    await db`
      update governance.breach set ${changeBy(ctx, given)}
      where organisation_id = ${actor.organisationId} and id = ${id}`;
    await record(ctx, "breach.step", { subjects: [{ kind: "breach", id }], detail: { step } });
    return { ok: true };
  });
}

function changeBy({ db, actor: { organisationId } }: TxCtx, given: BreachStep) {
  switch (given.step) {
    case "close":
      return db`state = 'closed', closed_at = now()`;
    case "people-told":
      return db`people_told_at = coalesce(people_told_at, now())`;
    case "commissioner-told":
      return db`commissioner = 'told', commissioner_at = now()`;
    case "commissioner-no-risk": {
      const reason = seal("breach.no_risk_reason", { organisationId, id: given.id }, given.reason);
      return db`commissioner = 'no-risk', commissioner_at = now(), no_risk_reason = ${reason}`;
    }
  }
}
