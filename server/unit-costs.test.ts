/** Unit costs as an organisation keeps them, and the files that bring them. */

import { expect, test } from "vitest";
import { inTransaction } from "./context";
import { csvFile } from "./domain/csv";
import { EXAMPLE_UNIT_COSTS, UNIT_COST_HEADER } from "./domain/impact/unit-cost-rows";
import type { UnitCostFields } from "./domain/impact/value";
import { uuidv7 } from "./ids";
import { testDatabase } from "./testing";
import { arrangeTeam, type Team } from "./testing-casework";
import { closeUnitCost, importUnitCosts, listUnitCosts, saveUnitCost, unitCostsFor } from "./unit-costs";

const db = await testDatabase();

const fields = (over: Partial<UnitCostFields> = {}): UnitCostFields => ({
  ...{ name: "An eviction that did not happen", basis: "resolved" as const, path: "HOU-04" },
  ...{ value: 1250, low: 800.5, high: 1900, source: "A made-up database", year: 2024 },
  ...{ confidence: "medium" as const },
  ...over,
});
const file = (...rows: readonly (readonly string[])[]) => csvFile(UNIT_COST_HEADER, rows);
const ROW = [
  "A warm home",
  "improved",
  "BAS-02",
  "£1,250.00",
  "800",
  "1900",
  "A made-up table",
  "2023",
  "Low",
];
const usable = (team: Team) =>
  inTransaction(team.ctx, (tx) => unitCostsFor(tx, team.organisationId)).then((costs) =>
    costs.map(({ name }) => name),
  );

test("a unit cost is kept, changed and closed; new summaries take those that are open, of one organisation", async () => {
  const ours = await arrangeTeam(db, "Ours");
  const theirs = await arrangeTeam(db, "Theirs");
  const id = uuidv7();
  await saveUnitCost(ours.ctx, { id, fields: fields() });
  const changed = await saveUnitCost(ours.ctx, { id, fields: fields({ value: 1300 }) });
  expect(changed).toEqual({ ...fields({ value: 1300 }), id, closed: false });
  expect(await usable(ours)).toEqual(["An eviction that did not happen"]);
  expect(await usable(theirs)).toEqual([]);
  await expect(saveUnitCost(ours.ctx, { id: uuidv7(), fields: fields() })).rejects.toThrow(
    /Another unit cost/,
  );
  await closeUnitCost(ours.ctx, { id, closed: true });
  expect(await usable(ours)).toEqual([]);
  await expect(closeUnitCost(theirs.ctx, { id, closed: true })).rejects.toThrow(/not found/);
});

test("a file is taken whole, and brought in again it adds nothing", async () => {
  const { ctx } = await arrangeTeam(db, "Whole");
  const text = file(ROW, [
    "Somebody helped",
    "people helped",
    "",
    "9.50",
    "9",
    "10",
    "Our own",
    "2024",
    "high",
  ]);
  expect(await importUnitCosts(ctx, text)).toEqual({ rows: 2, added: 2, unchanged: 0, faults: [] });
  expect(await importUnitCosts(ctx, text)).toEqual({ rows: 2, added: 0, unchanged: 2, faults: [] });
  expect(await listUnitCosts(ctx)).toMatchObject([
    { name: "A warm home", basis: "improved", path: "BAS-02", value: 1250, low: 800, confidence: "low" },
    { name: "Somebody helped", basis: "helped", path: "*", value: 9.5 },
  ]);
});

test("the example file can be brought in as it is", async () => {
  const { ctx } = await arrangeTeam(db, "Example");
  expect(await importUnitCosts(ctx, file(...EXAMPLE_UNIT_COSTS))).toMatchObject({ added: 1, faults: [] });
});

test("a file with a fault adds nothing and says line by line what to mend", async () => {
  const { ctx } = await arrangeTeam(db, "Faults");
  const text = file(
    ROW,
    ["", "resolved", "HOU-04", "1", "1", "1", "Somewhere", "2024", "low"],
    ["Odd", "wishes", "HOU-99", "12 pounds", "-1", "1", "Somewhere", "24", "sure"],
    ["Turned round", "helped", "", "5", "9", "10", "Somewhere", "2024", "low"],
    ["a warm home", "improved", "BAS-02", "7", "6", "8", "A made-up table", "2023", "low"],
  );
  const { added, faults } = await importUnitCosts(ctx, text);
  expect(added).toBe(0);
  expect(await listUnitCosts(ctx)).toEqual([]);
  expect(faults.map(({ line, column }) => `${line} ${column}`)).toEqual([
    "3 name",
    ...["4 counted_by", "4 need", "4 value", "4 low", "4 year", "4 confidence"],
    "5 low",
    "6 name",
  ]);
  expect(faults.at(-1)).toEqual({
    line: 6,
    column: "name",
    wrong: "“a warm home” is on line 2 with other values.",
    mend: "Give this one another name, or change the one that is here on its page.",
  });
});

test("names that a spreadsheet would run as a formula are kept as words", async () => {
  const { ctx } = await arrangeTeam(db, "Formula");
  const text = file(['=HYPERLINK("http://evil.test")', ...ROW.slice(1)]);
  await importUnitCosts(ctx, text);
  const [cost] = await listUnitCosts(ctx);
  expect(cost?.name.startsWith("'=")).toBe(true);
});
