/**
 * What counting should give, by the words of the method: sets of people, and nothing of masks, keys or differences.
 * It settles what it is told has settled, and remembers the set that each figure stands for.
 */

import {
  addKeys,
  anonymousBand,
  cellId,
  type Figure,
  type Hmac,
  type PeopleSet,
  recordKey,
  settledFigure,
  settledQuota,
} from "../domain/disclosure";
import { levelOf } from "../domain/geography";
import type { EntryStatus } from "../domain/issue";
import { findNode, getNeedByNumber, getNodeByNumber, isSensitiveNode } from "../domain/needs";
import {
  type Day,
  findPeriod,
  firstDayOf,
  type Period,
  periodNumber,
  periodsInside,
  previousPeriod,
} from "../domain/period";
import { areasOf, type Contact, finest, type RandomWorld } from "./recount-world";

const OPEN_STATUSES = new Set<EntryStatus>(["new", "ongoing", "improved", "worsened"]);

/** People by cell: "area/node/period". */
export type Sets = Map<string, Set<string>>;

/** A settled cell as the oracle remembers it: the set that its figure stands for. */
export interface OracleCell {
  set: ReadonlySet<string>;
  figure: Figure | null;
  band: number;
}

export class Oracle {
  /** Settled cells and exact sets, by period and how often it has settled. */
  readonly settled = new Map<number, { settleNo: number; cells: Map<string, OracleCell>; sets: Sets }>();
  /** Visible figures that were held. */
  held = 0;

  constructor(
    private readonly world: RandomWorld,
    private readonly hmac: Hmac,
  ) {}

  /** Who brought which need in which sector on which day, by the words of the method. */
  *brought(): Generator<{ person: string; need: number; sector: number; day: Day }> {
    const opening = new Map<string, Contact>();
    for (const contact of this.world.contacts) {
      if (contact.voided) continue;
      for (const { issue } of contact.entries) {
        const first = opening.get(issue);
        if (
          !first ||
          contact.day < first.day ||
          (contact.day === first.day && contact.receivedNo < first.receivedNo)
        ) {
          opening.set(issue, contact);
        }
      }
    }
    for (const contact of this.world.contacts) {
      if (contact.voided) continue;
      for (const { issue, need, status } of contact.entries) {
        if (OPEN_STATUSES.has(status) || opening.get(issue) === contact) {
          yield { person: contact.client.person, need, sector: contact.sector, day: contact.day };
        }
      }
    }
  }

  /** The people of every cell, equal areas and nodes included. */
  sets(): Sets {
    const sets: Sets = new Map();
    for (const { person, need, sector, day } of this.brought()) {
      const periods = (["month", "quarter", "year"] as const).map((type) => periodAt(type, day));
      const year = periods[0]?.financialYear ?? 0;
      const domain = findNode(getNeedByNumber(need).code.slice(0, 3))?.number ?? 0;
      for (const area of areasOf(year, sector)) {
        for (const node of [need, domain, 250]) {
          for (const period of periods) {
            const id = `${area}/${node}/${periodNumber(period)}`;
            const set = sets.get(id);
            if (set) set.add(person);
            else sets.set(id, new Set([person]));
          }
        }
      }
    }
    return sets;
  }

