/**
 * A key pressed in the search for a need: every beginning of every synonym, as a caseworker types them. The peer forgives
 * slips in the plainest way: the text is held against every label and synonym by edit distance.
 */

import { searchNeeds } from "../server/domain/need-search";
import { NEEDS } from "../server/domain/needs";
import { type Bench, median, type Run, round } from "./bench";

/** A tenth of a frame of 16 ms, for a phone that is ten times slower. */
const TARGET_MS = 1.6;
const SHOWN = 8;
const TURNS = 5;

const TEXTS = NEEDS.flatMap((need) =>
  [need.label, ...need.synonyms].map((text) => ({ need, text: text.toLowerCase() })),
);
const TYPED = NEEDS.flatMap((need) =>
  need.synonyms.flatMap((synonym) => Array.from(synonym, (_, at) => synonym.slice(0, at + 1))),
);
/** The peer is slow: some of what is typed is enough of it. */
const SOME = TYPED.filter((_, at) => at % 50 === 0);

export const search: Bench = {
  name: "search",
  about: "a key in the search for a need, against the edit distance to every label and synonym",
  limit: "slips are looked for in every word that begins alike",
  rows: [TYPED.length],
  run: async (run) => measure(run),
};

function measure({ measured }: Run): void {
  const product = eachMs(TYPED, (typed) => searchNeeds(typed, { limit: SHOWN }));
  const peer = eachMs(SOME, nearest);
  measured({
    bench: "search",
    case: "a key in the search for a need",
    rows: TYPED.length,
    product_ms: round(product, 3),
    peer: "edit distance to every label and synonym",
    peer_ms: round(peer, 3),
    ratio: round(peer / product),
    target_ms: TARGET_MS,
    ok: product <= TARGET_MS,
  });
}

/** Milliseconds for each of some texts, the middle of some turns. */
function eachMs(texts: readonly string[], look: (typed: string) => unknown): number {
  const turns = Array.from({ length: TURNS }, () => {
    const from = performance.now();
    for (const typed of texts) look(typed);
    return (performance.now() - from) / texts.length;
  });
  return median(turns);
}

const nearest = (typed: string) =>
  TEXTS.map(({ need, text }) => ({ need, distance: distance(typed, text) }))
    .sort((one, other) => one.distance - other.distance)
    .slice(0, SHOWN);

/** Levenshtein's distance, a row at a time. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let at = 1; at <= one.length; at += 1) {
    const next = [at];
    for (let to = 1; to <= other.length; to += 1) {
      const swap = (row[to - 1] ?? 0) + (one[at - 1] === other[to - 1] ? 0 : 1);
      next.push(Math.min(swap, (row[to] ?? 0) + 1, (next[to - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}
