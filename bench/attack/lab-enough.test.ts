/** The data lab's "too few people" tells an attacker little, and would tell all without its error. */

import { expect, test } from "vitest";
import { Chance } from "../../server/demo/random";
import { askEnough } from "./lab-enough";

test("whether there were enough tells little of one person, and on exact counts all", () => {
  expect(askEnough("product", 600, new Chance("enough"))).toBeLessThan(0.62);
  expect(askEnough("raw", 2, new Chance("enough"))).toBe(1);
});
