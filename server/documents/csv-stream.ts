/**
 * A CSV file that is written while it is read: rows come in batches, go out as bytes, and are forgotten. However many
 * there are, no more than a batch is held; the next is asked for when the reader has taken the last.
 */

import { type CsvValue, csvLine } from "../domain/csv";

/** The bytes of a file with these columns, a stretch for each batch of rows. */
export async function* csvStretches(
  columns: readonly string[],
  batches: AsyncIterable<readonly (readonly CsvValue[])[]>,
): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  yield encoder.encode(`\uFEFF${csvLine(columns)}`);
  for await (const rows of batches) {
    if (rows.length > 0) yield encoder.encode(rows.map(csvLine).join(""));
  }
}
