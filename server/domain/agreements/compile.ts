/**
 * The rows that terms become, as the database makes them (`governance.compile_terms`); a test holds the two against each
 * other. Written out here so that a screen can say what an agreement opens before anybody signs it.
 */

import { domainOf, findNode, isSensitiveNeed, isSensitiveNode, NEEDS, type Need } from "../needs";
import type { Cell, Party, Terms } from "./agreement";

export interface CompiledTerms {
  parties: readonly Party[];
  cells: readonly Cell[];
  /** Storage numbers of the needs that are covered, in order; sensitive ones only where they are named. */
  needNumbers: readonly number[];
}

/** What the database keeps of terms and enforces. */
export function compileTerms({
  parties,
  cells,
  needs,
}: Pick<Terms, "parties" | "cells" | "needs">): CompiledTerms {
  const distinct = new Map(
    cells.map((cell) => [`${cell.place}/${cell.detail}/${cell.group}/${cell.rests}`, cell]),
  );
  return { parties, cells: [...distinct.values()], needNumbers: needNumbersOf(needs) };
}

/** Storage numbers of the needs that paths cover, in order. */
export function needNumbersOf(paths: readonly string[]): number[] {
  const named = new Set(paths);
  return NEEDS.filter((need) => isCovered(need, named))
    .map(({ number }) => number)
    .sort((a, b) => a - b);
}

function isCovered(need: Need, named: ReadonlySet<string>): boolean {
  if (named.has(need.code)) return true;
  const domain = findNode(domainOf(need).code);
  const byDomain = domain !== null && named.has(domain.path);
  if (isSensitiveNeed(need)) return byDomain && domain !== null && isSensitiveNode(domain);
  return byDomain || named.has("*");
}
