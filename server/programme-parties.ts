/** Who is in a programme and agrees, as the organisation that a transaction names may know it. */

import type { Tx } from "../db/client";
import { Invalid, NotFound } from "./domain/errors";
import { tooFew } from "./domain/programmes";

/** One organisation in one programme. */
export interface PartyRow {
  leadOrganisationId: number;
  programmeId: string;
  name: string;
  purpose: string;
  madeAt: Date;
  organisationId: number;
  organisationName: string;
  /** Null while it does not agree. */
  agreedAt: Date | null;
}

/** The programmes that the organisation leads or is invited to, newest first, a row for each organisation in them. */
export async function readParties(tx: Tx, programmeId: string | null = null): Promise<PartyRow[]> {
  return tx<PartyRow[]>`
    select * from casework.own_programmes() where ${programmeId}::uuid is null or programme_id = ${programmeId}`;
}

/** The parties of one programme. Throws NotFound when the organisation is in none of this id. */
export async function getParties(tx: Tx, programmeId: string): Promise<readonly [PartyRow, ...PartyRow[]]> {
  const [first, ...others] = await readParties(tx, programmeId);
  if (!first) throw new NotFound("This programme");
  return [first, ...others];
}

/**
 * The organisations of a programme that agree, in order of their names.
 * @throws NotFound when the organisation is in none of this id; Invalid while too few agree to be counted together.
 */
export async function agreedParties(tx: Tx, programmeId: string): Promise<PartyRow[]> {
  const parties = await getParties(tx, programmeId);
  const refused = tooFew(parties);
  if (refused) throw new Invalid(refused, { programmeId: refused });
  return parties.filter(({ agreedAt }) => agreedAt !== null);
}
