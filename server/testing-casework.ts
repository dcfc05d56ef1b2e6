/** Casework for tests: a team that can log contacts, and contacts that keep every rule until told otherwise. */

import type { ActorCtx } from "./context";
import type { Role } from "./domain/access";
import type { NewClientInput } from "./domain/client";
import type { NewContactInput } from "./domain/contact";
import { dayOf } from "./domain/period";
import { uuidv7 } from "./ids";
import type { TestDatabase } from "./testing";
import { arrangeMember, arrangeOrganisation, contextFor } from "./testing-people";

/** An organisation with one service and a member who acts for it. */
export interface Team {
  organisationId: number;
  serviceId: string;
  ctx: ActorCtx;
}

export async function arrangeTeam(
  db: TestDatabase,
  name: string,
  roles: readonly Role[] = ["caseworker", "manager"],
): Promise<Team> {
  const organisationId = await arrangeOrganisation(db, name);
  const serviceId = await arrangeService(db, organisationId, `${name} service`);
  const actor = await arrangeMember(db, organisationId, roles, { serviceId });
  return { organisationId, serviceId, ctx: contextFor(db, actor) };
}

export async function arrangeService(
  db: TestDatabase,
  organisationId: number,
  name: string,
): Promise<string> {
  const id = uuidv7();
  await db.administrator`
    insert into casework.service (organisation_id, id, name) values (${organisationId}, ${id}, ${name})`;
  return id;
}

/** Makes the installation a demo, which takes identifiers from the ranges kept for testing. */
export async function allowTestIdentifiers(db: TestDatabase): Promise<void> {
  await db.administrator`update reference.installation set demo = true`;
}

/** A contact of today about one new housing issue, for a client who is added with it. */
export function aContact(team: Team, with_: Partial<NewContactInput> = {}): NewContactInput {
  return {
    id: uuidv7(),
    clientId: uuidv7(),
    newClient: aClient(),
    serviceId: team.serviceId,
    occurredOn: dayOf(new Date()),
    channel: "phone",
    entries: [anEntry()],
    ...with_,
  };
}

export function aClient(with_: Partial<NewClientInput> = {}): NewClientInput {
  return { givenName: "Amina", familyName: "Okafor", dateOfBirth: "1984-05-31", ...with_ };
}

export function anEntry(
  with_: Partial<NewContactInput["entries"][number]> = {},
): NewContactInput["entries"][number] {
  return { issueId: uuidv7(), need: "HOU-04", status: "new", severity: "medium", ours: true, ...with_ };
}
