/**
 * What clients said about sharing with other services: asked again, declined, taken back, with who asked, how and in
 * which words. Whoever shares reads the state here in the same transaction, so that a yes taken back ends sharing at
 * once. Recording rests on another basis and goes on.
 */

import type { Tx } from "../db/client";
import { record } from "./audit";
import { requireNamedClient } from "./client-rows";
import { insertConsents } from "./consent-rows";
import { type ActorCtx, inTransaction, now, requireRight, type TxCtx } from "./context";
import {
  type Capacity,
  type ChildAnswer,
  type ConsentAnswer,
  type ConsentState,
  childAnswersFor,
  consentStateOf,
  type SaidConsent,
  type ShownConsent,
} from "./domain/consent";
import type { RecordConsent } from "./domain/consent-input";
import type { Channel } from "./domain/contact-terms";
import { Conflict, Invalid } from "./domain/errors";
import { ageOn, type Day, dayOf } from "./domain/period";
import { SHARE_WORDS } from "./domain/share-words";
import { openIfAny } from "./identity-vault";
import { type EndedSharing, endSharing, takenBackIn } from "./sharing-end";

/** Where a client stands, and everything that was answered, the latest first. */
export interface Consents {
  state: ConsentState;
  history: ShownConsent[];
}

/** Everything that a client of the organisation said about sharing. */
export function listConsents(ctx: ActorCtx, { clientId }: { clientId: string }): Promise<Consents> {
  requireRight(ctx, "client.read", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    await requireNamedClient(ctx, clientId);
    const consents = await readConsents(ctx, clientId);
    await record(ctx, "consent.read", { subjects: [{ kind: "client", id: clientId }] });
    return consents;
  });
}

/**
 * Writes down what a client answered. Sent twice under one id it is written once. A yes that is taken back also ends what
 * was sent on its strength (`sharing-end.ts`). Throws Invalid for a day to come,
 * or when something is taken back that was never given; Conflict for an id under which something else was answered.
 */
export function recordConsent(
  ctx: ActorCtx,
  consent: RecordConsent,
): Promise<{ outcome: "stored" | "already-stored"; state: ConsentState; ended: EndedSharing | null }> {
  requireRight(ctx, "consent.record", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const { organisationId, memberId } = ctx.actor;
    const { id, clientId, answer, answeredOn, how } = consent;
    await requireNamedClient(ctx, clientId);
    // Held until the end, so that the same id sent twice at once is written once.
    await ctx.db`select pg_advisory_xact_lock(${organisationId}, hashtext(${id}))`;
    const [held] = await ctx.db<Pick<RecordConsent, "clientId" | "answer" | "answeredOn" | "how">[]>`
      select client_id, answer, answered_on, how from casework.consent
      where organisation_id = ${organisationId} and id = ${id}`;
    const same =
      held?.clientId === clientId &&
      held.answer === answer &&
      held.answeredOn === answeredOn &&
      held.how === how;
    if (held && !same) throw new Conflict("Another answer was recorded under this id. Record yours again.");
    const today = dayOf(await now(ctx));
    if (!held) {
      const before = await readState(ctx, clientId, today);
      refuseWrong(consent, before, today);
      await requireWhoAnswers(ctx, consent);
      await insertConsents({ db: ctx.db, organisationId, memberId }, [
        { ...consent, contactId: null, referralId: null },
      ]);
    }
    const ended =
      answer === "withdrawn" && !held
        ? await endSharing(ctx.db, { organisationId, clientId, byName: ctx.actor.name })
        : null;
    await record(ctx, "consent.record", {
      subjects: [{ kind: "client", id: clientId }, ...takenBackIn(ended)],
      detail: { answer },
    });
    const state = await readState(ctx, clientId, today);
    return { outcome: held ? "already-stored" : "stored", state, ended };
  });
}

function refuseWrong({ answer, answeredOn }: RecordConsent, before: ConsentState, today: Day): void {
  if (answeredOn > today) {
    const reason = "This day has not come yet. Enter the day on which they answered.";
    throw new Invalid(reason, { answeredOn: reason });
  }
  if (answer === "withdrawn" && before.answer !== "given") {
    const reason = "There is no yes to take back.";
    throw new Invalid(reason, { answer: reason });
  }
}

