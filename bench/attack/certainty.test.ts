/**
 * Certainty by arithmetic, not by chance: every count, every pair of errors, weighed by how likely they are. The limit is
 * defined for somebody who thinks 0 to 14 possible (`docs/methods/disclosure.md`): there it is nought to the last digit. For
 * somebody who knows beforehand that there are at least one and at most nine it cannot be, whatever the tables, as long
 * as errors have an end: the method page says how often.
 */

import { describe, expect, test } from "vitest";
import { bestGuess, Knowledge, plus, type Spread, spreadOf } from "./posterior";
import { SDC } from "./rules";

const SURE = 0.95;
const COUNTS = Array.from({ length: 9 }, (_, at) => at + 1);
const OWN = Array.from({ length: 31 }, (_, at) => at + 10);

/** The share of true counts of 1 to 9 of which one is sure, where `least` to `most` were thought possible. */
type Share = (least: number, most: number) => number;

/** D8: a figure less one's own caseload of 10 to 40 people. */
const lessOwnCaseload: Share = (least, most) => {
  const known = new Knowledge(SDC);
  let share = 0;
  for (const own of OWN) {
    for (const truth of COUNTS) {
      for (const [place, placeLikely] of SDC.placeErrors) {
        for (const [set, setLikely] of SDC.peopleErrors) {
          const shown = SDC.show(own + truth, place, set);
          const { sure } = bestGuess(spreadOf(least, most, (count) => known.anyPlace(shown, own + count)));
          if (sure >= SURE) share += (placeLikely * setLikely) / OWN.length / COUNTS.length;
        }
      }
    }
  }
  return share;
};

/** D5b: a total less its parts, when all but the errors of the places has been averaged away. */
const placeErrorsAlone =
  (parts: number): Share =>
  (least, most) => {
    const place: Spread = {
      from: Math.min(...SDC.placeErrors.map(([error]) => error)),
      chances: Float64Array.from(SDC.placeErrors, ([, likely]) => likely),
    };
    const errors = Array.from({ length: parts + 1 }, () => place).reduce(plus);
    let share = 0;
    for (const truth of COUNTS) {
      for (const [at, likely] of errors.chances.entries()) {
        const likelihood = (count: number) => errors.chances[truth + at - count] ?? 0;
        if (bestGuess(spreadOf(least, most, likelihood)).sure >= SURE) share += likely / COUNTS.length;
      }
    }
    return share;
  };

describe.each([
  ["a figure less one's own caseload (D8)", lessOwnCaseload, 0.000209],
  ["a total less one part, places alone left (D5b)", placeErrorsAlone(1), 0.00375],
  ["a total less two parts (D5b)", placeErrorsAlone(2), 0.000487],
  ["a total less four parts (D5b)", placeErrorsAlone(4), 0.0000082],
] as const)("%s", (_, share, known) => {
  test("nobody is ever certain of one to nine where 0 to 14 are thought possible", () => {
    expect(share(0, 14)).toBe(0);
  });

  test("who knows that there are 1 to 9 is certain as often as the method page says", () => {
    expect(share(1, 9)).toBeCloseTo(known, 5);
  });
});
