/**
 * The addresses of open data: one table from which requests are answered and the OpenAPI document is made, so the
 * document cannot say other than what happens.
 */

import { z } from "zod";
import { attributionLine } from "../attribution";
import { OPEN_LICENCE } from "../domain/open-data/csvw";
import { needRows } from "../domain/open-data/menu";
import { TABLES, type TableName } from "../domain/open-data/tables";
import { areaRowsOf } from "../figures/area-rows";
import { findNewestAreas, findPublishedAreas } from "../figures/published-areas";
import { notPublished, type OpenAnswer, Problem } from "./answer";
import { boundaryRows, DRAWN_LEVELS, OUTLINE_FORMATS, outlinesAnswer } from "./boundaries";
import { catalogue } from "./catalogue";
import { pickFigures } from "./frozen-figures";
import { openApiDocument } from "./openapi";
import { names, readQuery } from "./query";
import {
  findLatestRelease,
  findReleaseFile,
  listReleaseFiles,
  listReleases,
  readReleaseFile,
} from "./release-files";
import { jsonAnswer, OPEN_BASE, type OpenAsked, type OpenCtx, tableAnswer } from "./table-answer";

export interface OpenRoute {
  /** Below the base; a part in braces stands for any value that its pattern allows. */
  path: string;
  id: string;
  summary: string;
  description: string;
  params: Readonly<Record<string, { pattern: RegExp; description: string; example: string }>>;
  query: z.ZodObject;
  /** What comes back. A table is there as CSV and JSON, with a description beside it. */
  gives: { table: TableName } | { mediaTypes: readonly string[]; schema?: z.ZodType };
  answer: (ctx: OpenCtx, asked: OpenAsked) => Promise<OpenAnswer>;
}

const nothing = z.object({});
const release = {
  pattern: /[1-9][0-9]{0,6}|latest/,
  description: "Number of a release. `latest` leads to the newest one.",
  example: "latest",
};

const figuresQuery = z.object({
  release: names.release,
  period: names.periods,
  level: names.levels,
  area: names.areas,
  need: names.needs,
  slice: names.slices,
  limit: names.limit,
  cursor: names.cursor,
});
const areasQuery = z.object({
  year: names.year,
  level: names.levels,
  area: names.areas,
  limit: names.limit,
  cursor: names.cursor,
});

