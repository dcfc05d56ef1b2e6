/**
 * Referrals between services, with a loop that closes: sent with the person's consent, answered step by step, visible
 * to the sender to the end. A receiver gets the issues and the details that were ticked and nothing else of the client.
 */

import { record, type Subject } from "./audit";
import { ARRAY_OF } from "./client-rows";
import { addClient } from "./clients";
import { insertConsents } from "./consent-rows";
import { type ActorCtx, inTransaction, now, type TxCtx, withPurpose } from "./context";
import { addClientSchema } from "./domain/client";
import { Conflict, Invalid, NotFound } from "./domain/errors";
import type { EntryStatus } from "./domain/issue";
import { findNeed, getNeedByNumber } from "./domain/needs";
import { dayOf } from "./domain/period";
import type { Outcome, ReferralState } from "./domain/referral";
import { type AnswerReferral, consentWords, type SendReferral, type TakeOn } from "./domain/referral-input";
import type { ReferralEntry, ShownReferral } from "./domain/referral-shown";
import { fingerprint, isFingerprintOf, seal, sealIfAny } from "./identity-vault";
import { hasMailServer } from "./mail";
import { destinationOf, detailsToShare, issuesToSend, NO_FIXED_ADDRESS } from "./referral-contents";
import {
  courseOf,
  detailsOf,
  issuesOf,
  readReceived,
  readSent,
  shown,
  viewing,
  type WholeReferral,
} from "./referral-rows";
import { takeTurn } from "./throttle";

/** What became of a referral that was to be sent. declined: the person said no, which is kept, and nothing was sent. */
export interface SendOutcome {
  id: string;
  outcome: "sent" | "already-sent" | "declined";
}

/**
 * Sends a referral once, however often it is sent. Throws Invalid for a detail or an issue that is not there to be
 * handed over, NotFound for somebody else's client, Conflict for another referral under the same id.
 */
export function sendReferral(ctx: ActorCtx, given: SendReferral): Promise<SendOutcome> {
  return inTransaction(ctx, async (ctx) => {
    const { organisationId, memberId, name } = ctx.actor;
    const { db } = ctx;
    const { id, clientId, consent } = given;
    const content = JSON.stringify(given);
    // Held until the end, so that the same referral sent twice at once is one.
    await db`select pg_advisory_xact_lock(${organisationId}, hashtext(${id}))`;
    const [held] = await db<{ contentHash: Buffer }[]>`
      select content_hash from casework.referral where organisation_id = ${organisationId} and id = ${id}`;
    if (held) {
      if (isFingerprintOf(held.contentHash, organisationId, content)) return { id, outcome: "already-sent" };
      throw new Conflict("Another referral was sent under this id. Look at it, then begin a new one.");
    }
    const [erased] = await db`
      select from casework.erased where organisation_id = ${organisationId} and id = ${id}`;
    if (erased) throw new Conflict("This referral was erased. Begin a new one if the person wants it.");
    const instant = await now(ctx);
    if (consent.on > dayOf(instant)) {
      throw new Invalid("This day has not come yet.", { "consent.on": "Enter the day on which you asked." });
    }
    const sending = await issuesToSend(ctx, given);
    const to = await destinationOf(ctx, given.to);
    const subjects: Subject[] = [
      { kind: "client", id: clientId },
      { kind: "referral", id },
    ];
    await insertConsents({ db, organisationId, memberId }, [
      {
        id,
        clientId,
        answer: consent.answer,
        answeredOn: consent.on,
        how: consent.how,
        contactId: null,
        referralId: id,
      },
    ]);
    if (consent.answer === "declined") {
      await record(ctx, "referral.decline-consent", { subjects });
      return { id, outcome: "declined" };
    }
    const details = await detailsToShare(ctx, given);
    const row = { organisationId, id };
    const words = consentWords({
      service: to.organisationName ? `${to.name} at ${to.organisationName}` : to.name,
      share: given.share,
      needs: sending.map(({ need }) => need),
    });
    await db`
      insert into casework.referral
        (organisation_id, id, client_id, way, to_organisation_id, to_service_id, to_directory_id, to_name,
         to_organisation_name, to_email, to_phone, sent_by, sent_by_name, sent_at, shared, details, message,
         consent_on, consent_how, consent_words, content_hash)
      values
        (${organisationId}, ${id}, ${clientId}, ${given.to.way}, ${to.organisationId}, ${to.serviceId},
         ${to.directoryId}, ${to.name}, ${to.organisationName}, ${to.email}, ${to.phone}, ${memberId},
         ${seal("referral.sent_by_name", row, name)}, ${instant}, ${[...given.share]},
         ${sealIfAny("referral.details", row, given.share.length === 0 ? null : JSON.stringify(details))},
         ${sealIfAny("referral.message", row, given.message)}, ${consent.on}, ${consent.how},
         ${seal("referral.consent_words", row, words)}, ${fingerprint(organisationId, content)})`;
    const labels = sending.map(({ label }, at) =>
      sealIfAny("referral_issue.label", { organisationId, id: `${id}/${at + 1}` }, label),
    );
    await db`
      insert into casework.referral_issue
        (organisation_id, referral_id, position, issue_id, need_number, severity, label)
      select ${organisationId}, ${id}, position, issue_id, need_number, severity, label
      from unnest(${sending.map(({ issueId }) => issueId)}::uuid[],
                  ${sending.map(({ need }) => findNeed(need)?.number ?? null)}::smallint[],
                  ${sending.map(({ severity }) => severity)}::casework.severity[],
                  ${db.array(labels, ARRAY_OF.bytes)}::bytea[])
        with ordinality as sent (issue_id, need_number, severity, label, position)`;
    if (given.to.way === "email" && hasMailServer()) await askForMail(ctx, id);
    await record(ctx, "referral.send", {
      subjects,
      detail: { way: given.to.way, issues: sending.length, shared: [...given.share] },
    });
    return { id, outcome: "sent" };
  });
}

