import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { writeCsvFile } from "./csv-file";
import { Invalid } from "./domain/errors";

const folder = mkdtempSync(join(tmpdir(), "csv-file-"));
afterAll(() => rmSync(folder, { recursive: true }));

const rightsOf = (path: string) => statSync(path).mode & 0o777;

describe("a file of CSV for an operator", () => {
  test("is its owner's alone, also where everybody could read the one before", async () => {
    const path = join(folder, "found.csv");
    await writeCsvFile(path, ["id"], [["1"]]);
    expect(rightsOf(path)).toBe(0o600);
    writeFileSync(path, "a longer file that was there");
    chmodSync(path, 0o644);
    await writeCsvFile(path, ["id", "words"], [[1, "=SUM(A1)"]]);
    expect(rightsOf(path)).toBe(0o600);
    expect(readFileSync(path, "utf8")).toBe("id,words\r\n1,'=SUM(A1)\r\n");
  });

  test("that cannot be written is told of by its path", async () => {
    for (const path of [folder, join(folder, "nowhere", "found.csv")]) {
      const writing = writeCsvFile(path, ["id"], []);
      await expect(writing).rejects.toThrow(Invalid);
      await expect(writing).rejects.toThrow(`${path} cannot be written`);
    }
  });

  test("whose rows cannot be made is a fault of ours, and not of the path", async () => {
    function* rows(): Generator<[string]> {
      yield ["1"];
      throw new TypeError("no such record");
    }
    await expect(writeCsvFile(join(folder, "faulty.csv"), ["id"], rows())).rejects.toThrow(TypeError);
  });
});
