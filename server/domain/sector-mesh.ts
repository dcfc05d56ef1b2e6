/**
 * The lines between postcode sectors, found from postcode points: Voronoi cells of the points, and the edges that
 * part cells of different sectors joined into arcs. Each arc is shared by the two sectors it parts, so outlines
 * made of arcs can neither gap nor overlap. The method and its trial: `docs/methods/places.md`.
 */

import { Delaunay } from "d3-delaunay";

/** A postcode with a position; metres of one grid. */
export interface PostcodePoint {
  sector: string;
  easting: number;
  northing: number;
  smallUser: boolean;
}

/** A line from junction to junction, or a closed loop. Open land and sea have the label -1. */
export interface Arc {
  /** Label on the left and right of the line's direction: index into `sectors`. */
  left: number;
  right: number;
  /** Triangles where the line begins and ends, the same for a loop. */
  from: number;
  to: number;
  /** x, y, x, y … in metres. A loop repeats its first point. */
  points: Float64Array;
}

export interface SectorMesh {
  /** Codes in order; a label is an index into them. */
  sectors: readonly string[];
  arcs: readonly Arc[];
}

const OPEN = -1;
/** Empty points stand on this grid, in metres, so that cells end beyond a settlement and do not run out to sea. */
const GHOST_GRID = 1_000;
/** An empty point stands where no postcode lies within so many cells: the surrounding 5 x 5. */
const CLEAR_CELLS = 2;
/** A belt of empty points this many cells wide bounds every settlement; what lies beyond changes nothing. */
const BELT_CELLS = 2;

/** Traces the lines between sectors. The order of the points does not matter. */
export function traceSectors(points: readonly PostcodePoint[]): SectorMesh {
  const sectors = [...new Set(points.map((point) => point.sector))].sort();
  const labelOf = new Map(sectors.map((code, label) => [code, label]));
  const sites = sitesOf(points, labelOf);
  if (sites.length === 0) return { sectors, arcs: [] };
  const ghosts = ghostsAround(sites);
  const count = sites.length + ghosts.length;
  const coordinates = new Float64Array(count * 2);
  const labels = new Int32Array(count).fill(OPEN);
  sites.forEach((site, i) => {
    coordinates[2 * i] = site.x;
    coordinates[2 * i + 1] = site.y;
    labels[i] = site.label;
  });
  ghosts.forEach((ghost, i) => {
    coordinates[2 * (sites.length + i)] = ghost.x;
    coordinates[2 * (sites.length + i) + 1] = ghost.y;
  });
  return { sectors, arcs: traceArcs(coordinates, labels) };
}

interface Site {
  x: number;
  y: number;
  label: number;
}

/** More than any northing. Grid coordinates are below a million and a half, so keys stay far below 2^53. */
const PLACES_NORTH = 10_000_000;
const placeKey = (x: number, y: number) => Math.round(x) * PLACES_NORTH + Math.round(y);

/**
 * One site for a position. Where postcodes of several sectors share it, the sector with most small users there has
 * it, ties by code. Large users shape a sector only when it has no small user: they share their neighbours' places.
 */
function sitesOf(points: readonly PostcodePoint[], labelOf: ReadonlyMap<string, number>): Site[] {
  const withSmallUsers = new Set(points.filter((point) => point.smallUser).map((point) => point.sector));
  const holders = new Map<number, number>();
  // Counts by label, only for the few places that several sectors share.
  const contested = new Map<number, Map<number, number>>();
  for (const point of points) {
    if (!point.smallUser && withSmallUsers.has(point.sector)) continue;
    const key = placeKey(point.easting, point.northing);
    const label = labelOf.get(point.sector) ?? OPEN;
    const holder = holders.get(key);
    if (holder === undefined) {
      holders.set(key, label);
      continue;
    }
    const counts = contested.get(key) ?? new Map([[holder, 1]]);
    counts.set(label, (counts.get(label) ?? 0) + 1);
    contested.set(key, counts);
  }
  for (const [key, counts] of contested) {
    const [most] = [...counts].sort(([a, m], [b, n]) => n - m || a - b);
    if (most) holders.set(key, most[0]);
  }
  const keys = Float64Array.from(holders.keys()).sort();
  return Array.from(keys, (key) => ({
    x: Math.floor(key / PLACES_NORTH),
    y: key % PLACES_NORTH,
    label: holders.get(key) ?? OPEN,
  }));
}

