/**
 * Freezes releases: makes the files of each release that has none, once, and writes their hashes into the audit
 * chain. Bytes are kept by their hash and never touched again; a part that a release did not change is the very part
 * of the release before. Killed anywhere, the next run begins that release's files anew.
 */

import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";
import { z } from "zod";
import type { Sql, Tx } from "../../db/client";
import { attributionLine } from "../attribution";
import { record } from "../audit";
import { anchorForRelease, RELEASE_ANCHOR } from "../audit-anchors";
import { byItselfIn } from "../context";
import { csvLine } from "../domain/csv";
import {
  describeReleaseTable,
  OPEN_LICENCE,
  RELEASE_TABLES,
  type ReleaseTable,
} from "../domain/open-data/csvw";
import { needRows } from "../domain/open-data/menu";
import { columnsOf, TABLES } from "../domain/open-data/tables";
import { findPeriod, periodNumber } from "../domain/period";
import {
  coverageOf,
  figureBlocks,
  periodRow,
  periodsOf,
  releaseAreaRows,
  revisionRows,
} from "./release-tables";
import { tryWriting } from "./writer";

const compress = promisify(gzip);
const expand = promisify(gunzip);

/**
 * Makes the files of every release that has none, oldest first; gives their numbers. `justMade` is the release that
 * has been made in this run: any other gets its files later than its figures, and says so.
 */
export async function freezeReleases(
  stats: Sql,
  { justMade = null, signal }: { justMade?: number | null; signal?: AbortSignal } = {},
): Promise<number[]> {
  const frozen: number[] = [];
  while (!signal?.aborted) {
    const done = await tryWriting(stats, async (tx) => {
      const next = await findUnfrozen(tx);
      if (next) await freezeRelease(tx, next, next.number !== justMade);
      return { number: next?.number ?? null };
    });
    if (!done || done.number === null) break;
    frozen.push(done.number);
  }
  return frozen;
}

interface Unfrozen {
  number: number;
  /** Numbers of the periods of which the release settled or moved open figures; null when it is not known which. */
  changed: ReadonlySet<number> | null;
}

const summarySchema = z.object({ settled: z.array(z.string()), revised: z.array(z.string()) });

async function findUnfrozen(tx: Tx): Promise<Unfrozen | null> {
  const [row] = await tx<{ number: number; summary: unknown }[]>`
    select number, summary from published.release as r
    where not exists (select from published.release_file as f where f.release_no = r.number)
    order by number limit 1`;
  if (!row) return null;
  const summary = summarySchema.safeParse(row.summary);
  if (!summary.success) return { number: row.number, changed: null };
  const texts = [...summary.data.settled, ...summary.data.revised];
  return {
    number: row.number,
    changed: new Set(texts.flatMap((text) => findPeriod(text) ?? []).map(periodNumber)),
  };
}

/** A stretch of a file that is kept, and what it holds. */
interface Part {
  sha256: string;
  rows: number;
  period: number | null;
  level: string | null;
  areaFrom: number | null;
  areaTo: number | null;
}

const FORMATS = ["csv", "json"] as const;
type Format = (typeof FORMATS)[number];
const MEDIA_TYPES: Readonly<Record<Format, string>> = {
  csv: "text/csv; charset=utf-8; header=present",
  json: "application/json",
};

const ABOUT_ANCHOR =
  "The head of the record of use when this release was made: the number of the entry and its hash. It holds nothing about anybody.";

