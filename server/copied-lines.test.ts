import { describe, expect, test } from "vitest";
import { CopiedLines, copiedLines } from "./copied-lines";
import { testDatabase } from "./testing";

const db = await testDatabase();

const copyOf = (lines: number) =>
  `copy (select n, md5(n::text) from generate_series(1, ${lines}) as n) to stdout`;

async function read(lines: number): Promise<[number, string][]> {
  return db.app.begin(async (tx) => {
    const found: [number, string][] = [];
    for await (const some of copiedLines(tx, copyOf(lines))) {
      while (some.isMore) found.push([some.number(), some.text()]);
    }
    // The same connection answers what comes after.
    expect(await tx`select 1 as one`).toEqual([{ one: 1 }]);
    return found;
  });
}

// Buffers on the way hold 16 and 64 KB: results that fit into one, fill it, or need many.
test.each([0, 1, 100, 400, 420, 800, 1_600, 1_700, 3_300, 5_000, 40_000])(
  "%d lines arrive whole and in order, and the connection goes on",
  async (lines) => {
    const found = await read(lines);
    expect(found).toHaveLength(lines);
    expect(found.map(([number]) => number)).toEqual(Array.from({ length: lines }, (_, at) => at + 1));
    expect(found.every(([, text]) => text.length === 32)).toBe(true);
  },
);

test("lines that are worked on slowly arrive whole, too", async () => {
  await db.app.begin(async (tx) => {
    let count = 0;
    for await (const some of copiedLines(tx, copyOf(9_000))) {
      for (; some.isMore; count += 1) some.text() && some.text();
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    expect(count).toBe(9_000);
    expect(await tx`select 1 as one`).toEqual([{ one: 1 }]);
  });
});

test("a query that fails on the way says so", async () => {
  const failing = db.app.begin(async (tx) => {
    const copy = "copy (select 1 / (50000 - n) from generate_series(1, 60000) as n) to stdout";
    for await (const _ of copiedLines(tx, copy));
  });
  await expect(failing).rejects.toThrow(/division by zero/);
});

describe("the fields of a line", () => {
  const lines = (text: string) => new CopiedLines(Buffer.from(text, "latin1"));

  test("are read one after the other, across lines", () => {
    const some = lines("one\t-12\t{3,40,5}\t\ntwo\t0\t{7}\tlast\n");
    const found: unknown[] = [];
    while (some.isMore) {
      const numbers: number[] = [];
      found.push([
        some.text(),
        some.number(),
        some.numbers((value) => numbers.push(value)),
        numbers,
        some.text(),
      ]);
    }
    expect(found).toEqual([
      ["one", -12, undefined, [3, 40, 5], ""],
      ["two", 0, undefined, [7], "last"],
    ]);
  });

  test("are passed over where they are what is asked for, and not where they only begin alike", () => {
    const some = lines("abc\tabcd\nab\tabc\n");
    const abc = Buffer.from("abc");
    expect([some.isSame(abc), some.isSame(abc), some.text()]).toEqual([true, false, "abcd"]);
    expect([some.isSame(abc), some.text(), some.isSame(abc), some.isMore]).toEqual([
      false,
      "ab",
      true,
      false,
    ]);
  });

  test.each([
    ["no number", (some: CopiedLines) => some.number()],
    ["no array", (some: CopiedLines) => some.numbers(() => {})],
  ])("are refused where there is %s", (_, take) => {
    for (const text of ["x\n", "1x\n", "\n", "{1,NULL}\n", "{1,2\n", "{}\n"]) {
      expect(() => take(lines(text))).toThrow(/^A (field|number)/);
    }
  });
});
