/**
 * Requests of people about what is held of them, as officers read them: who asked, how they showed who they are, which
 * records it is about, the clock, what was answered and what comes next. Steps are taken in rights-steps.ts.
 */

import { type Detail, record, type Subject } from "./audit";
import { readClients } from "./clients";
import { listHolidays } from "./clock";
import { type ActorCtx, inTransaction, now, requireRight, type TxCtx } from "./context";
import { type Waiting, waitingOf } from "./domain/desk";
import { NotFound } from "./domain/errors";
import { type Day, dayOf } from "./domain/period";
import { clockOf, type Pause, type Timed } from "./domain/rights/clock";
import {
  type ListedRequest,
  nextStep,
  type RequestKind,
  type RequestState,
  type Step,
} from "./domain/rights/request";
import { openIfAny } from "./identity-vault";

interface RequestRow {
  id: string;
  kind: RequestKind;
  state: RequestState;
  receivedOn: Day;
  way: string;
  askerKind: string;
  asker: Buffer | null;
  words: Buffer | null;
  identityWay: string | null;
  identityOn: Day | null;
  acknowledgedOn: Day | null;
  extendedOn: Day | null;
  extendedBecause: string | null;
  answer: Buffer | null;
  refusedBecause: string | null;
  closedOn: Day | null;
  madeAt: Date;
}

/** Somebody whose record a request is about: what tells two people apart, no need and no contact. */
export interface RequestPerson {
  clientId: string;
  name: string;
  dateOfBirth: Day | null;
  reference: string | null;
}

/** One request as its page shows it. */
export interface ShownRequest extends ListedRequest {
  way: string;
  askerKind: string;
  words: string | null;
  identityWay: string | null;
  identityOn: Day | null;
  acknowledgedOn: Day | null;
  extendedOn: Day | null;
  extendedBecause: string | null;
  answer: string | null;
  refusedBecause: string | null;
  pauses: readonly (Pause & { because: string })[];
  people: readonly RequestPerson[];
  /** What is to be done next. */
  next: Step;
  today: Day;
}

const COLUMNS = [
  ...[
    "id",
    "kind",
    "state",
    "received_on",
    "way",
    "asker_kind",
    "asker",
    "words",
    "identity_way",
    "identity_on",
  ],
  ...[
    "acknowledged_on",
    "extended_on",
    "extended_because",
    "answer",
    "refused_because",
    "closed_on",
    "made_at",
  ],
];

/** Requests on the list. Were there ever more, the open ones that came last and the oldest answers are left out. */
const MOST_SHOWN = 500;

/** Requests of the organisation: open ones with the least time left first, then those that were answered, the latest first. */
export function listRequests(ctx: ActorCtx): Promise<{ requests: ListedRequest[]; today: Day }> {
  requireRight(ctx, "rights.manage", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const { db, actor } = ctx;
    const today = dayOf(await now(ctx));
    const holidays = await listHolidays(db);
    const rows = await db<RequestRow[]>`
      select ${db(COLUMNS)} from governance.rights_request
      where organisation_id = ${actor.organisationId}
      order by (state = 'open') desc, case when state = 'open' then received_on end, received_on desc, id desc
      limit ${MOST_SHOWN}`;
    const pauses = await pausesOf(
      ctx,
      rows.map(({ id }) => id),
    );
    const requests = rows.map((row) =>
      listed(actor.organisationId, row, pauses.get(row.id) ?? [], today, holidays),
    );
    await record(ctx, "rights.list", {
      subjects: requests.map(({ id }) => ({ kind: "rights-request", id })),
    });
    const left = ({ clock }: ListedRequest) => clock.daysLeft ?? 0;
    return {
      requests: [
        ...requests.filter(({ state }) => state === "open").sort((a, b) => left(a) - left(b)),
        ...requests.filter(({ state }) => state !== "open"),
      ],
      today,
    };
  });
}

/** Requests that are open, and by when the first has to be answered; not who asked, nor about whom. */
export async function countOpenRequests(ctx: TxCtx): Promise<Waiting> {
  const { db, actor } = ctx;
  const rows = await db<(Omit<Timed, "pauses"> & { id: string })[]>`
    select id, kind, received_on, acknowledged_on, extended_on, closed_on from governance.rights_request
    where organisation_id = ${actor.organisationId} and state = 'open'`;
  const [today, holidays] = [dayOf(await now(ctx)), await listHolidays(db)];
  const pauses = await pausesOf(
    ctx,
    rows.map(({ id }) => id),
  );
  return waitingOf(
    rows.map((row) => {
      const { dueOn } = clockOf({ ...row, pauses: pauses.get(row.id) ?? [] }, today, holidays);
      return { dueOn, isLate: dueOn < today };
    }),
  );
}

/** One request. Throws NotFound when it is not the organisation's. */
export function getRequest(ctx: ActorCtx, id: string): Promise<ShownRequest> {
  requireRight(ctx, "rights.manage", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const request = await readRequest(ctx, id);
    await recordStep(ctx, "rights.read", id);
    return request;
  });
}

