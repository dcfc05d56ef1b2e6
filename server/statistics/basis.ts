/**
 * What the counts rest on: the disclosure key and the geography of each year. Under another key everybody would be
 * somebody else, so the engine refuses to count; under another geography it forms that year's cells again.
 */

import type { Tx } from "../../db/client";
import type { Hmac } from "../domain/disclosure";
import { formCells } from "./form";
import { fingerprintOf } from "./keyed-hash";
import type { Nesting } from "./nesting";

const geographyOf = (financialYear: number) => `geography ${financialYear}`;

/**
 * Makes sure that the counts rest on this key and this geography, before anything is counted.
 * Throws when they were made under another key.
 */
export async function keepBasis(tx: Tx, hmac: Hmac, nesting: Nesting): Promise<void> {
  const rows = await tx<{ name: string; fingerprint: string }[]>`
    select name, fingerprint from statistics.basis`;
  const key = fingerprintOf(hmac);
  const known = rows.find(({ name }) => name === "key");
  if (!known) await tx`insert into statistics.basis (name, fingerprint) values ('key', ${key})`;
  else if (known.fingerprint !== key) {
    throw new Error(
      "The counts in this database were made under another key. Restore the key ring that belongs to it.",
    );
  }
  for (const { name, fingerprint } of rows) {
    const year = Number(/^geography (\d+)$/.exec(name)?.[1]);
    if (!Number.isInteger(year) || fingerprint === nesting.fingerprint(year)) continue;
    await formCells(tx, nesting, year);
    await tx`
      update statistics.basis set fingerprint = ${nesting.fingerprint(year)} where name = ${name}`;
  }
}

/** Notes the geography under which years were counted for the first time. */
export async function noteYears(tx: Tx, nesting: Nesting, years: ReadonlySet<number>): Promise<void> {
  if (years.size === 0) return;
  const names = [...years];
  await tx`
    insert into statistics.basis (name, fingerprint)
    select * from unnest(${names.map(geographyOf)}::text[], ${names.map((year) => nesting.fingerprint(year))}::text[])
    on conflict do nothing`;
}
