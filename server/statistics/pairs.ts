/**
 * Domains that come together: for each authority and larger area, the people who brought needs of both domains in a
 * quarter or year, made into figures when the period settles. Their sets follow from the settled sets of everybody, so
 * nothing more is kept than which set each figure stands for.
 */

import type { Tx } from "../../db/client";
import { areaOfGroup, countedNode, groupOf, nodeOfGroup } from "../domain/counting";
import {
  addKeys,
  FEWEST_PEOPLE,
  type Figure,
  type Hmac,
  heldBy,
  pairCellId,
  readFigure,
  settledFigure,
  settledQuota,
} from "../domain/disclosure";
import { DOMAINS, getNodeByNumber, isSensitiveNode } from "../domain/needs";
import { type Period, periodNumber } from "../domain/period";
import { neighboursOf } from "../domain/settling";
import { PAIR_PERIODS } from "../domain/together";
import type { Nesting } from "./nesting";
import type { SettledCell } from "./publish";
import type { SettledSets } from "./settled-sets";

/** Domains by the node whose cells are theirs: a domain with one need is counted as that need. */
const DOMAIN_OF = new Map(DOMAINS.map(({ number }) => [countedNode(number), number]));

interface Shown {
  figure: Figure | null;
  sourcePeriod: number;
  sourceSettleNo: number;
}

interface PairCell {
  area: number;
  a: number;
  b: number;
  people: number;
  cellKey: bigint;
  earlier: { set: number; differing: number; shows: Shown }[];
}

interface SettledPair extends Shown {
  area: number;
  a: number;
  b: number;
}

/** What one person's presence says of a group of cells: counted now, and in which settled sets. */
interface InGroup {
  counted: boolean;
  sets: ReadonlySet<number>;
}

/** Collects the pairs of a period while everybody is read, then settles them. */
export class PairCells {
  private readonly cells = new Map<string, PairCell>();
  private readonly shown: ((area: number, a: number, b: number) => { set: number; shows: Shown })[] = [];

  private constructor(
    private readonly period: Period,
    private readonly wide: ReadonlySet<number>,
  ) {}

  /** Prepares the pairs: which settled sets are near, and what they show. Months have none. */
  static async prepare(
    tx: Tx,
    nesting: Nesting,
    period: Period,
    settlements: ReadonlyMap<number, number>,
    sets: SettledSets,
    wide: readonly number[],
  ): Promise<PairCells> {
    const pairs = new PairCells(period, new Set(PAIR_PERIODS.includes(period.type) ? wide : []));
    if (pairs.wide.size === 0) return pairs;
    for (const neighbour of neighboursOf(period, (number) => settlements.has(number))) {
      if (!PAIR_PERIODS.includes(neighbour.type)) continue;
      const number = periodNumber(neighbour);
      const rows = await tx<
        { area: number; a: number; b: number; figure: number | null; source: number; sourceNo: number }[]
      >`
        select area, domain_a as a, domain_b as b, figure, source_period as source, source_settle_no as source_no
        from statistics.settled_pair where period = ${number}`;
      const own: Shown = {
        figure: null,
        sourcePeriod: number,
        sourceSettleNo: settlements.get(number) ?? 0,
      };
      const byPair = new Map(
        rows.map((row): [string, Shown] => [
          `${row.area}/${row.a}/${row.b}`,
          {
            figure: row.figure === null ? null : readFigure(row.figure),
            sourcePeriod: row.source,
            sourceSettleNo: row.sourceNo,
          },
        ]),
      );
      const index = (shows: Shown) => sets.indexOf(shows.sourcePeriod, shows.sourceSettleNo);
      for (const shows of [own, ...byPair.values()]) index(shows);
      pairs.shown.push((area, a, b) => {
        const then = nesting.finest(neighbour.financialYear, area);
        const shows = byPair.get(`${then}/${a}/${b}`) ?? own;
        return { set: index(shows), shows };
      });
    }
    return pairs;
  }

  /** Takes one person, by the groups of cells that they are or were in. */
  take(personKey: bigint, groups: ReadonlyMap<number, InGroup>): void {
    if (this.wide.size === 0) return;
    const byArea = new Map<number, { domain: number; within: InGroup }[]>();
    for (const [group, within] of groups) {
      const area = areaOfGroup(group);
      const domain = DOMAIN_OF.get(nodeOfGroup(group));
      if (domain === undefined || !this.wide.has(area)) continue;
      const known = byArea.get(area);
      if (known) known.push({ domain, within });
      else byArea.set(area, [{ domain, within }]);
    }
    for (const [area, domains] of byArea) {
      domains.sort((x, y) => x.domain - y.domain);
      domains.forEach((x, at) => {
        for (const y of domains.slice(at + 1)) {
          const cell = this.cell(area, x.domain, y.domain);
          const counted = x.within.counted && y.within.counted;
          for (const earlier of cell.earlier) {
            const then = x.within.sets.has(earlier.set) && y.within.sets.has(earlier.set);
            if (then !== counted) earlier.differing += 1;
          }
          if (!counted) continue;
          cell.people += 1;
          cell.cellKey = addKeys(cell.cellKey, personKey);
        }
      });
    }
  }

