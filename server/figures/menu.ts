/**
 * The menu as one reader has it: which areas a need's figure may be asked for, by their rights and their patch. Every
 * answer that holds a figure asks here before it reads.
 */

import type { ActorCtx } from "../context";
import { needNumbersOf } from "../domain/agreements/compile";
import { isBucket, levelOf } from "../domain/geography";
import { type NotOnMenu, notOnMenu } from "../domain/menu";
import type { NeedNode } from "../domain/needs";
import type { PeriodType } from "../domain/period";
import { listPatch } from "./choices";
import type { PublishedAreas } from "./published-areas";

/**
 * Numbers of the single needs that the reader may see by sector, as a commissioner under an agreement that is in force
 * at this moment; where, their patch says. Everybody else is told without asking the database.
 */
export async function needsAtSector(ctx: ActorCtx): Promise<ReadonlySet<number>> {
  const { allow } = ctx.decide(ctx.actor, "figures.read-need-at-sector", { organisationId: null });
  if (!allow || ctx.actor.patch.length === 0) return new Set();
  const { organisationId, memberId } = ctx.actor;
  // One statement, which names who asks for itself alone: a map that is kept is answered in less than a transaction takes.
  const [row] = await ctx.db<{ paths: string[] }[]>`
    select governance.sector_needs() as paths
    from (
      select set_config('app.organisation_id', ${String(organisationId)}, true) as organisation,
             set_config('app.member_id', ${memberId}, true) as member
      offset 0
    ) as asked
    where asked.organisation <> '' and asked.member <> ''`;
  return new Set(needNumbersOf(row?.paths ?? []));
}

/** Areas where this reader may see a need by sector: their patch, where it is a single need and they may at all. */
export async function needPatch(ctx: ActorCtx, node: NeedNode): Promise<ReadonlySet<number>> {
  if (node.kind !== "need" || !(await needsAtSector(ctx)).has(node.number)) return new Set();
  return new Set((await listPatch(ctx)).map(({ area }) => area));
}

/** Why an area's figure is not on this reader's menu; null when it is. Single needs by sector: own patch only. */
export async function menuFor(
  ctx: ActorCtx,
  areas: PublishedAreas,
  node: NeedNode,
  periodType: PeriodType,
): Promise<(area: number) => NotOnMenu | null> {
  return menuIn(areas, node, periodType, await needPatch(ctx, node));
}

/** The menu of everybody who has this patch for the need (`needPatch`). */
export function menuIn(
  areas: PublishedAreas,
  node: NeedNode,
  periodType: PeriodType,
  patch: ReadonlySet<number>,
): (area: number) => NotOnMenu | null {
  const inside = patch.size > 0 ? areas.insideOf(patch) : patch;
  // What is on the menu of a level is worked out once, and not for each of 11,000 sectors.
  const reasons = new Map<string, NotOnMenu | null>();
  return (area) => {
    const finest = areas.finest(area);
    const level = levelOf(finest);
    const needAtSector = level === "sector" && !isBucket(finest) && inside.has(finest);
    const name = needAtSector ? "need at sector" : level;
    const known = reasons.get(name);
    if (known !== undefined) return known;
    const reason = notOnMenu({ level, node, periodType, needAtSector });
    reasons.set(name, reason);
    return reason;
  };
}
