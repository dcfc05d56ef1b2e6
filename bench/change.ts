/**
 * Before and after, proved: thousands of made series with a known step, turned into figures by the product's own
 * disclosure control, and how often the 95% interval holds the truth. The short form is `change-coverage.test.ts`.
 */

import { type Bench, round } from "./bench";
import { coverageOf, HIDING_SERIES, MADE_SERIES, REFUSED } from "./change-coverage";
import { gradientCoverage, MADE_GRADIENTS } from "./change-gradient";
import { falseWords, STEADY_SERIES } from "./change-trend";

const SERIES = 2_000;
const SEED = 5;
/** The nominal rate is 0.95; a little more than the draws of 2,000 series allow on either side. */
const WITHIN = { least: 0.93, most: 0.995 };
/** The same for series whose people stay on for months. */
const LEAST_STAYING = 0.9;
/** Share of steady series called rising or falling: 5%, and a little more where people stay longer than is taken. */
const MOST_FALSE_WORDS = 0.065;

export const change: Bench = {
  name: "change",
  about: "made series with a known step: the interval of before and after covers it at its nominal rate",
  async run(run) {
    for (const made of MADE_SERIES) {
      const { covered, noFit, bias, width } = coverageOf(made, SERIES, SEED);
      const least = made.stay || made.carried ? LEAST_STAYING : WITHIN.least;
      run.measured({
        bench: "change",
        case: made.name,
        rows: 0,
        series: SERIES,
        no_fit: noFit,
        covered: round(covered, 4),
        bias: round(bias, 4),
        width: round(width, 3),
        target: least,
        ok: covered >= least && covered <= WITHIN.most,
      });
    }
    const { noFit, covered, bias } = coverageOf(HIDING_SERIES, SERIES, SEED);
    run.measured({
      bench: "change",
      case: HIDING_SERIES.name,
      rows: 0,
      series: SERIES,
      no_fit: noFit,
      covered: round(covered, 4),
      bias: round(bias, 4),
      target: REFUSED,
      ok: noFit / SERIES >= REFUSED,
    });
    for (const made of STEADY_SERIES) {
      const said = falseWords(made, SERIES, SEED);
      run.measured({
        ...{ bench: "change", case: made.name, rows: 0, series: SERIES },
        ...{ false_words: round(said, 4), target: MOST_FALSE_WORDS, ok: said <= MOST_FALSE_WORDS },
      });
    }
    for (const made of MADE_GRADIENTS) {
      const { sloped, held, bounded } = gradientCoverage(made, SERIES, SEED);
      const least = Math.min(held, bounded);
      run.measured({
        ...{ bench: "change", case: made.name, rows: 0, worlds: SERIES, sloped: round(sloped, 4) },
        ...{ interval_holds: round(held, 4), bounds_hold: round(bounded, 4) },
        ...{ target: WITHIN.least, ok: least >= WITHIN.least },
      });
    }
  },
};
