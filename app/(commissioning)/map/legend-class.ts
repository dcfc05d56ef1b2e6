/** The classes of a legend in words: where each begins, and what it holds. Which one a value is in: `classOf`. */

import { CLASSES, LEGEND_CLASSES, type LegendClass } from "../../../server/domain/figures";
import { inDigits } from "../../../server/domain/number-text";

/** The classes of a legend, low to high, each with the value it begins at and the words under it: "10", "40+". */
export function legendOf(
  breaks: readonly number[],
  from: number,
): { legendClass: LegendClass; words: string; range: string }[] {
  const bounds = breaks.slice(0, CLASSES - 1);
  return LEGEND_CLASSES.slice(0, bounds.length + 1).flatMap((legendClass, at) => {
    const low = at === 0 ? from : (bounds[at - 1] ?? from);
    const high = bounds[at];
    const isTop = high === undefined;
    // Where even the smallest figure has reached a break, the class below it holds nothing.
    if (!isTop && high <= low) return [];
    return {
      legendClass,
      words: isTop && at > 0 ? `${inDigits(low)}+` : inDigits(low),
      range: isTop ? `${inDigits(low)} or more` : `${inDigits(low)} to under ${inDigits(high)}`,
    };
  });
}
