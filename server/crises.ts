/**
 * Issues in crisis now: open ones of which the latest word that stands says so, of people who are known by name and
 * not closed. One reading for the people of a caseload and for the numbers of a team, in the caller's transaction.
 */

import { labelOf } from "./client-timeline";
import type { TxCtx } from "./context";
import type { CrisisIssue } from "./domain/caseload";
import { getNeedByNumber } from "./domain/needs";
import type { Day } from "./domain/period";

/** Whose crises: of a member's people, of those whom nobody looks after (null), or of these. */
export type CrisesOf = { whose: string | null } | { ids: readonly string[] };

interface CrisisRow {
  issueId: string;
  clientId: string;
  needNumber: number;
  label: string | null;
  labelSealed: Buffer | null;
  since: Day;
}

/** Issues in crisis by client, the latest first. */
export async function readCrises(ctx: TxCtx, of: CrisesOf): Promise<ReadonlyMap<string, CrisisIssue[]>> {
  const { db, actor } = ctx;
  const { organisationId } = actor;
  const rows = await db<CrisisRow[]>`
    select crisis.issue_id, crisis.client_id, crisis.need_number, crisis.label, crisis.label_sealed, crisis.since
    from (${openCrises(ctx)}) as crisis
    where ${
      "ids" in of
        ? db`crisis.client_id = any (${[...of.ids]}::uuid[])`
        : db`crisis.assigned_to is not distinct from ${of.whose}::uuid`
    }
    order by crisis.since desc, crisis.issue_id`;
  const crises = new Map<string, CrisisIssue[]>();
  for (const row of rows) {
    const { issueId, clientId, since } = row;
    const label = labelOf({ organisationId, id: issueId }, row);
    const issue = { issueId, clientId, need: getNeedByNumber(row.needNumber).code, label, since };
    crises.set(clientId, [...(crises.get(clientId) ?? []), issue]);
  }
  return crises;
}

/** How many people with an issue in crisis each member looks after; `memberId` null: nobody does. */
export function countCrises(ctx: TxCtx): PromiseLike<{ memberId: string | null; count: number }[]> {
  return ctx.db<{ memberId: string | null; count: number }[]>`
    select crisis.assigned_to as member_id, count(distinct crisis.client_id)::int as count
    from (${openCrises(ctx)}) as crisis
    group by crisis.assigned_to`;
}

/** Begins with the few issues that were ever a crisis. */
function openCrises({ db, actor: { organisationId } }: TxCtx) {
  return db`
    select i.id as issue_id, i.client_id, i.need_number, i.label, i.label_sealed, c.assigned_to,
           latest.occurred_on as since
    from (
      select distinct issue_id from casework.issue_entry
      where organisation_id = ${organisationId} and severity = 'crisis'
    ) as ever
    join casework.issue as i on i.organisation_id = ${organisationId} and i.id = ever.issue_id
    join casework.client as c
      on c.organisation_id = i.organisation_id and c.id = i.client_id and c.closed_on is null and not c.anonymous
    cross join lateral (
      select e.status, e.severity, k.occurred_on
      from casework.issue_entry as e
      join casework.contact as k on k.organisation_id = e.organisation_id and k.id = e.contact_id
      where e.organisation_id = i.organisation_id and e.issue_id = i.id and k.voided_at is null
      order by k.occurred_on desc, k.received_no desc
      limit 1
    ) as latest
    where latest.severity = 'crisis' and latest.status not in ('resolved', 'no-longer-relevant')`;
}
