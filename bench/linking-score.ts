/** How right linking is on a made file: over all pairs of records, of links alone and with those for review. */

import { scorePairs } from "../server/extract-truth";
import { round } from "./bench";
import type { MadePeople, Relation } from "./made-people";

export interface FoundPair {
  /** Rows of the file, from 0. */
  a: number;
  b: number;
  band: "link" | "review";
}

export interface Accuracy {
  /** Precision, recall and F1 of the pairs in the link band. */
  precision: number;
  recall: number;
  f1: number;
  /** F1 when a person decides the reviews rightly or not at all: links and reviews taken together. */
  f1_with_review: number;
  recall_with_review: number;
  reviews: number;
  /** Linked pairs that are twins, or parent and child of one name, per thousand linked. */
  traps_per_1000: number;
  /** Linked pairs that are two people's, by what those are to each other. */
  wrong: Readonly<Partial<Record<Relation, number>>>;
}

/** Compares what was found with the truth. */
export function accuracyOf(made: MadePeople, found: Iterable<FoundPair>): Accuracy {
  const peopleOf = ({ a, b }: FoundPair) => [made.personOf[a] ?? -1, made.personOf[b] ?? -2] as const;
  const isTrue = (pair: FoundPair) => {
    const [one, other] = peopleOf(pair);
    return one === other;
  };
  const { link, linkAndReview, wrongLinks } = scorePairs(found, isTrue, made.truePairs);
  const wrong: Partial<Record<Relation, number>> = {};
  for (const pair of wrongLinks) {
    const relation = made.relationOf(...peopleOf(pair));
    wrong[relation] = (wrong[relation] ?? 0) + 1;
  }
  const traps = (wrong.twins ?? 0) + (wrong["parent and child of one name"] ?? 0);
  return {
    precision: link.precision,
    recall: link.recall,
    f1: link.f1,
    f1_with_review: linkAndReview.f1,
    recall_with_review: linkAndReview.recall,
    reviews: linkAndReview.pairs - link.pairs,
    traps_per_1000: round((1000 * traps) / Math.max(1, link.pairs), 2),
    wrong,
  };
}