/** Mails of one referral, and of all that a member sends, in five minutes: enough to mend a slip, none to flood with. */
export const MOST_MAILS = 5;
const MOST_MAILS_OF_MEMBER = 30;

/** Asks the worker for the mail of a referral: ids only. Throws Invalid when it was asked for too often just now. */
export async function askForMail(ctx: TxCtx, referralId: string): Promise<void> {
  const { db, actor } = ctx;
  const { organisationId, memberId } = actor;
  const allowed = await withPurpose(
    ctx,
    "sign-in",
    async () =>
      (await takeTurn(db, ["referral mail", String(organisationId), referralId], MOST_MAILS)) &&
      (await takeTurn(db, ["referral mails of", memberId], MOST_MAILS_OF_MEMBER)),
  );
  if (!allowed) throw new Invalid("Many e-mails were sent just now. Wait five minutes, then try again.");
  await db`select jobs.add('referral.mail', ${db.json({ organisationId: actor.organisationId, referralId })})`;
}

/** One referral that the actor's organisation sent or received. Throws NotFound when it did neither. */
export function getReferral(ctx: ActorCtx, id: string): Promise<ShownReferral> {
  return inTransaction(ctx, async (ctx) => {
    const whole = await findReferral(ctx, id);
    const answer = shown(whole, await viewing(ctx));
    await record(ctx, "referral.read", { subjects: subjectsOf(answer) });
    return answer;
  });
}

/** The referral, from whichever side the actor's organisation is on. */
export async function findReferral(ctx: TxCtx, id: string): Promise<WholeReferral> {
  const [sent] = await readSent(ctx, { id });
  if (sent) return sent;
  const [received] = await readReceived(ctx, { id });
  if (!received) throw new NotFound("This referral");
  return received;
}

/** Whom an entry of the audit names for a referral that was shown or changed. */
export function subjectsOf({ id, clientId }: { id: string; clientId: string | null }): Subject[] {
  const referral: Subject = { kind: "referral", id };
  return clientId ? [referral, { kind: "client", id: clientId }] : [referral];
}

/** What became of an answer. meanwhile: somebody was first, or it cannot follow; it stands where `state` says. */
export interface StepOutcome {
  outcome: "added" | "already" | "meanwhile";
  state: ReferralState;
}

