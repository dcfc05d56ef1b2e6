import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { WrongUsage } from "./command";
import { peopleLink } from "./people";
import { runCommand } from "./testing-command";

const folder = mkdtempSync(join(tmpdir(), "people-link-"));
afterAll(() => rmSync(folder, { recursive: true }));

const file = (name: string, text: string) => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

const run = async (args: readonly string[]) => (await runCommand(peopleLink, args)).results;

const PEOPLE = [
  "record_id,first_name,last_name,sex,date_of_birth,postcode,nhs_number",
  "R1,Erasmus,Thistlewood,M,1985-03-12,SR1 3AB,999 877 5574",
  "R2,ERASMUS,thistlewood,M,12/03/1985,sr13ab,9998775575",
  "R3,Deborah,Fothergill,F,31/31/1961,LS1 4DY,",
  "R4,Deborah,Fothergil,F,1961-11-30,LS1 4DY,",
  "R5,Piotr,Kowalski,M,1990-07-08,,",
].join("\r\n");

describe("people link", () => {
  test("writes the pairs, the people and how right it was, and names what cannot be read by its line", async () => {
    const [extract, out, clusters] = [
      file("a.csv", PEOPLE),
      join(folder, "pairs.csv"),
      join(folder, "c.csv"),
    ];
    const truth = file("t.csv", "record_id,person_id\nR1,P1\nR2,P1\nR3,P2\nR4,P2\nR5,P3\n");
    const results = await run([extract, "--out", out, "--clusters", clusters, "--truth", truth]);
    const faults = results.filter((line) => "line" in line);
    expect(faults).toEqual([
      expect.objectContaining({ line: 3, column: "nhs_number", reason: "not a valid number" }),
      expect.objectContaining({ line: 4, column: "date_of_birth", reason: "a day that is in no calendar" }),
    ]);
    expect(results).toContainEqual(
      expect.objectContaining({
        read: 5,
        faults: { "nhs_number: not a valid number": 1, "date_of_birth: a day that is in no calendar": 1 },
        byBand: { link: 1, review: 1 },
      }),
    );
    expect(results.at(-1)).toEqual({
      trial: expect.objectContaining({ truePairs: 2, blockingRecall: 1 }),
    });
    const written = readFileSync(out, "utf8").split("\r\n");
    expect(written[0]).toBe("record_id_a,record_id_b,probability,band,reason");
    expect(written[1]).toMatch(/^R1,R2,0\.99\d+,link,"given name the same/);
    expect(readFileSync(clusters, "utf8")).toBe("person,record_id\r\nR1,R1\r\nR1,R2\r\n");
  });

  test("a mapped file keeps postcodes and numbers as they are written", async () => {
    const extract = file(
      "m.csv",
      "rec,given,zip,born\n1,Ann Lee Osgood,4011,19850312\n2,Ann Lee Osgood,4011,19850312\n",
    );
    const map = file(
      "map.json",
      JSON.stringify({
        columns: { record_id: "rec", first_name: "given", postcode: "zip", date_of_birth: "born" },
      }),
    );
    const out = join(folder, "mapped.csv");
    const results = await run([extract, "--out", out, "--map", map]);
    expect(results).toContainEqual(expect.objectContaining({ read: 2, pairs: 1, faults: {} }));
  });

  test("refuses a file without a record and writes nothing", async () => {
    const out = join(folder, "none.csv");
    for (const text of ["", "record_id,first_name,last_name\r\n"]) {
      await expect(run([file("empty.csv", text), "--out", out])).rejects.toThrow("holds no record");
    }
    expect(existsSync(out)).toBe(false);
  });

  test("says what is missing when it is typed wrongly", async () => {
    await expect(run([])).rejects.toThrow(WrongUsage);
    await expect(run([file("b.csv", PEOPLE)])).rejects.toThrow("--out is missing");
    await expect(run([join(folder, "nowhere.csv"), "--out", join(folder, "x.csv")])).rejects.toThrow();
  });
});
