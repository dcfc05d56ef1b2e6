/**
 * What may be seen in one case: the least of what the agreement says, what the role may have, what the client said or
 * another basis allows, and how sensitive the need is. The database decides the same in `db/sharing.sql`; a test walks
 * both over every case.
 */

import type { ConsentState } from "../consent";
import { domainOf, findNode, isSensitiveNeed, isSensitiveNode, type Need } from "../needs";
import type { Cell, Rests } from "./agreement";
import { DETAILS, type Detail, type Group, leastDetail, mostDetailFor, type Place } from "./grid";

/** What the client of the giving organisation said. An objection stands until it is taken back or refused. */
export interface Said {
  consent: ConsentState["answer"];
  objected: boolean;
}

/** Whether a cell holds for a client who said this. */
export function restsHold(rests: Rests, { consent, objected }: Said): boolean {
  if (rests === "duty") return true;
  if (objected) return false;
  if (rests === "consent") return consent === "given";
  return consent !== "declined" && consent !== "withdrawn";
}

/** Of two cells with as much detail, the one that covers more counts: a sensitive need never rests on a basis alone. */
const RESTS_FIRST: readonly Rests[] = ["consent", "duty", "basis"];

/**
 * The most detail that cells of one agreement give a group about somebody at a place, and what it rests on; null:
 * nothing. At areas nobody is asked: figures are about no one person.
 */
export function tierFor(
  cells: readonly Cell[],
  question: { group: Group; place: Place; said: Said | null },
): { detail: Detail; rests: Rests } | null {
  const { group, place, said } = question;
  const most = mostDetailFor(group, place);
  if (most === null) return null;
  let best: { detail: Detail; rests: Rests } | null = null;
  for (const cell of cells) {
    if (cell.group !== group || cell.place !== place) continue;
    if (said !== null && !restsHold(cell.rests, said)) continue;
    const detail = leastDetail(cell.detail, most);
    const more = best === null ? 1 : DETAILS.indexOf(detail) - DETAILS.indexOf(best.detail);
    const covers = best === null ? 0 : RESTS_FIRST.indexOf(best.rests) - RESTS_FIRST.indexOf(cell.rests);
    if (more > 0 || (more === 0 && covers > 0)) best = { detail, rests: cell.rests };
  }
  return best;
}

/**
 * Whether an agreement over these paths covers a need. A sensitive need must be named itself, or by its domain where all
 * of that is sensitive, and rests on the client's yes or on a duty to protect.
 */
export function coversNeed(paths: readonly string[], need: Need, rests: Rests): boolean {
  const domain = domainOf(need).code;
  if (!isSensitiveNeed(need)) {
    return paths.some((path) => path === "*" || path === domain || path === need.code);
  }
  if (rests === "basis") return false;
  return paths.some((path) => path === need.code || (path === domain && isWhollySensitive(path)));
}

function isWhollySensitive(path: string): boolean {
  const node = findNode(path);
  return node !== null && isSensitiveNode(node);
}
