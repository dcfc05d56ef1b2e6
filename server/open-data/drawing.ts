/**
 * Outlines as paths of one SVG picture, made on the server: a map that needs no script, no tiles and nothing of
 * anybody else. Degrees become points of the picture at the latitude of its middle.
 */

import type { Sql } from "../../db/client";
import type { Level } from "../domain/geography";
import type { Shape } from "../domain/topology";
import { etagOf, findGeographyVersion, listShapes } from "../outlines";
import { Kept } from "./kept";

export interface Drawing {
  width: number;
  height: number;
  shapes: { number: number; code: string; path: string }[];
}

const WIDTH = 640;
const TALLEST = 900;
const EMPTY: Drawing = { width: WIDTH, height: WIDTH, shapes: [] };

const kept = new Kept<Drawing>(32 * 2 ** 20, ({ shapes }) =>
  shapes.reduce((bytes, { path }) => bytes + 2 * path.length, 1),
);

/** The areas of a level in a year as paths; none when the year has no outlines. */
export async function drawnAreas(reader: Sql, financialYear: number, level: Level): Promise<Drawing> {
  const version = await findGeographyVersion(reader, financialYear);
  if (version === null) return EMPTY;
  const request = { level, financialYear, within: null, detail: null };
  const tag = etagOf(version, request);
  return kept.get(tag, async () => draw(await listShapes(reader, request)));
}

function draw(areas: readonly Shape[]): Drawing {
  const outlines = areas.map(({ id, properties, polygons }) => ({
    number: id,
    code: properties["code"] ?? "",
    rings: polygons.flat(),
  }));
  const points = outlines.flatMap(({ rings }) => rings.flat());
  if (points.length === 0) return EMPTY;
  const bounds = { west: 180, south: 90, east: -180, north: -90 };
  for (const [x, y] of points) {
    bounds.west = Math.min(bounds.west, x);
    bounds.east = Math.max(bounds.east, x);
    bounds.south = Math.min(bounds.south, y);
    bounds.north = Math.max(bounds.north, y);
  }
  const narrowing = Math.cos((((bounds.south + bounds.north) / 2) * Math.PI) / 180);
  const across = (bounds.east - bounds.west) * narrowing || 1;
  const up = bounds.north - bounds.south || 1;
  const scale = Math.min(WIDTH / across, TALLEST / up);
  const place = ([x, y]: readonly [number, number]) =>
    `${((x - bounds.west) * narrowing * scale).toFixed(1)} ${((bounds.north - y) * scale).toFixed(1)}`;
  return {
    width: Math.ceil(across * scale),
    height: Math.ceil(up * scale),
    shapes: outlines.map(({ number, code, rings }) => ({
      number,
      code,
      path: rings.map((points) => pathOf(points.map(place))).join(""),
    })),
  };
}

/** A closed line without points that fall on the one before. */
function pathOf(points: readonly string[]): string {
  const apart = points.filter((point, at) => point !== points[at - 1]);
  return apart.length < 3 ? "" : `M${apart.join("L")}Z`;
}
