/**
 * Scored instruments of an organisation, which a manager sets up, and the scores of its clients. A score is never
 * changed: a wrong one is voided with a reason, which is sealed.
 */

import { record, type Subject } from "./audit";
import { type ActorCtx, inTransaction, now, requireRight, type TxCtx } from "./context";
import { Conflict, Invalid, NotFound } from "./domain/errors";
import {
  type AddInstrument,
  type Instrument,
  type RecordScore,
  type ShownScore,
  scoreFault,
} from "./domain/instrument";
import { type Day, dayOf } from "./domain/period";
import { openIfAny, seal } from "./identity-vault";

/** The organisation's instruments by name, closed ones last. */
export function listInstruments(ctx: ActorCtx): Promise<Instrument[]> {
  requireRight(ctx, "instrument.read", ctx.actor.organisationId);
  return inTransaction(ctx, (ctx) => readInstruments(ctx));
}

async function readInstruments(
  { db, actor: { organisationId } }: TxCtx,
  id: string | null = null,
): Promise<Instrument[]> {
  return db<Instrument[]>`
    select id, name, lowest, highest, step, direction, closed_at is not null as closed
    from casework.instrument
    where organisation_id = ${organisationId} and (${id}::uuid is null or id = ${id})
    order by closed_at is not null, lower(name)`;
}

/** Adds an instrument; sent again under one id it is there once. Throws Conflict when another one has the name. */
export function addInstrument(ctx: ActorCtx, given: AddInstrument): Promise<Instrument> {
  requireRight(ctx, "instrument.manage", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const { organisationId } = ctx.actor;
    const { id, name, lowest, highest, step, direction } = given;
    await ctx.db`
      insert into casework.instrument (organisation_id, id, name, lowest, highest, step, direction)
      values (${organisationId}, ${id}, ${name}, ${lowest}, ${highest}, ${step}, ${direction})
      on conflict do nothing`;
    const [held] = await readInstruments(ctx, id);
    if (!held)
      throw new Conflict("Another instrument has this name. Choose a name that tells the two apart.");
    await record(ctx, "instrument.add", { subjects: [], detail: { instrument: id } });
    return held;
  });
}

/** Closes an instrument, or opens it again: its scores stay. Throws NotFound when there is none with this id. */
export function closeInstrument(
  ctx: ActorCtx,
  { id, closed }: { id: string; closed: boolean },
): Promise<Instrument> {
  requireRight(ctx, "instrument.manage", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    await ctx.db`
      update casework.instrument set closed_at = case when ${closed} then coalesce(closed_at, now()) end
      where organisation_id = ${ctx.actor.organisationId} and id = ${id}`;
    const [held] = await readInstruments(ctx, id);
    if (!held) throw new NotFound("This instrument");
    await record(ctx, closed ? "instrument.close" : "instrument.open", {
      subjects: [],
      detail: { instrument: id },
    });
    return held;
  });
}

const subjectsOf = (id: string, clientId: string): Subject[] => [
  { kind: "score", id },
  { kind: "client", id: clientId },
];

/** What each instrument says of one client: instruments that can be used, and closed ones that were. */
export function listClientScores(
  ctx: ActorCtx,
  clientId: string,
): Promise<{ instrument: Instrument; scores: ShownScore[] }[]> {
  requireRight(ctx, "score.read", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const { organisationId } = ctx.actor;
    const [client] = await ctx.db`
      select 1 from casework.client where organisation_id = ${organisationId} and id = ${clientId}`;
    if (!client) throw new NotFound("This person");
    const [instruments, scores] = await Promise.all([
      readInstruments(ctx),
      readScores(ctx, clientId),
      record(ctx, "score.list", { subjects: [{ kind: "client", id: clientId }] }),
    ]);
    return instruments
      .map((instrument) => ({ instrument, scores: scores.get(instrument.id) ?? [] }))
      .filter(({ instrument, scores }) => !instrument.closed || scores.length > 0);
  });
}

