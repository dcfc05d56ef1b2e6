/** What the address of the coverage page asks for; whatever it cannot be is what stands first. */

import type { AreaCoverage } from "../../../server/domain/coverage";
import { findNode } from "../../../server/domain/needs";
import type { PeriodType } from "../../../server/domain/period";

export interface Asked<Area> {
  area: Area;
  node: string;
  type: PeriodType;
  indicator: string | null;
}

const TYPES: readonly PeriodType[] = ["month", "quarter", "year"];

/** Null: there is no area. First comes the reader's own patch, else the first region, as on the other pages. */
export function readAsked(
  query: Readonly<Record<string, string | string[] | undefined>>,
  areas: readonly AreaCoverage[],
  patch: readonly number[],
): Asked<AreaCoverage> | null {
  const one = (name: string) => {
    const value = query[name];
    return typeof value === "string" ? value : "";
  };
  const area =
    areas.find((each) => String(each.area) === one("area")) ??
    areas.find(({ area }) => patch.includes(area)) ??
    areas.find(({ level }) => level === "region") ??
    areas.find(hasReporters) ??
    areas[0];
  if (!area) return null;
  return {
    area,
    node: findNode(one("node")) ? one("node") : "*",
    type: TYPES.find((type) => type === one("type")) ?? "quarter",
    indicator: one("indicator") || null,
  };
}

const hasReporters = ({ reporters }: AreaCoverage) => reporters.length > 0;

/** The address that asks for this. */
export function addressOf({ area, node, type, indicator }: Asked<number>): string {
  const query = new URLSearchParams({ area: String(area), node, type });
  if (indicator) query.set("indicator", indicator);
  return `/coverage?${query}`;
}
