/**
 * Outlines of areas made of whole sectors, from the arcs between sectors: an area's outline is the arcs with the
 * area on one side only, so a union of sectors needs no geometry at all. Each arc is simplified once, whatever
 * areas share it.
 */

import type { Arc, SectorMesh } from "./sector-mesh";

export type Position = [number, number];
/** A closed line: the last position repeats the first. */
export type Ring = Position[];
/** Outer ring (counter-clockwise) and its holes. */
export type Polygon = Ring[];

/** Farthest, in metres, that a drawn line may lie from the derived one: for one county, and for a nation. */
export const TOLERANCES_METRES = [25, 100] as const;

/** The same lines with fewer points, each within the tolerance (metres) of the line it replaces. */
export function simplifyMesh(mesh: SectorMesh, toleranceMetres: number): SectorMesh {
  const arcs = mesh.arcs.map((arc) => ({ ...arc, points: simplifyLine(arc.points, toleranceMetres) }));
  return { sectors: mesh.sectors, arcs };
}

/** Douglas and Peucker (1973), keeping both ends; a loop is cut at its farthest point first, so that it stays one. */
function simplifyLine(points: Float64Array, tolerance: number): Float64Array {
  const last = points.length / 2 - 1;
  if (last < 2) return points;
  const x = (i: number) => points[2 * i] ?? 0;
  const y = (i: number) => points[2 * i + 1] ?? 0;
  const keep = new Uint8Array(last + 1);
  keep[0] = 1;
  keep[last] = 1;
  const pending: [number, number][] = [[0, last]];
  for (let span = pending.pop(); span; span = pending.pop()) {
    const [start, end] = span;
    const [dx, dy] = [x(end) - x(start), y(end) - y(start)];
    const length = Math.hypot(dx, dy);
    let farthest = -1;
    let distance = tolerance;
    for (let i = start + 1; i < end; i += 1) {
      const [px, py] = [x(i) - x(start), y(i) - y(start)];
      const along = length === 0 ? 0 : Math.min(1, Math.max(0, (px * dx + py * dy) / (length * length)));
      const off = Math.hypot(px - along * dx, py - along * dy);
      if (off > distance) [farthest, distance] = [i, off];
    }
    if (farthest < 0) continue;
    keep[farthest] = 1;
    pending.push([start, farthest], [farthest, end]);
  }
  const kept: number[] = [];
  for (let i = 0; i <= last; i += 1) if (keep[i]) kept.push(x(i), y(i));
  return Float64Array.from(kept);
}

interface Directed {
  arc: Arc;
  /** True when the area lies on the left of the arc as stored. */
  forward: boolean;
}

/**
 * Polygons of each area. `areaOf` gives the area of a sector's label, or -1 for none; areas are 0 to count - 1.
 * Positions are in the metres of the mesh. A part that simplification flattened to a line is left out.
 */
export function outlinesOf(mesh: SectorMesh, areaOf: (label: number) => number, count: number): Polygon[][] {
  const area = (label: number) => (label < 0 ? -1 : areaOf(label));
  const own: Directed[][] = Array.from({ length: count }, () => []);
  for (const arc of mesh.arcs) {
    const [left, right] = [area(arc.left), area(arc.right)];
    if (left === right) continue;
    own[left]?.push({ arc, forward: true });
    own[right]?.push({ arc, forward: false });
  }
  return own.map((arcs) => polygonsOf(ringsOf(arcs)));
}

/** At a junction each area has one line in and one line out, so following the ends closes every ring. */
function ringsOf(arcs: readonly Directed[]): Ring[] {
  const startOf = ({ arc, forward }: Directed) => (forward ? arc.from : arc.to);
  const endOf = ({ arc, forward }: Directed) => (forward ? arc.to : arc.from);
  const byStart = new Map<number, Directed>();
  const rings: Ring[] = [];
  for (const directed of arcs) {
    if (startOf(directed) === endOf(directed)) rings.push(closed(positionsOf(directed)));
    else byStart.set(startOf(directed), directed);
  }
  const used = new Set<Directed>();
  for (const first of byStart.values()) {
    if (used.has(first)) continue;
    const ring: Ring = [];
    let at: Directed | undefined = first;
    while (at && !used.has(at)) {
      used.add(at);
      ring.push(...positionsOf(at).slice(0, -1));
      at = byStart.get(endOf(at));
    }
    if (at !== first) throw new Error("An outline does not close");
    rings.push(closed(ring));
  }
  return rings.filter((ring) => ring.length >= 4 && signedArea(ring) !== 0);
}

function positionsOf({ arc, forward }: Directed): Position[] {
  const positions: Position[] = [];
  for (let at = 0; at + 1 < arc.points.length; at += 2) {
    positions.push([arc.points[at] ?? 0, arc.points[at + 1] ?? 0]);
  }
  return forward ? positions : positions.reverse();
}

/** Without repeated positions, and closed. */
function closed(positions: readonly Position[]): Ring {
  const ring = positions.filter(([x, y], i) => {
    const before = positions[i - 1];
    return !before || before[0] !== x || before[1] !== y;
  });
  const [first] = ring;
  const last = ring[ring.length - 1];
  if (first && last && (first[0] !== last[0] || first[1] !== last[1])) ring.push([...first]);
  return ring;
}

/** Twice the area in square metres; positive when counter-clockwise. */
export function signedArea(ring: Ring): number {
  const [ox, oy] = ring[0] ?? [0, 0];
  let sum = 0;
  for (let i = 1; i < ring.length; i += 1) {
    const [ax, ay] = ring[i - 1] ?? [0, 0];
    const [bx, by] = ring[i] ?? [0, 0];
    sum += (ax - ox) * (by - oy) - (bx - ox) * (ay - oy);
  }
  return sum;
}

/** The area lies on the left of its lines: outer rings run counter-clockwise and holes clockwise. */
function polygonsOf(rings: readonly Ring[]): Polygon[] {
  const outers = rings
    .map((ring) => ({ ring, size: signedArea(ring) }))
    .filter(({ size }) => size > 0)
    .sort((a, b) => b.size - a.size);
  const polygons: Polygon[] = outers.map(({ ring }) => [ring]);
  for (const hole of rings.filter((ring) => signedArea(ring) < 0)) {
    const around = outers.map(({ ring }) => ring).findLastIndex((ring) => encloses(ring, hole));
    polygons[Math.max(0, around)]?.push(hole);
  }
  return polygons;
}

function encloses(outer: Ring, inner: Ring): boolean {
  // The middle of an edge: corners may lie on the outer ring.
  const [[ax, ay], [bx, by]] = [inner[0] ?? [0, 0], inner[1] ?? [0, 0]];
  return isInRing(outer, (ax + bx) / 2, (ay + by) / 2);
}

/** Whether a position lies inside a ring (even-odd rule). */
export function isInRing(ring: Ring, x: number, y: number): boolean {
  let inside = false;
  for (let i = 1; i < ring.length; i += 1) {
    const [ax, ay] = ring[i - 1] ?? [0, 0];
    const [bx, by] = ring[i] ?? [0, 0];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  }
  return inside;
}

/** Whether a position lies in polygons: inside an outer ring and none of its holes. */
export function isInPolygons(polygons: readonly Polygon[], x: number, y: number): boolean {
  return polygons.some((rings) => rings.every((ring, i) => isInRing(ring, x, y) === (i === 0)));
}
