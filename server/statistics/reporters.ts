/**
 * Who reports where: makes each organisation's own people of a settled period into figures, which stay with the engine,
 * and from them alone what is told: from when to when an organisation reported in an area, and whether one that brought
 * a material share began or stopped (`docs/methods/coverage.md`).
 */

import type { Tx } from "../../db/client";
import {
  beganOrStopped,
  type CoverageChange,
  isMaterial,
  monthsOf,
  NO_CHANGE,
  packChanges,
  reportedMonths,
  spanOf,
} from "../domain/coverage";
import { cellId, FEWEST_PEOPLE, type Hmac, settledFigure } from "../domain/disclosure";
import { FIRST_NUMBER } from "../domain/geography";
import { ANY_NODE, getNodeByNumber } from "../domain/needs";
import { type Period, periodByNumber, periodNumber, previousPeriod, yearBefore } from "../domain/period";
import type { YearAuthorities } from "./authorities";
import type { Nesting } from "./nesting";
import type { SettledCell } from "./publish";
import type { Reported } from "./reported";

/** Months in which each organisation reported in each authority, by "organisation/authority". */
export class ReportedMonths {
  private readonly months = new Map<string, Set<number>>();
  private readonly reportersOf = new Map<number, Set<number>>();

  constructor(shown: ReadonlyMap<string, readonly number[]>) {
    for (const [id, periods] of shown) {
      const [reporter = 0, authority = 0] = id.split("/").map(Number);
      this.months.set(id, reportedMonths(periods));
      this.reportersOf.set(authority, (this.reportersOf.get(authority) ?? new Set()).add(reporter));
    }
  }

  of(reporter: number, authority: number): ReadonlySet<number> {
    return this.months.get(`${reporter}/${authority}`) ?? new Set();
  }

  /** Organisations that ever reported in an authority. */
  reporters(authority: number): readonly number[] {
    return [...(this.reportersOf.get(authority) ?? [])].sort((a, b) => a - b);
  }

  *all(): Generator<{ reporter: number; authority: number; months: ReadonlySet<number> }> {
    for (const [id, months] of this.months) {
      const [reporter = 0, authority = 0] = id.split("/").map(Number);
      yield { reporter, authority, months };
    }
  }
}

interface Settling {
  period: Period;
  settleNo: number;
  settled: readonly SettledCell[];
  /** Names of areas as cells have them. */
  names: ReadonlyMap<number, string>;
}

/**
 * Makes the figures of the organisations in a period. Where an area's own figure was held, a later settlement leaves
 * those of its organisations as they were too: a few late people show nowhere.
 */
export async function settleReporters(
  tx: Tx,
  hmac: Hmac,
  nesting: Nesting,
  reported: Reported,
  { period, settleNo, settled, names }: Settling,
): Promise<void> {
  await reported.need(period);
  const number = periodNumber(period);
  const shown = settled.filter((cell) => cell.node === ANY_NODE && cell.figure !== null);
  const isKept = (cell: SettledCell) => cell.sourcePeriod !== number || cell.sourceSettleNo !== settleNo;
  const kept = new Set(settleNo > 1 ? shown.filter(isKept).map(({ area }) => area) : []);
  const fresh = new Set(shown.map(({ area }) => area).filter((area) => !kept.has(area)));
  await tx`
    delete from statistics.reporter where period = ${number} and not (area = any(${[...kept]}::int[]))`;
  const sectors = await tx<{ sector: number }[]>`
    select distinct release_sector as sector from pg_temp.reported where period = ${number}`;
  const places = sectors.flatMap(({ sector }) =>
    nesting
      .cellAreas(period.financialYear, sector)
      .filter((area) => fresh.has(area))
      .map((area) => ({ sector, area })),
  );
  const rows = await tx<{ area: number; reporter: number; people: number; sum: string }[]>`
    select area, reporter, count(*)::int as people, sum(person_key)::text as sum
    from (
      select distinct r.person_key, r.reporter, a.area
      from pg_temp.reported as r
      join unnest(
        ${places.map(({ sector }) => sector)}::int[],
        ${places.map(({ area }) => area)}::int[]
      ) as a (sector, area) on a.sector = r.release_sector
      where r.period = ${number}
    ) as each
    group by area, reporter
    having count(*) >= ${FEWEST_PEOPLE}`;
  const node = getNodeByNumber(ANY_NODE);
  const figures = rows.flatMap(({ area, reporter, people, sum }) => {
    const cell = cellId({ area: names.get(area) ?? "", node, slice: `organisation=${reporter}` });
    const figure = settledFigure(hmac, period, cell, { people, cellKey: BigInt.asIntN(64, BigInt(sum)) });
    return figure === null ? [] : [{ area, reporter, figure }];
  });
  if (figures.length === 0) return;
  await tx`
    insert into statistics.reporter (period, area, reporter, figure)
    select ${number}, area, reporter, figure
    from unnest(
      ${figures.map(({ area }) => area)}::int[],
      ${figures.map(({ reporter }) => reporter)}::int[],
      ${figures.map(({ figure }) => figure)}::int[]
    ) as t (area, reporter, figure)`;
}

