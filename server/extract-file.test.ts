import { describe, expect, test } from "vitest";
import { linkFile } from "./bulk-linking";
import { extractFaults, extractRecords } from "./extract-file";
import { madeDirectory, writeMade, zipOf } from "./testing-places";

const directory = await madeDirectory();
const EXTRACT = [
  "record_id,first_name,last_name,sex,phone",
  "R1,Ann,Lee,not known,none",
  "R2,Bo,Lee,banana,07700 900123",
  "",
].join("\r\n");

const all = async <T>(given: AsyncIterable<T>) => {
  const items: T[] = [];
  for await (const item of given) items.push(item);
  return items;
};
const idsOf = async (path: string) => (await all(extractRecords(path, null, 2026))).map(({ id }) => id);

describe("an extract on the disk", () => {
  test("is read the same plain, gzipped and as the one file of a zip", async () => {
    for (const [name, content] of [
      ["a.csv", EXTRACT],
      ["a.csv.gz", EXTRACT],
      ["a.zip", zipOf({ "a.csv": EXTRACT })],
    ] as const) {
      expect(await idsOf(await writeMade(directory, name, content)), name).toEqual(["R1", "R2"]);
    }
  });

  test("that is one of several in a zip is refused, whatever it is opened for", async () => {
    const path = await writeMade(directory, "two.zip", zipOf({ "a.csv": EXTRACT, "b.csv": EXTRACT }));
    const said = "two.zip holds 2 files: give one.";
    await expect(idsOf(path)).rejects.toThrow(said);
    await expect(all(extractFaults(path, null, 2026))).rejects.toThrow(said);
    await expect(linkFile(path, { map: null, currentYear: 2026, threads: 1 })).rejects.toThrow(said);
  });

  test.each([
    ["31/02/1961", "a day that is in no calendar"],
    ["1961-13-02", "a day that is in no calendar"],
    ["02/03/2061", "a date in the future"],
    ["2027-01-01", "a date in the future"],
    ["soon", "no date of birth"],
    ["01/01/1900", "no date of birth"],
    ["28/02/1961", undefined],
    ["", undefined],
  ])("tells of the date of birth %s that it is %s", async (written, reason) => {
    const rows = `record_id,first_name,last_name,date_of_birth\nR1,Ann,Osgood,${written}\n`;
    const [fault] = await all(extractFaults(await writeMade(directory, "d.csv", rows), null, 2026));
    expect(fault?.reason).toBe(reason);
  });

  test.each([
    [";", "semicolons"],
    ["\t", "tabs"],
  ])("whose columns another sign separates is refused by its name: %j", async (sign, name) => {
    const rows = ["record_id", "first_name"].join(sign);
    await expect(idsOf(await writeMade(directory, "s.csv", `${rows}\n`))).rejects.toThrow(name);
  });

  test("names the line and column of what cannot be read, and not what was left open on purpose", async () => {
    const faults = await all(extractFaults(await writeMade(directory, "b.csv", EXTRACT), null, 2026));
    expect(faults.map(({ line, column }) => [line, column])).toEqual([
      [2, "phone"],
      [3, "sex"],
    ]);
  });
});
