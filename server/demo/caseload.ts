/**
 * What the made workers have in hand today: whom they look after, what is still to do for some of them, scores of
 * before and after at one organisation, and crisis cards that two of them have checked. In the whole county, whoever
 * was not seen for eight weeks has been closed, as a charity would have.
 */

import type { Tx } from "../../db/client";
import { addAction, finishAction } from "../actions";
import { type ActorCtx, type Ctx, inTransaction } from "../context";
import { saveCrisisCard } from "../crisis-cards";
import { CRISIS_NEEDS, suggestedCard } from "../domain/crisis-cards";
import { getNeedByNumber } from "../domain/needs";
import { addDays, type Day } from "../domain/period";
import { addInstrument, recordScore } from "../instruments";
import { ORGANISATIONS, type OrganisationKey } from "./organisations";
import type { Size } from "./people";
import { Chance, madeId } from "./random";
import { listWorkers } from "./workers";

interface CaseloadOptions {
  seed: string;
  size: Size;
  today: Day;
  /** Sets the installation's clock: an action is made before the day it is due. */
  setClock: (day: Day) => Promise<void>;
}

/** Days before today on which the actions were made, so that some of them are late by now. */
const MADE_DAYS_AGO = 6;

/** Gives the made workers their people and their work. Contacts must have been sent. */
export async function addCaseloads(ctx: Ctx, options: CaseloadOptions): Promise<void> {
  const { seed, today, setClock } = options;
  const [workers, managers] = await Promise.all([listWorkers(ctx), listWorkers(ctx, "manager")]);
  await setClock(addDays(today, -MADE_DAYS_AGO));
  for (const { key, accounts } of ORGANISATIONS) {
    const team = accounts.flatMap(({ email }): ActorCtx[] => {
      const worker = workers.get(email);
      return worker ? [{ ...ctx, actor: worker.actor }] : [];
    });
    const manager = accounts.map(({ email }) => managers.get(email)).find(Boolean);
    if (!manager) throw new Error(`${key} has no manager`);
    await shareOut({ ...ctx, actor: manager.actor }, options);
    await setUp({ ...ctx, actor: manager.actor }, key, seed);
    for (const worker of team) {
      await giveWork(worker, new Chance(`${seed}/work of ${worker.actor.name}`), today);
      if (key === SCORED_BY)
        await giveScores(worker, new Chance(`${seed}/scores of ${worker.actor.name}`), seed, today);
    }
  }
}

/** Days without a contact after which the record of somebody in the whole county is closed. */
const DORMANT_DAYS = 56;

/** Everybody open goes to whoever saw them last, but for one in thirty whom nobody has taken on yet. */
async function shareOut(ctx: ActorCtx, { size, today }: CaseloadOptions): Promise<void> {
  const { organisationId } = ctx.actor;
  await inTransaction(ctx, async ({ db }) => {
    // The small county is nearly all of the last quarter: nobody in it is done with.
    if (size === "full") await closeDormant(db, organisationId, today);
    await db`
      update casework.client as c
      set assigned_to = latest.member_id, assigned_at = now()
      from (
        select distinct on (client_id) client_id, member_id
        from casework.contact
        where organisation_id = ${organisationId} and voided_at is null
        order by client_id, occurred_on desc, received_no desc
      ) as latest
      where c.organisation_id = ${organisationId} and c.id = latest.client_id and not c.anonymous
        and c.closed_on is null and abs(hashtext(c.id::text)) % 30 > 0`;
  });
}

async function closeDormant(db: Tx, organisationId: number, today: Day): Promise<void> {
  await db`
    with latest as (
      select distinct on (client_id) client_id, member_id, occurred_on
      from casework.contact
      where organisation_id = ${organisationId} and voided_at is null
      order by client_id, occurred_on desc, received_no desc
    ), open as (
      select i.client_id, array_agg(i.id) as issues
      from casework.issue as i
      cross join lateral (
        select e.status from casework.issue_entry as e
        join casework.contact as k on k.organisation_id = e.organisation_id and k.id = e.contact_id
        where e.organisation_id = i.organisation_id and e.issue_id = i.id and k.voided_at is null
        order by k.occurred_on desc, k.received_no desc
        limit 1
      ) as said
      where i.organisation_id = ${organisationId} and said.status not in ('resolved', 'no-longer-relevant')
      group by i.client_id
    ), closed as (
      update casework.client as c
      set closed_on = latest.occurred_on + ${DORMANT_DAYS - 14}::int
      from latest
      where c.organisation_id = ${organisationId} and c.id = latest.client_id and not c.anonymous
        and c.closed_on is null and latest.occurred_on < ${today}::date - ${DORMANT_DAYS}::int
      returning c.id, c.closed_on, latest.member_id
    )
    insert into casework.closing
      (organisation_id, id, client_id, kind, on_day, because, made_by, handed_on)
    select ${organisationId}, gen_random_uuid(), closed.id, 'closed', closed.closed_on,
           case when open.issues is null or abs(hashtext(closed.id::text)) % 4 > 0 then 'finished' else 'lost-touch' end, closed.member_id,
           coalesce(open.issues, '{}')
    from closed left join open on open.client_id = closed.id
    where closed.member_id is not null`;
}

