/** Outlines as open data: which there are, and each as GeoJSON or TopoJSON at an address that stays. */

import type { Sql } from "../../db/client";
import { type BoundaryRow, levelInside, type OpenLevel } from "../domain/open-data/tables";
import { type Shape, topologyOf } from "../domain/topology";
import { etagOf, findGeographyVersion, listShapes } from "../outlines";
import { sha256Of } from "../sha256";
import { notPublished, type OpenAnswer } from "./answer";
import { Kept } from "./kept";

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

/** Files made last, by their tag: making one of the nation takes a second. Text takes two bytes a letter at most. */
const kept = new Kept<string>(96 * 2 ** 20, (text) => 2 * text.length);

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
    detail: null,
  };
  const tag = `${etagOf(version, request).replaceAll('"', "")}-${asked.format}-${sha256Of(attribution).slice(0, 8)}`;
  const headers = {
    "Content-Disposition": `inline; filename="${asked.level}-${asked.year}.${asked.format}"`,
  };
  const mediaType = MEDIA[asked.format];
  const write = asked.format === "geojson" ? collectionText : topologyText;
  const text = await kept.get(tag, async () => write(await listShapes(reader, request), attribution));
  return { kind: "text", mediaType, text, tag, headers };
}

const MEDIA: Readonly<Record<OutlineFormat, string>> = {
  geojson: "application/geo+json",
  topojson: "application/json",
};

const topologyText = (shapes: readonly Shape[], attribution: string) =>
  JSON.stringify({ ...topologyOf(shapes), attribution });

/** A GeoJSON feature collection (RFC 7946) with a feature to a line. */
function collectionText(shapes: readonly Shape[], attribution: string): string {
  const features = shapes.map(({ id, properties, polygons }) =>
    JSON.stringify({
      type: "Feature",
      id,
      properties,
      geometry: { type: "MultiPolygon", coordinates: polygons },
    }),
  );
  const head = `"type":"FeatureCollection","attribution":${JSON.stringify(attribution)}`;
  return `{${head},"features":[\n${features.join(",\n")}\n]}\n`;
}
