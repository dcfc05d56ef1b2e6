/**
 * What a device carries for working without signal: the actor's own people of one organisation and no others, at most
 * 200, in a few queries however many they are. It is handed out only when it differs from what the device holds, and
 * the audit then names everybody in it.
 */

import { record } from "./audit";
import { type ClientRow, openClient } from "./client-rows";
import { labelOf } from "./client-timeline";
import { consentStates } from "./consents";
import { type ActorCtx, inTransaction, now, requireRight, type TxCtx } from "./context";
import { readCrisisCards } from "./crisis-cards";
import { type CourseEntry, stateOf } from "./domain/issue";
import { getNeedByNumber } from "./domain/needs";
import { addDays, type Day, dayOf } from "./domain/period";
import type { ShownIssue } from "./domain/profile";
import {
  type CarriedPerson,
  type CarriedService,
  carriedConflict,
  carriedDetails,
  MOST_CARRIED,
  RECENT_DAYS,
  type TakeAlong,
  type TakeAlongAnswer,
} from "./domain/take-along";
import { fingerprint } from "./identity-vault";
import { listNeedPairs } from "./need-pairs";
import { readConflicts } from "./profile-conflicts";
import { listServices } from "./services";

/**
 * Everything that the actor's device may carry, or that nothing has changed since the version it knows. People are
 * those assigned to the actor, then those whom they logged contacts with in the last 90 days, the latest first.
 */
export function takeAlong(ctx: ActorCtx, { known }: { known: string | null }): Promise<TakeAlongAnswer> {
  requireRight(ctx, "client.read", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const serverNow = await now(ctx);
    const today = dayOf(serverNow);
    const [services, people, crisisCards, needPairs] = await Promise.all([
      openServices(ctx, today),
      readPeople(ctx, today),
      readCrisisCards(ctx),
      listNeedPairs(ctx),
    ]);
    const { accountId, memberId, name, organisationId, organisationName, roles, serviceId } = ctx.actor;
    const along: TakeAlong = {
      viewer: { accountId, memberId, name, organisationId, organisationName, roles, serviceId },
      services,
      people,
      crisisCards,
      needPairs,
    };
    const version = fingerprint(organisationId, JSON.stringify(along)).toString("base64url");
    if (version === known) return { unchanged: true, serverNow, today };
    await record(ctx, "device.take-along", {
      subjects: people.map(({ id }) => ({ kind: "client", id })),
    });
    return { unchanged: false, version, serverNow, today, ...along };
  });
}

async function openServices(ctx: TxCtx, today: Day): Promise<CarriedService[]> {
  const services = await listServices(ctx);
  return services
    .filter(({ closedOn }) => closedOn === null || closedOn >= today)
    .sort((a, b) => Number(b.id === ctx.actor.serviceId) - Number(a.id === ctx.actor.serviceId))
    .map(({ id, name, needs }) => ({ id, name, needs }));
}

interface PersonRow extends ClientRow {
  assignedToMe: boolean;
  lastContactOn: Day | null;
}

