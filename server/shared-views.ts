/**
 * What other organisations share of a person, or of places, at the level of detail that an agreement gives today. The
 * database decides what is open and hands over nothing more (`db/known-to.sql`); what is sealed is opened here, and it
 * is handed over sealed only where names are open.
 */

import { record } from "./audit";
import { type ActorCtx, requireRight } from "./context";
import type { Rests } from "./domain/agreements/agreement";
import type { Detail } from "./domain/agreements/grid";
import type { Colour, KnownService, LookInput, SharedNeed, SharedPerson } from "./domain/agreements/known-to";
import { getNeedByNumber } from "./domain/needs";
import type { Day } from "./domain/period";
import { type Profession, wordingFor } from "./domain/plain-wording";
import { openIfAny, sealIfAny } from "./identity-vault";
import { lookFrom, takeLook } from "./known-to";
import { readProfession } from "./recording-basis";

interface PersonRow {
  organisationId: number;
  organisation: string;
  detail: Detail;
  rests: Rests;
  agreementId: string;
  version: number;
  title: string;
  lastDay: Day;
  consentOn: Day | null;
  consentUntil: Day | null;
  services: Omit<KnownService, "organisation">[];
  colour: Colour | null;
  needs: { number: number; status: SharedNeed["status"] }[] | null;
  clientId: string | null;
  givenName: Buffer | null;
  familyName: Buffer | null;
  phone: Buffer | null;
}

/**
 * The person behind an own client as each other organisation's record gives them. Counted, recorded and timed as
 * `knownTo` is, and refused as it is.
 */
export async function sharedPerson(ctx: ActorCtx, input: LookInput): Promise<SharedPerson[]> {
  requireRight(ctx, "sharing.look", ctx.actor.organisationId);
  const { id, clientId, purpose, reason } = input;
  await takeLook(ctx);
  return lookFrom(ctx, input, async (ctx) => {
    const words = sealIfAny("look.words", { organisationId: ctx.actor.organisationId, id }, input.words);
    const rows = await ctx.db<PersonRow[]>`
      select * from governance.shared_person(
        ${id}, ${clientId}, ${purpose}, ${reason}, ${words}, ${ctx.requestId})`;
    await record(ctx, "sharing.person", {
      subjects: [{ kind: "client", id: clientId }],
      detail: { look: id, purpose, reason },
    });
    const profession = await readProfession(ctx.db, ctx.actor.organisationId);
    return rows.map((row) => readPerson(row, profession));
  });
}

function readPerson(row: PersonRow, profession: Profession): SharedPerson {
  const { organisationId, organisation, detail, rests, services, colour, needs, clientId } = row;
  const { agreementId, version, title, lastDay, consentOn, consentUntil } = row;
  return {
    ...{ organisation, detail, services },
    because: {
      agreement: { id: agreementId, version, title, lastDay },
      rests,
      consent: consentOn && consentUntil ? { on: consentOn, until: consentUntil } : null,
    },
    ...(colour !== null && { colour }),
    ...(needs !== null && {
      needs: inWordsOf(profession, needs),
    }),
    ...(clientId !== null && { people: [namesOf(row, { organisationId, id: clientId })] }),
  };
}

/** Needs with what they mean, in the words of the reader's profession. */
export const inWordsOf = (
  profession: Profession,
  needs: readonly { number: number; status: SharedNeed["status"] }[],
): SharedNeed[] =>
  needs.map(({ number, status }) => {
    const need = getNeedByNumber(number).code;
    const words = { need: wordingFor(profession, { need }), status: wordingFor(profession, { status }) };
    return { need, status, words };
  });

function namesOf(
  { givenName, familyName, phone }: PersonRow,
  at: { organisationId: number; id: string },
): NonNullable<SharedPerson["people"]>[number] {
  return {
    givenName: openIfAny("client_identity.given_name", at, givenName) ?? "",
    familyName: openIfAny("client_identity.family_name", at, familyName) ?? "",
    phone: openIfAny("client_identity.phone", at, phone),
  };
}