/** A request inside the caller's transaction, without an audit entry. Throws NotFound. */
export async function readRequest(ctx: TxCtx, id: string, isHeld = false): Promise<ShownRequest> {
  const { db, actor } = ctx;
  const { organisationId } = actor;
  const [row] = await db<RequestRow[]>`
    select ${db(COLUMNS)} from governance.rights_request
    where organisation_id = ${organisationId} and id = ${id} ${isHeld ? db`for update` : db``}`;
  if (!row) throw new NotFound("This request");
  const [today, holidays, pauses, clients, worked] = [
    dayOf(await now(ctx)),
    await listHolidays(db),
    (await pausesOf(ctx, [id])).get(id) ?? [],
    await readClients(ctx, await peopleOf(ctx, id)),
    await isWorked(ctx, id, row.kind),
  ];
  const people = clients
    .map(({ id: clientId, givenName, familyName, dateOfBirth, reference }) => ({
      clientId,
      name: [givenName, familyName].filter(Boolean).join(" ") || "No name",
      dateOfBirth,
      reference,
    }))
    .sort((a, b) => a.name.localeCompare(b.name));
  return {
    ...listed(organisationId, row, pauses, today, holidays),
    way: row.way,
    askerKind: row.askerKind,
    words: openIfAny("rights_request.words", { organisationId, id }, row.words),
    identityWay: row.identityWay,
    identityOn: row.identityOn,
    acknowledgedOn: row.acknowledgedOn,
    extendedOn: row.extendedOn,
    extendedBecause: row.extendedBecause,
    answer: openIfAny("rights_request.answer", { organisationId, id }, row.answer),
    refusedBecause: row.refusedBecause,
    pauses,
    people,
    next: nextStep({ ...row, people: people.length, worked }),
    today,
  };
}

function listed(
  organisationId: number,
  row: RequestRow,
  pauses: readonly Pause[],
  today: Day,
  holidays: ReadonlySet<Day>,
): ListedRequest {
  const { id, kind, state, receivedOn, closedOn } = row;
  return {
    id,
    kind,
    state,
    receivedOn,
    closedOn,
    asker: openIfAny("rights_request.asker", { organisationId, id }, row.asker),
    clock: clockOf({ ...row, pauses }, today, holidays),
  };
}

async function pausesOf(
  { db, actor }: TxCtx,
  ids: readonly string[],
): Promise<Map<string, (Pause & { because: string })[]>> {
  const rows = await db<(Pause & { requestId: string; because: string })[]>`
    select request_id, from_on, until_on, because from governance.rights_pause
    where organisation_id = ${actor.organisationId} and request_id = any (${[...ids]}::uuid[]) order by number`;
  const pauses = new Map<string, (Pause & { because: string })[]>();
  for (const { requestId, ...pause } of rows) {
    pauses.set(requestId, [...(pauses.get(requestId) ?? []), pause]);
  }
  return pauses;
}

/** Ids of the records that a request is about. */
export async function peopleOf({ db, actor }: TxCtx, id: string): Promise<string[]> {
  const rows = await db<{ clientId: string }[]>`
    select client_id from governance.rights_person
    where organisation_id = ${actor.organisationId} and request_id = ${id} order by client_id`;
  return rows.map(({ clientId }) => clientId);
}

/** Whether the work itself is done: a pack that can be or was taken, a correction, or a decision that was carried out. */
async function isWorked({ db, actor }: TxCtx, id: string, kind: RequestKind): Promise<boolean> {
  const { organisationId } = actor;
  const done = {
    access: db`select from governance.rights_pack
               where organisation_id = ${organisationId} and request_id = ${id}
                 and (taken_at is not null or (contents is not null and expires_at > now()))`,
    rectify: db`select from governance.rectification
                where organisation_id = ${organisationId} and request_id = ${id}`,
    erase: db`select from governance.erasure_decision
              where organisation_id = ${organisationId} and request_id = ${id}
              having count(*) > 0 and bool_and(done_at is not null or decision = 'keep')`,
    object: db`select from governance.rights_person as p
               join governance.objection as o on o.organisation_id = p.organisation_id and o.client_id = p.client_id
               where p.organisation_id = ${organisationId} and p.request_id = ${id} and o.state <> 'taken-back'`,
    restrict: db`select from governance.rights_person as p
                 join governance.rights_hold as h on h.organisation_id = p.organisation_id and h.client_id = p.client_id
                 where p.organisation_id = ${organisationId} and p.request_id = ${id}
                   and h.kind = 'restriction' and h.lifted_at is null`,
    complaint: null,
  }[kind];
  return done !== null && (await done).length > 0;
}

/** Records a step of a request, naming the people whom it is about and whatever else it touched. */
export async function recordStep(
  ctx: TxCtx,
  action: string,
  id: string,
  detail: Detail = {},
  { clients, touched = [] }: { clients?: readonly string[]; touched?: readonly Subject[] } = {},
): Promise<void> {
  const subjects: Subject[] = [
    { kind: "rights-request", id },
    ...(clients ?? (await peopleOf(ctx, id))).map((clientId): Subject => ({ kind: "client", id: clientId })),
    ...touched,
  ];
  await record(ctx, action, { subjects, detail });
}
