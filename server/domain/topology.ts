/**
 * TopoJSON of outlines that share their borders: each line between two areas is written once, on a grid of whole
 * numbers, as steps from point to point (the TopoJSON specification 1.0). Neighbours cannot drift apart, and a file
 * is a fraction of its GeoJSON.
 */

import type { Polygon, Position, Ring } from "./outlines";

/** An area with its polygons, in degrees. */
export interface Shape {
  id: number;
  properties: Readonly<Record<string, string>>;
  polygons: readonly Polygon[];
}

export interface Topology {
  type: "Topology";
  bbox: [west: number, south: number, east: number, north: number];
  transform: { scale: [number, number]; translate: [number, number] };
  objects: { areas: { type: "GeometryCollection"; geometries: TopoGeometry[] } };
  /** Each line as a first point and steps from there, in units of the grid. */
  arcs: [number, number][][];
}

type TopoGeometry = { id: number; properties: Readonly<Record<string, string>> } & (
  | { type: "Polygon"; arcs: number[][] }
  | { type: "MultiPolygon"; arcs: number[][][] }
);

/** Degrees to a step of the grid: a hundred-thousandth of a degree is a metre or less. */
const PER_DEGREE = 100_000;

/** The topology of some areas, in their order. */
export function topologyOf(shapes: readonly Shape[]): Topology {
  const bounds = boundsOf(shapes);
  const toGrid = ([x, y]: Position): Position => [
    Math.round((x - bounds.west) * PER_DEGREE),
    Math.round((y - bounds.south) * PER_DEGREE),
  ];
  const onGrid = shapes.map((shape) => ({
    ...shape,
    polygons: shape.polygons.map((rings) => rings.map((ring) => openRing(ring.map(toGrid)))),
  }));
  const rings = onGrid.flatMap(({ polygons }) => polygons.flat());
  const lines = new Lines(junctionsOf(rings));
  const geometries = onGrid.map(({ id, properties, polygons }): TopoGeometry => {
    // A ring that the grid closed up draws nothing.
    const arcs = polygons
      .map((polygon) => polygon.filter((ring) => ring.length >= 3).map((ring) => lines.along(ring)))
      .filter((polygon) => polygon.length > 0);
    const [only, ...others] = arcs;
    return only && others.length === 0
      ? { type: "Polygon", id, properties, arcs: only }
      : { type: "MultiPolygon", id, properties, arcs };
  });
  return {
    type: "Topology",
    bbox: [bounds.west, bounds.south, bounds.east, bounds.north],
    transform: { scale: [1 / PER_DEGREE, 1 / PER_DEGREE], translate: [bounds.west, bounds.south] },
    objects: { areas: { type: "GeometryCollection", geometries } },
    arcs: lines.list.map(stepsOf),
  };
}

function boundsOf(shapes: readonly Shape[]) {
  const bounds = { west: 180, south: 90, east: -180, north: -90 };
  for (const { polygons } of shapes) {
    for (const [x, y] of polygons.flat(2)) {
      bounds.west = Math.min(bounds.west, x);
      bounds.south = Math.min(bounds.south, y);
      bounds.east = Math.max(bounds.east, x);
      bounds.north = Math.max(bounds.north, y);
    }
  }
  return bounds.west > bounds.east ? { west: 0, south: 0, east: 0, north: 0 } : bounds;
}

/** Without repeated points, and without the last one that closes it. */
function openRing(ring: readonly Position[]): Ring {
  const points = ring.filter((point, at) => !same(point, ring[at - 1]));
  while (points.length > 1 && same(points[0], points.at(-1))) points.pop();
  return points;
}

const same = (a: Position | undefined, b: Position | undefined) =>
  a !== undefined && b !== undefined && a[0] === b[0] && a[1] === b[1];
const nameOf = ([x, y]: Position) => `${x},${y}`;

/** Points where lines meet: those that do not have the same two neighbours in every ring through them. */
function junctionsOf(rings: readonly Ring[]): Set<string> {
  const neighbours = new Map<string, string>();
  const junctions = new Set<string>();
  for (const ring of rings) {
    for (const [at, point] of ring.entries()) {
      const before = ring.at(at - 1) ?? point;
      const after = ring[(at + 1) % ring.length] ?? point;
      const pair = [nameOf(before), nameOf(after)].sort().join(" ");
      const name = nameOf(point);
      const known = neighbours.get(name);
      if (known === undefined) neighbours.set(name, pair);
      else if (known !== pair) junctions.add(name);
    }
  }
  return junctions;
}

/** Lines between junctions, each once, whichever way it was met first. */
class Lines {
  readonly list: Position[][] = [];
  private readonly known = new Map<string, number>();

  constructor(private readonly junctions: ReadonlySet<string>) {}

  /** Numbers of the lines that make up a ring; -1 - n is line n the other way. */
  along(ring: Ring): number[] {
    const start = ring.findIndex((point) => this.junctions.has(nameOf(point)));
    if (start < 0) return [this.add(closedLoop(ring))];
    const points = [...ring.slice(start), ...ring.slice(0, start + 1)];
    const numbers: number[] = [];
    let line: Position[] = [];
    for (const point of points) {
      line.push(point);
      if (line.length === 1 || !this.junctions.has(nameOf(point))) continue;
      numbers.push(this.add(line));
      line = [point];
    }
    return numbers;
  }

  private add(line: Position[]): number {
    const forward = line.map(nameOf).join(" ");
    const known = this.known.get(forward);
    if (known !== undefined) return known;
    const backward = [...line].reverse().map(nameOf).join(" ");
    const turned = this.known.get(backward);
    if (turned !== undefined) return -1 - turned;
    this.known.set(forward, this.list.length);
    return this.list.push(line) - 1;
  }
}

/** A ring that meets no other line, from its least point on, so that an island and the hole round it are one line. */
function closedLoop(ring: Ring): Position[] {
  let least = 0;
  for (const [at, [x, y]] of ring.entries()) {
    const [leastX, leastY] = ring[least] ?? [x, y];
    if (x < leastX || (x === leastX && y < leastY)) least = at;
  }
  return [...ring.slice(least), ...ring.slice(0, least + 1)];
}

function stepsOf(line: readonly Position[]): [number, number][] {
  return line.map(([x, y], at) => {
    const [beforeX, beforeY] = line[at - 1] ?? [0, 0];
    return [x - beforeX, y - beforeY];
  });
}
