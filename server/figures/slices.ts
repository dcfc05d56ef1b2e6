/**
 * The profile of one figure by age, sex and average deprivation, from what is published. What the menu does not have
 * is said as such, and a band without a figure says why.
 */

import type { Db, Sql } from "../../db/client";
import type { ActorCtx } from "../context";
import { countedNode } from "../domain/counting";
import { type Figure, readFigure } from "../domain/disclosure";
import { NotFound } from "../domain/errors";
import type { CardQuery } from "../domain/figures";
import { levelOf } from "../domain/geography";
import { notOnMenu } from "../domain/menu";
import { findNode, type NeedNode } from "../domain/needs";
import { findPeriod, type Period, periodNumber } from "../domain/period";
import { type BandHidden, type SliceBand, type SliceProfile, shareOf } from "../domain/slice-profile";
import {
  type DeprivationSlices,
  DIMENSIONS,
  deprivationSlices,
  getSlice,
  type NotSliced,
  notSliced,
  type SliceCell,
  slicesOf,
} from "../domain/slices";
import { menuFor } from "./menu";
import { findPublishedAreas, type PublishedAreas } from "./published-areas";

/** The people of an area's figure by slice, in one settled period. */
export async function getSlices(ctx: ActorCtx, query: CardQuery): Promise<SliceProfile> {
  const node = findNode(query.node);
  const period = findPeriod(query.period);
  const areas = period && (await findPublishedAreas(ctx.reader, period.financialYear));
  if (!node || !areas) throw new NotFound("This figure", "This figure is not published. Choose another.");
  if (!areas.find(query.area)) throw new NotFound("This area");
  const area = areas.finest(query.area);
  const asked = { area: query.area, node: query.node, period: query.period };
  const none = (why: NotSliced, whole: Figure | null): SliceProfile => ({
    ...asked,
    whole,
    notSliced: why,
    dimensions: [],
    deprivation: null,
  });
  // Only what is one sector is ever off the menu, and a sector is never sliced.
  const menu = await menuFor(ctx, areas, node, period.type);
  if (menu(query.area) !== null) return none("below-authority", null);
  const deprivation = await deprivationOf(ctx.reader, areas);
  const { isSettled, shown } = await readShown(ctx.reader, node, period, [
    area,
    ...deprivation.slices.of(area).map(({ cell }) => cell.area),
  ]);
  const whole = shown.get(placeOf({ area, slice: 0 })) ?? null;
  const refused = isSettled ? notSliced(area, whole) : "not-settled";
  if (refused || whole === null) return none(refused ?? "under-100", whole);
  // Of 100 people the sexes are four parts: one of them shows whenever slices were made at all.
  if (!slicesOf("sex").some(({ number }) => shown.has(placeOf({ area, slice: number })))) {
    return none("not-made", whole);
  }
  const bandOf = (slice: number, cell: SliceCell): SliceBand => {
    const { name, label } = getSlice(slice);
    const refusedBand = hiddenBy(cell, area, node, period, shown);
    const figure = refusedBand ? null : (shown.get(placeOf(cell)) ?? null);
    return {
      name,
      label,
      figure,
      share: figure === null ? null : shareOf(figure, whole),
      whyHidden: refusedBand ?? (figure === null ? "fewer-than-10" : null),
    };
  };
  const deciles = deprivation.slices.of(area);
  return {
    ...asked,
    whole,
    notSliced: null,
    dimensions: DIMENSIONS.map((dimension) => ({
      dimension,
      bands:
        dimension === "deprivation"
          ? deciles.map(({ slice, cell }) => bandOf(slice, cell))
          : slicesOf(dimension).map(({ number }) => bandOf(number, { area, slice: number })),
    })),
    deprivation: deciles.length > 0 ? deprivation.editionOf(area) : null,
  };
}

/** Whether a band that is the same set as another cell is off that cell's menu. */
export function hiddenBy(
  cell: SliceCell,
  area: number,
  node: NeedNode,
  period: Period,
  shown: ReadonlyMap<number, Figure>,
): BandHidden | null {
  if (cell.area === area) return null;
  if (cell.slice !== 0) {
    const whole = shown.get(placeOf({ area: cell.area, slice: 0 })) ?? null;
    return notSliced(cell.area, whole) === null ? null : "smaller-area-under-100";
  }
  const level = levelOf(cell.area);
  const refused = notOnMenu({ level, node, periodType: period.type, needAtSector: false });
  return refused === null ? null : "one-small-area";
}

/** An area and a slice as one number. */
export const placeOf = ({ area, slice }: SliceCell) => area * 128 + slice;

/** Figures of these areas by slice, everybody's among them; and whether the period has settled. */
async function readShown(
  reader: Sql,
  node: NeedNode,
  period: Period,
  areas: readonly number[],
): Promise<{ isSettled: boolean; shown: Map<number, Figure> }> {
  const number = periodNumber(period);
  const slices = [0, ...DIMENSIONS.flatMap((dimension) => slicesOf(dimension).map((slice) => slice.number))];
  const [settled, rows] = await Promise.all([
    reader`select from published.settled_period where period = ${number}`,
    reader<{ area: number; slice: number; figure: number }[]>`
      select area, slice, figure
      from published.figure
      where node = ${countedNode(node.number)} and slice = any(${slices}::smallint[]) and period = ${number}
        and area = any(${[...new Set(areas)]}::int[])`,
  ]);
  return {
    isSettled: settled.length > 0,
    shown: new Map(rows.map((row) => [placeOf(row), readFigure(row.figure)])),
  };
}

export interface Deprivation {
  slices: DeprivationSlices;
  /** The nation and edition that an area's tenths are of. */
  editionOf(area: number): { nation: string; edition: string } | null;
}

const known = new WeakMap<PublishedAreas, Promise<Deprivation>>();

/** The deprivation slices of a year's areas; worked out once for as long as the areas stand. */
export function deprivationOf(reader: Db, areas: PublishedAreas): Promise<Deprivation> {
  const found = known.get(areas) ?? readDeprivation(reader, areas);
  known.set(areas, found);
  found.catch(() => known.delete(areas));
  return found;
}

async function readDeprivation(reader: Db, areas: PublishedAreas): Promise<Deprivation> {
  const rows = await reader<
    {
      number: number;
      district: number;
      authority: number | null;
      region: number | null;
      nation: number | null;
      decile: number | null;
      edition: number | null;
      editionName: string | null;
      nationName: string | null;
    }[]
  >`
    select r.number, r.district, r.authority, r.region, r.nation, r.average_decile as decile,
      r.deprivation_edition as edition, e.name as edition_name, n.name as nation_name
    from reference.release_sector as r
    left join reference.edition as e on e.number = r.deprivation_edition
    left join reference.area as n on n.number = r.nation
    where r.financial_year = ${areas.financialYear}`;
  const sectors = rows.map((row) => ({
    number: row.number,
    areas: [
      ...new Set(
        [row.number, row.district, row.authority, row.region, row.nation]
          .filter((area) => area !== null)
          .map((area) => areas.finest(area)),
      ),
    ],
    decile: row.decile,
    edition: row.edition,
  }));
  const slices = deprivationSlices(sectors);
  return {
    slices,
    editionOf(area) {
      const at = sectors.findIndex(
        (sector) => sector.areas.includes(area) && slices.sliceIn(area, sector.number) !== null,
      );
      const row = rows[at];
      return row?.editionName && row.nationName ? { nation: row.nationName, edition: row.editionName } : null;
    },
  };
}
