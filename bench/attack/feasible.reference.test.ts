/**
 * The audit's ranges of hidden counts: against trying every table there is, and against the reference intervals of
 * every `sdc/audit-feasible-intervals*.json` in REFERENCE_DIR, which were worked out elsewhere.
 */

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { Chance } from "../../server/demo/random";
import { feasibleRanges, tableNetwork } from "./feasible";
import { NHS, TEN_FIVE, UNDER_5 } from "./rules";

type Bounds = readonly [least: number, most: number];

const MOST = 200;
/** Counts that a rule shows as it shows this one. */
function boundsBy(show: (count: number) => number | null, count: number): Bounds {
  const shown = show(count);
  const alike = Array.from({ length: MOST }, (_, other) => other).filter((other) => show(other) === shown);
  return [Math.min(...alike), Math.max(...alike)];
}

const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);
const columnsOf = (rows: readonly (readonly number[])[]) =>
  (rows[0] ?? []).map((_, j) => sum(rows.map((row) => row[j] ?? 0)));

/** Ranges of all cells of a table, row by row. */
function ranges(
  cells: readonly (readonly Bounds[])[],
  rowTotals: readonly Bounds[],
  columnTotals: readonly Bounds[],
  total: Bounds = [0, 10 * MOST],
): Bounds[] | null {
  const { nodes, arcs } = tableNetwork(cells, rowTotals, columnTotals, total);
  return feasibleRanges(nodes, arcs, [...cells.flat().keys()]);
}

describe("ranges of hidden counts", () => {
  test("are those of trying every table of two by two", () => {
    const chance = new Chance("tables of two by two");
    for (let round = 0; round < 200; round += 1) {
      const draw = (): Bounds => {
        const least = chance.below(5);
        return [least, least + chance.below(4)];
      };
      const cells = [
        [draw(), draw()],
        [draw(), draw()],
      ] as const;
      const totals = { rows: [draw(), draw()], columns: [draw(), draw()] };
      const found = ranges(
        cells,
        totals.rows.map(([least, most]) => [least, most + 3]),
        totals.columns.map(([least, most]) => [least, most + 3]),
      );
      const within = (count: number, [least, most]: Bounds = [0, 0], more = 0) =>
        count >= least && count <= most + more;
      const all: number[][] = [];
      const [a, b, c, d] = cells.flat();
      for (let w = a?.[0] ?? 0; w <= (a?.[1] ?? 0); w += 1)
        for (let x = b?.[0] ?? 0; x <= (b?.[1] ?? 0); x += 1)
          for (let y = c?.[0] ?? 0; y <= (c?.[1] ?? 0); y += 1)
            for (let z = d?.[0] ?? 0; z <= (d?.[1] ?? 0); z += 1) {
              const fits =
                within(w + x, totals.rows[0], 3) &&
                within(y + z, totals.rows[1], 3) &&
                within(w + y, totals.columns[0], 3) &&
                within(x + z, totals.columns[1], 3);
              if (fits) all.push([w, x, y, z]);
            }
      const expected =
        all.length === 0
          ? null
          : [0, 1, 2, 3].map((i) => [
              Math.min(...all.map((table) => table[i] ?? 0)),
              Math.max(...all.map((table) => table[i] ?? 0)),
            ]);
      expect(found).toEqual(expected);
    }
  });

  test("shrink to nothing where a single cell is hidden beside exact totals", () => {
    const exact = (count: number): Bounds => [count, count];
    expect(ranges([[[1, 4], exact(7)]], [exact(10)], [[0, 99], exact(7)])).toEqual([
      [3, 3],
      [7, 7],
    ]);
  });

  test("are none where what was published cannot be", () => {
    expect(ranges([[[5, 9]]], [[1, 2]], [[0, 99]])).toBeNull();
  });
});

const counts = z.array(z.number().int());
const file = z.object({
  cases: z.array(
    z.object({
      rule: z.string(),
      true: z.array(counts),
      rowTotals: counts,
      colTotals: counts,
      feasible: z.array(z.tuple([z.number(), z.number()])),
    }),
  ),
});
const RULES = new Map(
  [UNDER_5, NHS, TEN_FIVE].map((rule) => [rule.name, (count: number) => rule.show(count, 0, 0)]),
);
const directory = join(process.env["REFERENCE_DIR"] ?? "fixtures/reference", "sdc");
const files = existsSync(directory)
  ? readdirSync(directory).filter((name) => /^audit-feasible-intervals.*\.json$/.test(name))
  : [];

describe.skipIf(files.length === 0)("reference intervals", () => {
  test.each(files)("of %s", (name) => {
    const { cases } = file.parse(JSON.parse(readFileSync(join(directory, name), "utf8")));
    expect(cases.length).toBeGreaterThan(0);
    for (const { rule, true: rows, rowTotals, colTotals, feasible } of cases) {
      expect(columnsOf(rows)).toEqual(colTotals);
      const show = RULES.get(rule);
      if (!show) throw new Error(`No rule is called ${rule}`);
      const bounds = (count: number) => boundsBy(show, count);
      const found = ranges(
        rows.map((row) => row.map(bounds)),
        rowTotals.map(bounds),
        colTotals.map(bounds),
        bounds(sum(rowTotals)),
      );
      expect(found).toEqual(feasible);
    }
  });
});
