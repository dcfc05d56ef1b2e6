/**
 * Impact summaries as kept things: asking for one, listing and opening them, and handing out their files. A summary is
 * made by the worker (summary-making.ts), at one instant, once; what is opened later is what was kept, byte for byte.
 */

import { record } from "./audit";
import { type ActorCtx, type Ctx, inTransaction, now, requireRight, type TxCtx } from "./context";
import { Conflict, Invalid, NotFound } from "./domain/errors";
import type { Paper } from "./domain/impact/paper";
import { leavesOrganisation, type Plan, type PlanText, planSchema } from "./domain/impact/plan";
import { withoutStories } from "./domain/impact/without-stories";
import { leaveNamesOut, namesWritten } from "./domain/impact/written-names";
import { numbersIn, partsWithExactNumbers } from "./domain/impact/written-numbers";
import { type Day, dayOf, periodText } from "./domain/period";
import {
  type Finish,
  type KeptSummary,
  MOST_SUMMARIES_A_DAY,
  MOST_VERSIONS,
  notYet,
  STORY_GONE,
  type SummaryFileLine,
  type SummaryLine,
  type SummaryState,
} from "./domain/summaries";
import { agreedParties } from "./programme-parties";
import { sha256Of } from "./sha256";
import { storiesFor } from "./stories";
import { askAlone, askForSummary, type NewSummary } from "./summary-asking";
import { draftSummary } from "./summary-preview";
import { holdStories, refuseStoryWords, storiesGone, tellsGone } from "./told-stories";

/** Lines of the list, newest first: older ones are reached from the newest of their series. */
const MOST_LISTED = 200;

/** A plan as it is kept. */
export const planText = (plan: Plan): PlanText => ({ ...plan, period: periodText(plan.period) });

/**
 * Asks for a summary, of the organisation or of a programme that it leads; the worker makes it. Asking again under the
 * same id asks for nothing more.
 * @throws Invalid while the period of a summary that leaves is not over, when its words name somebody, are a story's or
 * hold exact numbers, or a story may not be told to its readers; NotFound when the service is not one of the
 * organisation's; Conflict when today's are used up.
 */
export async function finishSummary(
  ctx: ActorCtx,
  { id, plan }: Finish,
  programmeId: string | null = null,
): Promise<{ id: string }> {
  refuseNames(ctx, plan);
  // Nobody has seen an exact number of a programme.
  if (programmeId === null) await refuseExactNumbers(ctx, plan);
  return inTransaction(ctx, async (ctx) => {
    const { organisationId, memberId } = ctx.actor;
    await askAlone(ctx.db, organisationId);
    const [asked] = await ctx.db<{ samePlan: boolean }[]>`
      select plan = ${ctx.db.json(planText(plan))} and programme_id is not distinct from ${programmeId}::uuid
             as same_plan
      from casework.summary where organisation_id = ${organisationId} and id = ${id}`;
    if (asked?.samePlan) return { id };
    if (asked) throw new Conflict("Another summary has this id. Start again from the list of summaries.");
    const today = await checkPlan(ctx, plan);
    await refuseStoryWords(ctx, plan);
    await holdStories(ctx, plan.storyIds);
    const stories = await storiesFor(ctx, organisationId, plan.storyIds, plan.audience, today);
    if (stories.length < plan.storyIds.length) {
      const refused = "A story that was chosen may not be told to these readers, or no longer. Choose again.";
      throw new Invalid(refused, { "plan.storyIds": refused });
    }
    await ask(ctx, {
      ...{ id, seriesId: id, version: 1, programmeId },
      ...{ plan: planText(plan), stories, madeBy: memberId },
    });
    await record(ctx, "impact.finish", subjectOf(id, plan));
    return { id };
  });
}

/** Refuses words that somebody wrote for readers outside when they name a person, as a story would be. */
function refuseNames({ actor }: ActorCtx, plan: Plan): void {
  const parts = leavesOrganisation(plan.audience) ? namesWritten(plan, [actor.organisationName]) : [];
  if (parts.length === 0) return;
  throw new Invalid(
    "Words that you wrote name somebody, and will be read outside the organisation.",
    Object.fromEntries(parts.map(({ key, names }) => [`plan.texts.${key}`, leaveNamesOut(names)])),
  );
}

/**
 * Refuses words that somebody wrote for readers outside when they hold an exact number of the draft. Figures are put into
 * drafted words alone.
 */
async function refuseExactNumbers(ctx: ActorCtx, plan: Plan): Promise<void> {
  const written = Object.values(plan.texts).flatMap(numbersIn);
  if (!leavesOrganisation(plan.audience) || written.length === 0) return;
  const drafted = await draftSummary(ctx, { ...plan, texts: {} }, "check");
  const parts = partsWithExactNumbers(plan.texts, drafted);
  if (parts.length === 0) return;
  const list = new Intl.ListFormat("en-GB");
  throw new Invalid(
    "Words that you wrote hold exact numbers, which stay inside the organisation. Round them or leave them out.",
    Object.fromEntries(
      parts.map(({ key, numbers }) => [`plan.texts.${key}`, `Round or leave out ${list.format(numbers)}.`]),
    ),
  );
}

