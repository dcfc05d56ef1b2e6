/** Pairs of domains that come together, and areas whose needs are alike: from published figures alone. */

import type { ActorCtx } from "../context";
import { countedNode } from "../domain/counting";
import { type Figure, readFigure } from "../domain/disclosure";
import { NotFound } from "../domain/errors";
import { isAuthorityOrAbove, type LEVELS, levelOf } from "../domain/geography";
import { PERIOD_TYPES_OF } from "../domain/menu";
import { ANY_NODE, DOMAINS } from "../domain/needs";
import { findPeriod, type Period, periodInWords, periodNumber } from "../domain/period";
import {
  type Alike,
  type AlikeQuery,
  type DomainPair,
  liftOf,
  mostAlike,
  PAIR_PERIODS,
  profileOf,
  type Together,
  type TogetherChoices,
  type TogetherQuery,
} from "../domain/together";
import { listSettled } from "./choices";
import { tooSmall } from "./coverage";
import { findPublishedAreas, type PublishedAreas } from "./published-areas";

/** Areas and periods for which pairs are told, widest area and newest period first. */
export async function getTogetherChoices(ctx: ActorCtx): Promise<TogetherChoices> {
  const periods = (await listSettled(ctx)).filter(
    ({ type, hasFigures }) => PAIR_PERIODS.includes(type) && hasFigures,
  );
  const newest = findPeriod(periods.at(-1)?.period ?? "");
  const areas = newest && (await findPublishedAreas(ctx.reader, newest.financialYear));
  const of = (levels: readonly (typeof LEVELS)[number][]) =>
    areas ? levels.flatMap((level) => areas.of(level).map(({ area, name }) => ({ area, level, name }))) : [];
  return {
    areas: of(["nation", "region", "lad"]).filter(
      ({ area }) => areas && isAuthorityOrAbove(areas.finest(area)),
    ),
    places: of(["lad", "district", "sector"]),
    periods: periods.map(({ period, words }) => ({ period, words })).reverse(),
  };
}

/** Which domains come together in an area and period; not in an authority that is one sector or district. */
export async function getTogether(ctx: ActorCtx, query: TogetherQuery): Promise<Together> {
  const { reader } = ctx;
  const { period, settled } = await findSettled(ctx, query.period);
  const areas = await areasOf(ctx, period);
  const named = areas.find(query.area);
  if (!named) throw new NotFound("This area");
  const area = areas.finest(query.area);
  if (!isAuthorityOrAbove(area)) throw tooSmall();
  const figures = await readDomains(ctx, period, [area]);
  const domains = DOMAINS.map(({ number, code, label }) => ({
    code,
    label,
    figure: figures.get(`${area}/${countedNode(number)}`) ?? null,
  }));
  const all = figures.get(`${area}/${ANY_NODE}`) ?? null;
  const rows = await reader<{ a: number; b: number; figure: number }[]>`
    select domain_a as a, domain_b as b, figure from published.pair_figure
    where period = ${periodNumber(period)} and area = ${area}`;
  const codeOf = new Map(DOMAINS.map(({ number, code }) => [number, code]));
  const figureOf = new Map(domains.map(({ code, figure }) => [code, figure]));
  const pairs = rows.flatMap((row): DomainPair[] => {
    const [a, b] = [codeOf.get(row.a), codeOf.get(row.b)];
    const [ofA, ofB] = [figureOf.get(a ?? "") ?? null, figureOf.get(b ?? "") ?? null];
    if (a === undefined || b === undefined || all === null || ofA === null || ofB === null) return [];
    const figure = readFigure(row.figure);
    return [{ a, b, figure, lift: liftOf({ both: figure, a: ofA, b: ofB, all }) }];
  });
  return {
    area: query.area,
    level: levelOf(query.area),
    name: named.name,
    period: query.period,
    words: periodInWords(period),
    settledOn: settled.settledOn,
    revisedOn: settled.revisedOn,
    all,
    domains,
    pairs: pairs.sort((x, y) => y.lift.lift - x.lift.lift),
  };
}

/** The areas of the same level whose needs are most like those of one. */
export async function getAlike(ctx: ActorCtx, query: AlikeQuery): Promise<Alike> {
  const { period } = await findSettled(ctx, query.period);
  const areas = await areasOf(ctx, period);
  const named = areas.find(query.area);
  if (!named) throw new NotFound("This area");
  const level = levelOf(query.area);
  if (!PERIOD_TYPES_OF[level].includes(period.type)) throw new NotFound("This figure");
  const all = areas.of(level);
  const figures = await readDomains(
    ctx,
    period,
    all.map(({ area }) => areas.finest(area)),
  );
  const profile = (area: number) =>
    DOMAINS.map(({ number }) => figures.get(`${areas.finest(area)}/${countedNode(number)}`) ?? null);
  const own = profile(query.area);
  const others = all
    .filter(({ area }) => areas.finest(area) !== areas.finest(query.area))
    .map(({ area, code, name }) => ({ area, code, name, figures: profile(area) }));
  return {
    area: query.area,
    level,
    name: named.name,
    period: query.period,
    words: periodInWords(period),
    tooFew: profileOf(own) === null,
    areas: mostAlike(own, others),
    compared: others.filter((other) => profileOf(other.figures) !== null).length,
    of: others.length,
  };
}

async function findSettled(ctx: ActorCtx, text: string) {
  const period = findPeriod(text);
  const settled = (await listSettled(ctx)).find((each) => each.period === text);
  if (!period || !settled) throw new NotFound("This figure", "This period has not settled. Choose another.");
  return { period, settled };
}

async function areasOf(ctx: ActorCtx, period: Period): Promise<PublishedAreas> {
  const areas = await findPublishedAreas(ctx.reader, period.financialYear);
  if (!areas) throw new NotFound("This area");
  return areas;
}

/** Figures of any need and of every domain, by "area/node". */
async function readDomains(
  { reader }: ActorCtx,
  period: Period,
  areas: readonly number[],
): Promise<Map<string, Figure>> {
  const nodes = [ANY_NODE, ...DOMAINS.map(({ number }) => countedNode(number))];
  const rows = await reader<{ node: number; area: number; figure: number }[]>`
    select node, area, figure from published.figure
    where node = any(${nodes}::smallint[]) and slice = 0 and period = ${periodNumber(period)}
      and area = any(${[...new Set(areas)]}::int[])`;
  return new Map(rows.map((row) => [`${row.area}/${row.node}`, readFigure(row.figure)]));
}
