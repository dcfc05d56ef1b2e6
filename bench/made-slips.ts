/** What goes wrong on the way from a person to a record: slips of the finger, exchanged parts, habits of writing. */

import type { Chance } from "../server/demo/random";

const KEYBOARD = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];

/** The keys beside each letter. */
const BESIDE = new Map<string, string>();
for (const [row, keys] of KEYBOARD.entries()) {
  for (const [at, key] of [...keys].entries()) {
    const near = [keys[at - 1], keys[at + 1], KEYBOARD[row + 1]?.[at], KEYBOARD[row - 1]?.[at]];
    BESIDE.set(key, near.filter((other) => other !== undefined).join(""));
  }
}

/** One slip: a letter exchanged with the next, left out, doubled, or taken from the key beside it. */
export function slip(chance: Chance, text: string): string {
  if (text.length < 3) return text;
  const at = 1 + chance.below(text.length - 1);
  const [letter = "", before] = [text[at], text.slice(0, at)];
  switch (chance.below(4)) {
    case 0:
      return text.slice(0, at - 1) + letter + (text[at - 1] ?? "") + text.slice(at + 1);
    case 1:
      return before + text.slice(at + 1);
    case 2:
      return before + letter + text.slice(at);
    default: {
      const near = BESIDE.get(letter.toLowerCase());
      return before + (near ? chance.pick([...near]) : letter) + text.slice(at + 1);
    }
  }
}

/** One digit of a text becomes another, or two neighbouring digits change places. */
export function wrongDigit(chance: Chance, text: string): string {
  const places = [...text].flatMap((character, at) => (/\d/.test(character) ? [at] : []));
  if (places.length === 0) return text;
  const at = chance.pick(places);
  const next = text[at + 1];
  if (next !== undefined && /\d/.test(next) && next !== text[at] && chance.happens(0.3)) {
    return text.slice(0, at) + next + text[at] + text.slice(at + 2);
  }
  const digit = (Number(text[at]) + 1 + chance.below(9)) % 10;
  return text.slice(0, at) + String(digit) + text.slice(at + 1);
}

/** Capitals, small letters, stray spaces: how somebody types. */
export function typed(chance: Chance, text: string, rate: number): string {
  if (text === "") return "";
  if (chance.happens(0.05 * rate)) return text.toUpperCase();
  if (chance.happens(0.05 * rate)) return text.toLowerCase();
  return chance.happens(0.015 * rate) ? ` ${text} ` : text;
}

export interface DateParts {
  year: number;
  month: number;
  day: number;
}

const two = (value: number) => String(value).padStart(2, "0");

export const isoOf = ({ year, month, day }: DateParts) => `${year}-${two(month)}-${two(day)}`;
export const slashedOf = ({ year, month, day }: DateParts) => `${two(day)}/${two(month)}/${year}`;

export const daysOfMonth = ({ year, month }: { year: number; month: number }) =>
  new Date(Date.UTC(year, month, 0)).getUTCDate();

/** A date near another: a wrong digit of the day, the month or the year that still makes a date. */
export function nearDate(chance: Chance, date: DateParts): DateParts {
  switch (chance.below(4)) {
    case 0: {
      const day = 1 + ((date.day - 1 + 1 + chance.below(3)) % daysOfMonth(date));
      return { ...date, day };
    }
    case 1: {
      const moved = { ...date, month: 1 + (date.month % 12) };
      return { ...moved, day: Math.min(date.day, daysOfMonth(moved)) };
    }
    case 2: {
      const moved = { ...date, year: date.year + chance.pick([-1, 1]) };
      return { ...moved, day: Math.min(date.day, daysOfMonth(moved)) };
    }
    default: {
      // The day's tens: 4 and 14, 24.
      const day = ((date.day + 9) % daysOfMonth(date)) + 1;
      return { ...date, day };
    }
  }
}

/** Day and month exchanged, where that still makes a date. */
export function exchanged(date: DateParts): DateParts {
  return date.day <= 12 ? { ...date, day: date.month, month: date.day } : date;
}
