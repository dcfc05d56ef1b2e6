/**
 * A birth date as somebody types it: a day, the year alone, or nothing. Pure, by the server's rules, which decides.
 */
import { mayBeBornOn, OLDEST_YEARS } from "../../../server/domain/client-terms";
import { NOT_A_DAY, readDay } from "../../../server/domain/day-text";
import type { Day } from "../../../server/domain/period";

/** A year, and what people put round one that they are not sure of: "about 1970", "c. 1970", "1970?". */
const YEAR = /^(?:(?:about|abt\.?|around|approx(?:imately|\.)?|circa|ca?\.?|~)\s*)?(\d{4})\s*\??$/i;

/** The year that stands where a birth date is asked; null when more or something else does. */
export const findYear = (text: string): string | null => YEAR.exec(text.trim())?.[1] ?? null;

export type Birth =
  | { kind: "none" }
  | { kind: "day"; day: Day }
  | { kind: "year"; year: string }
  | { kind: "fault"; words: string };

/** Reads what was typed; a fault says what to do, and `example` how a birth date is written on this screen. */
export function readBirth(text: string, today: Day, example: string): Birth {
  const birth = text.trim();
  if (birth === "") return { kind: "none" };
  const thisYear = Number(today.slice(0, 4));
  const yearAlone = findYear(birth);
  if (yearAlone) {
    const year = Number(yearAlone);
    const isLiving = year <= thisYear && year >= thisYear - OLDEST_YEARS;
    return isLiving
      ? { kind: "year", year: yearAlone }
      : { kind: "fault", words: "Check the year: nobody alive was born then." };
  }
  const read = readDay(birth, { currentYear: thisYear });
  if (read.kind === "none") {
    return { kind: "fault", words: read.problem === NOT_A_DAY ? example : read.problem };
  }
  if (read.kind === "month") {
    return { kind: "fault", words: example };
  }
  if (read.day > today) return { kind: "fault", words: "The birth date is in the future. Check the year." };
  if (!mayBeBornOn(read.day, today)) {
    return { kind: "fault", words: "Check the year: nobody alive was born on this day." };
  }
  return { kind: "day", day: read.day };
}
