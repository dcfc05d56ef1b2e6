/**
 * Studies of an organisation: drafting one, reading it, and what its own records say of the cohort before anything is
 * sent. What moves a study on is in study-steps.ts; files go through lab-uploads.ts.
 */

import type { Db } from "../db/client";
import { LOCKS } from "../db/locks";
import { type ActorCtx, inTransaction, now, type TxCtx } from "./context";
import { type Action, decide } from "./domain/access";
import { Conflict, NotFound } from "./domain/errors";
import { CASEWORK_DATA_SET_ID } from "./domain/lab/casework-set";
import { faultsOfPlan, reconcile } from "./domain/lab/plan-faults";
import {
  type BeginStudy,
  EMPTY_PLAN,
  type Readiness,
  type SaveStudy,
  type StudyLine,
  type StudyView,
} from "./domain/lab/studies";
import { type StudyPlan, shownStage } from "./domain/lab/study";
import { dayOf } from "./domain/period";
import { findStudyDataSet } from "./study-data-sets";
import { getStudyRow, MOST_LISTED, notDeleted, receiptsOf, recordStudy, type StudyRow } from "./study-rows";

/** Drafts and studies that an organisation may have. */
const MOST_STUDIES = MOST_LISTED;

/** The organisation's studies, the newest first. */
export function listStudies(ctx: ActorCtx): Promise<StudyLine[]> {
  return inTransaction(ctx, async ({ db, actor }) => {
    const rows = await db<(StudyLine & { dataSetId: string | null })[]>`
      select s.id, s.number, s.state, s.plan ->> 'intervention' as intervention,
             s.plan ->> 'startedFrom' as started_from, s.plan ->> 'startedTo' as started_to,
             s.plan ->> 'dataSetId' as data_set_id, s.changed_at,
             (select a.name from casework.member as m join casework.account as a on a.id = m.account_id
              where m.organisation_id = s.organisation_id and m.id = s.made_by) as made_by_name
      from lab.study as s
      where s.organisation_id = ${actor.organisationId} and ${notDeleted(db)}
      order by s.number desc limit ${MOST_LISTED}`;
    const names = new Map<string, string | null>();
    for (const id of new Set(rows.flatMap(({ dataSetId }) => dataSetId ?? []))) {
      names.set(id, (await findStudyDataSet(db, id))?.name ?? null);
    }
    return rows.map(({ dataSetId, ...line }) => ({
      ...line,
      dataSetName: dataSetId === null ? null : (names.get(dataSetId) ?? null),
    }));
  });
}

/** Begins a draft. Asking again under the same id begins nothing more. */
export function beginStudy(
  ctx: ActorCtx,
  { id, plan }: BeginStudy,
): Promise<{ id: string; version: number }> {
  return inTransaction(ctx, async (ctx) => {
    const { db, actor } = ctx;
    await db`select pg_advisory_xact_lock(${LOCKS.beginningStudy}, ${actor.organisationId})`;
    const [held] = await db<{ version: number }[]>`
      select version from lab.study where organisation_id = ${actor.organisationId} and id = ${id}`;
    if (held) return { id, version: held.version };
    const whole: StudyPlan = { ...EMPTY_PLAN, ...plan };
    await requireOwnService(ctx, whole);
    const [last] = await db<{ number: number; studies: number }[]>`
      select coalesce(max(number), 0)::int as number, 
             (count(*) filter (where ${notDeleted(db)}))::int as studies
      from lab.study as s where organisation_id = ${actor.organisationId}`;
    if ((last?.studies ?? 0) >= MOST_STUDIES) {
      throw new Conflict(`There are ${MOST_STUDIES} studies already. Ask your administrator.`);
    }
    const at = await now(ctx);
    await db`
      insert into lab.study (organisation_id, id, number, plan, made_by, made_at, changed_at)
      values (
        ${actor.organisationId}, ${id}, ${(last?.number ?? 0) + 1}, ${db.json(whole)}, ${actor.memberId}, ${at}, ${at})`;
    await recordStudy(ctx, "study.begin", id);
    return { id, version: 1 };
  });
}

/**
 * Keeps a draft as it stands, with whatever is missing. Throws Conflict when somebody else changed it meanwhile or it is
 * no draft any more.
 */
export function saveStudy(ctx: ActorCtx, { id, version, plan }: SaveStudy): Promise<{ version: number }> {
  return inTransaction(ctx, async (ctx) => {
    const row = await getStudyRow(ctx, id, { hold: true });
    if (row.state !== "draft") {
      throw new Conflict(
        "This plan is no draft any more. Take it back first, while nobody has said yes to it.",
      );
    }
    if (row.version !== version) {
      throw new Conflict("Somebody else changed this plan meanwhile. Open it again and make your change.");
    }
    await requireOwnService(ctx, plan);
    await ctx.db`
      update lab.study set plan = ${ctx.db.json(plan)}, version = version + 1, changed_at = ${await now(ctx)}
      where organisation_id = ${ctx.actor.organisationId} and id = ${id}`;
    await recordStudy(ctx, "study.save", id, { version: version + 1 });
    return { version: version + 1 };
  });
}

