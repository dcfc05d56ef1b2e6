/**
 * Files of CSV that a command leaves for its operator. They say who is known, so whoever runs the command may read
 * them and nobody else, also when a file of that name was there with other rights.
 */

import { open } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { type CsvValue, csvLine } from "./domain/csv";
import { Invalid } from "./domain/errors";

const FOR_ITS_OWNER = 0o600;

/**
 * Writes a file of any length, in the place of one that is there. Throws Invalid, with the path, when it cannot be
 * written or cannot be kept from others.
 */
export async function writeCsvFile(
  path: string,
  columns: readonly string[],
  rows: Iterable<readonly CsvValue[]>,
): Promise<void> {
  function* lines() {
    yield csvLine(columns);
    for (const row of rows) yield csvLine(row);
  }
  try {
    const file = await open(path, "w", FOR_ITS_OWNER);
    try {
      // The mode above is for a file that is new. A device, such as the terminal, keeps its own.
      if ((await file.stat()).isFile()) await file.chmod(FOR_ITS_OWNER);
      await pipeline(Readable.from(lines()), file.createWriteStream());
    } finally {
      await file.close();
    }
  } catch (error) {
    if (!(error instanceof Error && "syscall" in error)) throw error;
    const why = "code" in error ? ` (${error.code})` : "";
    throw new Invalid(`${path} cannot be written${why}. Name a file in a folder of your own.`);
  }
}