function ghostsAround(sites: readonly Site[]): { x: number; y: number }[] {
  const cell = (at: number) => Math.floor(at / GHOST_GRID);
  const key = (x: number, y: number) => (x + 10_000) * 100_000 + y + 10_000;
  const occupied = new Set(sites.map((site) => key(cell(site.x), cell(site.y))));
  const clear = new Set<number>();
  const belt = new Set<number>();
  const reach = CLEAR_CELLS + BELT_CELLS;
  for (const at of occupied) {
    const [x, y] = [Math.floor(at / 100_000), at % 100_000];
    for (let dx = -reach; dx <= reach; dx += 1) {
      for (let dy = -reach; dy <= reach; dy += 1) {
        const near = Math.max(Math.abs(dx), Math.abs(dy)) <= CLEAR_CELLS;
        (near ? clear : belt).add((x + dx) * 100_000 + y + dy);
      }
    }
  }
  const ghosts = [...belt].filter((at) => !clear.has(at)).sort((a, b) => a - b);
  const middle = (index: number) => (index - 10_000 + 0.5) * GHOST_GRID;
  return ghosts.map((at) => ({ x: middle(Math.floor(at / 100_000)), y: middle(at % 100_000) }));
}

const next = (halfedge: number) => (halfedge % 3 === 2 ? halfedge - 2 : halfedge + 1);
const triangleOf = (halfedge: number) => Math.floor(halfedge / 3);

function traceArcs(coordinates: Float64Array, labels: Int32Array): Arc[] {
  const { triangles, halfedges } = new Delaunay(coordinates);
  const label = (halfedge: number) => labels[triangles[halfedge] ?? 0] ?? OPEN;
  const parts = new Uint8Array(triangles.length);
  for (let halfedge = 0; halfedge < triangles.length; halfedge += 1) {
    const inside = (halfedges[halfedge] ?? -1) >= 0;
    if (inside && label(halfedge) !== label(next(halfedge))) parts[halfedge] = 1;
  }
  /** How many of a triangle's edges part two labels: none, two on a line, three at a junction. */
  const borders = (triangle: number) =>
    (parts[3 * triangle] ?? 0) + (parts[3 * triangle + 1] ?? 0) + (parts[3 * triangle + 2] ?? 0);
  const turnsLeft = orientation(coordinates, triangles) > 0;
  const done = new Uint8Array(triangles.length);
  const arcs: Arc[] = [];

  const walk = (first: number) => {
    const from = triangleOf(first);
    const points: number[] = [...circumcentre(coordinates, triangles, from)];
    let at = first;
    let to = from;
    for (;;) {
      const opposite = halfedges[at] ?? -1;
      done[at] = 1;
      done[opposite] = 1;
      to = triangleOf(opposite);
      points.push(...circumcentre(coordinates, triangles, to));
      if (to === from || borders(to) !== 2) break;
      at = next(opposite);
      if (!parts[at]) at = next(at);
    }
    // Crossing an edge from the triangle on its left, its first point lies on the right hand.
    const [a, b] = [label(first), label(next(first))];
    const [left, right] = turnsLeft ? [b, a] : [a, b];
    arcs.push({ left, right, from, to, points: Float64Array.from(points) });
  };

  for (let halfedge = 0; halfedge < triangles.length; halfedge += 1) {
    if (parts[halfedge] && !done[halfedge] && borders(triangleOf(halfedge)) === 3) walk(halfedge);
  }
  for (let halfedge = 0; halfedge < triangles.length; halfedge += 1) {
    if (parts[halfedge] && !done[halfedge]) walk(halfedge);
  }
  return arcs;
}