async function freezeRelease(tx: Tx, { number, changed }: Unfrozen, later: boolean): Promise<void> {
  const rights = await attributionLine(tx);
  const parts = await makeParts(tx, number, changed, rights);
  const hashes: Record<string, string> = {};
  for (const name of RELEASE_TABLES) {
    for (const format of FORMATS) {
      const file = { number, name: `${name}.${format}`, mediaType: MEDIA_TYPES[format], later };
      hashes[file.name] = await keepFile(tx, file, parts[name][format]);
    }
    const title = `Common Need, release ${number}: ${TABLES[name].title.toLowerCase()}`;
    const text = `${JSON.stringify(describeReleaseTable(name, { title, rights }), null, 2)}\n`;
    const file = {
      number,
      name: `${name}.csv-metadata.json`,
      mediaType: "application/csvm+json",
      later,
    };
    hashes[file.name] = await keepFile(tx, file, [await keepText(tx, text)]);
  }
  // Whoever keeps a copy of the release keeps proof of the audit as it stood: going back behind it is then found.
  const anchor = await anchorForRelease(tx);
  if (anchor) {
    const text = `${JSON.stringify({ release: number, about: ABOUT_ANCHOR, anchor })}\n`;
    const file = { number, name: RELEASE_ANCHOR, mediaType: MEDIA_TYPES.json, later };
    hashes[RELEASE_ANCHOR] = await keepFile(tx, file, [await keepText(tx, text)]);
  }
  await record(byItselfIn(tx), "release.freeze", {
    subjects: [{ kind: "release", id: String(number) }],
    detail: hashes,
  });
}

type TableParts = Record<Format, Part[]>;

async function makeParts(
  tx: Tx,
  number: number,
  changed: ReadonlySet<number> | null,
  rights: string,
): Promise<Record<ReleaseTable, TableParts>> {
  const periods = await periodsOf(tx, number);
  const wrap = (table: ReleaseTable, bodies: TableParts) => wrapTable(tx, number, table, bodies, rights);
  const figures: TableParts = { csv: [], json: [] };
  const before = changed === null ? null : await partsOfRelease(tx, number - 1);
  for (const settled of periods) {
    const kept = changed?.has(settled.number) ? undefined : before?.get(settled.number);
    if (kept) {
      for (const format of FORMATS) figures[format].push(...kept[format]);
      continue;
    }
    for await (const { rows, ...block } of figureBlocks(tx, number, settled)) {
      const about = { ...block, period: settled.number };
      for (const format of FORMATS) {
        figures[format].push(await keepText(tx, bodyOf("figures", format, rows), rows.length, about));
      }
    }
  }
  const whole = async (table: ReleaseTable, rows: readonly Row[]) => {
    const bodies: TableParts = { csv: [], json: [] };
    if (rows.length > 0) {
      for (const format of FORMATS) {
        bodies[format].push(await keepText(tx, bodyOf(table, format, rows), rows.length));
      }
    }
    return wrap(table, bodies);
  };
  const coverage: Awaited<ReturnType<typeof coverageOf>>[] = [];
  for (const settled of periods) coverage.push(await coverageOf(tx, settled));
  const since = coverage.map((each) => each.since);
  return {
    figures: await wrap("figures", figures),
    revisions: await whole("revisions", await revisionRows(tx, number)),
    coverage: await whole(
      "coverage",
      coverage.flatMap(({ rows }) => rows),
    ),
    areas: await whole("areas", await releaseAreaRows(tx, periods)),
    needs: await whole("needs", needRows()),
    periods: await whole(
      "periods",
      periods.map((settled, at) => periodRow(settled, since[at] ?? null)),
    ),
  };
}

type Row = Readonly<Record<string, string | number | null>>;

/** Rows as they stand in a file: lines of CSV, or objects of JSON without what stands between two stretches. */
function bodyOf(table: ReleaseTable, format: Format, rows: readonly Row[]): string {
  if (format === "json") return rows.map((row) => JSON.stringify(row)).join(",\n");
  const columns = columnsOf(TABLES[table]);
  return rows.map((row) => csvLine(columns.map((column) => row[column] ?? null))).join("");
}

