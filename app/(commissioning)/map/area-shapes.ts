/**
 * Outlines as a map paints them: the lines of a TopoJSON file in web Mercator, each line once, with the areas as
 * rings of lines. Coordinates are of the whole world in 256 units (zoom 0), so that a scale and a shift give pixels.
 */

import type { Topology } from "../../../server/domain/topology";
import { atOnce } from "./slices";

/** West, north, east and south, in units of the world. */
export type Box = [west: number, north: number, east: number, south: number];

export interface AreaShape {
  area: number;
  box: Box;
  /** Rings of its polygons; -1 - n is line n the other way round. */
  rings: readonly (readonly number[])[];
}

export interface Line {
  /** x and y in turn. */
  points: Float64Array;
  box: Box;
  /** Whether it has an area on one side only: the edge of the map. */
  isEdge: boolean;
}

export interface AreaShapes {
  areas: readonly AreaShape[];
  byArea: ReadonlyMap<number, AreaShape>;
  lines: readonly Line[];
  box: Box;
}

const WORLD = 256;
/** Lines or areas that are read between two places to stop: well under a millisecond. */
const LINES_A_STEP = 500;
const NOWHERE: Box = [Infinity, Infinity, -Infinity, -Infinity];

/** A position on the world of 256 units; latitude and longitude in degrees. */
export function worldOf(longitude: number, latitude: number): [x: number, y: number] {
  const sine = Math.sin((latitude * Math.PI) / 180);
  return [
    ((longitude + 180) / 360) * WORLD,
    (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * WORLD,
  ];
}

/** The latitude and longitude of a position on the world, in degrees. */
export function degreesOf(x: number, y: number): [latitude: number, longitude: number] {
  const latitude = (Math.atan(Math.sinh(Math.PI * (1 - (2 * y) / WORLD))) * 180) / Math.PI;
  return [latitude, (x / WORLD) * 360 - 180];
}

/** Reads a TopoJSON file of areas. */
export const shapesOf = (file: Topology): AreaShapes => atOnce(shapeSteps(file));

/** The same, with places to stop at. */
export function* shapeSteps({ arcs, objects, transform }: Topology): Generator<void, AreaShapes> {
  const owners = new Uint8Array(arcs.length);
  const read: { area: number; rings: readonly (readonly number[])[] }[] = [];
  for (const [number, { id, ...geometry }] of objects.areas.geometries.entries()) {
    if (number % LINES_A_STEP === 0) yield;
    const rings = geometry.type === "Polygon" ? geometry.arcs : geometry.arcs.flat();
    for (const ring of rings) for (const at of ring) owners[lineAt(at)] = (owners[lineAt(at)] ?? 0) + 1;
    read.push({ area: id, rings });
  }
  const lines: Line[] = [];
  const room = new Room(arcs.reduce((sum, steps) => sum + 2 * steps.length, 0));
  for (const [at, steps] of arcs.entries()) {
    if (at % LINES_A_STEP === 0) yield;
    const points = pointsOf(room, steps, transform);
    lines.push({ points, box: boxOf(points), isEdge: owners[at] === 1 });
  }
  const areas: AreaShape[] = [];
  for (const [at, { area, rings }] of read.entries()) {
    if (at % LINES_A_STEP === 0) yield;
    const box: Box = [...NOWHERE];
    for (const ring of rings) for (const line of ring) widen(box, lines[lineAt(line)]?.box ?? NOWHERE);
    areas.push({ area, rings, box });
  }
  const box: Box = [...NOWHERE];
  for (const shape of areas) widen(box, shape.box);
  return { areas, byArea: new Map(areas.map((shape) => [shape.area, shape])), lines, box };
}

/** The number of a line, whichever way round a ring has it. */
export const lineAt = (at: number): number => (at < 0 ? -1 - at : at);

/** One piece of memory for the points of many lines: tens of thousands of small ones are a pause when they are cleared. */
class Room {
  private readonly numbers: Float64Array;
  private from = 0;
  private until = 0;

  constructor(most: number) {
    this.numbers = new Float64Array(most);
  }

  add(x: number, y: number): void {
    this.numbers[this.until] = x;
    this.numbers[this.until + 1] = y;
    this.until += 2;
  }

  /** What was added since the line before. */
  line(): Float64Array {
    const line = this.numbers.subarray(this.from, this.until);
    this.from = this.until;
    return line;
  }
}

function pointsOf(
  room: Room,
  steps: Topology["arcs"][number],
  { scale, translate }: Topology["transform"],
): Float64Array {
  let [gridX, gridY] = [0, 0];
  for (const step of steps) {
    gridX += step[0];
    gridY += step[1];
    const [x, y] = worldOf(gridX * scale[0] + translate[0], gridY * scale[1] + translate[1]);
    room.add(x, y);
  }
  return room.line();
}

function boxOf(points: Float64Array): Box {
  let [west, north, east, south] = NOWHERE;
  for (let at = 0; at + 1 < points.length; at += 2) {
    const x = points[at] ?? 0;
    const y = points[at + 1] ?? 0;
    west = Math.min(west, x);
    north = Math.min(north, y);
    east = Math.max(east, x);
    south = Math.max(south, y);
  }
  return [west, north, east, south];
}

/** Makes a box reach round another one too. */
function widen(box: Box, other: Box): void {
  box[0] = Math.min(box[0], other[0]);
  box[1] = Math.min(box[1], other[1]);
  box[2] = Math.max(box[2], other[2]);
  box[3] = Math.max(box[3], other[3]);
}

/** Whether two boxes have anything in common. */
export const overlaps = (a: Box, b: Box): boolean =>
  a[0] <= b[2] && a[2] >= b[0] && a[1] <= b[3] && a[3] >= b[1];

/** The box of several areas; null when none of them is on the map. */
export function boxOfAreas(shapes: AreaShapes, areas: Iterable<number>): Box | null {
  const box: Box = [...NOWHERE];
  for (const area of areas) widen(box, shapes.byArea.get(area)?.box ?? NOWHERE);
  return box[0] > box[2] ? null : box;
}

/** The area that a position of the world lies in; null outside all of them. */
export function areaAt(shapes: AreaShapes, x: number, y: number): number | null {
  const found = shapes.areas.find(
    ({ box, rings }) =>
      x >= box[0] &&
      x <= box[2] &&
      y >= box[1] &&
      y <= box[3] &&
      rings.filter((ring) => crossings(shapes, ring, x, y) % 2 === 1).length % 2 === 1,
  );
  return found?.area ?? null;
}

/** How often a line to the east crosses a ring. */
function crossings({ lines }: AreaShapes, ring: readonly number[], x: number, y: number): number {
  let count = 0;
  for (const at of ring) {
    const points = lines[lineAt(at)]?.points ?? new Float64Array();
    for (let i = 2; i + 1 < points.length; i += 2) {
      const [ax, ay] = [points[i - 2] ?? 0, points[i - 1] ?? 0];
      const [bx, by] = [points[i] ?? 0, points[i + 1] ?? 0];
      if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) count += 1;
    }
  }
  return count;
}