/**
 * Takes a step on a referral: the receiver's answer, the sender's taking back, or what a service outside told the
 * sender. Of two answers at one moment the first stands, and the other is told. Throws NotFound for one that the
 * actor's organisation neither sent nor received.
 */
export function stepReferral(ctx: ActorCtx, given: AnswerReferral): Promise<StepOutcome> {
  return inTransaction(ctx, async (ctx) => {
    const whole = await findReferral(ctx, given.id);
    const told = whole.row.sender !== null && given.step !== "withdrawn";
    const outcome = await addEvent(ctx, whole, {
      ...given,
      kind: given.step,
      byName: told ? given.heardFrom : ctx.actor.name,
    });
    if (outcome === "added" && given.step === "accepted" && !whole.row.sender) await take(ctx, whole);
    const after = await findReferral(ctx, given.id);
    await record(ctx, "referral.step", {
      subjects: subjectsOf(after.row),
      detail: { step: given.step, outcome, told },
    });
    return { outcome, state: courseOf(after).state };
  });
}

/** What is added to a referral. */
export interface EventToAdd {
  eventId: string;
  kind: string;
  byName: string | null;
  reason?: string | null;
  words?: string | null;
  outcomes?: readonly string[];
  tokenHash?: Buffer;
}

/** Adds what happened, through the one door of the database, which knows who may say what. Throws Invalid, NotFound. */
export async function addEvent(
  { db }: Pick<TxCtx, "db">,
  { row, issues }: WholeReferral,
  event: EventToAdd,
): Promise<StepOutcome["outcome"]> {
  const outcomes = event.kind === "completed" ? [...(event.outcomes ?? [])] : null;
  if (outcomes && outcomes.length !== issues.length) {
    throw new Invalid("Say what came of each issue.", { outcomes: "Say what came of each issue." });
  }
  const at = { organisationId: row.organisationId, id: event.eventId };
  const [answer] = await db<{ outcome: "added" | "already" | "refused" | "not-found" }[]>`
    select casework.add_referral_event(
      ${row.organisationId}, ${row.id}, ${event.eventId}, ${event.kind},
      ${event.kind === "declined" ? (event.reason ?? null) : null},
      ${sealIfAny("referral_event.words", at, event.words ?? null)}, ${outcomes},
      ${sealIfAny("referral_event.by_name", at, event.byName)}, ${event.tokenHash ?? null}) as outcome`;
  if (!answer || answer.outcome === "not-found") throw new NotFound("This referral");
  return answer.outcome === "refused" ? "meanwhile" : answer.outcome;
}

/** Notes who of the receiving organisation took a referral. */
async function take({ db, actor }: TxCtx, { row }: WholeReferral): Promise<void> {
  await db`
    insert into casework.referral_receipt as k (organisation_id, from_organisation_id, referral_id, taken_by)
    values (${actor.organisationId}, ${row.organisationId}, ${row.id}, ${actor.memberId})
    on conflict (organisation_id, from_organisation_id, referral_id)
    do update set taken_by = coalesce(k.taken_by, excluded.taken_by)`;
}

/**
 * Makes the person of a referral the receiver's own client: somebody new, with the details that were shared, or one
 * whom the receiver knows already. The first answer stands. No contact is made up: the issues open at the first real
 * contact, for which they are offered (`entriesFromReferral`). Whoever was referred is counted as one person from then on.
 */
export function takeOn(
  ctx: ActorCtx,
  { id, clientId, known }: TakeOn,
): Promise<{ clientId: string; outcome: "added" | "known" | "already" }> {
  return inTransaction(ctx, async (ctx) => {
    const { db, actor } = ctx;
    const [whole] = await readReceived(ctx, { id });
    if (!whole) throw new NotFound("This referral");
    const { state } = courseOf(whole);
    if (state === "sent") throw new Conflict("Accept the referral first.");
    if (state === "declined" || state === "withdrawn") {
      throw new Conflict("This referral is over, and the person's details went with it.");
    }
    await take(ctx, whole);
    const from = whole.row.organisationId;
    const [receipt] = await db<{ clientId: string | null; erasedAt: Date | null }[]>`
      select client_id, erased_at from casework.referral_receipt
      where organisation_id = ${actor.organisationId} and from_organisation_id = ${from} and referral_id = ${id}
      for update`;
    if (receipt?.clientId) return { clientId: receipt.clientId, outcome: "already" };
    if (receipt?.erasedAt) throw new Conflict("This person's record was erased here.");
    if (known) await assertOwnClient(ctx, clientId);
    else await addShared(ctx, whole, clientId);
    await db`
      update casework.referral_receipt set client_id = ${clientId}
      where organisation_id = ${actor.organisationId} and from_organisation_id = ${from} and referral_id = ${id}`;
    await db`select casework.link_referred(${from}, ${id})`;
    await record(ctx, "referral.take-on", { subjects: subjectsOf({ id, clientId }), detail: { known } });
    return { clientId, outcome: known ? "known" : "added" };
  });
}

