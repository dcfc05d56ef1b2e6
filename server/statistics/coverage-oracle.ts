/**
 * What coverage, panels and pairs should be, by the words of the methods: sets of people by the organisation that
 * reported them, and nothing of masks, bits, keys or tables of a transaction.
 */

import type { Sql } from "../../db/client";
import {
  cellId,
  type Figure,
  type Hmac,
  pairCellId,
  settledFigure,
  settledQuota,
} from "../domain/disclosure";
import { levelOf } from "../domain/geography";
import { DOMAINS, findNode, getNeedByNumber, getNodeByNumber, isSensitiveNode } from "../domain/needs";
import {
  type Day,
  firstDayOf,
  lastDayOf,
  type Period,
  periodByNumber,
  periodNumber,
  periodsInside,
  previousPeriod,
} from "../domain/period";
import { bySettling } from "../domain/settling";
import { areaText, changedBetween, type Oracle } from "./recount-oracle";
import { areasOf, finest, type RandomWorld } from "./recount-world";

/** A set and the figure that stands for it, perhaps that of another set. */
interface Cell {
  set: ReadonlySet<string>;
  figure: Figure | null;
}

/** One settlement of a panel or of the pairs of a period. */
interface Settled {
  cells: Map<string, Cell>;
  sets: Map<string, Set<string>>;
}

/** A contact's word: this organisation says that this person brought this need, here and then. */
interface Said {
  organisation: number;
  person: string;
  need: number;
  sector: number;
  day: Day;
}

const ANY = 250;
const SECTORS = [11, 12, 13, 14, 15, 16];
/** An authority that is one sector or district has no cell here. */
const wideOf = (year: number, sector: number) => [
  ...new Set(
    areasOf(year, sector)
      .slice(2)
      .map((area) => finest(year, area))
      .filter((area) => !["sector", "district"].includes(levelOf(area))),
  ),
];
const authorityOf = (year: number, sector: number) => areasOf(year, sector)[2];
const authoritiesIn = (year: number, area: number) => [
  ...new Set(
    SECTORS.filter((sector) => areasOf(year, sector).some((each) => finest(year, each) === area)).flatMap(
      (sector) => authorityOf(year, sector) ?? [],
    ),
  ),
];

export class CoverageOracle {
  /** Figures of organisations that show, by "period/area/organisation". */
  private readonly reporters = new Map<string, Figure>();
  /** By "slice/period". */
  private readonly panels = new Map<string, Settled>();
  private readonly units = new Map<string, string>();
  private readonly pairs = new Map<number, Settled>();
  private readonly changes = new Map<string, number>();
  private readonly settledOn: number[] = [];
  /** Months reported, until the next settlement. */
  private readonly known = new Map<string, Set<Day>>();
  /** Visible figures of panels and pairs that were held. */
  held = 0;

  constructor(
    private readonly world: RandomWorld,
    private readonly oracle: Oracle,
    private readonly hmac: Hmac,
  ) {}

  /** Settles what follows from a period that the oracle has just settled. */
  settle(period: Period, settleNo: number): void {
    if (!this.settledOn.includes(periodNumber(period))) this.settledOn.push(periodNumber(period));
    const said = [...this.said()];
    this.settleReporters(period, settleNo, said);
    this.known.clear();
    this.settlePanels(period, said);
    this.settlePairs(period);
    this.settleChanges(period);
  }

  private *said(): Generator<Said> {
    const brought = new Set(
      [...this.oracle.brought()].map(({ person, need, sector, day }) => `${person}/${need}/${sector}/${day}`),
    );
    for (const { client, voided, day, sector, entries } of this.world.contacts) {
      if (voided) continue;
      for (const { need } of entries) {
        // An entry that does not count by itself may stand beside one that does: the contact is the same.
        if (!brought.has(`${client.person}/${need}/${sector}/${day}`)) continue;
        yield { organisation: client.organisation, person: client.person, need, sector, day };
      }
    }
  }

  private within(said: readonly Said[], period: Period): Said[] {
    return said.filter(({ day }) => firstDayOf(period) <= day && day <= lastDayOf(period));
  }

  /** The figure of everybody, as the oracle settled it. */
  private whole(period: Period, area: number, node: number): Cell | null {
    const number = periodNumber(period);
    return this.oracle.settled.get(number)?.cells.get(`${area}/${node}/${number}`) ?? null;
  }

