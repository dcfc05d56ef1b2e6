import { expect, test } from "vitest";
import { testDatabase } from "../testing";
import { madeDirectory, writeMade } from "../testing-places";
import { WrongUsage } from "./command";
import { importDirectoryCommand } from "./import-directory";
import { openedIn, runCommand } from "./testing-command";

const db = await testDatabase();
const folder = await madeDirectory();
const opened = openedIn(db, folder);

/** The exit code of the command, its one line and its words. */
async function run(...args: string[]) {
  const { code, results, words } = await runCommand(importDirectoryCommand, args, { opened });
  expect(results).toHaveLength(1);
  return { code, line: results[0], words };
}

const service = {
  id: "a",
  name: "Made line",
  status: "active",
  service_at_locations: [{ location: { addresses: [{ postal_code: "x" }] } }],
};

test("files are loaded in one go, and the line says what became of them", async () => {
  const one = await writeMade(folder, "one.json", JSON.stringify([service]));
  const two = await writeMade(folder, "two.json", JSON.stringify([{ ...service, id: "b" }]));
  expect(await run(one, two, "--source", "Made")).toMatchObject({
    code: 0,
    line: { source: "Made", read: 2, loaded: 2, unchanged: 0, rejected: 0, byReason: {} },
    words: expect.stringMatching(/2 services loaded[\s\S]*“x” is left out/),
  });
  expect((await run(one, two, "--source", "Made")).line).toMatchObject({ loaded: 0, unchanged: 2 });
});

test("bad records keep everything out, with exit code 1 and the way to mend them", async () => {
  const bad = await writeMade(folder, "bad.json", JSON.stringify([service, { id: "c" }]));
  expect(await run(bad, "--source", "Bad")).toMatchObject({
    code: 1,
    line: { refused: true, loaded: 0, byReason: { "no name": 1 } },
    words: expect.stringMatching(
      /bad\.json, \[1\], name: no name\. Give the service c a name[\s\S]*Nothing was loaded/,
    ),
  });
  expect(await run(bad, "--source", "Bad", "--leave-out-bad-rows")).toMatchObject({
    code: 0,
    line: { loaded: 1 },
  });
});

test("what cannot be read as a whole is told in one line, too", async () => {
  const empty = await writeMade(folder, "empty.json", "");
  expect(await run(empty)).toMatchObject({
    code: 1,
    line: { kind: "directory", error: "empty.json is empty." },
  });
});

test("an address that may not be read is refused before anything is opened", async () => {
  await expect(run("http://127.0.0.1:1/api")).rejects.toThrow(/only https/);
  await expect(run("https://192.168.0.1/api")).rejects.toThrow(/private network/);
});

test("files and an address together, or nothing, are typed wrongly", async () => {
  await expect(run()).rejects.toThrow(WrongUsage);
  await expect(run("a.json", "https://example.org/api")).rejects.toThrow(WrongUsage);
});
