/**
 * Change over time from published figures: the series of some areas with what came before and after an event, and all
 * areas of a level side by side. Figures are read as the map reads them, so the menu and the reader's rights are the
 * same; everything else is worked out by `domain/change`.
 */

import { installationNow } from "../clock";
import type { ActorCtx } from "../context";
import type {
  AreaName,
  AreasAsk,
  ChangedAreas,
  ChangePoint,
  ChangeSeries,
  SeriesAsk,
} from "../domain/change/ask";
import { figureInterval } from "../domain/change/figure-error";
import { type SeriesPoint, segmentedFit } from "../domain/change/segmented";
import { type AreaFigures, compareAreas } from "../domain/change/several";
import { trendOf, yearChange } from "../domain/change/trend";
import { areasFinding, seriesFinding } from "../domain/change/words";
import type { EventMarker } from "../domain/event-marker";
import { type Level, levelOf } from "../domain/geography";
import { type NotOnMenu, PERIOD_TYPES_OF } from "../domain/menu";
import { findNode } from "../domain/needs";
import {
  type Day,
  dayOf,
  financialYearOf,
  firstDayOf,
  lastDayOf,
  MONTHS_OF,
  monthInWords,
  type Period,
  periodInWords,
  periodText,
} from "../domain/period";
import { getEvent } from "../event-markers";
import { type Column, levelFor, listPeriods, readColumns } from "./change-columns";
import { reportingOf } from "./change-reporting";
import { findPublishedAreas } from "./published-areas";

/** The areas of a level by name, as they are today. */
export async function listPlaces(ctx: ActorCtx, level: Level): Promise<AreaName[]> {
  const today = dayOf(await installationNow(ctx.reader));
  const areas = await findPublishedAreas(ctx.reader, financialYearOf(today));
  return (areas?.of(level) ?? []).map(({ area, code, name }) => ({ area, code, name }));
}

/** Figures of some areas of one level over all settled periods of a type, with before and after an event. */
export async function getChangeSeries(ctx: ActorCtx, ask: SeriesAsk): Promise<ChangeSeries> {
  const { type } = ask;
  const level = levelFor(ask.areas);
  const label = findNode(ask.node)?.label ?? ask.node;
  const event = ask.event === null ? null : await getEvent(ctx, ask.event);
  const columns = await readColumns(ctx, ask.node, level, await listPeriods(ctx, level, type));
  const areas = namesOf(ask.areas, columns);
  const perYear = 12 / MONTHS_OF[type];
  const sums = columns.map(({ of }) => sumOf(ask.areas, of));
  const sides = columns.map(({ period }) => (event ? sideOf(period, event.happensOn) : null));
  const compared = event ? await comparisonFor(ctx, { event, asked: ask.areas, level, columns, sides }) : [];
  const comparison = columns.map(({ of }) =>
    compared.length === 0
      ? null
      : sumOf(
          compared.map(({ area }) => area),
          of,
        ).sum,
  );
  const seriesPoints = columns.map(
    ({ period }, at): SeriesPoint => ({
      value: sums[at]?.sum ?? null,
      comparison: comparison[at] ?? null,
      side: sides[at] ?? "before",
      era: period.financialYear,
    }),
  );
  const answer = event
    ? segmentedFit(seriesPoints, { type, figures: ask.areas.length, compared: compared.length > 0 })
    : null;
  const fit = answer?.ok ? answer : null;
  const points = columns.map(({ period }, at): ChangePoint => {
    const figure = sums[at]?.sum ?? null;
    const [low, high] = figure === null ? [0, 0] : figureInterval(figure, ask.areas.length);
    return {
      period: periodText(period),
      words: periodInWords(period),
      figure,
      interval: figure === null ? null : { low, high },
      hidden: sums[at]?.hidden ?? 0,
      yearBefore: sums[at - perYear]?.sum ?? null,
      side: sides[at] ?? null,
      comparison: comparison[at] ?? null,
      fitted: fit?.fitted[at] ?? null,
      expected: fit?.expected[at] ?? null,
    };
  });
  const change = yearChange(seriesPoints, { type, areas: ask.areas.length });
  const reasons = ask.areas.map((area) => columns.at(-1)?.notPublished.get(area) ?? null);
  const facts: Omit<ChangeSeries, "finding"> = {
    node: ask.node,
    label,
    level,
    areas,
    type,
    points,
    notPublished: PERIOD_TYPES_OF[level].includes(type)
      ? (reasons.find((reason) => reason !== null) ?? null)
      : "no-months-at-sector",
    trend: trendOf(change),
    yearChange: change,
    event,
    compared,
    comparedChanged: compared.filter(({ area }) =>
      columns.some(({ coverageChanged }, at) => sides[at] === "after" && coverageChanged.has(area)),
    ).length,
    fit,
    whyNoFit: answer && !answer.ok ? answer.why : null,
    reporting: await reportingOf(ctx, ask, columns, sides),
  };
  return { ...facts, finding: seriesFinding(facts) };
}

