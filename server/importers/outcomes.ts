/**
 * Loads an outcome data set: codebook.json, people.csv and events.csv, whole or not at all. Every bad row is listed
 * before anything is kept. The same files loaded again, in whatever order of rows, add nothing. From the command line,
 * or in the worker from what a browser sent sealed; names are in memory until they are sealed, and nowhere else.
 */

import { createHash } from "node:crypto";
import type { Sql, Tx } from "../../db/client";
import { LOCKS } from "../../db/locks";
import { record } from "../audit";
import { installationNow } from "../clock";
import { byItselfIn } from "../context";
import { type DataSetKey, putBlock } from "../data-set-blocks";
import { canonicalJson } from "../domain/canonical-json";
import { Conflict, Invalid, NotAllowed } from "../domain/errors";
import type { Codebook } from "../domain/lab/codebook";
import { readCodebook } from "../domain/lab/codebook-reading";
import { DataSetReader, type RowTaker, TableRows } from "../domain/lab/data-set-reading";
import { open, seal } from "../identity-vault";
import { uuidv7 } from "../ids";
import { readCsv } from "./csv";
import { type ImportReport, newReport, noteRow, Undo } from "./load";

/** The three files, as bytes. */
export interface OutcomeFiles {
  codebook: AsyncIterable<Uint8Array>;
  people: AsyncIterable<Uint8Array>;
  events: AsyncIterable<Uint8Array>;
}

export interface OutcomeImport {
  organisationId: number;
  /** Who loads it in the browser; null for an operator's command. */
  memberId: string | null;
  /** The id that the data set gets; a new one unless told. */
  id?: string;
  /** Check everything, then keep nothing. */
  dryRun?: boolean;
}

export interface OutcomeReport {
  /** Null when nothing was kept. */
  dataSetId: string | null;
  name: string;
  people: number;
  /** Events after a first index date: no outcome can count others, so they are not kept. */
  eventsKept: number;
  /** Columns of people.csv that the codebook does not name: they are not kept. */
  columnsLeftOut: readonly string[];
  /** people.csv, then events.csv. */
  files: readonly [ImportReport, ImportReport];
  /** True when bad rows kept everything out. */
  refused: boolean;
  dryRun: boolean;
}

/** More than a codebook of its bounds can have. */
const CODEBOOK_BYTES = 1 << 20;

/**
 * Loads one data set with the engine's login. Throws Invalid when a file as a whole cannot be used, NotAllowed when the
 * organisation may not hold outcome data, Conflict when it holds another data set of this name.
 */
export async function importOutcomes(
  stats: Sql,
  files: OutcomeFiles,
  { organisationId, memberId, id = uuidv7(), dryRun = false }: OutcomeImport,
): Promise<OutcomeReport> {
  await requireHolder(stats, organisationId);
  const codebook = readCodebook(await textOf(files.codebook));
  const reader = new DataSetReader(codebook);
  let columnsLeftOut: string[] = [];
  const people = await readTable("people.csv", files.people, dryRun, {
    begin: (header) => {
      columnsLeftOut = reader.beginPeople(header);
    },
    take: (line, cells) => reader.takePerson(line, cells),
  });
  // Where people are missing, every event of theirs would be a fault as well.
  const events =
    people.rejected > 0
      ? newReport({ name: "events.csv", entries: [], close: () => {} }, "outcomes", dryRun)
      : await readTable("events.csv", files.events, dryRun, {
          begin: (header) => reader.beginEvents(header),
          take: (line, cells) => reader.takeEvent(line, cells),
        });
  const refused = people.rejected + events.rejected > 0;
  if (!refused && reader.people === 0) throw new Invalid("people.csv has no row below its first line.");
  const report: OutcomeReport = {
    dataSetId: null,
    name: codebook.name,
    people: reader.people,
    eventsKept: reader.events,
    columnsLeftOut,
    files: [people, events],
    refused,
    dryRun,
  };
  for (const file of report.files) file.refused = refused;
  if (refused) return report;
  const kept = await keep(stats, { organisationId, id }, codebook, reader, { memberId, dryRun });
  for (const file of report.files) {
    if (kept === "new") file.loaded = file.read;
    else file.unchanged = file.read;
  }
  return { ...report, dataSetId: kept === "new" ? (dryRun ? null : id) : kept.id };
}

