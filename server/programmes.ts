/**
 * Programmes of several organisations: making one, inviting, agreeing and taking that back, and asking for a summary of
 * those that agree. Each organisation writes its own rows alone; of the others it learns their names and whether they
 * agree, and nothing else.
 */

import { LOCKS } from "../db/locks";
import { record } from "./audit";
import { type ActorCtx, inTransaction, now, requireRight, type TxCtx } from "./context";
import { Conflict, Invalid, NotAllowed, NotFound } from "./domain/errors";
import { SECTIONS } from "./domain/impact/plan";
import {
  type AddProgramme,
  agreementWords,
  MOST_IN_A_PROGRAMME,
  MOST_PROGRAMMES,
  type Programme,
  type ProgrammeSummary,
  type ProgrammeSummaryLine,
} from "./domain/programmes";
import { uuidv7 } from "./ids";
import { agreedParties, getParties, type PartyRow, readParties } from "./programme-parties";
import { finishSummary } from "./summaries";

/** The programmes that the organisation leads or is invited to, newest first. */
export function listProgrammes(ctx: ActorCtx): Promise<Programme[]> {
  requireRight(ctx, "programme.read", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const summaries = await readSummaries(ctx);
    const rows = await readParties(ctx.db);
    const answered = await readAnswered(ctx);
    const ids = [...new Set(rows.map(({ programmeId }) => programmeId))];
    return ids.flatMap((id) => {
      const parties = rows.filter(({ programmeId }) => programmeId === id);
      return programmeOf(ctx, parties, summaries, answered) ?? [];
    });
  });
}

/** Programmes that the organisation has agreed to, whether or not it still does. */
async function readAnswered({ db, actor }: TxCtx): Promise<ReadonlySet<string>> {
  const rows = await db<{ programmeId: string }[]>`
    select distinct programme_id from casework.programme_agreement
    where organisation_id = ${actor.organisationId}`;
  return new Set(rows.map(({ programmeId }) => programmeId));
}

function programmeOf(
  { actor }: TxCtx,
  parties: readonly PartyRow[],
  summaries: readonly (ProgrammeSummaryLine & { programmeId: string })[],
  answered: ReadonlySet<string>,
): Programme | null {
  const [first] = parties;
  if (!first) return null;
  const { programmeId, name, purpose, leadOrganisationId } = first;
  const lead = parties.find(({ organisationId }) => organisationId === leadOrganisationId);
  const leadName = lead?.organisationName ?? "An organisation";
  const own = parties.find(({ organisationId }) => organisationId === actor.organisationId);
  return {
    ...{ id: programmeId, name, purpose, leadName },
    isOurs: leadOrganisationId === actor.organisationId,
    parties: parties.map(({ organisationId, organisationName, agreedAt }) => ({
      organisationId,
      name: organisationName,
      isLead: organisationId === leadOrganisationId,
      agreedAt,
    })),
    weAgreedAt: own?.agreedAt ?? null,
    waitsForUs: leadOrganisationId !== actor.organisationId && !answered.has(programmeId),
    words: wordsFor(first, leadName, actor.organisationName),
    summaries: summaries
      .filter((summary) => summary.programmeId === programmeId)
      .map(({ id, state, period, countedOn }) => ({ id, state, period, countedOn })),
  };
}

const wordsFor = ({ name, purpose }: PartyRow, lead: string, organisation: string) =>
  agreementWords({ programme: name, purpose, lead, organisation });

function readSummaries({ db, actor }: TxCtx): Promise<(ProgrammeSummaryLine & { programmeId: string })[]> {
  return db<(ProgrammeSummaryLine & { programmeId: string })[]>`
    select id, programme_id, state, plan ->> 'period' as period, counted_on
    from casework.summary
    where organisation_id = ${actor.organisationId} and programme_id is not null
    order by asked_at desc, id desc`;
}