  /** Settles a period on the sets given. */
  settle(period: Period, settleNo: number, sets: Sets): void {
    const number = periodNumber(period);
    const neighbours = [period, previousPeriod(period), ...periodsInside(period)].filter((each) =>
      this.settled.has(periodNumber(each)),
    );
    const cells = new Map<string, OracleCell>();
    const own: Sets = new Map();
    for (const [id, set] of sets) {
      const [area = 0, node = 0, of = 0] = id.split("/").map(Number);
      if (of !== number) continue;
      own.set(id, set);
      if (!isCounted(period, area, node) || set.size < 5) continue;
      const nearest = { differing: Number.POSITIVE_INFINITY, cell: null as OracleCell | null };
      for (const neighbour of neighbours) {
        const then = finest(neighbour.financialYear, area);
        if (neighbour.type === "month" && (levelOf(area) === "sector" || levelOf(then) === "sector"))
          continue;
        const past = this.settled.get(periodNumber(neighbour));
        const cell = past?.cells.get(`${then}/${node}/${periodNumber(neighbour)}`) ?? {
          set: past?.sets.get(`${area}/${node}/${periodNumber(neighbour)}`) ?? new Set<string>(),
          figure: null,
          band: 0,
        };
        const differing = differenceOf(cell.set, set);
        if (differing < nearest.differing) Object.assign(nearest, { differing, cell });
      }
      const name = areaText(area);
      const nodeName = getNodeByNumber(node);
      const text = cellId({ area: name, node: nodeName, slice: "all" });
      const quota = settledQuota(this.hmac, period, text, isSensitiveNode(nodeName));
      if (nearest.cell && nearest.differing < quota) {
        if (nearest.cell.figure !== null) this.held += 1;
        cells.set(id, nearest.cell);
        continue;
      }
      const figure = settledFigure(this.hmac, period, text, this.keyed(set));
      const anonymous = new Set(
        this.world.clients
          .filter((client) => client.anonymous && set.has(client.person))
          .map((client) => client.person),
      );
      const anonymousText = cellId({ area: name, node: nodeName, slice: "anonymous" });
      const few = settledFigure(this.hmac, period, anonymousText, this.keyed(anonymous));
      cells.set(id, { set, figure, band: figure === null ? 0 : anonymousBand(figure, few) });
    }
    this.settled.set(number, { settleNo, cells, sets: own });
  }

  /** Size and key of a set. */
  keyed(set: ReadonlySet<string>): PeopleSet {
    let cellKey = 0n;
    for (const person of set) cellKey = addKeys(cellKey, recordKey(this.hmac, person));
    return { people: set.size, cellKey };
  }
}

/** The period of a type that holds a day, from its text. */
export function periodAt(type: Period["type"], day: Day): Period {
  const [year = 0, month = 0] = day.split("-").map(Number);
  const financialYear = month >= 4 ? year : year - 1;
  const monthIndex = (month + 8) % 12;
  const quarter = `q:${financialYear}-Q${Math.floor(monthIndex / 3) + 1}`;
  const text =
    type === "month" ? `m:${day.slice(0, 7)}` : type === "quarter" ? quarter : `y:${financialYear}`;
  const period = findPeriod(text);
  if (!period || firstDayOf(period) > day) throw new Error(`${text} does not hold ${day}`);
  return period;
}

/** Whether a cell is one of its own: no months at sector, equal areas once, a domain of one need once. */
export function isCounted(period: Period, area: number, node: number): boolean {
  if (period.type === "month" && levelOf(area) === "sector") return false;
  return finest(period.financialYear, area) === area && node !== findNode("OTH")?.number;
}

/** Whether a cell of so many people has a row. */
export function isKept(area: number, people: number): boolean {
  return people >= (levelOf(area) === "sector" || levelOf(area) === "district" ? 5 : 1);
}

/** An area as disclosure control calls it. */
export function areaText(area: number): string {
  return `${levelOf(area)}:${codeOf(area)}`;
}

function codeOf(area: number): string {
  const at = area % 100_000;
  if (area <= 3) return ["no-fixed-address", "unknown", "outside"][area - 1] ?? "";
  const codes = { sector: `ZZ1 ${at}`, district: `ZZ${at}`, lad: `E0${at}`, region: "E12", nation: "E92" };
  return codes[levelOf(area)];
}

/** People who are in one set and not in the other. */
export function changedBetween(a: ReadonlySet<string>, b: ReadonlySet<string>): string[] {
  return [...[...a].filter((person) => !b.has(person)), ...[...b].filter((person) => !a.has(person))];
}
function differenceOf(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  return changedBetween(a, b).length;
}
