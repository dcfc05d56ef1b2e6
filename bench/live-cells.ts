/**
 * Open figures of a made world, for as long as something is measured: the largest cells of its last settled year move
 * every ten seconds of a working day, so that the clock always allows it. Afterwards the world is as it was.
 */

import type { Sql } from "../db/client";
import { setClock } from "../server/clock";
import { slotNumber } from "../server/domain/clock-slots";
import { addDays, financialYearOf, isWorkingDay, periodNumber } from "../server/domain/period";
import { LAST_YEAR } from "./world-casework";

/** Cells of so many people a year move each hour or oftener (`server/domain/clock-slots.ts`): they share a slot then. */
const FEWEST_A_YEAR = 30_000;

/** Gives those cells their clocks, at noon of a working day. Gives how many there are. */
export async function openLiveCells(sql: Sql, today: string): Promise<number> {
  const year = financialYearOf(today);
  const slot = slotNumber("10s");
  let day = today;
  while (!isWorkingDay(day, new Set())) day = addDays(day, -1);
  await setClock(sql, `${day}T12:00Z`);
  const period = periodNumber({ type: "year", financialYear: LAST_YEAR, index: 0 });
  await sql`
    insert into published.clock_choice (financial_year, chosen_on, from_period) values (${year}, ${day}, ${period})`;
  const clocks = await sql`
    insert into published.clock (financial_year, node, area, slot)
    select ${year}::smallint, node, area, ${slot}::smallint
    from published.figure
    where period = ${period} and slice = 0 and node between 0 and 250 and figure >= ${FEWEST_A_YEAR}`;
  await sql`insert into published.passed_slot (slot, looked_at) values (${slot}, ${`${day}T11:00Z`})`;
  return clocks.count;
}

/** Takes the clocks away, and what the open figures left in the counts. */
export async function closeLiveCells(sql: Sql): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`delete from published.open_figure`;
    await tx`
      update statistics.cell as c set changed = '{}', refresh_no = 0
      from published.clock as k
      where c.area = k.area and c.node = k.node and c.slice = k.slice and c.refresh_no > 0`;
    await tx`delete from published.clock`;
    await tx`delete from published.clock_choice`;
    await tx`delete from published.passed_slot`;
    await tx`update reference.installation set clock_offset_ms = 0`;
  });
}
