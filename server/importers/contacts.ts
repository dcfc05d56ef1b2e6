/**
 * Imports contacts from a flat extract of another system, by the ledger's own rules. Every row gets ids from its
 * organisation, its content and its number among equal rows, so that the same file adds nothing the second time and
 * a longer extract adds what is new. A file is loaded whole or not at all, in one transaction with one audit entry.
 */

import { LOCKS } from "../../db/locks";
import { record } from "../audit";
import type { Writer } from "../client-rows";
import { installationNow, isDemo } from "../clock";
import { storeInTurn, wasMeanwhile } from "../contacts";
import { type Ctx, inTransaction } from "../context";
import { referencePiece } from "../domain/client-search";
import type { ContactAnswer, NewContactInput } from "../domain/contact";
import { type ContactMap, type RowContact, rowReader } from "../domain/contact-map";
import { Invalid } from "../domain/errors";
import { dayOf } from "../domain/period";
import { fold } from "../domain/text-match";
import { derivedIds, tokensUnderEveryKey } from "../identity-vault";
import { uuidv7 } from "../ids";
import { type CsvRow, readCsv, separatedByCommas } from "./csv";
import { csvEntries, type Fault, type ImportReport, newReport, noteFault, Undo } from "./load";
import { openSource, type Source } from "./source";

export interface ContactImportOptions {
  organisationId: number;
  map: ContactMap;
  /** Check and store, then undo. */
  dryRun?: boolean;
  /** Load the good rows of a file that has bad ones. */
  leaveOutBadRows?: boolean;
  /** Add services that rows name and the organisation lacks, by the name they are first written with. */
  addServices?: boolean;
  /** Told now and then how many rows have been read. */
  onProgress?: (rows: number) => void;
}

export interface ContactImportReport extends ImportReport {
  /** Rows of categories that the mapping passes over. */
  passedOver: number;
}

const ROWS_AT_ONCE = 4_000;
const PROGRESS_ROWS = 20_000;
/** Times a file is begun where somebody else stores one of its ids in the same moment. */
const TRIES = 3;

/** Imports one file. Throws Invalid when the file or the mapping as a whole cannot be used. */
export async function importContacts(
  ctx: Ctx,
  path: string,
  options: ContactImportOptions,
): Promise<ContactImportReport> {
  const began = Date.now();
  const source = await openSource(path);
  try {
    for (let tries = 1; ; tries += 1) {
      const report: ContactImportReport = {
        ...newReport(source, "contacts", options.dryRun),
        passedOver: 0,
      };
      try {
        await importOnce(ctx, source, options, report);
        report.seconds = Math.round((Date.now() - began) / 100) / 10;
        return report;
      } catch (error) {
        if (tries === TRIES || !wasMeanwhile(error)) throw error;
      }
    }
  } finally {
    source.close();
  }
}

async function importOnce(
  ctx: Ctx,
  source: Source,
  options: ContactImportOptions,
  report: ContactImportReport,
): Promise<void> {
  try {
    await inTransaction(ctx, async (ctx) => {
      const { organisationId } = options;
      await ctx.db`select set_config('app.organisation_id', ${String(organisationId)}, true)`;
      await ctx.db`select pg_advisory_xact_lock(${LOCKS.importingContacts}, ${organisationId})`;
      await storeFile({ db: ctx.db, organisationId, memberId: null }, source, options, report);
      report.refused = report.rejected > 0 && !options.leaveOutBadRows;
      if (report.refused || report.dryRun) throw new Undo();
      await record(ctx, "contact.import", {
        subjects: [],
        detail: { read: report.read, loaded: report.loaded, unchanged: report.unchanged },
        organisationId,
      });
    });
  } catch (error) {
    if (!(error instanceof Undo)) throw error;
    if (report.refused) report.loaded = 0;
  }
}

/** A row on its way into the ledger. */
interface Pending {
  line: number;
  contact: NewContactInput;
  row: RowContact;
}

