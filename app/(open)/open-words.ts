/** The words and addresses of the public pages, from figures alone. */
import { changeBetween, readFigure } from "../../server/domain/disclosure";
import { inDigits } from "../../server/domain/number-text";
import type { AreaRow, FigureRow, OpenLevel } from "../../server/domain/open-data/tables";
import { type PeriodType, periodTextInWords } from "../../server/domain/period";

/** One value of a query that may stand there several times or not at all. */
export const oneOf = (value: string | string[] | undefined): string | null =>
  typeof value === "string" && value !== "" ? value : null;

export const PERIOD_TYPES = ["year", "quarter", "month"] as const satisfies readonly PeriodType[];
export const TYPE_WORDS: Readonly<Record<PeriodType, string>> = {
  month: "Months",
  quarter: "Quarters",
  year: "Financial years",
};

/** A place in a sentence: sectors counted together are named one by one. */
export function placeInWords({
  level,
  area,
  area_name,
}: Pick<AreaRow, "level" | "area" | "area_name">): string {
  return level === "sector" || level === "district" ? area.replaceAll("+", " and ") : area_name;
}

export const LEVEL_WORDS: Readonly<Record<OpenLevel, string>> = {
  sector: "Postcode sector",
  unplaced: "Without a place on the map",
  district: "Postcode district",
  authority: "Local authority",
  region: "Region",
  nation: "Nation",
};

/** Address of a place's page. */
export function placeAddress(
  area: Pick<AreaRow, "level" | "area">,
  more: { need?: string; type?: PeriodType } = {},
): string {
  const query = new URLSearchParams({ level: area.level, area: area.area });
  if (more.need && more.need !== "*") query.set("need", more.need);
  if (more.type) query.set("by", more.type);
  return `/open/place?${query}`;
}

/** "in May 2026", "from April to June 2026". */
export function inPeriod(text: string): string {
  const words = periodTextInWords(text);
  return words.includes(" to ") ? `from ${words}` : `in ${words}`;
}

/** How a figure stands to the one of a year before; null where either is hidden. */
export function changeInWords(now: FigureRow, before: FigureRow | null): string | null {
  if (now.people === null || before === null || before.people === null) return null;
  const { people, percent } = changeBetween(readFigure(before.people), readFigure(now.people));
  // Both are rounded to 5 with an error: a step is no change.
  if (Math.abs(people) <= 5) return "about the same";
  return people > 0 ? `${inDigits(people)} more (${percent}%)` : `${inDigits(-people)} fewer (${-percent}%)`;
}

/** What is said wherever a figure may have moved with who records. */
export const COVERAGE_CHANGED = "coverage changed: an organisation began or stopped recording here";

const KB = 1000;
/** "480 KB": a size as people read it. */
export function sizeInWords(bytes: number): string {
  if (bytes < KB) return `${bytes} bytes`;
  return bytes < KB * KB ? `${Math.round(bytes / KB)} KB` : `${(bytes / KB / KB).toFixed(1)} MB`;
}
