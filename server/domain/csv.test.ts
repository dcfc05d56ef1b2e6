import { expect, test } from "vitest";
import { csvFile, csvLine, csvValue } from "./csv";

test.each([
  ["plain", "plain"],
  ["with, comma", '"with, comma"'],
  ['say "hi"', '"say ""hi"""'],
  ["two\nlines", '"two\nlines"'],
  [" kept ", '" kept "'],
  ["", ""],
])("%j is written as %s", (value, written) => {
  expect(csvValue(value)).toBe(written);
});

test.each(["=1+1", "+44", "-2", "@SUM(A1)", "\tx", "\rx", "＝1"])(
  "a spreadsheet will not run %j",
  (value) => {
    const written = csvValue(value).replace(/^"/, "");
    expect(written.startsWith("'")).toBe(true);
    expect(written.replace(/"$/, "").slice(1)).toBe(value);
  },
);

test("numbers stay numbers", () => {
  expect(csvLine([-5, 0, 1140, null])).toBe("-5,0,1140,\r\n");
});

test("a file starts with its byte order mark and columns, and ends its last line", () => {
  expect(csvFile(["a", "b"], [["x", 1]])).toBe("\uFEFFa,b\r\nx,1\r\n");
});
