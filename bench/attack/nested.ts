/**
 * D1 and D1b: did Alice come? Somebody knows her visit to the second, and watches one cell, or every cell that it
 * counts in, before and after. Logistic regression over features made by hand and a table of patterns; the better of
 * the two is what counts.
 */

import { Chance } from "../../server/demo/random";
import { type Seen, scored, scoresOf, type Telling, tellApart } from "./classifier";
import { BEFORE, layoutOf, type NestedSetting, type Watching, watchWorld } from "./nested-world";
import type { OpenRule } from "./open-rules";

/** What one world showed, cell by cell. */
interface NestedSeen {
  came: boolean;
  features: number[][];
  patterns: string[];
  /** The features of all cells whose slots bring about as many people, summed. */
  sums: number[];
}

export interface NestedResult {
  nested: Telling;
  /** The one cell that tells most, picked where it was learned. */
  single: Telling;
  /** Cells that are open and can be watched. */
  cells: number;
}

export const USUAL: NestedSetting = {
  flow: 1,
  size: 1,
  insider: 0,
  spacing: 1,
  settledToo: false,
  tickSeconds: null,
};

/** Plays so many worlds to learn and as many to tell apart. */
export function watchNested(
  rule: OpenRule,
  setting: NestedSetting,
  worlds: number,
  seed: string,
): NestedResult {
  const chance = new Chance(seed);
  const layout = layoutOf(setting);
  const draw = (): NestedSeen[] =>
    Array.from({ length: worlds }, (_, i) => {
      const came = i % 2 === 0;
      const seen = watchWorld(chance, setting, layout, rule, came);
      const features = seen.map(featuresOf);
      return { came, features, patterns: seen.map(patternOf), sums: sumsOf(seen, features) };
    });
  const [learning, fresh] = [draw(), draw()];
  const all = ({ came, features }: NestedSeen): Seen => ({ came, features: features.flat() });
  const cells = learning[0]?.features.length ?? 0;
  if (cells === 0) return { nested: NOTHING, single: NOTHING, cells };
  const together = ({ came, sums }: NestedSeen): Seen => ({ came, features: sums });
  const attackers = [
    tellApart(learning.map(all), fresh.map(all)),
    tellApart(learning.map(together), fresh.map(together)),
    scored(patternScores(learning, fresh), fresh.map(all)),
  ];
  return {
    nested: attackers.reduce(better),
    single: bestCell(learning, fresh, cells),
    cells,
  };
}

const NOTHING: Telling = { advantage: 0, proved: 0 };

const better = (a: Telling, b: Telling): Telling => ({
  advantage: Math.max(a.advantage, b.advantage),
  proved: Math.max(a.proved, b.proved),
});

/** The cell that tells most where the attacker learned, on fresh worlds. */
function bestCell(learning: readonly NestedSeen[], fresh: readonly NestedSeen[], cells: number): Telling {
  let best = { learned: -1, cell: 0 };
  const of = (worlds: readonly NestedSeen[], cell: number): Seen[] =>
    worlds.map(({ came, features }) => ({ came, features: features[cell] ?? [] }));
  for (let cell = 0; cell < cells; cell += 1) {
    const own = of(learning, cell);
    const learned = scored(scoresOf(own, own), own).advantage;
    if (learned > best.learned) best = { learned, cell };
  }
  return tellApart(of(learning, best.cell), of(fresh, best.cell));
}

const moved = (from: number | null | undefined, to: number | null | undefined) => (from === to ? 0 : 1);

function featuresOf({ before, after, expected, expectedInAll, settled }: Watching): number[] {
  const last = before.at(-1) ?? null;
  const [first = null, second = null, third = null] = after;
  let still = 0;
  while (still < BEFORE - 1 && before.at(-1 - still) === before.at(-2 - still)) still += 1;
  const now = moved(last, first);
  const waited = still / BEFORE;
  const up = (first ?? 0) - (last ?? 0);
  // How far the figure went beyond what was to be expected, in units of how far chance takes it.
  const surprise = last === null ? 0 : (up - expected) / Math.sqrt(expected + 10);
  const surpriseInAll =
    last === null ? 0 : ((third ?? 0) - last - expectedInAll) / Math.sqrt(expectedInAll + 10);
  const features = [
    now,
    moved(first, second),
    moved(second, third),
    moved(last, third),
    Math.sign(up),
    surprise,
    surpriseInAll,
    now * surprise,
    waited,
    now * waited,
    now * Math.log1p(expected),
    now * moved(before.at(-2), last),
    last === null ? 0 : ((last ?? 0) - (before.at(-2) ?? 0)) / Math.sqrt(expected + 10),
    last === null ? 1 : 0,
  ];
  if (settled !== undefined)
    features.push((settled ?? 0) - (third ?? 0), moved(third, settled), Math.log1p(settled ?? 0));
  return features;
}

/** Bands of people expected in a slot, each twice the one before: cells of a band do alike. */
const BANDS = 6;
const bandOf = (expected: number) =>
  Math.max(0, Math.min(BANDS - 1, Math.round(Math.log2(Math.max(expected, 1) / 3))));

function sumsOf(seen: readonly Watching[], features: readonly (readonly number[])[]): number[] {
  const width = features[0]?.length ?? 0;
  const sums = new Array<number>(BANDS * width).fill(0);
  for (const [cell, row] of features.entries()) {
    const from = bandOf(seen[cell]?.expected ?? 0) * width;
    for (const [i, value] of row.entries()) sums[from + i] = (sums[from + i] ?? 0) + value;
  }
  return sums;
}

/** A short description of what a cell did about the visit; cells of a band are described alike. */
function patternOf({ before, after, expected }: Watching): string {
  const last = before.at(-1) ?? null;
  const [first = null, second = null] = after;
  const step = Math.sign((first ?? 0) - (last ?? 0));
  const history = `${moved(before.at(-2), last)}${moved(before.at(-3), before.at(-2))}`;
  return `${bandOf(expected)}${last === null ? "h" : "s"}${history}${step}${moved(first, second)}`;
}

/** Sum over the cells of how much commoner each pattern is when Alice came. */
function patternScores(learning: readonly NestedSeen[], fresh: readonly NestedSeen[]): number[] {
  const table = new Map<string, [number, number]>();
  for (const { came, patterns } of learning) {
    for (const pattern of patterns) {
      const counts = table.get(pattern) ?? [0, 0];
      counts[came ? 1 : 0] += 1;
      table.set(pattern, counts);
    }
  }
  return fresh.map(({ patterns }) =>
    patterns.reduce((sum, pattern) => {
      const [without, with_] = table.get(pattern) ?? [0, 0];
      return sum + Math.log((with_ + 1) / (without + 1));
    }, 0),
  );
}
