/**
 * Puts studies on the open register, in the worker: one whose result waits to be put there, which says so until it is; one
 * that was published, one that found too few people, and one that was withdrawn after its people were looked for. Files of a report are made once and kept by their hash; the hashes are in
 * the audit chain. Killed anywhere, the next round goes on.
 */

import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { Sql, Tx } from "../db/client";
import { record } from "./audit";
import { installationNow } from "./clock";
import { byItselfIn } from "./context";
import { filesOf, type PaperFile } from "./documents/files";
import { CASEWORK_CODEBOOK } from "./domain/lab/casework-set";
import { codebookSchema } from "./domain/lab/codebook";
import { type Finding, findingOf } from "./domain/lab/register";
import { factsOf, type StudyFacts } from "./domain/lab/report-facts";
import type { ReportNumbers } from "./domain/lab/report-numbers";
import { makeStudyPaper } from "./domain/lab/report-paper";
import { studyPlanSchema } from "./domain/lab/study";
import { type Day, dayOf } from "./domain/period";
import { tryWriting } from "./statistics/writer";

const compress = promisify(gzip);

/** Brings the register up to date; gives the numbers of lines that were added or withdrawn. `stats`: the engine's login. */
export async function keepRegister(stats: Sql, signal?: AbortSignal): Promise<number[]> {
  const done: number[] = [];
  while (!signal?.aborted) {
    const due = await findDue(stats);
    if (!due) break;
    const today = dayOf(await installationNow(stats));
    const entry = due.state === "withdrawn" && due.number !== null ? null : await newEntry(stats, due, today);
    const number = await tryWriting(stats, (tx) =>
      entry ? putLine(tx, due, entry) : withdrawLine(tx, due, today),
    );
    // Another writer is at work: the next round does it.
    if (number === null) break;
    done.push(number);
  }
  return done;
}

interface Due {
  organisationId: number;
  id: string;
  state: "ready" | "signed" | "published" | "too-few" | "withdrawn";
  /** Its line on the register; null when it has none yet. */
  number: number | null;
}

/** The next study whose line is missing or says what is over. In the order in which they came to it. */
async function findDue(stats: Sql): Promise<Due | null> {
  const [row] = await stats<Due[]>`
    select s.organisation_id, s.id, s.state, p.number
    from lab.study as s left join published.study as p on p.study_id = s.id
    where (s.state in ('ready', 'signed', 'published', 'too-few') and p.number is null)
       or (s.state = 'published' and p.finding = 'waiting')
       or (s.state = 'withdrawn' and s.ran_at is not null and p.finding is distinct from 'withdrawn')
    order by coalesce(s.withdrawn_at, s.published_at, s.ready_at, s.ran_at), s.id limit 1`;
  return row ?? null;
}

/** A line as it is to stand, with the files that it needs its number for. */
interface Entry {
  organisationName: string;
  intervention: string;
  dataSetName: string;
  finding: Finding;
  numbers: ReportNumbers | null;
  facts: StudyFacts | null;
  files: readonly PaperFile[];
  number: number;
  /** Day of the line: for a result that waits, the day from which it has. */
  publishedOn: Day;
  today: Day;
}

interface StudyRow {
  organisationName: string;
  plan: unknown;
  planHash: string;
  fixedAt: Date;
  numbers: ReportNumbers | null;
  countedOn: Day | null;
  software: string | null;
  readyAt: Date | null;
  /** Null, as what follows, for a study in these records themselves. */
  dataSetName: string | null;
  codebook: unknown;
  holder: string | null;
  destroyedAt: Date | null;
  destroyedSha256: string | null;
}

