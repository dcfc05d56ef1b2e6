/**
 * What a manager does when a colleague reports a lost phone: shut out the device, or take away the second factor that
 * was on it. Both end sessions at once and are recorded. Nobody does it for themselves: a second person stands behind
 * every reset.
 */

import { resetSecondFactorOf, tellOfReset } from "./accounts";
import { record } from "./audit";
import { type ActorCtx, inTransaction, type TxCtx, withPurpose } from "./context";
import { type Place, placesOf, revokePlaceOf } from "./devices";
import { isRole, mayGrant } from "./domain/access";
import { Invalid, NotAllowed, NotFound } from "./domain/errors";

interface Colleague {
  accountId: string;
  email: string;
}

/**
 * A member in force of the actor's organisation, below their reach. Throws NotFound for anybody else, NotAllowed for
 * a role that the actor cannot give.
 */
async function getColleague({ db, actor }: TxCtx, memberId: string): Promise<Colleague> {
  const [found] = await db<(Colleague & { roles: string[] })[]>`
    select m.account_id, a.email, m.roles
    from casework.member as m join casework.account as a on a.id = m.account_id
    where m.organisation_id = ${actor.organisationId} and m.id = ${memberId} and m.ended_at is null`;
  if (!found) throw new NotFound("This member");
  if (!mayGrant(actor.roles, found.roles.filter(isRole))) {
    throw new NotAllowed("Only an administrator can do this for this member.");
  }
  return found;
}

/** Where a colleague works: their devices and browsers. */
export function listColleaguePlaces(ctx: ActorCtx, memberId: string): Promise<Place[]> {
  return inTransaction(ctx, async (tx) => {
    const { accountId } = await getColleague(tx, memberId);
    const places = await withPurpose(tx, "sign-in", () => placesOf(tx.db, accountId, null));
    await record(tx, "device.list", { subjects: [{ kind: "member", id: memberId }] });
    return places;
  });
}

/** Shuts out a device or a browser of a colleague. Throws NotFound when they have no such device. */
export function revokeColleaguePlace(
  ctx: ActorCtx,
  { memberId, id }: { memberId: string; id: string },
): Promise<{ ended: number }> {
  return inTransaction(ctx, async (tx) => {
    const { accountId } = await getColleague(tx, memberId);
    const { kind, ended } = await withPurpose(tx, "sign-in", () => revokePlaceOf(tx.db, accountId, id));
    await record(tx, "device.revoke", {
      subjects: [
        { kind: "member", id: memberId },
        { kind, id },
      ],
      detail: { ended },
    });
    return { ended };
  });
}

/**
 * Takes away the second factor of a colleague, who sets up another at their next sign-in. Somebody who works for
 * another organisation, too, is an administrator's or operator's to reset: it would open that organisation as well.
 */
export async function resetColleagueSecondFactor(
  ctx: ActorCtx,
  memberId: string,
): Promise<{ ended: number }> {
  if (memberId === ctx.actor.memberId) {
    throw new Invalid("Somebody else must do this for you: another manager, or an administrator.");
  }
  const { email, ended } = await inTransaction(ctx, async (tx) => {
    const colleague = await getColleague(tx, memberId);
    const done = await withPurpose(tx, "sign-in", async () => {
      const [elsewhere] = await tx.db`
        select 1 from casework.member
        where account_id = ${colleague.accountId} and organisation_id <> ${ctx.actor.organisationId}
          and ended_at is null`;
      if (elsewhere && !ctx.actor.roles.includes("administrator")) {
        throw new NotAllowed("They work for another organisation, too. Ask an administrator to do this.");
      }
      return resetSecondFactorOf(tx, colleague.accountId, { operator: false });
    });
    return { email: colleague.email, ended: done };
  });
  await tellOfReset(email);
  return { ended };
}
