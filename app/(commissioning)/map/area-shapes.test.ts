/** Outlines as a map paints them: where they lie, what is under a finger, and how few points a scale needs. */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Polygon } from "../../../server/domain/outlines";
import { topologyOf } from "../../../server/domain/topology";
import { type AreaShapes, areaAt, boxOfAreas, degreesOf, lineSteps, shapesOf, worldOf } from "./area-shapes";
import { atOnce } from "./slices";

const square = (west: number, south: number, size = 1): Polygon => [
  [
    [west, south],
    [west + size, south],
    [west + size, south + size],
    [west, south + size],
    [west, south],
  ],
];
const shapes = shapesOf(
  topologyOf([
    { id: 11, properties: {}, polygons: [square(-2, 53)] },
    { id: 12, properties: {}, polygons: [square(-1, 53), square(1, 53)] },
    // A lake with an island in it.
    { id: 13, properties: {}, polygons: [[...square(-2, 54, 2), ...square(-1.6, 54.4, 1)]] },
    { id: 14, properties: {}, polygons: [square(-1.6, 54.4, 1)] },
  ]),
);
const linesAt = (of: AreaShapes, scale: number) => atOnce(lineSteps(of, scale));
const under = (longitude: number, latitude: number) => areaAt(shapes, ...worldOf(longitude, latitude));

test("the position of a pixel is the position that it was drawn for", () => {
  fc.assert(
    fc.property(
      fc.double({ min: -180, max: 180, noNaN: true }),
      fc.double({ min: -80, max: 80, noNaN: true }),
      (longitude, latitude) => {
        const [lat, lng] = degreesOf(...worldOf(longitude, latitude));
        expect(lat).toBeCloseTo(latitude, 8);
        expect(lng).toBeCloseTo(longitude, 8);
      },
    ),
  );
});

test("the area under a position is found in each of its parts, and not in its holes", () => {
  expect(under(-1.5, 53.5)).toBe(11);
  expect(under(-0.5, 53.5)).toBe(12);
  expect(under(1.5, 53.5)).toBe(12);
  expect(under(-1.9, 54.1)).toBe(13);
  expect(under(-1, 55)).toBe(14);
  expect(under(0.5, 53.5)).toBeNull();
});

test("a line with an area on one side only is an edge of the map, a border is not", () => {
  // Between 11 and 12, and round the island.
  expect(shapes.lines.filter(({ isEdge }) => !isEdge)).toHaveLength(2);
  expect(shapes.lines.filter(({ isEdge }) => isEdge).length).toBeGreaterThanOrEqual(4);
});

test("some areas have a box, areas of another map have none", () => {
  const box = boxOfAreas(shapes, [11, 12]);
  expect(box && degreesOf(box[0], box[3]).map(Math.round)).toEqual([53, -2]);
  expect(boxOfAreas(shapes, [999])).toBeNull();
});

test("at a small scale lines lose the points that cannot be seen, and never their ends", () => {
  const steps = Array.from({ length: 400 }, (_, at): [number, number] => [at / 400, 51 + (at % 2) / 10_000]);
  const wavy = shapesOf(
    topologyOf([{ id: 11, properties: {}, polygons: [[[...steps, [1, 52], [0, 52], [0, 51]]]] }]),
  );
  const count = (scale: number) =>
    linesAt(wavy, scale).reduce((sum, { points }) => sum + points.length / 2, 0);
  expect(count(2 ** 15)).toBe(count(2 ** 16));
  expect(count(2 ** 4)).toBeLessThan(count(2 ** 15) / 5);
  for (const [at, line] of wavy.lines.entries()) {
    const thin = linesAt(wavy, 2 ** 4)[at]?.points ?? [];
    expect([...thin.slice(0, 2), ...thin.slice(-2)]).toEqual([
      ...line.points.slice(0, 2),
      ...line.points.slice(-2),
    ]);
  }
});
