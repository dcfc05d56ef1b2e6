/**
 * Puts the figures of a settled period in force. What they replace is kept with the releases it was in force for,
 * so that each release can be read as it was. Open maps hear of it when the transaction ends.
 */

import type { Tx } from "../../db/client";
import { groupOf } from "../domain/counting";
import { type AnonymousBand, type Figure, organisationsBand } from "../domain/disclosure";
import { FIGURES_CHANNEL } from "../domain/figures";
import { ANY_NODE } from "../domain/needs";
import { type Day, type Period, periodNumber } from "../domain/period";

/** What a settled cell shows, and the settled set that it stands for. */
export interface SettledCell {
  area: number;
  node: number;
  /** 0: everybody. */
  slice: number;
  figure: Figure | null;
  anonymousBand: AnonymousBand;
  sourcePeriod: number;
  sourceSettleNo: number;
}

interface InForce {
  node: number;
  area: number;
  slice: number;
  figure: number;
  anonymousBand: number;
  releaseNo: number;
}

/**
 * Tells of a settlement whose figures are in force. A period that settles again is said to be revised only when a
 * figure moved (`hasMoved`): otherwise one late person, or an erasure, would show by its date.
 */
export async function tellSettled(
  tx: Tx,
  period: Period,
  settleNo: number,
  settled: readonly SettledCell[],
  hasMoved: boolean,
  release: { number: number; today: Day },
): Promise<void> {
  const number = periodNumber(period);
  await publishCoverage(tx, number, settled);
  if (settleNo === 1) {
    await tx`
      insert into published.settled_period (period, settled_on, release_no)
      values (${number}, ${release.today}, ${release.number})`;
  } else {
    if (!hasMoved) return;
    await tx`update published.settled_period set revised_on = ${release.today} where period = ${number}`;
  }
  const [event] = await tx<{ id: bigint }[]>`
    insert into published.event (kind, period) values (${settleNo === 1 ? "settled" : "revised"}, ${number})
    returning id`;
  await tx`select pg_notify(${FIGURES_CHANNEL}, ${String(event?.id)})`;
}

/**
 * Puts the figures of some slices of a period in force, and takes out of force those that are not among them. Gives
 * the number that appeared, changed or went.
 */
export async function moveFigures(
  tx: Tx,
  period: number,
  slices: readonly number[],
  settled: readonly SettledCell[],
  releaseNo: number,
): Promise<number> {
  const rows = await tx<InForce[]>`
    select node, area, slice, figure, anonymous_band, release_no
    from published.figure
    where period = ${period} and slice = any(${[...slices]}::smallint[]) and node between 0 and 250`;
  const inForce = new Map(rows.map((row) => [placeOf(row), row]));
  const fresh: SettledCell[] = [];
  const appeared: SettledCell[] = [];
  const replaced: InForce[] = [];
  for (const cell of settled) {
    if (cell.figure === null) continue;
    const place = placeOf(cell);
    const old = inForce.get(place);
    inForce.delete(place);
    if (old && old.figure === cell.figure && old.anonymousBand === cell.anonymousBand) continue;
    fresh.push(cell);
    if (old) replaced.push(old);
    else appeared.push(cell);
  }
  const gone = [...inForce.values()];
  // A panel may settle twice under one number: what came with this release was in no earlier one.
  const released = [...replaced, ...gone].filter((row) => row.releaseNo < releaseNo);
  await keepReplaced(tx, period, released, releaseNo);
  await keepHidden(tx, period, appeared, releaseNo);
  if (gone.length > 0) {
    await tx`
      delete from published.figure as f
      using unnest(
        ${gone.map((row) => row.node)}::smallint[],
        ${gone.map((row) => row.slice)}::smallint[],
        ${gone.map((row) => row.area)}::int[]
      ) as g (node, slice, area)
      where f.node = g.node and f.slice = g.slice and f.period = ${period} and f.area = g.area`;
  }
  if (fresh.length > 0) {
    await tx`
      insert into published.figure (node, slice, period, area, figure, anonymous_band, release_no)
      select node, slice, ${period}, area, figure, band, ${releaseNo}
      from unnest(
        ${fresh.map((cell) => cell.node)}::smallint[],
        ${fresh.map((cell) => cell.slice)}::smallint[],
        ${fresh.map((cell) => cell.area)}::int[],
        ${fresh.map((cell) => cell.figure)}::int[],
        ${fresh.map((cell) => cell.anonymousBand)}::smallint[]
      ) as t (node, slice, area, figure, band)
      on conflict (node, slice, period, area) do update
      set figure = excluded.figure, anonymous_band = excluded.anonymous_band, release_no = excluded.release_no`;
  }
  return fresh.length + gone.length;
}

