/**
 * Takes out an organisation's own records for its own analysis: exact, without names, notes or places. They are read a
 * batch of contacts at a time, each batch in a transaction of its own that also records who took it, so that neither
 * memory nor a connection is held by whoever downloads slowly. People go by codes that hold for one file: two files
 * cannot be joined by them, nor a person found by one.
 *
 * What is taken is personal data, though without names. A file is not of one instant: a contact that is voided while it
 * is read may stand in it, and people linked or parted meanwhile may have another code from there on. Whoever loses the
 * right, the membership or the session meanwhile gets no further batch.
 */

import { createHmac, randomBytes } from "node:crypto";
import { record } from "./audit";
import { type ActorCtx, type Ctx, inTransaction, requireRight, type TxCtx } from "./context";
import type { CsvValue } from "./domain/csv";
import { Conflict, NotAllowed, NotFound } from "./domain/errors";
import { getNeedByNumber } from "./domain/needs";
import { type Day, firstDayOf, lastDayOf, periodText } from "./domain/period";
import { MOST_FILES_OF_RECORDS, type RecordsRequest } from "./domain/records";
import { actorNow } from "./sessions";
import { requireStepUp } from "./step-up";
import { takeTurn } from "./throttle";

/** Contacts read at once. */
const CONTACTS_AT_ONCE = 2_000;
/** Before every id. */
const START = "00000000-0000-0000-0000-000000000000";

type Row = readonly CsvValue[];

/** What is taken out, as it was when it was asked for: contacts received later are not among it. */
interface Taken {
  request: RecordsRequest;
  lastReceived: bigint;
  fileKey: Buffer;
}

interface EntryRow {
  contactId: string;
  day: Day;
  service: string;
  channel: string;
  person: string;
  anonymous: boolean;
  needNumber: number | null;
  status: string;
  severity: string;
  ours: boolean;
}

/**
 * Batches of rows in the order of RECORD_COLUMNS, by contact. The right and the service are checked before the first.
 * `fileKey` makes the codes of the file's people: the same person has one code under one key. It is forgotten with the file.
 * @throws NotAllowed without a step-up, and, also from between the batches, once the actor may no longer take them; NotFound when the service is
 * not one of the organisation's; Conflict when files are asked for too often.
 */
export async function takeRecords(
  ctx: Ctx,
  request: RecordsRequest,
  fileKey: Buffer = randomBytes(32),
): Promise<AsyncGenerator<readonly Row[]>> {
  requireRight(ctx, "records.take", ctx.actor?.organisationId ?? null);
  await requireStepUp(ctx);
  const { memberId } = ctx.actor;
  const turn = await inTransaction(
    ctx,
    ({ db }) => takeTurn(db, ["records", memberId], MOST_FILES_OF_RECORDS),
    "sign-in",
  );
  if (!turn) throw new Conflict("That was a great many files of records. Wait five minutes, then go on.");
  const lastReceived = await inTransaction(ctx, async (ctx) => {
    const { organisationId } = ctx.actor;
    if (request.serviceId !== null) {
      const services = await ctx.db`
        select 1 from casework.service
        where organisation_id = ${organisationId} and id = ${request.serviceId}`;
      if (services.length === 0) throw new NotFound("This service");
    }
    const [last] = await ctx.db<{ receivedNo: bigint | null }[]>`
      select max(received_no) as received_no from casework.contact where organisation_id = ${organisationId}`;
    return last?.receivedNo ?? 0n;
  });
  return batchesOf(ctx, { request, lastReceived, fileKey });
}

async function* batchesOf(ctx: ActorCtx, taken: Taken): AsyncGenerator<readonly Row[]> {
  let after = START;
  for (;;) {
    const rows: readonly EntryRow[] = await readAfter(ctx, taken, after);
    const last = rows.at(-1);
    if (!last) return;
    yield rows.flatMap((row) => (row.needNumber === null ? [] : [rowOf(taken.fileKey, row, row.needNumber)]));
    after = last.contactId;
  }
}

/** Begins with a letter, so that no spreadsheet reads a number; of 200,000 people two share one once in 3 million files. */
const personIn = (fileKey: Buffer, firstClientId: string) =>
  `p${createHmac("sha256", fileKey).update(firstClientId).digest("hex").slice(0, 14)}`;

function rowOf(fileKey: Buffer, row: EntryRow, needNumber: number): Row {
  const { code, label } = getNeedByNumber(needNumber);
  return [
    row.day,
    row.service,
    row.channel,
    personIn(fileKey, row.person),
    row.anonymous ? "yes" : "no",
    code,
    label,
    row.status,
    row.severity,
    row.ours ? "yes" : "no",
  ];
}

/** Entries of the next contacts; a contact without an entry is one row without a need. Empty: there are no more. */
function readAfter(ctx: ActorCtx, { request, lastReceived }: Taken, after: string): Promise<EntryRow[]> {
  const { period, serviceId } = request;
  return inTransaction(ctx, async (ctx) => {
    const { organisationId } = ctx.actor;
    await requireStill(ctx);
    const rows = await ctx.db<EntryRow[]>`
      with taken as materialized (
        select c.id, c.client_id, c.service_id, c.occurred_on, c.channel
        from casework.contact as c
        where c.organisation_id = ${organisationId} and c.voided_at is null and c.received_no <= ${lastReceived}
          and c.id > ${after}
          and (${serviceId}::uuid is null or c.service_id = ${serviceId})
          and (${period === null}::boolean
            or c.occurred_on between ${period && firstDayOf(period)}::date and ${period && lastDayOf(period)}::date)
        order by c.id
        limit ${CONTACTS_AT_ONCE}
      ),
      person as materialized (
        select client_id, first_client_id
        from identity.own_people(${organisationId}, (select array_agg(distinct client_id) from taken))
      )
      select t.id as contact_id, t.occurred_on as day, s.name as service, t.channel,
             coalesce(p.first_client_id, t.client_id) as person, c.anonymous,
             e.need_number, e.status, e.severity, e.ours
      from taken as t
      join casework.service as s on s.organisation_id = ${organisationId} and s.id = t.service_id
      join casework.client as c on c.organisation_id = ${organisationId} and c.id = t.client_id
      left join person as p on p.client_id = t.client_id
      left join casework.issue_entry as e on e.organisation_id = ${organisationId} and e.contact_id = t.id
      order by t.id, e.issue_id`;
    if (rows.length > 0) {
      await record(ctx, "impact.take-records", {
        subjects: serviceId
          ? [{ kind: "service", id: serviceId }]
          : [{ kind: "organisation", id: String(organisationId) }],
        detail: {
          period: period && periodText(period),
          service: serviceId,
          rows: rows.filter(({ needNumber }) => needNumber !== null).length,
          isFirst: after === START,
        },
      });
    }
    return rows;
  });
}

/** Throws NotAllowed unless the actor may still take records, as their membership and session stand now. */
async function requireStill(ctx: TxCtx): Promise<void> {
  const actor = await actorNow(ctx);
  if (!actor) throw new NotAllowed("Your session or membership has ended. Sign in, then begin again.");
  requireRight({ ...ctx, actor }, "records.take", actor.organisationId);
}
