/**
 * Makes a summary that was asked for, in the worker: counts at one instant, makes figures of what leaves, writes the
 * paper and all its files, and keeps them in one transaction. It may run twice, and be killed anywhere: until that
 * transaction nothing of the summary is there, and after it nothing of it is made again.
 */

import { z } from "zod";
import type { Sql, Tx } from "../db/client";
import { LOCKS } from "../db/locks";
import { actFor, atInstantOf, inOrganisation } from "./acting";
import { record } from "./audit";
import { installationNow } from "./clock";
import { byItselfIn } from "./context";
import { filesOf, type PaperFile } from "./documents/files";
import type { Hmac } from "./domain/disclosure";
import { Invalid } from "./domain/errors";
import { type Before, changesOf } from "./domain/impact/changes";
import { exactNumbers, type ImpactCount } from "./domain/impact/count-numbers";
import { setsOfEstimates, setsOfPeople } from "./domain/impact/figure-sets";
import { figureNumbers, type ImpactArea, type ImpactSet } from "./domain/impact/figures";
import { numbersNotShown, whyNotLeaving } from "./domain/impact/leaving-numbers";
import {
  type ExactNumbers,
  type FigureNumbers,
  type ImpactNumbers,
  isEstimate,
  type Measure,
  partsOf,
} from "./domain/impact/numbers";
import { leavesOrganisation, type Plan, type PlanText, planSchema } from "./domain/impact/plan";
import type { PaperStory } from "./domain/impact/reading";
import { leaveNamesOut, namesWritten } from "./domain/impact/written-names";
import { type Day, dayOf, yearBefore } from "./domain/period";
import { uuidv7 } from "./ids";
import { key } from "./keys";
import { describeError, log } from "./log";
import { countProgramme } from "./programme-counting";
import { countImpact } from "./reports/impact-count";
import { sha256Of } from "./sha256";
import { softwareVersion } from "./software";
import { keyedHash } from "./statistics/keyed-hash";
import { keysOfOwnPeople, settleAlone, settleImpact } from "./statistics/settle-impact";
import { happenedSince, type NotedStory, type Trace, traceOf } from "./summary-changes";
import { type Besides, paperOf, readAsked } from "./summary-paper";

/** Says how numbers are counted and what papers say of them, not how a file is set: another one is told with a new version. */
const METHOD = "impact-2";

/** A fault at the third beginning or later is told to whoever asked, who may ask again. */
const MOST_ATTEMPTS = 3;

/** Begun so often and never ended: the worker dies of it, and must not go on doing so. */
const MOST_BEGINNINGS = 10;

/** What the worker has to make a summary with: the engine's login, the casework login, and the word to stop. */
export interface Making {
  stats: Sql;
  app: Sql;
  signal: AbortSignal;
}

const payloadSchema = z.object({ organisationId: z.number().int(), summaryId: z.uuid() });
type Named = z.output<typeof payloadSchema>;

/** Task `impact.make`. Makes the summary, unless it is made, or somebody else is at it. */
export async function makeSummary(ctx: Making, payload: unknown): Promise<void> {
  const named = payloadSchema.parse(payload);
  await ctx.app.begin(async (claim) => {
    const [row] = await claim<{ taken: boolean }[]>`
      select pg_try_advisory_xact_lock(${LOCKS.makingSummary}, hashtext(${named.summaryId})) as taken`;
    if (row?.taken) await makeClaimed(ctx, named);
  });
}

async function makeClaimed(ctx: Making, named: Named): Promise<void> {
  const { organisationId } = named;
  const wanted = await inOrganisation(ctx.app, organisationId, (tx) => begin(tx, named));
  if (!wanted) return;
  try {
    const counted = await count(ctx, organisationId, wanted);
    refuseNames(wanted, counted);
    refuseNumbersNotShown(wanted, counted);
    const paper = paperOf(wanted.plan, numbersOf(counted), counted.besides, {
      countedOn: counted.countedOn,
      firstDay: counted.firstDay,
      stories: wanted.stories,
      version: wanted.version === 1 ? null : { number: wanted.version, changes: counted.changes },
    });
    const files = await filesOf(paper);
    await inOrganisation(ctx.app, organisationId, async (tx) => {
      await refuseErased(tx, named, wanted.stories);
      await keep(tx, named, counted, JSON.stringify(paper), files);
    });
  } catch (error) {
    // Own words hold numbers that may not leave, or organisations of a programme took their agreement back meanwhile: no
    // fault, and no use in trying again.
    const isRefused = error instanceof Invalid;
    // Asked to stop: that is no failure of the summary, and the next worker makes it.
    if (!isRefused && (ctx.signal.aborted || wanted.attempt < MOST_ATTEMPTS)) throw error;
    const faultId = isRefused ? null : uuidv7();
    await inOrganisation(ctx.app, organisationId, (tx) => fail(tx, named, faultId, error));
  }
}

