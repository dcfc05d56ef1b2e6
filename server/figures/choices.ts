/** What a reader of figures may choose from: settled periods and their patch. */

import type { ActorCtx } from "../context";
import type { PatchArea, PeriodOption } from "../domain/figures";
import { levelOf } from "../domain/geography";
import { periodByNumber, periodInWords, periodText } from "../domain/period";
import type { PublishedAreas } from "./published-areas";

/** Settled periods, oldest first. */
export async function listSettled({ reader }: ActorCtx): Promise<PeriodOption[]> {
  const rows = await reader<
    { period: number; settledOn: string; revisedOn: string | null; hasFigures: boolean }[]
  >`
    select s.period, s.settled_on, s.revised_on,
      exists (select from published.coverage as c where c.period = s.period) as has_figures
    from published.settled_period as s
    order by s.period`;
  return rows.map(({ period: number, settledOn, revisedOn, hasFigures }) => {
    const period = periodByNumber(number);
    return {
      period: periodText(period),
      type: period.type,
      words: periodInWords(period),
      settledOn,
      revisedOn,
      hasFigures,
    };
  });
}

/** From the first period with figures to the last: years before anything was recorded, or since, are no series. */
export function fromFirstToLast(periods: readonly PeriodOption[]): PeriodOption[] {
  const first = periods.findIndex(({ hasFigures }) => hasFigures);
  const last = periods.findLastIndex(({ hasFigures }) => hasFigures);
  return first < 0 ? [] : periods.slice(first, last + 1);
}

/** Areas that the reader answers for. */
export async function listPatch({ reader, actor }: ActorCtx): Promise<PatchArea[]> {
  if (actor.patch.length === 0) return [];
  const named = actor.patch.map((text) => {
    const [level = "", ...code] = text.split(":");
    return { level, code: code.join(":") };
  });
  const rows = await reader<{ area: number; code: string; name: string }[]>`
    select a.number as area, a.code, a.name
    from reference.area as a
    join unnest(${named.map(({ level }) => level)}::text[], ${named.map(({ code }) => code)}::text[])
      as p (level, code) on p.level = a.level and p.code = a.code
    order by a.number`;
  return rows.map((row) => ({ ...row, level: levelOf(row.area) }));
}

/** The reader's patch, or everything there is where they have none. */
export async function patchOrWhole(ctx: ActorCtx, areas: PublishedAreas | null): Promise<number[]> {
  const patch = await listPatch(ctx);
  if (patch.length > 0) return patch.map(({ area }) => area);
  if (!areas) return [];
  return [...new Set(areas.of("nation").map(({ area }) => areas.finest(area)))];
}
