/**
 * What the map shows, as it stands in the address: need, measure, level, period and chosen area. An address that
 * asks for what is not offered becomes the nearest view that is, so an old link never breaks.
 */

import type { MapOptions, PeriodOption } from "../../../server/domain/figures";
import type { Level } from "../../../server/domain/geography";
import { findNode } from "../../../server/domain/needs";
import type { PeriodType } from "../../../server/domain/period";

export type Measure = "rate" | "people";

export interface View {
  /** Path of a node: `*`, `HOU` or `HOU-04`. */
  node: string;
  measure: Measure;
  level: Level;
  /** `q:2026-Q1`; null while no period has settled. */
  period: string | null;
  area: number | null;
}

/** Types of period in the order that a view falls back to. */
const PREFERRED_TYPES: readonly PeriodType[] = ["quarter", "month", "year"];

/** The settled periods of a type that have figures, oldest first, and `also` one that was asked for by name. */
export function periodsOf(options: MapOptions, type: PeriodType, also: string | null = null): PeriodOption[] {
  return options.periods.filter((each) => each.type === type && (each.hasFigures || each.period === also));
}

function lastPeriodOf(options: MapOptions, types: readonly PeriodType[]): string | null {
  const offered = PREFERRED_TYPES.filter((type) => types.includes(type));
  const last = (periods: readonly PeriodOption[]) =>
    offered.flatMap((type) => periods.filter((each) => each.type === type).at(-1) ?? [])[0]?.period ?? null;
  // Where nothing has figures, the last settled period says so.
  return last(options.periods.filter(({ hasFigures }) => hasFigures)) ?? last(options.periods);
}

/** The view of an address. */
export function readView(query: URLSearchParams, options: MapOptions): View {
  const asked = query.get("need") ?? "*";
  const node = findNode(asked) ? asked : "*";
  return within(
    {
      node,
      measure: query.get("measure") === "people" ? "people" : "rate",
      level: options.levels.find((each) => each.level === query.get("level"))?.level ?? "sector",
      period: query.get("period"),
      area: readArea(query.get("area")),
    },
    options,
  );
}

function readArea(text: string | null): number | null {
  const number = Number(text ?? "");
  return Number.isInteger(number) && number > 0 ? number : null;
}

/** The nearest view that is offered: a single need moves to the finest level that has it, a period to the last with figures. */
export function within(view: View, options: MapOptions): View {
  const isNeed = findNode(view.node)?.kind === "need";
  const offered = options.levels.filter((each) => each.needs || !isNeed);
  const level = offered.find((each) => each.level === view.level) ?? offered[0];
  if (!level) return { ...view, period: null };
  const isSettled = options.periods.some(
    (each) => each.period === view.period && level.periodTypes.includes(each.type),
  );
  return {
    ...view,
    level: level.level,
    period: isSettled ? view.period : lastPeriodOf(options, level.periodTypes),
    // An area of another level is not on this map.
    area: level.level === view.level ? view.area : null,
  };
}

/** The address of a view, without what goes without saying. */
export function viewQuery(view: View): string {
  const query = new URLSearchParams();
  if (view.node !== "*") query.set("need", view.node);
  if (view.measure !== "rate") query.set("measure", view.measure);
  if (view.level !== "sector") query.set("level", view.level);
  if (view.period) query.set("period", view.period);
  if (view.area) query.set("area", String(view.area));
  return query.size === 0 ? "" : `?${query}`;
}