/** What has to be done about a need, by its domain; without anybody's name in it. */
const TO_DO: Readonly<Record<string, readonly string[]>> = {
  HOU: [
    "Ring the landlord about the repair",
    "Ask the council for the housing file",
    "Send the tenancy papers",
  ],
  MON: [
    "Go through the budget together",
    "Write to the creditors to hold action",
    "Ring council tax about instalments",
  ],
  BEN: [
    "Send the appeal papers",
    "Ring about the stopped payment",
    "Check the award letter",
    "Fill in the form together",
  ],
  BAS: ["Check that the food parcel arrived", "Apply for the council’s crisis grant"],
  EMP: ["Look over the CV", "Ask the job centre about training"],
};
const ANY_TO_DO = [
  "Ring to see how things are",
  "Ask the GP’s surgery about the referral",
  "Book the next visit",
];

/** Days from today on which made actions are due; null: no day. */
const DUE_IN: readonly (number | null)[] = [-4, -1, 0, 0, 0, 1, 2, 5, 12, null, null];
/** The last of them are done already. */
const FINISHED = 2;

async function giveWork(worker: ActorCtx, chance: Chance, today: Day): Promise<void> {
  const { organisationId, memberId } = worker.actor;
  const issues = await inTransaction(
    worker,
    ({ db }) => db<{ id: string; clientId: string; needNumber: number }[]>`
      select distinct on (c.id) i.id, c.id as client_id, i.need_number
      from casework.client as c
      join casework.issue as i on i.organisation_id = c.organisation_id and i.client_id = c.id
      where c.organisation_id = ${organisationId} and c.assigned_to = ${memberId}
      order by c.id desc, i.id
      limit ${DUE_IN.length + FINISHED}`,
  );
  for (const [at, issue] of issues.entries()) {
    const due = DUE_IN[at];
    const domain = getNeedByNumber(issue.needNumber).code.slice(0, 3);
    const { id } = await addAction(worker, {
      ...{
        id: madeId(chance, Date.parse(`${today}T08:00:00Z`) + at),
        clientId: issue.clientId,
        issueId: issue.id,
      },
      title: chance.pick(TO_DO[domain] ?? ANY_TO_DO),
      dueOn: typeof due === "number" ? addDays(today, due) : null,
      memberId,
    });
    if (at >= DUE_IN.length) await finishAction(worker, { id, outcome: "done" });
  }
}

/** The organisation that scores, its instrument, and who is scored. */
const SCORED_BY: OrganisationKey = "health";
const INSTRUMENT = { name: "Wellbeing, short form", lowest: 7, highest: 35, step: 1 } as const;
const SCORED_PEOPLE = 25;

const instrumentId = (seed: string) =>
  madeId(new Chance(`${seed}/instrument`), Date.parse("2025-01-06T09:00:00Z"));

/** Cards that a manager has checked, where one has, with local numbers from the range kept for stories. */
const CHECKED: Readonly<Partial<Record<OrganisationKey, readonly string[]>>> = {
  advice: CRISIS_NEEDS,
  health: ["MEN-03", "MEN-04", "SAF-01"],
};

async function setUp(manager: ActorCtx, key: OrganisationKey, seed: string): Promise<void> {
  for (const need of CHECKED[key] ?? []) {
    const { title, words, phones, localNumbers } = suggestedCard(need);
    const own = localNumbers.map((label, at) => ({
      label,
      number: `01632 960 ${String(140 + at).padStart(3, "0")}`,
    }));
    await saveCrisisCard(manager, { need, title, words, phones: [...phones, ...own] });
  }
  if (key === SCORED_BY) {
    await addInstrument(manager, { id: instrumentId(seed), ...INSTRUMENT, direction: "higher-better" });
  }
}

/** Some of a worker's people, scored when they came and once or twice since; most have come some way. */
async function giveScores(worker: ActorCtx, chance: Chance, seed: string, today: Day): Promise<void> {
  const { organisationId, memberId } = worker.actor;
  const people = await inTransaction(
    worker,
    ({ db }) => db<{ id: string; firstDay: Day; lastDay: Day }[]>`
      select c.id, min(k.occurred_on) as first_day, max(k.occurred_on) as last_day
      from casework.client as c
      join casework.contact as k on k.organisation_id = c.organisation_id and k.client_id = c.id
      where c.organisation_id = ${organisationId} and c.assigned_to = ${memberId} and k.voided_at is null
        and k.occurred_on < ${addDays(today, -MADE_DAYS_AGO)}
      group by c.id having max(k.occurred_on) > min(k.occurred_on)
      order by c.id desc
      limit ${SCORED_PEOPLE}`,
  );
  for (const { id: clientId, firstDay, lastDay } of people) {
    const first = Math.round(Math.min(26, Math.max(9, chance.normal(17, 4))));
    const latest = Math.round(Math.min(35, Math.max(7, first + chance.normal(3.5, 3))));
    for (const [scoredOn, score] of [
      [firstDay, first],
      [lastDay, latest],
    ] as const) {
      const id = madeId(chance, Date.parse(`${scoredOn}T12:00:00Z`));
      await recordScore(worker, {
        id,
        instrumentId: instrumentId(seed),
        clientId,
        contactId: null,
        scoredOn,
        score,
      });
    }
  }
}
