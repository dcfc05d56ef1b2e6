/** Figures in force as a reader finds them: which periods show any, and the figures of a level or of some areas. */

import type { ActorCtx } from "../context";
import { countedNode } from "../domain/counting";
import { type AnonymousBand, type Figure, readAnonymousBand, readFigure } from "../domain/disclosure";
import { NotFound } from "../domain/errors";
import type { Level } from "../domain/geography";
import { numbersOf } from "../domain/menu";
import { ANY_NODE, findNode, type NeedNode } from "../domain/needs";
import { type Period, periodNumber } from "../domain/period";
import type { Standing } from "./kept-maps";
import { findOpen, type OpenNow, readOpenNow } from "./open";

/** What is not on the menu, whatever the data. */
export function notPublished(): NotFound {
  return new NotFound("This figure", "This figure is not published. Choose another need, area or period.");
}

/** The need of a path that somebody asked for. */
export function nodeOf(path: string): NeedNode {
  const node = findNode(path);
  if (!node) throw notPublished();
  return node;
}

/** A period of which figures may be read: settled, or open and live. */
export interface ShownPeriod {
  period: Period;
  /** Set while it is open: with what is open beside it. */
  open: (OpenNow & { settlesOn: string }) | null;
  settledOn: string | null;
  revisedOn: string | null;
  releaseNo: number | null;
  hasFigures: boolean;
}

/** A period that figures are asked of, by what stands of it (`readStanding`): settled, or open and live. */
export async function getShownPeriod(
  { reader }: ActorCtx,
  period: Period,
  settled: Standing["settled"],
): Promise<ShownPeriod> {
  if (settled) return { period, open: null, ...settled };
  const openNow = await readOpenNow(reader);
  const open = findOpen(openNow, period);
  if (!open) throw notPublished();
  const [any] = await reader<{ hasFigures: boolean }[]>`
    select exists (
      select from published.open_figure where node = ${ANY_NODE} and slice = 0 and period = ${periodNumber(period)}
    ) as has_figures`;
  return {
    period,
    open: { ...openNow, ...open },
    settledOn: null,
    revisedOn: null,
    releaseNo: null,
    hasFigures: any?.hasFigures ?? false,
  };
}

/** Figures of a whole level, and of some areas beside it: one range of the key, answered from the index alone. */
export async function readLevel(
  ctx: ActorCtx,
  node: NeedNode,
  shown: ShownPeriod,
  level: Level,
  beside: readonly number[],
): Promise<(area: number) => Figure | null> {
  const { reader } = ctx;
  const { from, before } = numbersOf(level);
  // As two lists in one row: a row for each of 11,000 sectors takes longer to read than to find.
  const [[found], besides] = await Promise.all([
    reader<{ areas: number[] | null; figures: number[] | null }[]>`
      select array_to_json(array_agg(area)) as areas, array_to_json(array_agg(figure)) as figures
      from ${shown.open ? reader`published.open_figure` : reader`published.figure`}
      where node = ${countedNode(node.number)} and slice = 0 and period = ${periodNumber(shown.period)}
        and area >= ${from} and area < ${before}`,
    beside.length > 0
      ? readShown(ctx, node, { period: shown.period, isOpen: shown.open !== null }, beside)
      : null,
  ]);
  const { areas, figures } = found ?? {};
  // By number from the first of the level: a map of as many numbers takes longer to fill than all else here.
  const values = new Int32Array(areas ? before - from : 0);
  for (const [at, area] of areas?.entries() ?? []) values[area - from] = figures?.[at] ?? 0;
  return (area) => {
    const value = values[area - from];
    return value ? readFigure(value) : (besides?.get(area)?.figure ?? null);
  };
}

/** Figures of some areas, by area, each with its share of people who cannot be recognised again. */
export async function readShown(
  ctx: ActorCtx,
  node: NeedNode,
  { period, isOpen }: { period: Period; isOpen: boolean },
  areas: readonly number[],
): Promise<Map<number, { figure: Figure; anonymous: AnonymousBand | null }>> {
  const { reader } = ctx;
  const rows = await reader<{ area: number; figure: number; band: number | null }[]>`
    select area, figure, ${isOpen ? reader`null::smallint` : reader`anonymous_band`} as band
    from ${isOpen ? reader`published.open_figure` : reader`published.figure`}
    where node = ${countedNode(node.number)} and slice = 0 and period = ${periodNumber(period)}
      and area = any(${[...new Set(areas)]}::int[])`;
  return new Map(
    rows.map((row) => [
      row.area,
      { figure: readFigure(row.figure), anonymous: row.band === null ? null : readAnonymousBand(row.band) },
    ]),
  );
}
