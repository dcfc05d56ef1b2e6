/** The events that people wrote down of the area whose series is shown, and where each stands among its periods. */

import type { EventMarker } from "../../../server/domain/event-marker";
import type { FigureSeries } from "../../../server/domain/figures";
import { type Day, daysBetween, findPeriod, firstDayOf, lastDayOf } from "../../../server/domain/period";

/**
 * An event stands at its own areas, at a district that holds one of them, and at the widest areas, which hold them all.
 * One that was taken back stands nowhere. Oldest first, as they stand from left to right.
 */
export function eventsIn(
  events: readonly EventMarker[],
  { area, level, name }: Pick<FigureSeries, "area" | "level" | "name">,
): EventMarker[] {
  const isWidest = level === "region" || level === "nation";
  const here = events.filter(
    ({ areas, withdrawnOn }) =>
      withdrawnOn === null &&
      (isWidest ||
        areas.some(
          (each) => each.area === area || (level === "district" && each.code.startsWith(`${name} `)),
        )),
  );
  return here.toSorted((a, b) => (a.happensOn < b.happensOn ? -1 : 1));
}

/** The period that holds a day, and which part of it had passed, 0 to 1; null where none does. */
export function placeOfDay(day: Day, periods: readonly string[]): { period: string; passed: number } | null {
  for (const text of periods) {
    const period = findPeriod(text);
    if (period === null) continue;
    const [first, last] = [firstDayOf(period), lastDayOf(period)];
    if (day < first || day > last) continue;
    return { period: text, passed: daysBetween(first, day) / (daysBetween(first, last) + 1) };
  }
  return null;
}
