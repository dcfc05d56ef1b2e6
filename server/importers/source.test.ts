/** A file that is not what its name says is told in words, not as a fault of the program. */

import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { Invalid } from "../domain/errors";
import { openSource, readText } from "./source";

async function readAs(name: string, bytes: Uint8Array): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), "source-")), name);
  await writeFile(path, bytes);
  const [entry] = (await openSource(path)).entries;
  if (!entry) throw new Error("The file has no entry");
  return readText(entry);
}

const table = Buffer.from("a,b\n1,2\n");

test("a gzipped file reads as what was packed", async () => {
  expect(await readAs("table.csv.gz", gzipSync(table))).toBe("a,b\n1,2\n");
});

test.each([
  ["not packed at all", table],
  ["cut short", gzipSync(table).subarray(0, 14)],
])("a file named .gz that is %s is refused by name", async (_case, bytes) => {
  await expect(readAs("table.csv.gz", bytes)).rejects.toThrow(Invalid);
  await expect(readAs("table.csv.gz", bytes)).rejects.toThrow(/^table\.csv\.gz cannot be unpacked/);
});
