import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { MADE_COLUMNS, makePeople } from "../bench/made-people";
import { linkFile } from "./bulk-linking";
import { csvLine } from "./domain/csv";
import { readExtractRow, readLayout } from "./domain/linking/extract";
import { linkAll } from "./domain/linking/link-all";

const folder = mkdtempSync(join(tmpdir(), "bulk-"));
afterAll(() => rmSync(folder, { recursive: true }));

const options = { map: null, currentYear: 2026, threads: 2 };
const written = (name: string, text: string) => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

describe("linking a file on several threads", () => {
  test("gives what the plain version gives, pair by pair, whatever the order of the rows", async () => {
    // The first sixty have one number, typed to get past a form.
    const made = makePeople({ seed: "bulk", records: 2_000, duplicates: 0.3 }).records();
    const rows = [...made].map((row, at) => (at < 60 ? { ...row, nhs_number: "9998148626" } : row));
    const layout = readLayout(MADE_COLUMNS, null);
    const named = rows.map((row) => readExtractRow(Object.values(row), layout, 2026));
    const plain = linkAll(named, { randomPairs: 20_000 });
    const lines = rows.map((row) => csvLine(Object.values(row)));
    for (const body of [lines, lines.toReversed()]) {
      const path = written("made.csv", csvLine(MADE_COLUMNS) + body.join(""));
      const bulk = await linkFile(path, { ...options, randomPairs: 20_000 });
      expect(bulk.records).toBe(rows.length);
      expect(bulk.candidates).toBe(plain.candidates);
      expect(bulk.oversizedKeys).toBe(plain.oversizedKeys);
      expect(bulk.estimate).toEqual(plain.estimate);
      expect(bulk.model).toEqual(plain.model);
      expect(bulk.clusters).toEqual(plain.clusters);
      expect(bulk.pairs).toEqual(plain.pairs);
      expect(bulk.pairs.length).toBeGreaterThan(500);
    }
  });

  test("says the lines of two rows with one number, and of a row without any", async () => {
    const twice = written(
      "twice.csv",
      "record_id,first_name,last_name\r\nR1,Ann,Lee\r\nR2,Bo,Lee\r\nR1,Ann,Lee\r\n",
    );
    await expect(linkFile(twice, options)).rejects.toThrow("Lines 2 and 4 have the same record_id");
    const none = written("none.csv", "record_id,first_name,last_name\nR1,Ann,Lee\n,Bo,Lee\n");
    await expect(linkFile(none, options)).rejects.toThrow("Line 3 has no record_id");
    const nobody = written("nobody.csv", "first_name,last_name\nAnn,Lee\n");
    await expect(linkFile(nobody, options)).rejects.toThrow("no column record_id");
  });

  test("an extract of nobody, or of one, has no pairs", async () => {
    expect(
      await linkFile(written("one.csv", "record_id,first_name,last_name\nR1,Ann,Lee\n"), options),
    ).toMatchObject({
      records: 1,
      pairs: [],
      clusters: [],
    });
    expect(await linkFile(written("empty.csv", "record_id,first_name,last_name\n"), options)).toMatchObject({
      records: 0,
      pairs: [],
    });
  });
});
