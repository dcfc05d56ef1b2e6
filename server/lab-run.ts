/**
 * The run of a study, in the worker: the sealed file is opened, the people are looked for, compared, and only then is it
 * read what came of them. Whatever happens, the file is destroyed and a receipt is kept (upload-endings.ts). What stays is
 * what may be said.
 */

import { z } from "zod";
import type { Sql, Tx } from "../db/client";
import { AskedThread } from "./asked-thread";
import { record } from "./audit";
import { installationNow } from "./clock";
import { type CohortPeople, forgetLikeness, guardCohort, keepLikeness } from "./cohort-likeness";
import { byItselfIn } from "./context";
import { Invalid, isBrokenRule } from "./domain/errors";
import { LOSSES, type Loss } from "./domain/lab/attrition";
import { CASEWORK_DATA_SET_ID } from "./domain/lab/casework-set";
import type { CohortEntry } from "./domain/lab/cohort";
import { cohortKeyOf } from "./domain/lab/deliberate-error";
import { areEnough } from "./domain/lab/enough-people";
import { analysisPlanOf, type FixedPlan } from "./domain/lab/plan-faults";
import { isRed, reportNumbers, saidAgain } from "./domain/lab/report";
import type { ReportNumbers } from "./domain/lab/report-numbers";
import { FEWEST_SENT, type RunStage, studyPlanSchema } from "./domain/lab/study";
import { type Day, dayOf } from "./domain/period";
import { uuidv7 } from "./ids";
import { key } from "./keys";
import { findCaseworkCohort } from "./lab-casework";
import { dataSetForStudy, type FoundCohort, findCohort, readOutcomes } from "./lab-linking";
import type { RunMessage, RunTask, RunTasks } from "./lab-run-thread";
import { describeError, log } from "./log";
import { requireRunLeft } from "./run-limit";
import { sha256Of } from "./sha256";
import { softwareVersion } from "./software";
import { keyedHash } from "./statistics/keyed-hash";
import { endLostUploads, endUpload, sendAgain } from "./upload-endings";
import { KEEPER, makeKeys, NotSealedSo, nameText, openUpload, type UploadName } from "./upload-keys";

/** What the worker runs studies with: the engine's login, and the word to stop. */
export interface Running {
  stats: Sql;
  signal: AbortSignal;
}

/** A study by its organisation and id. */
export interface StudyName {
  organisationId: number;
  studyId: string;
}

/** Runs under way, by upload: whoever ends an upload stops what works on it. */
const underWay = new Map<string, AbortController>();

/** Makes keys for uploads that wait, and ends those that nobody else will. Comes round every second. */
export async function keepUploads({ stats }: Pick<Running, "stats">): Promise<void> {
  for (const upload of await endLostUploads(stats)) underWay.get(nameText(upload))?.abort();
  await makeKeys(stats);
}

/** Runs every study whose file is here, and every one that needs none, one after another. Comes round every second. */
export async function runSentStudies(ctx: Running): Promise<void> {
  while (!ctx.signal.aborted) {
    const [sent] = await ctx.stats<(UploadName & { subjectId: string })[]>`
      select organisation_id, id, subject_id from lab.upload
      where state = 'sent' and kind = 'cohort' and keeper = ${KEEPER}
      order by sent_at, id limit 1`;
    if (sent) await runSent(ctx, { organisationId: sent.organisationId, id: sent.id }, sent.subjectId);
    const [started] = await ctx.stats<StudyName[]>`
      select organisation_id, id as study_id from lab.study where state = 'running' and upload_id is null
      order by changed_at, id limit 1`;
    if (started) await runStarted(ctx, started);
    if (!sent && !started) return;
  }
}

async function runSent(ctx: Running, upload: UploadName, studyId: string): Promise<void> {
  const { stats } = ctx;
  const stop = new AbortController();
  underWay.set(nameText(upload), stop);
  const signal = AbortSignal.any([ctx.signal, stop.signal]);
  const study = { organisationId: upload.organisationId, studyId };
  try {
    const fixed = await beginRun(stats, study);
    const bytes = await openUpload(stats, upload);
    const gather = (thread: RunThread, today: Day) =>
      readFile({ stats, signal }, study, fixed, { thread, today, bytes });
    const result = await computeStudy({ stats, signal }, study, fixed, gather).finally(() => forget(bytes));
    await setStage(stats, study, "destroying");
    await endUpload(stats, upload, "success", (tx) => keepResult(tx, study, fixed, result));
  } catch (error) {
    // Whoever stopped it has ended it.
    if (!stop.signal.aborted) await endInVain(ctx, upload, error);
  } finally {
    underWay.delete(nameText(upload));
  }
}

