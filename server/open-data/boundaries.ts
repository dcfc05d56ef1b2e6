/** Outlines as open data: which there are, and each as GeoJSON or TopoJSON at an address that stays. */

import { z } from "zod";
import type { Sql } from "../../db/client";
import { type BoundaryRow, levelInside, type OpenLevel } from "../domain/open-data/tables";
import { type Shape, topologyOf } from "../domain/topology";
import { etagOf, findGeographyVersion, outlinesFile } from "../outlines";
import { notPublished, type OpenAnswer } from "./answer";

export const DRAWN_LEVELS = ["sector", "district", "authority", "region", "nation"] as const;
export type DrawnLevel = (typeof DRAWN_LEVELS)[number];
export const OUTLINE_FORMATS = ["geojson", "topojson"] as const;
export type OutlineFormat = (typeof OUTLINE_FORMATS)[number];

/** The outlines that there are, newest year first. */
export async function boundaryRows(reader: Sql, base: string): Promise<BoundaryRow[]> {
  const rows = await reader<
    {
      year: number;
      sectors: number;
      districts: number;
      authorities: number;
      regions: number;
      nations: number;
    }[]
  >`
    select financial_year as year, count(number)::int as sectors, count(distinct district)::int as districts,
      count(distinct authority)::int as authorities, count(distinct region)::int as regions,
      count(distinct nation)::int as nations
    from reference.release_sector group by financial_year order by financial_year desc`;
  return rows.flatMap(({ year, sectors, districts, authorities, regions, nations }) => {
    const areas: Readonly<Record<DrawnLevel, number>> = {
      sector: sectors,
      district: districts,
      authority: authorities,
      region: regions,
      nation: nations,
    };
    return DRAWN_LEVELS.map((level) => ({
      geography_year: year,
      level,
      areas: areas[level],
      geojson: `${base}/boundaries/${year}/${level}.geojson`,
      topojson: `${base}/boundaries/${year}/${level}.topojson`,
    }));
  });
}

const position = z.tuple([z.number(), z.number()]);
const polygon = z.array(z.array(position));
const collection = z.object({
  features: z.array(
    z.object({
      id: z.number(),
      properties: z.record(z.string(), z.string()),
      geometry: z.discriminatedUnion("type", [
        z.object({ type: z.literal("Polygon"), coordinates: polygon }),
        z.object({ type: z.literal("MultiPolygon"), coordinates: z.array(polygon) }),
      ]),
    }),
  ),
});

/** Topologies made last, by their tag: making one of the nation takes a second. */
const kept = new Map<string, string>();
const MOST_KEPT = 12;

/** Outlines of a level in a year. */
export async function outlinesAnswer(
  reader: Sql,
  asked: { year: number; level: OpenLevel; format: OutlineFormat },
  attribution: string,
): Promise<OpenAnswer> {
  const version = await findGeographyVersion(reader, asked.year);
  if (version === null) throw notPublished();
  const request = {
    level: levelInside(asked.level),
    financialYear: asked.year,
    within: null,
    toleranceMetres: null,
  };
  const tag = `${etagOf(version, request).replaceAll('"', "")}-${asked.format}`;
  const headers = {
    "Content-Disposition": `inline; filename="${asked.level}-${asked.year}.${asked.format}"`,
  };
  const known = kept.get(tag);
  if (known) return { kind: "text", mediaType: MEDIA[asked.format], text: known, tag, headers };
  const { text } = await outlinesFile(reader, version, request);
  const answer = asked.format === "geojson" ? text : topologyText(text, attribution);
  if (asked.format === "topojson") keep(tag, answer);
  return { kind: "text", mediaType: MEDIA[asked.format], text: answer, tag, headers };
}

const MEDIA: Readonly<Record<OutlineFormat, string>> = {
  geojson: "application/geo+json",
  topojson: "application/json",
};

function topologyText(geojson: string, attribution: string): string {
  const shapes = collection.parse(JSON.parse(geojson)).features.map(
    ({ id, properties, geometry }): Shape => ({
      id,
      properties,
      polygons: geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates,
    }),
  );
  return JSON.stringify({ ...topologyOf(shapes), attribution });
}

function keep(tag: string, text: string): void {
  const [oldest] = kept.keys();
  if (kept.size >= MOST_KEPT && oldest !== undefined) kept.delete(oldest);
  kept.set(tag, text);
}
