/**
 * Where the marks of an issue's course stand: across by day over the last twelve months, up by how serious it
 * was. Pure, in per cent across and pixels down, so that a strip fits any width.
 */
import type { EntryStatus } from "../../../../server/domain/issue";
import type { Severity } from "../../../../server/domain/needs";
import { addDays, type Day, daysBetween } from "../../../../server/domain/period";
import type { ShownIssue } from "../../../../server/domain/profile";

const DAYS = 365;
/** Pixels from the top of a strip of 52. */
const HEIGHTS: Readonly<Record<Severity, number>> = { low: 40, medium: 31, high: 22, crisis: 13 };

export interface CoursePoint {
  key: string;
  /** Per cent from the left. */
  x: number;
  y: number;
  status: EntryStatus;
  /** It was said before the picture begins: the line comes in from the left, and no mark stands there. */
  before: boolean;
}

const across = (day: Day, from: Day) => Math.max(0, Math.min(100, (daysBetween(from, day) / DAYS) * 100));

/** The marks of an issue; null when it was closed before the picture begins, or every mention was voided. */
export function courseOf(issue: ShownIssue, today: Day): CoursePoint[] | null {
  const from = addDays(today, -DAYS);
  const within = issue.course.filter(({ occurredOn }) => occurredOn >= from);
  const before = issue.course.findLast(({ occurredOn }) => occurredOn < from);
  // An issue that was open already starts at the left edge with what was last said of it.
  const shown = before ? [before, ...within] : within;
  if (shown.length === 0 || (within.length === 0 && !issue.open)) return null;
  return shown.map(({ contactId, occurredOn, status, severity }) => ({
    key: contactId,
    x: across(occurredOn, from),
    y: HEIGHTS[severity],
    status,
    before: occurredOn < from,
  }));
}

const NAMES = ["Jan", "Feb", "Mar", "Apr", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec"];

export interface AxisMonth {
  x: number;
  /** Empty where there is no room. */
  name: string;
  /** Below January only. */
  year: string;
  /** Gives way on a narrow screen. */
  alternate: boolean;
}

/** The first days of the months in the picture. */
export function monthsOf(today: Day): AxisMonth[] {
  const from = addDays(today, -DAYS);
  const months: AxisMonth[] = [];
  for (let back = 11; back >= 0; back -= 1) {
    const month = Number(today.slice(0, 4)) * 12 + Number(today.slice(5, 7)) - 1 - back;
    const year = Math.floor(month / 12);
    const first: Day = `${year}-${String((month % 12) + 1).padStart(2, "0")}-01`;
    const x = across(first, from);
    // The name stands right of its line, so one close to today has no room.
    const name = x > 93.5 ? "" : (NAMES[month % 12] ?? "");
    months.push({ x, name, year: name === "Jan" ? String(year) : "", alternate: back % 2 === 1 });
  }
  return months;
}
