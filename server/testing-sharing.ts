/** Sharing for tests: two organisations that know one person, an agreement between them, and looks. */

import { recordConsent } from "./consents";
import { logContacts } from "./contacts";
import type { ActorCtx } from "./context";
import type { Cell, Purpose, Terms } from "./domain/agreements/agreement";
import type { LookInput } from "./domain/agreements/known-to";
import type { NewClientInput } from "./domain/client";
import type { ConsentAnswer } from "./domain/consent";
import { recordConsentSchema } from "./domain/consent-input";
import type { NewContactInput } from "./domain/contact";
import { dayOf } from "./domain/period";
import { uuidv7 } from "./ids";
import type { ClientKey } from "./people-records";
import type { TestDatabase } from "./testing";
import { arrangeSigned, officersOf, termsBetween } from "./testing-agreements";
import { aContact, arrangeTeam, type Team } from "./testing-casework";
import { addPerson } from "./testing-linking";

/** Who gives, who looks, and one person whom both know. */
export interface Shared {
  giver: Team;
  asker: Team;
  /** The person's record at whoever gives, and at whoever looks. */
  given: string;
  own: string;
}

/** Two teams with a client each who is one person, at one home; the giver knows them by one housing issue of today. */
export async function arrangeShared(
  db: TestDatabase,
  name: string,
  home: Pick<NewClientInput, "place" | "address"> = {},
): Promise<Shared> {
  const [giver, asker] = [await arrangeTeam(db, `${name} advice`), await arrangeTeam(db, `${name} harbour`)];
  const [given, own] = [
    await addPerson(giver, { phone: "01632 960123", ...home }),
    await addPerson(asker, home),
  ];
  await makeOne(db, own, given);
  return { giver, asker, given: given.clientId, own: own.clientId };
}

/** Makes the second client the person of the first by a steward's word, which opens looks as an identifier does. */
export async function makeOne(db: TestDatabase, one: ClientKey, other: ClientKey): Promise<void> {
  await db.administrator`
    update identity.client_person set person_id = (
      select person_id from identity.client_person
      where organisation_id = ${one.organisationId} and client_id = ${one.clientId})
    where organisation_id = ${other.organisationId} and client_id = ${other.clientId}`;
  const [a, b] =
    one.organisationId < other.organisationId ||
    (one.organisationId === other.organisationId && one.clientId < other.clientId)
      ? [one, other]
      : [other, one];
  await db.administrator`
    insert into identity.link_assertion
      (organisation_id_a, client_id_a, organisation_id_b, client_id_b, says, evidence, model, made_by)
    values (${a.organisationId}, ${a.clientId}, ${b.organisationId}, ${b.clientId}, 'same', '{}', 'decision', 'test')`;
}

/** Signs an agreement by which the first team gives to the second. */
export function agree(
  db: TestDatabase,
  { giver, asker }: Pick<Shared, "giver" | "asker">,
  cells: readonly Cell[],
  over: Partial<Terms> = {},
): Promise<{ id: string; version: number }> {
  return arrangeSigned(
    db,
    officersOf(db),
    termsBetween(giver.organisationId, asker.organisationId, cells, over),
  );
}

/** A cell for one person and caseworkers that rests on the agreement's own basis, unless told otherwise. */
export const aCell = (over: Partial<Cell> = {}): Cell => ({
  place: "person",
  detail: "known-to",
  group: "caseworker",
  rests: "basis",
  ...over,
});

export const aLook = (clientId: string, purpose: Purpose = "direct-support"): LookInput => ({
  id: uuidv7(),
  clientId,
  purpose,
  reason: "who-does-what",
  words: null,
});

/** A further contact of a team with somebody it knows. */
export async function logMore(
  team: Team,
  clientId: string,
  over: Partial<NewContactInput> = {},
): Promise<NewContactInput> {
  const { newClient, ...contact } = aContact(team, { clientId, ...over });
  const [answer] = await logContacts(team.ctx, [contact]);
  if (answer?.outcome !== "stored") throw new Error(answer?.reason);
  return contact;
}

/** What somebody says today of sharing, to a team that knows them. */
export function say(ctx: ActorCtx, clientId: string, answer: ConsentAnswer): Promise<unknown> {
  const answeredOn = dayOf(new Date());
  const said = { id: uuidv7(), clientId, answer, answeredOn, how: "phone" };
  return recordConsent(ctx, recordConsentSchema.parse(said));
}
