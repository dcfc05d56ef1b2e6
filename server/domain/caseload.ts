/**
 * Who looks after whom, and whom to think of today: people not seen for a while, issues in crisis, actions that are
 * due. Rules only; the rows are handed in.
 */

import { z } from "zod";
import { type Colleague, type DueState, dueState, type ShownAction } from "./action";
import { type Day, dayOf, daysBetween } from "./period";
import type { ClientSummary } from "./profile";
import { uuid } from "./typed-text";

/** Days that somebody can choose for "not seen for"; about a week, a fortnight, four and eight weeks, a quarter. */
export const NOT_SEEN_CHOICES = [7, 14, 28, 56, 91] as const;

export const notSeenSchema = z.object({
  days: z
    .number()
    .refine((days) => NOT_SEEN_CHOICES.some((choice) => choice === days), "Choose one of the times."),
});

/** People who are moved at once: one transaction, one thing to undo. */
export const MOST_MOVED = 500;
/** Hours for which a move can be undone. */
export const UNDO_HOURS = 24;

export const reassignSchema = z.object({
  /** UUID v7 from the device: sent again, the move has one effect. */
  id: uuid,
  clientIds: z
    .array(uuid)
    .min(1, "Choose at least one person.")
    .max(MOST_MOVED, `Move at most ${MOST_MOVED} people at once.`)
    .refine((ids) => new Set(ids).size === ids.length, "Somebody is in the list twice."),
  /** Null: nobody for now. */
  to: uuid.nullable(),
});
export type Reassign = z.output<typeof reassignSchema>;

export const assignSchema = z.object({ id: uuid, clientId: uuid, to: uuid.nullable() });
export const undoMoveSchema = z.object({ id: uuid });

export const CASELOAD_VIEWS = ["all", "crisis", "not-seen"] as const;
export type CaseloadView = (typeof CASELOAD_VIEWS)[number];

export const listPeopleSchema = z.object({
  /** A member's people, or those whom nobody looks after. */
  whose: z.union([z.literal("unassigned"), uuid]),
  view: z.enum(CASELOAD_VIEWS).default("all"),
  /** Only people whose latest contact was with this service. */
  serviceId: uuid.nullish().transform((id) => id ?? null),
  /** The last one of the page before. */
  after: uuid.nullish().transform((id) => id ?? null),
});
export type ListPeople = z.output<typeof listPeopleSchema>;

/** What is known of a client before a name is opened. */
export interface CaseloadRow {
  id: string;
  addedAt: Date;
  lastContactOn: Day | null;
  /** Service of the latest contact. */
  serviceId: string | null;
}

/** Days since somebody was seen; since they were added when there was no contact yet. Never negative. */
export function daysUnseen(
  { lastContactOn, addedAt }: Pick<CaseloadRow, "lastContactOn" | "addedAt">,
  today: Day,
) {
  return Math.max(0, daysBetween(lastContactOn ?? dayOf(addedAt), today));
}

/** Whether somebody has not been seen for so many days: the day itself counts. */
export function isNotSeen(
  row: Pick<CaseloadRow, "lastContactOn" | "addedAt">,
  today: Day,
  days: number,
): boolean {
  return daysUnseen(row, today) >= days;
}

/** Whoever was not seen for longest comes first; ties by id, so that pages do not overlap. */
export function longestUnseenFirst<T extends CaseloadRow>(rows: readonly T[], today: Day): T[] {
  return rows
    .map((row) => ({ row, days: daysUnseen(row, today) }))
    .sort((a, b) => b.days - a.days || a.row.id.localeCompare(b.row.id))
    .map(({ row }) => row);
}

/** An issue that is open and in crisis by the latest word on it. */
export interface CrisisIssue {
  issueId: string;
  clientId: string;
  need: string;
  label: string | null;
  /** Day of that latest word. */
  since: Day;
}

/** One line of a caseload. */
export interface CaseloadPerson extends ClientSummary {
  daysUnseen: number;
  crisis: readonly CrisisIssue[];
}

/** An action with whom it is for; null for somebody who gave no name. */
export interface DayAction extends ShownAction {
  client: { givenName: string; familyName: string } | null;
}

/** Where the actions of a day stand: open ones by their day, and what was finished today. */
export type DueGroups<T> = Readonly<Record<DueState | "finished", readonly T[]>>;

/** Sorts actions into the groups of the day page. Whatever was finished before today is left out. */
export function dueGroups<T extends Pick<ShownAction, "dueOn" | "finished">>(
  actions: readonly T[],
  today: Day,
): DueGroups<T> {
  const groups: Record<DueState | "finished", T[]> = {
    overdue: [],
    today: [],
    soon: [],
    later: [],
    whenever: [],
    finished: [],
  };
  for (const action of actions) {
    if (!action.finished) groups[dueState(action.dueOn, today)].push(action);
    else if (dayOf(action.finished.at) === today) groups.finished.push(action);
  }
  return groups;
}

/** What a worker's day begins with. */
export interface MyDay {
  today: Day;
  notSeenDays: number;
  /** Mine: open ones, and those finished today. */
  actions: readonly DayAction[];
  /** Open ones beyond those that are shown. */
  moreActions: number;
  /** How many people I look after. */
  people: number;
  /** Of those, whoever was not seen for so long, the longest first; at most a page. */
  notSeen: { count: number; shown: readonly CaseloadPerson[] };
  /** Of those, whoever has an open issue in crisis. */
  crisis: { count: number; shown: readonly CaseloadPerson[] };
  unassigned: { count: number; shown: readonly CaseloadPerson[] };
  /** Whom an action can be given to. */
  colleagues: readonly Colleague[];
}

/** Somebody who works with people, or who still has some. */
export interface Worker {
  id: string;
  name: string;
  serviceId: string | null;
  serviceName: string | null;
}

export interface Workers {
  today: Day;
  workers: readonly Worker[];
  services: readonly { id: string; name: string }[];
}

/** What a worker carries. */
export interface WorkerLoad extends Worker {
  people: number;
  /** People with an open issue in crisis. */
  crisis: number;
  /** Actions whose day has passed. */
  overdue: number;
}

/** A move of people that can still be undone. */
export interface RecentMove {
  id: string;
  madeAt: Date;
  madeBy: string;
  /** Null: to nobody. */
  to: string | null;
  people: number;
}

export interface TeamCaseload extends Workers {
  workers: readonly WorkerLoad[];
  unassigned: Pick<WorkerLoad, "people" | "crisis" | "overdue">;
  moves: readonly RecentMove[];
}
