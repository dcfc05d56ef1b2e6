/**
 * Referrals to services outside. A mail carries no word about anybody, only a link; its token is 32 random bytes of
 * which a hash is kept, it holds for 30 days, and the sender can end it. The page behind it shows what the person
 * agreed to and takes the answers. Every look is recorded with the organisation whose referral it is.
 */

import { createHash, randomBytes } from "node:crypto";
import { z } from "zod";
import type { Sql, Tx } from "../db/client";
import { inOrganisation } from "./acting";
import { record } from "./audit";
import { type ActorCtx, type Ctx, inTransaction, type TxCtx } from "./context";
import { Conflict, Invalid, NotFound } from "./domain/errors";
import type { ReferralState } from "./domain/referral";
import { isOver } from "./domain/referral";
import type { AnswerByLink } from "./domain/referral-input";
import type { LinkedReferral } from "./domain/referral-shown";
import { uuidv7 } from "./ids";
import { hasMailServer, type Mail, MailNotTaken, pageAddress, sendMail } from "./mail";
import { courseOf, readReceived, readSent, shownByLink, type WholeReferral } from "./referral-rows";
import { addEvent, askForMail, type StepOutcome, subjectsOf } from "./referrals";
import { takeTurn } from "./throttle";

const LINK_DAYS = 30;
/** Looks and answers by links in five minutes from one network address; behind one there may be a whole office. */
export const MOST_LOOKS = 60;

const hashOf = (token: string) => createHash("sha256").update(token).digest();

/** Makes a link and keeps its hash. Runs for the organisation that the transaction names. */
async function addLink(tx: Tx, organisationId: number, referralId: string): Promise<string> {
  const token = randomBytes(32).toString("base64url");
  await tx`
    insert into casework.referral_link (organisation_id, id, referral_id, token_hash, expires_at)
    values (${organisationId}, ${uuidv7()}, ${referralId}, ${hashOf(token)},
            now() + ${LINK_DAYS} * interval '1 day')`;
  return pageAddress(`/referral/${token}`);
}

function endLinks(tx: Tx, organisationId: number, referralId: string) {
  return tx`
    update casework.referral_link set ended_at = now()
    where organisation_id = ${organisationId} and referral_id = ${referralId} and ended_at is null`;
}

/** The actor's own referral that went out by e-mail. Throws NotFound, and Conflict when it is over. */
async function ownByEmail(ctx: TxCtx, id: string): Promise<WholeReferral> {
  const [whole] = await readSent(ctx, { id });
  if (whole?.row.way !== "email") throw new NotFound("This referral");
  if (isOver(courseOf(whole).state))
    throw new Conflict("This referral is over: nobody can answer it any more.");
  return whole;
}

/** Makes a new link for the sender to hand over, and ends the earlier ones. It is shown this once. */
export function makeReferralLink(ctx: ActorCtx, id: string): Promise<{ link: string }> {
  return inTransaction(ctx, async (ctx) => {
    const whole = await ownByEmail(ctx, id);
    await endLinks(ctx.db, ctx.actor.organisationId, id);
    const link = await addLink(ctx.db, ctx.actor.organisationId, id);
    await addEvent(ctx, whole, { eventId: uuidv7(), kind: "link-made", byName: ctx.actor.name });
    await record(ctx, "referral.make-link", { subjects: subjectsOf(whole.row) });
    return { link };
  });
}

/** Ends every link of a referral: whoever holds one sees nothing any more. */
export function endReferralLinks(ctx: ActorCtx, id: string): Promise<void> {
  return inTransaction(ctx, async (ctx) => {
    const [whole] = await readSent(ctx, { id });
    if (whole?.row.way !== "email") throw new NotFound("This referral");
    await endLinks(ctx.db, ctx.actor.organisationId, id);
    await addEvent(ctx, whole, { eventId: uuidv7(), kind: "links-ended", byName: ctx.actor.name });
    await record(ctx, "referral.end-links", { subjects: subjectsOf(whole.row) });
  });
}

/** Asks for the mail once more. Throws Invalid where no mail leaves this installation. */
export function mailReferralAgain(ctx: ActorCtx, id: string): Promise<void> {
  return inTransaction(ctx, async (ctx) => {
    if (!hasMailServer()) throw new Invalid("No mail leaves this installation. Hand the link over yourself.");
    const whole = await ownByEmail(ctx, id);
    await askForMail(ctx, id);
    await record(ctx, "referral.mail-again", { subjects: subjectsOf(whole.row) });
  });
}

const mailSchema = z.object({ organisationId: z.number().int(), referralId: z.uuid() });

/**
 * Task `referral.mail`: sends the mail with a fresh link. The link is kept before the mail leaves, so that whatever
 * arrives works. What became of it is written down; a mail that was not taken is tried again by the queue.
 */
