import { expect, test } from "vitest";
import { PlaceFinder } from "../domain/directory-places";
import { DirectoryContents } from "../importers/directory-documents";
import { readRecord } from "../importers/directory-record";
import { AUTHORITIES, makeCounty, REGION } from "./county";
import { directoryFile } from "./directory";

const TODAY = "2026-06-01";
const county = makeCounty("seed", 400);
const places = new PlaceFinder([
  ...Object.values(AUTHORITIES).map((authority) => ({ ...authority, level: "lad" })),
  { ...REGION, level: "region" },
]);

function readDirectory() {
  const contents = new DirectoryContents();
  contents.add({ name: "made", body: JSON.parse(directoryFile(county, "seed", TODAY)) });
  return [...contents.services()].map(({ path, record }) =>
    readRecord(record, path, { today: TODAY, places, terms: contents.terms }),
  );
}

test("the made directory is read without a fault or a remark", () => {
  const read = readDirectory();
  expect(read.length).toBeGreaterThanOrEqual(40);
  for (const service of read) expect(service).toMatchObject({ ok: true, remarks: [] });
});

test("every service but the one that says nothing fits a need, and every area is a known place", () => {
  const facts = readDirectory().flatMap((read) => (read.ok ? [read.facts] : []));
  expect(facts.filter(({ needs }) => needs.length === 0).map(({ name }) => name)).toEqual(["Elmer drop-in"]);
  expect(facts.flatMap(({ areas }) => areas.filter(({ code }) => code === null))).toEqual([]);
});

test("nobody can be rung or written to: numbers are kept for drama, addresses end in .example", () => {
  for (const read of readDirectory()) {
    if (!read.ok) continue;
    for (const { number } of read.facts.phones) expect(number).toMatch(/^01632 960 \d{3}$/);
    expect(read.facts.email).toMatch(/\.example$/);
    expect(new URL(read.facts.url ?? "").hostname).toMatch(/\.example$/);
  }
});

test("the same county and seed give the same file", () => {
  expect(directoryFile(county, "seed", TODAY)).toBe(directoryFile(county, "seed", TODAY));
});
