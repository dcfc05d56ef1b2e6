/**
 * A commissioner of the whole country in a made world, with an agreement in force by which single needs show at sector.
 * Both are made once and stay in the world: neither is in any count.
 */

import type { ActorCtx } from "../server/context";
import type { TestDatabase } from "../server/testing";
import { arrangePlanning } from "../server/testing-agreements";
import { arrangeMember, arrangeOrganisation, contextFor } from "../server/testing-people";
import { type World, withPools } from "./world";

const NAME = "Commissioners of the whole country";
const PATCH = ["nation:E92000001"];

/** Runs some work as that commissioner, over the connections that the web has. */
export const asCommissioner = <T>(world: World, work: (ctx: ActorCtx) => Promise<T>): Promise<T> =>
  withPools(world, async (db) => work(contextFor(db, await commissionerOf(db))));

async function commissionerOf(db: TestDatabase): Promise<ActorCtx["actor"]> {
  const [known] = await db.administrator<{ organisationId: number; memberId: string; accountId: string }[]>`
    select m.organisation_id, m.id as member_id, m.account_id
    from casework.member as m join casework.organisation as o on o.id = m.organisation_id
    where o.name = ${NAME} and 'commissioner' = any (m.roles)`;
  if (known) {
    const rest = { sessionId: null, serviceId: null, organisationName: NAME, name: "A commissioner" };
    return { ...known, ...rest, roles: ["commissioner"], patch: PATCH };
  }
  const organisationId = await arrangeOrganisation(db, NAME);
  await arrangePlanning(db, organisationId);
  return arrangeMember(db, organisationId, ["commissioner"], { patch: PATCH });
}
