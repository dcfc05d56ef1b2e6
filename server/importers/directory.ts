/**
 * Loads a directory of services as published under Open Referral UK (HSDS-UK 3.0), whole or not at all. What the
 * source states replaces what it stated before; what people changed by hand stays. Loading the same again changes
 * nothing. A full load marks what the source no longer holds as missing, and offers it no more.
 */

import { createHash } from "node:crypto";
import type { Sql, Tx } from "../../db/client";
import { LOCKS } from "../../db/locks";
import { installationNow } from "../clock";
import { noteDirectoryChange, placeFinder } from "../directory-store";
import type { ServiceFacts } from "../domain/directory";
import { CROSSWALK_VERSION } from "../domain/directory-crosswalk";
import type { PlaceFinder } from "../domain/directory-places";
import { Invalid } from "../domain/errors";
import { type Day, dayOf } from "../domain/period";
import { DirectoryContents, type DirectoryDocument } from "./directory-documents";
import { type RecordFault, readRecord } from "./directory-record";
import { Undo } from "./load";

export interface DirectoryOptions {
  /** What the directory is called: entries of one source are told apart by their ids, sources by this name. */
  source: string;
  /** The documents are the whole of the source: what they lack has been taken out of it. */
  whole: boolean;
  /** Check and merge, then undo. */
  dryRun?: boolean;
  /** Load the good records when there are bad ones. */
  leaveOutBadRows?: boolean;
  /** Let more than half of the source go missing. */
  allowShrinking?: boolean;
}

export interface DirectoryReport {
  source: string;
  kind: "directory";
  /** Records read: services, and the lines and pages that belong to one. */
  read: number;
  loaded: number;
  unchanged: number;
  rejected: number;
  byReason: Record<string, number>;
  /** The first bad records. */
  faults: RecordFault[];
  /** Fields that could not be read and were left out, by reason. */
  remarksByReason: Record<string, number>;
  remarks: RecordFault[];
  /** Services that the source no longer holds. */
  missing: number;
  /** Services without any need, which are found by words alone. */
  withoutNeed: number;
  seconds: number;
  dryRun: boolean;
  /** True when bad records kept everything out. */
  refused: boolean;
}

const LISTED = 20;
const ROWS_AT_ONCE = 500;
/** Fewer than this may go missing at once without a question. */
const FEW = 20;

/** Loads one directory. Throws Invalid when it cannot be read as a whole, or has shrunk beyond belief. */
export async function loadDirectory(
  owner: Sql,
  documents: AsyncIterable<DirectoryDocument> | Iterable<DirectoryDocument>,
  options: DirectoryOptions,
): Promise<DirectoryReport> {
  const began = Date.now();
  const report = newReport(options);
  const contents = new DirectoryContents();
  for await (const document of documents) contents.add(document);
  report.read = contents.read;
  if (contents.read === 0) {
    throw new Invalid("There is no service in what was given. Give it files or an address of services.");
  }
  try {
    await owner.begin(async (tx) => {
      await tx`select pg_advisory_xact_lock(${LOCKS.importing})`;
      const today = dayOf(await installationNow(tx));
      const services = readAll(contents, await placeFinder(tx), today, report);
      report.refused = report.rejected > 0 && !options.leaveOutBadRows;
      if (report.refused) throw new Undo();
      await merge(tx, services, today, options, report);
      if (report.dryRun) throw new Undo();
    });
  } catch (error) {
    if (!(error instanceof Undo)) throw error;
  }
  report.seconds = Math.round((Date.now() - began) / 100) / 10;
  return report;
}

function newReport({ source, dryRun = false }: DirectoryOptions): DirectoryReport {
  return {
    source,
    kind: "directory",
    read: 0,
    loaded: 0,
    unchanged: 0,
    rejected: 0,
    byReason: {},
    faults: [],
    remarksByReason: {},
    remarks: [],
    missing: 0,
    withoutNeed: 0,
    seconds: 0,
    dryRun,
    refused: false,
  };
}

