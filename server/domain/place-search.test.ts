/** What people type for a place, and what it may mean. */
import { expect, test } from "vitest";
import { nameFit, postcodeMeanings } from "./place-search";

test.each([
  ["SR1 3DW", "SR1 3DW", "SR1 3"],
  ["sr13dw", "SR1 3DW", "SR1 3"],
  ["sr1-3dw", "SR1 3DW", "SR1 3"],
])("a whole postcode is read however it is typed: %s", (text, postcode, sector) => {
  expect(postcodeMeanings(text)).toEqual([{ postcode, sector, beginning: "SR13DW" }]);
});

test.each([
  ["SR1", null, "SR1"],
  ["sr1 3", null, "SR13"],
  ["SR1 3D", "SR1 3", "SR13D"],
  ["w1a", null, "W1A"],
])("the beginning of a postcode is enough: %s", (text, sector, beginning) => {
  expect(postcodeMeanings(text)).toEqual([{ postcode: null, sector, beginning }]);
});

test("a letter typed for a digit is put right", () => {
  expect(postcodeMeanings("SRl 3DW").map(({ postcode }) => postcode)).toContain("SR1 3DW");
  expect(postcodeMeanings("SRI").map(({ beginning }) => beginning)).toContain("SR1");
});

test.each(["Sunderland", "hendon", "", "SR1 3DW and more", "12345678"])("%s is no postcode", (text) => {
  expect(postcodeMeanings(text)).toEqual([]);
});

test.each([
  ["sunderland", "Sunderland", 0],
  ["sund", "Sunderland", 1],
  ["upon tyne", "Newcastle upon Tyne", 2],
  ["sunderlnad", "Sunderland", 3],
  ["sunderlamd east", "East Sunderland", 3],
])("%s fits %s", (text, name, fit) => {
  expect(nameFit(text, name)).toBe(fit);
});

test.each([
  ["s", "Sunderland"],
  ["leeds", "Sunderland"],
  ["sun moon", "Sunderland"],
])("%s does not fit %s", (text, name) => {
  expect(nameFit(text, name)).toBeNull();
});
