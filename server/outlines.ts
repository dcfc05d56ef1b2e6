/**
 * Outlines of areas as TopoJSON, for maps: one level of one year's geography at once, as a text that is made once
 * and kept. Nothing here is about a person; anybody may read it.
 */

import { z } from "zod";
import type { Db } from "../db/client";
import type { Level } from "./domain/geography";
import type { TOLERANCES_METRES } from "./domain/outlines";
import { type Shape, topologyOf } from "./domain/topology";

export type Tolerance = (typeof TOLERANCES_METRES)[number];

export interface OutlinesRequest {
  level: Level;
  financialYear: number;
  /** Number of a coarser area, of which only the parts are wanted; null for the whole map. */
  within: number | null;
  /** Null lets the number of areas decide: finer for a county, coarser for a nation. */
  toleranceMetres: Tolerance | null;
}

export interface OutlinesFile {
  /** Changes exactly when the text does. */
  etag: string;
  /** A TopoJSON file; each geometry's id is the area's number. The web server compresses it. */
  text: string;
}

/** From this many areas on the coarser lines are drawn: nobody sees the finer ones at that scale. */
const MANY_AREAS = 1_500;
/** A few maps are asked for again and again. */
const KEPT_FILES = 24;
const kept = new Map<string, OutlinesFile>();

/** The version of a year's geography; null when it has not been built. */
export async function findGeographyVersion(db: Db, financialYear: number): Promise<string | null> {
  const [row] = await db<{ version: string }[]>`
    select version from reference.geography where financial_year = ${financialYear}`;
  return row?.version ?? null;
}

/** The tag of an answer before the answer is made, so that a map that has it already costs one short query. */
export function etagOf(version: string, request: OutlinesRequest): string {
  const { level, financialYear, within, toleranceMetres } = request;
  return `"${[version, financialYear, level, within ?? "all", toleranceMetres ?? "auto"].join("-")}"`;
}

/** The outlines asked for. */
export async function outlinesFile(db: Db, version: string, request: OutlinesRequest): Promise<OutlinesFile> {
  const etag = etagOf(version, request);
  const before = kept.get(etag);
  if (before) return before;
  const file = { etag, text: JSON.stringify(topologyOf(await listShapes(db, request))) };
  const [oldest] = kept.keys();
  if (kept.size >= KEPT_FILES && oldest !== undefined) kept.delete(oldest);
  kept.set(etag, file);
  return file;
}

const MEMBER_COLUMN: Readonly<Record<Level, string>> = {
  sector: "number",
  district: "district",
  lad: "authority",
  region: "region",
  nation: "nation",
};

/** Outlines of the areas asked for, by number. */
export async function listShapes(db: Db, request: OutlinesRequest): Promise<Shape[]> {
  const { level, financialYear, within, toleranceMetres } = request;
  const member = db(MEMBER_COLUMN[level]);
  const rows = await db<{ number: number; code: string; name: string; geometry: unknown }[]>`
    with wanted as (
      select distinct r.${member} as number from reference.release_sector as r
      where r.financial_year = ${financialYear} and r.${member} is not null
        and (${within}::int is null
             or ${within}::int in (r.number, r.district, r.authority, r.region, r.nation))
    )
    select a.number, a.code, a.name, b.geometry
    from wanted join reference.area as a using (number)
    join reference.boundary as b on b.financial_year = ${financialYear} and b.area = a.number
    where b.tolerance_metres = coalesce(${toleranceMetres}::int,
      case when (select count(*) from wanted) >= ${MANY_AREAS} then 100 else 25 end)
    order by a.number`;
  return rows.map(({ number, code, name, geometry }) => ({
    id: number,
    properties: { code, name },
    polygons: storedGeometry.parse(geometry).coordinates,
  }));
}

const position = z.tuple([z.number(), z.number()]);
/** Outlines are stored as multi-polygons, each a list of rings. */
const storedGeometry = z.object({
  type: z.literal("MultiPolygon"),
  coordinates: z.array(z.array(z.array(position))),
});