/**
 * Runs a study in these records themselves, for which nothing is sent: what it reads stays where it is. One that is cut
 * short is begun again.
 */
async function runStarted({ stats, signal }: Running, study: StudyName): Promise<void> {
  try {
    const fixed = await beginRun(stats, study);
    const gather = (_thread: RunThread, today: Day) => readRecords({ stats, signal }, study, fixed, today);
    const result = await computeStudy({ stats, signal }, study, fixed, gather);
    await stats.begin((tx) => keepResult(tx, study, fixed, result));
  } catch (error) {
    // Begun again by the next worker; or withdrawn, and then it is nowhere any more.
    if (signal.aborted) return;
    if (error instanceof RunsNoMore) {
      await stats`
        update lab.study set stage = null
        where organisation_id = ${study.organisationId} and id = ${study.studyId} and state = 'withdrawn'`;
      return;
    }
    const faultId = isBrokenRule(error) ? null : uuidv7();
    if (faultId) log().error({ fault: faultId, error: describeError(error) }, "a study could not be run");
    await stats`
      update lab.study
      set state = 'fixed', stage = null, send_again = ${faultId ? "fault" : "refused"}, fault_id = ${faultId},
          refused = ${isBrokenRule(error) ? error.message : null}
      where organisation_id = ${study.organisationId} and id = ${study.studyId} and state = 'running'`;
  }
}

/** Overwrites what is still here: what was handed to the thread is there, and overwritten there. */
const forget = (bytes: Buffer) => {
  if (bytes.byteLength > 0) bytes.fill(0);
};

/** Ends an upload that gave no result, and has the study say why. */
async function endInVain({ stats, signal }: Running, upload: UploadName, error: unknown): Promise<void> {
  if (signal.aborted) {
    await endUpload(stats, upload, "restart", (tx) => sendAgain(tx, upload, "restart"));
  } else if (error instanceof RunsNoMore) {
    await endUpload(stats, upload, "withdrawn", (tx) => sendAgain(tx, upload, "withdrawn"));
  } else if (error instanceof NotSealedSo) {
    const refused = "What arrived is not what was sent. Send the file again.";
    await endUpload(stats, upload, "refused", (tx) => sendAgain(tx, upload, "refused", { refused }));
  } else if (isBrokenRule(error)) {
    const refused = error.message;
    await endUpload(stats, upload, "refused", (tx) => sendAgain(tx, upload, "refused", { refused }));
  } else {
    const faultId = uuidv7();
    log().error({ fault: faultId, error: describeError(error) }, "a study could not be run");
    await endUpload(stats, upload, "fault", (tx) => sendAgain(tx, upload, "fault", { faultId }));
  }
}

/** The study was withdrawn while it ran. */
class RunsNoMore extends Error {
  override readonly name = "RunsNoMore";
}

/** A plan as it was fixed, with its hash. */
interface FixedRun extends FixedPlan {
  planHash: string;
  startedFrom: Day;
  startedTo: Day;
}

const fixedPlan = z.object({ plan: studyPlanSchema, dataSetId: z.uuid(), codebookHash: z.string() });

/** Notes in both organisations' audit that a study begins to read, and gives its plan. */
function beginRun(stats: Sql, study: StudyName): Promise<FixedRun> {
  return stats.begin(async (tx) => {
    const { fixed, holderOrganisationId } = await getFixed(tx, study);
    await requireRunLeft(tx, study.organisationId);
    await tx`
      update lab.study set stage = 'opening' where organisation_id = ${study.organisationId} and id = ${study.studyId}`;
    for (const organisationId of new Set([study.organisationId, holderOrganisationId])) {
      await record(byItselfIn(tx), "study.run", {
        subjects: [{ kind: "study", id: study.studyId }],
        detail: { planHash: fixed.planHash, dataSet: fixed.dataSetId },
        organisationId,
      });
    }
    return fixed;
  }) as Promise<FixedRun>;
}

/** The plan of a running study. Throws unless its text still has the hash that it was fixed with. */
async function getFixed(
  tx: Tx | Sql,
  { organisationId, studyId }: StudyName,
): Promise<{ fixed: FixedRun; holderOrganisationId: number }> {
  const [row] = await tx<{ canonical: string; planHash: string; holderOrganisationId: number }[]>`
    select canonical, plan_hash, holder_organisation_id from lab.study
    where organisation_id = ${organisationId} and id = ${studyId} and state = 'running'`;
  if (!row) throw new RunsNoMore("The study was withdrawn");
  if (sha256Of(row.canonical) !== row.planHash) throw new Error("The plan is not the one that was fixed");
  const { plan, ...fixed } = fixedPlan.parse(JSON.parse(row.canonical));
  const { startedFrom, startedTo } = plan;
  if (startedFrom === null || startedTo === null) throw new Error("A fixed plan has its days");
  return {
    fixed: { ...fixed, plan, startedFrom, startedTo, planHash: row.planHash },
    holderOrganisationId: row.holderOrganisationId,
  };
}

