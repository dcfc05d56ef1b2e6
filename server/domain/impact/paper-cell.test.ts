/** How a cell of a paper is said. */
import { expect, test } from "vitest";
import type { PaperCell, PaperColumn } from "./paper";
import { cellWords, dataCell } from "./paper-cell";

test.each<[PaperCell, PaperColumn["type"], string]>([
  [1310, "people", "1,310"],
  [1_234_567, "count", "1,234,567"],
  [37, "percent", "37%"],
  [37.5, "percent", "37.5%"],
  [1.7, "score", "1.7"],
  [-1.7, "score", "−1.7"],
  [-0.01, "score", "0.0"],
  [2300, "money", "£2,300"],
  [87.5, "money", "£87.50"],
  [-12, "money", "−£12"],
  [58, "days", "58"],
  ["few", "people", "fewer than 10, or none"],
  ["few", "percent", "fewer than 10, or none"],
  ["few", "text", "few"],
  ["Housing", "text", "Housing"],
  [null, "money", "does not apply"],
  [null, "text", "does not apply"],
])("a cell of %j in a column of %s reads “%s”", (cell, type, words) => {
  expect(cellWords(cell, { type })).toBe(words);
});

test("data keeps numbers as they are, and says in words why there is none", () => {
  expect(dataCell(87.5, { type: "money" })).toBe(87.5);
  expect(dataCell("few", { type: "people" })).toBe("fewer than 10, or none");
  expect(dataCell(null, { type: "people" })).toBe("does not apply");
});
