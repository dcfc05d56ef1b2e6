/** Whose yes to sharing lapses soon: a worker asks them again, and nothing is chosen beforehand. */

import { record } from "./audit";
import { readSummaries } from "./clients";
import { consentStates } from "./consents";
import { type ActorCtx, inTransaction, now, requireRight } from "./context";
import { type ConsentState, isToRenew } from "./domain/consent";
import { type Day, dayOf } from "./domain/period";

/** Somebody who should be asked again soon. */
export interface Renewal {
  clientId: string;
  givenName: string;
  familyName: string;
  dateOfBirth: Day | null;
  state: Extract<ConsentState, { until: Day }>;
}

/** People whom the actor looks after whose yes lapses soon, or lapsed not long ago: the first to lapse first. */
export function listRenewals(ctx: ActorCtx): Promise<{ today: Day; renewals: Renewal[] }> {
  requireRight(ctx, "caseload.read", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const { organisationId, memberId } = ctx.actor;
    const today = dayOf(await now(ctx));
    const mine = await ctx.db<{ id: string }[]>`
      select id from casework.client
      where organisation_id = ${organisationId} and assigned_to = ${memberId} and closed_on is null
        and not anonymous`;
    const states = await consentStates(
      ctx,
      mine.map(({ id }) => id),
      today,
    );
    const due = [...states].flatMap(([clientId, state]) =>
      "until" in state && isToRenew(state, today) ? [{ clientId, state }] : [],
    );
    due.sort((a, b) => (a.state.until < b.state.until ? -1 : 1));
    const named = await readSummaries(
      ctx,
      due.map(({ clientId }) => clientId),
    );
    await record(ctx, "consent.renewals", {
      subjects: due.map(({ clientId }) => ({ kind: "client", id: clientId })),
    });
    return {
      today,
      renewals: due.flatMap(({ clientId, state }) => {
        const client = named.get(clientId);
        if (!client) return [];
        const { givenName, familyName, dateOfBirth } = client;
        return [{ ...{ clientId, givenName, familyName, dateOfBirth, state } }];
      }),
    };
  });
}