/** Reads the file in batches and stores them in turn: rows are read while those before them are written. */
async function storeFile(
  writer: Writer,
  source: Source,
  options: ContactImportOptions,
  report: ContactImportReport,
): Promise<void> {
  const sent: (readonly Pending[])[] = [];
  async function* batches() {
    for await (const pending of readPending(writer, source, options, report)) {
      const known = await clientsByReference(writer, pending);
      sent.push(pending);
      yield pending.map(({ contact, row }) => {
        const clientId = known.get(row.client?.key ?? "");
        return clientId ? { ...contact, clientId } : contact;
      });
    }
  }
  for await (const answers of storeInTurn(writer, batches())) {
    if (answers.length > 0) noteAnswers(report, answers, sent.shift() ?? []);
  }
  report.faults.sort((a, b) => a.line - b.line);
}

/** Rows that can be read, in batches; the services that they need are added before. */
async function* readPending(
  writer: Writer,
  source: Source,
  options: ContactImportOptions,
  report: ContactImportReport,
): AsyncGenerator<readonly Pending[]> {
  const entries = csvEntries(source.entries);
  if (entries.length === 0) throw new Invalid(`${source.name} holds no table.`);
  const services = await servicesByName(writer);
  const added = options.addServices ? new Map<string, NewService>() : null;
  const currentYear = Number(dayOf(await installationNow(writer.db)).slice(0, 4));
  const rules = { currentYear, testRanges: await isDemo(writer.db) };
  const numbers = new Map<string, number>();
  let pending: Pending[] = [];
  for (const entry of entries) {
    let read: ReturnType<typeof rowReader> | null = null;
    let width = 0;
    for await (const rows of readCsv(await entry.open())) {
      for (const row of rows) {
        if (!read) {
          read = rowReader(options.map, separatedByCommas(row.cells), rules);
          width = row.cells.length;
          continue;
        }
        report.read += 1;
        if (report.read % PROGRESS_ROWS === 0) options.onProgress?.(report.read);
        const taken = takeRow(row, width, read, services, added);
        if ("reason" in taken) noteFault(report, taken);
        else if ("passedOver" in taken) report.passedOver += 1;
        else {
          const number = (numbers.get(taken.row.content) ?? 0) + 1;
          numbers.set(taken.row.content, number);
          pending.push({
            line: row.line,
            row: taken.row,
            contact: withIds(writer, taken.row, taken.serviceId, number),
          });
          if (pending.length === ROWS_AT_ONCE) {
            if (added) await addServices(writer, added);
            yield pending;
            pending = [];
          }
        }
      }
    }
    if (!read) throw new Invalid(`${entry.name} is empty.`);
  }
  if (added) await addServices(writer, added);
  if (pending.length > 0) yield pending;
}

function takeRow(
  { line, cells }: CsvRow,
  width: number,
  read: ReturnType<typeof rowReader>,
  services: Map<string, string>,
  added: Map<string, NewService> | null,
): Fault | { passedOver: true } | { row: RowContact; serviceId: string } {
  if (cells.length !== width) {
    const remedy = `The row has ${cells.length} columns and the header ${width}: look for a comma that is not quoted.`;
    return { line, column: "", reason: "wrong number of columns", remedy };
  }
  const reading = read(cells);
  if (reading.kind === "fault") return { line, ...reading.fault };
  if (reading.kind === "passed-over") return { passedOver: true };
  const { service } = reading.contact;
  const serviceId = service === null ? undefined : services.get(fold(service));
  if (serviceId) return { row: reading.contact, serviceId };
  if (added && service !== null) {
    const id = uuidv7();
    services.set(fold(service), id);
    added.set(id, { id, name: service });
    return { row: reading.contact, serviceId: id };
  }
  const remedy =
    service === null
      ? 'Name a service in the mapping: "service".'
      : "Add this service to the organisation (--add-services), or say in the mapping which of its services it is.";
  return { line, column: "service", reason: "service not found", remedy };
}

interface NewService {
  id: string;
  name: string;
}

