/**
 * What is said of a period that is still open: that its figures are "so far", when they move next and when the period
 * settles. The slot is said, never when a figure last moved.
 */

import type { OpenClock, OpenFigures } from "../../../server/domain/figures";
import { dayInWords, dayOf } from "../../../server/domain/period";

const dayAndMonth = new Intl.DateTimeFormat("en-GB", {
  timeZone: "Europe/London",
  day: "numeric",
  month: "long",
});
const timeOfDay = new Intl.DateTimeFormat("en-GB", {
  timeZone: "Europe/London",
  hour: "2-digit",
  minute: "2-digit",
});

/** Slots that come several times in a day: their next one is an hour, not a day. */
const WITHIN_A_DAY = new Set<OpenClock["slot"]>(["10s", "1min", "10min", "1h"]);

/** "moves each Monday, next on 23 November", "moves each hour in working hours, next at 14:00". */
export function clockInWords({ slot, words, nextAt }: OpenClock, now: Date): string {
  const next = new Date(nextAt);
  const isToday = dayOf(next) === dayOf(now);
  const when =
    WITHIN_A_DAY.has(slot) && isToday ? `at ${timeOfDay.format(next)}` : `on ${dayAndMonth.format(next)}`;
  return `${words}, next ${when}`;
}

/** A figure so far is never ahead of the people who came: docs/methods/disclosure.md. */
export const BEHIND_WORDS = "about 10 people behind on purpose";

/** What a whole map says: its one clock, the soonest of several, or that nothing moves before it settles. */
export function openInWords({ settlesOn, clocks }: OpenFigures, now: Date): string {
  const settles = `settles on ${dayInWords(settlesOn)}`;
  const [soonest] = [...clocks].sort((a, b) => (a.nextAt < b.nextAt ? -1 : 1));
  if (!soonest) return `so far, ${BEHIND_WORDS}, ${settles}`;
  if (clocks.length === 1) return `so far, ${BEHIND_WORDS}, ${clockInWords(soonest, now)}, ${settles}`;
  const when = dayAndMonth.format(new Date(soonest.nextAt));
  return `so far, ${BEHIND_WORDS}; busy areas are brought up to date more often, the next on ${when}; ${settles}`;
}
