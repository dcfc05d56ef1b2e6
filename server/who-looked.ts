/**
 * Who has looked at a client, whom a member looked at, and what an agreement was used for, for an officer: from the
 * audit, in one answer for each person and day, with the reason as far as the records give one. Asking is recorded too.
 */

import { z } from "zod";
import { record } from "./audit";
import { lineOf } from "./client-looks";
import { readSummaries } from "./clients";
import { type ActorCtx, inTransaction, requireRight, type TxCtx } from "./context";
import { isRole, type Role } from "./domain/access";
import { PURPOSES } from "./domain/agreements/agreement";
import { NotFound } from "./domain/errors";
import { addDays, type Day } from "./domain/period";
import {
  groupLooks,
  type LookEntry,
  type LookGroup,
  type LookQuestion,
  type Relation,
  relationKey,
} from "./domain/who-looked";
import { requireStepUp } from "./step-up";

/** Entries read for one answer; a longer window is asked in parts. */
const MOST_ENTRIES = 5_000;

/** Whom or what an answer is about, to put above it. */
export type AskedAbout =
  | {
      kind: "client";
      id: string;
      /** Null for somebody who gave no name. */
      name: string | null;
      dateOfBirth: Day | null;
      reference: string | null;
    }
  | { kind: "member"; id: string; name: string; roles: Role[]; hasLeft: boolean }
  | { kind: "agreement"; id: string; title: string };

export interface WhoLooked {
  about: AskedAbout;
  groups: LookGroup[];
  /** More was done than one answer holds: only the latest is here. */
  isCut: boolean;
}

/** Who has looked, by person and day, the latest first. Throws NotFound for what is not the officer's organisation's. */
export function whoLooked(ctx: ActorCtx, question: LookQuestion): Promise<WhoLooked> {
  return answer(ctx, question, "use.read");
}

/** The same, to be taken out as a file: recorded as that. Throws NotAllowed without a fresh step-up. */
export async function takeOutLooks(ctx: ActorCtx, question: LookQuestion): Promise<WhoLooked> {
  requireRight(ctx, "audit.read", ctx.actor.organisationId);
  await requireStepUp(ctx);
  return answer(ctx, question, "use.take-out");
}

function answer(
  ctx: ActorCtx,
  question: LookQuestion,
  action: "use.read" | "use.take-out",
): Promise<WhoLooked> {
  requireRight(ctx, "audit.read", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const about = await readAbout(ctx, question.about);
    const entries = await readEntries(ctx, question);
    const relations = await readRelations(ctx, entries);
    await record(ctx, action, {
      subjects: [{ kind: question.about.kind, id: question.about.id }],
      detail: { from: question.from, to: question.to },
    });
    return { about, groups: groupLooks(entries, relations), isCut: entries.length === MOST_ENTRIES };
  });
}

async function readAbout(ctx: TxCtx, { kind, id }: LookQuestion["about"]): Promise<AskedAbout> {
  if (kind === "member") return readMember(ctx, id);
  if (kind === "agreement") return readAgreement(ctx, id);
  const { organisationId } = ctx.actor;
  const [client] = await ctx.db`
    select from casework.client where organisation_id = ${organisationId} and id = ${id}`;
  if (!client) throw new NotFound("This person");
  const summary = (await readSummaries(ctx, [id])).get(id);
  return {
    ...{ kind, id },
    name: summary ? `${summary.givenName} ${summary.familyName}`.trim() : null,
    dateOfBirth: summary?.dateOfBirth ?? null,
    reference: summary?.reference ?? null,
  };
}

async function readMember({ db, actor }: TxCtx, id: string): Promise<AskedAbout> {
  const [member] = await db<{ name: string; roles: string[]; hasLeft: boolean }[]>`
    select a.name, m.roles, m.ended_at is not null as has_left
    from casework.member as m join casework.account as a on a.id = m.account_id
    where m.organisation_id = ${actor.organisationId} and m.id = ${id}`;
  if (!member) throw new NotFound("This member");
  return { kind: "member", id, ...member, roles: member.roles.filter(isRole) };
}

/** The agreement's newest version; row-level security shows it to its parties alone. */
async function readAgreement({ db }: TxCtx, id: string): Promise<AskedAbout> {
  const [agreement] = await db<{ title: string }[]>`
    select terms ->> 'title' as title from governance.agreement where id = ${id} order by version desc limit 1`;
  if (!agreement) throw new NotFound("This agreement");
  return { kind: "agreement", id, title: agreement.title };
}

type EntryRow = Omit<LookEntry, "roles" | "organisationName" | "isOwn" | "given"> & {
  roles: string[] | null;
};

/** One entry a line of the record's history and client. */
async function readEntries(ctx: TxCtx, question: LookQuestion): Promise<LookEntry[]> {
  const { about } = question;
  const { db, actor } = ctx;
  const { organisationId } = actor;
  // Days are London's; the audit keeps real time.
  const [from, until] = [question.from, addDays(question.to, 1)];
  const within = db`
    e.at >= ${from}::date::timestamp at time zone 'Europe/London'
    and e.at < ${until}::date::timestamp at time zone 'Europe/London'`;
  const found =
    about.kind === "client"
      ? db`
        select e.*, x.subject_id as client_id
        from governance.audit_subject as x join governance.audit_entry as e on e.id = x.entry_id
        where x.organisation_id = ${organisationId} and x.subject_id = ${about.id} and ${within}`
      : db`
        select e.*, (s ->> 'id')::uuid as client_id
        from governance.audit_entry as e cross join lateral jsonb_array_elements(e.subjects) as s
        where e.organisation_id = ${organisationId} and ${within} and s ->> 'kind' = 'client'
          and ${about.kind === "member" ? db`e.member_id = ${about.id}` : db`e.detail ->> 'agreement' = ${about.id}`}`;
  const rows = await db<EntryRow[]>`
    select look.id::text, look.at, look.action, look.detail, look.member_id, a.name as member_name, m.roles,
           look.client_id,
           (select count(*)::int from jsonb_array_elements(look.subjects) as s where s ->> 'kind' = 'client') as people
    from (
      select distinct on (${lineOf(db)}, e.client_id) e.*
      from (${found}) as e
      order by ${lineOf(db)}, e.client_id, e.action like 'client.%' desc, e.id
    ) as look
    left join casework.member as m on m.organisation_id = look.organisation_id and m.id = look.member_id
    left join casework.account as a on a.id = m.account_id
    order by look.id desc
    limit ${MOST_ENTRIES}`;
  const sharing = await readSharing(ctx);
  return rows.map((row) => entryOf(row, actor.organisationName, sharing));
}

