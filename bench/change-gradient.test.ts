/** What is said of a need and deprivation holds the slope of the counts: the short form of `npm run prove -- change`. */

import { expect, test } from "vitest";
import { gradientCoverage, MADE_GRADIENTS } from "./change-gradient";

const WORLDS = 100;

test.each(MADE_GRADIENTS)("$name", (made) => {
  const { held, bounded } = gradientCoverage(made, WORLDS, 2026);
  expect(held).toBeGreaterThanOrEqual(0.9);
  expect(bounded).toBeGreaterThanOrEqual(0.9);
});