async function newEntry(
  stats: Sql,
  { organisationId, id, state, number: held }: Due,
  today: Day,
): Promise<Entry> {
  const [row] = await stats<StudyRow[]>`
    select o.name as organisation_name, s.plan, s.plan_hash, s.fixed_at, s.numbers, s.counted_on,
           s.software, s.ready_at, d.name as data_set_name, d.codebook, h.name as holder,
           r.destroyed_at, r.sha256 as destroyed_sha256
    from lab.study as s
    join casework.organisation as o on o.id = s.organisation_id
    left join lab.data_set as d on d.id = (s.plan ->> 'dataSetId')::uuid
    left join casework.organisation as h on h.id = d.organisation_id
    left join lateral (
      select destroyed_at, sha256 from lab.receipt
      where organisation_id = s.organisation_id and subject_id = s.id and ended = 'success'
      order by destroyed_at desc limit 1) as r on true
    where s.organisation_id = ${organisationId} and s.id = ${id}`;
  const [last] = await stats<{ number: number }[]>`
    select coalesce(max(number), 0)::int as number from published.study`;
  if (!row || !last) throw new Error("A study that is due has gone");
  const plan = studyPlanSchema.parse(row.plan);
  const number = held ?? last.number + 1;
  const common = {
    organisationName: row.organisationName,
    intervention: plan.intervention,
    dataSetName: row.dataSetName ?? CASEWORK_CODEBOOK.name,
    number,
    publishedOn: today,
    today,
  };
  const nothing = { numbers: null, facts: null, files: [] };
  const { numbers, countedOn, software, readyAt } = row;
  if (state === "too-few" || state === "withdrawn") return { ...common, ...nothing, finding: state };
  if (!numbers || countedOn === null || software === null) throw new Error("A result has its numbers");
  if (state !== "published") {
    const publishedOn = readyAt === null ? today : dayOf(readyAt);
    return { ...common, ...nothing, finding: "waiting", publishedOn };
  }
  const facts = factsOf({
    number,
    organisation: row.organisationName,
    plan,
    codebook: row.codebook === null ? CASEWORK_CODEBOOK : codebookSchema.parse(row.codebook),
    holder: row.holder ?? row.organisationName,
    planHash: row.planHash,
    fixedOn: dayOf(row.fixedAt),
    countedOn,
    software,
    destroyed:
      row.destroyedAt !== null && row.destroyedSha256 !== null
        ? { on: dayOf(row.destroyedAt), sha256: row.destroyedSha256 }
        : null,
  });
  const files = await filesOf(makeStudyPaper(facts, numbers, today));
  return { ...common, finding: findingOf(numbers), numbers, facts, files };
}

/** Adds a line, or says on the line of a result that waited what came of it. */
async function putLine(tx: Tx, { organisationId, id }: Due, entry: Entry): Promise<number> {
  const { number, numbers, facts, finding, publishedOn, today } = entry;
  const compared = numbers?.attrition.stages.at(-1)?.people ?? null;
  const recordText = facts && JSON.stringify({ facts, numbers });
  await tx`
    insert into published.study
      (number, study_id, organisation_name, intervention, data_set_name, finding, sent, compared, record,
       published_on, withdrawn_on)
    values (${number}, ${id}, ${entry.organisationName}, ${entry.intervention}, ${entry.dataSetName}, ${finding},
            ${numbers?.attrition.sent ?? null}, ${compared}, ${recordText}::text::jsonb, ${publishedOn},
            ${finding === "withdrawn" ? today : null})
    on conflict (number) do update
    set finding = excluded.finding, sent = excluded.sent, compared = excluded.compared, record = excluded.record,
        published_on = excluded.published_on, withdrawn_on = excluded.withdrawn_on`;
  const hashes: Record<string, string> = {};
  for (const [position, file] of entry.files.entries()) {
    hashes[file.name] = await keepFile(tx, number, position, file);
  }
  await record(byItselfIn(tx), ADDED_AS[finding] ?? "register.add", {
    subjects: [{ kind: "study", id }],
    detail: { number, finding, ...hashes },
    organisationId,
  });
  return number;
}

async function keepFile(tx: Tx, number: number, position: number, file: PaperFile): Promise<string> {
  const sha256 = createHash("sha256").update(file.bytes).digest("hex");
  await tx`
    insert into published.frozen_bytes (sha256, size, compressed)
    values (${sha256}, ${file.bytes.length}, ${await compress(file.bytes)}) on conflict do nothing`;
  await tx`
    insert into published.study_file (number, name, position, media_type, sha256, size)
    values (${number}, ${file.name}, ${position}, ${file.mediaType}, ${sha256}, ${file.bytes.length})`;
  return sha256;
}

const ADDED_AS: Partial<Record<Finding, string>> = {
  waiting: "register.wait",
  withdrawn: "register.withdraw",
};

/** The line stays and says so; its numbers are no longer said here. Files that people took are as they were. */
async function withdrawLine(tx: Tx, { organisationId, id, number }: Due, today: Day): Promise<number> {
  if (number === null) throw new Error("Only a line that is there is withdrawn");
  await tx`
    update published.study set finding = 'withdrawn', sent = null, compared = null, record = null, withdrawn_on = ${today}
    where number = ${number}`;
  await record(byItselfIn(tx), "register.withdraw", {
    subjects: [{ kind: "study", id }],
    detail: { number },
    organisationId,
  });
  return number;
}
