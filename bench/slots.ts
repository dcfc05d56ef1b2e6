/**
 * A slot of open figures: how long the engine takes to look at every cell whose clock it is, to make figures afresh
 * and to put them in force. All in one transaction, so this is how long nobody else can count.
 */

import { connect, type Sql } from "../db/client";
import { setClock } from "../server/clock";
import { slotNumber } from "../server/domain/clock-slots";
import { periodNumber } from "../server/domain/period";
import { key } from "../server/keys";
import { keyedHash } from "../server/statistics/keyed-hash";
import { passSlots } from "../server/statistics/open";
import { type Bench, type Run, round, timed } from "./bench";
import { inEachWorld, type World } from "./world";
import { LAST_YEAR } from "./world-casework";

const CHANGED_CELLS = 100_000;
const CHANGED_CELLS_MS = 5_000;
/** Cells of fewer people are hardly ever live. */
const FEWEST_PEOPLE = 20;

export const slots: Bench = {
  name: "slots",
  about:
    "a slot at which every live cell of a year is looked at, and its figures are made for the first time",
  limit: "rows of cells and figures written, and three keyed hashes a figure",
  run: (run) => inEachWorld(run, "copy", (world) => measure(run, world)),
};

async function measure(run: Run, world: World): Promise<void> {
  const { administrator: sql } = world;
  const stats = connect(world.urls.stats, { max: 2, name: "common-need bench" });
  try {
    await arrangeClocks(sql);
    const [looked] = await sql<{ cells: number }[]>`
      select count(*)::int as cells
      from published.clock as k join statistics.cell as c using (area, node, slice)
      where c.period between ${firstPeriod} and ${lastPeriod} and c.people >= 5`;
    const look = async (what: string) => {
      let refreshed = 0;
      const ms = await timed(async () => {
        const passed = await passSlots(stats, keyedHash(key("disclosure")));
        refreshed = passed?.reduce((sum, slot) => sum + slot.refreshed, 0) ?? 0;
      });
      const cells = looked?.cells ?? 0;
      const inProportion = (ms / Math.max(1, cells)) * CHANGED_CELLS;
      run.measured({
        bench: "slots",
        case: `${what}, time for ${CHANGED_CELLS.toLocaleString("en-GB")} cells in proportion`,
        rows: world.rows,
        product_ms: round(inProportion),
        target: CHANGED_CELLS_MS,
        ok: inProportion <= CHANGED_CELLS_MS,
        cells,
        refreshed,
      });
    };
    await look("a slot at which most figures are made afresh");
    await setClock(sql, `${LAST_YEAR + 1}-02-12T12:00Z`);
    await look("a slot at which nobody has come");
  } finally {
    await stats.end({ timeout: 5 });
  }
}

const firstPeriod = periodNumber({ type: "month", financialYear: LAST_YEAR, index: 0 });
const lastPeriod = periodNumber({ type: "year", financialYear: LAST_YEAR, index: 0 });

/** Opens the last year again, in February, and gives all cells of some size a clock of a day. */
async function arrangeClocks(sql: Sql): Promise<void> {
  const day = slotNumber("1d");
  await setClock(sql, `${LAST_YEAR + 1}-02-10T12:00Z`);
  await sql`delete from statistics.settlement`;
  await sql`insert into published.clock_choice values (${LAST_YEAR}, '2020-06-01', 0)`;
  await sql`
    insert into published.clock (financial_year, node, area, slot)
    select distinct ${LAST_YEAR}::smallint, node, area, ${day}::smallint
    from statistics.cell
    where slice = 0 and period = ${lastPeriod} and people >= ${FEWEST_PEOPLE}`;
  await sql`insert into published.passed_slot (slot, looked_at) values (${day}, '2020-06-01')`;
  await sql`vacuum analyze published.clock`;
  // Periods that are open in February: those that settle later.
  await sql`
    delete from statistics.cell
    where period between ${firstPeriod} and ${lastPeriod}
      and period not in (${firstPeriod + 9}, ${firstPeriod + 10}, ${firstPeriod + 15}, ${lastPeriod})`;
}