/** The other organisations here, to invite from. */
export function listInvitable(ctx: ActorCtx): Promise<{ organisationId: number; name: string }[]> {
  requireRight(ctx, "programme.manage", ctx.actor.organisationId);
  return inTransaction(ctx, async ({ db }) => {
    const rows = await db<{ organisationId: number; name: string }[]>`
      select organisation_id, organisation_name as name from casework.organisations_elsewhere()`;
    return [...rows];
  });
}

/**
 * Makes a programme that the organisation leads and is in. Sent again under one id it is there once.
 * @throws Invalid when the organisation leads another one of this name; Conflict when it leads too many.
 */
export function addProgramme(ctx: ActorCtx, { id, name, purpose }: AddProgramme): Promise<{ id: string }> {
  requireRight(ctx, "programme.manage", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const { organisationId, memberId } = ctx.actor;
    // Names and numbers are looked at before it is written: an organisation starts one at a time.
    await aloneWith(ctx, `of ${organisationId}`);
    await aloneWith(ctx, id);
    const [own] = await ctx.db<{ made: number; same: boolean; named: boolean }[]>`
      select count(*)::int as made, bool_or(id = ${id}) as same,
             bool_or(lower(regexp_replace(name, '\\s+', ' ', 'g')) = lower(regexp_replace(${name}, '\\s+', ' ', 'g'))) as named
      from casework.programme where organisation_id = ${organisationId}`;
    if (own?.same) return { id };
    if (own?.named) {
      const refused = "You lead a programme of this name already. Choose a name that tells the two apart.";
      throw new Invalid(refused, { name: refused });
    }
    if ((own?.made ?? 0) >= MOST_PROGRAMMES)
      throw new Conflict(`An organisation leads ${MOST_PROGRAMMES} programmes at most.`);
    const added = await ctx.db`
      insert into casework.programme (organisation_id, id, name, purpose, made_by)
      values (${organisationId}, ${id}, ${name}, ${purpose}, ${memberId})
      on conflict do nothing`;
    if (added.count === 0) throw new Conflict("Another programme has this id. Start again from the list.");
    await putInvitation(ctx, id, organisationId);
    await record(ctx, "programme.add", { subjects: [{ kind: "programme", id }] });
    return { id };
  });
}

/** One change of a programme at a time. */
const aloneWith = ({ db }: TxCtx, programmeId: string) =>
  db`select pg_advisory_xact_lock(${LOCKS.changingProgramme}, hashtext(${programmeId}))`;

async function putInvitation(ctx: TxCtx, programmeId: string, invited: number): Promise<void> {
  const { db, actor } = ctx;
  const at = await now(ctx);
  await db`
    insert into casework.programme_invitation
      (organisation_id, id, programme_id, invited_organisation_id, invited_by, invited_at)
    values (${actor.organisationId}, ${uuidv7()}, ${programmeId}, ${invited}, ${actor.memberId}, ${at})
    on conflict do nothing`;
}

/** The parties of a programme that the actor's organisation leads; that of others is not theirs to change. */
async function ledParties(ctx: TxCtx, programmeId: string) {
  const parties = await getParties(ctx.db, programmeId);
  if (parties[0].leadOrganisationId === ctx.actor.organisationId) return parties;
  throw new NotAllowed("Only the organisation that leads a programme can do this.");
}

/**
 * Invites an organisation. It is counted only once a manager of its own agrees. Inviting again changes nothing.
 * @throws NotFound when there is no such programme or organisation; NotAllowed when another organisation leads it.
 */
export function inviteOrganisation(
  ctx: ActorCtx,
  { programmeId, organisationId }: { programmeId: string; organisationId: number },
): Promise<void> {
  requireRight(ctx, "programme.manage", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    await aloneWith(ctx, programmeId);
    const parties = await ledParties(ctx, programmeId);
    if (parties.length >= MOST_IN_A_PROGRAMME)
      throw new Conflict(`A programme has ${MOST_IN_A_PROGRAMME} organisations at most.`);
    const [found] = await ctx.db`
      select 1 from casework.organisations_elsewhere() where organisation_id = ${organisationId}`;
    if (!found) throw new NotFound("This organisation");
    await putInvitation(ctx, programmeId, organisationId);
    await record(ctx, "programme.invite", about(programmeId, organisationId));
  });
}

