/** How right linking is on a made file: over all pairs of records, of links alone and with those for review. */

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
  let [links, right, reviews, rightReviews] = [0, 0, 0, 0];
  const wrong: Partial<Record<Relation, number>> = {};
  for (const { a, b, band } of found) {
    const [one, other] = [made.personOf[a] ?? -1, made.personOf[b] ?? -1];
    if (band === "review") {
      reviews += 1;
      if (one === other) rightReviews += 1;
      continue;
    }
    links += 1;
    if (one === other) right += 1;
    else {
      const relation = made.relationOf(one, other);
      wrong[relation] = (wrong[relation] ?? 0) + 1;
    }
  }
  const traps = (wrong.twins ?? 0) + (wrong["parent and child of one name"] ?? 0);
  const share = (part: number, whole: number) => round(part / Math.max(1, whole), 4);
  return {
    precision: share(right, links),
    recall: share(right, made.truePairs),
    f1: share(2 * right, links + made.truePairs),
    f1_with_review: share(2 * (right + rightReviews), links + reviews + made.truePairs),
    recall_with_review: share(right + rightReviews, made.truePairs),
    reviews,
    traps_per_1000: round((1000 * traps) / Math.max(1, links), 2),
    wrong,
  };
}