/** Every area of a level against all of them together: after an event, or the latest period, on a year before. */
export async function getChangedAreas(ctx: ActorCtx, ask: AreasAsk): Promise<ChangedAreas> {
  const { level, type } = ask;
  const event = ask.event === null ? null : await getEvent(ctx, ask.event);
  const perYear = 12 / MONTHS_OF[type];
  // Only the periods that are compared are read, and the newest, which names the areas.
  const periods = await listPeriods(ctx, level, type);
  const apart = pairsFor(periods, event, perYear);
  const wanted = new Set([...apart.flatMap(({ before, after }) => [before, after]), ...periods.slice(-1)]);
  const columns = await readColumns(
    ctx,
    ask.node,
    level,
    periods.filter((period) => wanted.has(period)),
  );
  const columnOfPeriod = new Map(columns.map((column) => [periodText(column.period), column]));
  const pairs = apart.flatMap((pair): Pair<Column>[] => {
    const before = columnOfPeriod.get(periodText(pair.before));
    const after = columnOfPeriod.get(periodText(pair.after));
    return before && after ? [{ before, after }] : [];
  });
  const names = columns.at(-1)?.names ?? [];
  const withheld = columns.at(-1)?.notPublished ?? new Map<number, NotOnMenu>();
  const own = event ? await namedBy(ctx, event, level, columns) : new Set<number>();
  const figures = names
    .filter(({ area }) => !withheld.has(area))
    .map(
      ({ area }): AreaFigures => ({
        area,
        named: own.has(area),
        before: pairs.map(({ before }) => before.of.get(area) ?? null),
        after: pairs.map(({ after }) => after.of.get(area) ?? null),
      }),
    );
  const result = compareAreas(pairs.length === 0 ? [] : figures, {
    type,
    apart: event?.writtenBefore ?? true,
    years: pairs.map(({ before, after }) => ({
      before: before.period.financialYear,
      after: after.period.financialYear,
    })),
  });
  const nameOf = new Map(names.map((name) => [name.area, name]));
  const spoken = (which: (pair: Pair<Column>) => Column) =>
    pairs.length === 0 ? null : spanInWords(pairs.map((pair) => which(pair).period));
  const facts: Omit<ChangedAreas, "finding"> = {
    node: ask.node,
    label: findNode(ask.node)?.label ?? ask.node,
    level,
    type,
    event,
    before: spoken(({ before }) => before),
    after: spoken(({ after }) => after),
    together: result.together,
    dispersion: result.dispersion,
    tested: result.tested,
    areas: [
      ...result.areas.flatMap((change) => {
        const name = nameOf.get(change.area);
        const coverageChanged = pairs.some(({ after }) => after.coverageChanged.has(change.area));
        return name ? [{ ...change, ...name, notPublished: false, coverageChanged }] : [];
      }),
      ...names.flatMap((name) => (withheld.has(name.area) ? [{ ...name, ...NOT_ASKED }] : [])),
    ],
  };
  return { ...facts, finding: areasFinding(facts) };
}

