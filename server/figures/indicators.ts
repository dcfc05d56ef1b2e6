/** A published indicator beside the recorded need of an area: what is loaded, of its newest edition, with its words. */

import type { ActorCtx } from "../context";
import { NotFound } from "../domain/errors";
import type { Beside, BesideQuery, IndicatorShown } from "../domain/indicators";
import { findPeriod } from "../domain/period";
import { getCard } from "../figures";
import { findPublishedAreas, type PublishedAreas } from "./published-areas";

const MOST_VALUES = 5;

/** Recorded need and one indicator, each with its date, place and definition. */
export async function getBeside(ctx: ActorCtx, query: BesideQuery): Promise<Beside> {
  const period = findPeriod(query.period);
  const areas = period && (await findPublishedAreas(ctx.reader, period.financialYear));
  const named = areas?.find(query.area);
  if (!areas || !named) throw new NotFound("This area");
  const card = await getCard(ctx, { area: query.area, node: query.node, period: query.period });
  const choices = await ctx.reader<{ code: string; name: string }[]>`
    select i.code, i.name from reference.indicator as i
    where exists (select from reference.indicator_value as v where v.code = i.code)
    order by i.name`;
  const code = choices.find((choice) => choice.code === query.indicator)?.code ?? choices[0]?.code ?? null;
  return {
    areaName: named.name,
    label: card.label,
    words: card.words,
    figure: card.figure,
    rate: card.rate,
    choices: [...choices],
    indicator: code === null ? null : await findIndicator(ctx, areas, query.area, code),
  };
}

async function findIndicator(
  { reader }: ActorCtx,
  areas: PublishedAreas,
  area: number,
  code: string,
): Promise<IndicatorShown | null> {
  const codes = [area, ...areas.above(area)].flatMap((each) => areas.find(each)?.code ?? []);
  const rows = await reader<
    (Omit<IndicatorShown, "isWider" | "values"> & IndicatorShown["values"][number] & { areaCode: string })[]
  >`
    select i.code, i.name, i.definition, i.source, i.unit, e.name as edition, v.area_code, v.area_name,
      v.time_period, v.value, v.low, v.high
    from reference.indicator as i
    join reference.indicator_value as v on v.code = i.code
    join reference.edition as e on e.number = v.edition
    where i.code = ${code} and v.area_code = any(${codes}::text[])
      and v.edition = (
        select f.number from reference.indicator_value as w join reference.edition as f on f.number = w.edition
        where w.code = i.code and w.area_code = v.area_code order by f.month desc, f.number desc limit 1
      )
    order by v.time_period desc`;
  const nearest = codes.find((each) => rows.some((row) => row.areaCode === each));
  const own = rows.filter((row) => row.areaCode === nearest);
  const [first] = own;
  if (!first) return null;
  return {
    code: first.code,
    name: first.name,
    definition: first.definition,
    source: first.source,
    unit: first.unit,
    edition: first.edition,
    areaName: first.areaName,
    isWider: nearest !== codes[0],
    values: own
      .slice(0, MOST_VALUES)
      .map(({ timePeriod, value, low, high }) => ({ timePeriod, value, low, high })),
  };
}
