/**
 * Names of authorities, wards, regions and nations: name-and-code lists, lookups with pairs such as LAD24CD and
 * LAD24NM, and the properties of a GeoJSON of boundaries (its shapes are not used: ours come from postcodes).
 */

import { Readable } from "node:stream";
import Papa from "papaparse";
import { z } from "zod";
import { Invalid } from "../domain/errors";
import { placeCode } from "../domain/geography";
import { findNamePairs, headerOf, requireColumn } from "./layout";
import { csvEntries, type Load } from "./load";
import { PlaceNames } from "./names";
import { readText, type SourceEntry } from "./source";

/** Starts the load of one list of names. */
export function areas(): Load {
  const names = new PlaceNames();
  return {
    staging: "code text",
    accepts: (entries) =>
      entries.some(isGeoJson) ? entries.filter(isGeoJson).map(asCsv) : csvEntries(entries),
    begin(first) {
      const header = headerOf(first.cells);
      const pairs = findNamePairs(header);
      requireColumn(
        pairs[0]?.code ?? -1,
        "codes with their names",
        "LAD24CD and LAD24NM or the like",
        header,
      );
      const readNames = names.reader(header);
      return {
        table: {
          width: first.cells.length,
          stage({ cells, line }) {
            const named = pairs.find((pair) => placeCode(cells[pair.code]) && cells[pair.name]?.trim());
            if (!named) {
              const remedy =
                "Give each row a code and a name; pseudo codes such as E99999999 are not places.";
              return {
                line,
                column: header[pairs[0]?.code ?? 0] ?? "",
                reason: "no code or no name",
                remedy,
              };
            }
            readNames(cells);
            return [cells[named.code] ?? ""];
          },
        },
      };
    },
    async merge(tx) {
      const [staged] = await tx<{ rows: number }[]>`select count(*)::int as rows from staging`;
      return { loaded: Math.min(staged?.rows ?? 0, await names.store(tx)), edition: null };
    },
  };
}

const isGeoJson = (entry: SourceEntry) => /\.(?:geo)?json$/i.test(entry.name);

const featureCollection = z.object({
  features: z.array(z.object({ properties: z.record(z.string(), z.unknown()) })),
});

/** The properties of a GeoJSON's features as a table, so that they are checked like any other rows. */
function asCsv(entry: SourceEntry): SourceEntry {
  return {
    name: entry.name,
    async open() {
      const parsed = featureCollection.safeParse(parseJson(await readText(entry), entry.name));
      if (!parsed.success) throw new Invalid(`${entry.name} is not a GeoJSON feature collection.`);
      const properties = parsed.data.features.map((feature) => feature.properties);
      return Readable.from([Buffer.from(`${Papa.unparse(properties, { newline: "\n" })}\n`)]);
    },
  };
}

function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Invalid(`${name} is not JSON that can be read.`);
  }
}
