/**
 * How the charts of a study say a place on their scale: "20 fewer", "same", "10 more". Minus is the typographic one, as
 * wide as plus, so that columns stay straight.
 */

/** What lies below no difference, at it and above it: "fewer", "same", "more". */
export interface Ends {
  less: string;
  none: string;
  more: string;
}

/** One difference with its 95% interval, in the unit of its scale. */
export interface Interval {
  difference: number;
  low: number;
  high: number;
}

const number = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 2 });

/** "−12", "+3", "0". */
export function signed(value: number): string {
  if (value === 0) return "0";
  return `${value < 0 ? "−" : "+"}${number.format(Math.abs(value))}`;
}

/** "20 fewer", "same", "10 more". */
export function endText(value: number, { less, none, more }: Ends): string {
  if (value === 0) return none;
  return `${number.format(Math.abs(value))} ${value < 0 ? less : more}`;
}

/** The smallest and largest of the intervals and of no difference, with a little room. */
export function reachOf(intervals: readonly Interval[]): [number, number] {
  const low = Math.min(0, ...intervals.map((each) => each.low));
  const high = Math.max(0, ...intervals.map((each) => each.high));
  const room = (high - low || 1) * 0.08;
  return [low - room, high + room];
}
