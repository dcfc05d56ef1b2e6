/**
 * The data lab of the made county: the police load their outcome data, earlier studies go all the way to the register,
 * and the mentors' waits for its second person. Each step is the one that people take: a plan that somebody else says
 * yes to, a file sealed as a browser seals it, a run as the worker runs it, a signature of the holder's analyst.
 */

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { sealFile } from "../../app/_lab/sealing";
import type { Sql } from "../../db/client";
import type { ActorCtx, Ctx } from "../context";
import { letHoldAsOperator } from "../data-sets";
import type { Role } from "../domain/access";
import { studyPlanSchema } from "../domain/lab/study";
import { addDays, type Day } from "../domain/period";
import { bytesOfFile } from "../extract-file";
import { uuidv7 } from "../ids";
import { importOutcomes } from "../importers/outcomes";
import { keepUploads, runSentStudies } from "../lab-run";
import { askUpload, getUpload, takePiece } from "../lab-uploads";
import { keepRegister } from "../register-keeping";
import { beginStudy } from "../studies";
import { signStudy } from "../study-signing";
import { approveStudy, askForStudy, publishStudy } from "../study-steps";
import { cohortFile } from "./cohort-file";
import type { County } from "./county";
import { keepExampleFile } from "./example-file";
import { type LabDays, labDays } from "./lab-days";
import { CHARITY, ORGANISATIONS } from "./organisations";
import { OUTCOME_FILES, outcomeFiles } from "./outcome-files";
import type { Size } from "./people";
import { Chance, madeId } from "./random";
import { makeSentenced, type ProgrammeKey, type Sentenced } from "./sentenced";
import { studyPlanOf } from "./study-plans";
import { listWorkers } from "./workers";

interface LabOptions {
  seed: string;
  size: Size;
  county: County;
  today: Day;
  dataDir: string;
  stats: Sql;
  /** Sets the installation's clock: studies were done before today. */
  setClock: (instant: string) => Promise<void>;
}

interface Earlier {
  key: ProgrammeKey;
  of: string;
  /** Days before today on which the study was begun. */
  daysAgo: number;
}

const PILOT: Earlier = { key: "pilot", of: CHARITY.name, daysAgo: 96 };
const COURT_DESK: Earlier = { key: "court-desk", of: "Wythershire Advice", daysAgo: 40 };

/** The earlier studies. Each takes seconds, and the small county is there to be loaded quickly. */
const EARLIER: Readonly<Record<Size, readonly Earlier[]>> = { full: [PILOT, COURT_DESK], small: [PILOT] };

/** Loads the county's outcome data and does its studies. Its organisations must be there. */
export async function addStudies(ctx: Ctx, options: LabOptions): Promise<void> {
  const { seed, county, today, dataDir, setClock } = options;
  const days = labDays(today);
  const people = makeSentenced(seed, county, today);
  keepExampleFile(dataDir, cohortFile(seed, people, "mentors"));
  await setClock(`${addDays(today, -110)}T09:00:00Z`);
  const made = { ...options, days, people, dataSetId: await loadOutcomes(ctx, options, days, people) };
  for (const { key, of, daysAgo } of EARLIER[options.size]) {
    await setClock(`${addDays(today, -daysAgo)}T10:00:00Z`);
    await finishStudy(ctx, made, key, of);
  }
  await setClock(`${addDays(today, -1)}T15:00:00Z`);
  await beginOf(await actorOf(ctx, CHARITY.name, "manager"), made, "mentors");
}

/** Lets the police hold outcome data and has their analyst load it. Gives the data set's id. */
async function loadOutcomes(
  ctx: Ctx,
  { dataDir, stats }: LabOptions,
  days: LabDays,
  people: readonly Sentenced[],
): Promise<string> {
  const holder = await holderOf(ctx);
  const { organisationId, memberId } = holder.actor;
  await letHoldAsOperator(ctx, { organisationId, holds: true });
  const folder = join(dataDir, "demo", "outcomes");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const texts = outcomeFiles(people, days);
  const place = (part: keyof typeof OUTCOME_FILES) => {
    const path = join(folder, OUTCOME_FILES[part]);
    writeFileSync(path, texts[part], { mode: 0o600 });
    return bytesOfFile(path);
  };
  const files = { codebook: place("codebook"), people: place("people"), events: place("events") };
  const report = await importOutcomes(stats, files, { organisationId, memberId });
  if (report.dataSetId === null) {
    throw new Error(
      `The outcome data was refused: ${JSON.stringify(report.files.map(({ faults }) => faults[0]))}`,
    );
  }
  return report.dataSetId;
}

interface MadeLab extends LabOptions {
  days: LabDays;
  people: readonly Sentenced[];
  dataSetId: string;
}

/** Begins a programme's study and gives its id. */
async function beginOf(
  ctx: ActorCtx,
  { seed, days, dataSetId, today }: MadeLab,
  key: ProgrammeKey,
): Promise<string> {
  const id = madeId(new Chance(`${seed}/study ${key}`), Date.parse(`${today}T09:00:00Z`));
  await beginStudy(ctx, { id, plan: studyPlanSchema.parse(studyPlanOf(key, days, dataSetId)) });
  return id;
}

/** A study from its first line to the register. */
async function finishStudy(ctx: Ctx, made: MadeLab, key: ProgrammeKey, organisation: string): Promise<void> {
  const manager = await actorOf(ctx, organisation, "manager");
  const id = await beginOf(manager, made, key);
  await askForStudy(manager, id);
  await approveStudy(await actorOf(ctx, organisation, "officer"), { id, version: 1 });
  await sendCohort(
    manager,
    made.stats,
    id,
    new TextEncoder().encode(cohortFile(made.seed, made.people, key)),
  );
  await signStudy(await holderOf(ctx), { organisationId: manager.actor.organisationId, id });
  await publishStudy(manager, id);
  await keepRegister(made.stats);
}

/** Sends a cohort's file as the sending page does, and lets the worker's rounds come. */
export async function sendCohort(
  ctx: ActorCtx,
  stats: Sql,
  studyId: string,
  file: Uint8Array<ArrayBuffer>,
): Promise<void> {
  const uploadId = uuidv7();
  await askUpload(ctx, { id: studyId, uploadId });
  await keepUploads({ stats });
  const { publicKey } = await getUpload(ctx, uploadId);
  if (publicKey === null) throw new Error("The upload got no key");
  for await (const { bytes, ...piece } of sealFile(file, { uploadId, publicKey })) {
    await takePiece(ctx, { uploadId, ...piece, bytes: Buffer.from(bytes) });
  }
  await runSentStudies({ stats, signal: new AbortController().signal });
}

const holderOf = (ctx: Ctx) => actorOf(ctx, "Wythershire Police", "analyst");

/** A made member of an organisation who has a role. */
export async function actorOf(ctx: Ctx, organisation: string, role: Role): Promise<ActorCtx> {
  const known = [...ORGANISATIONS, CHARITY].find(({ name }) => name === organisation);
  const workers = await listWorkers(ctx, role);
  const email = known?.accounts.map((account) => account.email).find((address) => workers.has(address));
  const worker = email === undefined ? undefined : workers.get(email);
  if (!worker) throw new Error(`${organisation} has no ${role}`);
  return { ...ctx, actor: worker.actor };
}
