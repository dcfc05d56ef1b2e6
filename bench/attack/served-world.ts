/**
 * The product behind a real port of this machine, as a commissioner and the public reach it, and what somebody who asks
 * for everything brings home. Whoever crawls uses HTTP alone.
 */

import { createServer } from "node:http";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import Papa from "papaparse";
import superjson from "superjson";
import { z } from "zod";
import type { ActorCtx } from "../../server/context";
import { ROUNDED_TO } from "../../server/domain/disclosure";
import { LEVELS, type Level } from "../../server/domain/geography";
import { PERIOD_TYPES_OF } from "../../server/domain/menu";
import { DOMAINS, NEEDS } from "../../server/domain/needs";
import type { PeriodType } from "../../server/domain/period";
import { serveOpenData } from "../../server/open-data/serve";
import { appRouter } from "../../server/routers";

/** A port at which the product answers. */
export interface Door {
  origin: string;
  close(): Promise<void>;
}

/** Opens the procedures to a commissioner who is signed in, and open data to everybody. */
export async function openDoor(commissioner: ActorCtx): Promise<Door> {
  let origin = "";
  let asked = 0;
  const server = createServer(async (incoming, outgoing) => {
    const request = new Request(`${origin}${incoming.url}`, { method: incoming.method ?? "GET" });
    asked += 1;
    const answer = incoming.url?.startsWith("/api/open/")
      ? // Somebody new each time: whoever attacks has many addresses.
        await serveOpenData(request, { reader: commissioner.reader, origin, address: `somebody ${asked}` })
      : await fetchRequestHandler({
          endpoint: "/api/trpc",
          req: request,
          router: appRouter,
          createContext: () => commissioner,
        });
    outgoing.writeHead(answer.status, Object.fromEntries(answer.headers));
    outgoing.end(Buffer.from(await answer.arrayBuffer()));
  });
  // The audit computes for so long that connections would be thought idle, and closed as the next question is sent.
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The port has no number");
  origin = `http://127.0.0.1:${address.port}`;
  return { origin, close: () => new Promise((resolve) => server.close(() => resolve())) };
}

/** One answer as it came over the wire. */
export interface Answer {
  status: number;
  headers: readonly string[];
  text: string;
  ms: number;
}

/** Asks for an address, as a browser does, and times the answer. */
export async function ask(door: Door, path: string): Promise<Answer> {
  const from = performance.now();
  const response = await fetch(`${door.origin}${path}`);
  const text = await response.text();
  const headers = [...response.headers.keys()].filter((name) => name !== "date").sort();
  return { status: response.status, headers, text, ms: performance.now() - from };
}

/** Asks a procedure of the map as the browser does. */
export function askMap(
  door: Door,
  name: "options" | "areas" | "figures" | "card",
  input?: unknown,
): Promise<Answer> {
  const query =
    input === undefined ? "" : `?input=${encodeURIComponent(JSON.stringify(superjson.serialize(input)))}`;
  return ask(door, `/api/trpc/map.${name}${query}`);
}

const procedureAnswer = z.object({ result: z.object({ data: z.object({ json: z.unknown() }) }) });

/** What a procedure answered, read as a shape. Throws when it is none of that shape. */
export function read<S extends z.ZodType>(schema: S, answer: Answer): z.output<S> {
  return schema.parse(procedureAnswer.parse(JSON.parse(answer.text)).result.data.json);
}

const optionsShape = z.object({
  periods: z.array(z.object({ period: z.string(), type: z.enum(["month", "quarter", "year"]) })),
  open: z.array(
    z.object({ period: z.string(), type: z.enum(["month", "quarter", "year"]), isLive: z.boolean() }),
  ),
});
/** Figures in fives, in the order of the areas of their geography, and the places that are on no menu. */
const mapShape = z.object({
  geographyYear: z.int(),
  geographyVersion: z.string(),
  fives: z.array(z.int()),
  refused: z.array(z.object({ at: z.array(z.int()) })),
});
const areasShape = z.array(z.object({ area: z.int() }));