  private settleReporters(period: Period, settleNo: number, said: readonly Said[]): void {
    const number = periodNumber(period);
    const year = period.financialYear;
    const sets = new Map<string, Set<string>>();
    for (const { organisation, person, sector } of this.within(said, period)) {
      for (const area of new Set(areasOf(year, sector).map((each) => finest(year, each)))) {
        const id = `${area}/${organisation}`;
        sets.set(id, (sets.get(id) ?? new Set()).add(person));
      }
    }
    const isHeld = (area: number) => {
      const cell = this.whole(period, area, ANY);
      return (
        settleNo > 1 && cell?.set !== this.oracle.settled.get(number)?.sets.get(`${area}/${ANY}/${number}`)
      );
    };
    const shows = (area: number) => (this.whole(period, area, ANY)?.figure ?? null) !== null;
    for (const id of [...this.reporters.keys()]) {
      const [of = 0, area = 0] = id.split("/").map(Number);
      if (of === number && !(shows(area) && isHeld(area))) this.reporters.delete(id);
    }
    for (const [id, set] of sets) {
      const [area = 0, organisation = 0] = id.split("/").map(Number);
      if (!shows(area) || isHeld(area)) continue;
      const name = cellId({
        area: areaText(area),
        node: getNodeByNumber(ANY),
        slice: `organisation=${organisation}`,
      });
      const figure = settledFigure(this.hmac, period, name, this.oracle.keyed(set));
      if (figure !== null) this.reporters.set(`${number}/${area}/${organisation}`, figure);
    }
  }

  /** First days of the months in which an organisation reported in an authority. */
  private months(organisation: number, authority: number): Set<Day> {
    const id = `${organisation}/${authority}`;
    const known = this.known.get(id) ?? this.workOutMonths(organisation, authority);
    this.known.set(id, known);
    return known;
  }

  private workOutMonths(organisation: number, authority: number): Set<Day> {
    const shown = this.settledOn
      .map(periodByNumber)
      .filter((period) =>
        this.reporters.has(
          `${periodNumber(period)}/${finest(period.financialYear, authority)}/${organisation}`,
        ),
      );
    const months = new Set(shown.filter(({ type }) => type === "month").map(firstDayOf));
    const byMonth = new Set(months);
    for (const quarter of shown.filter(({ type }) => type === "quarter")) {
      const inside = periodsInside(quarter).map(firstDayOf);
      if (!inside.some((month) => byMonth.has(month))) for (const month of inside) months.add(month);
    }
    return months;
  }

  private settlePanels(period: Period, said: readonly Said[]): void {
    const { type, financialYear } = period;
    const settled = this.settledOn
      .map(periodByNumber)
      .filter((each) => each.type === type)
      .sort(bySettling);
    const inYear = (year: number) => settled.filter((each) => each.financialYear === year);
    const newest = inYear(financialYear).at(-1) ?? period;
    const wanted: Day[] = [];
    for (let year = financialYear - 1; year <= financialYear; year += 1) {
      for (let index = 0; index < 12; index += 1) {
        const month: Period = { type: "month", financialYear: year, index };
        if (lastDayOf(month) <= lastDayOf(newest)) wanted.push(firstDayOf(month));
      }
    }
    const organisations = [...new Set(this.world.clients.map(({ organisation }) => organisation))];
    const authorities = [
      ...new Set(
        [2024, 2025].flatMap((year) => SECTORS.flatMap((sector) => authorityOf(year, sector) ?? [])),
      ),
    ];
    const units = authorities.flatMap((authority) =>
      organisations
        .filter((organisation) => {
          const months = this.months(organisation, authority);
          return wanted.every((month) => months.has(month));
        })
        .map((organisation) => `${organisation}/${authority}`),
    );
    const id = `${financialYear}/${type}`;
    const isNew = (this.units.get(id) ?? "") !== units.sort().join();
    this.units.set(id, units.join());
    if (isNew) {
      for (const each of inYear(financialYear - 1)) this.settlePanel(61, each, units, said);
      for (const each of inYear(financialYear)) this.settlePanel(60, each, units, said);
    } else this.settlePanel(60, period, units, said);
    const next = this.units.get(`${financialYear + 1}/${type}`) ?? "";
    if (next !== "") this.settlePanel(61, period, next.split(","), said);
  }

