/**
 * Outlines of areas as TopoJSON, for maps: one level of one year's geography at once, as a text that is made once
 * and kept. Nothing here is about a person; anybody may read it.
 */

import { z } from "zod";
import type { Db } from "../db/client";
import type { Level } from "./domain/geography";
import { DETAILS, type Detail, hasDetails, inDetail, MANY_AREAS } from "./domain/outline-detail";
import { TOLERANCES_METRES } from "./domain/outlines";
import { type Shape, topologyOf } from "./domain/topology";

export interface OutlinesRequest {
  level: Level;
  financialYear: number;
  /** Number of a coarser area, of which only the parts are wanted; null for the whole map. */
  within: number | null;
  /** Null: as close as there is. A level of few areas has one detail, whichever is asked for. */
  detail: Detail | null;
}

export interface OutlinesFile {
  /** Changes exactly when the text does. */
  etag: string;
  /** A TopoJSON file; each geometry's id is the area's number. The web server compresses it. */
  text: string;
}

/** A few maps are asked for again and again. */
const KEPT_FILES = 24;
const kept = new Map<string, OutlinesFile>();
/** Files on their way, so that those who ask meanwhile wait for the same one. */
const making = new Map<string, Promise<void>>();

/** The version of a year's geography; null when it has not been built. */
export async function findGeographyVersion(db: Db, financialYear: number): Promise<string | null> {
  const [row] = await db<{ version: string }[]>`
    select version from reference.geography where financial_year = ${financialYear}`;
  return row?.version ?? null;
}

/** The tag of an answer before the answer is made, so that a map that has it already costs one short query. */
export function etagOf(version: string, request: OutlinesRequest): string {
  const { level, financialYear, within, detail } = request;
  return `"${[version, financialYear, level, within ?? "all", detail ?? "auto"].join("-")}"`;
}

/** The outlines asked for. */
export async function outlinesFile(db: Db, version: string, request: OutlinesRequest): Promise<OutlinesFile> {
  const wanted = { ...request, detail: request.detail ?? "close" };
  const etag = etagOf(version, wanted);
  if (!kept.has(etag)) await makeOnce(db, version, wanted);
  const file = kept.get(etag);
  if (!file) throw new Error("Outlines were not kept");
  return { ...file, etag: etagOf(version, request) };
}

/** All details of a level are made at once: reading and joining the lines is most of the work. */
async function makeOnce(db: Db, version: string, request: OutlinesRequest): Promise<void> {
  const whole = etagOf(version, { ...request, detail: null });
  const underWay = making.get(whole);
  if (underWay) return underWay;
  const made = makeDetails(db, version, request).finally(() => making.delete(whole));
  making.set(whole, made);
  return made;
}

async function makeDetails(db: Db, version: string, request: OutlinesRequest): Promise<void> {
  const shapes = await listShapes(db, request);
  const close = topologyOf(shapes);
  const text = JSON.stringify(close);
  for (const detail of DETAILS) {
    const etag = etagOf(version, { ...request, detail });
    const isCoarser = detail !== "close" && hasDetails(shapes.length);
    const [oldest] = kept.keys();
    if (kept.size >= KEPT_FILES && oldest !== undefined) kept.delete(oldest);
    kept.set(etag, { etag, text: isCoarser ? JSON.stringify(inDetail(close, detail)) : text });
  }
}

const MEMBER_COLUMN: Readonly<Record<Level, string>> = {
  sector: "number",
  district: "district",
  lad: "authority",
  region: "region",
  nation: "nation",
};

/** Tolerances, in metres, of the stored lines: for a county, and for a nation. */
const [FINE, COARSE] = TOLERANCES_METRES;

/** Outlines of the areas asked for as closely as a map of so many shows them, by number. */
export async function listShapes(
  db: Db,
  request: Pick<OutlinesRequest, "level" | "financialYear" | "within">,
): Promise<Shape[]> {
  const { level, financialYear, within } = request;
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
    where b.tolerance_metres =
      case when (select count(*) from wanted) >= ${MANY_AREAS} then ${COARSE}::int else ${FINE}::int end
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