/** In which months each organisation reported in each authority, by everything that has settled. */
export async function readMonths(
  tx: Tx,
  authorities: (financialYear: number) => YearAuthorities,
): Promise<ReportedMonths> {
  const years = await tx<{ year: number }[]>`
    select distinct period / 32 + 2000 as year from statistics.settlement`;
  const cells = new Set(years.flatMap(({ year }) => [...authorities(year).cellOf.values()]));
  // Years say nothing of months, and smaller areas nothing that their authority does not.
  const rows = await tx<{ period: number; area: number; reporter: number }[]>`
    select period, area, reporter from statistics.reporter
    where period % 32 < 16 and area = any(${[...cells]}::int[]) order by period`;
  const sharing = new Map<string, readonly number[]>();
  const authoritiesAt = (financialYear: number, area: number): readonly number[] => {
    const id = `${financialYear}/${area}`;
    const known =
      sharing.get(id) ??
      [...authorities(financialYear).cellOf].flatMap(([authority, cell]) =>
        cell === area ? [authority] : [],
      );
    sharing.set(id, known);
    return known;
  };
  const shown = new Map<string, number[]>();
  for (const { period, area, reporter } of rows) {
    for (const authority of authoritiesAt(periodByNumber(period).financialYear, area)) {
      const id = `${reporter}/${authority}`;
      const periods = shown.get(id);
      if (periods) periods.push(period);
      else shown.set(id, [period]);
    }
  }
  return new ReportedMonths(shown);
}

/** Tells who reports where and since when, for authorities and larger areas of a year; of other years no more. */
export async function publishReporting(tx: Tx, months: ReportedMonths, year: YearAuthorities): Promise<void> {
  const organisations = await tx<{ id: number; name: string }[]>`select id, name from casework.organisation`;
  const nameOf = new Map(organisations.map((row) => [row.id, row.name]));
  const rows = year.wide.flatMap((area) => {
    const byReporter = new Map<number, Set<number>>();
    for (const authority of year.within(area)) {
      for (const reporter of months.reporters(authority)) {
        const all = byReporter.get(reporter) ?? new Set();
        for (const month of months.of(reporter, authority)) all.add(month);
        byReporter.set(reporter, all);
      }
    }
    return [...byReporter].flatMap(([reporter, all]) => {
      const span = spanOf(all);
      const name = nameOf.get(reporter);
      return span && name !== undefined ? [{ area, reporter, name, ...span }] : [];
    });
  });
  await tx`delete from published.reporting`;
  if (rows.length === 0) return;
  await tx`
    insert into published.reporting (area, reporter, name, first_month, last_month)
    select * from unnest(
      ${rows.map(({ area }) => area)}::int[],
      ${rows.map(({ reporter }) => reporter)}::int[],
      ${rows.map(({ name }) => name)}::text[],
      ${rows.map(({ first }) => periodNumber(first))}::smallint[],
      ${rows.map(({ last }) => periodNumber(last))}::smallint[])`;
}

