/**
 * Every CSV file against its CSVW description, as a linter of tables would: the header, the type of every value, what
 * must not be empty, keys, and that what a row refers to is there. The checker below reads the description and the
 * bytes and knows nothing of how they were made.
 */

import Papa from "papaparse";
import { beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { NO_CHANGE, packChanges } from "../domain/coverage";
import { periodNumber } from "../domain/period";
import { freezeReleases } from "../statistics/freeze";
import { testDatabase } from "../testing";
import { arrangeReleaseWorld, DISTRICT } from "../testing-releases";
import { serveOpenData } from "./serve";

const db = await testDatabase();
const ORIGIN = "https://need.example";

const datatype = z.union([
  z.string(),
  z.object({
    base: z.string(),
    format: z.string().optional(),
    minimum: z.number().optional(),
    maximum: z.number().optional(),
  }),
]);
const columns = z.union([z.string(), z.array(z.string())]).transform((names) => [names].flat());
const groupSchema = z.object({
  "@context": z.tuple([z.literal("http://www.w3.org/ns/csvw"), z.object({ "@language": z.string() })]),
  tables: z
    .array(
      z.object({
        url: z.string(),
        dialect: z.object({
          header: z.literal(true),
          encoding: z.literal("utf-8"),
          delimiter: z.literal(","),
        }),
        tableSchema: z.object({
          columns: z.array(
            z.object({
              name: z.string().regex(/^[A-Za-z0-9_]+$/),
              titles: z.string(),
              datatype,
              required: z.boolean(),
            }),
          ),
          primaryKey: columns,
          foreignKeys: z.array(
            z.object({
              columnReference: columns,
              reference: z.object({ resource: z.string(), columnReference: columns }),
            }),
          ),
        }),
      }),
    )
    .min(1),
});
type Group = z.infer<typeof groupSchema>;
type Table = Group["tables"][number];
type Column = Table["tableSchema"]["columns"][number];

/** What is wrong with a value, in a word; null when nothing is. An empty value is null (CSVW, 6.4.1). */
function faultOf(value: string, { datatype: type, required }: Column): string | null {
  if (value === "") return required ? "required" : null;
  const { base, format, minimum, maximum } = typeof type === "string" ? { base: type } : type;
  if (base === "integer") {
    if (!/^-?[0-9]+$/.test(value)) return "integer";
    if (minimum !== undefined && Number(value) < minimum) return "minimum";
    return maximum !== undefined && Number(value) > maximum ? "maximum" : null;
  }
  if (base === "date") {
    expect(format).toBe("yyyy-MM-dd");
    const real =
      /^\d{4}-\d{2}-\d{2}$/.test(value) && new Date(`${value}T00:00:00Z`).toISOString().startsWith(value);
    return real ? null : "date";
  }
  if (base === "boolean") return (format ?? "true|false").split("|").includes(value) ? null : "boolean";
  expect(base).toBe("string");
  return format === undefined || new RegExp(`^(?:${format})$`, "u").test(value) ? null : "format";
}

/** Every fault of a group of tables, given the text of each by its address. */
function lint({ tables }: Group, texts: ReadonlyMap<string, string>): string[] {
  const read = new Map(
    tables.map((table) => {
      const parsed = Papa.parse<string[]>(texts.get(table.url) ?? "", { newline: "\r\n" });
      const faults = parsed.errors.map(({ code }) => `${table.url}: ${code}`);
      const [header = [], ...rows] = parsed.data.slice(0, -1);
      if ((parsed.data.at(-1) ?? []).join("") !== "") faults.push(`${table.url}: no end of the last line`);
      return [table.url, { header, rows, faults }];
    }),
  );
  return tables.flatMap((table) => {
    const { header = [], rows = [], faults = [] } = read.get(table.url) ?? {};
    const found = [...faults];
    const { columns: named, primaryKey, foreignKeys } = table.tableSchema;
    if (header.join() !== named.map(({ titles }) => titles).join()) found.push(`${table.url}: header`);
    const valuesOf = (row: readonly string[], names: readonly string[], within: readonly string[]) =>
      JSON.stringify(names.map((name) => row[within.indexOf(name)]));
    const keys = new Set<string>();
    for (const [at, row] of rows.entries()) {
      if (row.length !== header.length) found.push(`${table.url} row ${at + 2}: ragged`);
      for (const [place, column] of named.entries()) {
        const fault = faultOf(row[place] ?? "", column);
        if (fault) found.push(`${table.url} row ${at + 2}: ${column.name} ${fault}`);
      }
      const key = valuesOf(row, primaryKey, header);
      if (keys.has(key)) found.push(`${table.url} row ${at + 2}: key twice`);
      keys.add(key);
    }
    for (const { columnReference, reference } of foreignKeys) {
      const to = read.get(reference.resource);
      if (!to) found.push(`${table.url}: no table ${reference.resource}`);
      const known = new Set(to?.rows.map((row) => valuesOf(row, reference.columnReference, to.header)));
      for (const [at, row] of rows.entries()) {
        const isNull = columnReference.some((name) => row[header.indexOf(name)] === "");
        if (!isNull && !known.has(valuesOf(row, columnReference, header))) {
          found.push(`${table.url} row ${at + 2}: ${columnReference.join()} refers to nothing`);
        }
      }
    }
    return found;
  });
}

let asker = 0;
async function fetchText(url: URL): Promise<Response> {
  asker += 1;
  const answer = await serveOpenData(new Request(url), {
    reader: db.reader,
    origin: ORIGIN,
    address: `somebody ${asker}`,
  });
  expect(answer.status, url.href).toBe(200);
  return answer;
}

/** A CSV file, its description by its link, and every table that the description names, fetched from where it says. */
async function fetchGroup(path: string): Promise<{ group: Group; texts: Map<string, string> }> {
  const csv = await fetchText(new URL(`${ORIGIN}/api/open/v1${path}`));
  const link = /<([^>]*)>; rel="describedby"; type="application\/csvm\+json"/.exec(
    csv.headers.get("link") ?? "",
  );
  const described = new URL(link?.[1] ?? "", ORIGIN);
  const group = groupSchema.parse(await (await fetchText(described)).json());
  const texts = new Map<string, string>();
  for (const { url } of group.tables) {
    texts.set(url, await (await fetchText(new URL(url, described))).text());
  }
  expect(texts.get(group.tables[0]?.url ?? "")).toBe(await csv.text());
  return { group, texts };
}

beforeAll(async () => {
  const world = await arrangeReleaseWorld(db);
  await world.logPeople(50, "2026-06-10");
  await world.logPeople(30, "2026-06-10", "SR2 1AA", "MON-01");
  await world.setToday("2026-07-28");
  await world.tick();
  await world.logPeople(40, "2026-06-10");
  await world.tick(true);
  // The next release says of one area that coverage changed.
  const [may, june] = [1, 2].map((index) => periodNumber({ type: "month", financialYear: 2026, index }));
  await db.administrator`
    insert into published.coverage (period, area, organisations_band) values (${may ?? 0}, ${DISTRICT}, 1)`;
  await db.administrator`
    update published.coverage set changed = ${packChanges({ began: true, stopped: false }, NO_CHANGE)}
    where period = ${june ?? 0} and area = ${DISTRICT}`;
  await db.administrator`
    insert into published.release (number, made_on, summary)
    values (3, '2026-07-29', '{"settled": [], "revised": []}')`;
  await freezeReleases(db.stats, { justMade: 3 });
});

describe("a CSV file", () => {
  test.each([
    "/releases/2/figures.csv",
    "/releases/2/revisions.csv",
    "/releases/3/coverage.csv",
    "/releases/2/areas.csv",
    "/releases/2/needs.csv",
    "/releases/2/periods.csv",
    "/figures.csv",
    "/figures.csv?level=sector&need=HOU,*",
    "/areas.csv",
    "/needs.csv",
    "/releases.csv",
    "/boundaries.csv",
  ])("%s is what its description says", async (path) => {
    const { group, texts } = await fetchGroup(path);
    for (const text of texts.values()) expect(text.split("\r\n").length).toBeGreaterThan(2);
    expect(lint(group, texts)).toEqual([]);
  });

  test.each([
    ["a figure that no figure can be", /,shown,/, ",shown,,", "ragged"],
    ["a number under ten", /,all,\d+,shown/, ",all,5,shown", "people minimum"],
    ["words for a number", /,all,\d+,shown/, ",all,many,shown", "people integer"],
    ["a status that there is not", /,shown,/, ",perhaps,", "status format"],
    ["no status", /,shown,/, ",,", "status required"],
    ["a day that there is not", /,2026-06-30,/, ",2026-06-31,", "period_ends date"],
    ["a need that nobody knows", /,HOU,Housing,/, ",QQQ,Housing,", "need refers to nothing"],
    ["an area that nobody knows", /,district,SR1,/, ",district,SR9,", "refers to nothing"],
  ])("with %s would be found", async (_what, pattern, instead, fault) => {
    const { group, texts } = await fetchGroup("/releases/2/figures.csv");
    const spoilt = (texts.get("figures.csv") ?? "").replace(pattern, instead);
    expect(spoilt).not.toBe(texts.get("figures.csv"));
    expect(lint(group, new Map([...texts, ["figures.csv", spoilt]])).join("\n")).toContain(fault);
  });

  test("with a row twice would be found", async () => {
    const { group, texts } = await fetchGroup("/releases/2/needs.csv");
    const text = texts.get("needs.csv") ?? "";
    const twice = `${text}${text.split("\r\n").at(5)}\r\n`;
    expect(lint(group, new Map([["needs.csv", twice]]))).toContainEqual(expect.stringContaining("key twice"));
  });
});
