/** What the coverage page says, from figures alone: who began or stopped, and whether a rise is one of the same organisations. */

import { FIGURE_VARIANCE } from "../../../server/domain/change/figure-error";
import {
  type AreaCoverage,
  likeForLike,
  type PanelSeries,
  type Reporter,
} from "../../../server/domain/coverage";
import { findPeriod, firstDayOf, periodInWords, periodTextInWords } from "../../../server/domain/period";

/** Months of `m:2025-04` since the year 0. */
export function monthNumber(text: string): number {
  const period = findPeriod(text);
  if (!period) return 0;
  const [year = 0, month = 1] = firstDayOf(period).split("-").map(Number);
  return year * 12 + month - 1;
}

/** "since January 2025", "January 2025 to March 2026". */
export function spanInWords({ first, last, reportsNow }: Reporter): string {
  return reportsNow
    ? `since ${periodTextInWords(first)}`
    : `${periodTextInWords(first)} to ${periodTextInWords(last)}`;
}

/** "4 organisations report in Wytherhaven; Wythershire Police began in April 2026". */
export function coverageFinding({ name, reporters }: AreaCoverage): string {
  const now = reporters.filter(({ reportsNow }) => reportsNow);
  if (reporters.length === 0) return `Nobody’s own figures show in ${name} yet`;
  const report =
    now.length === 0
      ? `Nobody reports in ${name} now`
      : now.length === 1
        ? `One organisation reports in ${name}`
        : `${now.length} organisations report in ${name}`;
  const start = Math.min(...reporters.map(({ first }) => monthNumber(first)));
  const late = now.filter(({ first }) => monthNumber(first) > start).at(-1);
  const left = reporters.filter(({ reportsNow }) => !reportsNow).at(-1);
  if (late) return `${report}; ${late.name} began in ${periodTextInWords(late.first)}`;
  return left
    ? `${report}; ${left.name} stopped after ${periodTextInWords(left.last)}`
    : `${report}, the same all along`;
}

const count = new Intl.NumberFormat("en-GB");

/** What two figures of one line say: "up by 45 (from 120 to 165)", or "about the same" within their errors. */
export function movedInWords(then: number, now: number): string {
  if (isAboutTheSame(then, now)) return `about the same (${count.format(then)}, then ${count.format(now)})`;
  return `${now > then ? "up" : "down"} by ${count.format(Math.abs(now - then))} (from ${count.format(then)} to ${count.format(now)})`;
}

/** Whether no change lies within the 95% interval of the difference: chance of both counts, and the error of both figures. */
function isAboutTheSame(then: number, now: number): boolean {
  return Math.abs(now - then) <= 1.96 * Math.sqrt(then + now + 2 * FIGURE_VARIANCE);
}

/** How the newest period with a panel compares with a year before, for everybody and for the same organisations. */
export function panelFinding(series: PanelSeries): { title: string; sentence: string } | null {
  for (const { period: text } of series.whole.toReversed()) {
    const period = findPeriod(text);
    const found = period && likeForLike(series, period);
    if (!period || !found) continue;
    const { wholeThen, wholeNow, panelThen, panelNow } = found;
    return {
      title: `${series.label} in ${series.name}: ${findingOf(found)}`,
      sentence: `${periodInWords(period)}, against a year before. Everybody: ${movedInWords(wholeThen, wholeNow)}. The organisations that reported all along: ${movedInWords(panelThen, panelNow)}.`,
    };
  }
  return null;
}

type Found = NonNullable<ReturnType<typeof likeForLike>>;

function findingOf({ wholeThen, wholeNow, panelThen, panelNow }: Found): string {
  const whole = isAboutTheSame(wholeThen, wholeNow) ? 0 : Math.sign(wholeNow - wholeThen);
  const panel = isAboutTheSame(panelThen, panelNow) ? 0 : Math.sign(panelNow - panelThen);
  const change = (sign: number) => (sign > 0 ? "rise" : "fall");
  if (whole === 0 && panel === 0) return "about the same as a year before, however it is counted";
  if (whole === 0) return `a ${change(panel)} among the same organisations, hidden in the total`;
  if (panel === 0) return `the ${change(whole)} comes with who reports, not clearly with need`;
  if (whole !== panel) return "everybody’s figure and that of the same organisations go apart";
  // What is left when the panel is taken off carries the errors of both figures, then and now.
  const outside = Math.abs(wholeNow - panelNow - (wholeThen - panelThen));
  const chance = Math.abs(wholeNow - panelNow) + Math.abs(wholeThen - panelThen) + 4 * FIGURE_VARIANCE;
  return outside > 1.96 * Math.sqrt(chance)
    ? `part of the ${change(whole)} comes with who reports`
    : `the ${change(whole)} is there among the same organisations too`;
}