/** Names that entries say by number: other organisations, and agreements that the officer's organisation is in. */
interface Sharing {
  organisations: ReadonlyMap<number, string>;
  agreements: ReadonlyMap<string, string>;
}

async function readSharing({ db }: TxCtx): Promise<Sharing> {
  const [organisations, agreements] = await Promise.all([
    db<{ organisationId: number; organisationName: string }[]>`
      select organisation_id, organisation_name from casework.organisations_elsewhere()`,
    db<{ id: string; title: string }[]>`
      select distinct on (id) id, terms ->> 'title' as title from governance.agreement order by id, version desc`,
  ]);
  return {
    organisations: new Map(organisations.map((one) => [one.organisationId, one.organisationName])),
    agreements: new Map(agreements.map(({ id, title }) => [id, title])),
  };
}

/** What is kept of a look across organisations, at the side that asked and at the side that gave. */
const sharedDetail = z.object({
  purpose: z.enum(PURPOSES),
  reason: z.string().nullable().default(null),
  glass: z.string().optional(),
  /** At the side that gave, which knows the asker by organisation and role. */
  byOrganisation: z.number().optional(),
  group: z.string().optional(),
  agreement: z.string().optional(),
});

function entryOf(row: EntryRow, organisationName: string, sharing: Sharing): LookEntry {
  const own = { ...row, roles: (row.roles ?? []).filter(isRole), organisationName, isOwn: true, given: null };
  const { data } = sharedDetail.safeParse(row.detail);
  if (!data) return own;
  const { purpose, reason, byOrganisation, group, agreement } = data;
  const title = agreement === undefined ? undefined : sharing.agreements.get(agreement);
  const given = {
    agreement: agreement === undefined ? null : { id: agreement, title: title ?? "an agreement" },
    ...{ purpose, reason, isEmergency: data.glass !== undefined },
  };
  if (byOrganisation === undefined) return { ...own, given };
  return {
    ...own,
    roles: group !== undefined && isRole(group) ? [group] : [],
    organisationName: sharing.organisations.get(byOrganisation) ?? "Another organisation",
    ...{ isOwn: false, given },
  };
}

/** How each member stood to each client that they looked at. */
async function readRelations(
  { db, actor: { organisationId } }: TxCtx,
  entries: readonly LookEntry[],
): Promise<ReadonlyMap<string, Relation>> {
  const pairs = new Map<string, { memberId: string; clientId: string }>();
  for (const { memberId, clientId } of entries) {
    if (memberId !== null) pairs.set(relationKey(memberId, clientId), { memberId, clientId });
  }
  if (pairs.size === 0) return new Map();
  const asked = [...pairs.values()];
  const rows = await db<(Relation & { memberId: string; clientId: string })[]>`
    select p.member_id, p.client_id,
           coalesce(c.assigned_to = p.member_id, false) as looks_after,
           coalesce(c.created_by = p.member_id, false) as added_them,
           k.contacts, k.last_contact_on
    from unnest(${asked.map(({ memberId }) => memberId)}::uuid[],
                ${asked.map(({ clientId }) => clientId)}::uuid[]) as p (member_id, client_id)
    left join casework.client as c on c.organisation_id = ${organisationId} and c.id = p.client_id
    left join lateral (
      select count(*)::int as contacts, max(t.occurred_on) as last_contact_on
      from casework.contact as t
      where t.organisation_id = ${organisationId} and t.client_id = p.client_id and t.member_id = p.member_id
        and t.voided_at is null
    ) as k on true`;
  return new Map(
    rows.map(({ memberId, clientId, ...relation }) => [relationKey(memberId, clientId), relation]),
  );
}

/** Somebody whom an officer can ask about: their own organisation's members, those who have left last. */
export interface AskableMember {
  id: string;
  name: string;
  roles: Role[];
  hasLeft: boolean;
}

/** Everybody whom it can be asked about. */
export function listAskable(
  ctx: ActorCtx,
): Promise<{ members: AskableMember[]; agreements: { id: string; title: string }[] }> {
  requireRight(ctx, "audit.read", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const { organisationId } = ctx.actor;
    const members = await ctx.db<(Omit<AskableMember, "roles"> & { roles: string[] })[]>`
      select m.id, a.name, m.roles, m.ended_at is not null as has_left
      from casework.member as m join casework.account as a on a.id = m.account_id
      where m.organisation_id = ${organisationId}
      order by m.ended_at is not null, a.name, m.id`;
    const agreements = await ctx.db<{ id: string; title: string }[]>`
      select distinct on (id) id, terms ->> 'title' as title
      from governance.agreement where state <> 'draft' order by id, version desc`;
    await record(ctx, "use.list-members", {
      subjects: members.map(({ id }) => ({ kind: "member", id })),
    });
    return {
      members: members.map((member) => ({ ...member, roles: member.roles.filter(isRole) })),
      agreements: [...agreements],
    };
  });
}
