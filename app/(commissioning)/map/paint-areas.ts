/**
 * Paints areas on a canvas: fills by class, white seams, an edge round the whole. The same hand draws the map, the
 * small maps and the picture to take away, so the same value has the same colour in all of them.
 */

import {
  type AreaShape,
  type AreaShapes,
  type Box,
  type Line,
  lineAt,
  lineSteps,
  overlaps,
} from "./area-shapes";
import type { Fill, Palette } from "./canvas-paint";
import { atOnce } from "./slices";

/** Where the world lies on the canvas: pixel = world x scale - shift. */
export interface Placing {
  scale: number;
  x: number;
  y: number;
}

export interface Painting {
  palette: Palette;
  fillOf: (area: number) => Fill;
  selected: number | null;
  /** Figures so far: the edge of the map is broken. */
  isOpen: boolean;
  /** The area that the arrow keys have come to. */
  pointed?: number | null;
}

/** Widest seams, in pixels; where areas are small they are thinner, so that they do not hide them. */
const SEAM = 1.2;
/** Areas smaller than this many seams across get thinner ones. */
const SEAMS_ACROSS = 16;
const THINNEST = 0.25;
const EDGE = 1.4;
/**
 * A canvas takes far longer over one path of a nation than over many small ones: five times with the 10,820 sectors
 * of Great Britain. Of these sizes it is quickest.
 */
const AREAS_A_PATH = 16;
const LINES_A_PATH = 400;

/** The placing that fits a box into a canvas of this size, in pixels. */
export function fitInto(box: Box, width: number, height: number, padding: number): Placing {
  const scale = Math.min(
    (width - 2 * padding) / (box[2] - box[0] || 1),
    (height - 2 * padding) / (box[3] - box[1] || 1),
  );
  return {
    scale,
    x: ((box[0] + box[2]) / 2) * scale - width / 2,
    y: ((box[1] + box[3]) / 2) * scale - height / 2,
  };
}

/** Paints what lies in a canvas of this size. */
export function paintAreas(...what: Parameters<typeof paintSteps>): void {
  atOnce(paintSteps(...what));
}

/** The same, with places to stop at: the map goes on moving while a nation is painted. */
export function* paintSteps(
  context: CanvasRenderingContext2D,
  shapes: AreaShapes,
  placing: Placing,
  size: { width: number; height: number },
  { palette, fillOf, selected, isOpen, pointed = null }: Painting,
): Generator<void, void> {
  const { scale, x, y } = placing;
  const view: Box = [x / scale, y / scale, (x + size.width) / scale, (y + size.height) / scale];
  const lines = yield* lineSteps(shapes, scale);
  const seen = shapes.areas.filter(({ box }) => overlaps(box, view));
  const trace = new Trace(context, lines, placing);
  const seam = seamOf(seen, scale);
  context.lineJoin = "round";
  context.lineCap = "round";

  // The outer edge first: what shows of it beyond the fills keeps the palest class from fading into the sea.
  const inView = lines.filter(({ box }) => overlaps(box, view));
  const edges = inView.filter((line) => line.isEdge);
  yield;
  for (const some of inParts(edges, LINES_A_PATH)) {
    stroke(context, palette.colour("--line-strong"), 2 * EDGE, () => {
      for (const line of some) trace.line(line.points);
    });
    yield;
  }
  for (const [fill, areas] of byFill(seen, fillOf)) {
    context.fillStyle = palette.fill(fill) ?? "transparent";
    for (const some of inParts(areas, AREAS_A_PATH)) {
      context.beginPath();
      for (const { rings } of some) for (const ring of rings) trace.ring(ring);
      context.fill("evenodd");
      yield;
    }
  }
  if (seam >= THINNEST) {
    context.lineJoin = "bevel";
    context.lineCap = "butt";
    for (const some of inParts(inView, LINES_A_PATH)) {
      stroke(context, palette.colour("--surface"), seam, () => {
        for (const line of some) trace.line(line.points);
      });
      yield;
    }
    context.lineJoin = "round";
    context.lineCap = "round";
  }
  if (isOpen) {
    context.setLineDash([7, 5]);
    stroke(context, palette.colour("--wait"), 2.4, () => {
      for (const line of edges) trace.line(line.points);
    });
    context.setLineDash([]);
  }
  const outline = (area: number | null, outer: string, inner: string) => {
    const shape = area === null ? undefined : shapes.byArea.get(area);
    if (!shape) return;
    for (const [token, width] of [
      [outer, 6],
      [inner, 2.5],
    ] as const) {
      stroke(context, palette.colour(token), width, () => {
        for (const ring of shape.rings) trace.ring(ring);
      });
    }
  };
  outline(selected, "--surface", "--ink");
  outline(pointed, "--ink", "--focus");
}

function stroke(context: CanvasRenderingContext2D, colour: string, width: number, path: () => void): void {
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.beginPath();
  path();
  context.stroke();
}

/** The width of seams among the areas in view, from how far one of them is across. */
function seamOf(seen: readonly AreaShape[], scale: number): number {
  if (seen.length === 0) return 0;
  const sides = seen.map(({ box }) => Math.sqrt((box[2] - box[0]) * (box[3] - box[1])) * scale);
  const across = sides.reduce((sum, side) => sum + side, 0) / seen.length;
  return Math.min(SEAM, across / SEAMS_ACROSS);
}

function* inParts<T>(all: readonly T[], size: number): Generator<readonly T[]> {
  for (let from = 0; from < all.length; from += size) yield all.slice(from, from + size);
}

function byFill(
  areas: readonly AreaShape[],
  fillOf: (area: number) => Fill,
): ReadonlyMap<Fill, readonly AreaShape[]> {
  const groups = new Map<Fill, AreaShape[]>();
  for (const shape of areas) {
    const fill = fillOf(shape.area);
    const group = groups.get(fill);
    if (group) group.push(shape);
    else groups.set(fill, [shape]);
  }
  return groups;
}

/** Puts lines of the world into the path of a canvas. */
class Trace {
  constructor(
    private readonly context: CanvasRenderingContext2D,
    private readonly lines: readonly Line[],
    private readonly placing: Placing,
  ) {}

  line(points: Float64Array, isReversed = false, continues = false): void {
    const { context } = this;
    const { scale, x, y } = this.placing;
    const count = points.length / 2;
    for (let step = continues ? 1 : 0; step < count; step += 1) {
      const at = 2 * (isReversed ? count - 1 - step : step);
      const [px, py] = [(points[at] ?? 0) * scale - x, (points[at + 1] ?? 0) * scale - y];
      if (step === 0) context.moveTo(px, py);
      else context.lineTo(px, py);
    }
  }

  ring(ring: readonly number[]): void {
    for (const [at, number] of ring.entries()) {
      this.line(this.lines[lineAt(number)]?.points ?? new Float64Array(), number < 0, at > 0);
    }
    this.context.closePath();
  }
}
