/**
 * The open menu: which needs, periods and slices anybody may read, by level. Any need and domains by sector, single
 * needs from the district up; nothing else exists, whatever the data.
 */

import { countedNode } from "../counting";
import { levelOf } from "../geography";
import { notOnMenu, numbersOf, PERIOD_TYPES_OF } from "../menu";
import { DOMAINS, findNode, NEEDS, type NeedNode, needsOf } from "../needs";
import type { PeriodType } from "../period";
import { isSliceLevel } from "../slices";
import { levelInside, type NeedRow, type OpenLevel, openLevelOf } from "./tables";

function nodeOf(path: string): NeedNode {
  const node = findNode(path);
  if (!node) throw new Error(`No need has the code ${path}`);
  return node;
}

/** Every node in the order of the open tables: any need, then each domain with its needs. */
const NODES: readonly NeedNode[] = [
  nodeOf("*"),
  ...DOMAINS.flatMap((domain) => [nodeOf(domain.code), ...needsOf(domain).map((need) => nodeOf(need.code))]),
];
const NODES_AT_SECTOR = NODES.filter(({ kind }) => kind !== "need");

/** Needs that have open figures at a level. */
export function openNodes(level: OpenLevel): readonly NeedNode[] {
  return levelInside(level) === "sector" ? NODES_AT_SECTOR : NODES;
}

/** Whether a level has open figures for a type of period. */
export function hasPeriods(level: OpenLevel, type: PeriodType): boolean {
  return PERIOD_TYPES_OF[levelInside(level)].includes(type);
}

/** Whether a level has open figures of groups of people. */
export function hasSlices(level: OpenLevel): boolean {
  return isSliceLevel(numbersOf(levelInside(level)).before - 1);
}

/**
 * Whether a cell of an area is on the open menu. `finest` is the finest area that is the same set of sectors: its
 * menu holds for every name.
 */
export function isOpen(finest: number, node: NeedNode, periodType: PeriodType): boolean {
  return notOnMenu({ level: levelOf(finest), node, periodType, needAtSector: false }) === null;
}

/** Nodes of open figures as cells have them, inside a sector and above. */
const COUNTED_AT_SECTOR = new Set(NODES_AT_SECTOR.map(({ number }) => countedNode(number)));
const COUNTED = new Set(NODES.map(({ number }) => countedNode(number)));

/** Whether a cell with a figure of its own, by the numbers of its area and node, stands for an open figure. */
export function isOpenCell(area: number, node: number, periodType: PeriodType): boolean {
  const level = openLevelOf(area);
  const counted = levelInside(level) === "sector" ? COUNTED_AT_SECTOR : COUNTED;
  return hasPeriods(level, periodType) && counted.has(node);
}

/** The table of needs. */
export function needRows(): NeedRow[] {
  return NODES.map((node) => {
    const need = node.kind === "need" ? NEEDS.find(({ code }) => code === node.path) : undefined;
    return {
      need: node.path,
      need_name: node.label,
      kind: node.kind,
      domain: need ? need.code.slice(0, 3) : null,
      definition: need?.definition ?? null,
      finest_level: node.kind === "need" ? "district" : "sector",
      framework: need?.framework ?? null,
      retired_on: need?.retiredOn ?? null,
    };
  });
}
