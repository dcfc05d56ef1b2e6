/** "Is that just a new organisation reporting?": what coverage and the panel say of the periods of a change. */

import type { ActorCtx } from "../context";
import type { ChangePoint, Reporting, SeriesAsk } from "../domain/change/ask";
import { areaCalled } from "../domain/change/words";
import { likeForLike } from "../domain/coverage";
import { isAuthorityOrAbove, LEVELS } from "../domain/geography";
import { periodInWords } from "../domain/period";
import { type Column, levelFor } from "./change-columns";
import { getPanels, readCoverageChanged } from "./coverage";
import { findNewestAreas, findPublishedAreas } from "./published-areas";

/** Whether what is seen may be a new organisation: coverage of the periods that count, and the panel beside everybody. */
export async function reportingOf(
  ctx: ActorCtx,
  { node, areas, type }: SeriesAsk,
  columns: readonly Column[],
  sides: readonly (ChangePoint["side"] | null)[],
): Promise<Reporting> {
  const after = columns.filter((_, at) => sides[at] === "after");
  const asked = after.length > 0 ? after : columns.slice(-1);
  const changedIn = asked
    .filter(({ coverageChanged }) => areas.some((area) => coverageChanged.has(area)))
    .map(({ period }) => periodInWords(period));
  return {
    asked: asked.length,
    changedIn,
    changedInside: await changedInside(ctx, areas, asked),
    panel: await panelBeside(ctx, { node, areas, type }, asked),
  };
}

/** Names of the areas one level finer than these, inside them, where coverage changed in any of some periods. */
async function changedInside(
  { reader }: ActorCtx,
  areas: readonly number[],
  columns: readonly Column[],
): Promise<string[]> {
  const found = new Map<number, string>();
  for (const { period } of columns) {
    const geography = await findPublishedAreas(reader, period.financialYear);
    if (!geography) continue;
    const own = new Set(areas);
    const finer = LEVELS[LEVELS.indexOf(levelFor(areas)) - 1];
    const inside = (finer ? geography.of(finer) : []).filter(({ area }) => geography.isInside(area, own));
    const { coverageChanged } = await readCoverageChanged(reader, period, inside, (area) =>
      geography.finest(area),
    );
    for (const { area, code, name } of inside) {
      if (finer && coverageChanged.includes(area)) found.set(area, areaCalled({ code, name }, finer));
    }
  }
  return [...found.values()];
}

/** The latest of some periods whose panel tells, in the smallest authority or larger area that holds all the areas. */
async function panelBeside(
  ctx: ActorCtx,
  { node, areas, type }: Pick<SeriesAsk, "node" | "areas" | "type">,
  columns: readonly Column[],
): Promise<Reporting["panel"]> {
  const last = columns.at(-1);
  if (!last || !ctx.decide(ctx.actor, "figures.compare", { organisationId: null }).allow) return null;
  const geography = await findPublishedAreas(ctx.reader, last.period.financialYear);
  const holding = (area: number) => [area, ...(geography?.above(area) ?? [])];
  const shared = holding(areas[0] ?? 0).find(
    (area) =>
      geography &&
      isAuthorityOrAbove(geography.finest(area)) &&
      areas.every((each) => holding(each).includes(area)),
  );
  // The panels are found by today's geography, where the area may be gone or have become one district.
  const newest = await findNewestAreas(ctx.reader);
  if (shared === undefined || !newest?.find(shared) || !isAuthorityOrAbove(newest.finest(shared)))
    return null;
  const series = await getPanels(ctx, { area: shared, node, type });
  for (const { period } of [...columns].reverse()) {
    const told = likeForLike(series, period);
    const panel = series.panels.find(({ financialYear }) => financialYear === period.financialYear);
    if (told && panel) {
      return {
        area: shared,
        name: series.name,
        words: periodInWords(period),
        organisations: panel.organisations.length,
        ...told,
      };
    }
  }
  return null;
}