/** Says of each area that shows whether coverage changed since the period before and since the year before. */
export async function publishChanges(
  tx: Tx,
  months: ReportedMonths,
  authorities: (financialYear: number) => YearAuthorities,
  period: Period,
  settled: readonly SettledCell[],
): Promise<void> {
  const now = new Map(
    settled.flatMap(({ node, area, figure }) => (node === ANY_NODE ? [[area, figure]] : [])),
  );
  const own = await readOwn(tx, period);
  const against = async (then: Period) => {
    const [all, theirs] = [await readAll(tx, then), await readOwn(tx, then)];
    const year = authorities(period.financialYear);
    const turns = new Turns(months, then, period);
    return (area: number): CoverageChange =>
      changeIn(
        area,
        { units: [...year.within(area)].map((unit) => turns.in(unit)), year },
        {
          later: { own, all: now.get(area) ?? null },
          earlier: { own: theirs, all: all.get(area) ?? null },
        },
      );
  };
  const before = await against(previousPeriod(period));
  const yearAgo = await against(yearBefore(period));
  const changed = [...now].flatMap(([area, figure]) => {
    const packed = figure === null ? 0 : packChanges(before(area), yearAgo(area));
    return packed === 0 ? [] : [{ area, packed }];
  });
  await tx`
    with told as (
      select * from unnest(
        ${changed.map(({ area }) => area)}::int[],
        ${changed.map(({ packed }) => packed)}::smallint[]
      ) as t (area, changed)
    )
    update published.coverage as c set changed = coalesce(t.changed, 0)
    from published.coverage as old left join told as t on t.area = old.area
    where c.period = ${periodNumber(period)} and old.period = c.period and old.area = c.area
      and c.changed <> coalesce(t.changed, 0)`;
}

/** Figures of organisations in a period, by "area/organisation". */
async function readOwn(tx: Tx, period: Period): Promise<Map<string, number>> {
  const rows = await tx<{ area: number; reporter: number; figure: number }[]>`
    select area, reporter, figure from statistics.reporter where period = ${periodNumber(period)}`;
  return new Map(rows.map((row) => [`${row.area}/${row.reporter}`, row.figure]));
}

/** Settled figures of any need, by area. */
async function readAll(tx: Tx, period: Period): Promise<Map<number, number>> {
  const rows = await tx<{ area: number; figure: number }[]>`
    select area, figure from statistics.settled_cell
    where period = ${periodNumber(period)} and node = ${ANY_NODE} and slice = 0 and figure is not null`;
  return new Map(rows.map((row) => [row.area, row.figure]));
}

interface Side {
  /** Figures of organisations by "area/organisation". */
  own: ReadonlyMap<string, number>;
  /** The area's figure of any need. */
  all: number | null;
}

/** Who began or stopped in an authority between two periods. */
interface Turned {
  authority: number;
  /** Whether anybody is known to have reported there in the earlier period. */
  anybodyThen: boolean;
  turned: readonly { reporter: number; what: "began" | "stopped" }[];
}

/** Who began or stopped between two periods, worked out once for each authority: many areas lie in each. */
class Turns {
  private readonly known = new Map<number, Turned>();

  constructor(
    private readonly months: ReportedMonths,
    private readonly from: Period,
    private readonly to: Period,
  ) {}

  in(authority: number): Turned {
    const known = this.known.get(authority);
    if (known) return known;
    const then = monthsOf(this.from);
    const found = { authority, anybodyThen: false, turned: [] as Turned["turned"][number][] };
    for (const reporter of this.months.reporters(authority)) {
      const its = this.months.of(reporter, authority);
      found.anybodyThen ||= then.some((month) => its.has(month));
      const what = beganOrStopped(its, this.from, this.to);
      if (what) found.turned.push({ reporter, what });
    }
    this.known.set(authority, found);
    return found;
  }
}

function changeIn(
  area: number,
  { units, year }: { units: readonly Turned[]; year: YearAuthorities },
  sides: { earlier: Side; later: Side },
): CoverageChange {
  // Where nobody is known to have reported before, there is nothing to compare with.
  if (!units.some(({ anybodyThen }) => anybodyThen)) return NO_CHANGE;
  const byReporter = new Map<number, { began: number[]; stopped: number[] }>();
  for (const { authority, turned } of units) {
    for (const { reporter, what } of turned) {
      const known = byReporter.get(reporter) ?? { began: [], stopped: [] };
      known[what].push(authority);
      byReporter.set(reporter, known);
    }
  }
  const isWide = area >= FIRST_NUMBER.region;
  const change = { ...NO_CHANGE };
  for (const [reporter, { began, stopped }] of byReporter) {
    const share = (side: Side, of: readonly number[]) => {
      if (of.length === 0) return false;
      // Above the authority an organisation counts with the authorities where it began or stopped.
      const ids = isWide ? of.map((unit) => year.cellOf.get(unit) ?? unit) : [area];
      const own = ids.reduce((sum, id) => sum + (side.own.get(`${id}/${reporter}`) ?? 0), 0);
      return isMaterial(own === 0 ? null : own, side.all);
    };
    change.began ||= share(sides.later, began);
    change.stopped ||= share(sides.earlier, stopped);
  }
  return change;
}
