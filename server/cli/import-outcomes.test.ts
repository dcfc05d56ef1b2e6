/** `import outcomes`: the three files from the command line, a line for each table and one for the whole. */

import { beforeAll, expect, test } from "vitest";
import { makeContext } from "../context";
import { NotAllowed, NotFound } from "../domain/errors";
import { testDatabase } from "../testing";
import { CODEBOOK, EVENTS_HEADER, PEOPLE_HEADER } from "../testing-outcomes";
import { arrangeOrganisation } from "../testing-people";
import { madeDirectory, writeMade } from "../testing-places";
import { type Call, type Command, type Opened, WrongUsage } from "./command";
import { importOutcomesCommand } from "./import-outcomes";
import { organisationOutcomes } from "./organisation";

const db = await testDatabase();
const folder = await madeDirectory();
const opened: Opened = {
  ...db,
  ctx: makeContext({ app: db.app, reader: db.reader }, null),
  installation: {
    ...{ dataDir: folder, clusterDirectory: undefined, urls: db.urls, empty: false, quietMs: 0 },
    ring: { current: "1", secrets: {} },
    writeWith: async () => {},
    stop: async () => {},
  },
};

/** Runs the command as the register does; gives back its exit code, its lines and its words. */
async function run(...args: string[]) {
  return runCommand(importOutcomesCommand, ...args);
}

async function runCommand(command: Command, ...args: string[]) {
  const lines: Record<string, unknown>[] = [];
  const words: string[] = [];
  const call: Call = {
    args,
    json: true,
    say: () => {},
    result: (line, said = "") => {
      lines.push({ ...line });
      words.push(said);
    },
    open: async () => opened,
  };
  const code = (await command.run(call)) ?? 0;
  return { code, lines, words: words.join("\n") };
}

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
  const allowed = await runCommand(organisationOutcomes, "--organisation", "Wythershire Police");
  expect(allowed.lines).toEqual([{ organisation: police, name: "Wythershire Police", holds: true }]);
});

test("a trial says what would be loaded; then it is, and the second time nothing is added", async () => {
  const files = await write([PERSON], ["P1,2024-05-02,proven"]);
  const trial = await run(...files, "--organisation", "wythershire police", "--dry-run");
  expect(trial.words).toContain("could be loaded: 1 people, 1 events");
  const { code, lines, words } = await run(...files, "--organisation", "wythershire police");
  expect(code).toBe(0);
  expect(lines).toMatchObject([
    { file: "people.csv", read: 1, loaded: 1, unchanged: 0, rejected: 0, byReason: {} },
    { file: "events.csv", read: 1, loaded: 1, unchanged: 0, rejected: 0, byReason: {} },
    { name: CODEBOOK.name, people: 1, eventsKept: 1, refused: false },
  ]);
  expect(words).toContain("was loaded");
  const again = await run(...files, "--organisation", "wythershire police");
  expect(again.lines).toMatchObject([
    { loaded: 0, unchanged: 1 },
    { loaded: 0, unchanged: 1 },
    { dataSetId: lines[2]?.["dataSetId"] },
  ]);
  expect(again.words).toContain("is here already: nothing was added");
});

test("bad rows keep everything out, with exit code 1 and the way to mend them", async () => {
  const files = await write([PERSON, PERSON], []);
  const { code, words, lines } = await run(...files, "--organisation", String(police));
  expect(code).toBe(1);
  expect(words).toContain(
    "line 3, index_date: the same person and index date twice. Keep one row of the two.",
  );
  expect(words).toContain("Nothing was loaded.");
  expect(lines[0]).toMatchObject({ rejected: 1, byReason: { "the same person and index date twice": 1 } });
  expect(JSON.stringify(lines)).not.toContain("Quillon");
});

test("an organisation that may hold none any more loads nothing", async () => {
  await runCommand(organisationOutcomes, "--organisation", String(police), "--end");
  const files = await write([PERSON], []);
  await expect(run(...files, "--organisation", String(police))).rejects.toThrow(NotAllowed);
});
