/** What areas show under an agreement: which figures its paths cover, and the colour of each area beside the others. */

import { domainOf, findNode, isSensitiveNode, NEEDS, type NeedNode, needsOf } from "../needs";
import { needNumbersOf } from "./compile";

/** From which rank on an area's rate is red, amber or green: the highest third, the next, the rest. */
export type AreaColour = "red" | "amber" | "green";

/**
 * The figures that paths cover. A domain with a single need is that need; a need or domain that is sensitive is there
 * only where it is named. The same stands in `governance.area_nodes`; a test walks both.
 */
export function coveredNodes(paths: readonly string[]): NeedNode[] {
  const named = new Set(paths);
  const covered = new Set(needNumbersOf(paths));
  const domains = new Map(NEEDS.map((need) => [domainOf(need).code, domainOf(need)]));
  const nodeOf = (path: string) => findNode(path) ?? [];
  return [
    ...(named.has("*") ? [nodeOf("*")].flat() : []),
    ...[...domains.values()].flatMap((domain) => {
      const node = findNode(domain.code);
      if (node === null || needsOf(domain).length === 1) return [];
      return named.has(domain.code) || (named.has("*") && !isSensitiveNode(node)) ? [node] : [];
    }),
    ...NEEDS.filter(({ number }) => covered.has(number)).flatMap(({ code }) => nodeOf(code)),
  ];
}

/** Colours of areas by their rates, the highest third red; null where there is no rate. Equal rates have one colour. */
export function areaColours(rates: readonly (number | null)[]): (AreaColour | null)[] {
  const known = rates.filter((rate) => rate !== null);
  return rates.map((rate) => {
    if (rate === null) return null;
    const higher = known.filter((other) => other > rate).length;
    if (higher * 3 < known.length) return "red";
    return higher * 3 < 2 * known.length ? "amber" : "green";
  });
}

/**
 * The authorities whose sectors and wards somebody may choose: those that lie in their patch; all of them where they have
 * no patch, or one of parts of authorities. `inPatch`: the areas that lie in it whole.
 */
export function authoritiesInPatch<T extends { area: number }>(
  authorities: readonly T[],
  inPatch: ReadonlySet<number>,
): readonly T[] {
  const own = authorities.filter(({ area }) => inPatch.has(area));
  return own.length > 0 ? own : authorities;
}
