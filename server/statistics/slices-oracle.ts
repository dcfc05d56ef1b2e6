/**
 * What slices should be, by the words of the method: for each figure of 100 or more, the people of its settled set
 * parted by what was known of them when it settled. Sets of people; no keys, masks or orders of settlement.
 */

import type { Sql } from "../../db/client";
import { cellId, type Figure, type Hmac, recordKey, settledFigure, settledQuota } from "../domain/disclosure";
import { levelOf } from "../domain/geography";
import { getNodeByNumber, isSensitiveNode } from "../domain/needs";
import {
  type Day,
  firstDayOf,
  type Period,
  periodByNumber,
  periodNumber,
  periodsInside,
  shiftPeriod,
} from "../domain/period";
import { packTraits, SLICES, type Traits, UNKNOWN_TRAITS } from "../domain/slices";
import { areaText, changedBetween, isCounted, type Oracle, type Sets } from "./recount-oracle";
import { areasOf, DECILES, finest, formedFor, type RandomWorld } from "./recount-world";

interface SliceCell {
  set: ReadonlySet<string>;
  figure: Figure | null;
}

const SECTORS = [11, 12, 13, 14, 15, 16];

export class SlicesOracle {
  /** By period: what each slice shows, and everybody who was in it. */
  private readonly settled = new Map<number, { cells: Map<string, SliceCell>; sets: Sets }>();
  /** Visible figures that were held. */
  held = 0;

  constructor(
    private readonly world: RandomWorld,
    private readonly oracle: Oracle,
    private readonly hmac: Hmac,
  ) {}

  /** Settles the slices of a period that the oracle has just settled. */
  settle(period: Period, _settleNo: number, sets: Sets): void {
    const own = this.parted(period, sets);
    const back = { month: 12, quarter: 4, year: 1 }[period.type];
    const before = Array.from({ length: back }, (_, at) => shiftPeriod(period, -1 - at));
    const cells = new Map<string, SliceCell>();
    for (const [id, set] of own) {
      const [areaNumber, nodeNumber, slice] = id.split("/");
      const [area, node] = [Number(areaNumber), Number(nodeNumber)];
      const name = SLICES.find((each) => each.name === slice)?.name;
      if (!name) throw new Error(`${id} is of no slice`);
      const near = (of: Period) =>
        this.settled.get(periodNumber(of))?.cells.get(`${finest(of.financialYear, area)}/${node}/${slice}`);
      const last = before.find((each) => near(each));
      const nearest = { differing: Number.POSITIVE_INFINITY, cell: null as SliceCell | null };
      for (const neighbour of [period, ...(last ? [last] : []), ...periodsInside(period)]) {
        const cell = near(neighbour);
        if (!cell) continue;
        const differing = changedBetween(cell.set, set).length;
        if (differing < nearest.differing) Object.assign(nearest, { differing, cell });
      }
      const needNode = getNodeByNumber(node);
      const text = cellId({ area: areaText(area), node: needNode, slice: name });
      const quota = settledQuota(this.hmac, period, text, isSensitiveNode(needNode));
      if (set.size >= 5 && nearest.cell && nearest.differing < quota) {
        if (nearest.cell.figure !== null) this.held += 1;
        cells.set(id, nearest.cell);
      } else cells.set(id, { set, figure: settledFigure(this.hmac, period, text, this.oracle.keyed(set)) });
    }
    this.settled.set(periodNumber(period), { cells, sets: own });
  }

  /** Everybody of each figure of 100 or more, parted: "area/node/age=16-24". */
  private parted(period: Period, sets: Sets): Sets {
    const parted: Sets = new Map();
    const number = periodNumber(period);
    const traits = this.traits();
    for (const [id, cell] of this.oracle.settled.get(number)?.cells ?? []) {
      const [area = 0, node = 0] = id.split("/").map(Number);
      if (levelOf(area) === "sector" || levelOf(area) === "district") continue;
      if (cell.figure === null || cell.figure < 100 || !isCounted(period, area, node)) continue;
      for (const { name, dimension } of SLICES) {
        if (dimension !== "deprivation") parted.set(`${area}/${node}/${name}`, new Set());
      }
      for (const person of sets.get(id) ?? []) {
        const of = traits.get(person) ?? UNKNOWN_TRAITS;
        parted.get(`${area}/${node}/age=${ageOn(firstDayOf(period), of.ageMonth)}`)?.add(person);
        const sex = of.sex === "not-known" ? "unknown" : of.sex;
        parted.get(`${area}/${node}/sex=${sex}`)?.add(person);
      }
      for (const { decile, sectors } of decilesOf(period.financialYear, area)) {
        const people = sectors.flatMap((sector) => [...(sets.get(`${sector}/${node}/${number}`) ?? [])]);
        parted.set(`${area}/${node}/deprivation=${decile}`, new Set(people));
      }
    }
    return parted;
  }

