/**
 * The legend of a map: class bounds that hold for every period of a type, so that a colour means the same in all of
 * them. From figures only; worked out once until anything settled moves.
 */

import type { Sql } from "../../db/client";
import { FEWEST_HOUSEHOLDS, ROUNDED_TO } from "../domain/disclosure";
import { CLASSES, classBreaks, readableStep } from "../domain/figures";
import { FIRST_NUMBER, type Level } from "../domain/geography";
import { numbersOf } from "../domain/menu";
import type { PeriodType } from "../domain/period";
import type { Standing } from "./kept-maps";
import { findNewestAreas, type PublishedAreas } from "./published-areas";

export interface Breaks {
  people: number[];
  rate: number[];
}

const SLOTS: Readonly<Record<PeriodType, readonly [from: number, to: number]>> = {
  month: [0, 11],
  quarter: [12, 15],
  year: [16, 16],
};

const known = new WeakMap<Sql, { standing: string; breaks: Map<string, Breaks> }>();

/**
 * Breaks between the classes of a legend, of people and of rates, for one need, level and type of period. Kept until
 * anything settled moves, or areas are formed anew.
 */
export async function readBreaks(
  reader: Sql,
  indicator: { level: Level; node: number; type: PeriodType },
  { mark, formed }: Pick<Standing, "mark" | "formed">,
): Promise<Breaks> {
  const areas = await findNewestAreas(reader, formed);
  if (mark === null) return workOut(reader, indicator, areas);
  const standing = `${mark}/${areas?.version}`;
  let cache = known.get(reader);
  if (cache?.standing !== standing) {
    cache = { standing, breaks: new Map() };
    known.set(reader, cache);
  }
  const id = `${indicator.level}/${indicator.node}/${indicator.type}`;
  const breaks = cache.breaks.get(id) ?? (await workOut(reader, indicator, areas));
  cache.breaks.set(id, breaks);
  return breaks;
}

async function workOut(
  reader: Sql,
  { level, node, type }: { level: Level; node: number; type: PeriodType },
  newest: PublishedAreas | null,
): Promise<Breaks> {
  // The newest geography serves for the bases of rates.
  const areas = newest?.of(level) ?? [];
  const based = areas.filter(({ households }) => households !== null && households >= FEWEST_HOUSEHOLDS);
  const cuts = Array.from({ length: CLASSES - 1 }, (_, at) => (at + 1) / CLASSES);
  // The buckets are no part of the map.
  const { before } = numbersOf(level);
  const [from, to] = SLOTS[type];
  const [row] = await reader<{ people: number[] | null; rate: number[] | null }[]>`
    select
      percentile_disc(${cuts}::float8[]) within group (order by f.figure) as people,
      percentile_disc(${cuts}::float8[]) within group (order by f.figure * 1000.0 / b.households)
        filter (where b.households is not null) as rate
    from published.figure as f
    left join unnest(
      ${based.map(({ area }) => area)}::int[],
      ${based.map(({ households }) => households)}::float8[]
    ) as b (area, households) on b.area = f.area
    where f.node = ${node} and f.slice = 0
      and f.area >= ${FIRST_NUMBER[level]} and f.area < ${before}
      and f.period % 32 between ${from} and ${to}`;
  const people = row?.people ?? [];
  const rate = row?.rate ?? [];
  return {
    people: classBreaks(people, Math.max(ROUNDED_TO, readableStep(people.at(-1) ?? 0, ROUNDED_TO))),
    rate: classBreaks(rate, readableStep(rate.at(-1) ?? 0, 0.1)),
  };
}