/** Pixels that a point must be from the last one to be drawn. */
const LEAST_STEP = 0.6;

const thinned = new WeakMap<AreaShapes, Map<number, readonly Line[]>>();

/** The lines with no more points than can be seen at a scale (pixels to a unit of the world), with places to stop at. */
export function* lineSteps(shapes: AreaShapes, scale: number): Generator<void, readonly Line[]> {
  // One set for each doubling of the scale.
  const zoom = Math.ceil(Math.log2(scale));
  const known = thinned.get(shapes) ?? new Map<number, readonly Line[]>();
  thinned.set(shapes, known);
  const found = known.get(zoom);
  if (found) return found;
  const least = LEAST_STEP / 2 ** zoom;
  const lines: Line[] = [];
  const room = new Room(shapes.lines.reduce((sum, { points }) => sum + points.length, 0));
  for (const [at, line] of shapes.lines.entries()) {
    if (at % LINES_A_STEP === 0) yield;
    lines.push({ ...line, points: thin(room, line.points, least) });
  }
  known.set(zoom, lines);
  return lines;
}

function thin(room: Room, points: Float64Array, least: number): Float64Array {
  const last = points.length - 2;
  if (last < 4) return points;
  let [x, y] = [Infinity, Infinity];
  for (let at = 0; at <= last; at += 2) {
    const px = points[at] ?? 0;
    const py = points[at + 1] ?? 0;
    if (at !== last && Math.abs(px - x) < least && Math.abs(py - y) < least) continue;
    room.add(px, py);
    x = px;
    y = py;
  }
  return room.line();
}
