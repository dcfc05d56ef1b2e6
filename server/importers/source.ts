/**
 * Opens a published file as it is: plain, gzipped, or a zip with one or many entries. Gives each entry as a
 * stream of bytes with its path inside, so that nothing has to be unpacked by hand.
 */

import { createReadStream } from "node:fs";
import { access, constants } from "node:fs/promises";
import { basename } from "node:path";
import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { type Entry, open as openZip, type ZipFile } from "yauzl";
import { Invalid } from "../domain/errors";

/** One file to read: the file itself, or an entry of a zip. */
export interface SourceEntry {
  /** Path inside the zip, or the file's own name, without ".gz". */
  name: string;
  open(): Promise<Readable>;
}

export interface Source {
  /** The file's name without directories. */
  name: string;
  entries: readonly SourceEntry[];
  close(): void;
}

const CHUNK_BYTES = 1 << 20;

/** Opens a file. Throws `Invalid` when it is not there or is not a zip that can be read. */
export async function openSource(path: string): Promise<Source> {
  const name = basename(path);
  await access(path, constants.R_OK).catch(() => {
    throw new Invalid(`There is no file ${path} that can be read.`);
  });
  if (/\.zip$/i.test(name)) return openZipSource(path, name);
  const plain = () => createReadStream(path, { highWaterMark: CHUNK_BYTES });
  const open = /\.gz$/i.test(name)
    ? async () => {
        const unzip = createGunzip({ chunkSize: CHUNK_BYTES });
        plain()
          .on("error", (error) => unzip.destroy(error))
          .pipe(unzip);
        return Readable.from(unpacked(unzip, name), { objectMode: false });
      }
    : async () => plain();
  return { name, entries: [{ name: name.replace(/\.gz$/i, ""), open }], close: () => {} };
}

/** The bytes of a stream that unpacks. Throws `Invalid` where the file is damaged, cut short or not packed at all. */
async function* unpacked(stream: Readable, name: string): AsyncGenerator<Uint8Array> {
  try {
    yield* stream;
  } catch (error) {
    const isDamaged = error instanceof Error && "code" in error && `${error.code}`.startsWith("Z_");
    if (!isDamaged) throw error;
    throw new Invalid(
      `${name} cannot be unpacked (${error.message}). Fetch it again, and keep the name it came with.`,
    );
  }
}

async function openZipSource(path: string, name: string): Promise<Source> {
  const zip = await new Promise<ZipFile>((resolve, reject) => {
    openZip(path, { lazyEntries: true, autoClose: false }, (error, opened) => {
      if (opened) resolve(opened);
      else reject(new Invalid(`${name} is not a zip file that can be read (${error?.message}).`));
    });
  });
  const entries = await new Promise<Entry[]>((resolve, reject) => {
    const found: Entry[] = [];
    zip.on("entry", (entry: Entry) => {
      if (!entry.fileName.endsWith("/")) found.push(entry);
      zip.readEntry();
    });
    zip.on("end", () => resolve(found));
    zip.on("error", reject);
    zip.readEntry();
  });
  const open = (entry: Entry) =>
    new Promise<Readable>((resolve, reject) => {
      zip.openReadStream(entry, (error, stream) => {
        if (stream) resolve(stream);
        else reject(new Invalid(`${entry.fileName} in ${name} cannot be read (${error?.message}).`));
      });
    });
  return {
    name,
    entries: entries.map((entry) => ({ name: entry.fileName, open: () => open(entry) })),
    close: () => zip.close(),
  };
}

/** The whole text of an entry, for small files that are not tables. */
export async function readText(entry: SourceEntry): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of await entry.open()) chunks.push(chunk);
  return new TextDecoder("utf-8").decode(Buffer.concat(chunks));
}
