/**
 * What the counts rest on: the disclosure key, the geography of each year and the first month counted. Under another
 * key everybody would be somebody else, so the engine refuses to count; under another geography it forms that year's
 * cells again.
 */

import type { Db, Tx } from "../../db/client";
import type { Hmac } from "../domain/disclosure";
import { type Day, firstDayOf } from "../domain/period";
import { formCells } from "./form";
import { fingerprintOf } from "./keyed-hash";
import type { Nesting } from "./nesting";

const FIRST_DAY = "first day";
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

/** What a batch counted for the first time. */
export class Reach {
  readonly years = new Set<number>();
  private first: Day | null = null;

  /** Months that somebody brought something in, as bits of the year; none says that something was taken out. */
  note(financialYear: number, months: number): void {
    this.years.add(financialYear);
    if (months === 0) return;
    const index = 31 - Math.clz32(months & -months);
    const day = firstDayOf({ type: "month", financialYear, index });
    if (this.first === null || day < this.first) this.first = day;
  }

  get firstDay(): Day | null {
    return this.first;
  }
}

/** Notes how far the counts reach: the geography of years counted for the first time, and the first month. */
export async function noteReach(tx: Tx, nesting: Nesting, { years, firstDay }: Reach): Promise<void> {
  const rows = [...years].map((year) => ({
    name: geographyOf(year),
    fingerprint: nesting.fingerprint(year),
  }));
  if (rows.length > 0) await tx`insert into statistics.basis ${tx(rows)} on conflict do nothing`;
  if (firstDay === null) return;
  await tx`
    insert into statistics.basis as b (name, fingerprint) values (${FIRST_DAY}, ${firstDay})
    on conflict (name) do update set fingerprint = excluded.fingerprint
    where excluded.fingerprint < b.fingerprint`;
}

/** First day of the first month in which anybody was ever counted; null when nobody was. */
export async function findFirstDay(db: Db): Promise<Day | null> {
  const [row] = await db<{ day: Day }[]>`
    select fingerprint as day from statistics.basis where name = ${FIRST_DAY}`;
  return row?.day ?? null;
}
