/**
 * An audit of a whole release by whole numbers: what can each hidden count be, given every figure around it? A figure
 * stands for a count at most 7 away, a hidden cell for at most 14 (`docs/methods/disclosure.md`). Counts of one need in
 * one period add up over areas, which is a network that is solved exactly (`feasible.ts`); needs, domains and periods
 * bind each other by inequalities, because somebody may bring several needs and come in several months. Somebody who
 * moves counts in two sectors and once above them: the audit lets nobody move, which can only make ranges narrower.
 */

import { DOMAINS, needsOf } from "../../server/domain/needs";
import { type Arc, feasibleRanges } from "./feasible";
import { areasAt, cellName, type SectorPlace } from "./truth";

/** Counts that a cell may have, both ends possible. */
export type Bounds = readonly [least: number, most: number];

/** Nothing is known; sums of such ends stay exact. */
const UNKNOWN: Bounds = [0, 1e9];

/** Needs and the parts that cover them: a domain its needs, any need all domains. A domain of a single need is that need. */
const WHOLES = (() => {
  const domains = DOMAINS.map((domain) => ({
    code: domain.code,
    needs: needsOf(domain).map(({ code }) => code),
  }));
  const pathOf = ({ code, needs: [only, ...others] }: (typeof domains)[number]) =>
    only !== undefined && others.length === 0 ? only : code;
  return [
    ...domains
      .filter(({ needs }) => needs.length > 1)
      .map(({ code, needs }) => ({ whole: code, parts: needs })),
    { whole: "*", parts: domains.map(pathOf) },
  ];
})();

/** Every need that has cells of its own. */
export const COUNTED_NEEDS: readonly string[] = [
  ...new Set(WHOLES.flatMap(({ whole, parts }) => [whole, ...parts])),
];

export interface AuditedWorld {
  places: readonly SectorPlace[];
  /** Paths of needs: any need, domains, needs. */
  needs: readonly string[];
  /** A year, and the shorter periods inside it that were published, longest first. */
  periods: readonly string[];
  /** What was published of a cell; undefined: it is not on the menu. */
  published(area: number, need: string, period: string): Bounds | undefined;
  isHidden(area: number, need: string, period: string): boolean;
}

export interface Audit {
  /** Hidden cells whose range was worked out. */
  hidden: number;
  /** Whole numbers that the narrowest of them may be. */
  narrowest: number;
  /** Hidden cells that can be one number only. */
  exact: number;
  /** Needs and periods whose figures no counts fit if nobody moves: somebody did, or a figure was held. */
  unfit: number;
  /** The range of every hidden cell. */
  ranges: Map<string, Bounds>;
}

/** Works out every hidden cell of a world. */
export function auditRelease(world: AuditedWorld): Audit {
  const bounds = new Map<string, Bounds>();
  const areas = [...new Set(world.places.flatMap(areasAt))];
  for (const area of areas)
    for (const need of world.needs)
      for (const period of world.periods)
        bounds.set(cellName(area, need, period), world.published(area, need, period) ?? UNKNOWN);
  for (let round = 0; round < 2; round += 1) for (const area of areas) tighten(world, bounds, area);

  const audit: Audit = {
    hidden: 0,
    narrowest: Number.POSITIVE_INFINITY,
    exact: 0,
    unfit: 0,
    ranges: new Map(),
  };
  for (const need of world.needs) {
    for (const period of world.periods) {
      const found = rangesOfSlice(world, bounds, need, period);
      if (!found) {
        audit.unfit += 1;
        continue;
      }
      for (const [name, range] of found) {
        const width = range[1] - range[0] + 1;
        audit.hidden += 1;
        audit.narrowest = Math.min(audit.narrowest, width);
        if (width === 1) audit.exact += 1;
        audit.ranges.set(name, range);
      }
    }
  }
  return audit;
}

/** What needs, domains and periods say of each other in one area. */
function tighten(world: AuditedWorld, bounds: Map<string, Bounds>, area: number): void {
  for (const period of world.periods) {
    const name = (need: string) => cellName(area, need, period);
    for (const { whole, parts } of WHOLES) cover(bounds, name(whole), parts.map(name), true);
  }
  const [year, ...shorter] = world.periods;
  if (year === undefined) return;
  for (const need of world.needs) {
    for (const period of shorter)
      cover(bounds, cellName(area, need, year), [cellName(area, need, period)], false);
  }
}

/** A whole that its parts cover: it is no smaller than any of them, and no larger than all together when none is missing. */
function cover(bounds: Map<string, Bounds>, whole: string, parts: readonly string[], all: boolean): void {
  const of = (name: string) => bounds.get(name) ?? UNKNOWN;
  let [least, most] = of(whole);
  for (const part of parts) {
    const [low, high] = of(part);
    bounds.set(part, [low, Math.min(high, most)]);
    least = Math.max(least, low);
  }
  const together = parts.reduce((sum, part) => sum + of(part)[1], 0);
  if (all) {
    most = Math.min(most, together);
    for (const part of parts) {
      const [low, high] = of(part);
      bounds.set(part, [Math.max(low, least - (together - high)), high]);
    }
  }
  bounds.set(whole, [least, most]);
}

/** Ranges of the hidden cells of one need in one period; null when nothing fits. */
function rangesOfSlice(
  world: AuditedWorld,
  bounds: ReadonlyMap<string, Bounds>,
  need: string,
  period: string,
): Map<string, Bounds> | null {
  const nodes = new Map<string, number>();
  const node = (name: string) => {
    const known = nodes.get(name) ?? nodes.size;
    nodes.set(name, known);
    return known;
  };
  const arcs: Arc[] = [];
  const arcOf = new Map<number, number>();
  const add = (area: number | null, from: string, to: string) => {
    if (area !== null && arcOf.has(area)) return;
    const [least, most] = area === null ? UNKNOWN : (bounds.get(cellName(area, need, period)) ?? UNKNOWN);
    if (area !== null) arcOf.set(area, arcs.length);
    arcs.push({ from: node(from), to: node(to), least, most });
  };
  for (const { sector, district, lad, region, nation } of world.places) {
    // Where a level is missing what lies in it hangs on the one above.
    const above = [nation, region, lad].reduce<string>((up, area) => {
      if (area === null) return up;
      add(area, up, `area ${area}`);
      return `area ${area}`;
    }, "all");
    const below = district === null ? "end" : `area ${district}`;
    add(sector, above, below);
    if (district !== null) add(district, below, "end");
  }
  add(null, "end", "all");
  const hidden = [...arcOf].filter(([area]) => world.isHidden(area, need, period));
  const ranges = feasibleRanges(
    nodes.size,
    arcs,
    hidden.map(([, arc]) => arc),
  );
  if (!ranges) return null;
  return new Map(hidden.map(([area], i) => [cellName(area, need, period), ranges[i] ?? UNKNOWN]));
}
