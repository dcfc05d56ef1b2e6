/**
 * The words of a client's details, without their schema: screens that must be light, on a slow phone, read these
 * alone. `client.ts` has the schema.
 */

import { addDays, type Day } from "./period";

export const SEXES = ["female", "male", "other", "not-known"] as const;
export type Sex = (typeof SEXES)[number];
export const SEX_LABELS: Readonly<Record<Sex, string>> = {
  female: "Female",
  male: "Male",
  other: "Other",
  "not-known": "Not known",
};

/** Most characters of each detail that is typed as text. */
export const DETAIL_LENGTHS = {
  givenName: 100,
  familyName: 100,
  address: 120,
  phone: 40,
  email: 254,
  reference: 60,
} as const;

/** Most characters of an official number as it is typed, spaces and all. */
export const IDENTIFIER_LENGTH = 40;

/** Nobody alive is older, in years. */
export const OLDEST_YEARS = 125;

/** Whether somebody alive may have been born on a day. */
export const mayBeBornOn = (day: Day, today: Day): boolean =>
  day <= today && day >= addDays(today, -Math.round(OLDEST_YEARS * 365.25));

/** Control characters, and marks that turn the direction of writing, with which a name can pose as another. */
const UNWANTED = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/u;

/** Whether a line holds a character that cannot be seen and is kept nowhere. */
export const hasUnwanted = (text: string): boolean => UNWANTED.test(text);

/** What is said of such a line. */
export const UNWANTED_FOUND = "Take out the invisible character that cannot be kept here.";

/** Fewest digits of a telephone number, short ones of a town among them. */
const FEWEST_DIGITS = 6;

/** What is wrong with a telephone number as it is typed; words may stand beside it. None with one left empty. */
export function phoneProblem(text: string): string | null {
  const digits = text.replace(/\D/g, "").length;
  if (text.trim() === "" || digits >= FEWEST_DIGITS) return null;
  return "Enter a telephone number with all its digits, like 01632 960 001, or leave it empty.";
}

/** What is wrong with an e-mail address as it is typed. None with one left empty. */
export function emailProblem(text: string): string | null {
  if (text.trim() === "" || /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(text.trim())) return null;
  return "Enter an e-mail address like name@example.org, or leave it empty.";
}

/** What is said when neither name is given. */
export const NAME_NEEDED = "Enter a given name or a family name.";
