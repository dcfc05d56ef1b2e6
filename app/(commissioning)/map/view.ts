/**
 * What the map shows, as it stands in the address: need, measure, level, period, chosen area, and what is put beside
 * it. An address that asks for what is not offered becomes the nearest view that is, so an old link never breaks.
 */

import type { MapOptions, PeriodOption } from "../../../server/domain/figures";
import type { Level } from "../../../server/domain/geography";
import { findNode } from "../../../server/domain/needs";
import { findPeriod, firstDayOf, type PeriodType, periodText } from "../../../server/domain/period";

export type Measure = "rate" | "people";

/** A second map to compare with: the same need in an earlier period, or another need in the same period. */
export type Compared = { kind: "period"; period: string } | { kind: "need"; node: string };
/** What stands beside the map: one to compare with, or the last periods as small maps. */
export type Beside = Compared | { kind: "periods" };

export interface View {
  /** Path of a node: `*`, `HOU` or `HOU-04`. */
  node: string;
  measure: Measure;
  level: Level;
  /** `q:2026-Q1`; null while no period has settled. */
  period: string | null;
  area: number | null;
  beside: Beside | null;
  /** Everything there is, where it would else be the reader's own patch. */
  whole: boolean;
}

/** Types of period in the order that a view falls back to. */
const PREFERRED_TYPES: readonly PeriodType[] = ["quarter", "month", "year"];

/** The settled periods of a type that have figures, oldest first, and `also` one that was asked for by name. */
export function periodsOf(options: MapOptions, type: PeriodType, also: string | null = null): PeriodOption[] {
  return options.periods.filter((each) => each.type === type && (each.hasFigures || each.period === also));
}

/** One step through time: a settled period, or one that is open and shown "so far". */
export interface Step {
  period: string;
  words: string;
  isOpen: boolean;
}

/** The steps of a type: the settled periods that have figures, then those that are open and live. */
export function stepsOf(options: MapOptions, type: PeriodType, also: string | null = null): Step[] {
  const settled = periodsOf(options, type, also).map(({ period, words }) => ({
    period,
    words,
    isOpen: false,
  }));
  const open = options.open
    .filter((each) => each.type === type && each.isLive)
    .map(({ period, words }) => ({ period, words: `${words}, so far`, isOpen: true }));
  return [...settled, ...open];
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
      beside: readBeside(query.get("beside")),
      whole: query.get("areas") === "all",
    },
    options,
  );
}

function readArea(text: string | null): number | null {
  const number = Number(text ?? "");
  return Number.isInteger(number) && number > 0 ? number : null;
}

function readBeside(text: string | null): Beside | null {
  if (text === null) return null;
  if (text === "periods") return { kind: "periods" };
  if (findPeriod(text)) return { kind: "period", period: text };
  return findNode(text) ? { kind: "need", node: text } : null;
}

/** The levels, finest first, that have the needs on both sides of a view: not every single need may be had by sector. */
export function levelsWith(
  { node, beside }: Pick<View, "node" | "beside">,
  { levels }: Pick<MapOptions, "levels">,
): MapOptions["levels"] {
  const sides = beside?.kind === "need" ? [node, beside.node] : [node];
  const single = sides.filter((path) => findNode(path)?.kind === "need");
  return levels.filter(({ needs }) => single.every((path) => needs?.includes(path) ?? true));
}

/** The nearest view that is offered: a single need moves to the finest level that has it, a period to the last with figures. */
export function within(view: View, options: MapOptions): View {
  const offered = levelsWith(view, options);
  const level = offered.find((each) => each.level === view.level) ?? offered[0];
  if (!level) return { ...view, period: null };
  // What is still open stands alone: set against a whole period it would look like a fall.
  const isAlone = view.beside === null || view.beside.kind === "need";
  const periods = [...options.periods, ...(isAlone ? options.open.filter(({ isLive }) => isLive) : [])];
  const isOffered = periods.some(
    (each) => each.period === view.period && level.periodTypes.includes(each.type),
  );
  const period = isOffered ? view.period : lastPeriodOf(options, level.periodTypes);
  return {
    ...view,
    level: level.level,
    // An area of another level is not on this map.
    area: level.level === view.level ? view.area : null,
    ...(period === null ? { period, beside: null } : besideWithin(view, period, options)),
  };
}

/** What can stand beside a period. Of two periods the map's own is the later one, so that a change runs forward. */
function besideWithin(
  { node, beside }: View,
  period: string,
  options: MapOptions,
): Pick<View, "period" | "beside"> {
  if (beside?.kind === "need") return { period, beside: beside.node === node ? null : beside };
  if (beside?.kind !== "period") return { period, beside };
  const own = findPeriod(period);
  const other = findPeriod(beside.period);
  const isSettled = options.periods.some((each) => each.period === beside.period);
  if (!own || !other || !isSettled || other.type !== own.type || beside.period === period) {
    const partner = partnerOf(options, period);
    return { period, beside: partner === null ? null : { kind: "period", period: partner } };
  }
  if (firstDayOf(other) < firstDayOf(own)) return { period, beside };
  return { period: beside.period, beside: { kind: "period", period } };
}

/** The period that one is first compared with: a year before, else the one before it; null when it is the first. */
export function partnerOf(options: MapOptions, text: string): string | null {
  const period = findPeriod(text);
  if (!period) return null;
  const known = periodsOf(options, period.type).map((each) => each.period);
  const yearBefore = periodText({ ...period, financialYear: period.financialYear - 1 });
  if (known.includes(yearBefore)) return yearBefore;
  return known[known.indexOf(text) - 1] ?? null;
}

/** The address of a view, without what goes without saying. */
export function viewQuery(view: View): string {
  const query = new URLSearchParams();
  if (view.node !== "*") query.set("need", view.node);
  if (view.measure !== "rate") query.set("measure", view.measure);
  if (view.level !== "sector") query.set("level", view.level);
  if (view.period) query.set("period", view.period);
  if (view.area) query.set("area", String(view.area));
  if (view.beside) query.set("beside", besideText(view.beside));
  if (view.whole) query.set("areas", "all");
  return query.size === 0 ? "" : `?${query}`;
}

function besideText(beside: Beside): string {
  if (beside.kind === "period") return beside.period;
  return beside.kind === "need" ? beside.node : "periods";
}
