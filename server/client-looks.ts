/**
 * Who has looked at the record of a client or changed it, from the audit: for colleagues, so that nobody looks unseen.
 * Rows found by subject, so that it is answered at once among millions of entries.
 */

import { z } from "zod";
import type { Tx } from "../db/client";
import { record } from "./audit";
import { type ActorCtx, inTransaction, requireRight, type TxCtx } from "./context";
import { NotFound } from "./domain/errors";

/** One time that somebody did something with the record. */
export interface Look {
  id: string;
  at: Date;
  action: string;
  /** Null for the software itself, and for another organisation's worker. */
  memberName: string | null;
  /** The organisation that looked by an agreement; null when it was this one. */
  elsewhere: string | null;
  detail: Record<string, unknown>;
  /** How many people the same call named: more than one for a list. */
  people: number;
}

export const looksQuestion = z.object({
  clientId: z.uuid().toLowerCase(),
  /** Entries before this id, for the next page. */
  before: z
    .string()
    .regex(/^\d{1,18}$/)
    .nullable()
    .default(null),
});
export type LooksQuestion = z.output<typeof looksQuestion>;

const PAGE = 50;

/** A page of everything that was done with the record of a client, the latest first. */
export function listLooks(
  ctx: ActorCtx,
  { clientId, before }: LooksQuestion,
): Promise<{ looks: Look[]; next: string | null }> {
  requireRight(ctx, "client.read", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const { organisationId } = ctx.actor;
    const [client] = await ctx.db`
      select from casework.client where organisation_id = ${organisationId} and id = ${clientId}`;
    if (!client) throw new NotFound("This person");
    const looks = await readLooks(ctx, clientId, { before, most: PAGE });
    await record(ctx, "client.looks", { subjects: [{ kind: "client", id: clientId }] });
    return { looks, next: looks.length === PAGE ? (looks.at(-1)?.id ?? null) : null };
  });
}

/** How many looks the rail reads to find the last few that are not lists. */
const RECENT = 60;
const SHOWN = 4;

/** The last few who opened or changed the record, each once, and how many looks there are in all. */
export async function readLastLooks(ctx: TxCtx, clientId: string): Promise<{ looks: Look[]; total: number }> {
  const { db, actor } = ctx;
  const [[count], recent] = await Promise.all([
    db<{ total: number }[]>`
      select count(distinct (${lineOf(db)}))::int as total
      from governance.audit_subject as x
      join governance.audit_entry as e on e.id = x.entry_id
      where x.organisation_id = ${actor.organisationId} and x.subject_id = ${clientId}`,
    readLooks(ctx, clientId, { before: null, most: RECENT }),
  ]);
  const looks: Look[] = [];
  for (const look of recent) {
    const seen = looks.some(
      ({ memberName, elsewhere, action }) =>
        memberName === look.memberName && elsewhere === look.elsewhere && action === look.action,
    );
    if (look.people === 1 && !seen && looks.length < SHOWN) looks.push(look);
  }
  return { looks, total: count?.total ?? 0 };
}

/**
 * What makes one line: a page asks for several parts of a record in one request, and it was looked at once. What crosses from
 * one organisation to another, is printed or is changed has a line of its own, whatever else its request did: several calls
 * can be sent as one, and none hides another. Of `e`, an audit entry.
 */
export const lineOf = (db: Tx) =>
  db`e.request_id, case when e.action ~ '^(sharing[.]|break-glass[.]|client[.](print|edit))' then e.id end`;

/** The latest lines, or those before an entry. */
async function readLooks(
  { db, actor: { organisationId } }: TxCtx,
  clientId: string,
  { before, most }: { before: string | null; most: number },
): Promise<Look[]> {
  const rows = await db<Look[]>`
    select look.id::text, look.at, look.action, a.name as member_name, look.detail,
           case when look.detail ? 'byOrganisation' then coalesce(
             (select o.organisation_name from casework.organisations_elsewhere() as o
              where o.organisation_id = (look.detail ->> 'byOrganisation')::integer),
             'another organisation') end as elsewhere,
           (select count(*)::int from jsonb_array_elements(look.subjects) as s where s ->> 'kind' = 'client') as people
    from (
      select distinct on (${lineOf(db)})
             e.id, e.at, e.action, e.detail, e.subjects, e.organisation_id, e.member_id
      from governance.audit_subject as x
      join governance.audit_entry as e on e.id = x.entry_id
      where x.organisation_id = ${organisationId} and x.subject_id = ${clientId}
      order by ${lineOf(db)}, e.action like 'client.%' desc, e.id
    ) as look
    left join casework.member as m on m.organisation_id = look.organisation_id and m.id = look.member_id
    left join casework.account as a on a.id = m.account_id
    ${before === null ? db`` : db`where look.id < ${before}::bigint`}
    order by look.id desc
    limit ${most}`;
  return [...rows];
}