/**
 * Asks for a new version of a summary: the same plan, counted now. While one of its versions is being made, that one is
 * given instead.
 */
export function remakeSummary(
  ctx: ActorCtx,
  { id, of }: { id: string; of: string },
): Promise<{ id: string }> {
  return inTransaction(ctx, async (ctx) => {
    const { organisationId, memberId } = ctx.actor;
    await askAlone(ctx.db, organisationId);
    const [made] = await ctx.db`
      select 1 from casework.summary where organisation_id = ${organisationId} and id = ${id}`;
    if (made) return { id };
    const versions = await ctx.db<
      {
        id: string;
        seriesId: string;
        version: number;
        programmeId: string | null;
        state: SummaryState;
        plan: PlanText;
      }[]
    >`
      select s.id, s.series_id, s.version, s.programme_id, s.state, s.plan
      from casework.summary as s
      join casework.summary as asked
        on asked.organisation_id = s.organisation_id and asked.series_id = s.series_id
      where s.organisation_id = ${organisationId} and asked.id = ${of}
      order by s.version desc`;
    const [newest] = versions;
    const asked = versions.find((version) => version.id === of);
    if (!newest || !asked) throw new NotFound("This summary");
    const making = versions.find(({ state }) => state === "making");
    if (making) return { id: making.id };
    if (newest.version >= MOST_VERSIONS) {
      throw new Conflict(`This summary has ${MOST_VERSIONS} versions. Make a new summary instead.`);
    }
    const plan = planSchema.parse(asked.plan);
    const today = await checkPlan(ctx, plan);
    if (asked.programmeId !== null) await agreedParties(ctx.db, asked.programmeId);
    await holdStories(ctx, plan.storyIds);
    // A story that may no longer be told is left out of the new version, with what was written about it.
    const stories = await storiesFor(ctx, organisationId, plan.storyIds, plan.audience, today);
    const isWhole = stories.length === plan.storyIds.length;
    await ask(ctx, {
      ...{ id, seriesId: newest.seriesId, version: newest.version + 1, programmeId: asked.programmeId },
      ...{ plan: isWhole ? asked.plan : withoutStoryWords(asked.plan), stories, madeBy: memberId },
    });
    await record(ctx, "impact.remake", subjectOf(id, plan));
    return { id };
  });
}

/** A plan without the words that somebody wrote about its stories. */
function withoutStoryWords(plan: PlanText): PlanText {
  const { stories: _words, ...texts } = plan.texts;
  return { ...plan, texts };
}

const subjectOf = (id: string, plan: Plan) => ({
  subjects: [
    { kind: "summary" as const, id },
    ...plan.storyIds.map((story) => ({ kind: "story" as const, id: story })),
  ],
  detail: { period: periodText(plan.period), audience: plan.audience, service: plan.serviceId },
});

/** Asks for it. Throws Conflict when the summaries of the last day are used up. */
async function ask({ db, actor }: TxCtx, asked: NewSummary): Promise<void> {
  if (await askForSummary(db, actor.organisationId, asked)) return;
  throw new Conflict(
    `${MOST_SUMMARIES_A_DAY} summaries have been made in the last day. Make the next one tomorrow; the preview goes on working.`,
  );
}

/** Checks that a plan can be finished today, and gives the day. */
async function checkPlan(ctx: TxCtx, plan: Plan): Promise<Day> {
  const today = dayOf(await now(ctx));
  const refused = notYet(plan, today);
  if (refused) throw new Invalid(refused, { "plan.period": refused });
  if (plan.serviceId === null) return today;
  const [service] = await ctx.db`
    select 1 from casework.service
    where organisation_id = ${ctx.actor.organisationId} and id = ${plan.serviceId}`;
  if (!service) throw new NotFound("This service");
  return today;
}

interface LineRow extends SummaryLine {
  paper?: Paper | null;
}

interface KeptRow extends LineRow {
  changes: string[] | null;
  faultId: string | null;
  refused: string | null;
  storiesTakenBack: boolean;
  gone: { quote: string[] }[];
}