const NOT_ASKED = {
  named: false,
  before: null,
  after: null,
  ratio: null,
  against: null,
  information: null,
  q: null,
  verdict: "hidden",
  notPublished: true,
  coverageChanged: false,
} as const;

function namesOf(areas: readonly number[], columns: readonly Column[]): AreaName[] {
  const known = new Map(columns.flatMap(({ names }) => names.map((name) => [name.area, name] as const)));
  return areas.map((area) => known.get(area) ?? { area, code: String(area), name: String(area) });
}

function sumOf(
  areas: readonly number[],
  of: ReadonlyMap<number, number | null>,
): { sum: number | null; hidden: number } {
  let sum = 0;
  let hidden = 0;
  for (const area of areas) {
    const figure = of.get(area) ?? null;
    if (figure === null) hidden += 1;
    else sum += figure;
  }
  return { sum: hidden > 0 || areas.length === 0 ? null : sum, hidden };
}

function sideOf(period: Period, day: Day): "before" | "after" | "across" {
  if (lastDayOf(period) < day) return "before";
  return firstDayOf(period) >= day ? "after" : "across";
}

/**
 * What the areas are compared with: the areas that the marker names, where they are of this level; else every other
 * area of the level that holds none of the event's own. Only those whose figure shows in every period that counts.
 */
async function comparisonFor(
  ctx: ActorCtx,
  {
    event,
    asked,
    level,
    columns,
    sides,
  }: {
    event: EventMarker;
    asked: readonly number[];
    level: Level;
    columns: readonly Column[];
    sides: readonly (ChangePoint["side"] | null)[];
  },
): Promise<AreaName[]> {
  const last = columns.at(-1);
  if (!last) return [];
  const named = event.comparison.filter(({ area }) => levelOf(area) === level);
  const own = await namedBy(ctx, event, level, columns);
  const candidates: readonly AreaName[] =
    named.length > 0 ? named : last.names.filter(({ area }) => !own.has(area));
  const counting = columns.filter((_, at) => sides[at] !== "across");
  return candidates.filter(
    ({ area }) => !asked.includes(area) && counting.every(({ of }) => typeof of.get(area) === "number"),
  );
}

/** The areas of a level that an event is about: its own, and those of another level that hold or make up its own. */
async function namedBy(
  ctx: ActorCtx,
  event: EventMarker,
  level: Level,
  columns: readonly Column[],
): Promise<Set<number>> {
  const last = columns.at(-1);
  const geography = last ? await findPublishedAreas(ctx.reader, last.period.financialYear) : null;
  const own = new Set(event.areas.map(({ area }) => area));
  const holding = new Set(event.areas.flatMap(({ area }) => geography?.above(area) ?? []));
  return new Set(
    (last?.names ?? []).flatMap(({ area }) =>
      levelOf(area) === level && (own.has(area) || holding.has(area) || geography?.isInside(area, own))
        ? [area]
        : [],
    ),
  );
}

interface Pair<T> {
  before: T;
  after: T;
}

/**
 * Periods a year apart, newest first at most a year of them: with an event all that lie whole after it and whose year
 * before lies whole before it; without one, the latest.
 */
function pairsFor(periods: readonly Period[], event: EventMarker | null, perYear: number): Pair<Period>[] {
  const pairs = periods.flatMap((after, at): Pair<Period>[] => {
    const before = periods[at - perYear];
    return before ? [{ before, after }] : [];
  });
  if (!event) return pairs.slice(-1);
  return pairs
    .filter(
      ({ before, after }) =>
        sideOf(after, event.happensOn) === "after" && sideOf(before, event.happensOn) === "before",
    )
    .slice(-perYear);
}

/** "July to September 2026", or from the first of several to the last. */
function spanInWords(periods: readonly Period[]): string {
  const [first] = periods;
  const last = periods.at(-1);
  if (!first || !last) return "";
  if (first === last) return periodInWords(first);
  return `${monthInWords(firstDayOf(first))} to ${monthInWords(lastDayOf(last))}`;
}
