/** What stands on the picture beside its maps. */
import { expect, test } from "vitest";
import { legendOfPicture } from "./picture";

test("the legend of a picture names each class and each reason for having none, once", () => {
  const areas = [{ absence: null }, { absence: "few" as const }, { absence: "few" as const }, null];
  expect(legendOfPicture("people", [15, 20], [...areas, { absence: "coverage" as const }])).toEqual({
    title: "People",
    keys: [
      { fill: "--q1", words: "10 to under 15" },
      { fill: "--q2", words: "15 to under 20" },
      { fill: "--q3", words: "20 or more" },
      { fill: "few", words: "fewer than 10" },
      { fill: "none", words: "coverage changed" },
    ],
  });
});
