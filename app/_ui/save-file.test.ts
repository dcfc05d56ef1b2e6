/** What a file to take away is called. */
import { expect, test } from "vitest";
import { fileName } from "./save-file";

test("a file is called by its finding, in letters that every system takes", () => {
  expect(fileName("png", "Money and debt: highest in WY4 1,", "July to September 2026")).toBe(
    "money-and-debt-highest-in-wy4-1-july-to-september-2026.png",
  );
});