  /** What is known of each person by the clients that there are: what most say, else the eldest. */
  private traits(): Map<string, Traits> {
    const clients = this.world.clients
      .filter(({ erased, traits }) => !erased && traits !== null)
      .sort((a, b) => (a.id < b.id ? -1 : 1));
    const people = new Map<string, Traits>();
    for (const person of new Set(clients.map((client) => client.person))) {
      const said = clients.flatMap((client) =>
        client.person === person && client.traits ? [client.traits] : [],
      );
      const ages = said.flatMap(({ ageMonth }) => (ageMonth === null ? [] : [ageMonth]));
      const sexes = said.flatMap(({ sex }) => (sex === "not-known" ? [] : [sex]));
      people.set(person, { ageMonth: mostSaid(ages) ?? null, sex: mostSaid(sexes) ?? "not-known" });
    }
    return people;
  }

  /** Compares with what the engine keeps and publishes. */
  async check(
    administrator: Sql,
    released: boolean,
    sets: Sets,
  ): Promise<{ checked: number; differences: string[] }> {
    const differences: string[] = [];
    const expected = new Map<string, SliceCell>();
    for (const [period, { cells }] of this.settled) {
      for (const [id, cell] of cells) expected.set(`${period}/${id}`, cell);
    }
    const names = new Map(SLICES.map(({ number, name }) => [number, name]));
    for (const table of ["statistics.settled_cell", "published.figure"]) {
      const left = new Map(expected);
      const rows = await administrator<
        { period: number; area: number; node: number; slice: number; figure: number | null }[]
      >`
        select period, area, node, slice, figure from ${administrator(table)} where slice between 10 and 39`;
      for (const { period, area, node, slice, figure } of rows) {
        const id = `${period}/${area}/${node}/${names.get(slice)}`;
        const cell = left.get(id);
        if (!cell || cell.figure !== figure)
          differences.push(`${table} ${id} shows ${figure}, not ${cell?.figure}`);
        left.delete(id);
      }
      for (const [id, cell] of left) {
        if (table === "statistics.settled_cell" || cell.figure !== null)
          differences.push(`${table} ${id} is missing`);
      }
    }
    differences.push(...this.checkPromises(), ...(await this.checkTraits(administrator)));
    if (released) {
      for (const [number, { sets: settled }] of this.settled) {
        for (const [id, set] of this.parted(periodByNumber(number), sets)) {
          const before = settled.get(id);
          if (before && changedBetween(before, set).length > 0)
            differences.push(`${number}/${id} was not revised`);
        }
      }
    }
    return { checked: expected.size, differences };
  }

  /**
   * What holds whatever the draws: no slice without a whole of 100, none for fewer than five people, and the parts of a
   * figure are as far from it as their errors allow (7 of what shows, 14 of what is hidden) and no further.
   */
  private checkPromises(): string[] {
    const broken: string[] = [];
    for (const [period, { cells, sets }] of this.settled) {
      const sums = new Map<string, { apart: number; most: number }>();
      for (const [id, { figure, set }] of cells) {
        const [area, node, slice = ""] = id.split("/");
        const own = sets.get(id) ?? new Set();
        const whole = this.oracle.settled.get(period)?.cells.get(`${area}/${node}/${period}`);
        if (!whole?.figure || whole.figure < 100) broken.push(`${period}/${id} shows without a whole of 100`);
        if (figure !== null && own.size < 5) broken.push(`${period}/${id} shows ${own.size} people`);
        if (!whole?.figure || slice.startsWith("deprivation")) continue;
        const name = `${area}/${node}/${slice.split("=")[0]}`;
        const all = this.oracle.settled.get(period)?.sets.get(`${area}/${node}/${period}`) ?? new Set();
        const sum = sums.get(name) ?? {
          apart: whole.figure,
          most: 7 + changedBetween(whole.set, all).length,
        };
        sum.apart -= figure ?? 0;
        sum.most += (figure === null ? 14 : 7) + changedBetween(set, own).length;
        sums.set(name, sum);
      }
      for (const [name, { apart, most }] of sums) {
        if (Math.abs(apart) > most) broken.push(`${period}/${name} is ${apart} apart from its parts`);
      }
    }
    return broken;
  }

