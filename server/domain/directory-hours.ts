/** When a service is open: schedules as published (RFC 5545 rules in fields) read into days and hours, and said in words. */

import { type Opening, WEEKDAYS, type Weekday } from "./directory";
import type { Day } from "./period";

const NAMES: Readonly<Record<Weekday, string>> = {
  MO: "Monday",
  TU: "Tuesday",
  WE: "Wednesday",
  TH: "Thursday",
  FR: "Friday",
  SA: "Saturday",
  SU: "Sunday",
};

/** The fields of a schedule that say when; each as it came. */
export interface PublishedSchedule {
  freq: string | null;
  interval: string | null;
  byday: string | null;
  opensAt: string | null;
  closesAt: string | null;
  validFrom: string | null;
  validTo: string | null;
}

const ORDINALS: Readonly<Record<string, string>> = {
  "1": "first",
  "2": "second",
  "3": "third",
  "4": "fourth",
  "5": "fifth",
  "-1": "last",
};

/**
 * The openings of a schedule. Empty when it says no day and no hour that can be read, or when it is not valid on the
 * day asked about. A rule without a day that comes round daily or weekly stands for every day that its hours name.
 */
export function openingsOf(schedule: PublishedSchedule, on: Day): Opening[] {
  if (isPast(schedule, on)) return [];
  const from = timeOf(schedule.opensAt);
  const to = timeOf(schedule.closesAt);
  const daily = schedule.freq?.toUpperCase() === "DAILY";
  const byWhich = new Map<string | null, Weekday[]>();
  const fortnightly = schedule.freq?.toUpperCase() === "WEEKLY" && schedule.interval === "2";
  for (const word of (schedule.byday ?? "").toUpperCase().split(/[\s,;]+/)) {
    const read = /^(-?\d)?(MO|TU|WE|TH|FR|SA|SU)[A-Z]*$/.exec(word);
    const day = WEEKDAYS.find((known) => known === read?.[2]);
    if (!day) continue;
    const which = read?.[1] ? (ORDINALS[read[1]] ?? null) : fortnightly ? EVERY_OTHER : null;
    byWhich.set(which, [...(byWhich.get(which) ?? []), day]);
  }
  if (byWhich.size === 0 && daily) byWhich.set(null, [...WEEKDAYS]);
  return [...byWhich].map(([which, days]) => ({
    days: WEEKDAYS.filter((day) => days.includes(day)),
    which,
    from,
    to,
  }));
}

/** Schedules are kept for years: one that ended is over, unless it never began to count days (from = to). */
function isPast({ validFrom, validTo }: PublishedSchedule, on: Day): boolean {
  if (validTo === null || validTo === validFrom) return false;
  return validTo < on;
}

/** "10:00:00", "10:00:00Z", "1000", "9.30" as "10:00", "09:30"; null when it is no time of day. */
function timeOf(text: string | null): string | null {
  const read = /^T?(\d{1,2})[:.]?(\d{2})?(?:[:.]?\d{2})?(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})?$/.exec(
    text?.trim() ?? "",
  );
  if (!read) return null;
  const [hour, minute] = [Number(read[1]), Number(read[2] ?? 0)];
  if (hour > 24 || minute > 59) return null;
  return `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
}

/** "Monday to Friday 9am to 5pm; first and third Saturday of the month 10am to 1pm"; empty without openings. */
export function openingsInWords(openings: readonly Opening[]): string {
  const byHours = new Map<string, { which: string | null; hours: string; days: Set<Weekday> }>();
  for (const { days, which, from, to } of openings) {
    const hours = hoursInWords(from, to);
    const key = `${which}|${hours}`;
    const known = byHours.get(key) ?? { which, hours, days: new Set<Weekday>() };
    for (const day of days) known.days.add(day);
    byHours.set(key, known);
  }
  // The first and the third of a month are said together when the rest is the same.
  const said = new Map<string, { which: string[]; hours: string; days: readonly Weekday[] }>();
  for (const { which, hours, days } of byHours.values()) {
    const inOrder = WEEKDAYS.filter((day) => days.has(day));
    const ofMonth = which !== null && which !== EVERY_OTHER;
    const key = `${ofMonth ? "month" : which}|${hours}|${inOrder}`;
    const known = said.get(key) ?? { which: [], hours, days: inOrder };
    said.set(key, { ...known, which: which === null ? [] : [...known.which, which] });
  }
  return [...said.values()]
    .sort((a, b) => firstDay(a.days) - firstDay(b.days) || (a.hours < b.hours ? -1 : 1))
    .map(({ which, hours, days }) => {
      const ofMonth = which.length > 0 && which[0] !== EVERY_OTHER ? "of the month" : "";
      return [listInWords(which), daysInWords(days), ofMonth, hours].filter(Boolean).join(" ");
    })
    .join("; ");
}

const EVERY_OTHER = "every other";

const listInWords = (parts: readonly string[]) =>
  parts.length > 1 ? `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}` : (parts[0] ?? "");

const firstDay = (days: readonly Weekday[]) => WEEKDAYS.findIndex((day) => days.includes(day));

/** Runs of three days or more are said as a range. */
function daysInWords(days: readonly Weekday[]): string {
  if (days.length === WEEKDAYS.length) return "every day";
  const parts: string[] = [];
  for (let at = 0; at < days.length; ) {
    let end = at;
    while (isNext(days[end], days[end + 1])) end += 1;
    const [first, last] = [nameOf(days[at]), nameOf(days[end])];
    if (end - at >= 2) parts.push(`${first} to ${last}`);
    else parts.push(...days.slice(at, end + 1).map(nameOf));
    at = end + 1;
  }
  return listInWords(parts);
}

const isNext = (day: Weekday | undefined, next: Weekday | undefined) =>
  day !== undefined && next !== undefined && WEEKDAYS.indexOf(next) === WEEKDAYS.indexOf(day) + 1;
const nameOf = (day: Weekday | undefined) => (day ? NAMES[day] : "");

function hoursInWords(from: string | null, to: string | null): string {
  if (from === null) return to === null ? "" : `until ${clockInWords(to)}`;
  if (to === null) return `from ${clockInWords(from)}`;
  if (from === "00:00" && (to === "00:00" || to === "24:00" || to === "23:59")) return "at any hour";
  return `${clockInWords(from)} to ${clockInWords(to)}`;
}

function clockInWords(time: string): string {
  const [hour = 0, minute = 0] = time.split(":").map(Number);
  if (minute === 0 && hour === 12) return "noon";
  if (minute === 0 && (hour === 0 || hour === 24)) return "midnight";
  const minutes = minute === 0 ? "" : `.${String(minute).padStart(2, "0")}`;
  return `${hour % 12 === 0 ? 12 : hour % 12}${minutes}${hour % 24 < 12 ? "am" : "pm"}`;
}
