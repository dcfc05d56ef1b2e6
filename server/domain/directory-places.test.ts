import { expect, test } from "vitest";
import { PlaceFinder } from "./directory-places";

const finder = new PlaceFinder([
  { code: "E92000001", level: "nation", name: "England" },
  { code: "E12000991", level: "region", name: "Wythershire" },
  { code: "E06000991", level: "lad", name: "Wytherhaven" },
  { code: "E06000993", level: "lad", name: "Elmer and the Coast" },
  { code: "E06000047", level: "lad", name: "County Durham" },
  { code: "E06000994", level: "lad", name: "Reading" },
  { code: "E05000001", level: "ward", name: "Castle" },
  { code: "E05000002", level: "ward", name: "Castle" },
  { code: "E05000003", level: "ward", name: "Wytherhaven" },
  { code: "E05000004", level: "ward", name: "Ropewalk" },
]);
const codes = (text: string) => finder.find(text).map(({ code }) => code);

test.each([
  ["E06000991", ["E06000991"]],
  ["http://statistics.data.gov.uk/id/statistical-geography/E06000991", ["E06000991"]],
  ["Wytherhaven", ["E06000991"]],
  ["wytherhaven city council", ["E06000991"]],
  ["The Borough of Wytherhaven", ["E06000991"]],
  ["Durham", ["E06000047"]],
  ["Wytherhaven, Elmer and the Coast", ["E06000991", "E06000993"]],
  ["Wythershire-wide", ["E12000991"]],
  ["Ropewalk", ["E05000004"]],
  ["Castle", [null]],
  ["WY1", ["WY1"]],
  ["wy1 3", ["WY1 3"]],
  ["WY1, WY2 and WY3", ["WY1", "WY2", "WY3"]],
  ["WY postcodes", ["WY"]],
  ["England", ["E92000001"]],
  ["UK wide", ["everywhere"]],
  ["Nationwide", ["everywhere"]],
  ["The service is available to all residents of the Wytherhaven area.", ["E06000991"]],
  ["Groups for reading and writing", [null]],
  ["People who live in Reading", ["E06000994"]],
  ["Wherever the tide turns", [null]],
])("“%s” means %j", (text, expected) => {
  expect(codes(text)).toEqual(expected);
});

test("words that name no place are kept as they are", () => {
  expect(finder.find("  Wherever  the tide turns ")).toEqual([
    { words: "Wherever the tide turns", code: null },
  ]);
  expect(finder.find("")).toEqual([]);
});
