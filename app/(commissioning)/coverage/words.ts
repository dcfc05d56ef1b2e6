/** What the coverage page says, from figures alone: who began or stopped, and whether a rise is one of the same organisations. */

import {
  type Beside,
  isWithinError,
  partingInWords,
  partingOf,
} from "../../../server/domain/change/reporting";
import {
  type AreaCoverage,
  likeForLike,
  type PanelSeries,
  type Reporter,
} from "../../../server/domain/coverage";
import { inDigits } from "../../../server/domain/number-text";
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

/**
 * "4 organisations report in Wythershire; Wythershire Police began in Wytherhaven in April 2026". Who began or stopped
 * in an area inside is told too, and "the same all along" only when nothing speaks against it: `parts` says that the
 * figures of everybody and of the panel part.
 */
export function coverageFinding(
  { area, name, reporters }: AreaCoverage,
  areas: readonly AreaCoverage[],
  parts: boolean,
): string {
  const now = reporters.filter(({ reportsNow }) => reportsNow);
  if (reporters.length === 0) return `Nobody’s own figures show in ${name} yet`;
  const report =
    now.length === 0
      ? `Nobody reports in ${name} now`
      : now.length === 1
        ? `One organisation reports in ${name}`
        : `${now.length} organisations report in ${name}`;
  const here = turnedIn(reporters);
  if (here) return `${report}; ${here.name} ${here.what} ${periodTextInWords(here.month)}`;
  for (const inside of areas.filter(({ within }) => within.includes(area))) {
    const there = turnedIn(inside.reporters);
    if (there) {
      const { name: who, month, what } = there;
      return `${report}; ${who} ${what === "began in" ? "began in" : "stopped in"} ${inside.name} ${what === "began in" ? "in" : "after"} ${periodTextInWords(month)}`;
    }
  }
  return parts ? report : `${report}, the same all along`;
}

/** The last that began later than the first, else the last that stopped. */
function turnedIn(
  reporters: readonly Reporter[],
): { name: string; what: "began in" | "stopped after"; month: string } | null {
  const start = Math.min(...reporters.map(({ first }) => monthNumber(first)));
  const late = reporters
    .filter(({ first, reportsNow }) => reportsNow && monthNumber(first) > start)
    .sort((a, b) => monthNumber(a.first) - monthNumber(b.first))
    .at(-1);
  if (late) return { name: late.name, what: "began in", month: late.first };
  const left = reporters.filter(({ reportsNow }) => !reportsNow).at(-1);
  return left ? { name: left.name, what: "stopped after", month: left.last } : null;
}

/** What two figures of one line say: "up by 45 (from 120 to 165)", or "not clearly different" within their errors. */
export function movedInWords(then: number, now: number): string {
  if (isWithinError(then, now)) return `not clearly different (${inDigits(then)}, then ${inDigits(now)})`;
  return `${now > then ? "up" : "down"} by ${inDigits(Math.abs(now - then))} (from ${inDigits(then)} to ${inDigits(now)})`;
}

/** How the newest period with a panel compares with a year before, for everybody and for the same organisations. */
export function panelFinding(
  series: PanelSeries,
): { title: string; sentence: string; parts: boolean } | null {
  for (const { period: text } of series.whole.toReversed()) {
    const period = findPeriod(text);
    const found = period && likeForLike(series, period);
    if (!period || !found) continue;
    const { wholeThen, wholeNow, panelThen, panelNow } = found;
    return {
      title: `${series.label} in ${series.name}: ${findingOf(found)}`,
      parts: partingOf(found).outside !== 0,
      sentence: `${periodInWords(period)}, against a year before. Everybody: ${movedInWords(wholeThen, wholeNow)}. The organisations of the panel, in the authorities where they reported all along: ${movedInWords(panelThen, panelNow)}.`,
    };
  }
  return null;
}

function findingOf(beside: Beside): string {
  const parting = partingInWords(beside);
  if (parting) return parting.charAt(0).toLowerCase() + parting.slice(1);
  const { whole, panel } = partingOf(beside);
  const change = (sign: number) => (sign > 0 ? "rise" : "fall");
  if (whole === 0 && panel === 0) return "not clearly different from a year before, however it is counted";
  if (whole === 0) return `a ${change(panel)} among the same organisations, not clear in the total`;
  if (panel === 0) return `a ${change(whole)} of everybody, not clear among the same organisations`;
  return `the ${change(whole)} is there among the same organisations too`;
}