/** Refuses own words that name a person: also those of templates, which a schedule takes, and of later versions. */
function refuseNames({ plan }: Wanted, { besides }: CountedSummary) {
  if (!leavesOrganisation(plan.audience)) return;
  const { organisationName, serviceName, together = [] } = besides;
  const names = namesWritten(plan, [organisationName, serviceName ?? "", ...together]).flatMap(
    (part) => part.names,
  );
  if (names.length > 0) {
    throw new Invalid(`Words that were written for this summary name somebody. ${leaveNamesOut(names)}`);
  }
}

/**
 * Refuses own words with numbers that the figures do not show. Here, because here the figures are: so it holds for a summary
 * that somebody finishes, for its later versions, and for those of a schedule.
 * @throws Invalid with the numbers, the parts that they are in, and what to do.
 */
function refuseNumbersNotShown({ plan, stories }: Wanted, counted: CountedSummary) {
  const { figures, besides, countedOn, firstDay } = counted;
  if (!figures) return;
  const drafted = paperOf({ ...plan, texts: {} }, figures, besides, {
    ...{ countedOn, firstDay, stories },
    version: null,
  });
  const refused = whyNotLeaving(numbersNotShown(plan.texts, drafted));
  if (refused) throw new Invalid(refused);
}

/** Says that it could not be made, and why where that is no fault; the number of the fault is what the log is searched for. */
async function fail(
  tx: Tx,
  { organisationId, summaryId }: Named,
  faultId: string | null,
  error: unknown = null,
): Promise<void> {
  if (faultId) log().error({ fault: faultId, error: describeError(error) }, "a summary could not be made");
  await tx`
    update casework.summary set state = 'failed', fault_id = ${faultId}, refused = ${error instanceof Invalid ? error.message : null}
    where organisation_id = ${organisationId} and id = ${summaryId} and state = 'making'`;
}

interface Wanted {
  plan: Plan;
  seriesId: string;
  version: number;
  /** Null: of the organisation alone. */
  programmeId: string | null;
  attempt: number;
  stories: readonly NotedStory[];
}

/** Notes that it is begun; null when it is not to be made. */
async function begin(tx: Tx, { organisationId, summaryId }: Named): Promise<Wanted | null> {
  const [row] = await tx<
    {
      plan: PlanText;
      seriesId: string;
      version: number;
      programmeId: string | null;
      attempts: number;
      stories: NotedStory[];
    }[]
  >`
    update casework.summary set attempts = attempts + 1
    where organisation_id = ${organisationId} and id = ${summaryId} and state = 'making'
    returning plan, series_id, version, programme_id, attempts, stories`;
  if (!row) return null;
  const { plan, attempts, ...wanted } = row;
  if (attempts > MOST_BEGINNINGS) {
    await fail(tx, { organisationId, summaryId }, uuidv7());
    return null;
  }
  const readable = planSchema.safeParse(plan);
  if (!readable.success) {
    // Kept by another version of the software: it stays unreadable however often it is begun.
    await fail(tx, { organisationId, summaryId }, uuidv7(), readable.error);
    return null;
  }
  return { ...wanted, plan: readable.data, attempt: attempts };
}

interface CountedSummary {
  /** Null for a programme, which has none. */
  exact: ExactNumbers | null;
  /** Null for a summary that stays inside. */
  figures: FigureNumbers | null;
  besides: Besides;
  cutOff: Date;
  countedOn: Day;
  /** Of recording; null when it is not known. */
  firstDay: Day | null;
  trace: Trace | TogetherTrace;
  changes: readonly string[];
}

/** What the paper is made of. */
function numbersOf({ figures, exact }: Pick<CountedSummary, "figures" | "exact">): ImpactNumbers {
  const numbers = figures ?? exact;
  if (!numbers) throw new Error("Nothing was counted");
  return numbers;
}

/**
 * Counts at one instant, and settles the figures of what leaves before anything of them can be seen. Whoever settles for
 * the organisation waits for whoever is at it, and only then takes the instant.
 */