export const ROUTES: readonly OpenRoute[] = [
  {
    path: "",
    id: "start",
    summary: "Where to begin",
    description: "What there is, and where.",
    params: {},
    query: nothing,
    gives: { mediaTypes: ["application/json"] },
    answer: async (ctx, { query }) => {
      readQuery(nothing, query);
      return jsonAnswer(await startOf(ctx));
    },
  },
  {
    path: "/figures",
    id: "figures",
    summary: "Figures of a release",
    description:
      "People who brought a need, by area and period. Only what is settled and frozen in a release. Every cell of the menu has a row; an empty one says why in its status.",
    params: {},
    query: figuresQuery,
    gives: { table: "figures" },
    answer: answerFigures,
  },
  {
    path: "/areas",
    id: "areas",
    summary: "Areas",
    description: "The areas of a year, and what lies in what.",
    params: {},
    query: areasQuery,
    gives: { table: "areas" },
    answer: answerAreas,
  },
  {
    path: "/needs",
    id: "needs",
    summary: "Needs",
    description: "The shared list of needs: any need, domains, needs.",
    params: {},
    query: nothing,
    gives: { table: "needs" },
    answer: async (ctx, asked) => {
      readQuery(nothing, asked.query);
      return tableAnswer(ctx, asked, { table: TABLES.needs, rows: needRows() });
    },
  },
  {
    path: "/releases",
    id: "releases",
    summary: "Releases",
    description: "Every release, newest first.",
    params: {},
    query: nothing,
    gives: { table: "releases" },
    answer: async (ctx, asked) => {
      readQuery(nothing, asked.query);
      return tableAnswer(ctx, asked, { table: TABLES.releases, rows: await listReleases(ctx.reader) });
    },
  },
  {
    path: "/releases/{release}",
    id: "release",
    summary: "One release",
    description: "What a release settled and revised, and its files with their hashes.",
    params: { release },
    query: nothing,
    gives: { mediaTypes: ["application/json"] },
    answer: answerRelease,
  },
  {
    path: "/releases/{release}/{file}",
    id: "releaseFile",
    summary: "A file of a release",
    description:
      "The frozen bytes of a file: the whole table as CSV or JSON, or its description as CSVW; and `audit-anchor.json`, the head of the audit chain when the release was made. They never change; their SHA-256 is in the release and in the audit chain.",
    params: {
      release,
      file: {
        pattern:
          /(?:(?:figures|revisions|coverage|areas|needs|periods)\.(?:csv|json|csv-metadata\.json)|audit-anchor\.json)/,
        description: "Name of the file, such as `figures.csv` or `figures.csv-metadata.json`.",
        example: "figures.csv",
      },
    },
    query: nothing,
    gives: { mediaTypes: ["text/csv", "application/json", "application/csvm+json"] },
    answer: answerReleaseFile,
  },
  {
    path: "/boundaries",
    id: "boundaries",
    summary: "Boundaries",
    description: "Which outlines there are, by year and level.",
    params: {},
    query: nothing,
    gives: { table: "boundaries" },
    answer: async (ctx, asked) => {
      readQuery(nothing, asked.query);
      const rows = await boundaryRows(ctx.reader, OPEN_BASE);
      return tableAnswer(ctx, asked, { table: TABLES.boundaries, rows });
    },
  },
  {
    path: "/boundaries/{year}/{outlines}",
    id: "outlines",
    summary: "Outlines of a level",
    description:
      "Approximate outlines, derived from postcodes, in WGS 84. The id of a feature is the area's number.",
    params: {
      year: { pattern: /2[0-9]{3}/, description: "Year from whose April the areas hold.", example: "2026" },
      outlines: {
        pattern: new RegExp(`(?:${DRAWN_LEVELS.join("|")})\\.(?:${OUTLINE_FORMATS.join("|")})`),
        description: "Level and format: `district.geojson`, `sector.topojson`.",
        example: "district.topojson",
      },
    },
    query: nothing,
    gives: { mediaTypes: ["application/geo+json", "application/json"] },
    answer: answerOutlines,
  },
  {
    path: "/openapi.json",
    id: "openapi",
    summary: "This document",
    description: "The OpenAPI 3.1 document of these addresses.",
    params: {},
    query: nothing,
    gives: { mediaTypes: ["application/json"] },
    answer: async (ctx, { query }) => {
      readQuery(nothing, query);
      return jsonAnswer(openApiDocument(ROUTES, ctx.origin));
    },
  },
  {
    path: "/dcat",
    id: "catalogue",
    summary: "Catalogue record",
    description: "A DCAT-AP record of the data set and its files, for data portals, as JSON-LD.",
    params: {},
    query: nothing,
    gives: { mediaTypes: ["application/ld+json"] },
    answer: async (ctx, { query }) => {
      readQuery(nothing, query);
      const releases = await listReleases(ctx.reader);
      const files = releases[0] ? await listReleaseFiles(ctx.reader, releases[0].release) : [];
      const record = catalogue(ctx.origin, releases, files, await attributionLine(ctx.reader));
      return { ...jsonAnswer(record), mediaType: "application/ld+json" };
    },
  },
];

async function startOf({ reader }: OpenCtx) {
  const latest = await findLatestRelease(reader);
  return {
    title: "Common Need open figures",
    licence: OPEN_LICENCE.url,
    attribution: await attributionLine(reader),
    latest_release: latest,
    pages: "/open",
    method: "/open/method",
    openapi: `${OPEN_BASE}/openapi.json`,
    catalogue: `${OPEN_BASE}/dcat`,
    tables: ROUTES.flatMap(({ path, gives }) => ("table" in gives ? [`${OPEN_BASE}${path}`] : [])),
    figures: latest === null ? null : `${OPEN_BASE}/releases/${latest}/figures.csv`,
  };
}

