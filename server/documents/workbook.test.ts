import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { unzipSync } from "fflate";
import { readOds } from "hucre/ods";
import { readXlsx } from "hucre/xlsx";
import Papa from "papaparse";
import { describe, expect, test } from "vitest";
import { filesOf } from "./files";
import { cleanPaper } from "./paper-words";
import { samplePaper, trapPaper } from "./testing-paper";
import { type Sheet, sheetsOf } from "./workbook";

const run = promisify(execFile);

const bytesOf = async (paper: ReturnType<typeof samplePaper>, name: string) => {
  const file = (await filesOf(paper)).find((each) => each.name === name);
  if (!file) throw new Error(`There is no ${name}`);
  return file.bytes;
};

/** Cells as text without the empty ones at the end of a row, and without empty rows. */
const written = (rows: readonly (readonly unknown[])[]) =>
  rows
    .map((row) => row.map((cell) => (cell === null || cell === undefined ? "" : String(cell))))
    .map((row) => row.slice(0, row.findLastIndex((cell) => cell !== "") + 1))
    .filter((row) => row.length > 0);

const expected = ({ rows }: Sheet) => written(rows.map((row) => row.map(({ value }) => value)));

describe("the sheets of a paper", () => {
  const sheets = sheetsOf(samplePaper());

  test("begin with notes: what it is of, what the numbers are, and what every column counts", () => {
    const notes = expected(sheets[0] ?? { name: "", widths: [], headed: false, rows: [] });
    const said = notes.flat();
    const { from, period, counted, limits, foot, sections } = samplePaper();
    for (const words of [from, period, foot, "2026-11-24", ...counted, ...limits])
      expect(said).toContain(words);
    expect(notes).toContainEqual([
      "needs-by-domain",
      "Resolved",
      "people",
      expect.stringContaining("resolved at the end"),
    ]);
    expect(notes).toContainEqual([
      "needs-by-domain",
      "Share resolved (%)",
      "%",
      "Resolved, of the people who brought it.",
    ]);
    for (const { term, means } of sections.flatMap(({ notes }) => notes)) {
      expect(said).toContain(term);
      expect(said).toContain(means);
    }
  });

  test("are one tidy table each, a hidden number said in words, never 0 and never empty", () => {
    const needs = sheets.find(({ name }) => name === "needs-by-domain");
    expect(expected(needs ?? { name: "", widths: [], headed: true, rows: [] })).toEqual([
      ["Kind of need", "People", "Resolved", "Share resolved (%)"],
      ["Money and debt", "310", "105", "34"],
      ["Benefits", "265", "95", "36"],
      ["Housing", "190", "60", "32"],
      ["Basic needs", "145", "110", "76"],
      ["Mental health", "120", "25", "21"],
      ["Work", "70", "20", "29"],
      ["Family and relationships", "35", "10", "29"],
      ["Immigration", "fewer than 10, or none", "does not apply", "does not apply"],
    ]);
  });

  test("have names that every program takes, whatever the tables are called", () => {
    const paper = samplePaper();
    const [first, ...rest] = paper.sections;
    const block = first?.blocks[0];
    if (!first || block?.kind !== "chart") throw new Error("The sample begins with a chart");
    const long = "people-who-brought-a-need-of-a-framework";
    const named = [`${long}-a`, `${long}-b`, "Notes"].map((name) => ({
      kind: "table" as const,
      title: name,
      table: { ...block.table, name },
    }));
    const names = sheetsOf({ ...paper, sections: [{ ...first, blocks: named }, ...rest] }).map(
      ({ name }) => name,
    );
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length);
    for (const name of names) expect(name.length).toBeLessThanOrEqual(31);
  });
});

describe.each([
  ["summary.xlsx", readXlsx],
  ["summary.ods", readOds],
] as const)("%s, read by another program", (name, read) => {
  test.each([
    ["the sample", samplePaper],
    ["names that are traps", trapPaper],
  ])("has the values of %s, and nothing in it that is run", async (_what, make) => {
    const workbook = await read(await bytesOf(make(), name));
    const sheets = sheetsOf(cleanPaper(make()));
    expect(workbook.sheets.map((sheet) => sheet.name)).toEqual(sheets.map((sheet) => sheet.name));
    for (const [at, sheet] of sheets.entries()) {
      expect(written(workbook.sheets[at]?.rows ?? []), sheet.name).toEqual(expected(sheet));
    }
  });

  test("holds no formula, no link and no date of its making", async () => {
    const ofThePaper = JSON.stringify(sheetsOf(cleanPaper(trapPaper())));
    const parts = unzipSync(await bytesOf(trapPaper(), name));
    for (const [part, bytes] of Object.entries(parts)) {
      const text = new TextDecoder().decode(bytes);
      expect(text, part).not.toMatch(/<f[ >]|table:formula|xlink:href|hyperlink |<script/);
      for (const [day] of text.matchAll(/\b20\d\d-\d\d-\d\d/g)) expect(ofThePaper, part).toContain(day);
    }
  });
});

const office = await run("soffice", ["--version"]).then(
  () => true,
  () => false,
);

/** Every sheet of these workbooks as LibreOffice reads it, by "workbook-sheet". */
async function openedByOffice(files: ReadonlyMap<string, Uint8Array>): Promise<Map<string, string[][]>> {
  const folder = await mkdtemp(join(tmpdir(), "workbook-"));
  try {
    for (const [name, bytes] of files) await writeFile(join(folder, name), bytes);
    // Comma, quotes, UTF-8, values and not how they look, all sheets.
    const filter = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1";
    const profile = `-env:UserInstallation=file://${join(folder, "profile")}`;
    const paths = [...files.keys()].map((name) => join(folder, name));
    const out = join(folder, "out");
    await run("soffice", ["--headless", profile, "--convert-to", filter, "--outdir", out, ...paths]);
    const sheets = new Map<string, string[][]>();
    for (const made of await readdir(out)) {
      const text = await readFile(join(out, made), "utf8");
      sheets.set(made.slice(0, -".csv".length), Papa.parse<string[]>(text).data);
    }
    return sheets;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

describe.skipIf(!office)("opened by LibreOffice (skipped where it is not installed)", () => {
  test("XLSX and ODS show the same values, and what looks like a formula as text", async () => {
    const papers = [
      { name: "sample", make: samplePaper },
      { name: "traps", make: trapPaper },
    ];
    const kinds = ["xlsx", "ods"];
    const files = new Map<string, Uint8Array>();
    for (const { name, make } of papers) {
      for (const kind of kinds)
        files.set(`${name}-${kind}.${kind}`, await bytesOf(make(), `summary.${kind}`));
    }
    const opened = await openedByOffice(files);
    for (const { name, make } of papers) {
      for (const sheet of sheetsOf(cleanPaper(make()))) {
        for (const kind of kinds) {
          const rows = opened.get(`${name}-${kind}-${sheet.name}`) ?? [];
          expect(written(rows), `${sheet.name} of ${name}.${kind}`).toEqual(expected(sheet));
        }
      }
    }
  });
});
