/** CSV as people save it, read whole; what is no CSV is refused in words that say what it seems to be. */

import fc from "fast-check";
import Papa from "papaparse";
import { describe, expect, test } from "vitest";
import { csvLine } from "./csv";
import { readCsvFile } from "./csv-reading";

const LIMITS = { rows: 100, columns: 10, cell: 200 };
const bytes = (text: string) => new TextEncoder().encode(text);
const read = (file: Uint8Array | string) =>
  readCsvFile(typeof file === "string" ? bytes(file) : file, LIMITS);
const cells = (file: Uint8Array | string) => {
  const reading = read(file);
  return "rows" in reading ? reading.rows.map((row) => row.cells) : reading.problem;
};

describe("the same rows", () => {
  const rows = [
    ["name", "born"],
    ["Zoë O'Hara", "1980-12-31"],
  ];
  const utf16 = (text: string, littleEndian: boolean) => {
    const view = new DataView(new ArrayBuffer(2 + text.length * 2));
    view.setUint16(0, 0xfeff, littleEndian);
    for (let at = 0; at < text.length; at += 1) view.setUint16(2 + at * 2, text.charCodeAt(at), littleEndian);
    return new Uint8Array(view.buffer);
  };
  test.each([
    ["LF", bytes("name,born\nZoë O'Hara,1980-12-31\n")],
    ["CRLF", bytes("name,born\r\nZoë O'Hara,1980-12-31\r\n")],
    ["CR, as old Macs write", bytes("name,born\rZoë O'Hara,1980-12-31")],
    ["a byte-order mark", bytes("\uFEFFname,born\nZoë O'Hara,1980-12-31")],
    ["quoted cells", bytes('"name","born"\n"Zoë O\'Hara","1980-12-31"')],
    ["semicolons", bytes("name;born\nZoë O'Hara;1980-12-31")],
    ["tabs", bytes("name\tborn\nZoë O'Hara\t1980-12-31")],
    ["bars", bytes("name|born\nZoë O'Hara|1980-12-31")],
    ["empty lines", bytes("\nname,born\n\n\nZoë O'Hara,1980-12-31\n,\n\n")],
    ["Windows Latin", Uint8Array.from(Buffer.from("name,born\nZo\xEB O'Hara,1980-12-31", "latin1"))],
    ["UTF-16, as Excel saves text", utf16("name\tborn\r\nZoë O'Hara\t1980-12-31", true)],
    ["UTF-16 the other way round", utf16("name,born\nZoë O'Hara,1980-12-31", false)],
  ])("come of %s", (_what, file) => expect(cells(file)).toEqual(rows));
});

test("a row knows the line it begins on, also after breaks inside a cell", () => {
  const reading = read('a,b\n"x\r\ny",1\n\n"p""q",2');
  expect(reading).toEqual({
    rows: [
      { line: 1, cells: ["a", "b"] },
      { line: 2, cells: ["x\r\ny", "1"] },
      { line: 5, cells: ['p"q', "2"] },
    ],
  });
});

test.each([
  ["a zip or a spreadsheet", Uint8Array.from([0x50, 0x4b, 3, 4]), /spreadsheet or a zip/],
  ["an old spreadsheet", Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 1]), /old spreadsheet/],
  ["a PDF", bytes("%PDF-1.7 name,born"), /PDF/],
  ["a compressed file", Uint8Array.from([0x1f, 0x8b, 8]), /compressed/],
  ["bytes of anything", Uint8Array.from([0x7f, 0x45, 0x4c, 0x46, 0, 0, 1]), /signs that no text has/],
  ["UTF-16 that is cut", Uint8Array.from([0xff, 0xfe, 0x00, 0xd8]), /signs that no text has/],
  ["a quotation mark that is never closed", bytes('a,b\n"x,1\ny,2'), /Line 2.*quotation mark/],
  ["words after a quotation mark", bytes('a,b\n"x"y,1'), /Line 2.*quotation mark/],
  ["too many columns", bytes("a,b,c,d,e,f,g,h,i,j,k"), /more than 10 columns/],
  ["too long a cell", bytes(`a\n${"x".repeat(201)}`), /Line 2 has a cell/],
  ["too many rows", bytes("a\n".repeat(101)), /more than 99 rows/],
])("%s is refused", (_what, file, problem) => expect(cells(file)).toMatch(problem));

test("an empty file has no rows", () => expect(cells("")).toEqual([]));

test("what our own writer writes is read as papaparse reads it", () => {
  const cell = fc.string({ unit: fc.constantFrom("a", '"', ",", "\n", "\r\n", " ", "é", "'"), maxLength: 6 });
  fc.assert(
    fc.property(
      fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 }),
      (rows) => {
        const text = `name,b,c\r\n${rows.map((row) => csvLine(row)).join("")}`;
        const theirs = Papa.parse<string[]>(text, { delimiter: ",", newline: "\r\n" }).data.filter((row) =>
          row.some((value) => value.trim() !== ""),
        );
        expect(cells(text)).toEqual(theirs);
      },
    ),
  );
});

test("half a million quotation marks get an answer: a reader that looks back for each would be at it for hours", () => {
  expect(cells(bytes('"'.repeat(500_001)))).toMatch(/quotation mark/);
  expect(cells(bytes(`a\n${'","'.repeat(200_000)}`))).toMatch(/Line 2 has a cell/);
});