  private settlePanel(slice: number, period: Period, units: readonly string[], said: readonly Said[]): void {
    const number = periodNumber(period);
    if (units.length === 0 && !this.panels.has(`${slice}/${number}`)) return;
    const year = period.financialYear;
    const sets = new Map<string, Set<string>>();
    for (const { organisation, person, need, sector } of this.within(said, period)) {
      if (!units.includes(`${organisation}/${authorityOf(year, sector)}`)) continue;
      for (const area of wideOf(year, sector)) {
        for (const node of nodesFor(need)) {
          const id = `${area}/${node}`;
          sets.set(id, (sets.get(id) ?? new Set()).add(person));
        }
      }
    }
    const neighbours: [number, Period][] = [
      ...[period, previousPeriod(period), ...periodsInside(period)].map((each): [number, Period] => [
        slice,
        each,
      ]),
      [slice === 60 ? 61 : 60, period],
    ];
    const cells = new Map<string, Cell>();
    for (const [id, set] of sets) {
      const [area = 0, node = 0] = id.split("/").map(Number);
      if (set.size < 5) continue;
      const everybody = this.whole(period, area, node);
      if (!everybody || everybody.figure === null) {
        cells.set(id, { set, figure: null });
        continue;
      }
      const near = neighbours.flatMap(([of, each]) => {
        const then = this.panels.get(`${of}/${periodNumber(each)}`);
        return then ? [cellThen(then, `${finest(each.financialYear, area)}/${node}`, id)] : [];
      });
      const nodeName = getNodeByNumber(node);
      const name = cellId({ area: areaText(area), node: nodeName, slice: "panel" });
      const quota = settledQuota(this.hmac, period, name, isSensitiveNode(nodeName));
      cells.set(id, this.settled(period, name, set, near, quota));
    }
    this.panels.set(`${slice}/${number}`, { cells, sets });
  }

  private settled(
    period: Period,
    name: string,
    set: Set<string>,
    near: readonly Cell[],
    quota: number,
  ): Cell {
    let nearest: { cell: Cell; differing: number } | null = null;
    for (const cell of near) {
      const differing = changedBetween(cell.set, set).length;
      if (!nearest || differing < nearest.differing) nearest = { cell, differing };
    }
    if (nearest && nearest.differing < quota) {
      if (nearest.cell.figure !== null) this.held += 1;
      return nearest.cell;
    }
    return { set, figure: settledFigure(this.hmac, period, name, this.oracle.keyed(set)) };
  }

  private settlePairs(period: Period): void {
    if (period.type === "month") return;
    const number = periodNumber(period);
    const year = period.financialYear;
    const all = this.oracle.settled.get(number)?.sets ?? new Map<string, Set<string>>();
    const areas = new Set(SECTORS.flatMap((sector) => wideOf(year, sector)));
    const settled: Settled = { cells: new Map(), sets: new Map() };
    for (const area of areas) {
      DOMAINS.forEach((a, at) => {
        for (const b of DOMAINS.slice(at + 1)) {
          const [ofA, ofB] = [a, b].map(
            (domain) => all.get(`${area}/${domain.number}/${number}`) ?? new Set<string>(),
          );
          const both = new Set([...(ofA ?? [])].filter((person) => ofB?.has(person)));
          const id = `${area}/${a.number}/${b.number}`;
          settled.sets.set(id, both);
          if (both.size < 5) continue;
          const shows = [a, b].every(
            ({ number: node }) => (this.whole(period, area, countedAs(node))?.figure ?? null) !== null,
          );
          if (!shows) {
            settled.cells.set(id, { set: both, figure: null });
            continue;
          }
          const near = [period, previousPeriod(period), ...periodsInside(period)].flatMap((each) => {
            const then = this.pairs.get(periodNumber(each));
            const place = `${finest(each.financialYear, area)}/${a.number}/${b.number}`;
            return then ? [cellThen(then, place, id)] : [];
          });
          const nodes = [a, b].map(({ number: node }) => getNodeByNumber(node));
          const [first, second] = nodes;
          if (!first || !second) continue;
          const name = pairCellId(areaText(area), first, second);
          const quota = settledQuota(this.hmac, period, name, nodes.some(isSensitiveNode));
          settled.cells.set(id, this.settled(period, name, both, near, quota));
        }
      });
    }
    this.pairs.set(number, settled);
  }

  private settleChanges(period: Period): void {
    const number = periodNumber(period);
    const year = period.financialYear;
    const organisations = [...new Set(this.world.clients.map(({ organisation }) => organisation))];
    const areas = new Set(
      SECTORS.flatMap((sector) => areasOf(year, sector).map((area) => finest(year, area))),
    );
    for (const area of areas) {
      const now = this.whole(period, area, ANY)?.figure ?? null;
      if (now === null) {
        this.changes.delete(`${number}/${area}`);
        continue;
      }
      const since = (then: Period) => {
        const part = (months: Set<Day>, of: Period) => {
          const inside =
            of.type === "month" ? [of] : periodsInside(of).filter(({ type }) => type === "month");
          return inside.filter((month) => months.has(firstDayOf(month))).length / inside.length;
        };
        const authorities = authoritiesIn(year, area);
        const anybody = organisations.some((organisation) =>
          authorities.some((authority) => part(this.months(organisation, authority), then) > 0),
        );
        const turned = (which: "began" | "stopped") =>
          organisations.some((organisation) => {
            const of = authorities.filter((authority) => {
              const months = this.months(organisation, authority);
              const difference = part(months, period) - part(months, then);
              return which === "began" ? difference > 0.333 : difference < -0.333;
            });
            if (of.length === 0) return false;
            const side = which === "began" ? period : then;
            const places = levelOf(area) === "region" ? of.map((each) => finest(year, each)) : [area];
            const own = places.reduce(
              (sum, place) =>
                sum + (this.reporters.get(`${periodNumber(side)}/${place}/${organisation}`) ?? 0),
              0,
            );
            const all = this.whole(side, area, ANY)?.figure ?? null;
            return own > 0 && all !== null && own / all >= 0.1;
          });
        return anybody ? Number(turned("began")) + 2 * Number(turned("stopped")) : 0;
      };
      const packed = since(previousPeriod(period)) + 4 * since({ ...period, financialYear: year - 1 });
      this.changes.set(`${number}/${area}`, packed);
    }
  }

