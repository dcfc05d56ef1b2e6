/** The arrow keys over the map. */
import { expect, test } from "vitest";
import { topologyOf } from "../../../server/domain/topology";
import { shapesOf, worldOf } from "./area-shapes";
import { nearestArea, stepFrom } from "./area-steps";

/** Three by three squares: 11 to 13 in the north, 31 to 33 in the south. */
const shapes = shapesOf(
  topologyOf(
    [1, 2, 3].flatMap((row) =>
      [1, 2, 3].map((column) => {
        const [west, south] = [column / 10, 51 - row / 10];
        const east = west + 0.1;
        const north = south + 0.1;
        return {
          id: row * 10 + column,
          properties: {},
          polygons: [
            [
              [
                [west, south],
                [east, south],
                [east, north],
                [west, north],
                [west, south],
              ],
            ],
          ],
        };
      }),
    ),
  ),
);

test("each key goes to the neighbour that way, and stays at the edge", () => {
  expect(stepFrom(shapes, 22, "up")).toBe(12);
  expect(stepFrom(shapes, 22, "down")).toBe(32);
  expect(stepFrom(shapes, 22, "left")).toBe(21);
  expect(stepFrom(shapes, 22, "right")).toBe(23);
  expect(stepFrom(shapes, 11, "up")).toBeNull();
  expect(stepFrom(shapes, 99, "up")).toBeNull();
});

test("every area can be reached from every other by the keys", () => {
  const reached = new Set([11]);
  for (const area of reached) {
    for (const way of ["up", "down", "left", "right"] as const) {
      const next = stepFrom(shapes, area, way);
      if (next !== null) reached.add(next);
    }
  }
  expect(reached.size).toBe(9);
});

test("the keys begin with the area nearest to the middle of what is seen", () => {
  expect(nearestArea(shapes, ...worldOf(0.25, 50.85))).toBe(22);
});