async function requireOwnService({ db, actor }: TxCtx, { serviceId }: StudyPlan): Promise<void> {
  if (serviceId === null) return;
  const [service] = await db`
    select 1 from casework.service where organisation_id = ${actor.organisationId} and id = ${serviceId}`;
  if (!service) throw new NotFound("This service");
}

/** A study with what is missing of its plan, what became of its files, and what it says. */
export function getStudy(ctx: ActorCtx, id: string): Promise<StudyView> {
  return inTransaction(ctx, async (ctx) => {
    const row = await getStudyRow(ctx, id);
    const dataSet = await findStudyDataSet(ctx.db, row.plan.dataSetId);
    const isOpen = row.state === "draft" || row.state === "asked";
    const today = dayOf(await now(ctx));
    // While it runs the page asks each second, and there is nothing to read yet.
    if (row.state !== "running") await recordStudy(ctx, "study.open", id);
    const {
      madeBy: _,
      askedBy,
      secondedBy: __,
      uploadId: ___,
      changedAt: ____,
      countedOn: _____,
      stage,
      ranAt,
      ...view
    } = row;
    return {
      ...view,
      stage: shownStage(stage),
      isLookedFor: ranAt !== null,
      faults: isOpen
        ? faultsOfPlan(row.plan, { codebook: dataSet?.isOffered ? dataSet.codebook : null, today })
        : [],
      dataSetName: dataSet?.name ?? null,
      needsFile: row.plan.dataSetId !== CASEWORK_DATA_SET_ID,
      receipts: await receiptsOf(ctx, id),
      may: rightsOver(ctx, row),
      isAsker: askedBy === ctx.actor.memberId,
    };
  });
}

/** What the viewer may do with a study as it stands. */
function rightsOver({ actor }: TxCtx, { state, askedBy }: StudyRow): StudyView["may"] {
  const can = (action: Action) => decide(actor, action, { organisationId: actor.organisationId }).allow;
  return {
    save: state === "draft" && can("study.write"),
    ask: state === "draft" && can("study.write"),
    approve: state === "asked" && askedBy !== actor.memberId && can("study.approve"),
    send: state === "fixed" && can("study.write"),
    withdraw: state !== "withdrawn" && can(state === "published" ? "study.publish" : "study.write"),
    publish: state === "signed" && can("study.publish"),
  };
}

/**
 * What the organisation's own records hold of those who first met the service between the days of the plan: names, dates
 * of birth and identifiers, counted and never told one by one. Not recorded people (anonymous contacts) started nowhere.
 */
export function checkReadiness(ctx: ActorCtx, id: string): Promise<Readiness> {
  return inTransaction(ctx, async (ctx) => {
    const { plan } = await getStudyRow(ctx, id);
    const held = await startersOf(ctx.db, ctx.actor.organisationId, plan);
    await recordStudy(ctx, "study.readiness", id);
    return {
      ...(held ?? {
        started: null,
        withName: 0,
        withBirthDate: 0,
        withBoth: 0,
        withIdentifier: 0,
        withStartDate: 0,
      }),
      reconciliation: reconcile(plan, held?.started ?? null),
    };
  });
}

type Held = Omit<Readiness, "started" | "reconciliation"> & { started: number };

/** Counts of people, each once however many records the organisation keeps of them; null without a service or days. */
async function startersOf(
  db: Db,
  organisationId: number,
  { serviceId, startedFrom, startedTo }: StudyPlan,
): Promise<Held | null> {
  if (serviceId === null || startedFrom === null || startedTo === null) return null;
  const [row] = await db<Held[]>`
    with met as (
      select c.client_id, min(c.occurred_on) as first_on
      from casework.contact as c
      join casework.client as k on k.organisation_id = c.organisation_id and k.id = c.client_id and not k.anonymous
      where c.organisation_id = ${organisationId} and c.service_id = ${serviceId} and c.voided_at is null
      group by c.client_id
    ), person as (
      select p.first_client_id, min(m.first_on) as first_on,
             bool_or(i.given_name is not null and i.family_name is not null) as named,
             bool_or(i.date_of_birth_index is not null) as born,
             bool_or(i.given_name is not null and i.family_name is not null and i.date_of_birth_index is not null) as whole,
             bool_or(exists (
               select from identity.client_identifier as n
               where n.organisation_id = ${organisationId} and n.client_id = m.client_id)) as identified
      from met as m
      join identity.own_people(${organisationId}, (select array_agg(client_id) from met)) as p
        on p.client_id = m.client_id
      left join identity.client_identity as i on i.organisation_id = ${organisationId} and i.client_id = m.client_id
      group by p.first_client_id
    )
    select count(*)::int as started,
           count(*) filter (where named)::int as with_name,
           count(*) filter (where born)::int as with_birth_date,
           count(*) filter (where whole)::int as with_both,
           count(*) filter (where identified)::int as with_identifier,
           count(*)::int as with_start_date
    from person
    where first_on between ${startedFrom} and ${startedTo}`;
  return row ?? null;
}
