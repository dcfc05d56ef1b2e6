/**
 * People of these records as the table of a study: the need with which somebody came to a service for the first time,
 * what was known of them on that day, and what came of the need. Nothing after the day is looked at for the first two.
 */

import { getNeedByNumber, SEVERITIES, type Severity } from "../needs";
import { addDays, type Day, daysBetween } from "../period";
import { monthNumberOf, type Traits } from "../slices";
import { CASEWORK_CODEBOOK, CASEWORK_DAYS } from "./casework-set";
import type { Value } from "./data-set";

/** What one contact said of one need. */
export interface SaidOfNeed {
  need: number;
  status: "new" | "ongoing" | "improved" | "worsened" | "resolved" | "no-longer-relevant";
  severity: Severity;
}

/** A contact of a person with any service here. */
export interface PersonContact {
  day: Day;
  organisationId: number;
  serviceId: string;
  /** Of the small area they lived in; null when not known. */
  decile: number | null;
  said: readonly SaidOfNeed[];
}

/** The first time that somebody met a service. */
export interface ServiceStart {
  organisationId: number;
  serviceId: string;
  day: Day;
}

/** The day on which somebody's time begins, and the need that it is about. */
export interface CaseworkIndex {
  day: Day;
  need: number;
  severity: Severity;
  decile: number | null;
}

/** Said of a need that is there; the rest says that it has gone. */
const isOpen = ({ status }: SaidOfNeed) => status !== "resolved" && status !== "no-longer-relevant";

/** The most serious need that somebody brought to a service on the day they first met it; null when they brought none. */
export function indexOfStart(contacts: readonly PersonContact[], start: ServiceStart): CaseworkIndex | null {
  let chosen: CaseworkIndex | null = null;
  for (const { day, organisationId, serviceId, decile, said } of contacts) {
    if (day !== start.day || organisationId !== start.organisationId || serviceId !== start.serviceId)
      continue;
    for (const { need, severity } of said.filter(isOpen)) {
      const worse = chosen === null ? 1 : SEVERITIES.indexOf(severity) - SEVERITIES.indexOf(chosen.severity);
      if (worse > 0 || (worse === 0 && need < (chosen?.need ?? 0))) chosen = { day, need, severity, decile };
    }
  }
  return chosen;
}

/** Older than anybody has been: a date of birth that stands for "not known". */
const OLDEST = 120;

/** The values of the codebook's covariates on the day of an index, in its order. */
export function covariatesAt(
  index: CaseworkIndex,
  contacts: readonly PersonContact[],
  traits: Traits,
): Value[] {
  const from = addDays(index.day, -CASEWORK_DAYS);
  const before = contacts.filter(({ day }) => day >= from && day < index.day);
  const needs = new Set(before.flatMap(({ said }) => said.filter(isOpen).map(({ need }) => need)));
  const age = traits.ageMonth === null ? null : Math.floor((monthNumberOf(index.day) - traits.ageMonth) / 12);
  const values: Readonly<Record<string, Value>> = {
    need: getNeedByNumber(index.need).code,
    severity: index.severity,
    age: age === null || age < 0 || age > OLDEST ? null : age,
    sex: traits.sex === "not-known" ? null : traits.sex,
    decile: index.decile,
    needs_before: needs.size,
    contacts_before: before.length,
    same_need_before: needs.has(index.need) ? "yes" : "no",
    organisations_before: new Set(before.map(({ organisationId }) => organisationId)).size,
  };
  return CASEWORK_CODEBOOK.covariates.map(({ name }) => values[name] ?? null);
}

/**
 * What came of the need in the year after an index. "again": 1 when it was opened anew on a later day, anywhere;
 * "resolved": 1 when it was said to be, from the day itself on; "days_to_resolved": after how many days, NaN when it was
 * not, and 1 for the day itself, because a time has to go by.
 */
export function caseworkOutcome(
  name: string,
  index: Pick<CaseworkIndex, "day" | "need">,
  contacts: readonly PersonContact[],
): number {
  const last = addDays(index.day, CASEWORK_DAYS);
  const days = (status: SaidOfNeed["status"], from: Day) =>
    contacts
      .filter(({ day, said }) => {
        const tells = said.some((one) => one.need === index.need && one.status === status);
        return tells && day >= from && day <= last;
      })
      .map(({ day }) => daysBetween(index.day, day));
  if (name === "again") return days("new", addDays(index.day, 1)).length > 0 ? 1 : 0;
  const resolved = days("resolved", index.day);
  if (name === "resolved") return resolved.length > 0 ? 1 : 0;
  return resolved.length > 0 ? Math.max(1, Math.min(...resolved)) : Number.NaN;
}