async function readScores(
  { db, actor: { organisationId } }: TxCtx,
  clientId: string,
): Promise<ReadonlyMap<string, ShownScore[]>> {
  const rows = await db<
    (Omit<ShownScore, "voided"> & {
      instrumentId: string;
      voidedAt: Date | null;
      voidReason: Buffer | null;
    })[]
  >`
    select s.id, s.instrument_id, s.scored_on, s.score, a.name as member_name, s.recorded_at, s.voided_at,
           s.void_reason
    from casework.instrument_score as s
    left join casework.member as m on m.organisation_id = s.organisation_id and m.id = s.member_id
    left join casework.account as a on a.id = m.account_id
    where s.organisation_id = ${organisationId} and s.client_id = ${clientId}
    order by s.scored_on, s.recorded_at`;
  const scores = new Map<string, ShownScore[]>();
  for (const { instrumentId, voidedAt, voidReason, ...score } of rows) {
    const reason = openIfAny("instrument_score.void_reason", { organisationId, id: score.id }, voidReason);
    const shown = { ...score, voided: voidedAt ? { at: voidedAt, reason: reason ?? "" } : null };
    scores.set(instrumentId, [...(scores.get(instrumentId) ?? []), shown]);
  }
  return scores;
}

/**
 * Records a score; sent again under one id it is there once. Throws NotFound for an instrument, client or contact
 * that is not the organisation's, Invalid for a score off the scale or a day to come, Conflict for a closed
 * instrument or an id that holds another score.
 */
export function recordScore(
  ctx: ActorCtx,
  given: RecordScore,
): Promise<{ id: string; outcome: "stored" | "already-stored" }> {
  requireRight(ctx, "score.write", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const { organisationId, memberId } = ctx.actor;
    const { id, instrumentId, clientId, contactId, scoredOn, score } = given;
    await ctx.db`select pg_advisory_xact_lock(${organisationId}, hashtext(${id}))`;
    const [held] = await ctx.db<{ clientId: string; instrumentId: string; scoredOn: Day; score: number }[]>`
      select client_id, instrument_id, scored_on, score from casework.instrument_score
      where organisation_id = ${organisationId} and id = ${id}`;
    if (held) {
      const same =
        held.clientId === clientId &&
        held.instrumentId === instrumentId &&
        held.scoredOn === scoredOn &&
        held.score === score;
      if (!same) throw new Conflict("Another score was stored under this id. Record it anew.");
    }
    await record(ctx, "score.record", { subjects: subjectsOf(id, clientId) });
    if (held) return { id, outcome: "already-stored" };
    const [instrument] = await readInstruments(ctx, instrumentId);
    if (!instrument) throw new NotFound("This instrument");
    if (instrument.closed)
      throw new Conflict(`${instrument.name} is closed. Its scores stay; none is added.`);
    await assertClient(ctx, clientId, contactId);
    const faults = scoreFault(instrument, { score, scoredOn }, dayOf(await now(ctx)));
    if (faults) throw new Invalid(Object.values(faults)[0] ?? "Check the score.", faults);
    await ctx.db`
      insert into casework.instrument_score
        (organisation_id, id, instrument_id, client_id, contact_id, scored_on, score, member_id)
      values (${organisationId}, ${id}, ${instrumentId}, ${clientId}, ${contactId}, ${scoredOn}, ${score}, ${memberId})`;
    return { id, outcome: "stored" };
  });
}

async function assertClient(
  { db, actor: { organisationId } }: TxCtx,
  clientId: string,
  contactId: string | null,
): Promise<void> {
  const [client] = await db<{ contactKnown: boolean }[]>`
    select ${contactId}::uuid is null or exists (
      select from casework.contact as k
      where k.organisation_id = c.organisation_id and k.client_id = c.id and k.id = ${contactId}
    ) as contact_known
    from casework.client as c
    where c.organisation_id = ${organisationId} and c.id = ${clientId}`;
  if (!client) throw new NotFound("This person");
  if (!client.contactKnown) throw new NotFound("This contact");
}

/** Takes a score back with a reason; it stays to be seen. Once it is void it stays so, with the first reason. */
export function voidScore(
  ctx: ActorCtx,
  { id, reason }: { id: string; reason: string },
): Promise<{ id: string; outcome: "voided" | "already-voided" }> {
  requireRight(ctx, "score.write", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const { organisationId, memberId } = ctx.actor;
    const [held] = await ctx.db<{ clientId: string; voidedAt: Date | null }[]>`
      select client_id, voided_at from casework.instrument_score
      where organisation_id = ${organisationId} and id = ${id}
      for update`;
    if (!held) throw new NotFound("This score");
    await record(ctx, "score.void", { subjects: subjectsOf(id, held.clientId) });
    if (held.voidedAt) return { id, outcome: "already-voided" };
    await ctx.db`
      update casework.instrument_score
      set voided_at = now(), voided_by = ${memberId},
          void_reason = ${seal("instrument_score.void_reason", { organisationId, id }, reason)}
      where organisation_id = ${organisationId} and id = ${id}`;
    return { id, outcome: "voided" };
  });
}