  /** Compares everything with what stands in the database. */
  async check(administrator: Sql): Promise<{ checked: number; differences: string[] }> {
    const differences: string[] = [];
    let checked = 0;
    const compare = (
      what: string,
      expected: Map<string, number | null>,
      found: Map<string, number | null>,
    ) => {
      for (const [id, figure] of expected) {
        checked += 1;
        if (!found.has(id)) differences.push(`${what} ${id} is missing, it should show ${figure}`);
        else if (found.get(id) !== figure)
          differences.push(`${what} ${id} shows ${found.get(id)}, not ${figure}`);
      }
      for (const id of found.keys())
        if (!expected.has(id)) differences.push(`${what} ${id} should not be there`);
    };
    const mapOf = (rows: readonly { id: string; figure: number | null }[]) =>
      new Map(rows.map(({ id, figure }) => [id, figure]));
    const shown = (all: Map<string, number | null>) =>
      new Map([...all].filter(([, figure]) => figure !== null));

    compare(
      "reporter",
      new Map(this.reporters),
      mapOf(
        await administrator`select concat_ws('/', period, area, reporter) as id, figure from statistics.reporter`,
      ),
    );
    const panels = new Map<string, number | null>();
    for (const [id, { cells }] of this.panels) {
      for (const [cell, { figure }] of cells) panels.set(`${id}/${cell}`, figure);
    }
    compare(
      "settled panel",
      panels,
      mapOf(
        await administrator`
          select concat_ws('/', slice, period, area, node) as id, figure from statistics.settled_panel_cell`,
      ),
    );
    compare(
      "published panel",
      shown(panels),
      mapOf(
        await administrator`
          select concat_ws('/', slice, period, area, node) as id, figure from published.figure where slice in (60, 61)`,
      ),
    );
    const pairs = new Map<string, number | null>();
    for (const [period, { cells }] of this.pairs) {
      for (const [cell, { figure }] of cells) pairs.set(`${period}/${cell}`, figure);
    }
    compare(
      "settled pair",
      pairs,
      mapOf(
        await administrator`
          select concat_ws('/', period, area, domain_a, domain_b) as id, figure from statistics.settled_pair`,
      ),
    );
    compare(
      "published pair",
      shown(pairs),
      mapOf(
        await administrator`
          select concat_ws('/', period, area, domain_a, domain_b) as id, figure from published.pair_figure`,
      ),
    );
    const covered = await administrator<{ id: string; figure: number }[]>`
      select concat_ws('/', period, area) as id, changed as figure from published.coverage where area >= 10`;
    compare("coverage", new Map(this.changes), mapOf(covered));
    const bands = [...this.changes.keys()].map((id): [string, number] => {
      const own = [...this.reporters.keys()].filter((reporter) => reporter.startsWith(`${id}/`));
      return [id, own.length > 6 ? 3 : own.length > 3 ? 2 : 1];
    });
    compare(
      "band of organisations",
      new Map(bands),
      mapOf(
        await administrator`
          select concat_ws('/', period, area) as id, organisations_band as figure
          from published.coverage where area >= 10`,
      ),
    );
    return { checked, differences };
  }
}

/** What a cell showed in an earlier settlement; one that was too small hid its own set. */
function cellThen(then: Settled, place: string, id: string): Cell {
  return then.cells.get(place) ?? { set: then.sets.get(id) ?? new Set(), figure: null };
}

/** Nodes with cells: a domain with one need is counted as that need. */
function nodesFor(need: number): number[] {
  const code = getNeedByNumber(need).code.slice(0, 3);
  const domain = DOMAINS.find((each) => each.code === code)?.number ?? 0;
  return code === "OTH" ? [need, ANY] : [need, domain, ANY];
}

/** Number of the need of a domain with one need, else the domain's own. */
function countedAs(domain: number): number {
  const isOther = DOMAINS.find(({ number }) => number === domain)?.code === "OTH";
  return isOther ? (findNode("OTH-01")?.number ?? domain) : domain;
}