function count(ctx: Making, organisationId: number, wanted: Wanted): Promise<CountedSummary> {
  if (wanted.programmeId !== null) return countOfProgramme(ctx, organisationId, wanted, wanted.programmeId);
  const atOneInstant = (settle: ((tx: Tx, counted: ImpactCount) => Promise<FigureNumbers>) | null) =>
    ctx.app.begin("isolation level repeatable read", async (tx): Promise<CountedSummary> => {
      await actFor(tx, organisationId);
      const [now] = await tx<{ cutOff: Date }[]>`select now() as cut_off`;
      const countedOn = dayOf(await installationNow(tx));
      if (!now) throw new Error("The database does not say what time it is");
      const { count: asked, besides, firstDay } = await readAsked(tx, organisationId, wanted.plan, countedOn);
      const counted = await countImpact(tx, asked);
      const exact = exactNumbers(counted);
      const trace = await traceOf(tx, asked, exact, { ...besides, stories: wanted.stories });
      const figures = settle && (await settle(tx, counted));
      const changes = await changesSince(tx, organisationId, wanted, figures ?? exact, trace);
      return { exact, figures, besides, cutOff: now.cutOff, countedOn, firstDay, trace, changes };
    }) as Promise<CountedSummary>;
  if (!leavesOrganisation(wanted.plan.audience)) return atOneInstant(null);
  return ctx.stats.begin(async (engine) => {
    await settleAlone(engine, organisationId);
    return atOneInstant((tx, counted) =>
      settleFigures(ctx, engine, tx, organisationId, wanted.plan, counted),
    );
  }) as Promise<CountedSummary>;
}

/** The same for a programme that the organisation leads. */
async function countOfProgramme(
  ctx: Making,
  organisationId: number,
  wanted: Wanted,
  programmeId: string,
): Promise<CountedSummary> {
  const { figures, name, together, cutOff, countedOn } = await countProgramme(
    ctx,
    organisationId,
    wanted.plan,
    programmeId,
  );
  const besides = { organisationName: name, serviceName: null, together, framework: null, unitCosts: [] };
  const changes = await inOrganisation(ctx.app, organisationId, (tx) =>
    changesTogether(tx, organisationId, wanted, figures, together),
  );
  return { exact: null, figures, besides, cutOff, countedOn, firstDay: null, trace: { together }, changes };
}

/** Settles the sets of the period and of the same period a year before. `engine` keeps them; `tx` is where they were counted. */
async function settleFigures(
  ctx: Making,
  engine: Tx,
  tx: Tx,
  organisationId: number,
  plan: Plan,
  counted: ImpactCount,
): Promise<FigureNumbers> {
  const hmac = keyedHash(key("disclosure"));
  const keys = await atInstantOf(ctx.stats, tx, (view) =>
    keysOfOwnPeople(view, hmac, organisationId, counted.people),
  );
  const ofPlan = (measure: Measure) => {
    const [kind, framework] = partsOf(measure);
    return kind !== "framework" || framework === plan.framework;
  };
  const before = yearBefore(plan.period);
  const areas = await areasOf(tx, organisationId, plan.serviceId);
  const now = await settleImpact(engine, hmac, {
    ...areas,
    period: plan.period,
    sets: setsOf(hmac, counted, keys),
    isCounted: ofPlan,
  });
  const aYearBefore = await settleImpact(engine, hmac, {
    ...areas,
    period: before,
    sets: setsOfPeople(counted.setsYearBefore, keys),
    isCounted: (measure) => ofPlan(measure) && !isEstimate(measure),
  });
  return figureNumbers({ now, yearBefore: aYearBefore }, counted);
}

function* setsOf(hmac: Hmac, counted: ImpactCount, keys: BigInt64Array): Generator<ImpactSet> {
  yield* setsOfPeople(counted.sets, keys);
  yield* setsOfEstimates(hmac, counted, keys);
}

/**
 * The area whose cells a summary is made of, the service's or the organisation's own, and those beside it. Where all or
 * nearly all of the people of a period were met by one service, the same figures stand for both, whichever came first.
 */
async function areasOf(
  tx: Tx,
  organisationId: number,
  serviceId: string | null,
): Promise<{ area: ImpactArea; beside: ImpactArea[] }> {
  const services = await tx<{ id: string }[]>`
    select id from casework.service where organisation_id = ${organisationId} order by id`;
  const all: ImpactArea[] = [
    `organisation:${organisationId}`,
    ...services.map(({ id }): ImpactArea => `service:${id}`),
  ];
  const area: ImpactArea = serviceId === null ? `organisation:${organisationId}` : `service:${serviceId}`;
  return { area, beside: all.filter((each) => each !== area) };
}

