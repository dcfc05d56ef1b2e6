/**
 * Requests of people about what is held of them, as officers look after them: who asked, how they showed who they are,
 * which records it is about, the clock, and the answer. Every step is recorded with the people it is about.
 */

import { type Detail, record, type Subject } from "./audit";
import { readClients } from "./clients";
import { listHolidays } from "./clock";
import { type ActorCtx, inTransaction, now, requireRight, type TxCtx } from "./context";
import { Conflict, Invalid, NotFound } from "./domain/errors";
import { type Day, dayOf } from "./domain/period";
import { clockOf, type Pause } from "./domain/rights/clock";
import {
  type AnswerRequest,
  type ListedRequest,
  nextStep,
  type OpenRequest,
  type RequestKind,
  type RequestState,
  type Step,
} from "./domain/rights/request";
import { openIfAny, seal, sealIfAny } from "./identity-vault";

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

/** Records a step of a request, naming the people whom it is about. */
export async function recordStep(
  ctx: TxCtx,
  action: string,
  id: string,
  detail: Detail = {},
  clients?: readonly string[],
): Promise<void> {
  const subjects: Subject[] = [
    { kind: "rights-request", id },
    ...(clients ?? (await peopleOf(ctx, id))).map((clientId): Subject => ({ kind: "client", id: clientId })),
  ];
  await record(ctx, action, { subjects, detail });
}

/** Notes a request once, however often it is sent. Throws Conflict for another one under the same id. */
export function openRequest(ctx: ActorCtx, given: OpenRequest): Promise<{ id: string }> {
  requireRight(ctx, "rights.manage", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const { db, actor } = ctx;
    const row = { organisationId: actor.organisationId, id: given.id };
    if (given.receivedOn > dayOf(await now(ctx))) {
      throw new Invalid("This day has not come yet.", { receivedOn: "Enter the day on which it came." });
    }
    const added = await db`
      insert into governance.rights_request
        (organisation_id, id, kind, received_on, way, asker_kind, asker, words, made_by)
      values (${actor.organisationId}, ${given.id}, ${given.kind}, ${given.receivedOn}, ${given.way},
              ${given.askerKind}, ${seal("rights_request.asker", row, given.asker)},
              ${sealIfAny("rights_request.words", row, given.words)}, ${actor.memberId})
      on conflict do nothing returning id`;
    if (added.length > 0) await recordStep(ctx, "rights.open", given.id, { kind: given.kind });
    else await requireSame(ctx, given);
    return { id: given.id };
  });
}

/** Throws Conflict when what was noted under an id is another request. Of one that was erased, its days are compared. */
async function requireSame({ db, actor }: TxCtx, given: OpenRequest): Promise<void> {
  const at = { organisationId: actor.organisationId, id: given.id };
  const [noted] = await db<RequestRow[]>`
    select ${db(COLUMNS)} from governance.rights_request
    where organisation_id = ${at.organisationId} and id = ${at.id}`;
  const isSame =
    noted !== undefined &&
    noted.kind === given.kind &&
    noted.receivedOn === given.receivedOn &&
    noted.way === given.way &&
    noted.askerKind === given.askerKind &&
    (noted.asker === null ||
      (openIfAny("rights_request.asker", at, noted.asker) === given.asker &&
        openIfAny("rights_request.words", at, noted.words) === given.words));
  if (!isSame) throw new Conflict("Another request has this id.");
}

/** Does one step of an open request in one transaction, and gives it as it is then. Throws Conflict when it is answered. */
export function onOpenRequest(
  ctx: ActorCtx,
  id: string,
  action: string,
  work: (ctx: TxCtx, request: ShownRequest) => Promise<Detail | undefined>,
): Promise<ShownRequest> {
  requireRight(ctx, "rights.manage", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const request = await readRequest(ctx, id, true);
    if (request.state !== "open") throw new Conflict("This request has been answered already.");
    const people = await peopleOf(ctx, id);
    const detail = await work(ctx, request);
    // Also whom the step took out of the request.
    const clients = [...new Set([...people, ...(await peopleOf(ctx, id))])];
    await recordStep(ctx, action, id, { kind: request.kind, ...detail }, clients);
    return readRequest(ctx, id);
  });
}

/** Says that a record is of whom the request is about, or is not after all. */
export function setPerson(
  ctx: ActorCtx,
  { id, clientId, isTheirs }: { id: string; clientId: string; isTheirs: boolean },
): Promise<ShownRequest> {
  return onOpenRequest(ctx, id, isTheirs ? "rights.add-person" : "rights.remove-person", async (ctx) => {
    const row = { organisationId: ctx.actor.organisationId, requestId: id, clientId };
    const changed = isTheirs ? await addPerson(ctx, row) : await removePerson(ctx, row);
    // Sent again, it changes nothing, and what was made stays.
    if (changed) await voidPacks(ctx, id);
    return undefined;
  });
}

interface PersonRow {
  organisationId: number;
  requestId: string;
  clientId: string;
}

async function addPerson({ db }: TxCtx, { organisationId, requestId, clientId }: PersonRow) {
  const [client] = await db`
    select from casework.client where organisation_id = ${organisationId} and id = ${clientId}`;
  if (!client) throw new NotFound("This person");
  const added = await db`
    insert into governance.rights_person (organisation_id, request_id, client_id)
    values (${organisationId}, ${requestId}, ${clientId}) on conflict do nothing returning client_id`;
  return added.length > 0;
}