async function readPeople(ctx: TxCtx, today: Day): Promise<CarriedPerson[]> {
  const { db, actor } = ctx;
  const { organisationId, memberId } = actor;
  const rows = await db<PersonRow[]>`
    with recent as (
      select client_id, max(received_no) as received_no
      from casework.contact
      where organisation_id = ${organisationId} and member_id = ${memberId}
        and voided_at is null and occurred_on >= ${addDays(today, -RECENT_DAYS)}
      group by client_id
    ), chosen as (
      select p.id, coalesce(p.assigned_to = ${memberId} and p.closed_on is null, false) as assigned_to_me,
             r.received_no
      from casework.client as p
      left join recent as r on r.client_id = p.id
      where p.organisation_id = ${organisationId} and not p.anonymous
        and (r.client_id is not null or (p.assigned_to = ${memberId} and p.closed_on is null))
      order by assigned_to_me desc, r.received_no desc nulls last, p.id
      limit ${MOST_CARRIED}
    )
    select c.id, c.anonymous, c.reference as plain_reference, i.reference, c.closed_on,
           i.given_name, i.family_name, i.date_of_birth,
           coalesce(i.sex, 'not-known') as sex, i.postcode, i.address, i.home_is_secret, i.phone, i.email, chosen.assigned_to_me,
           (select max(k.occurred_on) from casework.contact as k
            where k.organisation_id = c.organisation_id and k.client_id = c.id and k.voided_at is null
           ) as last_contact_on
    from chosen
    join casework.client as c on c.organisation_id = ${organisationId} and c.id = chosen.id
    left join identity.client_identity as i on i.organisation_id = c.organisation_id and i.client_id = c.id
    order by chosen.assigned_to_me desc, chosen.received_no desc nulls last, c.id`;
  const ids = rows.map(({ id }) => id);
  const [issues, sharing, conflicts] = await Promise.all([
    readOpenIssues(ctx, ids),
    consentStates(ctx, ids, today),
    readConflicts(ctx, ids),
  ]);
  const conflictsOf = grouped(conflicts.map(carriedConflict), ({ clientId }) => clientId);
  return rows.map((row) => ({
    ...carriedDetails(openClient(organisationId, row)),
    assignedToMe: row.assignedToMe,
    lastContactOn: row.lastContactOn,
    openIssues: issues.get(row.id) ?? [],
    sharing: sharing.get(row.id)?.answer ?? "not-asked",
    conflicts: conflictsOf.get(row.id) ?? [],
  }));
}

interface EntryRow extends CourseEntry {
  clientId: string;
  issueId: string;
  needNumber: number;
  label: string | null;
  labelSealed: Buffer | null;
}

/** Open issues by client, the latest mention first; of each course the first entry and the latest. */
async function readOpenIssues(
  { db, actor: { organisationId } }: TxCtx,
  clientIds: readonly string[],
): Promise<ReadonlyMap<string, ShownIssue[]>> {
  const rows = await db<EntryRow[]>`
    select i.client_id, i.id as issue_id, i.need_number, i.label, i.label_sealed, e.contact_id, e.status, e.severity, e.ours,
           c.occurred_on, c.received_no
    from casework.issue as i
    join casework.issue_entry as e on e.organisation_id = i.organisation_id and e.issue_id = i.id
    join casework.contact as c on c.organisation_id = e.organisation_id and c.id = e.contact_id
    where i.organisation_id = ${organisationId} and i.client_id = any (${clientIds}::uuid[])
      and c.voided_at is null`;
  const byClient = new Map<string, ShownIssue[]>();
  for (const [issueId, said] of grouped(rows, ({ issueId }) => issueId)) {
    const [first] = said;
    const { latest, open, course } = stateOf(said);
    if (!first || !latest || !open) continue;
    const ends = course.length > 1 ? [...course.slice(0, 1), latest] : course;
    const { clientId, needNumber } = first;
    const { status, severity, ours } = latest;
    const issue: ShownIssue = {
      id: issueId,
      need: getNeedByNumber(needNumber).code,
      label: labelOf({ organisationId, id: issueId }, first),
      status,
      open,
      severity,
      ours,
      course: ends.map(({ contactId, occurredOn, status, severity }) => ({
        contactId,
        occurredOn,
        status,
        severity,
      })),
    };
    byClient.set(clientId, [...(byClient.get(clientId) ?? []), issue]);
  }
  const mentionedOn = ({ course }: ShownIssue) => course.at(-1)?.occurredOn ?? "";
  for (const issues of byClient.values()) {
    issues.sort((a, b) => mentionedOn(b).localeCompare(mentionedOn(a)) || a.id.localeCompare(b.id));
  }
  return byClient;
}

function grouped<T>(rows: readonly T[], by: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(by(row));
    if (group) group.push(row);
    else groups.set(by(row), [row]);
  }
  return groups;
}
