/**
 * Reads the frozen files of releases, byte for byte, over the connection that sees what is published. A file is
 * handed out a stretch at a time, so a large one needs little memory.
 */

import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { z } from "zod";
import type { Db, Sql } from "../../db/client";
import { RELEASE_TABLES } from "../domain/open-data/csvw";
import { type ReleaseRow, type RevisionRow, revisionRow, TABLES } from "../domain/open-data/tables";

const expand = promisify(gunzip);

/** A frozen file of a release. */
export interface ReleaseFile {
  release: number;
  name: string;
  mediaType: string;
  sha256: string;
  /** Length in bytes. */
  size: number;
  /** Rows of a table; null for a description. */
  rows: number | null;
}

type FileRow = Omit<ReleaseFile, "size"> & { size: bigint };
const sized = (row: FileRow): ReleaseFile => ({ ...row, size: Number(row.size) });

/** A file of a release; null when there is none of that name. */
export async function findReleaseFile(
  reader: Sql,
  release: number,
  name: string,
): Promise<ReleaseFile | null> {
  const [row] = await reader<FileRow[]>`
    select release_no as release, name, media_type, sha256, size, rows
    from published.release_file where release_no = ${release} and name = ${name}`;
  return row ? sized(row) : null;
}

/** Files of a release in the order in which its tables are listed. */
export async function listReleaseFiles(reader: Sql, release: number): Promise<ReleaseFile[]> {
  const rows = await reader<FileRow[]>`
    select release_no as release, name, media_type, sha256, size, rows
    from published.release_file where release_no = ${release}`;
  const tables: readonly string[] = RELEASE_TABLES;
  const place = ({ name }: FileRow) => {
    const at = tables.indexOf(name.split(".")[0] ?? "");
    return at < 0 ? tables.length : at;
  };
  return rows.sort((a, b) => place(a) - place(b) || (a.name < b.name ? -1 : 1)).map(sized);
}

/** The bytes of a file, in stretches. */
export async function* readReleaseFile(
  reader: Db,
  { release, name }: Pick<ReleaseFile, "release" | "name">,
): AsyncGenerator<Buffer> {
  const parts = await reader<{ sha256: string }[]>`
    select sha256 from published.release_part
    where release_no = ${release} and name = ${name} order by position`;
  for (const { sha256 } of parts) yield await readFrozen(reader, sha256);
}

/** Bytes by their hash. Throws when they are not kept: nothing that is listed ever goes. */
export async function readFrozen(reader: Db, sha256: string): Promise<Buffer> {
  const [row] = await reader<{ compressed: Buffer }[]>`
    select compressed from published.frozen_bytes where sha256 = ${sha256}`;
  if (!row) throw new Error("Bytes of a release are missing");
  return expand(row.compressed);
}

/** Number of the newest release whose files are frozen; null before the first. */
export async function findLatestRelease(reader: Sql): Promise<number | null> {
  const [row] = await reader<{ number: number | null }[]>`
    select max(release_no) as number from published.release_file`;
  return row?.number ?? null;
}

const summarySchema = z.object({
  settled: z.array(z.string()).default([]),
  revised: z.array(z.string()).default([]),
});

/** Releases whose files are frozen, newest first. */
export async function listReleases(reader: Sql): Promise<ReleaseRow[]> {
  const rows = await reader<
    {
      number: number;
      madeOn: string;
      summary: unknown;
      revisions: number;
      frozenAt: Date;
      later: boolean;
      sha256: string;
    }[]
  >`
    select r.number, r.made_on, r.summary, v.rows as revisions, f.frozen_at, f.later, f.sha256
    from published.release as r
    join published.release_file as f on f.release_no = r.number and f.name = ${`${TABLES.figures.name}.csv`}
    join published.release_file as v on v.release_no = r.number and v.name = ${`${TABLES.revisions.name}.csv`}
    order by r.number desc`;
  return rows.map((row) => {
    const { settled, revised } = summarySchema.parse(row.summary);
    return {
      release: row.number,
      made_on: row.madeOn,
      settled: settled.join(" ") || null,
      revised: revised.join(" ") || null,
      revisions: row.revisions,
      frozen_on: row.frozenAt.toISOString().slice(0, 10),
      frozen_later: row.later,
      figures_sha256: row.sha256,
    };
  });
}

const revisionsFile = z.object({ rows: z.array(revisionRow) });

/** The revisions of a release, from its own frozen file. */
export async function readRevisions(reader: Sql, release: number): Promise<RevisionRow[]> {
  const chunks: Buffer[] = [];
  for await (const chunk of readReleaseFile(reader, { release, name: "revisions.json" })) chunks.push(chunk);
  return revisionsFile.parse(JSON.parse(Buffer.concat(chunks).toString("utf8"))).rows;
}
