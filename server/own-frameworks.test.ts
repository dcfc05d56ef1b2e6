/** A funder's outcomes as an organisation keeps them. */

import { expect, test } from "vitest";
import { inTransaction } from "./context";
import { linesIn, UNMAPPED } from "./domain/impact/frameworks";
import { type SaveOwnFramework, saveOwnFrameworkSchema } from "./domain/impact/own-framework";
import { findNeed } from "./domain/needs";
import { uuidv7 } from "./ids";
import {
  closeOwnFramework,
  findPlanFramework,
  listOwnFrameworks,
  readOutcomesFile,
  saveOwnFramework,
} from "./own-frameworks";
import { testDatabase } from "./testing";
import { arrangeTeam, type Team } from "./testing-casework";

const db = await testDatabase();
const ours = await arrangeTeam(db, "Quayside Advice");
const theirs = await arrangeTeam(db, "Harbour Housing");

const given = (over: Partial<SaveOwnFramework> = {}): SaveOwnFramework => ({
  ...{ id: uuidv7(), name: `Outcomes ${uuidv7()}`, funder: "The Lantern Fund", from: 0 },
  outcomes: [
    { code: "A1", label: "People keep their home", needs: ["HOU-03", "HOU-04"] },
    { code: "A2", label: "People eat", needs: ["BAS-01", "HOU-04"] },
  ],
  ...over,
});
const find = (team: Team, key: string) =>
  inTransaction(team.ctx, (tx) => findPlanFramework(tx, team.organisationId, key));

test("outcomes that were mapped once count needs on every line that they stand on", async () => {
  const kept = await saveOwnFramework(ours.ctx, given());
  const framework = await find(ours, kept.id);
  if (!framework) throw new Error("Not found");
  const lines = linesIn(framework);
  expect(lines(findNeed("HOU-04")?.number ?? -1)).toEqual(["A1", "A2"]);
  expect(lines(findNeed("HOU-01")?.number ?? -1)).toEqual([UNMAPPED]);
  expect(framework).toMatchObject({ key: kept.id, edition: "version 1" });
});

test("a plan names a national framework by its word, and another organisation's by nothing", async () => {
  const kept = await saveOwnFramework(theirs.ctx, given());
  expect(await find(ours, kept.id)).toBeNull();
  expect(await find(ours, "made-up")).toBeNull();
  expect(await find(ours, "nhsof")).toMatchObject({ name: "NHS Outcomes Framework" });
  expect((await listOwnFrameworks(ours.ctx)).map(({ id }) => id)).not.toContain(kept.id);
});

test("a change of outcomes is a new version, a change of name is not, and the old version stays", async () => {
  const first = await saveOwnFramework(ours.ctx, given());
  const same = { ...given(), id: first.id, name: "Renamed outcomes", from: 1 };
  expect(await saveOwnFramework(ours.ctx, same)).toMatchObject({ version: 1, name: "Renamed outcomes" });
  const outcomes = [{ code: "A1", label: "People keep their home", needs: ["HOU-03"] }];
  const second = await saveOwnFramework(ours.ctx, { ...same, outcomes });
  expect(second).toMatchObject({ version: 2, outcomes });
  expect(await saveOwnFramework(ours.ctx, { ...same, outcomes })).toMatchObject({ version: 2 });
  const versions = await db.administrator`
    select version from casework.own_framework_version where framework_id = ${first.id} order by 1`;
  expect(versions.map(({ version }) => version)).toEqual([1, 2]);
});

test("two changes from one version do not overwrite each other", async () => {
  const first = await saveOwnFramework(ours.ctx, given());
  const change = (label: string) =>
    saveOwnFramework(ours.ctx, {
      ...{ ...given(), id: first.id, name: first.name, from: 1 },
      outcomes: [{ code: "A1", label, needs: ["HOU-03"] }],
    });
  const outcomes = await Promise.allSettled([change("One"), change("The other")]);
  expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  expect((await find(ours, first.id))?.edition).toBe("version 2");
});

test("two frameworks of one name cannot be told apart and are refused; a closed one still counts", async () => {
  const kept = await saveOwnFramework(ours.ctx, given());
  await expect(saveOwnFramework(ours.ctx, given({ name: kept.name }))).rejects.toThrow(/Another framework/);
  expect(await closeOwnFramework(ours.ctx, { id: kept.id, closed: true })).toMatchObject({ closed: true });
  expect(await find(ours, kept.id)).toMatchObject({ key: kept.id });
});

test("a code given twice, an outcome without a need and a need that is none are refused", () => {
  const problems = (outcomes: SaveOwnFramework["outcomes"]) => {
    const read = saveOwnFrameworkSchema.safeParse(given({ outcomes }));
    return read.success ? [] : read.error.issues.map(({ message }) => message);
  };
  const outcome = { code: "A1", label: "One", needs: ["HOU-01"] };
  expect(problems([outcome, { ...outcome, code: "a1", label: "Two" }])).toEqual([
    "Two outcomes have this code.",
  ]);
  expect(problems([{ ...outcome, needs: [] }])).toEqual(["Choose at least one need for each outcome."]);
  expect(problems([{ ...outcome, needs: ["HOU-99"] }])).toEqual(["There is no need with this code."]);
  expect(problems([])).toEqual(["Add at least one outcome."]);
});

test("a file gives outcomes in its own order, needs by code or by name", async () => {
  const text = [
    "Code,Outcome,Need",
    "B,People eat,No food",
    "A,People keep their home,hou-04; HOU-03",
    "B,people eat,BAS-02",
  ].join("\r\n");
  expect(await readOutcomesFile(ours.ctx, `\u{feff}${text}`)).toEqual({
    faults: [],
    outcomes: [
      { code: "B", label: "People eat", needs: ["BAS-01", "BAS-02"] },
      { code: "A", label: "People keep their home", needs: ["HOU-04", "HOU-03"] },
    ],
  });
});

test("a file with a fault gives nothing but what is wrong, by line and column", async () => {
  const text = "outcome,need\nPeople eat,Bred\n,HOU-04\nPeople eat,BAS-01\n";
  const { outcomes, faults } = await readOutcomesFile(ours.ctx, text);
  expect(outcomes).toEqual([]);
  expect(faults.map(({ line, column, wrong }) => [line, column, wrong])).toEqual([
    [2, "need", "“Bred” is no need of the list."],
    [3, "outcome", "It is empty."],
  ]);
  await expect(readOutcomesFile(ours.ctx, "outcome;need\na;b")).rejects.toThrow(/semicolons/);
  await expect(readOutcomesFile(ours.ctx, "outcome\nPeople eat")).rejects.toThrow(/missing: need/);
  await expect(readOutcomesFile(ours.ctx, "")).rejects.toThrow(/empty/);
});