/** One cell as a commissioner saw it: hidden is null. */
export interface SeenCell {
  area: number;
  level: Level;
  need: string;
  period: string;
  open: boolean;
  figure: number | null;
}

/** Periods of each type that are crawled, the last ones that settled, and all that are live. */
const SETTLED: Readonly<Record<PeriodType, number>> = { month: 1, quarter: 2, year: 1 };
export const PATHS = ["*", ...DOMAINS.map(({ code }) => code), ...NEEDS.map(({ code }) => code)];

export interface Crawl {
  cells: SeenCell[];
  /** The periods that had settled, last of each type first. */
  settled: { period: string; type: PeriodType }[];
  /** Levels and periods whose answers are not of the same list of areas for every need. */
  unlikeLists: number;
  asked: number;
}

/** Every figure of the map that a commissioner may see, of the periods above. */
export async function crawlMap(door: Door): Promise<Crawl> {
  const options = read(optionsShape, await askMap(door, "options"));
  const last = (type: PeriodType) =>
    options.periods.filter((option) => option.type === type).slice(-SETTLED[type]);
  const settled = (["month", "quarter", "year"] as const).flatMap((type) => last(type).reverse());
  const periods = [
    ...settled.map((option) => ({ ...option, open: false })),
    ...options.open.filter(({ isLive }) => isLive).map((option) => ({ ...option, open: true })),
  ];
  const crawl: Crawl = { cells: [], settled, unlikeLists: 0, asked: 0 };
  const geographies = new Map<string, readonly number[]>();
  const areasOf = async (level: Level, year: number, version: string) => {
    const name = `${level} ${year} ${version}`;
    const known =
      geographies.get(name) ??
      read(areasShape, await askMap(door, "areas", { level, year, version })).map(({ area }) => area);
    geographies.set(name, known);
    return known;
  };
  for (const level of LEVELS) {
    for (const { period, type, open } of periods) {
      if (!PERIOD_TYPES_OF[level].includes(type)) continue;
      const lists = new Set<string>();
      for (const need of PATHS) {
        const answer = await askMap(door, "figures", { level, node: need, period });
        crawl.asked += 1;
        if (answer.status !== 200) continue;
        const { geographyYear, geographyVersion, fives, refused } = read(mapShape, answer);
        const areas = await areasOf(level, geographyYear, geographyVersion);
        lists.add(`${geographyYear} ${geographyVersion} ${fives.length}`);
        if (fives.length !== areas.length) throw new Error("There are not as many figures as areas");
        const notOnMenu = new Set(refused.flatMap(({ at }) => at));
        for (const [at, area] of areas.entries()) {
          const figure = (fives[at] ?? 0) * ROUNDED_TO || null;
          if (!notOnMenu.has(at)) crawl.cells.push({ area, level, need, period, open, figure });
        }
      }
      if (lists.size > 1) crawl.unlikeLists += 1;
    }
  }
  return crawl;
}

const releasesShape = z.object({ rows: z.array(z.object({ release: z.int() })) });
const releaseShape = z.object({ files: z.array(z.object({ name: z.string() })) });

/** Every file of every release: its bytes as text, by address. */
export async function crawlFiles(door: Door): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  const releases = releasesShape.parse(JSON.parse((await ask(door, "/api/open/v1/releases")).text));
  for (const { release } of releases.rows) {
    const base = `/api/open/v1/releases/${release}`;
    const { files: listed } = releaseShape.parse(JSON.parse((await ask(door, base)).text));
    for (const { name } of listed) {
      const answer = await ask(door, `${base}/${name}`);
      if (answer.status !== 200) throw new Error(`${base}/${name} answered ${answer.status}`);
      files.set(`${base}/${name}`, answer.text);
    }
  }
  return files;
}

/** Rows of a CSV file of open data by column name. */
export function rowsOf(csv: string): Record<string, string>[] {
  return Papa.parse<Record<string, string>>(csv, { header: true, skipEmptyLines: true }).data;
}
