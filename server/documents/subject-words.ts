/** A subject access pack in words, the same on the page and in the PDF. */

import { actionInWords } from "../domain/audit-words";
import { dayInWords, dayOf, isDay } from "../domain/period";
import type { HeldRow, HeldTable, Look, Pack, Share, Value } from "../domain/rights/pack";
import { labelOf, signInWords } from "./subject-signs";

/** What the copy is called. */
export const titleOf = ({ organisation }: Pack): string => `What ${organisation.name} holds about you`;

/** What stands under its title. */
export const leadOf = ({ asOf }: Pack): string =>
  `Everything as it was on ${time.format(asOf)}: what is kept and why, who has looked, and with whom it was shared. Black bars stand where words are about somebody else.`;

/** What stands at its end. */
export const RIGHTS_WORDS =
  "You may ask for anything here to be put right or erased, object to how it is used, and complain to the Information Commissioner (ico.org.uk). The file for programs holds the same with the number of every row.";

/** Whether anything stands in it but ids, which are for programs. */
const isReadable = ({ rows }: HeldTable) =>
  rows?.some(({ values }) => Object.values(values).some((value) => !isId(value))) ?? false;

/** Tables with rows to read, but for the audit, which is told as who looked; and those of which only a count is told. */
export const shownTables = ({ held }: Pack) => ({
  filled: held.filter((table) => isReadable(table) && table.place !== "governance.audit_entry"),
  counted: held.filter(({ rows, count }) => rows === null && count > 0),
});

export const time = new Intl.DateTimeFormat("en-GB", {
  timeZone: "Europe/London",
  dateStyle: "long",
  timeStyle: "short",
});

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/;

/** What one column of a row says: words as they were written, a sign in the words of the screens. */
export function cellInWords(place: string, row: HeldRow, column: string): string {
  const value = row.values[column] ?? null;
  if (row.words.includes(column) && typeof value === "string") return value;
  return valueInWords(value, { place, column });
}

/** A value in words: days and instants as people write them, lists with commas. */
export function valueInWords(value: Value, at: { place: string; column: string } | null = null): string {
  if (value === null) return "Nothing";
  if (typeof value === "boolean") return value ? "Yes" : "No";
  if (typeof value === "number") return String(value);
  if (typeof value === "string") {
    if (isDay(value)) return dayInWords(value);
    if (INSTANT.test(value)) return time.format(new Date(value));
    return signInWords(value, at) ?? value;
  }
  if (Array.isArray(value)) return value.map((part: Value) => valueInWords(part, at)).join(", ") || "None";
  return Object.entries(value)
    .map(([name, part]) => `${labelOf(name)}: ${valueInWords(part, at)}`)
    .join("; ");
}

/** Ids say nothing to people; they are in the file for programs. */
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
export const isId = (value: Value): boolean =>
  (typeof value === "string" && ID.test(value)) ||
  (Array.isArray(value) && value.length > 0 && value.every((part: Value) => isId(part)));

/** One look, in a sentence. */
export const lookInWords = ({ at, memberName, action }: Look): string =>
  `${time.format(at)}: ${memberName ?? "The software"} ${actionInWords(action)}`;

/** One hand-over, in a sentence. */
export function shareInWords({ by, with: name, at, direction, details, needs }: Share): string {
  const when = dayInWords(dayOf(at));
  if (by === "agreement")
    return `${when}: ${name} asked under an agreement, and could see ${wordsOf("governance.look_answer", "detail", details)}.`;
  const what =
    [wordsOf("casework.referral", "shared", details), ...needs].filter(Boolean).join(", ") || "no details";
  return direction === "to" ? `${when}: to ${name}: ${what}.` : `${when}: from ${name}: ${what}.`;
}

const wordsOf = (place: string, column: string, signs: readonly string[]): string =>
  signs.map((sign) => signInWords(sign, { place, column }) ?? sign).join(", ");
