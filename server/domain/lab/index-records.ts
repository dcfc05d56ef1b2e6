/**
 * From people to a table: which index date of each person counts, who of the cohort is lost on the way and why, who is
 * in the comparison, and what came of each. An index date is chosen without looking at anything that happened after it.
 */

import { addDays, daysBetween } from "../period";
import type { LabColumn, LabTable } from "./analysis";
import type { Loss } from "./attrition";
import { type Codebook, highestOf, type OfferedOutcome } from "./codebook";
import type { LinkedRows } from "./cohort-linking";
import type { Covariates, Events, Value } from "./data-set";

/** Somebody of a cohort, as far as the data set needs to know them. */
export interface CohortStart {
  /** The day they started, or another that anchors their time; null where the file does not say. */
  start: string | null;
  /** Why the file itself loses them. */
  loss: Loss | null;
}

/** Which index dates may count. */
export interface IndexRules {
  /** First and last day on which somebody of the cohort started. */
  startedFrom: string;
  startedTo: string;
  /** Longest time in days between an index date and a start, either way. */
  anchorDays: number;
  /** The longest follow-up of the plan's outcomes, in days. */
  followUp: number;
  /** The last day for which the events are complete. */
  completeTo: string;
}

/** Whether everything that happened within the follow-up of an index date is in the data. */
const isFollowedUp = (date: string, { followUp, completeTo }: IndexRules): boolean =>
  addDays(date, followUp) <= completeTo;

/**
 * The place of the index date that counts for somebody of the cohort, or why none does: the one nearest to the start,
 * the earlier of two that are as near. Without a start, the one nearest to the middle of the days between which the
 * cohort started.
 */
export function indexOfParticipant(
  dates: readonly string[],
  start: string | null,
  rules: IndexRules,
): number | Extract<Loss, "no-index-in-window" | "follow-up-not-over"> {
  const { startedFrom, startedTo, anchorDays } = rules;
  const span = start === null ? daysBetween(startedFrom, startedTo) / 2 : 0;
  const anchor = start ?? addDays(startedFrom, Math.floor(span));
  let nearest = -1;
  let shortest = Number.POSITIVE_INFINITY;
  for (const [place, date] of dates.entries()) {
    const days = Math.abs(daysBetween(anchor, date));
    if (days <= anchorDays + span && days < shortest) [nearest, shortest] = [place, days];
  }
  const date = dates[nearest];
  if (date === undefined) return "no-index-in-window";
  return isFollowedUp(date, rules) ? nearest : "follow-up-not-over";
}

/**
 * The place of the index date that counts for somebody who is compared with the cohort: one of those in the window
 * that are followed up, picked by the person's place so that it is the same in every run; null when there is none.
 */
export function indexOfOther(dates: readonly string[], person: number, rules: IndexRules): number | null {
  const from = addDays(rules.startedFrom, -rules.anchorDays);
  const to = addDays(rules.startedTo, rules.anchorDays);
  const possible = dates.flatMap((date, place) =>
    date >= from && date <= to && isFollowedUp(date, rules) ? [place] : [],
  );
  // Knuth's multiplicative hash: neighbours in the file do not all get their first date.
  return possible[(Math.imul(person, 2654435761) >>> 8) % Math.max(1, possible.length)] ?? null;
}

/** A person in the table and the index date that counts for them. */
export interface IndexRecord {
  person: number;
  date: string;
  values: readonly Value[];
}

/** The rows of a table as they come, block by block. Ask for what came of it when every block was shown. */
export class TableBuilder {
  readonly #losses: (Loss | null)[];
  readonly #rowOf = new Map<number, number>();
  readonly #start: readonly CohortStart[];
  readonly #records: IndexRecord[] = [];
  readonly #treated: number[] = [];

