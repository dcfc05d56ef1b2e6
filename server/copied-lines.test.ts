import { expect, test } from "vitest";
import { copiedLines } from "./copied-lines";
import { testDatabase } from "./testing";

const db = await testDatabase();

const copyOf = (lines: number) =>
  `copy (select n, md5(n::text) from generate_series(1, ${lines}) as n) to stdout`;

async function read(lines: number): Promise<string[][]> {
  return db.app.begin(async (tx) => {
    const found: string[][] = [];
    for await (const some of copiedLines(tx, copyOf(lines))) found.push(...some);
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
    expect(found.map(([number]) => Number(number))).toEqual(Array.from({ length: lines }, (_, at) => at + 1));
    expect(found.every(([, text]) => text?.length === 32)).toBe(true);
  },
);

test("lines that are worked on slowly arrive whole, too", async () => {
  await db.app.begin(async (tx) => {
    let count = 0;
    for await (const some of copiedLines(tx, copyOf(9_000))) {
      count += some.length;
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