async function assertOwnClient({ db, actor }: TxCtx, clientId: string): Promise<void> {
  const [found] = await db`
    select 1 from casework.client
    where organisation_id = ${actor.organisationId} and id = ${clientId} and not anonymous`;
  if (!found) throw new NotFound("This person");
}

async function addShared(ctx: TxCtx, whole: WholeReferral, clientId: string): Promise<void> {
  const details = detailsOf(whole);
  const postcode = details?.postcode;
  const read = addClientSchema.safeParse({
    id: clientId,
    givenName: details?.givenName ?? "",
    familyName: details?.familyName ?? "",
    dateOfBirth: details?.dateOfBirth ?? null,
    phone: details?.phone ?? null,
    email: details?.email ?? null,
    place:
      postcode === undefined
        ? { kind: "unknown" }
        : postcode === NO_FIXED_ADDRESS
          ? { kind: "no-fixed-address" }
          : { kind: "postcode", postcode },
  });
  if (!read.success) {
    throw new Invalid("The name was not shared. Ask the person, add them yourself, then choose them here.");
  }
  await addClient(ctx, read.data);
}

/**
 * What a contact may say because of a referral, for the worker to look at and save. To the receiver: the issues as new,
 * until a contact of theirs has spoken of them. To the sender, once it is complete: what came of each issue. Nothing
 * is written to either record by itself.
 */
export function entriesFromReferral(ctx: ActorCtx, id: string): Promise<ReferralEntry[]> {
  return inTransaction(ctx, async (ctx) => {
    const whole = await findReferral(ctx, id);
    const { clientId, sender } = whole.row;
    const { state } = courseOf(whole);
    await record(ctx, "referral.entries", { subjects: subjectsOf(whole.row) });
    if (clientId === null) return [];
    if (sender) return state === "completed" ? cameOf(whole) : [];
    return state === "accepted" || state === "started" ? toOpen(ctx, whole, clientId) : [];
  });
}

const STATUS_OF: Readonly<Record<Outcome, EntryStatus>> = {
  achieved: "resolved",
  partly: "improved",
  not: "ongoing",
};

function cameOf(whole: WholeReferral): ReferralEntry[] {
  return issuesOf(whole).map(({ need, severity, label, outcome }, at) => ({
    issueId: whole.issues[at]?.issueId ?? null,
    need,
    severity,
    label,
    status: STATUS_OF[outcome ?? "not"],
  }));
}

async function toOpen(
  { db, actor }: TxCtx,
  whole: WholeReferral,
  clientId: string,
): Promise<ReferralEntry[]> {
  const spokenOf = await db<{ needNumber: number }[]>`
    select distinct i.need_number
    from casework.issue as i
    join casework.issue_entry as e on e.organisation_id = i.organisation_id and e.issue_id = i.id
    join casework.contact as c on c.organisation_id = e.organisation_id and c.id = e.contact_id
    where i.organisation_id = ${actor.organisationId} and i.client_id = ${clientId} and c.voided_at is null
      and c.occurred_on >= ${dayOf(whole.row.sentAt)}`;
  const known = new Set(spokenOf.map(({ needNumber }) => getNeedByNumber(needNumber).code));
  return issuesOf(whole)
    .filter(({ need }) => !known.has(need))
    .map(({ need, severity, label }) => ({ issueId: null, need, severity, label, status: "new" }));
}