  constructor(
    cohort: readonly CohortStart[],
    private readonly linked: LinkedRows,
    private readonly rules: IndexRules,
  ) {
    this.#start = cohort;
    this.#losses = cohort.map(({ start, loss }, row) => {
      const outcome = linked.rows[row] ?? "not-found";
      if (loss === "no-name" || loss === "no-birth-date") return loss;
      if (outcome === "sent-twice") return outcome;
      if (loss) return loss;
      if (start !== null && start > rules.completeTo) return "not-started";
      if (typeof outcome === "string") return outcome;
      this.#rowOf.set(outcome, row);
      return null;
    });
  }

  /** The people of one block, in order; `first` is the number of the first. */
  show(first: number, people: Covariates): void {
    for (const [at, records] of people.entries()) {
      const person = first + at;
      const dates = records.map(([date]) => date);
      const row = this.#rowOf.get(person);
      let chosen: number | null = null;
      if (row !== undefined) {
        const index = indexOfParticipant(dates, this.#start[row]?.start ?? null, this.rules);
        if (typeof index === "number") chosen = index;
        else this.#losses[row] = index;
      } else if (!this.linked.touched.has(person)) chosen = indexOfOther(dates, person, this.rules);
      const record = chosen === null ? undefined : records[chosen];
      if (!record) continue;
      const [date, values] = record;
      this.#records.push({ person, date, values });
      this.#treated.push(row === undefined ? 0 : 1);
    }
  }

  /** Why each row of the cohort is lost, null for those in the table; and the table's people, in order. */
  finish(): { losses: (Loss | null)[]; records: IndexRecord[]; treated: Uint8Array } {
    return { losses: this.#losses, records: this.#records, treated: Uint8Array.from(this.#treated) };
  }
}

/** The table of these people with the covariates that a plan names, and no outcomes yet. */
export function tableOf(
  codebook: Codebook,
  records: readonly IndexRecord[],
  treated: Uint8Array,
  covariates: readonly string[],
): LabTable {
  const columns = new Map<string, LabColumn>();
  for (const [place, { name, type, levels }] of codebook.covariates.entries()) {
    if (!covariates.includes(name)) continue;
    const values = records.map((record) => record.values[place] ?? null);
    columns.set(
      name,
      type === "number" ? numbersOf(values) : categoryOf(values, levels ? Object.keys(levels) : null),
    );
  }
  return { rows: records.length, treated, covariates: columns, outcomes: new Map() };
}

const numbersOf = (values: readonly Value[]): LabColumn => ({
  type: "number",
  values: Float64Array.from(values, (value) => (typeof value === "number" ? value : Number.NaN)),
});

function categoryOf(values: readonly Value[], known: readonly string[] | null): LabColumn {
  const texts = values.map((value) => (value === null ? null : String(value)));
  const levels = known ?? [...new Set(texts.filter((text) => text !== null))].sort();
  const codes = new Map(levels.map((level, code) => [level, code]));
  return {
    type: "category",
    levels,
    codes: Int32Array.from(texts, (text) => (text === null ? -1 : (codes.get(text) ?? -1))),
  };
}

/**
 * What came of somebody in the follow-up of an index date, from the day after it to its last day: 1 or 0; how many
 * events, as far as they count (`highestOf`); days to the first, NaN for none; or, for a number, how serious the worst
 * was, 0 for none.
 */
export function outcomeOf(
  outcome: OfferedOutcome,
  codebook: Codebook,
  index: string,
  events: Events[number],
): number {
  const last = addDays(index, outcome.followUp);
  const counted = events.filter(
    ([day, kind]) => day > index && day <= last && outcome.kinds.includes(codebook.events[kind]?.kind ?? ""),
  );
  if (outcome.type === "binary") return counted.length > 0 ? 1 : 0;
  if (outcome.type === "count") return Math.min(counted.length, highestOf(outcome, codebook));
  if (outcome.type === "time") {
    return counted.length > 0 ? Math.min(...counted.map(([day]) => daysBetween(index, day))) : Number.NaN;
  }
  return Math.max(0, ...counted.map(([, kind]) => codebook.events[kind]?.severity ?? 0));
}
