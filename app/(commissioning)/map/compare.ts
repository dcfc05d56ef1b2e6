/**
 * Two maps side by side, in words: what changed between two periods, or how two needs differ, for each area. From
 * figures alone, and never where either is hidden. A figure is rounded to 5 with a small planned error, so a step
 * or less is said as "about the same".
 */

import type { MapFigures } from "../../../server/domain/figures";
import { inDigits } from "../../../server/domain/number-text";
import { findPeriod, firstDayOf, lastDayOf } from "../../../server/domain/period";
import {
  ABSENCE_WORDS,
  areaInWords,
  oneInWords,
  type RankedArea,
  ROUNDING_STEP,
  rankAreas,
  rateInWords,
} from "./finding";
import type { Compared, Measure } from "./view";

export type ComparedKind = Compared["kind"];

/** One area on both maps. */
export interface ComparedArea {
  area: number;
  code: string;
  name: string;
  /** Null: the area was not on that map (sectors are formed anew for a financial year). */
  from: RankedArea | null;
  to: RankedArea | null;
  /** Of the chosen measure; null where either side has no value. */
  change: number | null;
  /** Whether the two figures are no further apart than their rounding. */
  isSame: boolean;
}

/** Every area of either map: the largest rise first, those that cannot be compared last. */
export function compareAreas(from: MapFigures, to: MapFigures, measure: Measure): ComparedArea[] {
  const before = new Map(rankAreas(from, measure).map((area) => [area.area, area]));
  const after = new Map(rankAreas(to, measure).map((area) => [area.area, area]));
  const both = new Map([...before, ...after]);
  return [...both.values()]
    .map(({ area, code, name }) => comparedArea(code, name, before.get(area), after.get(area), area))
    .sort(
      (a, b) =>
        (b.change ?? Number.NEGATIVE_INFINITY) - (a.change ?? Number.NEGATIVE_INFINITY) ||
        a.code.localeCompare(b.code, "en", { numeric: true }),
    );
}

function comparedArea(
  code: string,
  name: string,
  from: RankedArea | undefined,
  to: RankedArea | undefined,
  area: number,
): ComparedArea {
  const values = [from?.value ?? null, to?.value ?? null];
  const [first, second] = values;
  const isWhole = first != null && second != null;
  const people = (to?.figure ?? 0) - (from?.figure ?? 0);
  return {
    area,
    code,
    name,
    from: from ?? null,
    to: to ?? null,
    // Rates are published with one decimal, and so is their difference.
    change: isWhole ? Math.round((second - first) * 10) / 10 : null,
    isSame: isWhole && Math.abs(people) <= ROUNDING_STEP,
  };
}

const written = (value: number, measure: Measure) =>
  measure === "rate" ? rateInWords(value) : inDigits(value);

/** What a side shows: its value, or why it has none. */
export function sideInWords(side: RankedArea | null, measure: Measure): string {
  if (side === null) return "not a sector then";
  if (side.value !== null) return written(side.value, measure);
  return ABSENCE_WORDS[side.absence ?? "not-published"];
}

/** "up 15", "15 more", "about the same"; null where the two cannot be compared. */
export function changeInShort(area: ComparedArea, measure: Measure, kind: ComparedKind): string | null {
  if (area.change === null) return null;
  if (area.isSame || area.change === 0) return "about the same";
  const by = written(Math.abs(area.change), measure);
  if (kind === "period") return area.change > 0 ? `up ${by}` : `down ${by}`;
  return area.change > 0 ? `${by} more` : `${by} fewer`;
}

/** The whole of it: "up 15, from 40 to 55", "15 more, 55 against 40", or why it cannot be said. */
export function differenceInWords(area: ComparedArea, measure: Measure, kind: ComparedKind): string {
  const short = changeInShort(area, measure, kind);
  const [from, to] = [sideInWords(area.from, measure), sideInWords(area.to, measure)];
  if (short !== null)
    return kind === "period" ? `${short}, from ${from} to ${to}` : `${short}, ${to} against ${from}`;
  return from === to
    ? `cannot be compared: ${to} on both`
    : `cannot be compared: ${from} on the left, ${to} on the right`;
}

/** The finding of a comparison: where the two are furthest apart. */
export function compareTitle(
  from: MapFigures,
  to: MapFigures,
  areas: readonly ComparedArea[],
  kind: ComparedKind,
): string {
  const subject = kind === "period" ? to.label : `${to.label} against ${from.label.toLowerCase()}`;
  const comparable = areas.filter((area) => area.change !== null);
  if (comparable.length === 0) return `${subject}: no ${oneInWords(to.level)} can be compared`;
  const apart = comparable.filter((area) => !area.isSame && area.change !== 0);
  const most = apart.find((area) => (area.change ?? 0) > 0);
  const least = apart.findLast((area) => (area.change ?? 0) < 0);
  const named = (area: ComparedArea) => areaInWords(area, to.level);
  const [rise, fall] = kind === "period" ? ["up", "down"] : ["furthest ahead", "furthest behind"];
  const superlative = kind === "period" ? " most" : "";
  const parts = [
    ...(most ? [`${rise}${superlative} in ${named(most)}`] : []),
    ...(least ? [`${fall}${superlative} in ${named(least)}`] : []),
  ];
  return parts.length === 0
    ? `${subject}: about the same wherever they can be compared`
    : `${subject}: ${parts.join(", ")}`;
}

/** "12 up, 3 down, 9 about the same, 8 cannot be compared". */
export function countsInWords(areas: readonly ComparedArea[], kind: ComparedKind): string {
  const isApart = (area: ComparedArea) => !area.isSame && area.change !== 0;
  const count = (test: (area: ComparedArea) => boolean) => areas.filter(test).length;
  const up = count((area) => isApart(area) && (area.change ?? 0) > 0);
  const down = count((area) => isApart(area) && (area.change ?? 0) < 0);
  const hidden = count((area) => area.change === null);
  const same = areas.length - up - down - hidden;
  const [rise, fall] = kind === "period" ? ["up", "down"] : ["more", "fewer"];
  return [
    `${up} ${rise}`,
    `${down} ${fall}`,
    `${same} about the same`,
    ...(hidden > 0 ? [`${hidden} cannot be compared`] : []),
  ].join(", ");
}

/**
 * One scale for both maps. Two periods of a need have the same one; of two needs the larger scale serves both, so
 * that neither runs off its end.
 */
export function sharedBreaks(from: MapFigures, to: MapFigures, measure: Measure): readonly number[] {
  const [a, b] = [from.breaks[measure], to.breaks[measure]];
  return (a.at(-1) ?? 0) > (b.at(-1) ?? 0) ? a : b;
}

const month = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", month: "short" });

/** "Apr 2025", "Jul to Sep 2025", "2025/26": a period for the head of a column. */
export function periodInShort(text: string): string {
  const period = findPeriod(text);
  if (!period) return text;
  const first = firstDayOf(period);
  const year = first.slice(0, 4);
  if (period.type === "year") return `${year}/${String(Number(year) + 1).slice(2)}`;
  const named = (day: string) => month.format(new Date(`${day}T00:00:00Z`));
  const months = period.type === "month" ? [first] : [first, lastDayOf(period)];
  return `${months.map(named).join(" to ")} ${year}`;
}
