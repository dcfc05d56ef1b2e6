/** Open data over a real socket with curl alone, as anybody fetches it: every address, its tag, HEAD, and what is wrong. */

import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { testDatabase } from "../../server/testing";
import { arrangeReleaseWorld } from "../../server/testing-releases";
import { GET, HEAD, POST } from "./open/v1/[[...path]]/route";

const run = promisify(execFile);
const db = await testDatabase();
const HANDLERS: Readonly<Record<string, typeof GET>> = { GET, HEAD, POST };
let server: Server;
let origin = "";
let asker = 0;

beforeAll(async () => {
  globalThis.commonNeedPools = { app: db.app, reader: db.reader };
  const world = await arrangeReleaseWorld(db);
  await world.logPeople(120, "2026-06-10");
  await world.setToday("2026-07-28");
  await world.tick();
  // Where Next stands in the product: it hands a request to the route and its answer to the socket.
  server = createServer(async ({ method = "GET", url = "/", headers }, answer) => {
    asker += 1;
    const given = new Headers({ "x-forwarded-for": `somebody ${asker}` });
    for (const name of ["accept", "if-none-match"]) if (headers[name]) given.set(name, String(headers[name]));
    const response = await HANDLERS[method]?.(new Request(`${origin}${url}`, { method, headers: given }));
    answer.writeHead(response?.status ?? 501, Object.fromEntries(response?.headers ?? []));
    if (response?.body) await pipeline(Readable.from(response.body), answer);
    else answer.end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address: AddressInfo | string | null = server.address();
  origin = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
});
afterAll(() => server.close());

/** What curl says: status, headers in lower case, and the bytes. */
async function curl(
  ...args: string[]
): Promise<{ status: number; headers: Map<string, string>; body: Buffer }> {
  const { stdout } = await run("curl", ["--silent", "--max-time", "20", "--include", ...args], {
    encoding: "buffer",
    maxBuffer: 64_000_000,
  });
  let body: Buffer = stdout;
  let lines: string[] = [];
  // A redirect that was followed has a head of its own before the last one.
  while (body.subarray(0, 5).toString() === "HTTP/") {
    const end = body.indexOf("\r\n\r\n");
    lines = body.subarray(0, end).toString().split("\r\n");
    body = body.subarray(end + 4);
  }
  const status = lines[0]?.split(" ")[1];
  const headers = new Map(
    lines.flatMap((line) => {
      const [, name, value] = /^([\w-]+): (.*)$/.exec(line) ?? [];
      return name && value !== undefined ? [[name.toLowerCase(), value] as const] : [];
    }),
  );
  return { status: Number(status), headers, body };
}

const startSchema = z.object({
  latest_release: z.number(),
  tables: z.array(z.string()),
  openapi: z.string(),
});
const releaseSchema = z.object({
  files: z.array(z.object({ address: z.string(), sha256: z.string(), bytes: z.number() })),
});
const sha256 = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");
const parse = (body: Buffer): unknown => JSON.parse(body.toString());

test("everything there is can be fetched with curl alone, and is not fetched twice", async () => {
  const start = startSchema.parse(parse((await curl(`${origin}/api/open/v1`)).body));
  const release = `${origin}/api/open/v1/releases/${start.latest_release}`;
  const { files } = releaseSchema.parse(parse((await curl(release)).body));
  expect(files).toHaveLength(18);
  for (const { address, sha256: hash, bytes } of files) {
    const got = await curl(`${origin}${address}`);
    expect([got.status, got.body.length, sha256(got.body)]).toEqual([200, bytes, hash]);
  }
  const addresses = [
    ...files.map(({ address }) => address),
    ...start.tables.flatMap((table) => [
      table,
      `${table}.csv`,
      `${table}.json`,
      `${table}.csv-metadata.json`,
    ]),
    start.openapi,
    "/api/open/v1/dcat",
    "/api/open/v1/boundaries/2026/sector.topojson",
    "/api/open/v1/figures.csv?need=*,HOU&level=sector,district",
  ];
  for (const address of addresses) {
    const got = await curl(`${origin}${address}`);
    expect(got.status, address).toBe(200);
    const tag = got.headers.get("etag") ?? "";
    const again = await curl("--header", `If-None-Match: ${tag}`, `${origin}${address}`);
    expect([again.status, again.body.length], address).toEqual([304, 0]);
    const head = await curl("--head", `${origin}${address}`);
    expect([head.status, head.headers.get("content-length")], address).toEqual([
      200,
      String(got.body.length),
    ]);
  }
  const latest = await curl("--location", `${origin}/api/open/v1/releases/latest/figures.csv`);
  expect(sha256(latest.body)).toBe(files.find(({ address }) => address.endsWith("/figures.csv"))?.sha256);
});

test("what is not published and what cannot be read is told as a problem", async () => {
  for (const [status, ...args] of [
    [404, `${origin}/api/open/v1/figures?level=sector&need=HOU-04`],
    [400, `${origin}/api/open/v1/figures?levels=sector`],
    [405, "--request", "POST", `${origin}/api/open/v1/figures`],
    [406, "--header", "Accept: image/png", `${origin}/api/open/v1/figures`],
  ] as const) {
    const got = await curl(...args);
    expect([got.status, got.headers.get("content-type")]).toEqual([status, "application/problem+json"]);
  }
});
