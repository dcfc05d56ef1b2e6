/** The OpenAPI 3.1 document of open data, made from the table of routes and the schemas of its tables. */

import { z } from "zod";
import { capital } from "../domain/label-text";
import { OPEN_LICENCE } from "../domain/open-data/csvw";
import { TABLE_NAMES, TABLES, type TableName } from "../domain/open-data/tables";
import type { OpenRoute } from "./routes";
import { OPEN_BASE } from "./table-answer";
import { MOST_A_MINUTE } from "./turns";

type Json =
  | string
  | number
  | boolean
  | null
  | undefined
  | readonly Json[]
  | { readonly [name: string]: Json };

const VERSION = "1.0.0";

const schemaOf = (schema: z.ZodType): Json => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: "input" });
  return JSON.parse(JSON.stringify(rest));
};

/** The document. `origin` is the address of the installation. */
export function openApiDocument(routes: readonly OpenRoute[], origin: string): Json {
  return {
    openapi: "3.1.1",
    info: {
      title: "Common Need open figures",
      version: VERSION,
      summary: "What people near you need help with: settled figures, free to use, without signing in.",
      description: `Every figure is about people, rounded to the nearest 5 with a small planned error; under 10 is "fewer than 10", which may be none. A release never changes. ${MOST_A_MINUTE} requests a minute from one address. The method in plain words is at ${origin}/open/method.`,
      license: { name: OPEN_LICENCE.name, url: OPEN_LICENCE.url },
    },
    servers: [{ url: `${origin}${OPEN_BASE}` }],
    tags: [{ name: "open", description: "Open data" }],
    paths: Object.fromEntries(routes.flatMap(pathsOf)),
    components: {
      schemas: {
        ...Object.fromEntries(TABLE_NAMES.map((name) => [rowName(name), schemaOf(TABLES[name].row)])),
        Problem: {
          type: "object",
          description: "What is wrong with a request (RFC 9457).",
          required: ["type", "title", "status", "detail"],
          properties: {
            type: { type: "string" },
            title: { type: "string" },
            status: { type: "integer" },
            detail: { type: "string" },
            errors: {
              type: "array",
              items: {
                type: "object",
                required: ["name", "reason"],
                properties: { name: { type: "string" }, reason: { type: "string" } },
              },
            },
          },
        },
      },
      headers: {
        ETag: { description: "Changes exactly when the answer does.", schema: { type: "string" } },
        Link: {
          description: "The description of a CSV file (rel=describedby) and the next page (rel=next).",
          schema: { type: "string" },
        },
      },
    },
  };
}

const rowName = (table: TableName) => `${capital(table)}Row`;

function pathsOf(route: OpenRoute): [string, Json][] {
  const path = route.path === "" ? "/" : route.path;
  if (!("table" in route.gives)) {
    return [[path, { get: operation(route, route.id, contentOf(route.gives.mediaTypes)) }]];
  }
  const table = route.gives.table;
  const csv = { "text/csv": { schema: { type: "string" } } };
  const json = { "application/json": { schema: pageSchema(table) } };
  const csvw = contentOf(["application/csvm+json"]);
  return [
    [path, { get: operation(route, route.id, { ...json, ...csv }) }],
    [`${path}.csv`, { get: operation(route, `${route.id}Csv`, csv) }],
    [`${path}.json`, { get: operation(route, `${route.id}Json`, json) }],
    [`${path}.csv-metadata.json`, { get: operation(route, `${route.id}Csvw`, csvw) }],
  ];
}

const contentOf = (mediaTypes: readonly string[]): Record<string, Json> =>
  Object.fromEntries(
    mediaTypes.map((type) => [
      type,
      { schema: type === "text/csv" ? { type: "string" } : { type: "object" } },
    ]),
  );

function pageSchema(table: TableName): Json {
  return {
    type: "object",
    required: ["table", "licence", "attribution", "next", "rows"],
    properties: {
      ...(table === "figures" && { release: { type: "integer", description: "Number of the release." } }),
      table: { const: table },
      licence: { type: "string", format: "uri" },
      attribution: { type: "string", description: "To be shown with the data." },
      next: { type: ["string", "null"], description: "Address of the next page; null on the last." },
      rows: { type: "array", items: { $ref: `#/components/schemas/${rowName(table)}` } },
    },
  };
}

function operation(route: OpenRoute, id: string, content: Record<string, Json>): Json {
  const problem = (description: string) => ({
    description,
    content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
  });
  const redirects = Object.values(route.params).some(({ pattern }) => pattern.test("latest"));
  return {
    operationId: id,
    tags: ["open"],
    summary: route.summary,
    description: route.description,
    parameters: [...pathParameters(route), ...queryParameters(route)],
    responses: {
      "200": {
        description: route.summary,
        headers: {
          ETag: { $ref: "#/components/headers/ETag" },
          ...("table" in route.gives && { Link: { $ref: "#/components/headers/Link" } }),
        },
        content,
      },
      "304": { description: "You have the newest: what If-None-Match named." },
      ...(redirects && { "307": { description: "Of `latest`: the address of the newest release." } }),
      "400": problem("The request cannot be read."),
      "404": problem("Not published."),
      ...("table" in route.gives && { "406": problem("Neither CSV nor JSON is wanted.") }),
      "429": problem("Too many requests."),
    },
  };
}

function pathParameters({ params }: OpenRoute): Json[] {
  return Object.entries(params).map(([name, { pattern, description, example }]) => ({
    name,
    in: "path",
    required: true,
    description,
    schema: { type: "string", pattern: `^(?:${pattern.source})$` },
    example,
  }));
}

const described = z.object({ description: z.string().optional(), examples: z.array(z.string()).optional() });

function queryParameters({ query }: OpenRoute): Json[] {
  const { properties = {} } = z
    .object({ properties: z.record(z.string(), z.unknown()).optional() })
    .parse(z.toJSONSchema(query, { io: "input" }));
  return Object.entries(properties).map(([name, schema]) => {
    const { description, examples } = described.parse(schema);
    const { description: _, examples: __, ...rest } = z.record(z.string(), z.json()).parse(schema);
    return {
      name,
      in: "query",
      required: false,
      ...(description && { description }),
      ...(examples?.[0] && { example: examples[0] }),
      schema: rest,
    };
  });
}