function readAll(
  contents: DirectoryContents,
  places: PlaceFinder,
  today: Day,
  report: DirectoryReport,
): Map<string, ServiceFacts> {
  const services = new Map<string, ServiceFacts>();
  for (const fault of contents.faults) noteFault(report, fault);
  for (const { path, record } of contents.services()) {
    const read = readRecord(record, path, { today, places, terms: contents.terms });
    if (!read.ok) {
      noteFault(report, read.fault);
      continue;
    }
    for (const remark of read.remarks) {
      report.remarksByReason[remark.reason] = (report.remarksByReason[remark.reason] ?? 0) + 1;
      if (report.remarks.length < LISTED) report.remarks.push(remark);
    }
    if (read.facts.needs.length === 0) report.withoutNeed += 1;
    services.set(read.id, read.facts);
  }
  return services;
}

function noteFault(report: DirectoryReport, fault: RecordFault): void {
  report.rejected += 1;
  report.byReason[fault.reason] = (report.byReason[fault.reason] ?? 0) + 1;
  if (report.faults.length < LISTED) report.faults.push(fault);
}

async function merge(
  tx: Tx,
  services: ReadonlyMap<string, ServiceFacts>,
  today: Day,
  options: DirectoryOptions,
  report: DirectoryReport,
): Promise<void> {
  await noteDirectoryChange(tx);
  const [source] = await tx<{ number: number }[]>`
    insert into reference.directory_source (name) values (${options.source})
    on conflict (name) do update set name = excluded.name
    returning number`;
  if (!source) throw new Error("The source was not stored");
  const rows = [...services].map(([externalId, facts]) => {
    const stated = JSON.stringify(facts);
    return { externalId, stated, id: entryIdOf(options.source, externalId), digest: digestOf(stated) };
  });
  for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) {
    const some = rows.slice(at, at + ROWS_AT_ONCE);
    const stored = await tx`
      insert into reference.directory_entry as known (id, source, external_id, stated, digest)
      select id, ${source.number}, external_id, stated::jsonb, digest
      from unnest(${some.map(({ id }) => id)}::uuid[], ${some.map(({ externalId }) => externalId)}::text[],
                  ${some.map(({ stated }) => stated)}::text[], ${some.map(({ digest }) => digest)}::text[])
        as fresh (id, external_id, stated, digest)
      on conflict (source, external_id) do update
        set stated = excluded.stated, digest = excluded.digest, missing_since = null
        where known.digest <> excluded.digest or known.missing_since is not null`;
    report.loaded += stored.count;
  }
  report.unchanged = services.size - report.loaded;
  if (options.whole) await markMissing(tx, source.number, rows, today, options, report);
}

async function markMissing(
  tx: Tx,
  source: number,
  rows: readonly { externalId: string }[],
  today: Day,
  { allowShrinking = false }: DirectoryOptions,
  report: DirectoryReport,
): Promise<void> {
  const gone = await tx`
    update reference.directory_entry set missing_since = ${today}
    where source = ${source} and missing_since is null
      and external_id <> all (${rows.map(({ externalId }) => externalId)}::text[])`;
  report.missing = gone.count;
  if (gone.count >= FEW && gone.count > rows.length && !allowShrinking) {
    throw new Invalid(
      `${gone.count} services would go missing and ${rows.length} stay: that is more than half. Nothing was loaded. ` +
        "If it is right, use --allow-shrinking.",
    );
  }
}

/** The same service of the same source has the same id wherever it is loaded. */
export function entryIdOf(source: string, externalId: string): string {
  const hex = createHash("sha256").update(`${source}|${externalId}`).digest("hex");
  const variant = ((Number.parseInt(hex.slice(16, 18), 16) & 0x3f) | 0x80).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(18, 20)}-${hex.slice(20, 32)}`;
}

/** Changes with what is stated, and with the table that says what terms stand for. */
function digestOf(stated: string): string {
  return createHash("sha256").update(`${CROSSWALK_VERSION}|${stated}`).digest("base64url");
}