async function removePerson({ db }: TxCtx, { organisationId, requestId, clientId }: PersonRow) {
  const gone = await db`
    delete from governance.rights_person
    where organisation_id = ${organisationId} and request_id = ${requestId} and client_id = ${clientId}
    returning client_id`;
  return gone.length > 0;
}

/** Destroys the copies of a request that are still kept. That one was taken stays known. */
export async function destroyPacks({ db, actor }: TxCtx, requestId: string): Promise<void> {
  await db`
    update governance.rights_pack set contents = null, destroyed_at = now()
    where organisation_id = ${actor.organisationId} and request_id = ${requestId} and destroyed_at is null`;
}

/** What was made for other records than these is not handed out, and what was taken does not answer the request. */
async function voidPacks(ctx: TxCtx, requestId: string): Promise<void> {
  await destroyPacks(ctx, requestId);
  // When it was taken stays in the audit.
  await ctx.db`
    update governance.rights_pack set taken_at = null
    where organisation_id = ${ctx.actor.organisationId} and request_id = ${requestId}`;
}

/** Notes how whoever asked showed who they are, and that it was today. Noted again, the later way and day stand. */
export function setIdentity(ctx: ActorCtx, { id, way }: { id: string; way: string }): Promise<ShownRequest> {
  return onOpenRequest(ctx, id, "rights.check-identity", async ({ db, actor }, { today }) => {
    await db`
      update governance.rights_request
      set identity_way = ${way}, identity_on = ${today}, identity_by = ${actor.memberId}
      where organisation_id = ${actor.organisationId} and id = ${id}`;
    return { way };
  });
}

/** Stops the clock: the person was asked something. Throws Conflict when it stands already. */
export function pauseRequest(
  ctx: ActorCtx,
  { id, because }: { id: string; because: string },
): Promise<ShownRequest> {
  return onOpenRequest(ctx, id, "rights.pause", async ({ db, actor }, { clock, pauses, today }) => {
    if (clock.isPaused) throw new Conflict("The clock stands already.");
    await db`
      insert into governance.rights_pause (organisation_id, request_id, number, from_on, because)
      values (${actor.organisationId}, ${id}, ${pauses.length + 1}, ${today}, ${because})`;
    return { because };
  });
}

/** The person answered: the clock goes on. Throws Conflict when it goes on already. */
export function resumeRequest(ctx: ActorCtx, { id }: { id: string }): Promise<ShownRequest> {
  return onOpenRequest(ctx, id, "rights.resume", async ({ db, actor }, { clock, today }) => {
    if (!clock.isPaused) throw new Conflict("The clock goes on already.");
    await db`
      update governance.rights_pause set until_on = ${today}
      where organisation_id = ${actor.organisationId} and request_id = ${id} and until_on is null`;
    return undefined;
  });
}

/** Two further months, once, while the first is not over. */
export function extendRequest(
  ctx: ActorCtx,
  { id, because }: { id: string; because: string },
): Promise<ShownRequest> {
  return onOpenRequest(ctx, id, "rights.extend", async ({ db, actor }, request) => {
    if (request.extendedOn !== null) throw new Conflict("This request has its two further months already.");
    if ((request.clock.daysLeft ?? 0) < 0) {
      throw new Conflict("The first month is over: more time had to be asked for before.");
    }
    await db`
      update governance.rights_request set extended_on = ${request.today}, extended_because = ${because}
      where organisation_id = ${actor.organisationId} and id = ${id}`;
    return { because };
  });
}

/** Notes that a complaint was acknowledged today. Noted again, the first day stands. */
export function acknowledgeRequest(ctx: ActorCtx, { id }: { id: string }): Promise<ShownRequest> {
  return onOpenRequest(ctx, id, "rights.acknowledge", async ({ db, actor }, { today }) => {
    await db`
      update governance.rights_request set acknowledged_on = coalesce(acknowledged_on, ${today})
      where organisation_id = ${actor.organisationId} and id = ${id}`;
    return undefined;
  });
}

/** Ends a request: answered, refused with a reason, or taken back by whoever asked. */
export function answerRequest(ctx: ActorCtx, given: AnswerRequest): Promise<ShownRequest> {
  const { id, outcome } = given;
  const because = outcome === "refused" ? given.because : null;
  return onOpenRequest(ctx, id, "rights.answer", async ({ db, actor }, request) => {
    // Where nobody is found, that is the answer.
    if (outcome === "done" && request.next !== "answer" && request.next !== "find") {
      throw new Conflict("Something is still to be done before this request is answered.");
    }
    const row = { organisationId: actor.organisationId, id };
    await db`
      update governance.rights_request
      set state = ${outcome}, closed_on = ${request.today}, refused_because = ${because},
          answer = ${sealIfAny("rights_request.answer", row, given.words)}
      where organisation_id = ${actor.organisationId} and id = ${id}`;
    await db`
      update governance.rights_pause set until_on = ${request.today}
      where organisation_id = ${actor.organisationId} and request_id = ${id} and until_on is null`;
    return { outcome, because };
  });
}