/** An area, a node and a slice as one number, below 2^42. */
function placeOf({ area, node, slice }: Pick<SettledCell, "area" | "node" | "slice">): number {
  return groupOf(area, node) * 32_768 + slice;
}

async function keepReplaced(
  tx: Tx,
  period: number,
  rows: readonly InForce[],
  releaseNo: number,
): Promise<void> {
  if (rows.length === 0) return;
  await tx`
    insert into published.superseded_figure (node, slice, period, area, figure, from_release_no, until_release_no)
    select node, slice, ${period}, area, figure, from_release, ${releaseNo}
    from unnest(
      ${rows.map((row) => row.node)}::smallint[],
      ${rows.map((row) => row.slice)}::smallint[],
      ${rows.map((row) => row.area)}::int[],
      ${rows.map((row) => row.figure)}::int[],
      ${rows.map((row) => row.releaseNo)}::int[]
    ) as t (node, slice, area, figure, from_release)`;
}

/** Cells that were hidden until this release, where the period had settled before. */
async function keepHidden(
  tx: Tx,
  period: number,
  cells: readonly SettledCell[],
  releaseNo: number,
): Promise<void> {
  if (cells.length === 0) return;
  await tx`
    insert into published.superseded_figure (node, slice, period, area, figure, from_release_no, until_release_no)
    select t.node, t.slice, ${period}, t.area, null, coalesce(max(s.until_release_no), p.release_no), ${releaseNo}
    from unnest(
      ${cells.map((cell) => cell.node)}::smallint[],
      ${cells.map((cell) => cell.slice)}::smallint[],
      ${cells.map((cell) => cell.area)}::int[]
    ) as t (node, slice, area)
    join published.settled_period as p on p.period = ${period}
    left join published.superseded_figure as s
      on s.node = t.node and s.slice = t.slice and s.period = ${period} and s.area = t.area
    group by t.node, t.slice, t.area, p.release_no
    on conflict do nothing`;
}

/**
 * How many organisations contributed, as a band, for areas whose people of any need show: elsewhere a band would
 * tell somebody from nobody. It counts those whose own figure shows there (`reporters.ts`), at least one, so one
 * person of one more organisation moves no band, and an area that is held keeps its own.
 */
async function publishCoverage(tx: Tx, period: number, settled: readonly SettledCell[]): Promise<void> {
  const shown = settled.filter((cell) => cell.node === ANY_NODE && cell.figure !== null);
  const rows = await tx<{ area: number; organisations: number }[]>`
    select area, count(*)::int as organisations from statistics.reporter
    where period = ${period} group by area`;
  const organisations = new Map(rows.map((row) => [row.area, row.organisations]));
  // Only what is another row than before is written: see `mark_figures` in guards.sql.
  await tx`
    with told as (
      select * from unnest(
        ${shown.map(({ area }) => area)}::int[],
        ${shown.map(({ area }) => organisationsBand(organisations.get(area) ?? 1))}::smallint[]
      ) as t (area, band)
    ), gone as (
      delete from published.coverage as c
      where c.period = ${period} and not exists (select from told as t where t.area = c.area)
    )
    insert into published.coverage as c (period, area, organisations_band)
    select ${period}, area, band from told
    on conflict (period, area) do update set organisations_band = excluded.organisations_band
    where c.organisations_band <> excluded.organisations_band`;
}
