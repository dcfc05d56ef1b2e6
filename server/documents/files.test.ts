import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { promisify } from "node:util";
import Papa from "papaparse";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import type { Paper } from "../domain/impact/paper";
import { filesOf } from "./files";
import { cleanPaper, tablesOf } from "./paper-words";
import { samplePaper, trapPaper } from "./testing-paper";

const run = promisify(execFile);

async function hashesOf(paper: Paper): Promise<Record<string, string>> {
  const files = await filesOf(paper);
  return Object.fromEntries(
    files.map(({ name, bytes }) => [name, createHash("sha256").update(bytes).digest("hex")]),
  );
}

/** The same from a process of its own, on the other side of the world. */
async function hashesElsewhere(make: "samplePaper" | "trapPaper"): Promise<Record<string, string>> {
  const script = `
    import { createHash } from "node:crypto";
    import { filesOf } from ${JSON.stringify(import.meta.resolve("./files.ts"))};
    import { ${make} } from ${JSON.stringify(import.meta.resolve("./testing-paper.ts"))};
    const files = await filesOf(${make}());
    const hash = (bytes) => createHash("sha256").update(bytes).digest("hex");
    console.log(JSON.stringify(Object.fromEntries(files.map(({ name, bytes }) => [name, hash(bytes)]))));`;
  const { stdout } = await run(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script], {
    env: { ...process.env, TZ: "Pacific/Auckland", LANG: "tr_TR.UTF-8", LC_ALL: "tr_TR.UTF-8" },
  });
  return z.record(z.string(), z.string()).parse(JSON.parse(stdout));
}

const textOf = (files: Awaited<ReturnType<typeof filesOf>>, name: string) => {
  const file = files.find((each) => each.name === name);
  if (!file) throw new Error(`There is no ${name}`);
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(file.bytes);
};

describe("the files of a paper", () => {
  test("are the whole in each form, each table and each chart", async () => {
    const files = await filesOf(samplePaper());
    expect(files.map(({ name }) => name)).toEqual([
      "summary.html",
      "summary.pdf",
      "summary.xlsx",
      "summary.ods",
      "summary.csv",
      "needs-by-domain.csv",
      "time-to-resolution.csv",
      "confidence.csv",
      "deprivation.csv",
      "people-by-quarter.csv",
      "value.csv",
      "csv-metadata.json",
      "needs-by-domain.svg",
      "time-to-resolution.svg",
      "confidence.svg",
      "deprivation.svg",
      "people-by-quarter.svg",
    ]);
    for (const { name, bytes } of files) expect(bytes.length, name).toBeGreaterThan(50);
  });

  test.each([
    ["the sample", "samplePaper", samplePaper],
    ["names that are traps", "trapPaper", trapPaper],
  ] as const)(
    "are the same bytes of %s again, and in another process and time zone",
    async (_what, name, make) => {
      const once = await hashesOf(make());
      expect(await hashesOf(make())).toEqual(once);
      expect(await hashesElsewhere(name)).toEqual(once);
    },
  );

  test("of another paper are others, the id of the PDF too", async () => {
    const paper = samplePaper();
    const other = { ...paper, limits: [...paper.limits, "One more."] };
    const idOf = async (each: Paper) => {
      const pdf = (await filesOf(each)).find(({ name }) => name === "summary.pdf");
      return /\/ID \[<([0-9a-f]+)>/.exec(new TextDecoder("latin1").decode(pdf?.bytes))?.[1];
    };
    expect(await idOf(paper)).toMatch(/^[0-9a-f]{32}$/);
    expect(await idOf(other)).not.toBe(await idOf(paper));
  });
});

const description = z.object({
  tables: z.array(
    z.object({
      url: z.string(),
      tableSchema: z.object({
        columns: z.array(
          z.object({
            name: z.string().regex(/^[A-Za-z0-9_]+$/),
            titles: z.string(),
            "dc:description": z.string().min(1),
            datatype: z.union([z.string(), z.object({ base: z.string(), minimum: z.number().optional() })]),
            null: z.array(z.string()).optional(),
            required: z.boolean(),
          }),
        ),
      }),
    }),
  ),
});

describe.each([
  ["the sample", samplePaper],
  ["names that are traps", trapPaper],
])("the CSV files of %s", (_what, make) => {
  test("are what their description says: every header, every type, and why a number is missing", async () => {
    const files = await filesOf(make());
    const { tables } = description.parse(JSON.parse(textOf(files, "csv-metadata.json")));
    expect(tables.map(({ url }) => url)).toEqual(
      files.map(({ name }) => name).filter((name) => name.endsWith(".csv")),
    );
    for (const { url, tableSchema } of tables) {
      const text = textOf(files, url);
      expect(text.startsWith("\uFEFF")).toBe(true);
      const [header, ...rows] = Papa.parse<string[]>(text.slice(1), { skipEmptyLines: true }).data;
      expect(header, url).toEqual(tableSchema.columns.map(({ titles }) => titles));
      for (const row of rows) {
        for (const [at, column] of tableSchema.columns.entries()) {
          const value = row[at] ?? "";
          if (column.required) expect(value, `${url} ${column.name}`).not.toBe("");
          const base = typeof column.datatype === "string" ? column.datatype : column.datatype.base;
          if (value === "" || column.null?.includes(value) || base === "string") continue;
          expect(value, `${url} ${column.name}`).toMatch(base === "integer" ? /^-?\d+$/ : /^-?\d+(\.\d+)?$/);
        }
      }
    }
  });

  test("hold no cell that a spreadsheet would run, and none that is empty without a reason", async () => {
    const files = await filesOf(make());
    for (const { name } of files.filter((file) => file.name.endsWith(".csv"))) {
      const { data } = Papa.parse<string[]>(textOf(files, name).slice(1), { skipEmptyLines: true });
      for (const cell of data.flat()) {
        if (!/^-?\d+(\.\d+)?$/.test(cell)) expect(cell, name).not.toMatch(/^\s*[=+\-@＝＋－＠]/);
      }
      if (name !== "summary.csv") for (const cell of data.slice(1).flat()) expect(cell, name).not.toBe("");
    }
  });

  test("say every number of every table once more in one long file", async () => {
    const files = await filesOf(make());
    const long = Papa.parse<Record<string, string>>(textOf(files, "summary.csv").slice(1), {
      header: true,
      skipEmptyLines: true,
    }).data;
    const expected = tablesOf(cleanPaper(make())).flatMap(({ table }) =>
      table.rows.flatMap((row) =>
        table.columns.flatMap(({ type, key }, at) =>
          type === "text" ? [] : [[table.name, key, row[at] ?? null]],
        ),
      ),
    );
    const shown = (cell: unknown) =>
      cell === null ? "does not apply" : cell === "few" ? "fewer than 10, or none" : String(cell);
    expect(long.map(({ table, column, shown }) => [table, column, shown])).toEqual(
      expected.map(([table, column, cell]) => [table, column, shown(cell)]),
    );
    for (const { shown, value } of long)
      expect(value).toBe(/\d$/.test(shown ?? "") && shown !== "fewer than 10, or none" ? shown : "");
  });
});
