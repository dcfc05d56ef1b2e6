/** People for tests: organisations, members in any role, and the context in which one of them acts. */

import { type Actor, type ActorCtx, makeContext } from "./context";
import type { Role } from "./domain/access";
import { uuidv7 } from "./ids";
import { hashPassword } from "./passwords";
import { openSession } from "./sessions";
import type { TestDatabase } from "./testing";

/** A new organisation; gives its id. */
export async function arrangeOrganisation(db: TestDatabase, name: string): Promise<number> {
  const [row] = await db.administrator<{ id: number }[]>`
    insert into casework.organisation (name) values (${name}) returning id`;
  if (!row) throw new Error("The organisation was not made");
  return row.id;
}

export interface ArrangedPerson {
  name?: string;
  email?: string;
  password?: string;
  serviceId?: string | null;
  patch?: string[];
}

/** A member of an organisation with an account of their own, ready to act. */
export async function arrangeMember(
  db: TestDatabase,
  organisationId: number,
  roles: readonly Role[],
  person: ArrangedPerson = {},
): Promise<Actor> {
  const [accountId, memberId] = [uuidv7(), uuidv7()];
  const { name = "Robin Test", email = `${accountId}@people.test`, serviceId = null, patch = [] } = person;
  const passwordHash = person.password === undefined ? null : await hashPassword(person.password);
  await db.administrator`
    insert into casework.account (id, email, name, password_hash)
    values (${accountId}, ${email}, ${name}, ${passwordHash})`;
  await db.administrator`
    insert into casework.member (organisation_id, id, account_id, roles, service_id, patch)
    values (${organisationId}, ${memberId}, ${accountId}, ${[...roles]}, ${serviceId}, ${patch})`;
  const [organisation] = await db.administrator<{ name: string }[]>`
    select name from casework.organisation where id = ${organisationId}`;
  return {
    accountId,
    memberId,
    sessionId: null,
    organisationId,
    organisationName: organisation?.name ?? "",
    name,
    roles: [...roles],
    serviceId,
    patch,
  };
}

/** The context of a call by somebody. */
export function contextFor(db: TestDatabase, actor: Actor): ActorCtx {
  return { ...makeContext({ app: db.app, reader: db.reader }, actor), actor };
}

/** A new session of somebody, fully open. */
export async function arrangeSession(db: TestDatabase, accountId: string): Promise<string> {
  return db.app.begin(async (tx) => {
    await tx`select set_config('app.purpose', 'sign-in', true)`;
    return openSession(tx, accountId, "test", { withSecondFactor: true });
  });
}

/** What a session is after its code was given, where the code is not what is tried. */
export async function passSecondFactor(db: TestDatabase, sessionId: string): Promise<void> {
  await db.administrator`update casework.session set second_factor_at = now() where id = ${sessionId}`;
}

/** Somebody in a session in which they have just shown again that it is they (step-up.ts). */
export async function steppedUp(db: TestDatabase, actor: Actor): Promise<Actor & { sessionId: string }> {
  const sessionId = await arrangeSession(db, actor.accountId);
  await db.administrator`update casework.session set stepped_up_at = now() where id = ${sessionId}`;
  return { ...actor, sessionId };
}
