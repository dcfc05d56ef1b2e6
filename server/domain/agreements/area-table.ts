/** The figures that an agreement opens as a file: a column for each field of its cell, and no other. */

import { type CsvValue, csvFile } from "../csv";
import { fieldsOf, type SharedField } from "./grid";
import type { SharedArea, SharedAreas } from "./paperwork";

/** The columns that a field of the cell stands for in the file. */
const COLUMNS: Partial<Record<SharedField, readonly string[]>> = {
  place: ["code", "name"],
  presence: ["has a figure"],
  colour: ["colour"],
  figures: ["period", "need", "people"],
  // The same columns, with a line for every settled period.
  series: [],
};

/** Names of the columns by the cell. */
export function areaColumns({ level, detail }: Pick<SharedAreas, "level" | "detail">): string[] {
  return fieldsOf(level, detail).flatMap((field) => COLUMNS[field] ?? []);
}

/** The file. An area without a figure has one line with nothing in it, which means fewer than 10 and never none. */
export function areaFile(shared: SharedAreas): string {
  return csvFile(
    areaColumns(shared),
    shared.areas.flatMap((area) => linesOf(area, shared.period)),
  );
}

function linesOf(area: SharedArea, period: string | null): CsvValue[][] {
  const start: CsvValue[] = [
    area.place.code,
    area.place.name,
    ...(area.presence === undefined ? [] : [area.presence ? "yes" : "no"]),
    ...(area.colour === undefined ? [] : [area.colour]),
  ];
  if (area.figures === undefined) return [start];
  const lines = area.series ?? area.figures.map((line) => ({ period: period ?? "", ...line }));
  if (lines.length === 0) return [[...start, null, null, null]];
  return lines.map((line) => [...start, line.period, line.need, line.figure]);
}
