/**
 * The menu as one reader has it: which areas a need's figure may be asked for, by their rights and their patch. Every
 * answer that holds a figure asks here before it reads.
 */

import type { ActorCtx } from "../context";
import { isBucket, levelOf } from "../domain/geography";
import { type NotOnMenu, notOnMenu } from "../domain/menu";
import type { NeedNode } from "../domain/needs";
import type { PeriodType } from "../domain/period";
import { listPatch } from "./choices";
import type { PublishedAreas } from "./published-areas";

/** Whether the reader may see single needs by sector at all; where, their patch says. */
export function maySeeNeedAtSector(ctx: ActorCtx): boolean {
  return ctx.decide(ctx.actor, "figures.read-need-at-sector", { organisationId: null }).allow;
}

/** Why an area's figure is not on this reader's menu; null when it is. Single needs by sector: own patch only. */
export async function menuFor(
  ctx: ActorCtx,
  areas: PublishedAreas,
  node: NeedNode,
  periodType: PeriodType,
): Promise<(area: number) => NotOnMenu | null> {
  const patch =
    node.kind === "need" && maySeeNeedAtSector(ctx)
      ? new Set((await listPatch(ctx)).map(({ area }) => area))
      : new Set<number>();
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