/** The newest version before that is ready; null for a first one. */
async function versionBefore(tx: Tx, organisationId: number, { seriesId, version }: Wanted) {
  const [row] = await tx<
    (Before & {
      cutOff: Date;
      method: string;
      trace: Trace | TogetherTrace;
      exactNumbers: ExactNumbers | null;
      figureNumbers: FigureNumbers | null;
    })[]
  >`
    select version, counted_on, cut_off, method, trace, exact_numbers, figure_numbers
    from casework.summary
    where organisation_id = ${organisationId} and series_id = ${seriesId} and version < ${version}
      and state = 'ready'
    order by version desc limit 1`;
  if (!row) return null;
  const { exactNumbers, figureNumbers, method, trace, ...before } = row;
  const numbers = numbersOf({ figures: figureNumbers, exact: exactNumbers });
  return { ...before, numbers, trace, isOtherMethod: method !== METHOD };
}

/** How it differs from the version before. */
async function changesSince(
  tx: Tx,
  organisationId: number,
  wanted: Wanted,
  now: ImpactNumbers,
  trace: Trace,
): Promise<string[]> {
  const before = await versionBefore(tx, organisationId, wanted);
  if (!before || isOfProgramme(before.trace)) return [];
  const since = { cutOff: before.cutOff, trace: before.trace };
  const happened = await happenedSince(tx, { organisationId, plan: wanted.plan }, since, trace);
  return changesOf(before, now, { ...happened, method: before.isOtherMethod });
}

/** What a programme's summary notes of itself: what happened to the records of others is not told. */
interface TogetherTrace {
  together: readonly string[];
}

const isOfProgramme = (trace: Trace | TogetherTrace): trace is TogetherTrace => "together" in trace;

/** The same for a programme: its figures, and who is counted now and was not, or was and is not. */
async function changesTogether(
  tx: Tx,
  organisationId: number,
  wanted: Wanted,
  now: FigureNumbers,
  together: readonly string[],
): Promise<string[]> {
  const before = await versionBefore(tx, organisationId, wanted);
  if (!before || !isOfProgramme(before.trace)) return [];
  const then = before.trace.together;
  const nothing = { late: 0, voided: 0, corrected: 0, folded: 0, erased: false, besides: [] };
  return [
    ...changesOf(before, now, { ...nothing, method: before.isOtherMethod }),
    ...together.filter((name) => !then.includes(name)).map((name) => `${name} is counted now.`),
    ...then.filter((name) => !together.includes(name)).map((name) => `${name} is not counted any more.`),
  ];
}

/** Refuses to keep a paper that tells somebody who was erased while it was made: the next try makes it without them. */
async function refuseErased(
  tx: Tx,
  { organisationId, summaryId }: Named,
  stories: readonly PaperStory[],
): Promise<void> {
  const [held] = await tx<{ stories: number }[]>`
    select jsonb_array_length(stories) as stories from casework.summary
    where organisation_id = ${organisationId} and id = ${summaryId} for update`;
  if (held?.stories !== stories.length) throw new Error("A story was erased while a summary was made of it");
}

/** Keeps the summary and its files, once. */
async function keep(
  tx: Tx,
  { organisationId, summaryId }: Named,
  counted: CountedSummary,
  paper: string,
  files: readonly PaperFile[],
): Promise<void> {
  const hashes: string[] = [];
  for (const [position, { name, mediaType, bytes }] of files.entries()) {
    const sha256 = sha256Of(bytes);
    hashes.push(`${name} ${sha256}`);
    await tx`
      insert into casework.summary_file (organisation_id, summary_id, name, position, media_type, bytes, sha256)
      values (${organisationId}, ${summaryId}, ${name}, ${position}, ${mediaType}, ${Buffer.from(bytes)}, ${sha256})`;
  }
  const { exact, figures, cutOff, countedOn, trace, changes } = counted;
  await tx`
    update casework.summary
    set state = 'ready', cut_off = ${cutOff}, counted_on = ${countedOn}, method = ${METHOD},
        software = ${softwareVersion()}, exact_numbers = ${exact && JSON.stringify(exact)}::text::jsonb,
        figure_numbers = ${figures && JSON.stringify(figures)}::text::jsonb, paper = ${paper}::text::jsonb,
        changes = ${JSON.stringify(changes)}::text::jsonb, trace = ${JSON.stringify(trace)}::text::jsonb,
        ready_at = now()
    where organisation_id = ${organisationId} and id = ${summaryId}`;
  await record(byItselfIn(tx), "impact.make", {
    subjects: [{ kind: "summary", id: summaryId }],
    detail: { files: hashes, countedOn },
    organisationId,
  });
}
