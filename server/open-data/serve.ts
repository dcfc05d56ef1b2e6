/**
 * Answers a request for open data: finds its address in the table of routes, chooses between CSV and JSON, and lets
 * no address ask too often. The log says which route was asked and how long it took, and nothing of who asked.
 */

import type { Sql } from "../../db/client";
import { TABLES } from "../domain/open-data/tables";
import { describeError, log } from "../log";
import { type OpenAnswer, Problem, respond, respondOptions, respondProblem } from "./answer";
import { type OpenRoute, ROUTES } from "./routes";
import { describeTableRoute, OPEN_BASE, type TableFormat } from "./table-answer";
import { Turns } from "./turns";

export interface OpenServing {
  reader: Sql;
  origin: string;
  /** Address of whoever asks, for taking turns. */
  address: string;
}

const turns = new Turns();

/** The answer to a request under `/api/open/v1`. Never throws. */
export async function serveOpenData(request: Request, serving: OpenServing): Promise<Response> {
  if (request.method === "OPTIONS") return respondOptions();
  const began = performance.now();
  const wait = turns.take(serving.address, Date.now());
  const { route, response } = wait > 0 ? tooOften(request, wait) : await serve(request, serving);
  log().info({ route, status: response.status, ms: Math.round(performance.now() - began) }, "open data");
  return response;
}

interface Served {
  /** The route as the table has it, without anything that was asked for. */
  route: string;
  response: Response;
}

function tooOften(request: Request, seconds: number): Served {
  const problem = new Problem(
    429,
    "Too many requests",
    `Ask again in ${seconds} seconds. The files of a release hold everything at once.`,
    [],
    { "Retry-After": String(seconds) },
  );
  return { route: "too often", response: respondProblem(request, problem) };
}

async function serve(request: Request, serving: OpenServing): Promise<Served> {
  let route = "none";
  try {
    if (request.method !== "GET" && request.method !== "HEAD") {
      throw new Problem(405, "Only for reading", "Ask with GET or HEAD.", [], {
        Allow: "GET, HEAD, OPTIONS",
      });
    }
    const { pathname, searchParams } = new URL(request.url);
    const found = findRoute(decodePath(pathname.slice(OPEN_BASE.length)));
    route = found.route.path || "/";
    return { route, response: respond(request, await answerOf(found, request, searchParams, serving)) };
  } catch (error) {
    if (error instanceof Problem) return { route, response: respondProblem(request, error) };
    log().error({ error: describeError(error), route }, "open data failed");
    const fault = new Problem(500, "Something went wrong on our side", "Try again in a minute.");
    return { route, response: respondProblem(request, fault) };
  }
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path.replace(/\/$/, ""));
  } catch {
    throw noAddress();
  }
}

const noAddress = () =>
  new Problem(404, "No such address", `Begin at ${OPEN_BASE}, or read ${OPEN_BASE}/openapi.json.`);

type Written = TableFormat | "csv-metadata.json" | null;

interface Found {
  route: OpenRoute;
  params: Record<string, string>;
  /** The ending of a table's address; null leaves the choice to the Accept header. */
  written: Written;
}

const ENDINGS: readonly Written[] = [null, "csv", "json", "csv-metadata.json"];

function findRoute(path: string): Found {
  for (const route of ROUTES) {
    const endings = "table" in route.gives ? ENDINGS : [null];
    for (const written of endings) {
      const ending = written === null ? "" : `.${written}`;
      const params = matchPath(route, ending, path);
      if (params) return { route, params, written };
    }
  }
  throw noAddress();
}

function matchPath(route: OpenRoute, ending: string, path: string): Record<string, string> | null {
  const expected = `${route.path}${ending}`.split("/");
  const given = path.split("/");
  if (expected.length !== given.length) return null;
  const params: Record<string, string> = {};
  for (const [at, part] of expected.entries()) {
    const value = given[at] ?? "";
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    if (name === undefined) {
      if (part !== value) return null;
      continue;
    }
    const pattern = route.params[name]?.pattern.source ?? "";
    if (!new RegExp(`^(?:${pattern})$`).test(value)) return null;
    params[name] = value;
  }
  return params;
}

function answerOf(
  { route, params, written }: Found,
  request: Request,
  query: URLSearchParams,
  serving: OpenServing,
): Promise<OpenAnswer> {
  if (!("table" in route.gives)) return route.answer(serving, { params, query, format: "json" });
  if (written === "csv-metadata.json") return describeTableRoute(serving, TABLES[route.gives.table], query);
  const format = written ?? formatOf(request.headers.get("accept"));
  return route.answer(serving, { params, query, format });
}

/** CSV or JSON, whichever is liked better; JSON when both are equal (RFC 9110, 12.5.1). */
function formatOf(accept: string | null): TableFormat {
  const liked = { csv: likedAs(accept, "text", "csv"), json: likedAs(accept, "application", "json") };
  if (liked.csv === 0 && liked.json === 0) {
    throw new Problem(406, "Not in this form", "There is text/csv and application/json.");
  }
  return liked.csv > liked.json ? "csv" : "json";
}

function likedAs(accept: string | null, type: string, subtype: string): number {
  if (accept === null || accept.trim() === "") return 1;
  const ranges = accept.split(",").map((range) => {
    const [name = "", ...parameters] = range.split(";").map((part) => part.trim().toLowerCase());
    const quality = parameters.find((parameter) => parameter.startsWith("q="))?.slice(2);
    return { name, quality: quality === undefined ? 1 : Number(quality) || 0 };
  });
  for (const name of [`${type}/${subtype}`, `${type}/*`, "*/*"]) {
    const range = ranges.find((each) => each.name === name);
    if (range) return range.quality;
  }
  return 0;
}