async function answerFigures(ctx: OpenCtx, asked: OpenAsked): Promise<OpenAnswer> {
  const read = readQuery(figuresQuery, asked.query);
  const number = read.release ?? (await findLatestRelease(ctx.reader));
  const file = number === null ? null : await findReleaseFile(ctx.reader, number, "figures.csv");
  if (!file) throw notPublished();
  const [of, position, row] = read.cursor ?? [file.release, 0, 0];
  if (of !== file.release || position === undefined || row === undefined) {
    throw new Problem(400, "This cannot be read", "Begin again at the first page.", [
      { name: "cursor", reason: "It belongs to another release than the one asked for." },
    ]);
  }
  const page = await pickFigures(ctx.reader, {
    release: file.release,
    periods: read.period,
    levels: read.level,
    areas: read.area,
    needs: read.need,
    slices: read.slice,
    limit: read.limit,
    cursor: { position, row },
  });
  if (page.rows.length === 0 && page.next === null) throw notPublished();
  return tableAnswer(ctx, asked, {
    table: TABLES.figures,
    rows: page.rows,
    next: page.next ? [file.release, page.next.position, page.next.row] : null,
    about: { release: file.release },
  });
}

async function answerAreas(ctx: OpenCtx, asked: OpenAsked): Promise<OpenAnswer> {
  const read = readQuery(areasQuery, asked.query);
  const areas =
    read.year === null ? await findNewestAreas(ctx.reader) : await findPublishedAreas(ctx.reader, read.year);
  if (!areas) throw notPublished();
  const all = (await areaRowsOf(ctx.reader, areas)).filter(
    (row) =>
      (read.level.length === 0 || read.level.includes(row.level)) &&
      (read.area.length === 0 || read.area.includes(row.area)),
  );
  const start = read.cursor?.[0] ?? 0;
  const rows = all.slice(start, start + read.limit);
  if (rows.length === 0) throw notPublished();
  const end = start + rows.length;
  return tableAnswer(ctx, asked, { table: TABLES.areas, rows, next: end < all.length ? [end] : null });
}

async function answerRelease(ctx: OpenCtx, { params, query }: OpenAsked): Promise<OpenAnswer> {
  readQuery(nothing, query);
  const number = await releaseNumber(ctx, params["release"]);
  if (params["release"] === "latest") return { kind: "moved", to: `${OPEN_BASE}/releases/${number}` };
  const releases = await listReleases(ctx.reader);
  const found = releases.find((each) => each.release === number);
  if (!found) throw notPublished();
  const files = await listReleaseFiles(ctx.reader, number);
  return jsonAnswer({
    ...found,
    licence: OPEN_LICENCE.url,
    attribution: await attributionLine(ctx.reader),
    files: files.map(({ name, mediaType, sha256, size, rows }) => ({
      name,
      address: `${OPEN_BASE}/releases/${number}/${name}`,
      media_type: mediaType,
      sha256,
      bytes: size,
      rows,
    })),
  });
}

async function releaseNumber(ctx: OpenCtx, text: string | undefined): Promise<number> {
  const number = text === "latest" ? await findLatestRelease(ctx.reader) : Number(text);
  if (number === null) throw notPublished();
  return number;
}

async function answerReleaseFile(ctx: OpenCtx, { params, query }: OpenAsked): Promise<OpenAnswer> {
  readQuery(nothing, query);
  const name = params["file"] ?? "";
  const number = await releaseNumber(ctx, params["release"]);
  const address = `${OPEN_BASE}/releases/${number}/${name}`;
  if (params["release"] === "latest") return { kind: "moved", to: address };
  const file = await findReleaseFile(ctx.reader, number, name);
  if (!file) throw notPublished();
  const describedBy = `<${address}-metadata.json>; rel="describedby"; type="application/csvm+json"`;
  return {
    kind: "file",
    mediaType: file.mediaType,
    tag: file.sha256,
    size: file.size,
    read: () => readReleaseFile(ctx.reader, file),
    headers: {
      "Content-Disposition": `inline; filename="release-${number}-${name}"`,
      ...(name.endsWith(".csv") && { Link: describedBy }),
    },
  };
}

async function answerOutlines(ctx: OpenCtx, { params, query }: OpenAsked): Promise<OpenAnswer> {
  readQuery(nothing, query);
  const [name, ending] = (params["outlines"] ?? "").split(".");
  const level = DRAWN_LEVELS.find((each) => each === name);
  const format = OUTLINE_FORMATS.find((each) => each === ending);
  if (!level || !format) throw notPublished();
  const asked = { year: Number(params["year"]), level, format };
  return outlinesAnswer(ctx.reader, asked, await attributionLine(ctx.reader));
}
