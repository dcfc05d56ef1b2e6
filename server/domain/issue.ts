/**
 * An issue: a need that a client presents, opened at a contact and carried on at later ones. Nothing of its
 * state is stored: the entries of the contacts that were not voided say all of it, in the order of their day
 * and, on one day, of their receipt.
 */

import type { Severity } from "./needs";
import type { Day } from "./period";

export const ENTRY_STATUSES = [
  "new",
  "ongoing",
  "improved",
  "worsened",
  "resolved",
  "no-longer-relevant",
] as const;
export type EntryStatus = (typeof ENTRY_STATUSES)[number];
/** Whether an issue is still open after an entry with this status. */
export function isOpenStatus(status: EntryStatus): boolean {
  return status !== "resolved" && status !== "no-longer-relevant";
}

/** What a first entry may say: a need met at the same contact is resolved at once. */
export const FIRST_STATUSES: readonly EntryStatus[] = ["new", "ongoing", "resolved"];

/** What a contact that was not voided said of an issue. */
export interface CourseEntry {
  contactId: string;
  occurredOn: Day;
  /** Order of receipt by the server. */
  receivedNo: bigint;
  status: EntryStatus;
  severity: Severity;
  ours: boolean;
}

export interface IssueState {
  /** Null when nothing is left that spoke of it. */
  latest: CourseEntry | null;
  open: boolean;
  /** Oldest first: the first one opens the issue. */
  course: readonly CourseEntry[];
}

/** Where an issue stands, from what was said of it, in any order. */
export function stateOf(entries: readonly CourseEntry[]): IssueState {
  const course = [...entries].sort(
    (a, b) => compare(a.occurredOn, b.occurredOn) || compare(a.receivedNo, b.receivedNo),
  );
  const latest = course.at(-1) ?? null;
  return { latest, open: latest !== null && isOpenStatus(latest.status), course };
}

function compare<T extends string | bigint>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
