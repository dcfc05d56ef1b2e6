/**
 * An action: something that somebody has to do for a client, by a day or when there is time. It is done or found
 * not to be needed, and can be opened again. Where a day stands is decided here; the browser says it in words.
 */

import { z } from "zod";
import { daySchema } from "./client";
import { addDays, type Day } from "./period";
import { oneLine, uuid } from "./typed-text";

export const ACTION_LENGTH = 200;
const title = oneLine
  .min(1, "Say what is to be done.")
  .max(ACTION_LENGTH, `Keep this to ${ACTION_LENGTH} characters.`);

const fields = {
  title,
  /** By which day; null: when there is time. */
  dueOn: daySchema.nullable(),
  /** Whose it is to do; null: nobody's yet. */
  memberId: uuid.nullable(),
};

export const addActionSchema = z.object({
  /** UUID v7 from the device: sent any number of times, the action is there once. */
  id: uuid,
  clientId: uuid,
  /** An issue of this client that it is about. */
  issueId: uuid.nullish().transform((id) => id ?? null),
  ...fields,
});
export type AddAction = z.output<typeof addActionSchema>;

export const changeActionSchema = z.object({ id: uuid, ...fields });
export type ChangeAction = z.output<typeof changeActionSchema>;

export const ACTION_OUTCOMES = ["done", "not-needed"] as const;
export type ActionOutcome = (typeof ACTION_OUTCOMES)[number];

export const finishActionSchema = z.object({ id: uuid, outcome: z.enum(ACTION_OUTCOMES) });
export const actionIdSchema = z.object({ id: uuid });
export const clientActionsSchema = z.object({ clientId: uuid });

/** Somebody who can be given an action or a person: works with clients, and has not left. */
export interface Colleague {
  id: string;
  name: string;
}

/** An action as it is shown to the organisation that it belongs to. */
export interface ShownAction {
  id: string;
  clientId: string;
  title: string;
  dueOn: Day | null;
  /** Whose it is to do; null: nobody's yet. */
  member: Colleague | null;
  issue: { id: string; need: string; label: string | null } | null;
  createdAt: Date;
  /** Null while it is open. */
  finished: { at: Date; by: string | null; outcome: ActionOutcome } | null;
}

/** What is to do for one client, and by whom. */
export interface ClientActions {
  actions: readonly ShownAction[];
  /** Who looks after them; null: nobody yet. */
  looksAfter: Colleague | null;
  /** Whom an action or the person can be given to. */
  colleagues: readonly Colleague[];
}

/** Furthest ahead that a day can be meant. */
const MOST_YEARS = 5;

/** What is wrong with the day of an action; null when nothing is. A day that was already set may pass. */
export function dueFault(dueOn: Day | null, today: Day, before: Day | null = null): string | null {
  if (dueOn === null || dueOn === before) return null;
  if (dueOn < today) return "That day has passed. Choose today or a later day.";
  if (dueOn > addDays(today, MOST_YEARS * 366)) return "Check the year: that is more than five years away.";
  return null;
}

export type DueState = "overdue" | "today" | "soon" | "later" | "whenever";

/** Days ahead that count as soon. */
export const SOON_DAYS = 7;

/** Where the day of an open action stands. */
export function dueState(dueOn: Day | null, today: Day): DueState {
  if (dueOn === null) return "whenever";
  if (dueOn < today) return "overdue";
  if (dueOn === today) return "today";
  return dueOn <= addDays(today, SOON_DAYS) ? "soon" : "later";
}

/** Open actions first, by day with those without one last, ties by age; then finished ones, the latest first. */
export function inActionOrder<T extends Pick<ShownAction, "dueOn" | "createdAt" | "finished">>(
  actions: readonly T[],
): T[] {
  const day = ({ dueOn }: T) => dueOn ?? "9999";
  return [...actions].sort((a, b) => {
    if (a.finished && b.finished) return b.finished.at.getTime() - a.finished.at.getTime();
    if (a.finished || b.finished) return a.finished ? 1 : -1;
    return day(a).localeCompare(day(b)) || a.createdAt.getTime() - b.createdAt.getTime();
  });
}