export async function mailReferral(app: Sql, payload: unknown): Promise<void> {
  const { organisationId, referralId } = mailSchema.parse(payload);
  const mail = await inOrganisation(app, organisationId, (tx) => prepareMail(tx, organisationId, referralId));
  if (!mail) return;
  const taken = await sendMail(mail);
  await inOrganisation(app, organisationId, async (tx) => {
    const [last] = await tx<{ kind: string }[]>`
      select kind from casework.referral_event
      where organisation_id = ${organisationId} and referral_id = ${referralId} and kind like 'mail-%'
      order by position desc limit 1`;
    if (!taken && last?.kind === "mail-failed") return;
    await tx`
      select casework.add_referral_event(
        ${organisationId}, ${referralId}, ${uuidv7()}, ${taken ? "mail-sent" : "mail-failed"},
        null, null, null, null, null)`;
  });
  if (!taken) throw new MailNotTaken("A referral's mail was not taken");
}

/** The mail, or null when there is no longer anybody to write to: erased, answered, or taken back. */
async function prepareMail(tx: Tx, organisationId: number, referralId: string): Promise<Mail | null> {
  const [row] = await tx<{ toEmail: string; toName: string; organisationName: string }[]>`
    select r.to_email, r.to_name, o.name as organisation_name
    from casework.referral as r
    join casework.organisation as o on o.id = r.organisation_id
    where r.organisation_id = ${organisationId} and r.id = ${referralId} and r.way = 'email'
      and not exists (
        select from casework.referral_event as e
        where e.organisation_id = r.organisation_id and e.referral_id = r.id
          and e.kind in ('declined', 'completed', 'lost-touch', 'withdrawn'))`;
  if (!row) return null;
  return {
    to: row.toEmail,
    kind: "referral",
    subject: `A referral from ${row.organisationName}`,
    text:
      `${row.organisationName} would like to refer somebody to ${row.toName}.\n\n` +
      "Nothing about the person is in this mail. The link below shows what they agreed to share, and lets you " +
      `accept or decline. It works for ${LINK_DAYS} days; whoever has it can see the referral, so do not pass it on.`,
    link: await addLink(tx, organisationId, referralId),
  };
}

export type LinkLook =
  | { ok: true; referral: LinkedReferral }
  /** link: it never was one, has ended or is too old: all read the same. busy: too many looks from one address. */
  | { ok: false; reason: "link" | "busy" };

/** Shows a referral to whoever holds its link. Pressed, not fetched: programs that test the links of a mail see nothing. */
export function openByLink(ctx: Ctx, token: string): Promise<LinkLook> {
  return byLink(ctx, token, "referral.open-link", async (tx, tokenHash, whole) => {
    const { openedAt, state } = courseOf(whole);
    if (!openedAt && state === "sent") {
      await addEvent(tx, whole, { eventId: uuidv7(), kind: "opened", byName: null, tokenHash });
    }
    return whole;
  });
}

export type LinkStep =
  | { ok: true; outcome: StepOutcome["outcome"]; state: ReferralState; referral: LinkedReferral }
  | { ok: false; reason: "link" | "busy" };

/** Takes a step for whoever holds the link, under the name that they give. */
export async function stepByLink(ctx: Ctx, given: AnswerByLink): Promise<LinkStep> {
  let outcome: StepOutcome["outcome"] = "meanwhile";
  const look = await byLink(ctx, given.token, "referral.step-link", async (tx, tokenHash, whole) => {
    outcome = await addEvent(tx, whole, { ...given, kind: given.step, byName: given.name, tokenHash });
    const [after] = await readReceived(tx, { tokenHash });
    return after ?? whole;
  });
  return look.ok ? { ...look, outcome, state: look.referral.course.state } : look;
}

/** Finds the referral of a link, does the work and records it with the organisation whose referral it is. */
async function byLink(
  ctx: Ctx,
  token: string,
  action: string,
  work: (tx: TxCtx<Ctx>, tokenHash: Buffer, whole: WholeReferral) => Promise<WholeReferral>,
): Promise<LinkLook> {
  // Whoever holds a link is nobody here, even when they are signed in.
  const stranger: Ctx = { ...ctx, actor: null };
  const turn = await inTransaction(
    stranger,
    ({ db }) => takeTurn(db, ["referral link", ctx.caller.address], MOST_LOOKS),
    "sign-in",
  );
  if (!turn) return { ok: false, reason: "busy" };
  const tokenHash = hashOf(token);
  return inTransaction(
    stranger,
    async (tx): Promise<LinkLook> => {
      const [whole] = await readReceived(tx, { tokenHash });
      if (!whole) return { ok: false, reason: "link" };
      const { organisationId, id } = whole.row;
      const after = await work(tx, tokenHash, whole);
      await record(tx, action, { subjects: [{ kind: "referral", id }], organisationId });
      return { ok: true, referral: shownByLink(after) };
    },
    "sign-in",
  );
}
