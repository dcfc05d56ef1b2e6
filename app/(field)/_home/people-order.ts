/** Whom the home screen shows before anything is typed: the one just seen, those seen last, those looked after. */
import type { FieldPerson } from "../../_offline/device-state";

/** Minutes within which reopening the app most likely means the same person (journey 5.1 of the domain research). */
export const SAME_PERSON_MINUTES = 20;
const MOST_RECENT = 10;

/** Who was opened last on this device, and when by its clock. */
export interface LastPerson {
  id: string;
  at: number;
}

export interface OrderedPeople {
  /** Opened within the last minutes. */
  last: FieldPerson | null;
  recent: readonly FieldPerson[];
  /** The rest of those whom the worker looks after, by name. */
  assigned: readonly FieldPerson[];
}

export function orderPeople(
  people: readonly FieldPerson[],
  lastPerson: LastPerson | null,
  now: number,
): OrderedPeople {
  const age = lastPerson ? now - lastPerson.at : Number.POSITIVE_INFINITY;
  const isFresh = age >= 0 && age < SAME_PERSON_MINUTES * 60_000;
  const last = (isFresh && people.find(({ id }) => id === lastPerson?.id)) || null;
  const others = people.filter((person) => person !== last);
  const recent = others
    .filter(({ lastContactOn, unsent }) => lastContactOn !== null || unsent)
    .sort(
      (a, b) => Number(b.unsent) - Number(a.unsent) || compare(b.lastContactOn ?? "", a.lastContactOn ?? ""),
    )
    .slice(0, MOST_RECENT);
  const assigned = others
    .filter((person) => person.assignedToMe && !recent.includes(person))
    .sort((a, b) => compare(nameKey(a), nameKey(b)));
  return { last, recent, assigned };
}

const nameKey = ({ familyName, givenName }: FieldPerson) =>
  `${familyName} ${givenName}`.toLocaleLowerCase("en-GB");
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** "9 minutes ago", "just now". */
export function minutesAgo(at: number, now: number): string {
  const minutes = Math.max(0, Math.floor((now - at) / 60_000));
  if (minutes === 0) return "just now";
  return minutes === 1 ? "1 minute ago" : `${minutes} minutes ago`;
}
