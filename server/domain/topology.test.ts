/** TopoJSON: what is read back is what was drawn, and a border between two areas is written once. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Polygon, Position } from "./outlines";
import { type Shape, type Topology, topologyOf } from "./topology";

/** A reader of its own, after the specification: rings of each area in degrees, closed. */
function read({ arcs, objects, transform }: Topology): Map<number, Polygon[]> {
  const lines = arcs.map((steps) => {
    let [x, y] = [0, 0];
    return steps.map(([dx, dy]): Position => {
      x += dx;
      y += dy;
      return [
        x * transform.scale[0] + transform.translate[0],
        y * transform.scale[1] + transform.translate[1],
      ];
    });
  });
  const ring = (numbers: readonly number[]) =>
    numbers.flatMap((number, at) => {
      const line = number < 0 ? [...(lines[-1 - number] ?? [])].reverse() : (lines[number] ?? []);
      return at === 0 ? line : line.slice(1);
    });
  return new Map(
    objects.areas.geometries.map((geometry) => {
      const polygons = geometry.type === "Polygon" ? [geometry.arcs] : geometry.arcs;
      return [geometry.id, polygons.map((rings) => rings.map(ring))];
    }),
  );
}

/** A ring as a set of its edges, whichever way round and wherever it begins. */
const edges = (polygon: Polygon) =>
  polygon
    .flatMap((ring) =>
      ring.slice(1).map((point, at) => {
        const ends = [point, ring[at] ?? point].map(([x, y]) => `${x.toFixed(4)} ${y.toFixed(4)}`);
        return ends.sort().join(" - ");
      }),
    )
    .sort();

const square = (x: number, y: number, size = 1): Polygon => [
  [
    [x, y],
    [x + size, y],
    [x + size, y + size],
    [x, y + size],
    [x, y],
  ],
];

const shape = (id: number, ...polygons: Polygon[]): Shape => ({ id, properties: {}, polygons });

describe("a topology", () => {
  test("writes the border of two neighbours once", () => {
    const topology = topologyOf([shape(1, square(0, 0)), shape(2, square(1, 0))]);
    expect(topology.arcs).toHaveLength(3);
    const [left, right] = topology.objects.areas.geometries;
    const shared = left?.arcs.flat(2).filter((arc) => right?.arcs.flat(2).includes(-1 - arc));
    expect(shared).toHaveLength(1);
  });

  test("writes the outline of an island and the hole round it once", () => {
    const hole = [...(square(1, 1)[0] ?? [])].reverse();
    const around: Polygon = [...square(0, 0, 3), [...hole.slice(2), ...hole.slice(1, 3)]];
    const topology = topologyOf([shape(1, around), shape(2, square(1, 1))]);
    expect(topology.arcs).toHaveLength(2);
  });

  test("of no areas is empty", () => {
    expect(topologyOf([])).toMatchObject({ arcs: [], bbox: [0, 0, 0, 0] });
  });

  test("reads back as what was drawn, whatever squares of a grid belong to whom", () => {
    const grid = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 16, maxLength: 16 });
    fc.assert(
      fc.property(grid, (owners) => {
        const shapes = [0, 1, 2, 3].map((id) =>
          shape(
            id,
            ...owners.flatMap((owner, at) =>
              owner === id
                ? [
                    square(at % 4, Math.floor(at / 4)).map((ring) =>
                      ring.map(([x, y]): Position => [x / 8 - 1, y / 8 + 54]),
                    ),
                  ]
                : [],
            ),
          ),
        );
        const back = read(topologyOf(shapes));
        for (const { id, polygons } of shapes) {
          expect((back.get(id) ?? []).map(edges)).toEqual(polygons.map(edges));
        }
      }),
    );
  });
});
