import { expect, test } from "vitest";
import { LOCKS } from "./locks";

test("no two kinds of work wait for each other by one number", () => {
  const numbers = Object.values(LOCKS);
  expect(new Set(numbers).size).toBe(numbers.length);
});
