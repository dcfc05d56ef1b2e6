import { Readable } from "node:stream";
import fc from "fast-check";
import Papa from "papaparse";
import { describe, expect, test } from "vitest";
import { type CsvRow, readCsv } from "./csv";

async function rowsOf(bytes: Uint8Array, chunkBytes = bytes.length || 1): Promise<CsvRow[]> {
  const chunks: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += chunkBytes) chunks.push(bytes.subarray(at, at + chunkBytes));
  const rows: CsvRow[] = [];
  for await (const block of readCsv(Readable.from(chunks))) rows.push(...block);
  return rows;
}

const cellsOf = async (text: string, chunkBytes?: number) =>
  (await rowsOf(Buffer.from(text), chunkBytes)).map(({ line, cells }) => [line, ...cells]);

describe("CSV as offices publish it", () => {
  test("a byte-order mark, CRLF, quoted thousands and a last line without an end", async () => {
    expect(await cellsOf('\u{feff}code,rank\r\nE01,"29,199"\r\nE02,7')).toEqual([
      [1, "code", "rank"],
      [2, "E01", "29,199"],
      [3, "E02", "7"],
    ]);
  });

  test("lines are counted through breaks inside quotes and empty lines", async () => {
    expect(await cellsOf('a,b\n"one\ntwo",2\n\n3,4\n')).toEqual([
      [1, "a", "b"],
      [2, "one\ntwo", "2"],
      [5, "3", "4"],
    ]);
  });

  test("Windows Latin marks that Unicode has elsewhere are read as they were meant", async () => {
    const bytes = Buffer.concat([Buffer.from("name\nSt John"), Buffer.from([0x92]), Buffer.from("s\n")]);
    expect((await rowsOf(bytes)).at(-1)?.cells).toEqual(["St John’s"]);
  });

  test("Windows Latin names are read as they were meant", async () => {
    const rows = await rowsOf(Buffer.from("ladcd,ladnmw\nW06,Ynys Môn\n", "latin1"));
    expect(rows[1]?.cells).toEqual(["W06", "Ynys Môn"]);
    expect((await rowsOf(Buffer.from("ladcd,ladnmw\nW06,Ynys Môn\n")))[1]?.cells).toEqual([
      "W06",
      "Ynys Môn",
    ]);
  });

  test("UTF-16 and an unclosed quotation mark are refused with a remedy", async () => {
    await expect(rowsOf(Buffer.from([0xff, 0xfe, 0x61, 0]))).rejects.toThrow(/UTF-16/);
    await expect(cellsOf('a,b\n1,"open\n')).rejects.toThrow(/Line 2.*quotation mark/);
  });

  test("an empty file has no rows", async () => {
    expect(await cellsOf("")).toEqual([]);
  });

  test("however the file is cut into chunks, the rows are the same", async () => {
    const cell = fc.string({ unit: fc.constantFrom("a", "é", '"', ",", "\n", " "), maxLength: 6 });
    const tables = fc.array(fc.array(cell, { minLength: 2, maxLength: 3 }), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(tables, fc.integer({ min: 1, max: 9 }), async (table, chunkBytes) => {
        const rows = table.map((row) => ["x", ...row]);
        const text = `${Papa.unparse(rows, { newline: "\n", quotes: true })}\n`;
        expect((await cellsOf(text, chunkBytes)).map(([, ...cells]) => cells)).toEqual(rows);
      }),
    );
  });
});

test("where people bring their own files, UTF-16 and whatever separates the first line are read as well", async () => {
  const utf16 = Buffer.from("\u{feff}name;day\nAda;1815\nZoë;1900\n", "utf16le");
  const inPieces = async function* () {
    // A letter may be cut in two.
    for (let at = 0; at < utf16.length; at += 5) yield utf16.subarray(at, at + 5);
  };
  const rows: (readonly string[])[] = [];
  for await (const block of readCsv(inPieces(), { anySeparator: true })) {
    rows.push(...block.map(({ cells }) => cells));
  }
  expect(rows).toEqual([
    ["name", "day"],
    ["Ada", "1815"],
    ["Zoë", "1900"],
  ]);
});
