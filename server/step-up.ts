/**
 * Step-up: before something that cannot be taken back, such as an export that leaves the platform or breaking glass,
 * whoever sits there shows again that it is they, with the second factor. Having signed in does not count, however
 * short ago: the screen may have been left since. What was shown holds for a few minutes, for this session alone.
 */

import { record } from "./audit";
import { type ActorCtx, type Ctx, inTransaction, type Session, withPurpose } from "./context";
import { NotAllowed } from "./domain/errors";
import type { CodeFault } from "./domain/second-factor";
import { STEP_UP_MINUTES, type StepUpKind, type StepUpWay } from "./domain/step-up";
import { judgeCode } from "./second-factor";
import { isDemoAccount } from "./sessions";

/**
 * Refuses unless the caller has shown within so many minutes that it is they. Call it before the work, inside its
 * transaction or outside. Throws NotAllowed with `needs: "step-up"`; a call without a session is refused, too.
 */
export async function requireStepUp(
  ctx: Pick<ActorCtx, "actor" | "db" | "reader" | "caller" | "requestId" | "decide">,
  withinMinutes: number = STEP_UP_MINUTES,
): Promise<void> {
  const { sessionId } = ctx.actor;
  if (sessionId !== null && (await hasSteppedUp(ctx, sessionId, withinMinutes))) return;
  throw new NotAllowed("Show again that it is you, then try again.", "step-up");
}

function hasSteppedUp(ctx: Ctx, sessionId: string, withinMinutes: number): Promise<boolean> {
  return inTransaction(ctx, (tx) =>
    withPurpose(tx, "sign-in", async () => {
      const [fresh] = await tx.db`
        select 1 from casework.session
        where id = ${sessionId} and revoked_at is null
          and stepped_up_at > now() - ${withinMinutes} * interval '1 minute'`;
      return fresh !== undefined;
    }),
  );
}

type SessionCtx = Ctx & { session: Session };

/** Whether the caller has shown it short enough ago, and how they show it when they have not. */
export async function stepUpState(ctx: SessionCtx): Promise<{ isFresh: boolean; kind: StepUpKind }> {
  const isFresh = await hasSteppedUp(ctx, ctx.session.id, STEP_UP_MINUTES);
  return { isFresh, kind: await kindFor(ctx, ctx.session) };
}

function kindFor(ctx: Ctx, { id, accountId }: Session): Promise<StepUpKind> {
  return inTransaction(
    ctx,
    async ({ db }) => {
      const [theirs] = await db`
        select 1 from casework.sign_in_session where id = ${id} and is_second_factor_theirs`;
      if (theirs) return "organisation";
      const [demo] = await db`
        select 1 from casework.account as a where a.id = ${accountId} and ${isDemoAccount(db)}`;
      return demo ? "press" : "code";
    },
    "sign-in",
  );
}

/** Shows again that it is the session's owner. Wrong codes are counted and recorded as at sign-in. */
export async function stepUp(
  ctx: SessionCtx,
  way: StepUpWay,
): Promise<{ ok: true } | { ok: false; reason: CodeFault }> {
  const { id, accountId } = ctx.session;
  const subjects = [{ kind: "session" as const, id }];
  const judged =
    "code" in way
      ? await judgeCode(ctx, accountId, way.code)
      : (await kindFor(ctx, ctx.session)) === "press"
        ? { ok: true as const, by: "demo" }
        : { ok: false as const, reason: "wrong" as const };
  return inTransaction(
    ctx,
    async (tx) => {
      if (!judged.ok) {
        await record(tx, "session.step-up-refuse", { subjects });
        return judged;
      }
      await tx.db`update casework.session set stepped_up_at = now() where id = ${id} and revoked_at is null`;
      await record(tx, "session.step-up", { subjects, detail: { by: judged.by } });
      return { ok: true };
    },
    "sign-in",
  );
}