const lineColumns = (db: TxCtx["db"], today: Day) => db`
  s.id, s.series_id, s.version, s.state,
  case when ${tellsGone(db, today)} then s.plan #- '{texts,stories}' else s.plan end as plan,
  s.counted_on, s.ready_at,
  s.asked_at + (select clock_offset_ms from reference.installation) * interval '1 millisecond' as asked_at,
  s.version = max(s.version) over (partition by s.series_id) as is_newest,
  s.paper ->> 'title' as title,
  coalesce(
    (select p.name from casework.programme as p
     where p.organisation_id = s.organisation_id and p.id = s.programme_id),
    (select v.name from casework.service as v
     where v.organisation_id = s.organisation_id and v.id = (s.plan ->> 'serviceId')::uuid)) as service_name,
  (select a.name from casework.member as m join casework.account as a on a.id = m.account_id
   where m.organisation_id = s.organisation_id and m.id = s.made_by) as made_by_name,
  (select d.name from casework.summary_schedule as d
   where d.organisation_id = s.organisation_id and d.id = s.schedule_id) as schedule_name`;

/** The organisation's summaries, the newest version of each series first. */
export function listSummaries(ctx: ActorCtx): Promise<SummaryLine[]> {
  return inTransaction(ctx, async (ctx) => {
    const { db, actor } = ctx;
    const today = dayOf(await now(ctx));
    const rows = await db<SummaryLine[]>`
      select * from (
        select ${lineColumns(db, today)} from casework.summary as s where s.organisation_id = ${actor.organisationId}
      ) as line
      order by line.asked_at desc, line.id desc
      limit ${MOST_LISTED}`;
    return [...rows];
  });
}

/**
 * A summary as it is kept, without stories that may no longer be told to its readers. Throws NotFound when the
 * organisation has none with this id.
 */
export function getSummary(ctx: ActorCtx, id: string): Promise<KeptSummary> {
  return inTransaction(ctx, async (ctx) => {
    const { db, actor } = ctx;
    const today = dayOf(await now(ctx));
    const versions = await db<KeptRow[]>`
      select ${lineColumns(db, today)}, s.changes, s.fault_id, s.refused, ${tellsGone(db, today)} as stories_taken_back,
             ${storiesGone(db, today)} as gone,
             case when s.id = ${id} then s.paper end as paper
      from casework.summary as s
      where s.organisation_id = ${actor.organisationId} and s.series_id = (
        select o.series_id from casework.summary as o
        where o.organisation_id = ${actor.organisationId} and o.id = ${id})
      order by s.version desc`;
    const row = versions.find((version) => version.id === id);
    if (!row) throw new NotFound("This summary");
    const files = await db<SummaryFileLine[]>`
      select name, media_type, length(bytes) as bytes
      from casework.summary_file
      where organisation_id = ${actor.organisationId} and summary_id = ${id}
      order by position`;
    // While it is made the page asks each second, and there is nothing to read yet.
    if (row.state !== "making") await record(ctx, "impact.open", { subjects: [{ kind: "summary", id }] });
    const { paper = null, changes, gone, ...line } = row;
    return {
      ...line,
      paper: paper && row.storiesTakenBack ? withoutStories(paper, gone) : paper,
      files: [...files],
      changes: changes ?? [],
      versions: versions.map(({ id, version, state, countedOn, askedAt }) => ({
        ...{ id, version, state, countedOn, askedAt },
      })),
    };
  });
}

/** A file as it is handed out. */
export interface SummaryFile {
  name: string;
  mediaType: string;
  bytes: Buffer;
}

/** Kept bytes do not have the hash that was kept with them: they are not handed out. */
class Damaged extends Error {
  override readonly name = "Damaged";
}

/**
 * A file of a summary, once its bytes have been found to have the hash that they were kept with. Each download is
 * recorded. Throws NotFound when there is none, Conflict when it tells a story that may no longer be told to its readers.
 */
export function downloadSummaryFile(ctx: Ctx, id: string, name: string): Promise<SummaryFile> {
  requireRight(ctx, "impact.read", ctx.actor?.organisationId ?? null);
  return inTransaction(ctx, async (ctx) => {
    const today = dayOf(await now(ctx));
    const [file] = await ctx.db<
      (SummaryFile & { sha256: string; erasedAt: Date | null; takenBack: boolean })[]
    >`
      select f.name, f.media_type, f.bytes, f.sha256, f.erased_at, ${tellsGone(ctx.db, today)} as taken_back
      from casework.summary_file as f
      join casework.summary as s on s.organisation_id = f.organisation_id and s.id = f.summary_id
      where f.organisation_id = ${ctx.actor.organisationId} and f.summary_id = ${id} and f.name = ${name}`;
    if (!file) throw new NotFound("This file");
    if (file.erasedAt) {
      throw new Conflict("This file told a story of somebody who was erased. Make a new version.");
    }
    if (file.takenBack) {
      throw new Conflict(STORY_GONE);
    }
    const { sha256, ...found } = file;
    if (sha256Of(found.bytes) !== sha256) throw new Damaged("A summary's file is not what was kept");
    await record(ctx, "impact.export", {
      subjects: [{ kind: "summary", id }],
      detail: { file: name, sha256 },
    });
    return { name: found.name, mediaType: found.mediaType, bytes: found.bytes };
  });
}