async function setStage(stats: Sql, { organisationId, studyId }: StudyName, stage: RunStage): Promise<void> {
  await stats`
    update lab.study set stage = ${stage}
    where organisation_id = ${organisationId} and id = ${studyId} and state = 'running'`;
}

/**
 * From here on the run counts, and a line of the study stays on the register: what becomes of it may follow from who was
 * found. Throws RunsNoMore when the study was withdrawn meanwhile.
 */
async function beginLooking(stats: Sql, { organisationId, studyId }: StudyName): Promise<void> {
  const begun = await stats`
    update lab.study set stage = 'looking-for', ran_at = now()
    where organisation_id = ${organisationId} and id = ${studyId} and state = 'running' returning 1`;
  if (begun.length === 0) throw new RunsNoMore("The study was withdrawn");
}

/** What a run comes to: what may be said; null numbers: too few people for anything. */
interface StudyResult {
  numbers: ReportNumbers | null;
  countedOn: Day;
}

const TOO_FEW_SENT = `The file has fewer than ${FEWEST_SENT} people. Send everybody who started, or put years together in a new study.`;
const CHANGED = "The data set is not the one that the plan was fixed for. Begin a new study with it.";

/** A cohort that was looked for, and whom it is made of. */
interface Gathered {
  found: FoundCohort;
  people: CohortPeople;
}

/** Looks for the people of a file. Throws Invalid, in words that quote nothing, when it cannot be used. */
async function readFile(
  { stats, signal }: Running,
  study: StudyName,
  { plan, dataSetId, codebookHash, startedFrom, startedTo }: FixedRun,
  { thread, today, bytes }: { thread: RunThread; today: Day; bytes: Buffer<ArrayBuffer> },
): Promise<Gathered> {
  const dataSet = await dataSetForStudy(stats, dataSetId);
  if (dataSet.codebookHash !== codebookHash) throw new Invalid(CHANGED);
  await setStage(stats, study, "reading");
  const read = await thread.ask("read", { bytes, rules: { today, startedFrom, startedTo } }, [bytes.buffer]);
  if ("problem" in read) throw new Invalid(read.problem);
  const cohort = read.entries.map((entry) => withLateStart(entry, dataSet.codebook.completeTo));
  if (cohort.filter(({ loss }) => loss !== "sent-twice").length < FEWEST_SENT)
    throw new Invalid(TOO_FEW_SENT);
  await beginLooking(stats, study);
  const { covariates, outcomes } = plan;
  const question = { dataSetId, cohort, startedFrom, startedTo, covariates, outcomes };
  const found = await findCohort(stats, question, signal);
  return { found, people: { sent: cohort.map(personOf), found: foundOf(found, dataSetId) } };
}

/** Looks for the people of a service in these records. */
async function readRecords(
  { stats, signal }: Running,
  study: StudyName,
  { plan, codebookHash, startedFrom, startedTo }: FixedRun,
  today: Day,
): Promise<Gathered> {
  const { serviceId, covariates } = plan;
  if (serviceId === null) throw new Error("A study in these records is of a service");
  await beginLooking(stats, study);
  const found = await findCaseworkCohort(
    stats,
    { organisationId: study.organisationId, serviceId, startedFrom, startedTo, covariates, today },
    signal,
  );
  if (found.codebookHash !== codebookHash) throw new Invalid(CHANGED);
  const sent = found.source.kind === "casework" ? found.source.cohort : [];
  return { found, people: { sent, found: foundOf(found, CASEWORK_DATA_SET_ID) } };
}

