/** Sheets as an XLSX workbook. Texts are cells of text, never formulas, whatever they begin with. */

import { unzipSync } from "fflate";
import writeXlsxFile, { type CellObject } from "write-excel-file/node";
import type { Sheet, SheetCell } from "./workbook";
import { packed } from "./zip";

/** The bytes of the workbook. */
export async function xlsxOf(sheets: readonly Sheet[]): Promise<Uint8Array> {
  const workbook = await writeXlsxFile(
    sheets.map(({ name, widths, headed, rows }) => ({
      sheet: name,
      data: rows.map((row) => row.map(cellOf)),
      columns: widths.map((width) => ({ width })),
      ...(headed && { stickyRowsCount: 1 }),
    })),
    { fontFamily: "Arial", fontSize: 11 },
  ).toBuffer();
  // The writer puts the time of day on every part.
  return packed(unzipSync(workbook));
}

function cellOf({ value, bold }: SheetCell): CellObject {
  const look = { alignVertical: "top" as const, ...(bold && { fontWeight: "bold" as const }) };
  if (typeof value === "number") return { value, type: Number, ...look };
  return { value, type: String, wrap: !bold, ...look };
}