  /** Settles the pairs, keeps which set each stands for and publishes what shows. Gives figures moved. */
  async settle(
    tx: Tx,
    hmac: Hmac,
    settled: readonly SettledCell[],
    names: ReadonlyMap<number, string>,
    { settleNo, releaseNo }: { settleNo: number; releaseNo: number },
  ): Promise<number> {
    if (this.wide.size === 0) return 0;
    const shows = new Set(
      settled.flatMap((cell) => (cell.figure === null ? [] : [groupOf(cell.area, cell.node)])),
    );
    const pairs = [...this.cells.values()].flatMap((cell): SettledPair[] => {
      if (cell.people < FEWEST_PEOPLE) return [];
      const { area, a, b } = cell;
      const name = pairCellId(names.get(area) ?? "", getNodeByNumber(a), getNodeByNumber(b));
      const sensitive = isSensitiveNode(getNodeByNumber(a)) || isSensitiveNode(getNodeByNumber(b));
      const quota = settledQuota(hmac, this.period, name, sensitive);
      const own = { sourcePeriod: periodNumber(this.period), sourceSettleNo: settleNo };
      // The people of a pair are among those of both domains: it would tell of one that is hidden.
      const isHidden = ![a, b].every((domain) => shows.has(groupOf(area, countedNode(domain))));
      if (isHidden) return [{ area, a, b, figure: null, ...own }];
      const near = cell.earlier.map((earlier) => ({ ...earlier, figure: earlier.shows.figure }));
      const held = heldBy(near, cell.people, quota);
      if (held) return [{ area, a, b, ...held.shows }];
      return [{ area, a, b, figure: settledFigure(hmac, this.period, name, cell), ...own }];
    });
    await keepPairs(tx, periodNumber(this.period), pairs);
    return publishPairs(tx, periodNumber(this.period), pairs, releaseNo);
  }

  private cell(area: number, a: number, b: number): PairCell {
    const id = `${area}/${a}/${b}`;
    let cell = this.cells.get(id);
    if (!cell) {
      const earlier = this.shown.map((of) => ({ ...of(area, a, b), differing: 0 }));
      cell = { area, a, b, people: 0, cellKey: 0n, earlier };
      this.cells.set(id, cell);
    }
    return cell;
  }
}

const columnsOf = (pairs: readonly { area: number; a: number; b: number }[]) => ({
  areas: pairs.map(({ area }) => area),
  as: pairs.map(({ a }) => a),
  bs: pairs.map(({ b }) => b),
});

async function keepPairs(tx: Tx, period: number, pairs: readonly SettledPair[]): Promise<void> {
  await tx`delete from statistics.settled_pair where period = ${period}`;
  if (pairs.length === 0) return;
  const { areas, as, bs } = columnsOf(pairs);
  await tx`
    insert into statistics.settled_pair
      (period, area, domain_a, domain_b, source_period, source_settle_no, figure)
    select ${period}, * from unnest(
      ${areas}::int[], ${as}::smallint[], ${bs}::smallint[],
      ${pairs.map(({ sourcePeriod }) => sourcePeriod)}::smallint[],
      ${pairs.map(({ sourceSettleNo }) => sourceSettleNo)}::smallint[],
      ${pairs.map(({ figure }) => figure)}::int[])`;
}

async function publishPairs(
  tx: Tx,
  period: number,
  pairs: readonly SettledPair[],
  releaseNo: number,
): Promise<number> {
  const shown = pairs.filter(({ figure }) => figure !== null);
  const { areas, as, bs } = columnsOf(shown);
  const gone = await tx`
    delete from published.pair_figure as f
    where f.period = ${period} and not exists (
      select from unnest(${areas}::int[], ${as}::smallint[], ${bs}::smallint[]) as t (area, a, b)
      where t.area = f.area and t.a = f.domain_a and t.b = f.domain_b)`;
  if (shown.length === 0) return gone.count;
  const put = await tx`
    insert into published.pair_figure as f (period, area, domain_a, domain_b, figure, release_no)
    select ${period}, area, a, b, figure, ${releaseNo}
    from unnest(
      ${areas}::int[], ${as}::smallint[], ${bs}::smallint[], ${shown.map(({ figure }) => figure)}::int[]
    ) as t (area, a, b, figure)
    on conflict (period, area, domain_a, domain_b) do update
    set figure = excluded.figure, release_no = excluded.release_no
    where f.figure <> excluded.figure`;
  return gone.count + put.count;
}