  /** What is known of people now is what their clients say, and nothing is kept of strangers to every settled set. */
  private async checkTraits(administrator: Sql): Promise<string[]> {
    const differences: string[] = [];
    const known = new Map(
      (
        await administrator<{ personKey: bigint; traits: number }[]>`
          select distinct on (person_key) person_key, traits from statistics.person_trait
          order by person_key, from_settlement desc`
      ).map((row) => [row.personKey, row.traits]),
    );
    const traits = this.traits();
    const present = new Set([...this.oracle.brought()].map(({ person }) => person));
    for (const person of present) {
      const key = recordKey(this.hmac, person);
      const should = packTraits(traits.get(person) ?? UNKNOWN_TRAITS);
      if ((known.get(key) ?? packTraits(UNKNOWN_TRAITS)) !== should) differences.push(`traits of ${person}`);
      known.delete(key);
    }
    for (const [key, stored] of known) {
      if (stored !== packTraits(UNKNOWN_TRAITS)) differences.push(`traits of ${key} should be gone`);
    }
    return differences;
  }
}

function mostSaid<T>(said: readonly T[]): T | undefined {
  const counts = said.map((value) => said.filter((other) => other === value).length);
  return said[counts.indexOf(Math.max(...counts))];
}

/** Age on a day, by counting birthdays, as the band of a slice. */
function ageOn(day: Day, ageMonth: number | null): string {
  if (ageMonth === null) return "unknown";
  const month = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;
  let age = 0;
  for (let birthday = ageMonth + 12; birthday <= month; birthday += 12) age += 1;
  if (age > 122) return "unknown";
  if (age >= 80) return "80+";
  if (age >= 65) return "65-79";
  if (age >= 50) return "50-64";
  if (age >= 35) return "35-49";
  if (age >= 25) return "25-34";
  return age >= 16 ? "16-24" : "0-15";
}

const setOf = (sectors: readonly number[]) => [...sectors].sort().join();

/** The deciles of an area that are sets of sectors of their own: no area's, and no finer area's decile. */
function decilesOf(year: number, area: number): { decile: number; sectors: number[] }[] {
  const inside = (of: number) => SECTORS.filter((sector) => areasOf(year, sector).includes(of));
  const areas = [...new Set(SECTORS.flatMap((sector) => areasOf(year, sector)))]
    .filter((each) => finest(year, each) === each)
    .sort((a, b) => a - b);
  const whole = new Set(areas.map((each) => setOf(inside(each))));
  const deciles = (of: number) => {
    const known = inside(of).map((sector) => ({ sector, at: DECILES[formedFor(year)]?.[sector] }));
    const editions = known.flatMap(({ at }) => (at ? [at[1]] : []));
    const edition = mostSaid([...editions].sort());
    return [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].flatMap((decile) => {
      const sectors = known.flatMap(({ sector, at }) =>
        at?.[0] === decile && at[1] === edition ? [sector] : [],
      );
      return sectors.length > 0 && !whole.has(setOf(sectors)) ? [{ decile, sectors }] : [];
    });
  };
  const finer = areas.filter(
    (each) => each < area && levelOf(each) !== "sector" && levelOf(each) !== "district",
  );
  const taken = new Set(
    finer.flatMap((each) => deciles(each).map(({ decile, sectors }) => `${decile} ${setOf(sectors)}`)),
  );
  return deciles(area).filter(({ decile, sectors }) => !taken.has(`${decile} ${setOf(sectors)}`));
}
