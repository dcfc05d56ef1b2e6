/**
 * Known to: a worker with somebody in front of them learns which services of other organisations know this person, how
 * to reach each team, how recent it was and whether to consult or to refer; nothing else. Every look is counted before
 * anything is read, is written down for both sides by the statement that answers it, and takes the same steps and the
 * same time whether or not anybody is known.
 */

import { setTimeout as sleep } from "node:timers/promises";
import { record } from "./audit";
import { requireNamedClient } from "./client-rows";
import { type ActorCtx, inTransaction, now, requireRight, type TxCtx } from "./context";
import {
  type KnownService,
  type KnownTo,
  knownToSchema,
  LOOKS_AN_HOUR,
  type LookInput,
  PASS_ON_FROM_AGE,
  type PassOnYes,
} from "./domain/agreements/known-to";
import { Conflict, Invalid, NotFound } from "./domain/errors";
import { ageOn, dayOf } from "./domain/period";
import { openIfAny, sealIfAny } from "./identity-vault";
import { takeCounted } from "./throttle";

/** Answers leave at whole steps of this after their question came, so that none tells by its time what it says. */
const STEP_MS = 150;

/** How long an answer that took so many milliseconds still waits, at least one whole step in all. */
export function waitAfter(tookMs: number): number {
  return Math.max(1, Math.ceil(tookMs / STEP_MS)) * STEP_MS - tookMs;
}

/** Does something, and answers at the next whole step of time, also when it fails. */
export async function inSteps<T>(work: () => Promise<T>): Promise<T> {
  const from = performance.now();
  try {
    return await work();
  } finally {
    await sleep(waitAfter(performance.now() - from));
  }
}

/** Counts a look, for good, and refuses more than twenty an hour of the member, and of the account in all its organisations. */
export const takeLook = (ctx: ActorCtx): Promise<void> =>
  takeCounted(ctx, {
    of: "look",
    most: LOOKS_AN_HOUR,
    refusal: "sharing.refuse",
    words: `You have looked ${LOOKS_AN_HOUR} times within an hour, and nobody may look more often. Try again later, or ring the service that you have in mind.`,
  });

/** What the database takes with every look, in its order. Throws Conflict for an id under which was looked before. */
export async function requireNewLook({ db, actor }: TxCtx, id: string): Promise<void> {
  const [held] = await db`
    select from governance.look where organisation_id = ${actor.organisationId} and id = ${id}`;
  if (held) throw new Conflict("This was looked up before. Look again.");
}

/**
 * Looks from an own client to what others share of the person, at a whole step of time. Throws Invalid, and records it,
 * for a client who objects to sharing here or asked to hold use back, unless it is to keep somebody safe: an answer that
 * named nobody would be taken for one that nobody knows them.
 */
export async function lookFrom<T>(
  ctx: ActorCtx,
  { id, clientId, purpose }: Pick<LookInput, "id" | "clientId" | "purpose">,
  look: (ctx: TxCtx) => Promise<T>,
): Promise<T> {
  const looked = await inSteps(() =>
    inTransaction(ctx, async (ctx) => {
      await requireNamedClient(ctx, clientId);
      await requireNewLook(ctx, id);
      const [row] = await ctx.db<
        { isHeld: boolean }[]
      >`select governance.is_held_here(${clientId}) as is_held`;
      if (row?.isHeld && purpose !== "safeguarding") {
        await record(ctx, "sharing.refuse-held", { subjects: [{ kind: "client", id: clientId }] });
        return null;
      }
      return { answer: await look(ctx) };
    }),
  );
  if (looked === null) throw new Invalid(HELD_HERE);
  return looked.answer;
}

const HELD_HERE =
  "They object to sharing, or asked you to hold back use of their data, so nothing is looked up elsewhere, and this does not say whether others know them. To keep somebody safe, choose “Safeguarding” as what it is for.";

type KnownRow = Omit<KnownService, "team"> & {
  teamName: string | null;
  teamPhone: string | null;
  teamEmail: string | null;
};

/**
 * Which services of other organisations know the person behind an own client. Throws NotFound for a client that is not
 * the organisation's own, NotAllowed for the twenty-first look within an hour, and as `lookFrom` says.
 */
export async function knownTo(ctx: ActorCtx, input: LookInput): Promise<KnownTo> {
  requireRight(ctx, "sharing.look", ctx.actor.organisationId);
  const { id, clientId, purpose, reason } = input;
  await takeLook(ctx);
  return lookFrom(ctx, input, async (ctx) => {
    const words = sealIfAny("look.words", { organisationId: ctx.actor.organisationId, id }, input.words);
    const rows = await ctx.db<KnownRow[]>`
      select organisation, service, team_name, team_phone, team_email, recency, next
      from governance.known_to(${id}, ${clientId}, ${purpose}, ${reason}, ${words}, ${ctx.requestId})`;
    await record(ctx, "sharing.known-to", {
      subjects: [{ kind: "client", id: clientId }],
      detail: { look: id, purpose, reason },
    });
    return knownToSchema.parse({
      services: rows.map(({ teamName, teamPhone, teamEmail, ...row }) => ({
        ...row,
        team: { name: teamName, phone: teamPhone, email: teamEmail },
      })),
    });
  });
}

/**
 * Whether everything that a look showed may still be shown. An open page asks every few seconds and hides what it shows
 * at the first no; nothing about anybody is in the answer, so it is neither counted nor recorded.
 */
export function lookStands(ctx: ActorCtx, { id }: { id: string }): Promise<{ stands: boolean }> {
  requireRight(ctx, "sharing.look", ctx.actor.organisationId);
  return inTransaction(ctx, async ({ db }) => {
    const [row] = await db<{ stands: boolean }[]>`select governance.look_stands(${id}) as stands`;
    return { stands: row?.stands ?? false };
  });
}

/**
 * Tells whoever answered a look that the person has just said yes to sharing. It opens nothing: a worker there asks, and
 * writes the answer down. Nothing comes back: whether anybody waited for a yes shows at a later look. Throws NotFound when
 * the look is not the member's own; Invalid for somebody under 16 or whose age is not known, and where the member has not
 * written the yes down here today.
 */
export function passOnYes(ctx: ActorCtx, { lookId, how }: PassOnYes): Promise<void> {
  requireRight(ctx, "consent.record", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const { organisationId, memberId } = ctx.actor;
    const [asked] = await ctx.db<{ clientId: string; dateOfBirth: Buffer | null }[]>`
      select l.client_id, i.date_of_birth
      from governance.look as l
      left join identity.client_identity as i
        on i.organisation_id = l.organisation_id and i.client_id = l.client_id
      where l.organisation_id = ${organisationId} and l.id = ${lookId} and l.member_id = ${memberId}`;
    if (!asked) throw new NotFound("This look");
    const { clientId } = asked;
    const born = openIfAny(
      "client_identity.date_of_birth",
      { organisationId, id: clientId },
      asked.dateOfBirth,
    );
    if (born === null || ageOn(dayOf(await now(ctx)), born) < PASS_ON_FROM_AGE) {
      throw new Invalid(
        "Ring the team and let them ask: this person is under 16, or their age is not known.",
      );
    }
    const [told] = await ctx.db<{ written: boolean }[]>`
      select governance.pass_on_yes(${lookId}, ${how}, ${ctx.requestId}) as written`;
    if (!told?.written) {
      throw new Invalid("Ask them about sharing and write their yes down here first, today and yourself.");
    }
    await record(ctx, "sharing.pass-on-yes", {
      subjects: [{ kind: "client", id: clientId }],
      detail: { look: lookId, how },
    });
  });
}
