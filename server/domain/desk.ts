/**
 * What waits for an officer, the most urgent first: what is broken or late, then what has a day by which it is due, then
 * what only waits. The order is a rule, so that the desk shows one clear thing to do.
 */

import { type Day, daysBetween } from "./period";

export const DESK_KINDS = [
  "audit",
  "breach",
  "break-glass",
  "request",
  "signature",
  "agreement-review",
  "objection",
  "agreement-unused",
] as const;
export type DeskKind = (typeof DESK_KINDS)[number];

/** One thing to do. */
export interface DeskItem {
  kind: DeskKind;
  /** How many of it wait. */
  count: number;
  /** By when the first is due; null where no day is set. */
  dueOn: Day | null;
  /** Something is broken or late. */
  isLate: boolean;
  /** What tells one from another where only one waits: a title, never a person. */
  about: string | null;
}

/** How many of a thing wait, and nothing of whom they are about. */
export interface Waiting {
  count: number;
  /** By when the first is due; null where none waits. */
  dueOn: Day | null;
  late: number;
}

/** Sums up what waits from the days by which each is due. */
export function waitingOf(each: readonly { dueOn: Day; isLate: boolean }[]): Waiting {
  const [dueOn = null] = each.map((one) => one.dueOn).sort();
  return { count: each.length, dueOn, late: each.filter(({ isLate }) => isLate).length };
}

/** Late ones first, in the order of `DESK_KINDS`; then by the day on which they are due; then those without one. */
export function urgentFirst(items: readonly DeskItem[]): DeskItem[] {
  const kind = (item: DeskItem) => DESK_KINDS.indexOf(item.kind);
  const due = ({ dueOn }: DeskItem) => (dueOn === null ? "9" : dueOn);
  return items
    .filter(({ count }) => count > 0)
    .sort((a, b) => {
      if (a.isLate !== b.isLate) return a.isLate ? -1 : 1;
      if (a.isLate) return kind(a) - kind(b);
      return due(a).localeCompare(due(b)) || kind(a) - kind(b);
    });
}

/** Days before an agreement's review or end on which the desk begins to speak of it. */
export const REVIEW_NOTICE_DAYS = 30;

/** Whether a day is near enough to speak of, or has passed. */
export const isNear = (day: Day, today: Day): boolean => daysBetween(today, day) <= REVIEW_NOTICE_DAYS;
