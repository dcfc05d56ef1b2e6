/** The OpenAPI document: valid by a validator that is not ours, and true of every address in it. */

import { Validator } from "@seriousme/openapi-schema-validator";
import { beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { testDatabase } from "../testing";
import { arrangeReleaseWorld } from "../testing-releases";
import { ROUTES } from "./routes";
import { serveOpenData } from "./serve";

const db = await testDatabase();
const ORIGIN = "https://need.example";
let asker = 0;

const ask = (path: string) => {
  asker += 1;
  const serving = { reader: db.reader, origin: ORIGIN, address: `somebody ${asker}` };
  return serveOpenData(new Request(`${ORIGIN}/api/open/v1${path}`), serving);
};

const documentSchema = z.object({
  openapi: z.string(),
  servers: z.array(z.object({ url: z.string() })),
  paths: z.record(
    z.string(),
    z.object({
      get: z.object({
        operationId: z.string(),
        parameters: z.array(
          z.object({
            name: z.string(),
            in: z.enum(["path", "query"]),
            example: z.string().optional(),
            schema: z.object({ pattern: z.string().optional() }),
          }),
        ),
        responses: z.record(z.string(), z.object({ content: z.record(z.string(), z.unknown()).optional() })),
      }),
    }),
  ),
});
let document: z.infer<typeof documentSchema>;

beforeAll(async () => {
  const world = await arrangeReleaseWorld(db);
  await world.logPeople(50, "2026-06-10");
  await world.setToday("2026-07-28");
  await world.tick();
  document = documentSchema.parse(await (await ask("/openapi.json")).json());
});

describe("the OpenAPI document", () => {
  test("is valid OpenAPI 3.1", async () => {
    const validator = new Validator();
    const { valid, errors } = await validator.validate(await (await ask("/openapi.json")).json());
    expect(errors).toBeUndefined();
    expect([valid, validator.version]).toEqual([true, "3.1"]);
  });

  test("has every route and each operation once", () => {
    const ids = Object.values(document.paths).map(({ get }) => get.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { path } of ROUTES) expect(document.paths).toHaveProperty([path === "" ? "/" : path]);
  });

  test("is answered at every address as it says, with its own examples", async () => {
    for (const [template, { get }] of Object.entries(document.paths)) {
      const inPath = get.parameters.filter((parameter) => parameter.in === "path");
      const path = inPath.reduce(
        (text, { name, example = "" }) => text.replace(`{${name}}`, example.replace("latest", "1")),
        template === "/" ? "" : template,
      );
      for (const { example = "", schema } of inPath)
        expect(example).toMatch(new RegExp(schema.pattern ?? ""));
      const answer = await ask(path);
      expect(answer.status, path).toBe(200);
      const type = (answer.headers.get("content-type") ?? "").split(";")[0];
      expect(Object.keys(get.responses["200"]?.content ?? {}), path).toContain(type);
    }
  });

  test("has examples of every name of a query that can be read", async () => {
    for (const [template, { get }] of Object.entries(document.paths)) {
      const names = get.parameters.filter((parameter) => parameter.in === "query");
      for (const { name, example = "", schema } of names) {
        if (schema.pattern)
          expect(example, name).toMatch(name === "cursor" ? /^/ : new RegExp(schema.pattern));
        if (name === "cursor") continue;
        const answer = await ask(`${template}?${new URLSearchParams({ [name]: example })}`);
        expect([200, 404], `${template} ${name}`).toContain(answer.status);
      }
    }
  });
});

test("the catalogue record names files that are there, with their size and hash", async () => {
  const record = await (await ask("/dcat")).json();
  const files = record["dcat:dataset"]["dcat:distribution"];
  expect(files.length).toBe(12);
  for (const file of files) {
    const { pathname } = new URL(file["dcat:downloadURL"]["@id"]);
    const answer = await ask(pathname.replace("/api/open/v1", ""));
    expect(answer.headers.get("content-length")).toBe(file["dcat:byteSize"]["@value"]);
    expect(answer.headers.get("etag")).toBe(`"${file["spdx:checksum"]["spdx:checksumValue"]["@value"]}"`);
  }
});