/** Positive when the triangles are listed counter-clockwise with north up. */
function orientation(coordinates: Float64Array, triangles: Uint32Array): number {
  let sum = 0;
  for (let at = 0; at < Math.min(triangles.length, 300); at += 3) {
    const [ax, ay, bx, by, cx, cy] = corners(coordinates, triangles, at / 3);
    sum += (bx - ax) * (cy - ay) - (cx - ax) * (by - ay);
  }
  return sum;
}

function corners(
  coordinates: Float64Array,
  triangles: Uint32Array,
  triangle: number,
): [number, number, number, number, number, number] {
  const [a, b, c] = [3 * triangle, 3 * triangle + 1, 3 * triangle + 2].map((at) => 2 * (triangles[at] ?? 0));
  const at = (index: number) => coordinates[index] ?? 0;
  return [at(a ?? 0), at((a ?? 0) + 1), at(b ?? 0), at((b ?? 0) + 1), at(c ?? 0), at((c ?? 0) + 1)];
}

/** The point equally far from the three corners; measured from one of them, so that large coordinates do no harm. */
function circumcentre(coordinates: Float64Array, triangles: Uint32Array, triangle: number): [number, number] {
  const [ax, ay, bx, by, cx, cy] = corners(coordinates, triangles, triangle);
  const [dx, dy, ex, ey] = [bx - ax, by - ay, cx - ax, cy - ay];
  const twice = 2 * (dx * ey - dy * ex);
  // Corners in one line have no such point; their middle keeps the line where it is.
  if (twice === 0) return [(ax + bx + cx) / 3, (ay + by + cy) / 3];
  const [d, e] = [dx * dx + dy * dy, ex * ex + ey * ey];
  return [ax + (ey * d - dy * e) / twice, ay + (dx * e - ex * d) / twice];
}

/**
 * For each group of places the sector nearest to most of them, ties by code; groups without places are left out.
 * A sector that is no longer delivered to joins another this way: it has no cells and so no borders.
 */
export function nearestSectors(
  points: readonly PostcodePoint[],
  groups: ReadonlyMap<string, readonly { easting: number; northing: number }[]>,
): Map<string, string> {
  const sectors = [...new Set(points.map((point) => point.sector))].sort();
  const sites = sitesOf(points, new Map(sectors.map((code, label) => [code, label])));
  const nearest = new Map<string, string>();
  if (sites.length === 0) return nearest;
  const delaunay = Delaunay.from(
    sites,
    (site) => site.x,
    (site) => site.y,
  );
  let hint = 0;
  for (const [group, places] of groups) {
    const votes = new Map<number, number>();
    for (const place of places) {
      hint = delaunay.find(place.easting, place.northing, hint);
      const label = sites[hint]?.label ?? 0;
      votes.set(label, (votes.get(label) ?? 0) + 1);
    }
    const [winner] = [...votes].sort(([a, m], [b, n]) => n - m || a - b)[0] ?? [];
    const code = winner === undefined ? undefined : sectors[winner];
    if (code) nearest.set(group, code);
  }
  return nearest;
}

/** Length in metres of the border between each two sectors that touch, by their codes in order. */
export function bordersBetween(mesh: SectorMesh): { a: string; b: string; metres: number }[] {
  const lengths = new Map<number, number>();
  const count = mesh.sectors.length;
  for (const arc of mesh.arcs) {
    if (arc.left === OPEN || arc.right === OPEN) continue;
    const key = Math.min(arc.left, arc.right) * count + Math.max(arc.left, arc.right);
    lengths.set(key, (lengths.get(key) ?? 0) + lengthOf(arc.points));
  }
  return [...lengths]
    .sort(([a], [b]) => a - b)
    .map(([key, metres]) => ({
      a: mesh.sectors[Math.floor(key / count)] ?? "",
      b: mesh.sectors[key % count] ?? "",
      metres,
    }));
}

function lengthOf(points: Float64Array): number {
  let sum = 0;
  for (let at = 2; at + 1 < points.length; at += 2) {
    sum += Math.hypot(
      (points[at] ?? 0) - (points[at - 2] ?? 0),
      (points[at + 1] ?? 0) - (points[at - 1] ?? 0),
    );
  }
  return sum;
}
