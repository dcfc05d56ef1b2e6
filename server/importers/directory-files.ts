/** Reads the files of a directory: .json, .json.gz, or a .zip of them. Files larger than any directory are refused. */

import { Invalid } from "../domain/errors";
import type { DirectoryDocument } from "./directory-documents";
import { openSource, type SourceEntry } from "./source";

/** A county's whole directory in full is some 50 MB. */
const MOST_BYTES = 400_000_000;

/** The documents of some files, in order. Throws Invalid where one cannot be read. */
export async function* documentsIn(
  paths: readonly string[],
  mostBytes = MOST_BYTES,
): AsyncGenerator<DirectoryDocument> {
  const left = { bytes: mostBytes };
  for (const path of paths) {
    const source = await openSource(path);
    try {
      const entries = source.entries.filter(
        ({ name }) => /\.json$/i.test(name) && !/(?:^|\/)[._]/.test(name),
      );
      if (entries.length === 0) {
        throw new Invalid(`${source.name} holds no JSON. Give files that end in .json, .json.gz or .zip.`);
      }
      for (const entry of entries) {
        const name = source.entries.length === 1 ? source.name : `${source.name}: ${entry.name}`;
        yield { name, body: parseJson(await readWithin(entry, left, name), name) };
      }
    } finally {
      source.close();
    }
  }
}

async function readWithin(entry: SourceEntry, left: { bytes: number }, name: string): Promise<string> {
  const chunks: Uint8Array[] = [];
  const stream = await entry.open();
  for await (const chunk of stream) {
    left.bytes -= chunk.length;
    if (left.bytes < 0) {
      stream.destroy();
      throw new Invalid(`${name} is larger, unpacked, than a directory can be. Load it in parts.`);
    }
    chunks.push(chunk);
  }
  return new TextDecoder("utf-8").decode(Buffer.concat(chunks));
}

/** The value of a JSON text. Throws Invalid, with where it breaks off, for anything else. */
export function parseJson(text: string, name: string): unknown {
  if (text.trim() === "") throw new Invalid(`${name} is empty.`);
  try {
    return JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message.slice(0, 160) : "";
    throw new Invalid(`${name} is not JSON that can be read (${why}). Fetch it again.`);
  }
}
