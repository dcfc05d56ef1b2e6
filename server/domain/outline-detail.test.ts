/** Details of a topology: coarser lines that keep every area, every meeting point, and their distance. */

import { describe, expect, test } from "vitest";
import { detailAt, inDetail } from "./outline-detail";
import type { Position } from "./outlines";
import { type Shape, type Topology, topologyOf } from "./topology";

/** A wavy line from one point to another: waves of some 300 metres, 100 points. */
function wavy([ax, ay]: Position, [bx, by]: Position): Position[] {
  return Array.from({ length: 101 }, (_, at): Position => {
    const wave = at % 100 === 0 ? 0 : 0.003 * Math.sin(at);
    return [ax + ((bx - ax) * at) / 100 + wave, ay + ((by - ay) * at) / 100 + wave];
  });
}

/** A quarter of a square each, all meeting in the middle, and an island of half a kilometre. */
const corners: Position[] = [
  [-2, 53],
  [-1, 53],
  [-1, 54],
  [-2, 54],
];
const middle: Position = [-1.5, 53.5];
const spokes = corners.map((corner) => wavy(middle, corner));
const rims = corners.map((corner, at) => wavy(corner, corners[(at + 1) % 4] ?? corner));
const quarters = corners.map((_, at): Shape => {
  const back = [...(spokes[(at + 1) % 4] ?? [])].reverse();
  const ring = [...(spokes[at] ?? []), ...(rims[at] ?? []).slice(1), ...back.slice(1)];
  return { id: at + 1, properties: { code: `Q${at}` }, polygons: [[ring]] };
});
const island: Position[] = [
  [0, 53],
  [0.008, 53],
  [0.008, 53.005],
  [0, 53.005],
  [0, 53],
];
const whole = topologyOf([...quarters, { id: 9, properties: {}, polygons: [[island]] }]);

const linesOf = ({ arcs, transform }: Topology): Position[][] =>
  arcs.map((steps) => {
    let [x, y] = [0, 0];
    return steps.map(([dx, dy]): Position => {
      [x, y] = [x + dx, y + dy];
      return [
        x * transform.scale[0] + transform.translate[0],
        y * transform.scale[1] + transform.translate[1],
      ];
    });
  });

/** Metres from a point to the nearest part of a line, near 53.5 degrees north. */
function metresTo(line: readonly Position[], [px, py]: Position): number {
  const east = 111_320 * Math.cos((53.5 * Math.PI) / 180);
  return Math.min(
    ...line.slice(1).map(([bx, by], at) => {
      const [ax, ay] = line[at] ?? [bx, by];
      const [dx, dy] = [(bx - ax) * east, (by - ay) * 111_320];
      const [qx, qy] = [(px - ax) * east, (py - ay) * 111_320];
      const along = Math.min(1, Math.max(0, (qx * dx + qy * dy) / (dx * dx + dy * dy || 1)));
      return Math.hypot(qx - along * dx, qy - along * dy);
    }),
  );
}

describe("a detail of a topology", () => {
  test("has every area with its lines under the same numbers, and fewer points", () => {
    const counts = (["overview", "region", "close"] as const).map((detail) => {
      const coarse = inDetail(whole, detail);
      const ringsOf = ({ objects }: Topology) =>
        objects.areas.geometries.map(({ id, arcs }) => ({ id, arcs }));
      expect(ringsOf(coarse)).toEqual(ringsOf(whole));
      expect(coarse.arcs).toHaveLength(whole.arcs.length);
      return coarse.arcs.flat().length;
    });
    expect(counts).toEqual([...counts].sort((a, b) => a - b));
    expect(counts[0]).toBeLessThan((counts[2] ?? 0) / 5);
  });

  test.each([
    ["overview", 1_000, 100],
    ["region", 250, 20],
  ] as const)(
    "%s lies no farther than %i metres from what was drawn, and the grid",
    (detail, metres, grid) => {
      const coarse = linesOf(inDetail(whole, detail));
      for (const [at, line] of linesOf(whole).entries()) {
        for (const point of line) expect(metresTo(coarse[at] ?? [], point)).toBeLessThan(metres + grid);
      }
    },
  );

  test("lets lines meet where they met", () => {
    for (const detail of ["overview", "region"] as const) {
      const meeting = linesOf(inDetail(whole, detail))
        .flatMap((line) => [line[0], line.at(-1)])
        .filter((end) => end && Math.hypot(end[0] - middle[0], end[1] - middle[1]) < 0.01);
      expect(meeting.length).toBeGreaterThanOrEqual(4);
      expect(new Set(meeting.map(String)).size).toBe(1);
    }
  });

  test("keeps an island that is smaller than its tolerance a triangle or more", () => {
    const at = whole.objects.areas.geometries.find(({ id }) => id === 9)?.arcs.flat(2)[0] ?? 0;
    const line = linesOf(inDetail(whole, "overview"))[at] ?? [];
    expect(new Set(line.map(String)).size).toBeGreaterThanOrEqual(3);
  });

  test("is finer the closer the reader comes", () => {
    expect([5, 6.75, 7, 8.75, 9, 14].map(detailAt)).toEqual([
      "overview",
      "overview",
      "region",
      "region",
      "close",
      "close",
    ]);
  });
});
