/**
 * Counting: which cells a person is in, from the months in which they brought each need in each sector. A person
 * counts once in a cell, whatever stands behind it (`docs/methods/counting.md`). Pure arithmetic on whole numbers.
 */

import { levelOf } from "./geography";
import type { EntryStatus } from "./issue";
import { ANY_NODE, domainOf, NEEDS, needsOf } from "./needs";
import type { Day } from "./period";

/**
 * An entry with one of these says that the person brought the need. Any other counts only where it opens the
 * issue: a need met at the same contact was brought, a later "resolved" was not.
 */
export const BROUGHT: readonly EntryStatus[] = ["new", "ongoing", "improved", "worsened"];

/** Contacts before this are nobody's figures: periods are numbered from the financial year 2000. */
export const FIRST_DAY_COUNTED: Day = "2000-04-01";

/** Periods of a financial year: 12 months, 4 quarters, the year. */
export const PERIODS_PER_YEAR = 17;
const MONTH_BITS = 0xfff;
/** The year, as a bit of `periodBits`. */
export const YEAR_BIT = 1 << 16;

const periodBitsOf = new Int32Array(1 << 12).map((_, months) => {
  let bits = months;
  for (let quarter = 0; quarter < 4; quarter += 1)
    if ((months >> (quarter * 3)) & 7) bits |= 1 << (12 + quarter);
  return months === 0 ? 0 : bits | YEAR_BIT;
});

/** Periods of a year that months lie in, as bits: month 0 (April) to 11, quarter 12 to 15, the year 16. */
export function periodBits(months: number): number {
  return periodBitsOf[months & MONTH_BITS] ?? 0;
}

/** The places of bits, lowest first. */
export function periodsOf(bits: number): number[] {
  const places: number[] = [];
  for (let left = bits; left !== 0; left &= left - 1) places.push(31 - Math.clz32(left & -left));
  return places;
}

/** Bits of the periods that an area has cells for: a sector has no months. */
export function menuBits(area: number): number {
  return levelOf(area) === "sector" ? ~MONTH_BITS : ~0;
}

const nodesByNeed = new Map<number, readonly number[]>(
  NEEDS.map((need) => {
    const domain = domainOf(need);
    // A domain with a single need is the same set of people: one cell, served under both names.
    const single = needsOf(domain).length === 1;
    return [need.number, single ? [need.number, ANY_NODE] : [need.number, domain.number, ANY_NODE]];
  }),
);

/** Nodes that a need counts in: itself, its domain, any need. Throws for a number that no need has. */
export function nodesOf(needNumber: number): readonly number[] {
  const nodes = nodesByNeed.get(needNumber);
  if (!nodes) throw new Error(`No need has the number ${needNumber}`);
  return nodes;
}

const needsByNode = new Map<number, number[]>();
for (const [need, nodes] of nodesByNeed) {
  for (const node of nodes) needsByNode.set(node, [...(needsByNode.get(node) ?? []), need]);
}

/** Numbers of the needs that count in a node. */
export function needsIn(node: number): readonly number[] {
  return needsByNode.get(node) ?? [];
}

/** Nodes that hold every need of a node, itself first and any need last. */
export function nodesHolding(node: number): readonly number[] {
  const [need] = needsIn(node);
  const nodes = need === undefined ? [] : nodesOf(need);
  return nodes.slice(nodes.indexOf(node));
}

/** The node whose cell holds the figure: the need itself for a domain with a single need. */
export function countedNode(node: number): number {
  const domain = NEEDS.map(domainOf).find(({ number }) => number === node);
  const [only, ...others] = domain ? needsOf(domain) : [];
  return only && others.length === 0 ? only.number : node;
}

/** An area and a node as one number, below 2^27. */
export function groupOf(area: number, node: number): number {
  return area * 256 + node;
}
export function areaOfGroup(group: number): number {
  return Math.floor(group / 256);
}
export function nodeOfGroup(group: number): number {
  return group % 256;
}

/** An area, a node and a period (by its number) as one number, below 2^42. */
export function cellOf(group: number, period: number): number {
  return group * 32_768 + period;
}
export function groupOfCell(cell: number): number {
  return Math.floor(cell / 32_768);
}
export function periodOfCell(cell: number): number {
  return cell % 32_768;
}

/** What one person brought in a financial year: a need in a sector, in these months. */
export interface Brought {
  needNumber: number;
  releaseSector: number;
  /** April is bit 0. */
  months: number;
}

/**
 * Months in which a person was in each group of cells: the union over everything they brought. The union is what
 * counts a person once.
 */
export function monthsByGroup(
  rows: readonly Brought[],
  areasOf: (releaseSector: number) => readonly number[],
): Map<number, number> {
  const groups = new Map<number, number>();
  for (const { needNumber, releaseSector, months } of rows) {
    if (months === 0) continue;
    const nodes = nodesOf(needNumber);
    for (const area of areasOf(releaseSector)) {
      for (const node of nodes) {
        const group = groupOf(area, node);
        groups.set(group, (groups.get(group) ?? 0) | months);
      }
    }
  }
  return groups;
}

/** What one person brought, and what was last counted of it. */
export interface Recounted extends Brought {
  /** Months as last counted; `months` are those of now. */
  was: number;
}

/**
 * Months in which a person was in each group of cells before and is now, of the groups in which anything they brought
 * differs: the unions over everything, as above. Gives months before as the low 12 bits, months now as the next 12.
 */
export function changedMonthsByGroup(
  rows: readonly Recounted[],
  areasOf: (releaseSector: number) => readonly number[],
): Map<number, number> {
  const groups = new Map<number, number>();
  const eachGroup = ({ needNumber, releaseSector }: Recounted, work: (group: number) => void) => {
    const nodes = nodesOf(needNumber);
    for (const area of areasOf(releaseSector)) for (const node of nodes) work(groupOf(area, node));
  };
  for (const row of rows) {
    if (row.months === row.was) continue;
    const both = row.was | (row.months << 12);
    eachGroup(row, (group) => groups.set(group, (groups.get(group) ?? 0) | both));
  }
  for (const row of rows) {
    if (row.months !== row.was || row.months === 0) continue;
    const both = row.was | (row.months << 12);
    eachGroup(row, (group) => {
      const known = groups.get(group);
      if (known !== undefined) groups.set(group, known | both);
    });
  }
  return groups;
}
export const monthsBefore = (both: number): number => both & MONTH_BITS;
export const monthsNow = (both: number): number => both >> 12;
