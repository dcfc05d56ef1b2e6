/**
 * Which edition a file is of. Offices say it in the file's name; an operator can say it instead. The month
 * decides which edition is newer, so a name without a month counts as the earliest it can be.
 */

import type { Db } from "../../db/client";
import { Invalid } from "../domain/errors";

export interface EditionName {
  /** "NSPL November 2021", "IMD 2019". */
  name: string;
  /** "2021-11". */
  month: string;
}

export type EditionKind = "postcodes" | "deprivation" | "households" | "residents" | "indicators";

const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
] as const;

const MONTH_AND_YEAR =
  /(?<![a-z])(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[\s_-]*((?:19|20)?\d\d)(?!\d)/i;
const YEAR = /(?<!\d)((?:19|20)\d\d)(?!\d)/;

/** The month that a text names: "NSPL_NOV_2021_UK_SR" is 2021-11, "LAD_AUG20_UK" 2020-08, "mid 2020" 2020-06, "2025" 2025-01; or null. */
export function findMonth(text: string): { month: string; inWords: string } | null {
  const named = MONTH_AND_YEAR.exec(text);
  if (named?.[1] && named[2]) {
    const index = MONTHS.findIndex((month) => month.toLowerCase().startsWith(named[1]?.toLowerCase() ?? "?"));
    const year = named[2].padStart(4, "20");
    return { month: `${year}-${String(index + 1).padStart(2, "0")}`, inWords: `${MONTHS[index]} ${year}` };
  }
  const year = YEAR.exec(text)?.[1];
  if (!year) return null;
  const middle = new RegExp(`mid[\\s_-]*${year}`, "i").test(text);
  return { month: `${year}-${middle ? "06" : "01"}`, inWords: middle ? `mid-${year}` : year };
}

/** An edition as the operator states it. Throws `Invalid` when no year is in it. */
export function statedEdition(name: string): EditionName {
  const found = findMonth(name);
  if (found) return { name: name.trim(), month: found.month };
  throw new Invalid(`"${name}" does not say which month or year. Write it like "NSPL November 2021".`);
}

/** The number of an edition, made when it is new. */
export async function editionNumber(
  db: Db,
  kind: EditionKind,
  edition: EditionName,
  about: { geography?: string; statesStatus?: boolean } = {},
): Promise<number> {
  await db`
    insert into reference.edition (kind, name, month, geography, states_status)
    values (${kind}, ${edition.name}, ${edition.month}, ${about.geography ?? null}, ${about.statesStatus ?? true})
    on conflict (kind, name) do nothing`;
  const [row] = await db<{ number: number }[]>`
    select number from reference.edition where kind = ${kind} and name = ${edition.name}`;
  if (!row) throw new Error(`The edition ${edition.name} was not stored`);
  return row.number;
}
