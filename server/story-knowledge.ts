/** What is known beside a story and could show itself in it: the person's own details, names of colleagues, places. */

import type { TxCtx } from "./context";
import { NotFound } from "./domain/errors";
import type { StoryKnowledge } from "./domain/impact/story-check";
import { fold } from "./domain/text-match";
import { openIfAny, type SealedColumn } from "./identity-vault";

const SEALED = ["given_name", "family_name", "phone", "email", "postcode", "address", "reference"] as const;
type Sealed = (typeof SEALED)[number];

type Details = Record<Sealed, string | null>;

/** Opens what is recorded of a person. Throws NotFound for somebody who is not the organisation's, or has no name. */
async function readDetails({ db, actor: { organisationId } }: TxCtx, clientId: string): Promise<Details> {
  const [row] = await db<
    Record<"givenName" | "familyName" | Exclude<Sealed, "given_name" | "family_name">, Buffer | null>[]
  >`
    select i.given_name, i.family_name, i.phone, i.email, i.postcode, i.address, i.reference
    from identity.client_identity as i
    join casework.client as c on c.organisation_id = i.organisation_id and c.id = i.client_id
    where i.organisation_id = ${organisationId} and i.client_id = ${clientId} and not c.anonymous`;
  if (!row) throw new NotFound("This person");
  const opened = (column: Sealed, sealed: Buffer | null) => {
    const name: SealedColumn = `client_identity.${column}`;
    return openIfAny(name, { organisationId, id: clientId }, sealed);
  };
  return {
    given_name: opened("given_name", row.givenName),
    family_name: opened("family_name", row.familyName),
    phone: opened("phone", row.phone),
    email: opened("email", row.email),
    postcode: opened("postcode", row.postcode),
    address: opened("address", row.address),
    reference: opened("reference", row.reference),
  };
}

const given = (values: readonly (string | null)[]) => values.filter((value) => value !== null);

/** The name of the person a story is about. Throws NotFound for somebody who is not the organisation's. */
export async function personOfStory(ctx: TxCtx, clientId: string): Promise<string> {
  const details = await readDetails(ctx, clientId);
  return given([details.given_name, details.family_name]).join(" ");
}

/** Everything that a story about a person is held against. Throws NotFound as above. */
export async function readKnowledge(ctx: TxCtx, clientId: string): Promise<StoryKnowledge> {
  const { db, actor } = ctx;
  const details = await readDetails(ctx, clientId);
  const [colleagues, places] = await Promise.all([
    db<{ name: string }[]>`
      select distinct a.name from casework.member as m join casework.account as a on a.id = m.account_id
      where m.organisation_id = ${actor.organisationId}`,
    // Nations tell nothing; everything smaller does.
    db<{ name: string; level: string }[]>`
      select name, level from reference.place_name where level <> 'nation'`,
  ]);
  const folded = (rows: readonly { name: string }[]) =>
    new Set(rows.map(({ name }) => fold(name)).filter(Boolean));
  return {
    person: given([details.given_name, details.family_name]),
    colleagues: colleagues.map(({ name }) => name),
    places: folded(places),
    largePlaces: folded(places.filter(({ level }) => level !== "ward")),
    details: given([
      ...[details.phone, details.email, details.postcode, details.reference],
      ...(details.address?.split(/[\n,]/).map((line) => line.trim()) ?? []),
    ]),
  };
}
