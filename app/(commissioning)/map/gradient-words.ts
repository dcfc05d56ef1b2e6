/** What is said of a need and deprivation: which end is higher, with its interval, or that it is not clear. */

import type { Bounds, Gradient } from "../../../server/domain/deprivation-gradient";
import { inDigits } from "../../../server/domain/number-text";
import { rateInWords } from "./finding";

/** The finding, about places and never about people or causes. */
export function gradientInWords(label: string, { slope, bounds }: Gradient): string {
  if (bounds !== null)
    return `${label}: too many sectors have fewer than 10 people to draw a slope with deprivation. ${boundsInWords(bounds)}`;
  if (slope === null)
    return `${label}: too few tenths of deprivation have a figure to say how it goes with them`;
  const interval = `(95% interval ${rateInWords(slope.low)} to ${rateInWords(slope.high)})`;
  if (slope.low <= 0 && slope.high >= 0)
    return `${label}: no clear slope with deprivation ${interval}. We cannot tell whether need goes with deprivation here.`;
  const by = rateInWords(Math.abs(slope.perThousand));
  const end = slope.perThousand > 0 ? "most" : "least";
  const other = end === "most" ? "least" : "most";
  return `${label}: ${by} more people per 1,000 households at the ${end} deprived end than at the ${other} ${interval}`;
}

/** How far apart the two ends can be, whatever the hidden figures are. */
function boundsInWords({ low, high }: Bounds): string {
  const ends = (end: string, other: string, from: number, to: number) =>
    `At the ${end} deprived end there are between ${rateInWords(from)} and ${rateInWords(to)} more people per 1,000 households than at the ${other}.`;
  if (low > 0) return ends("most", "least", low, high);
  if (high < 0) return ends("least", "most", -high, -low);
  return `It can be anything from ${rateInWords(-low)} more people per 1,000 households at the least deprived end to ${rateInWords(high)} more at the most deprived end. We cannot tell whether need goes with deprivation here.`;
}

/** How it was made: nation, edition, what is left out, and that a change of coverage is not. */
export function gradientSource({ nation, edition, hidden }: Gradient, coverageChanged: boolean): string {
  const out =
    hidden === 0
      ? ""
      : ` ${inDigits(hidden)} ${hidden === 1 ? "sector" : "sectors"} with fewer than 10 people left out, so low rates read too high.`;
  return `${nation}, ${edition}. Sectors by their average deprivation, which is not each person's own.${out}${coverageChanged ? " Sectors where coverage changed are in it too: who reports there may move it." : ""}`;
}
