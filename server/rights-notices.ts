/**
 * What other organisations told this one about somebody whom both know: that a detail was put right, that they erased
 * their record, or that the person said yes to sharing, or took it back. It stands at the receiver's own client until a
 * worker has seen it.
 */

import { record } from "./audit";
import { type ActorCtx, inTransaction, requireRight } from "./context";
import { NotFound } from "./domain/errors";

export interface RightsNotice {
  id: string;
  fromName: string;
  kind: "rectified" | "erased" | "restricted" | "said-yes" | "yes-ended";
  /** Kinds of what was corrected; of a yes, how they were asked. */
  about: readonly string[];
  madeAt: Date;
}

/** Notices about a client that nobody has seen yet, the latest first. */
export function listNotices(ctx: ActorCtx, clientId: string): Promise<RightsNotice[]> {
  requireRight(ctx, "client.read", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const { organisationId } = ctx.actor;
    const [client] = await ctx.db`
      select from casework.client where organisation_id = ${organisationId} and id = ${clientId}`;
    if (!client) throw new NotFound("This person");
    const notices = await ctx.db<RightsNotice[]>`
      select id, from_name, kind, about, made_at from governance.rights_notice
      where organisation_id = ${organisationId} and client_id = ${clientId} and seen_at is null
      order by made_at desc`;
    await record(ctx, "rights.notices", { subjects: [{ kind: "client", id: clientId }] });
    return [...notices];
  });
}

/** Notes that a worker has seen a notice. Seen twice, it stays as it was first. */
export function seeNotice(ctx: ActorCtx, { id }: { id: string }): Promise<{ ok: true }> {
  requireRight(ctx, "client.read", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const { organisationId, memberId } = ctx.actor;
    const [seen] = await ctx.db<{ clientId: string | null }[]>`
      update governance.rights_notice set seen_at = coalesce(seen_at, now()), seen_by = coalesce(seen_by, ${memberId})
      where organisation_id = ${organisationId} and id = ${id} returning client_id`;
    if (!seen) throw new NotFound("This notice");
    await record(ctx, "rights.see-notice", {
      subjects: [
        { kind: "rights-notice", id },
        ...(seen.clientId ? [{ kind: "client" as const, id: seen.clientId }] : []),
      ],
    });
    return { ok: true };
  });
}