/** Refuses unless an administrator let the organisation hold outcome data. */
export async function requireHolder(db: Sql | Tx, organisationId: number): Promise<void> {
  const [row] = await db`select 1 from lab.data_holder where organisation_id = ${organisationId}`;
  if (row) return;
  throw new NotAllowed(
    "This organisation may not hold outcome data. Ask an administrator to let it, on the page Organisations.",
  );
}

async function textOf(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of bytes) {
    size += chunk.length;
    if (size > CODEBOOK_BYTES) throw new Invalid("codebook.json is larger than 1 MB: is it the right file?");
    chunks.push(chunk);
  }
  return new TextDecoder("utf-8").decode(Buffer.concat(chunks));
}

async function readTable(
  name: string,
  bytes: AsyncIterable<Uint8Array>,
  dryRun: boolean,
  taker: RowTaker,
): Promise<ImportReport> {
  const began = Date.now();
  const report = newReport({ name, entries: [], close: () => {} }, "outcomes", dryRun);
  const table = new TableRows(taker);
  for await (const rows of readCsv(bytes, { anySeparator: true })) {
    for (const { line, cells } of rows) noteRow(report, table.next(line, cells));
  }
  if (!table.hasBegun) throw new Invalid(`${name} is empty.`);
  report.read = table.read;
  report.seconds = Math.round((Date.now() - began) / 100) / 10;
  return report;
}

/** Keeps everything in one transaction, unless it is here already. */
async function keep(
  stats: Sql,
  set: DataSetKey,
  codebook: Codebook,
  reader: DataSetReader,
  { memberId, dryRun }: { memberId: string | null; dryRun: boolean },
): Promise<"new" | { id: string }> {
  const digest = digestOf(codebook, reader);
  const { organisationId, id } = set;
  let same: { id: string } | null = null;
  try {
    await stats.begin(async (tx) => {
      await tx`select pg_advisory_xact_lock(${LOCKS.loadingDataSet}, ${organisationId})`;
      await requireHolder(tx, organisationId);
      same = await sameDataSet(tx, organisationId, codebook.name, digest);
      if (same) return;
      await tx`
        insert into lab.data_set
          (organisation_id, id, name, codebook, codebook_hash, digest, people, index_records, events, loaded_at,
           loaded_by)
        values (
          ${organisationId}, ${id}, ${codebook.name}, ${tx.json(codebook)}, ${codebookHash(codebook)},
          ${seal("data_set.digest", set, digest)}, ${reader.people}, ${reader.indexRecords}, ${reader.events},
          ${await installationNow(tx)}, ${memberId})`;
      let block = 0;
      for (const people of reader.blocks()) {
        await putBlock(tx, set, block, people);
        block += 1;
      }
      await record(byItselfIn(tx), "data-set.load", {
        subjects: [
          { kind: "data-set", id },
          ...(memberId === null ? [] : [{ kind: "member" as const, id: memberId }]),
        ],
        detail: { people: reader.people, events: reader.events, operator: memberId === null },
        organisationId,
      });
      if (dryRun) throw new Undo();
    });
  } catch (error) {
    if (!(error instanceof Undo)) throw error;
  }
  return same ?? "new";
}

/** SHA-256 of a codebook in canonical JSON, in lower-case hexadecimal digits. */
export const codebookHash = (codebook: Codebook): string =>
  createHash("sha256").update(canonicalJson(codebook)).digest("hex");

/** By which the same content is known again, whatever the order of its rows. */
function digestOf(codebook: Codebook, reader: DataSetReader): string {
  const hash = createHash("sha256").update(canonicalJson(codebook));
  for (const block of reader.blocks()) hash.update(JSON.stringify(block));
  return hash.digest("hex");
}

/** The data set that is the same, if it is here. Throws Conflict when one of its name is another. */
async function sameDataSet(
  tx: Tx,
  organisationId: number,
  name: string,
  digest: string,
): Promise<{ id: string } | null> {
  const held = await tx<{ id: string; name: string; digest: Buffer }[]>`
    select id, name, digest from lab.data_set
    where organisation_id = ${organisationId} and withdrawn_at is null and digest is not null`;
  const same = held.find(
    ({ id, digest: kept }) => open("data_set.digest", { organisationId, id }, kept) === digest,
  );
  if (same) return { id: same.id };
  if (held.some((other) => other.name === name)) {
    throw new Conflict(
      `There is a data set "${name}" with other content. Withdraw it first, or give this one another name, such as its year.`,
    );
  }
  return null;
}