/** Compares those who were found, and works out what came of them when the plan still is what it was. */
async function computeStudy(
  { stats, signal }: Running,
  study: StudyName,
  fixed: FixedRun,
  gather: (thread: RunThread, today: Day) => Promise<Gathered>,
): Promise<StudyResult> {
  const thread = new RunThread(signal);
  try {
    const { plan, dataSetId } = fixed;
    const today = dayOf(await installationNow(stats));
    const { found, people } = await gather(thread, today);
    const { codebook, losses } = found;
    const hmac = keyedHash(key("disclosure"));
    await forgetLikeness(stats, today);
    const guarded = await guardCohort(stats, { ...study, dataSetId }, people, today);
    await keepLikeness(stats, study, guarded);
    const { isTooFew, earlier } = guarded;
    const [first] = earlier;
    const asked = { earlier, codebook, outcomes: plan.outcomes };
    /** What nearly the same people were told; else that there are too few. */
    const nothingNew = (): StudyResult => ({
      numbers: first && !isTooFew ? saidAgain(asked) : null,
      countedOn: today,
    });
    // Nearly the same people get the same answer, before anything of these is looked at.
    if (isTooFew || (first && isRed(first.numbers))) return nothingNew();
    const cohort = { hmac, key: cohortKeyOf(hmac, people.sent) };
    const { outcomes: _, ...table } = found.table;
    const tookPart = table.treated.reduce((sum, took) => sum + took, 0);
    const areLeft = (treated: number, comparison: number) =>
      areEnough(cohort, treated, "took part") && areEnough(cohort, comparison, "others");
    if (losses.length < FEWEST_SENT || !areLeft(tookPart, table.rows - tookPart)) return nothingNew();

    await setStage(stats, study, "comparing");
    const sides = await thread.ask("compare", { people: table, plan: analysisPlanOf(plan, codebook) });
    if (!areLeft(sides.treated, sides.comparison)) return nothingNew();

    // Only now, with the comparison made and the plan as it was: what came of them.
    if ((await getFixed(stats, study)).fixed.planHash !== fixed.planHash)
      throw new Error("The plan has changed");
    await setStage(stats, study, "outcomes");
    // Of groups that are too unlike nothing is read, but where nearly the same people were told more.
    const isUnread = sides.isRed && !first;
    const analysis = await thread.ask("effects", {
      outcomes: isUnread ? null : await readOutcomes(stats, found, plan.outcomes),
    });
    const numbers = reportNumbers({
      ...{ ...asked, analysis, cohort },
      attrition: { sent: losses.length, lost: lostBy(losses, sides.treated) },
    });
    return { numbers, countedOn: today };
  } finally {
    await thread.close();
  }
}

/** Whoever started after the last day of the data is not in it yet, whatever else anchors them. */
const withLateStart = (entry: CohortEntry, completeTo: Day): CohortEntry =>
  entry.loss === null && entry.startedOn !== null && entry.startedOn > completeTo
    ? { ...entry, loss: "not-started" }
    : entry;

const personOf = ({ record: { givenNames, familyNames, dateOfBirth } }: CohortEntry): string =>
  JSON.stringify([givenNames, familyNames, dateOfBirth]);

const foundOf = ({ records, table }: FoundCohort, dataSetId: string): string[] =>
  records.flatMap(({ person }, row) => (table.treated[row] === 1 ? [`${dataSetId}|${person}`] : []));

/** How many were lost for each reason; whoever is in the table and not matched had nobody similar. */
function lostBy(losses: readonly (Loss | null)[], matched: number): Record<Loss, number> {
  const count = (loss: Loss | null) => losses.filter((each) => each === loss).length;
  const lost = Object.fromEntries(LOSSES.map((loss) => [loss, count(loss)])) as Record<Loss, number>;
  return { ...lost, "nobody-similar": count(null) - matched };
}

/** Keeps what may be said, with the word that the file is gone. */
async function keepResult(
  tx: Tx,
  study: StudyName,
  { planHash }: FixedRun,
  { numbers, countedOn }: StudyResult,
): Promise<void> {
  const { organisationId, studyId } = study;
  await tx`
    update lab.study
    set state = ${numbers ? "ready" : "too-few"}, stage = null, upload_id = null, send_again = null, refused = null,
        fault_id = null, numbers = ${numbers && JSON.stringify(numbers)}::text::jsonb,
        ready_at = ${numbers === null ? null : await installationNow(tx)}, counted_on = ${countedOn}, software = ${softwareVersion()}
    where organisation_id = ${organisationId} and id = ${studyId} and state = 'running' and plan_hash = ${planHash}`;
}

/** The thread of a run; it ends with the run or when the signal does. */
class RunThread {
  readonly #thread: AskedThread;

  constructor(signal: AbortSignal) {
    this.#thread = new AskedThread("A run", new URL("./lab-run-thread.ts", import.meta.url), signal);
  }

  ask<K extends RunTask>(
    kind: K,
    given: RunTasks[K]["given"],
    transfer: readonly ArrayBuffer[] = [],
  ): Promise<RunTasks[K]["answer"]> {
    const message: RunMessage<K> = { kind, given };
    return this.#thread.ask(message, transfer);
  }

  close(): Promise<void> {
    return this.#thread.close();
  }
}