/** Of a child who says yes it is said who was asked; of nobody else. A no, or a yes taken back, needs nobody. */
async function requireWhoAnswers(
  ctx: TxCtx,
  { clientId, answer, child, answeredOn }: RecordConsent,
): Promise<void> {
  const { organisationId } = ctx.actor;
  const [row] = await ctx.db<{ dateOfBirth: Buffer | null }[]>`
    select date_of_birth from identity.client_identity
    where organisation_id = ${organisationId} and client_id = ${clientId}`;
  const bornOn = openIfAny(
    "client_identity.date_of_birth",
    { organisationId, id: clientId },
    row?.dateOfBirth ?? null,
  );
  const age = bornOn === null ? null : ageOn(answeredOn, bornOn);
  const possible = childAnswersFor(age);
  if (child !== null && !possible?.includes(child)) {
    const reason =
      possible === null
        ? "They are 16 or older: nobody is asked for them."
        : "Under 13, ask a parent or carer.";
    throw new Invalid(reason, { child: reason });
  }
  if (answer === "given" && child === null && age !== null && possible !== null) {
    const reason = "Say who was asked: they are under 16.";
    throw new Invalid(reason, { child: reason });
  }
}

/** For which organisation it is read: its member's, or that of whoever sees their own record. */
interface Reading {
  db: Tx;
  actor: { organisationId: number };
}

/** Where many clients stand on sharing in general today; those who were never asked are not in the map. */
export async function consentStates(
  { db, actor: { organisationId } }: Reading,
  clientIds: readonly string[],
  today: Day,
): Promise<ReadonlyMap<string, ConsentState>> {
  if (clientIds.length === 0) return new Map();
  const rows = await db<(SaidConsent & { clientId: string })[]>`
    select s.client_id, s.answer, s.answered_on, s.expires_on, s.contact_id is not null as at_contact, s.recorded_no
    from casework.consent as s
    left join casework.contact as c on c.organisation_id = s.organisation_id and c.id = s.contact_id
    where s.organisation_id = ${organisationId} and s.client_id = any (${[...clientIds]}::uuid[])
      and s.referral_id is null and c.voided_at is null`;
  const said = new Map<string, SaidConsent[]>();
  for (const { clientId, ...row } of rows) said.set(clientId, [...(said.get(clientId) ?? []), row]);
  return new Map([...said].map(([clientId, answers]) => [clientId, consentStateOf(answers, today)]));
}

/** Where one client stands on sharing in general today. */
export async function readState(ctx: Reading, clientId: string, today: Day): Promise<ConsentState> {
  return (await consentStates(ctx, [clientId], today)).get(clientId) ?? { answer: "not-asked" };
}

interface HistoryRow {
  id: string;
  answer: ConsentAnswer;
  answeredOn: Day;
  expiresOn: Day | null;
  how: Channel;
  memberName: string | null;
  wordsVersion: number;
  capacity: Capacity | null;
  capacityNote: Buffer | null;
  child: ChildAnswer | null;
  atContact: boolean;
  forReferral: boolean;
}

/** State and history, inside the caller's transaction and without an audit entry. */
export async function readConsents(ctx: TxCtx, clientId: string): Promise<Consents> {
  const { db, actor } = ctx;
  const { organisationId } = actor;
  const today = dayOf(await now(ctx));
  const [state, rows] = await Promise.all([
    readState(ctx, clientId, today),
    db<HistoryRow[]>`
      select s.id, s.answer, s.answered_on, s.expires_on, s.how, a.name as member_name, s.words_version,
             s.capacity, s.capacity_note, s.child,
             s.contact_id is not null as at_contact, s.referral_id is not null as for_referral
      from casework.consent as s
      left join casework.contact as c on c.organisation_id = s.organisation_id and c.id = s.contact_id
      left join casework.member as m on m.organisation_id = s.organisation_id and m.id = s.asked_by
      left join casework.account as a on a.id = m.account_id
      where s.organisation_id = ${organisationId} and s.client_id = ${clientId} and c.voided_at is null
      order by s.answered_on desc, s.recorded_no desc`,
  ]);
  return {
    state,
    history: rows.map(({ capacityNote, ...row }) => ({
      ...row,
      capacityNote: openIfAny("consent.capacity_note", { organisationId, id: row.id }, capacityNote),
      words: SHARE_WORDS[row.wordsVersion] ?? "",
    })),
  };
}
