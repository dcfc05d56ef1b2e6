/**
 * Days as people write them: 31/05/2026, 31.5.26, 31 May 2026, 2026-05-31, 310526, with or without a time, and
 * months: 2026-05, May 2026. Day before month, as in the United Kingdom. Never guesses between two real days.
 */

import { type Day, isDay } from "./period";

export type DayReading =
  | { kind: "day"; day: Day }
  /** A month without a day, as "2026-05". */
  | { kind: "month"; month: string }
  | { kind: "none"; problem: string };

export interface DayRules {
  /** Two-digit years up to this one's lie in this century, others in the last. */
  currentYear: number;
  /** Whether a whole number of five digits is a day as spreadsheets count them. */
  serials?: boolean;
}

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const FULL_MONTHS = [
  "january",
  "february",
  "march",
  "april",
  "may",
  "june",
  "july",
  "august",
  "september",
  "october",
  "november",
  "december",
];
const WEEKDAY = /^(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?[,.]?\s+/;
/** A time of day after the day, with or without a zone: it is dropped. */
const TIME =
  /[t\s,]+(?:at\s+)?\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:[.,]\d+)?)?\s*(?:am|pm)?\s*(?:z|[+-]\d{2}:?\d{2})?$/;

/** Said of what is no date at all; a form with an example of its own says that instead. */
export const NOT_A_DAY = "This is not a date. Write it like 31/05/2026, 31 May 2026 or 2026-05-31.";

/** Reads one day or month. */
export function readDay(text: string, rules: DayRules): DayReading {
  const written = text.normalize("NFKC").trim().toLowerCase().replace(TIME, "").replace(WEEKDAY, "");
  return (
    readIso(written) ??
    readNumeric(written, rules) ??
    readWords(written, rules) ??
    readDigits(written, rules) ?? { kind: "none", problem: NOT_A_DAY }
  );
}

/** Only a whole day; null for anything else. */
export function findDay(text: string, rules: DayRules): Day | null {
  const reading = readDay(text, rules);
  return reading.kind === "day" ? reading.day : null;
}

function readIso(text: string): DayReading | null {
  const day = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(text);
  if (day) return dayFrom(Number(day[1]), Number(day[2]), Number(day[3]));
  const month = /^(\d{4})[-/.](\d{1,2})$/.exec(text);
  return month ? monthFrom(Number(month[1]), Number(month[2])) : null;
}

function readNumeric(text: string, rules: DayRules): DayReading | null {
  const day = /^(\d{1,2})[-/. ]+(\d{1,2})[-/. ]+(\d{4}|\d{2})$/.exec(text);
  if (day) return dayFrom(yearOf(day[3] ?? "", rules), Number(day[2]), Number(day[1]));
  const month = /^(\d{1,2})[-/. ](\d{4})$/.exec(text);
  return month ? monthFrom(Number(month[2]), Number(month[1])) : null;
}

function readWords(text: string, rules: DayRules): DayReading | null {
  const dayFirst = /^(\d{1,2})(?:st|nd|rd|th)?(?:\s+of)?[-\s/.,]*([a-z]{3,9})[-\s/.,]*(\d{4}|\d{2})$/.exec(
    text,
  );
  if (dayFirst) return withMonthName(dayFirst[2], dayFirst[3], dayFirst[1], rules);
  const monthFirst = /^([a-z]{3,9})[-\s/.,]+(\d{1,2})(?:st|nd|rd|th)?[-\s/.,]+(\d{4})$/.exec(text);
  if (monthFirst) return withMonthName(monthFirst[1], monthFirst[3], monthFirst[2], rules);
  const monthOnly = /^([a-z]{3,9})[-\s/.,]+(\d{4}|\d{2})$/.exec(text);
  return monthOnly ? withMonthName(monthOnly[1], monthOnly[2], null, rules) : null;
}

function withMonthName(
  name = "",
  year = "",
  day: string | null | undefined,
  rules: DayRules,
): DayReading | null {
  const month = MONTHS.indexOf(name.slice(0, 3)) + 1;
  const full = FULL_MONTHS[month - 1];
  if (!full || !(full.startsWith(name) || name === "sept")) return null;
  if (!day) return monthFrom(yearOf(year, rules), month);
  return dayFrom(yearOf(year, rules), month, Number(day));
}

function readDigits(text: string, rules: DayRules): DayReading | null {
  if (/^\d{8}$/.test(text)) {
    const at = (from: number, to: number) => Number(text.slice(from, to));
    const readings = [dayFrom(at(0, 4), at(4, 6), at(6, 8)), dayFrom(at(4, 8), at(2, 4), at(0, 2))].filter(
      (reading) => reading.kind === "day",
    );
    const [first, second] = readings;
    if (second)
      return { kind: "none", problem: "This could be two different days. Write it like 31/05/2026." };
    return first ?? { kind: "none", problem: NOT_A_DAY };
  }
  if (/^\d{6}$/.test(text)) {
    return dayFrom(yearOf(text.slice(4), rules), Number(text.slice(2, 4)), Number(text.slice(0, 2)));
  }
  return rules.serials && /^\d{5}$/.test(text) ? fromSerial(Number(text)) : null;
}

/** Days since 1899-12-30, which is how spreadsheets store 1900-03-01 and everything after it. */
function fromSerial(serial: number): DayReading {
  const date = new Date(Date.UTC(1899, 11, 30) + serial * 86_400_000);
  return { kind: "day", day: date.toISOString().slice(0, 10) };
}

function yearOf(digits: string, { currentYear }: DayRules): number {
  if (digits.length === 4) return Number(digits);
  const year = Number(digits);
  const century = currentYear - (currentYear % 100);
  return year <= currentYear % 100 ? century + year : century - 100 + year;
}

const EARLIEST_YEAR = 1880;
const LATEST_YEAR = 2199;

function dayFrom(year: number, month: number, day: number): DayReading {
  const text = `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
  if (year < EARLIEST_YEAR || year > LATEST_YEAR) {
    return { kind: "none", problem: "Check the year: four digits, like 2026." };
  }
  if (isDay(text)) return { kind: "day", day: text };
  const swapped = isDay(`${pad(year, 4)}-${pad(day, 2)}-${pad(month, 2)}`);
  return {
    kind: "none",
    problem: swapped
      ? "There is no such month. Write the day before the month, like 31/05/2026."
      : "There is no such day in the calendar. Check the day and the month.",
  };
}

function monthFrom(year: number, month: number): DayReading {
  const reading = dayFrom(year, month, 1);
  return reading.kind === "day" ? { kind: "month", month: reading.day.slice(0, 7) } : reading;
}

const pad = (value: number, length: number) => String(value).padStart(length, "0");
