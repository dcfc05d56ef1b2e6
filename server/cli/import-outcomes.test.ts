/** `import outcomes`: the three files from the command line, a line for each table and one for the whole. */

import { beforeAll, expect, test } from "vitest";
import { NotAllowed, NotFound } from "../domain/errors";
import { testDatabase } from "../testing";
import { CODEBOOK, EVENTS_HEADER, PEOPLE_HEADER } from "../testing-outcomes";
import { arrangeOrganisation } from "../testing-people";
import { madeDirectory, writeMade } from "../testing-places";
import { WrongUsage } from "./command";
import { importOutcomesCommand } from "./import-outcomes";
import { organisationOutcomes } from "./organisation";
import { openedIn, runCommand } from "./testing-command";

const db = await testDatabase();
const folder = await madeDirectory();
const opened = openedIn(db, folder);
const run = (...args: string[]) => runCommand(importOutcomesCommand, args, { opened });

const PERSON = "P1,Quillon,Ravensworth,1980-02-03,M,SR1 3AA,2024-01-10,43,theft,North";
const write = async (people: readonly string[], events: readonly string[]) => [
  await writeMade(folder, "codebook.json", JSON.stringify(CODEBOOK)),
  await writeMade(folder, "people.csv", [PEOPLE_HEADER, ...people].join("\r\n")),
  await writeMade(folder, "events.csv", [EVENTS_HEADER, ...events].join("\r\n")),
];

let police: number;
beforeAll(async () => {
  police = await arrangeOrganisation(db, "Wythershire Police");
});

test("three files and an organisation that may hold them are needed", async () => {
  const files = await write([PERSON], []);
  await expect(run(...files.slice(0, 2), "--organisation", "Wythershire Police")).rejects.toThrow(WrongUsage);
  await expect(run(...files)).rejects.toThrow(WrongUsage);
  await expect(run(...files, "--organisation", "Nobody")).rejects.toThrow(NotFound);
  await expect(run(...files, "--organisation", String(police))).rejects.toThrow(NotAllowed);
  const allowed = await runCommand(organisationOutcomes, ["--organisation", "Wythershire Police"], {
    opened,
  });
  expect(allowed.results).toEqual([{ organisation: police, name: "Wythershire Police", holds: true }]);
});

test("a trial says what would be loaded; then it is, and the second time nothing is added", async () => {
  const files = await write([PERSON], ["P1,2024-05-02,proven"]);
  const trial = await run(...files, "--organisation", "wythershire police", "--dry-run");
  expect(trial.words).toContain("could be loaded: 1 people, 1 events");
  const { code, results, words } = await run(...files, "--organisation", "wythershire police");
  expect(code).toBe(0);
  expect(results).toMatchObject([
    { file: "people.csv", read: 1, loaded: 1, unchanged: 0, rejected: 0, byReason: {} },
    { file: "events.csv", read: 1, loaded: 1, unchanged: 0, rejected: 0, byReason: {} },
    { name: CODEBOOK.name, people: 1, eventsKept: 1, refused: false },
  ]);
  expect(words).toContain("was loaded");
  const again = await run(...files, "--organisation", "wythershire police");
  expect(again.results).toMatchObject([
    { loaded: 0, unchanged: 1 },
    { loaded: 0, unchanged: 1 },
    { dataSetId: results[2]?.["dataSetId"] },
  ]);
  expect(again.words).toContain("is here already: nothing was added");
});

test("bad rows keep everything out, with exit code 1 and the way to mend them", async () => {
  const files = await write([PERSON, PERSON], []);
  const { code, words, results } = await run(...files, "--organisation", String(police));
  expect(code).toBe(1);
  expect(words).toContain(
    "line 3, index_date: the same person and index date twice. Keep one row of the two.",
  );
  expect(words).toContain("Nothing was loaded.");
  expect(results[0]).toMatchObject({ rejected: 1, byReason: { "the same person and index date twice": 1 } });
  expect(JSON.stringify(results)).not.toContain("Quillon");
});

test("an organisation that may hold none any more loads nothing", async () => {
  await runCommand(organisationOutcomes, ["--organisation", String(police), "--end"], { opened });
  const files = await write([PERSON], []);
  await expect(run(...files, "--organisation", String(police))).rejects.toThrow(NotAllowed);
});
