/**
 * Which class of the legend a value falls in. The class depends on the value and the legend's breaks and on
 * nothing else, and the breaks are one set for an indicator over all its periods: the same value has the same
 * colour in every period and in every area.
 */

import { inThousands } from "./finding";

/** 1 is low, 5 is high: tokens q1 to q5. */
export type LegendClass = 1 | 2 | 3 | 4 | 5;

const CLASSES: readonly LegendClass[] = [1, 2, 3, 4, 5];

/** The class of a value: one more than the number of breaks it has reached. A value on a break is in the higher class. */
export function classOf(value: number, breaks: readonly number[]): LegendClass {
  const reached = breaks.filter((bound) => value >= bound).length;
  return CLASSES[Math.min(reached, CLASSES.length - 1)] ?? 1;
}

/** The classes of a legend, low to high, each with the value it begins at and the words under it: "10", "40+". */
export function legendOf(
  breaks: readonly number[],
  from: number,
): { legendClass: LegendClass; words: string; range: string }[] {
  const bounds = breaks.slice(0, CLASSES.length - 1);
  return CLASSES.slice(0, bounds.length + 1).flatMap((legendClass, at) => {
    const low = at === 0 ? from : (bounds[at - 1] ?? from);
    const high = bounds[at];
    const isTop = high === undefined;
    // Where even the smallest figure has reached a break, the class below it holds nothing.
    if (!isTop && high <= low) return [];
    return {
      legendClass,
      words: isTop && at > 0 ? `${inThousands(low)}+` : inThousands(low),
      range: isTop ? `${inThousands(low)} or more` : `${inThousands(low)} to under ${inThousands(high)}`,
    };
  });
}
