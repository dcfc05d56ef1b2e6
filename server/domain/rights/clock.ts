/**
 * The clock of a request (UK GDPR, article 12(3)): one month from the day it came. It stands while the person is asked
 * who they are or which information they mean (article 12A, as the Data (Use and Access) Act 2025 put it in), and moves
 * on for each of those days; two further months with a reason. A last day that is no working day moves to the next
 * one, as the Information Commissioner counts. Complaints are acknowledged within 30 days (Data Protection Act 2018,
 * section 164A).
 */

import { addDays, addMonths, type Day, daysBetween, isWorkingDay } from "../period";

/** Days from a complaint to its acknowledgement. */
const ACKNOWLEDGE_DAYS = 30;

export interface Pause {
  fromOn: Day;
  /** The day of the answer; null while it waits. */
  untilOn: Day | null;
}

export interface Timed {
  kind: string;
  receivedOn: Day;
  acknowledgedOn: Day | null;
  extendedOn: Day | null;
  closedOn: Day | null;
  pauses: readonly Pause[];
}

export interface Clock {
  /** The last day to answer, as it stands today: it moves on for each day of a pause. */
  dueOn: Day;
  /** Whether it stands. */
  isPaused: boolean;
  /** From today to the last day; negative when it is late. Null once it is answered. */
  daysLeft: number | null;
  /** Days for which it stood. */
  pausedDays: number;
  /** For a complaint that has not been acknowledged: the last day to do so. */
  acknowledgeBy: Day | null;
}

/** How a request stands on a day. Two pauses that overlap count once. */
export function clockOf(request: Timed, today: Day, holidays: ReadonlySet<Day>): Clock {
  const end = request.closedOn ?? today;
  const pausedDays = daysIn(request.pauses, end);
  const months = request.extendedOn === null ? 1 : 3;
  let dueOn = addDays(addMonths(request.receivedOn, months), pausedDays);
  while (!isWorkingDay(dueOn, holidays)) dueOn = addDays(dueOn, 1);
  const isOpen = request.closedOn === null;
  return {
    dueOn,
    isPaused: isOpen && request.pauses.some(({ untilOn }) => untilOn === null),
    daysLeft: isOpen ? daysBetween(today, dueOn) : null,
    pausedDays,
    acknowledgeBy:
      request.kind === "complaint" && request.acknowledgedOn === null && isOpen
        ? addDays(request.receivedOn, ACKNOWLEDGE_DAYS)
        : null,
  };
}

/** Days that lie in at least one pause: each from its first day to before the day of the answer. */
function daysIn(pauses: readonly Pause[], end: Day): number {
  let counted = 0;
  let reached = "";
  for (const { fromOn, untilOn } of [...pauses].sort((a, b) => a.fromOn.localeCompare(b.fromOn))) {
    const from = fromOn > reached ? fromOn : reached;
    const until = untilOn ?? end;
    if (until <= from) continue;
    counted += daysBetween(from, until);
    reached = until;
  }
  return counted;
}
