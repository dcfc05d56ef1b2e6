/**
 * Tells managers by mail of what a schedule came to: a summary that is ready, one that could not be made, or that the
 * schedule itself can no longer be read. A mail has a link and no number. Each manager is told once: a mail that is not
 * taken is tried again, later and later, and for that one address alone.
 */

import type { Sql, Tx } from "../db/client";
import { inOrganisation } from "./acting";
import { periodTextInWords } from "./domain/period";
import { type Mail, pageAddress, sendMail } from "./mail";

/** Tries of one mail. The wait before each is twice as long as the one before, beginning with a minute: 34 hours in all. */
const MOST_TRIES = 12;

/** What there is to be told. */
interface News {
  /** Of the summary, or of the schedule that was stopped. */
  id: string;
  what: "ready" | "failed" | "stopped";
  /** Of the schedule. */
  name: string;
  /** Of the summary, as it is kept; null for a schedule. */
  period: string | null;
  organisationName: string;
}

/** Somebody who is still to be told. `isDue`: now, and not only later. */
interface Reader {
  memberId: string;
  email: string;
  isDue: boolean;
}

/** Tells whoever is to be told by now of what an organisation's schedules came to. */
export async function tellOfSchedules(app: Sql, organisationId: number): Promise<void> {
  const news = await inOrganisation(app, organisationId, (tx) => listNews(tx, organisationId));
  for (const one of news) {
    const readers = await inOrganisation(app, organisationId, (tx) => listReaders(tx, organisationId, one));
    for (const { memberId, email } of readers.filter(({ isDue }) => isDue)) {
      const isTaken = await sendMail({ to: email, ...mailOf(one) });
      await inOrganisation(app, organisationId, (tx) =>
        note(tx, organisationId, { aboutId: one.id, memberId, isTaken }),
      );
    }
    await inOrganisation(app, organisationId, (tx) => closeWhenTold(tx, organisationId, one));
  }
}

async function listNews(tx: Tx, organisationId: number): Promise<News[]> {
  const rows = await tx<News[]>`
    with news as (
      select s.id, s.state as what, d.name, s.plan ->> 'period' as period, s.asked_at as at
      from casework.summary as s
      join casework.summary_schedule as d on d.organisation_id = s.organisation_id and d.id = s.schedule_id
      where s.organisation_id = ${organisationId} and s.state in ('ready', 'failed') and s.told_at is null
        and s.version = 1
      union all
      select id, 'stopped', name, null, broken_at
      from casework.summary_schedule
      where organisation_id = ${organisationId} and broken_at is not null and told_at is null
    )
    select n.id, n.what, n.name, n.period, o.name as organisation_name
    from news as n join casework.organisation as o on o.id = ${organisationId}
    order by n.at, n.id`;
  return [...rows];
}

/** Who keeps the schedule; has somebody left or is a manager no longer, the other managers. Those told are left out. */
async function listReaders(tx: Tx, organisationId: number, { id }: News): Promise<Reader[]> {
  const rows = await tx<Reader[]>`
    with keeper as (
      select made_by from casework.summary_schedule
      where organisation_id = ${organisationId} and id in (
        ${id}, (select schedule_id from casework.summary where organisation_id = ${organisationId} and id = ${id}))
    ), manager as (
      select m.id, a.email from casework.member as m join casework.account as a on a.id = m.account_id
      where m.organisation_id = ${organisationId} and m.ended_at is null and 'manager' = any (m.roles)
    )
    select m.id as member_id, m.email,
           n.tries is null or n.tried_at <= now() - (2 ^ (n.tries - 1)) * interval '1 minute' as is_due
    from manager as m
    left join casework.summary_notice as n
      on n.organisation_id = ${organisationId} and n.about_id = ${id} and n.member_id = m.id
    where n.told_at is null and coalesce(n.tries, 0) < ${MOST_TRIES}
      and (m.id in (select made_by from keeper)
        or not exists (select from manager as k where k.id in (select made_by from keeper)))
    order by m.email`;
  return [...rows];
}

function note(
  tx: Tx,
  organisationId: number,
  { aboutId, memberId, isTaken }: { aboutId: string; memberId: string; isTaken: boolean },
) {
  return tx`
    insert into casework.summary_notice as n (organisation_id, about_id, member_id, tries, tried_at, told_at)
    values (${organisationId}, ${aboutId}, ${memberId}, 1, now(), ${isTaken ? tx`now()` : null})
    on conflict (organisation_id, about_id, member_id) do update
    set tries = n.tries + 1, tried_at = excluded.tried_at, told_at = coalesce(n.told_at, excluded.told_at)`;
}

/** Once nobody is left to be told, or to be tried again, it is not looked at any more. */
async function closeWhenTold(tx: Tx, organisationId: number, one: News): Promise<void> {
  if ((await listReaders(tx, organisationId, one)).length > 0) return;
  const table = one.what === "stopped" ? tx`casework.summary_schedule` : tx`casework.summary`;
  await tx`
    update ${table} set told_at = now()
    where organisation_id = ${organisationId} and id = ${one.id} and told_at is null`;
}

/** What is said. */
function mailOf({ id, what, name, period, organisationName }: News): Omit<Mail, "to"> {
  const kind = "scheduled summary";
  const words = period === null ? "" : periodTextInWords(period);
  const signIn = "No numbers are in this mail. You will be asked to sign in.";
  if (what === "ready") {
    return {
      kind,
      subject: `${name}: the summary of ${words} is ready`,
      text:
        `The summary "${name}" of ${organisationName} for ${words} has been prepared. ` +
        `Read it, change its words if you like, and hand it on.\n\n${signIn}`,
      link: pageAddress(`/summary/${id}`),
    };
  }
  if (what === "failed") {
    return {
      kind,
      subject: `${name}: the summary of ${words} could not be made`,
      text:
        `The summary "${name}" of ${organisationName} for ${words} could not be made. Nothing left, and nothing is ` +
        "lost. Open it to try once more. If its service or its list of outcomes is no longer there, make a new " +
        `template and have that one prepared instead.\n\n${signIn}`,
      link: pageAddress(`/summary/${id}`),
    };
  }
  return {
    kind,
    subject: `${name} is no longer prepared by itself`,
    text:
      `What was chosen for "${name}" of ${organisationName} can no longer be read, so it has been stopped. ` +
      `Summaries made so far stay. Make a new template and have it prepared by itself.\n\n${signIn}`,
    link: pageAddress("/summary/templates"),
  };
}
