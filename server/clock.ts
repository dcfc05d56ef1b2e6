/**
 * The installation's clock: real time, and in demo mode a stored offset that "Run a week" advances.
 * Figures, periods and the days of contacts follow it. Sessions, tokens, throttles and the audit use real time.
 */

import type { Db, Sql } from "../db/client";
import type { Day } from "./domain/period";

/** The instant it is for this installation. */
export async function installationNow(db: Db): Promise<Date> {
  const [row] = await db<{ now: Date }[]>`
    select clock_timestamp() + clock_offset_ms * interval '1 millisecond' as now
    from reference.installation`;
  if (!row) throw new Error("The installation has no clock: run the migrations");
  return row.now;
}

/** Sets the clock as if it were that instant now, as the demo does: by a login that may change the installation. */
export async function setClock(owner: Sql, instant: string): Promise<void> {
  await owner`
    update reference.installation
    set clock_offset_ms = (extract(epoch from ${instant}::timestamptz - clock_timestamp()) * 1000)::bigint`;
}

/** Whether this is a demo installation. */
export async function isDemo(db: Db): Promise<boolean> {
  const [row] = await db<{ demo: boolean }[]>`select demo from reference.installation`;
  return row?.demo ?? false;
}

/** Bank holidays of the installation's calendar. */
export async function listHolidays(db: Db): Promise<ReadonlySet<Day>> {
  const rows = await db<{ day: Day }[]>`
    select h.day from reference.bank_holiday as h join reference.installation as i using (calendar)`;
  return new Set(rows.map((row) => row.day));
}
