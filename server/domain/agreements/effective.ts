/**
 * What may be seen in one case: the least of what the agreement says, what the role may have, what the client said or
 * another basis allows, and how sensitive the need is. The database decides the same in `db/sharing.sql` and
 * `db/known-to.sql`; a test walks both over random agreements and cases.
 */

import { type ConsentState, consentStateOf, type SaidConsent } from "../consent";
import { domainOf, findNode, isSensitiveNeed, isSensitiveNode, type Need } from "../needs";
import type { Day } from "../period";
import type { Purpose, Rests, Terms } from "./agreement";
import { type ClosePlace, DETAILS, type Detail, type Group, leastDetail, mostDetailFor } from "./grid";

/** What counts of the client of the giving organisation, of all that they said. */
export interface Said {
  consent: ConsentState["answer"];
  objected: boolean;
}

/** What stands on one record of the giving organisation. */
export interface RecordSaid {
  answers: readonly SaidConsent[];
  /** An objection to sharing stands until it is taken back or refused. */
  objected: boolean;
  /** The person asked to hold use back (UK GDPR Article 18), and that was not lifted: nothing is shared meanwhile. */
  restricted: boolean;
}

/**
 * What counts when one record is shared, where the organisation has others of the same person. A yes opens the record
 * it was said on; a no closes them all, until a yes follows it on any: then each record has its own answer again.
 */
export function saidOf(own: RecordSaid, others: readonly RecordSaid[], today: Day): Said {
  const all = [own, ...others];
  const last = consentStateOf(
    all.flatMap(({ answers }) => answers),
    today,
  ).answer;
  const isNo = last === "declined" || last === "withdrawn";
  return {
    consent: isNo ? last : consentStateOf(own.answers, today).answer,
    objected: all.some(({ objected, restricted }) => objected || restricted),
  };
}

/** Whether a cell holds for a client who said this, when somebody looks for a purpose. */
export function restsHold(rests: Rests, { consent, objected }: Said, purpose: Purpose): boolean {
  if (rests === "duty") return purpose === "safeguarding";
  if (objected) return false;
  if (rests === "consent") return consent === "given";
  return consent !== "declined" && consent !== "withdrawn";
}

/** Of two cells with as much detail, the one that covers more counts: a sensitive need never rests on a basis alone. */
const RESTS_FIRST: readonly Rests[] = ["consent", "duty", "basis"];

/** Who looks, at what, for what, and what the client said. */
export interface Case {
  groups: readonly Group[];
  place: ClosePlace;
  purpose: Purpose;
  said: Said;
}

/**
 * The most detail of one need that terms in force give somebody in a case, and what it rests on; null: nothing, not even
 * that the need is there.
 */
export function detailOf(
  { cells, needs, purposes }: Pick<Terms, "cells" | "needs" | "purposes">,
  need: Need,
  { groups, place, purpose, said }: Case,
): { detail: Detail; rests: Rests } | null {
  if (!purposes.includes(purpose)) return null;
  let best: { detail: Detail; rests: Rests } | null = null;
  for (const { place: at, detail: given, group, rests } of cells) {
    const most = mostDetailFor(group, place);
    if (at !== place || most === null || !groups.includes(group)) continue;
    if (!restsHold(rests, said, purpose) || !coversNeed(needs, need, rests)) continue;
    const found = { detail: leastDetail(given, most), rests };
    if (best === null || compare(found, best) > 0) best = found;
  }
  return best;
}

/** Above zero where the first gives more, or as much and rests on what covers more. */
export function compare(a: { detail: Detail; rests: Rests }, b: { detail: Detail; rests: Rests }): number {
  const more = DETAILS.indexOf(a.detail) - DETAILS.indexOf(b.detail);
  return more === 0 ? RESTS_FIRST.indexOf(b.rests) - RESTS_FIRST.indexOf(a.rests) : more;
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
