/** What is wrong with a codebook is said in plain words, by its place. */

import { expect, test } from "vitest";
import { Invalid } from "../errors";
import { EXAMPLE_CODEBOOK } from "./codebook-example";
import { readCodebook } from "./codebook-reading";
import { TEST_CODEBOOK } from "./testing-report";

function faultsOf(text: string): { message: string; fields: Readonly<Record<string, string>> } {
  try {
    readCodebook(text);
    return { message: "", fields: {} };
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    return { message: error.message, fields: error.fields };
  }
}

test("each place that does not fit is told in plain words", () => {
  const { name: _, ...rest } = TEST_CODEBOOK;
  const { fields } = faultsOf(
    JSON.stringify({ ...rest, from: "last year", anchorDays: -1, suitedFor: [], covariates: "age" }),
  );
  expect(fields).toMatchObject({
    name: "This must be there, as words in quotation marks.",
    from: "This must be a day, written as 2025-12-31.",
    anchorDays: "This number must be 0 or more.",
    suitedFor: "This is too short. It needs at least 1.",
    covariates: "This must be there, as a list in square brackets.",
  });
  expect(Object.values(fields).join(" ")).not.toMatch(/Invalid|expected|received|zod/i);
});

test("a table in the place of the codebook is called one", () => {
  expect(faultsOf("record_id,date,kind\n1,2024-01-01,theft\n").message).toContain("is a table");
});

test("the example to start from can be loaded as it stands", () => {
  expect(readCodebook(JSON.stringify(EXAMPLE_CODEBOOK))).toEqual(EXAMPLE_CODEBOOK);
});
