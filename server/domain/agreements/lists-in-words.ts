/**
 * Lists by agreement in plain words: what a list is of, where, and by which needs; and, for whoever signs, who could ask for
 * one by what. The sentences are made by the rules that the lists themselves go by.
 */

import { findNode } from "../needs";
import { CLOSE_PLACES, type ClosePlace, GROUPS, type Group } from "./grid";
import { GROUP_WORDS, listInWords } from "./in-words";
import { askablePaths, type ListTerms, listDetail, showsNeeds } from "./shared-list";

/** What a list of each level is of. */
export const LISTED_WORDS: Readonly<Record<ClosePlace, string>> = {
  postcode: "Postcodes",
  street: "Streets",
  household: "Homes",
  person: "Own people",
};

/** "Homes in Whitby Street, SR1 3". */
export const whereInWords = ({
  level,
  within,
  street,
}: {
  level: ClosePlace;
  within: readonly string[];
  street: string | null;
}): string =>
  `${LISTED_WORDS[level]} in ${[street, listInWords(within)].filter((part) => part !== null).join(", ")}`;

/** What a list is asked for by: "Rent or mortgage arrears", "Housing: any of them". */
export const pathInWords = (path: string): string => {
  const node = findNode(path);
  if (!node) return path;
  if (node.kind === "any") return "Any need that the agreement covers";
  return node.kind === "domain" ? `${node.label}: any of them` : node.label;
};

/** "Rent or mortgage arrears and Parenting support". */
export const needsAsked = (paths: readonly string[]): string => listInWords(paths.map(pathInWords));

/**
 * By which needs lists may be asked for, in sentences: where the needs of a row are shown, by any that is covered; where they
 * are not, only by those that are named and not sensitive, because being in the list tells. Groups that may ask for the same
 * are said together. None where no cell opens a list.
 */
export function howListsAreAsked(terms: ListTerms): string[] {
  const groupsOf = new Map<string, Group[]>();
  for (const group of GROUPS) {
    for (const said of askedBy(group, terms)) groupsOf.set(said, [...(groupsOf.get(said) ?? []), group]);
  }
  return [...groupsOf].map(([said, groups]) => {
    const [first = "", ...others] = groups.map((group) => GROUP_WORDS[group]);
    return `${listInWords([first, ...others.map((other) => other.toLowerCase())])} ${said}`;
  });
}

/** What one group can ask for, each sentence without its subject; places by which the same may be asked stand together. */
function askedBy(group: Group, terms: ListTerms): string[] {
  const placesOf = new Map<string, ClosePlace[]>();
  for (const place of CLOSE_PLACES) {
    const detail = listDetail(terms.cells, [group], place);
    if (detail === null) continue;
    const by = showsNeeds(detail)
      ? ANY_COVERED
      : askablePaths(terms, [group], place).map(namedInWords).join("; ");
    placesOf.set(by, [...(placesOf.get(by) ?? []), place]);
  }
  return [...placesOf].map(([by, places]) => {
    const lists = listInWords(places.map((place) => LISTED_WORDS[place].toLowerCase()));
    if (by === "") return `can make no list of ${lists}: no need is named that is not sensitive.`;
    if (by === ANY_COVERED) return `can ask for lists of ${lists} by ${ANY_COVERED}.`;
    return `can ask for lists of ${lists} by these alone: ${by}. Being in one tells that the need is there.`;
  });
}

const ANY_COVERED = "any need that is covered";

/** A path that was signed by name. "Any need" is one of them: that there is one, and never a list by one of choice. */
const namedInWords = (path: string) =>
  path === "*" ? "any need at all, without saying which" : pathInWords(path);
