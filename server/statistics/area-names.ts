/** Areas as disclosure control calls them: "sector:SR1 3", by their numbers. */

import type { Tx } from "../../db/client";

export async function readAreaNames(tx: Tx): Promise<Map<number, string>> {
  const rows = await tx<{ number: number; level: string; code: string }[]>`
    select number, level, code from reference.area`;
  return new Map(rows.map((row) => [row.number, `${row.level}:${row.code}`]));
}
