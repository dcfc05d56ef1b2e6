/**
 * One topology at several sizes: a map of a nation begins with lines that are right to about a pixel of it, and takes
 * finer ones as the reader comes closer. Lines are made coarser one by one, each for both its areas, so neighbours
 * still meet.
 */

import type { Topology } from "./topology";

/** `close` is the topology as it was drawn. */
export const DETAILS = ["overview", "region", "close"] as const;
export type Detail = (typeof DETAILS)[number];

/** From this many areas on a level has more than one detail: a county is small enough to be sent whole. */
export const MANY_AREAS = 1_500;

/** Whether a map of so many areas begins with coarser lines. */
export const hasDetails = (areas: number): boolean => areas >= MANY_AREAS;

interface Coarser {
  /** Farthest, in metres, that a line may lie from the one as drawn; points are rounded to about a tenth of it. */
  metres: number;
  /** Steps of the grid to a degree. */
  perDegree: number;
  /** The zoom of a web map from which a finer detail is needed: there a pixel is some 0.7 of `metres`. */
  untilZoom: number;
}

const COARSER: Readonly<Record<Exclude<Detail, "close">, Coarser>> = {
  overview: { metres: 1_000, perDegree: 1_000, untilZoom: 7 },
  region: { metres: 250, perDegree: 5_000, untilZoom: 9 },
};

/** The detail that a zoom of a web map needs (a world of 256 pixels at zoom 0). */
export function detailAt(zoom: number): Detail {
  if (zoom < COARSER.overview.untilZoom) return "overview";
  return zoom < COARSER.region.untilZoom ? "region" : "close";
}

const METRES_PER_DEGREE = 111_320;

/**
 * The same areas in another detail. Every area stays, though one smaller than the grid may draw nothing; codes and
 * names are left out, because figures come with theirs.
 */
export function inDetail(topology: Topology, detail: Detail): Topology {
  if (detail === "close") return topology;
  const { metres, perDegree } = COARSER[detail];
  const { scale, translate } = topology.transform;
  const middle = (topology.bbox[1] + topology.bbox[3]) / 2;
  const metresOf = {
    x: scale[0] * METRES_PER_DEGREE * Math.cos((middle * Math.PI) / 180),
    y: scale[1] * METRES_PER_DEGREE,
  };
  const kept = leastPoints(topology);
  const arcs = topology.arcs.map((steps, at) => {
    const line = pointsOf(steps);
    const points = [...pickPoints(line, metresOf, metres, kept[at] ?? 0)].map((point): [number, number] => [
      Math.round((line[2 * point] ?? 0) * scale[0] * perDegree),
      Math.round((line[2 * point + 1] ?? 0) * scale[1] * perDegree),
    ]);
    return stepsOf(points);
  });
  const geometries = topology.objects.areas.geometries.map((geometry) => ({ ...geometry, properties: {} }));
  return {
    ...topology,
    transform: { scale: [1 / perDegree, 1 / perDegree], translate },
    objects: { areas: { type: "GeometryCollection", geometries } },
    arcs,
  };
}

/** Of each line, how many points between its ends are needed so that no ring of it is flat. */
function leastPoints({ arcs, objects }: Topology): Uint8Array {
  const least = new Uint8Array(arcs.length);
  for (const geometry of objects.areas.geometries) {
    for (const ring of geometry.type === "Polygon" ? geometry.arcs : geometry.arcs.flat()) {
      // Three lines or more have three corners; two need one between them, and a loop needs two.
      const wanted = Math.max(0, 3 - ring.length);
      for (const number of ring) {
        const at = number < 0 ? -1 - number : number;
        least[at] = Math.max(least[at] ?? 0, wanted);
      }
    }
  }
  return least;
}

function pointsOf(steps: Topology["arcs"][number]): Float64Array {
  const points = new Float64Array(steps.length * 2);
  let [x, y] = [0, 0];
  for (const [at, [dx, dy]] of steps.entries()) {
    x += dx;
    y += dy;
    points[2 * at] = x;
    points[2 * at + 1] = y;
  }
  return points;
}

/** Numbers of the points of a line to keep, in order: Douglas and Peucker (1973), and at least so many inside. */
function pickPoints(
  line: Float64Array,
  metresOf: { x: number; y: number },
  tolerance: number,
  least: number,
): readonly number[] {
  const last = line.length / 2 - 1;
  const x = (at: number) => (line[2 * at] ?? 0) * metresOf.x;
  const y = (at: number) => (line[2 * at + 1] ?? 0) * metresOf.y;
  const kept = [0, last];
  const pending: [number, number][] = [[0, last]];
  // First in, first out, so that the points that are needed anyway are the farthest ones.
  for (let span = pending.shift(); span; span = pending.shift()) {
    const [start, end] = span;
    const [dx, dy] = [x(end) - x(start), y(end) - y(start)];
    const length = dx * dx + dy * dy;
    let farthest = -1;
    let distance = kept.length - 2 < least ? -1 : tolerance;
    for (let at = start + 1; at < end; at += 1) {
      const [px, py] = [x(at) - x(start), y(at) - y(start)];
      const along = length === 0 ? 0 : Math.min(1, Math.max(0, (px * dx + py * dy) / length));
      const off = Math.hypot(px - along * dx, py - along * dy);
      if (off > distance) [farthest, distance] = [at, off];
    }
    if (farthest < 0) continue;
    kept.push(farthest);
    pending.push([start, farthest], [farthest, end]);
  }
  return kept.sort((a, b) => a - b);
}

/** A first point and steps from there; points that the grid put into one are written once. */
function stepsOf(points: readonly [number, number][]): [number, number][] {
  const steps: [number, number][] = [];
  let [x, y] = [0, 0];
  for (const [at, point] of points.entries()) {
    const step: [number, number] = [point[0] - x, point[1] - y];
    if (at > 0 && at < points.length - 1 && step[0] === 0 && step[1] === 0) continue;
    steps.push(step);
    [x, y] = point;
  }
  return steps;
}