async function addServices({ db, organisationId }: Writer, added: Map<string, NewService>): Promise<void> {
  const services = [...added.values()];
  if (services.length === 0) return;
  added.clear();
  await db`
    insert into casework.service (organisation_id, id, name)
    select ${organisationId}, fresh.*
    from unnest(${services.map(({ id }) => id)}::uuid[], ${services.map(({ name }) => name)}::text[]) as fresh`;
}

async function servicesByName({ db, organisationId }: Writer): Promise<Map<string, string>> {
  const services = await db<{ id: string; name: string }[]>`
    select id, name from casework.service where organisation_id = ${organisationId}`;
  return new Map(services.map(({ id, name }) => [fold(name), id]));
}

/**
 * The contact that a row is. Anonymous: its client and issues are its own. Named: the client is the same for every
 * row of one person, and so is the issue for each need of that client, which goes on from row to row.
 */
function withIds(
  { organisationId }: Writer,
  row: RowContact,
  serviceId: string,
  number: number,
): NewContactInput {
  const at = Math.max(0, Date.parse(`${row.occurredOn}T00:00:00Z`));
  const own = derivedIds(organisationId, `row|${row.content}|${number}`, at);
  const { client, occurredOn, channel, place, note } = row;
  const clientId = client ? derivedIds(organisationId, `client|${client.key}`, 0)(0) : own(1);
  const issueOf = (need: string, index: number) =>
    client ? derivedIds(organisationId, `issue|${client.key}|${need}`, 0)(0) : own(2 + index);
  return {
    id: own(0),
    clientId,
    ...(client ? { newClient: client.details } : { anonymous: true }),
    serviceId,
    occurredOn,
    channel,
    place,
    note,
    entries: row.entries.map((entry, index) => ({ ...entry, issueId: issueOf(entry.need, index) })),
  };
}

function noteAnswers(
  report: ContactImportReport,
  answers: readonly ContactAnswer[],
  pending: readonly Pending[],
): void {
  for (const [at, answer] of answers.entries()) {
    if (answer.outcome === "stored") report.loaded += 1;
    else if (answer.outcome === "already-stored") report.unchanged += 1;
    else noteFault(report, faultOf(pending[at]?.line ?? 0, answer));
  }
}

/** Clients whom the organisation has already under the references of these rows, by the rows' keys. */
async function clientsByReference(
  { db, organisationId }: Writer,
  pending: readonly Pending[],
): Promise<ReadonlyMap<string, string>> {
  const keys = new Map<bigint, string>();
  for (const { row } of pending) {
    if (!row.client?.reference) continue;
    for (const token of tokensUnderEveryKey(organisationId, referencePiece(row.client.reference))) {
      keys.set(token, row.client.key);
    }
  }
  if (keys.size === 0) return new Map();
  const rows = await db<{ token: bigint; clientId: string }[]>`
    select token, min(client_id::text)::uuid as client_id
    from identity.client_token
    where organisation_id = ${organisationId} and token = any (${[...keys.keys()].map(String)}::bigint[])
    group by token`;
  return new Map(rows.map(({ token, clientId }) => [keys.get(token) ?? "", clientId]));
}

function faultOf(line: number, { outcome, reason = "", fields = {} }: ContactAnswer): Fault {
  const [column = ""] = Object.keys(fields);
  if (outcome === "conflict") {
    return {
      line,
      column,
      reason: "imported before with another meaning",
      remedy: "Void the contact that was imported, or import with the mapping that was used then.",
    };
  }
  return { line, column: column.replace(/\.\d+\./g, " "), reason: "refused by the ledger", remedy: reason };
}

/** The organisation of a number or a name, for a command on the machine; null when there is none. */
export async function findOrganisation(
  ctx: Ctx,
  nameOrNumber: string,
): Promise<{ id: number; name: string } | null> {
  const [found] = await inTransaction(
    ctx,
    ({ db }) => db<{ id: number; name: string }[]>`
      select id, name from casework.organisation
      where id::text = ${nameOrNumber} or lower(name) = lower(${nameOrNumber})
      order by id::text = ${nameOrNumber} desc limit 1`,
    "operator",
  );
  return found ?? null;
}