/** Puts a table's head before its rows, and in JSON what stands between them and after. */
async function wrapTable(
  tx: Tx,
  release: number,
  table: ReleaseTable,
  { csv, json }: TableParts,
  attribution: string,
): Promise<TableParts> {
  const about = { release, table, licence: OPEN_LICENCE.url, attribution };
  const head = `${JSON.stringify(about).slice(0, -1)},"rows":[\n`;
  const comma = await keepText(tx, ",\n");
  return {
    csv: [await keepText(tx, csvLine(columnsOf(TABLES[table]))), ...csv],
    json: [
      await keepText(tx, head),
      ...json.flatMap((part, at) => (at === 0 ? [part] : [comma, part])),
      await keepText(tx, "\n]}\n"),
    ],
  };
}

/** The stretches of figures of an earlier release, by period. */
async function partsOfRelease(tx: Tx, number: number): Promise<Map<number, TableParts>> {
  const rows = await tx<(Part & { name: string; period: number })[]>`
    select name, sha256, period, level, area_from, area_to, rows
    from published.release_part
    where release_no = ${number} and name = any(${FORMATS.map((format) => `figures.${format}`)})
      and period is not null
    order by name, position`;
  const byPeriod = new Map<number, TableParts>();
  for (const { name, ...part } of rows) {
    const parts = byPeriod.get(part.period) ?? { csv: [], json: [] };
    byPeriod.set(part.period, parts);
    parts[name === "figures.csv" ? "csv" : "json"].push(part);
  }
  return byPeriod;
}

/** Keeps a text by its hash, unless it is kept. */
async function keepText(
  tx: Tx,
  text: string,
  rows = 0,
  about?: { period: number; level: string; areaFrom: number; areaTo: number },
): Promise<Part> {
  const bytes = Buffer.from(text);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const [known] = await tx`select from published.frozen_bytes where sha256 = ${sha256}`;
  if (!known) {
    await tx`
      insert into published.frozen_bytes (sha256, size, compressed)
      values (${sha256}, ${bytes.length}, ${await compress(bytes)})`;
  }
  const nowhere = { period: null, level: null, areaFrom: null, areaTo: null };
  return { sha256, rows, ...(about ?? nowhere) };
}

/** Writes down what a file is made of; gives the hash of the whole. */
async function keepFile(
  tx: Tx,
  file: { number: number; name: string; mediaType: string; later: boolean },
  parts: readonly Part[],
): Promise<string> {
  await tx`
    insert into published.release_part
      (release_no, name, position, sha256, period, level, area_from, area_to, rows)
    select ${file.number}, ${file.name}, position - 1, sha256, period, level, area_from, area_to, rows
    from unnest(
      ${parts.map((part) => part.sha256)}::text[],
      ${parts.map((part) => part.period)}::smallint[],
      ${parts.map((part) => part.level)}::text[],
      ${parts.map((part) => part.areaFrom)}::int[],
      ${parts.map((part) => part.areaTo)}::int[],
      ${parts.map((part) => part.rows)}::int[]
    ) with ordinality as t (sha256, period, level, area_from, area_to, rows, position)`;
  const whole = createHash("sha256");
  let size = 0;
  const kept = tx<{ compressed: Buffer }[]>`
    select b.compressed
    from published.release_part as p join published.frozen_bytes as b using (sha256)
    where p.release_no = ${file.number} and p.name = ${file.name}
    order by p.position`;
  for await (const rows of kept.cursor(16)) {
    for (const { compressed } of rows) {
      const bytes = await expand(compressed);
      whole.update(bytes);
      size += bytes.length;
    }
  }
  const sha256 = whole.digest("hex");
  const isTable = !file.name.endsWith("-metadata.json") && file.name !== RELEASE_ANCHOR;
  const rows = isTable ? parts.reduce((sum, part) => sum + part.rows, 0) : null;
  await tx`
    insert into published.release_file (release_no, name, media_type, sha256, size, rows, later)
    values (${file.number}, ${file.name}, ${file.mediaType}, ${sha256}, ${size}, ${rows}, ${file.later})`;
  return sha256;
}
