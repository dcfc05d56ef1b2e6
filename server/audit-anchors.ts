/**
 * Anchors: copies of the head of the audit's chain in places that whoever changes the database does not reach. Every
 * hour a line in a file, after every round of sealing the newest head in another; both in DATA_DIR and, where it is
 * set, in AUDIT_ANCHOR_DIR, which belongs on another machine. Open-data releases carry one each (freeze.ts). Each
 * shows by a keyed hash that it was written here.
 */

import { createHmac } from "node:crypto";
import { appendFile, mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { z } from "zod";
import type { Db, Sql } from "../db/client";
import { env } from "./env";
import { key } from "./keys";
import { readReleaseFile } from "./open-data/release-files";

const ANCHOR_EVERY = "1 hour";
const ANCHOR_FILE = "audit-anchors.jsonl";
const HEAD_FILE = "audit-head.json";
/** The file of an open-data release that holds its anchor. */
export const RELEASE_ANCHOR = "audit-anchor.json";

/** Where anchors are kept outside the database: the installation's own directory, and the one elsewhere. */
export function anchorPlaces(dataDir: string, elsewhere = env().AUDIT_ANCHOR_DIR): string[] {
  return [...new Set([resolve(dataDir), ...(elsewhere === undefined ? [] : [resolve(elsewhere)])])];
}

const anchorLine = z.object({
  number: z.string().regex(/^\d{1,18}$/),
  hash: z.hex().length(64),
  at: z.string(),
  proof: z.hex(),
});
/** A copy of the head: the number of the seal, its hash, when it was copied, and the proof that it was here. */
export type AnchorLine = z.infer<typeof anchorLine>;

const proofOf = (number: string, hash: string) =>
  createHmac("sha256", key("audit-seal")).update(`${number}|${hash}`).digest("hex");

interface Head {
  number: bigint;
  hash: Buffer;
  at: Date;
}

function lineOf({ number, hash, at }: Head): AnchorLine {
  const [text, hex] = [String(number), hash.toString("hex")];
  return { number: text, hash: hex, at: at.toISOString(), proof: proofOf(text, hex) };
}

async function findHead(db: Db): Promise<Head | null> {
  const [head] = await db<Head[]>`
    select number, hash, clock_timestamp() as at from governance.audit_seal order by number desc limit 1`;
  return head ?? null;
}

/** The head as an open-data release carries it; null before the first seal. */
export async function anchorForRelease(db: Db): Promise<AnchorLine | null> {
  const head = await findHead(db);
  return head && lineOf(head);
}

/**
 * Anchors the head when it has moved and the last anchor is an hour old, and keeps the newest head. Gives back the
 * number it anchored. Where a place cannot be written to, nothing counts as anchored, and the next round tries again.
 */
export async function anchorHead(stats: Sql, places: readonly string[]): Promise<bigint | null> {
  const anchored = await stats.begin(async (tx) => {
    const [anchor] = await tx<Head[]>`
      insert into governance.audit_anchor (seal_number, hash)
      select number, hash from governance.audit_seal
      where not exists (
        select from governance.audit_anchor where anchored_at > now() - ${ANCHOR_EVERY}::interval)
      order by number desc limit 1
      on conflict do nothing
      returning seal_number as number, hash, anchored_at as at`;
    if (!anchor) return null;
    const line = `${JSON.stringify(lineOf(anchor))}\n`;
    for (const place of places) {
      await mkdir(place, { recursive: true });
      await appendFile(join(place, ANCHOR_FILE), line, { mode: 0o600, flush: true });
    }
    return anchor.number;
  });
  await keepHead(stats, places);
  return anchored;
}

/**
 * Writes the newest head over the one before, in each place. A head that the chain no longer holds is left as it is:
 * it is what shows that the chain was cut short, or made anew.
 */
export async function keepHead(stats: Sql, places: readonly string[]): Promise<void> {
  const head = await findHead(stats);
  if (!head) return;
  for (const place of places) {
    const file = join(place, HEAD_FILE);
    const before = await readText(file);
    if (before !== null && !(await isOvertaken(stats, before, head.number))) continue;
    await mkdir(place, { recursive: true });
    const draft = `${file}.draft`;
    await writeFile(draft, `${JSON.stringify(lineOf(head))}\n`, { mode: 0o600, flush: true });
    await rename(draft, file);
  }
}

/** Whether a head that was kept is one that the chain has gone on from. */
async function isOvertaken(stats: Sql, text: string, newest: bigint): Promise<boolean> {
  const line = parseLine(text);
  if (!line || proofOf(line.number, line.hash) !== line.proof || BigInt(line.number) >= newest) return false;
  const [seal] = await stats<{ hash: Buffer }[]>`
    select hash from governance.audit_seal where number = ${line.number}::bigint`;
  return seal?.hash.toString("hex") === line.hash;
}

/** An anchor that was read back. */
export interface Anchor {
  number: bigint;
  hash: Buffer;
  at: Date;
  /** Where it was found, in words. */
  where: string;
}

export interface ReadAnchors {
  /** By number. */
  list: Anchor[];
  /** What does not show that it was written here, or cannot be read, and where. */
  forged: { number: bigint | null; where: string }[];
  /** Places outside the database that hold none though the database does: new, or emptied. */
  emptyPlaces: string[];
}

/** Every anchor there is: in the database, in these places, in releases and in files given by hand. */
export async function readAnchors(
  stats: Db,
  places: readonly string[],
  given: readonly string[] = [],
): Promise<ReadAnchors> {
  const rows = await stats<Omit<Anchor, "where">[]>`
    select seal_number as number, hash, anchored_at as at from governance.audit_anchor`;
  const read: ReadAnchors = {
    list: rows.map((row) => ({ ...row, where: "the database" })),
    forged: [],
    emptyPlaces: [],
  };
  for (const place of places) {
    const before = read.list.length + read.forged.length;
    for (const name of [ANCHOR_FILE, HEAD_FILE]) {
      takeLines(read, await readText(join(place, name)), join(place, name));
    }
    if (rows.length > 0 && read.list.length + read.forged.length === before) read.emptyPlaces.push(place);
  }
  for (const { release, text } of await releaseAnchors(stats)) {
    takeLines(read, text, `open-data release ${release}`);
  }
  for (const file of given) takeLines(read, await readFile(file, "utf8"), file);
  read.list.sort((a, b) => (a.number < b.number ? -1 : a.number > b.number ? 1 : 0));
  return read;
}

/** Reads an anchor a line; a file of a release is one anchor on one line. */
function takeLines(read: ReadAnchors, text: string | null, where: string): void {
  for (const written of (text ?? "").split("\n").filter((line) => line.trim() !== "")) {
    const line = parseLine(written);
    if (line && proofOf(line.number, line.hash) === line.proof) {
      const { number, hash, at } = line;
      read.list.push({ number: BigInt(number), hash: Buffer.from(hash, "hex"), at: new Date(at), where });
    } else read.forged.push({ number: line ? BigInt(line.number) : null, where });
  }
}

/** A line as an anchor, also where it stands in the file of a release. Null when it is none. */
function parseLine(text: string): AnchorLine | null {
  try {
    const value: unknown = JSON.parse(text);
    const inner = z.object({ anchor: z.unknown() }).safeParse(value);
    return anchorLine.safeParse(inner.success ? inner.data.anchor : value).data ?? null;
  } catch {
    return null;
  }
}

async function releaseAnchors(stats: Db): Promise<{ release: number; text: string }[]> {
  const releases = await stats<{ release: number }[]>`
    select release_no as release from published.release_file where name = ${RELEASE_ANCHOR} order by release_no`;
  const found: { release: number; text: string }[] = [];
  for (const { release } of releases) {
    const chunks: Buffer[] = [];
    for await (const chunk of readReleaseFile(stats, { release, name: RELEASE_ANCHOR })) chunks.push(chunk);
    found.push({ release, text: Buffer.concat(chunks).toString("utf8") });
  }
  return found;
}

/**
 * Puts the files of every place aside under a name that says when, so that what a restore took away no longer
 * contradicts the chain; nothing is deleted. Gives back where they lie now.
 */
export async function putAnchorsAside(places: readonly string[], at: Date): Promise<string[]> {
  const moved: string[] = [];
  for (const place of places) {
    for (const name of [ANCHOR_FILE, HEAD_FILE]) {
      const aside = join(place, `until-${at.toISOString().replaceAll(":", "-")}-${name}`);
      if ((await readText(join(place, name))) === null) continue;
      await rename(join(place, name), aside);
      moved.push(aside);
    }
  }
  return moved;
}

const readText = async (file: string): Promise<string | null> => {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
};
