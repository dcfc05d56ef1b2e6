/**
 * Days and periods: a calendar day, and the month, quarter or financial year (April to March) it lies in.
 * There are no other periods. Days are text, "2026-05-31", and only real days exist; Europe/London decides
 * which day an instant is. Quarters are of the financial year: Q1 is April to June.
 */

export type Day = string;
export type PeriodType = "month" | "quarter" | "year";

export interface Period {
  type: PeriodType;
  /** First calendar year of the financial year: 2026 is April 2026 to March 2027. */
  financialYear: number;
  /** Month 0 to 11 from April, quarter 0 to 3, year 0. */
  index: number;
}

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;

/** Whether the text is a day that exists in the calendar. */
export function isDay(text: string): text is Day {
  const match = DAY.exec(text);
  if (!match) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

const londonDay = new Intl.DateTimeFormat("en-CA", {
  timeZone: "Europe/London",
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
});

/** The day it is in London at an instant. */
export function dayOf(instant: Date): Day {
  return londonDay.format(instant);
}

/** The day so many days later (or earlier, when negative). */
export function addDays(day: Day, days: number): Day {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

/** The same day so many months later, or the last of a shorter month. */
export function addMonths(day: Day, months: number): Day {
  const month = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + months;
  const first = `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, "0")}-01`;
  const next = `${Math.floor((month + 1) / 12)}-${String(((month + 1) % 12) + 1).padStart(2, "0")}-01`;
  const last = addDays(next, -1);
  const same = addDays(first, Number(day.slice(8)) - 1);
  if (same > last) return last;
  return same;
}

/** Days from one day to another; negative when the second is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

const longDay = new Intl.DateTimeFormat("en-GB", {
  timeZone: "UTC",
  day: "numeric",
  month: "long",
  year: "numeric",
});

/** "31 May 2026". */
export function dayInWords(day: Day): string {
  return longDay.format(new Date(`${day}T00:00:00Z`));
}

/** The year in which the day's financial year begins: April to March. */
export function financialYearOf(day: Day): number {
  const year = Number(day.slice(0, 4));
  return Number(day.slice(5, 7)) >= 4 ? year : year - 1;
}

/** Months from April, 0 to 11. */
export function monthIndexOf(day: Day): number {
  return (Number(day.slice(5, 7)) + 8) % 12;
}

/** The period of a type that a day lies in. */
export function periodOf(type: PeriodType, day: Day): Period {
  const month = monthIndexOf(day);
  const index = type === "month" ? month : type === "quarter" ? Math.floor(month / 3) : 0;
  return { type, financialYear: financialYearOf(day), index };
}

/** Length in months: 1, 3 or 12. */
export const MONTHS_OF: Readonly<Record<PeriodType, number>> = { month: 1, quarter: 3, year: 12 };

/** Months covered as bits of a financial year's mask, April = bit 0. */
export function maskOf(period: Period): number {
  const length = MONTHS_OF[period.type];
  return ((1 << length) - 1) << (period.index * length);
}

/** The day on which a period begins. */
export function firstDayOf(period: Period): Day {
  const month = period.index * MONTHS_OF[period.type] + 3;
  const year = period.financialYear + Math.floor(month / 12);
  return `${year}-${String((month % 12) + 1).padStart(2, "0")}-01`;
}

/** The day on which a period ends. */
export function lastDayOf(period: Period): Day {
  return addDays(firstDayOf(nextPeriod(period)), -1);
}

/** The period of the same type after this one. */
export function nextPeriod(period: Period): Period {
  return shiftPeriod(period, 1);
}

/** The period of the same type before this one. */
export function previousPeriod(period: Period): Period {
  return shiftPeriod(period, -1);
}

/** The same type of period, so many steps on. */
export function shiftPeriod(period: Period, steps: number): Period {
  const perYear = 12 / MONTHS_OF[period.type];
  const at = period.financialYear * perYear + period.index + steps;
  return {
    type: period.type,
    financialYear: Math.floor(at / perYear),
    index: ((at % perYear) + perYear) % perYear,
  };
}

/** The same period a year before. */
export function yearBefore(period: Period): Period {
  return { ...period, financialYear: period.financialYear - 1 };
}

/** The shorter periods that make up this one: months of a quarter; months and quarters of a year. */
export function periodsInside(period: Period): Period[] {
  const inside = (type: PeriodType, count: number): Period[] =>
    Array.from({ length: count }, (_, index) => ({
      type,
      financialYear: period.financialYear,
      index: period.index * count + index,
    }));
  if (period.type === "quarter") return inside("month", 3);
  if (period.type === "year") return [...inside("month", 12), ...inside("quarter", 4)];
  return [];
}

/** Text of a period as disclosure control and addresses use it: `m:2026-05`, `q:2026-Q1`, `y:2026`. */
export function periodText(period: Period): string {
  if (period.type === "month") return `m:${firstDayOf(period).slice(0, 7)}`;
  if (period.type === "quarter") return `q:${period.financialYear}-Q${period.index + 1}`;
  return `y:${period.financialYear}`;
}

/** The period of a text such as `q:2026-Q1`; null when it is none. */
export function findPeriod(text: string): Period | null {
  const month = /^m:(\d{4}-(?:0[1-9]|1[0-2]))$/.exec(text);
  if (month) return periodOf("month", `${month[1]}-01`);
  const quarter = /^q:(\d{4})-Q([1-4])$/.exec(text);
  if (quarter) return { type: "quarter", financialYear: Number(quarter[1]), index: Number(quarter[2]) - 1 };
  const year = /^y:(\d{4})$/.exec(text);
  if (year) return { type: "year", financialYear: Number(year[1]), index: 0 };
  return null;
}

const FIRST_YEAR = 2000;
const PER_YEAR = 32;
const QUARTER_0 = 12;
const YEAR_0 = 16;

/** Place of a period among the 17 of its financial year: months 0 to 11, quarters 12 to 15, the year 16. */
export function slotOf(period: Period): number {
  if (period.type === "month") return period.index;
  return period.type === "quarter" ? QUARTER_0 + period.index : YEAR_0;
}

/** Number of a period for storage: (financial year - 2000) x 32 + slot. Fits a smallint until the year 3000. */
export function periodNumber(period: Period): number {
  return (period.financialYear - FIRST_YEAR) * PER_YEAR + slotOf(period);
}

/** Number of the financial year that a period lies in, by its number. */
export function yearNumber(period: number): number {
  return Math.floor(period / PER_YEAR) * PER_YEAR + YEAR_0;
}

/** The period of a storage number. Throws when no period has it. */
export function periodByNumber(number: number): Period {
  const financialYear = Math.floor(number / PER_YEAR) + FIRST_YEAR;
  const slot = ((number % PER_YEAR) + PER_YEAR) % PER_YEAR;
  if (slot < QUARTER_0) return { type: "month", financialYear, index: slot };
  if (slot < YEAR_0) return { type: "quarter", financialYear, index: slot - QUARTER_0 };
  if (slot === YEAR_0) return { type: "year", financialYear, index: 0 };
  throw new Error(`No period has the number ${number}`);
}

const monthAndYear = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", month: "long", year: "numeric" });
const monthAlone = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", month: "long" });

/** "May 2026", of a day in it. */
export const monthInWords = (day: Day): string => monthAndYear.format(new Date(`${day}T00:00:00Z`));

/** "May 2026", "April to June 2026", "April 2026 to March 2027". */
export function periodInWords(period: Period): string {
  const [first, last] = [firstDayOf(period), lastDayOf(period)];
  if (period.type === "month") return monthInWords(first);
  const from =
    period.type === "year" ? monthInWords(first) : monthAlone.format(new Date(`${first}T00:00:00Z`));
  return `${from} to ${monthInWords(last)}`;
}

/** A period's text in words, "May 2026" for "m:2026-05"; a text that is no period stays as it is. */
export function periodTextInWords(text: string): string {
  const period = findPeriod(text);
  return period ? periodInWords(period) : text;
}

/** Working days after the end of a period on which it settles (`docs/methods/disclosure.md`). */
export const SETTLE_WORKING_DAYS = 20;

/** The first working day that is so many working days after a day. Holidays are days of the installation's calendar. */
export function addWorkingDays(day: Day, count: number, holidays: ReadonlySet<Day>): Day {
  let at = day;
  let left = count;
  while (left > 0) {
    at = addDays(at, 1);
    if (isWorkingDay(at, holidays)) left -= 1;
  }
  return at;
}

/** Whether a day is neither at a weekend nor a holiday of the installation's calendar. */
export function isWorkingDay(day: Day, holidays: ReadonlySet<Day>): boolean {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6 && !holidays.has(day);
}

/** The day on which a period settles: 20 working days after its last day. */
export function settlesOn(period: Period, holidays: ReadonlySet<Day>): Day {
  return addWorkingDays(lastDayOf(period), SETTLE_WORKING_DAYS, holidays);
}

/** Whole years from a date of birth to a day. */
export function ageOn(day: Day, dateOfBirth: Day): number {
  const years = Number(day.slice(0, 4)) - Number(dateOfBirth.slice(0, 4));
  return day.slice(5) < dateOfBirth.slice(5) ? years - 1 : years;
}
