/** What the channels of the proof of agreements have in common: how a look is taken, and what counts as refused. */

import { TRPCError } from "@trpc/server";
import postgres from "postgres";
import type { Tx } from "../db/client";
import type { Actor, ActorCtx } from "./context";
import type { Purpose } from "./domain/agreements/agreement";
import type { Place, SharedField } from "./domain/agreements/grid";
import type { TestDatabase } from "./testing";

/** How one look was taken. */
export type Channel = (ctx: ActorCtx, place: Place, purpose: Purpose) => Promise<readonly SharedField[]>;

/** What the database's own functions refuse with. */
const INSUFFICIENT_PRIVILEGE = "42501";

/** What a refusal shows, by the procedure or by the database: nothing. Anything but a refusal is a bug. */
export async function unlessRefused<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof TRPCError && (error.code === "NOT_FOUND" || error.code === "FORBIDDEN")) return null;
    if (error instanceof postgres.PostgresError && error.code === INSUFFICIENT_PRIVILEGE) return null;
    throw error;
  }
}

/** The throttle of looks is proved elsewhere; here it would end the walk after twenty. */
export const forgetLooks = (db: TestDatabase) => db.administrator`delete from casework.throttle`;

/** The second step of those who took it lasts for minutes, and a walk through every cell takes longer. */
export const stepUpAnew = (db: TestDatabase) =>
  db.administrator`update casework.session set stepped_up_at = now() where stepped_up_at is not null`;

/** Runs statements as the web does, with nothing of the web's code before them. */
export async function asApp<T>(db: TestDatabase, actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T> {
  const result = await db.app.begin(async (tx) => {
    await tx`
      select set_config('app.organisation_id', ${String(actor.organisationId)}, true),
             set_config('app.member_id', ${actor.memberId}, true), set_config('app.purpose', '', true)`;
    return work(tx);
  });
  return result as T;
}
