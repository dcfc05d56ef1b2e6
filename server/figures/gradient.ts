/**
 * A need by deprivation, over the reader's connection: figures of sectors set beside the average deprivation of each.
 * Nations and editions are never pooled: each has its own deciles and its own slope.
 */

import type { ActorCtx } from "../context";
import {
  type Gradient,
  type GradientQuery,
  gradientOf,
  type RankedSector,
} from "../domain/deprivation-gradient";
import { getFigures } from "../figures";
import { listPatchAreas } from "./places";

/** The gradient in each nation and edition that the map's sectors lie in, the one with most sectors first. */
export async function getGradients(ctx: ActorCtx, query: GradientQuery): Promise<Gradient[]> {
  const level = "sector";
  const { node, period } = query;
  const map = await getFigures(ctx, { level, node, period });
  const patch = query.whole ? [] : await listPatchAreas(ctx, { level, period });
  const wanted = patch.length > 0 ? new Set(patch) : null;
  const refused = new Set(map.notPublished.map(({ area }) => area));
  const figures = new Map(map.areas.map(({ area }, at) => [area, map.figures[at] ?? null]));
  const rows = await ctx.reader<
    { area: number; households: number; decile: number; edition: string; nation: string }[]
  >`
    select r.number as area, r.households, r.average_decile as decile, e.name as edition, n.name as nation
    from reference.release_sector as r
    join reference.edition as e on e.number = r.deprivation_edition
    join reference.area as n on n.number = r.nation
    where r.financial_year = ${map.geographyYear} and r.average_decile is not null and r.households is not null
    order by r.number`;
  const groups = new Map<string, { nation: string; edition: string; sectors: RankedSector[] }>();
  for (const { area, households, decile, nation, edition } of rows) {
    if (refused.has(area) || !figures.has(area) || (wanted && !wanted.has(area))) continue;
    const group = groups.get(`${nation}/${edition}`) ?? { nation, edition, sectors: [] };
    groups.set(`${nation}/${edition}`, group);
    group.sectors.push({ decile, households, figure: figures.get(area) ?? null });
  }
  return [...groups.values()]
    .sort((a, b) => b.sectors.length - a.sectors.length)
    .map(({ nation, edition, sectors }) => ({ nation, edition, ...gradientOf(sectors) }));
}
