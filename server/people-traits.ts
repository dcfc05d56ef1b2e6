/**
 * What the statistics may know of people besides their needs: the linker opens the date of birth of a client that is
 * new or changed, and writes down the month and the sex, sealed under a key that the engine holds too. The engine
 * opens no name and no day of birth. Whose traits changed is marked for counting in the same transaction.
 */

import type { Tx } from "../db/client";
import { ARRAY_OF } from "./client-rows";
import { SEXES, type Sex } from "./domain/client-terms";
import { isDay } from "./domain/period";
import { ageMonthOf, packTraits, type Traits, UNKNOWN_TRAITS, unpackTraits } from "./domain/slices";
import { open, openIfAny, seal } from "./identity-vault";
import { log } from "./log";
import { type ClientKey, columnsOf } from "./people-records";

interface TraitRow extends ClientKey {
  version: number;
  dateOfBirth: Buffer | null;
  sex: string;
  traits: Buffer | null;
}

/** Every text is of one length, so that what is sealed does not show by it. */
const LETTERS = 7;

/** Traits as they are sealed for a client. */
export function sealTraits(at: ClientKey, traits: Traits): Buffer {
  const row = { organisationId: at.organisationId, id: at.clientId };
  return seal("trait.traits", row, String(packTraits(traits)).padStart(LETTERS, "0"));
}

/** Opens the traits of a client. Throws when they were altered, moved or closed with a key that is not held. */
export function openTraits(at: ClientKey, sealed: Buffer): Traits {
  const text = open("trait.traits", { organisationId: at.organisationId, id: at.clientId }, sealed);
  return /^\d{7}$/.test(text) ? unpackTraits(Number(text)) : UNKNOWN_TRAITS;
}

/**
 * Writes the traits of those of these clients who are new or changed. Call it in a transaction in which nobody else
 * links, and which records that details are opened. Gives how many clients were written.
 */
export async function keepTraits(tx: Tx, clients: readonly ClientKey[]): Promise<number> {
  const { organisations, ids } = columnsOf(clients);
  const rows = await tx<TraitRow[]>`
    select * from identity.trait_records(${organisations}::integer[], ${ids}::uuid[])`;
  if (rows.length === 0) return 0;
  const looked = rows.map((row) => ({ row, ...lookAt(row) }));
  const unreadable = looked.filter(({ sealed }) => sealed === null).length;
  if (unreadable > 0) log().error({ clients: unreadable }, "dates of birth that no key of the ring opens");
  const of = columnsOf(rows);
  const sealed = tx.array(
    looked.map(({ sealed }) => sealed),
    ARRAY_OF.bytes,
  );
  const changed = tx.array(
    looked.map(({ changed }) => changed),
    ARRAY_OF.boolean,
  );
  const [put] = await tx<{ written: number }[]>`
    select identity.put_traits(
      ${of.organisations}::integer[], ${of.ids}::uuid[], ${rows.map(({ version }) => version)}::integer[],
      ${sealed}::bytea[], ${changed}::boolean[]) as written`;
  return put?.written ?? 0;
}

/** The traits of a client sealed anew, null when its date of birth does not open, and whether they changed. */
function lookAt(row: TraitRow): { sealed: Buffer | null; changed: boolean } {
  const at = { organisationId: row.organisationId, id: row.clientId };
  try {
    const before = row.traits === null ? UNKNOWN_TRAITS : openTraits(row, row.traits);
    const born = openIfAny("client_identity.date_of_birth", at, row.dateOfBirth);
    const traits = {
      ageMonth: born !== null && isDay(born) ? ageMonthOf(born) : null,
      sex: SEXES.find((sex): sex is Sex => sex === row.sex) ?? "not-known",
    };
    return { sealed: sealTraits(row, traits), changed: packTraits(before) !== packTraits(traits) };
  } catch {
    return { sealed: null, changed: row.traits !== null };
  }
}
