/**
 * The digest of look-ups for officers: how often their members asked which other services know somebody, by member, and
 * the unusual ones with the reason that was given. Once a week a mail says that there were some, and nothing else.
 */

import type { Sql, Tx } from "../db/client";
import { inOrganisation } from "./acting";
import { record } from "./audit";
import { installationNow } from "./clock";
import { type ActorCtx, inTransaction, now, requireRight, type TxCtx } from "./context";
import type { Purpose } from "./domain/agreements/agreement";
import type { LookReason } from "./domain/agreements/known-to";
import { MOST_LOOKS, type Unusual, unusualLooks } from "./domain/agreements/look-digest";
import { Invalid } from "./domain/errors";
import { addDays, type Day, dayOf, daysBetween } from "./domain/period";
import { openIfAny } from "./identity-vault";
import { type MadeList, readMadeLists } from "./list-digest";
import { pageAddress, sendMail } from "./mail";

export interface UnusualLook {
  id: string;
  at: Date;
  memberId: string;
  memberName: string;
  /** The organisation's own client, whom it was about. */
  clientId: string;
  purpose: Purpose;
  reason: LookReason;
  /** What the member wrote; null when they wrote nothing. */
  words: string | null;
  why: Unusual[];
}

export interface LookDigest {
  since: Day;
  looks: number;
  /** Members by how often they looked, the most first, and at how many people. */
  byMember: { memberId: string; memberName: string; looks: number; people: number }[];
  /** There were more than are held against the rules: the unusual ones are those of the latest alone. */
  isCut: boolean;
  /** The latest first. */
  unusual: UnusualLook[];
  /** Lists by agreement, and looks at what came of an action at a place of one. */
  lists: MadeList[];
}

interface LookRow extends Omit<UnusualLook, "words" | "why"> {
  words: Buffer | null;
  familyName: Buffer | null;
  day: Day;
  contactDays: Day[];
  isMadeByLooker: boolean;
}

/** How far back a digest goes. */
const MOST_DAYS = 366;

/** Look-ups by the organisation's members from a day on. Throws Invalid for a day more than a year back. */
export function lookDigest(ctx: ActorCtx, since: Day): Promise<LookDigest> {
  requireRight(ctx, "audit.read", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const today = dayOf(await now(ctx));
    if (daysBetween(since, today) > MOST_DAYS) {
      throw new Invalid("Ask about a year at most.", { since: "Choose a day of the last year." });
    }
    const rows = await readLooks(ctx, since);
    const members = await countByMember(ctx, since);
    const looks = members.reduce((sum, member) => sum + member.looks, 0);
    const { organisationId } = ctx.actor;
    const facts = rows.map((row) => ({
      ...row,
      familyName:
        openIfAny("client_identity.family_name", { organisationId, id: row.clientId }, row.familyName) ?? "",
    }));
    const found = unusualLooks(facts, today);
    const unusual = rows.flatMap(({ familyName, day, contactDays, isMadeByLooker, words, ...look }) => {
      const why = found.get(look.id);
      const opened = openIfAny("look.words", { organisationId, id: look.id }, words);
      return why ? [{ ...look, words: opened, why }] : [];
    });
    await record(ctx, "sharing.digest", {
      subjects: [...new Set(unusual.map(({ clientId }) => clientId))].map((id) => ({ kind: "client", id })),
      detail: { since, looks },
    });
    const lists = await readMadeLists(ctx, since);
    return { since, looks, isCut: rows.length < looks, byMember: members, unusual, lists };
  });
}

/** Looks with what is known around them: contacts of a week to either side, and whether the record was new. */
async function readLooks({ db, actor: { organisationId } }: TxCtx, since: Day): Promise<LookRow[]> {
  const rows = await db<LookRow[]>`
    select l.id, l.at, l.day, l.member_id, coalesce(a.name, '') as member_name, l.client_id, l.purpose, l.reason,
           l.words, i.family_name,
           array(select distinct c.occurred_on::text from casework.contact as c
                 where c.organisation_id = l.organisation_id and c.client_id = l.client_id and c.voided_at is null
                   and c.occurred_on between l.day - 7 and l.day + 7) as contact_days,
           coalesce(k.created_by = l.member_id and l.at - k.created_at between interval '0' and interval '24 hours', false)
             and (select count(*) from casework.contact as c
                  where c.organisation_id = l.organisation_id and c.client_id = l.client_id
                    and c.voided_at is null) < 2 as is_made_by_looker
    from governance.look as l
    left join casework.client as k on k.organisation_id = l.organisation_id and k.id = l.client_id
    left join casework.member as m on m.organisation_id = l.organisation_id and m.id = l.member_id
    left join casework.account as a on a.id = m.account_id
    left join identity.client_identity as i
      on i.organisation_id = l.organisation_id and i.client_id = l.client_id
    where l.organisation_id = ${organisationId} and l.day >= ${since} and l.client_id is not null
    order by l.at desc limit ${MOST_LOOKS}`;
  return [...rows];
}

async function countByMember({ db, actor }: TxCtx, since: Day): Promise<LookDigest["byMember"]> {
  const rows = await db<LookDigest["byMember"]>`
    select l.member_id, coalesce(a.name, '') as member_name, count(*)::int as looks,
           count(distinct l.client_id)::int as people
    from governance.look as l
    left join casework.member as m on m.organisation_id = l.organisation_id and m.id = l.member_id
    left join casework.account as a on a.id = m.account_id
    where l.organisation_id = ${actor.organisationId} and l.day >= ${since} and l.client_id is not null
    group by l.member_id, a.name
    order by looks desc, member_name, l.member_id`;
  return [...rows];
}

const DAYS_A_DIGEST = 7;

/** Tells officers once a week that there were look-ups, organisation by organisation. Work of the worker; may run twice. */
export async function mailLookDigests(app: Sql): Promise<void> {
  const organisations = await app.begin(async (tx) => {
    await tx`select set_config('app.purpose', 'operator', true)`;
    return tx<{ id: number }[]>`select id from casework.organisation order by id`;
  });
  for (const { id } of organisations) {
    const addresses = await inOrganisation(app, id, (tx) => takeDigest(tx, id));
    for (const to of addresses) {
      await sendMail({
        to,
        subject: "Look-ups of the last week",
        text: "Members of your organisation asked last week which other services know somebody. See how many and which were unusual. No names and no numbers are in this mail; you will be asked to sign in.",
        link: pageAddress("/desk/look-ups"),
        kind: "digest of look-ups",
      });
    }
  }
}

/** The officers to be told, once a week has gone by since they last were and somebody has looked in it. */
async function takeDigest(tx: Tx, organisationId: number): Promise<string[]> {
  const today = dayOf(await installationNow(tx));
  const due = await tx`
    insert into governance.look_digest as d (organisation_id, told_on) values (${organisationId}, ${today})
    on conflict (organisation_id) do update set told_on = excluded.told_on
    where d.told_on <= ${addDays(today, -DAYS_A_DIGEST)}
    returning 1`;
  if (due.length === 0) return [];
  const rows = await tx<{ email: string }[]>`
    select a.email
    from casework.member as m join casework.account as a on a.id = m.account_id
    where m.organisation_id = ${organisationId} and m.ended_at is null and 'officer' = any (m.roles)
      and exists (
        select from governance.look as l
        where l.organisation_id = ${organisationId} and l.day >= ${addDays(today, -DAYS_A_DIGEST)})
    order by a.email`;
  return rows.map(({ email }) => email);
}