/** Takes an invitation back: later summaries leave the organisation out. Its own agreement ends with it. */
export function withdrawInvitation(
  ctx: ActorCtx,
  { programmeId, organisationId }: { programmeId: string; organisationId: number },
): Promise<void> {
  requireRight(ctx, "programme.manage", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    await aloneWith(ctx, programmeId);
    await ledParties(ctx, programmeId);
    if (organisationId === ctx.actor.organisationId)
      throw new Conflict(
        "Who leads a programme stays in it. To be left out of its summaries, stop agreeing.",
      );
    await ctx.db`
      update casework.programme_invitation set withdrawn_at = now(), withdrawn_by = ${ctx.actor.memberId}
      where organisation_id = ${ctx.actor.organisationId} and programme_id = ${programmeId}
        and invited_organisation_id = ${organisationId} and withdrawn_at is null`;
    await record(ctx, "programme.withdraw", about(programmeId, organisationId));
  });
}

/** Agrees, for the actor's own organisation, to the words that stand for it. Agreeing again changes nothing. */
export function agreeToProgramme(
  ctx: ActorCtx,
  { id, programmeId }: { id: string; programmeId: string },
): Promise<void> {
  requireRight(ctx, "programme.manage", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const { organisationId, organisationName, memberId } = ctx.actor;
    await aloneWith(ctx, programmeId);
    const parties = await getParties(ctx.db, programmeId);
    const programme = programmeOf(ctx, parties, [], new Set());
    if (!programme) throw new NotFound("This programme");
    if (programme.weAgreedAt === null) {
      // An agreement from before an invitation was taken back, and given again, has ended with it.
      await endAgreement(ctx, programmeId);
      const words = wordsFor(parties[0], programme.leadName, organisationName);
      const at = await now(ctx);
      await ctx.db`
        insert into casework.programme_agreement
          (organisation_id, id, lead_organisation_id, programme_id, words, agreed_by, agreed_at)
        values (${organisationId}, ${id}, ${parties[0].leadOrganisationId}, ${programmeId},
                ${words.join("\n")}, ${memberId}, ${at})`;
    }
    await record(ctx, "programme.agree", about(programmeId, organisationId));
  });
}

/** Takes the own organisation's agreement back. Summaries made before stay as they are. */
export function leaveProgramme(ctx: ActorCtx, programmeId: string): Promise<void> {
  requireRight(ctx, "programme.manage", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    await aloneWith(ctx, programmeId);
    await getParties(ctx.db, programmeId);
    await endAgreement(ctx, programmeId);
    await record(ctx, "programme.leave", about(programmeId, ctx.actor.organisationId));
  });
}

const endAgreement = ({ db, actor }: TxCtx, programmeId: string) => db`
  update casework.programme_agreement set ended_at = now(), ended_by = ${actor.memberId}
  where organisation_id = ${actor.organisationId} and programme_id = ${programmeId} and ended_at is null`;

const about = (programmeId: string, organisationId: number) => ({
  subjects: [
    { kind: "programme" as const, id: programmeId },
    { kind: "organisation" as const, id: String(organisationId) },
  ],
});

/**
 * Asks for a summary of the organisations that agree; the worker makes it and it is kept with the one that leads.
 * @throws Invalid while fewer than three agree or the period is not over; NotAllowed when another organisation leads it.
 */
export function makeProgrammeSummary(ctx: ActorCtx, asked: ProgrammeSummary): Promise<{ id: string }> {
  requireRight(ctx, "programme.manage", ctx.actor.organisationId);
  const { id, programmeId, period, audience } = asked;
  return inTransaction(ctx, async (ctx) => {
    await aloneWith(ctx, programmeId);
    await ledParties(ctx, programmeId);
    await agreedParties(ctx.db, programmeId);
    const sections = SECTIONS.filter((section) => section !== "value" && section !== "stories");
    const plan = { serviceId: null, period, audience, sections, framework: null, texts: {}, storyIds: [] };
    return finishSummary(ctx, { id, plan }, programmeId);
  });
}
