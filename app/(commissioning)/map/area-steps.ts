/** From one area of the map to the next by the arrow keys: the nearest one that lies that way. */

import type { AreaShape, AreaShapes } from "./area-shapes";

export type Way = "up" | "down" | "left" | "right";

const VECTORS: Readonly<Record<Way, readonly [x: number, y: number]>> = {
  up: [0, -1],
  down: [0, 1],
  left: [-1, 0],
  right: [1, 0],
};

/** How much farther an area at the side counts than one straight ahead. */
const ASIDE = 2;

/** The middle of an area's box, in units of the world. */
export function middleOf({ box }: AreaShape): [x: number, y: number] {
  return [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2];
}

/** The area to begin with: the one whose middle is nearest to a position. Null on an empty map. */
export function nearestArea(shapes: AreaShapes, x: number, y: number): number | null {
  return leastOf(shapes, (shape) => {
    const [ownX, ownY] = middleOf(shape);
    return Math.hypot(ownX - x, ownY - y);
  });
}

/** The next area that way; null at the edge of the map. */
export function stepFrom(shapes: AreaShapes, from: number, way: Way): number | null {
  const start = shapes.byArea.get(from);
  if (!start) return null;
  const [x, y] = middleOf(start);
  const [wayX, wayY] = VECTORS[way];
  return leastOf(shapes, (shape) => {
    const [toX, toY] = middleOf(shape);
    const ahead = (toX - x) * wayX + (toY - y) * wayY;
    const aside = Math.abs((toX - x) * wayY) + Math.abs((toY - y) * wayX);
    // More to the side than ahead belongs to another key.
    return shape.area === from || ahead <= 0 || aside > ahead ? null : ahead + ASIDE * aside;
  });
}

function leastOf(shapes: AreaShapes, measure: (shape: AreaShape) => number | null): number | null {
  let found: { area: number; least: number } | null = null;
  for (const shape of shapes.areas) {
    const value = measure(shape);
    if (value !== null && (found === null || value < found.least)) found = { area: shape.area, least: value };
  }
  return found?.area ?? null;
}
