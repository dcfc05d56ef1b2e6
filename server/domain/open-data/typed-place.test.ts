/** No whole postcode stays in what was typed. */

import { expect, test } from "vitest";
import { withoutPostcodes } from "./typed-place";

test.each([
  ["SR1 3DW", "SR1 3"],
  ["sr13dw", "SR1 3"],
  ["ec1a1bb", "EC1A 1"],
  ["m1 1ae", "M1 1"],
  ["SR1-3DW", "SR1 3"],
  ["SR1 3 DW", "SR1 3"],
  ["12 High Street, SR1 3DW and SR2 1AA", "12 High Street, SR1 3 and SR2 1"],
])("%s is looked for as %s", (typed, cut) => {
  expect(withoutPostcodes(typed)).toBe(cut);
});

test.each(["SR1 3", "SR1", "Sunderland", "rent arrears", "SR1 1+SR1 2", ""])("%s stays", (typed) => {
  expect(withoutPostcodes(typed)).toBe(typed);
});
