/** How disclosure control calls the areas. */

import type { Tx } from "../../db/client";

/** Names of all areas, "sector:SR1 3", by their numbers. */
export async function readAreaNames(tx: Tx): Promise<Map<number, string>> {
  const rows = await tx<{ number: number; level: string; code: string }[]>`
    select number, level, code from reference.area`;
  return new Map(rows.map((row) => [row.number, `${row.level}:${row.code}`]));
}
