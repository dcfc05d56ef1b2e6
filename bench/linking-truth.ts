/**
 * Linking against the truth of made files that nobody tuned it to: several seeds, more errors than usual, and columns
 * that are missing. Each is linked at the settings that ship, with a model learnt from itself.
 */

import { readExtractRow, readLayout } from "../server/domain/linking/extract";
import { linkAll, type NamedRecord } from "../server/domain/linking/link-all";
import { trialOf } from "../server/extract-truth";
import { type Bench, round } from "./bench";
import { MADE_COLUMNS, makePeople } from "./made-people";

type Column = (typeof MADE_COLUMNS)[number];

interface Trial {
  words: string;
  seed: string;
  errors?: number;
  without?: readonly Column[];
  /** Least F1 of links and reviews, and least precision of links, that is good enough. */
  f1: number;
  precision: number;
}

const RECORDS = 6_000;
/** Of `uk_multi_org`: nearly every second record is a further one of somebody. */
const DUPLICATES = 0.47;

const TRIALS: readonly Trial[] = [
  ...["one", "two", "three", "four", "five"].map((seed) => ({
    words: `seed ${seed}`,
    seed,
    f1: 0.93,
    precision: 0.99,
  })),
  { words: "half as many errors again", seed: "six", errors: 1.5, f1: 0.9, precision: 0.99 },
  {
    words: "no telephone, e-mail or address",
    seed: "seven",
    without: ["phone", "email", "address", "town"],
    f1: 0.92,
    precision: 0.99,
  },
  {
    words: "no identifiers",
    seed: "eight",
    without: ["nino", "nhs_number", "prison_number", "pnc_id"],
    f1: 0.92,
    precision: 0.98,
  },
  {
    words: "no sex or middle name",
    seed: "nine",
    without: ["sex", "middle_name"],
    f1: 0.93,
    precision: 0.99,
  },
];

export const linkingTruth: Bench = {
  name: "linking",
  about: `Linking of ${TRIALS.length} made files of ${RECORDS} records against their truth`,
  async run({ measured }) {
    for (const trial of TRIALS) {
      const from = performance.now();
      const { words, seed, errors = 1, without = [], f1, precision } = trial;
      const made = makePeople({ seed: `truth ${seed}`, records: RECORDS, duplicates: DUPLICATES, errors });
      const columns = MADE_COLUMNS.filter((column) => !without.includes(column));
      const layout = readLayout(columns, null);
      const named: NamedRecord[] = [];
      const personOf = new Map<string, string>();
      for (const row of made.records()) {
        const { id, record } = readExtractRow(
          columns.map((column) => row[column]),
          layout,
          2026,
        );
        personOf.set(id, String(made.personOf[named.length]));
        named.push({ id, record });
      }
      const found = linkAll(named);
      const result = trialOf(found.pairs, new Map(named.map(({ id, record }) => [id, record])), personOf);
      const wrong = found.pairs.filter(
        ({ a, b, band }) => band === "link" && personOf.get(a) !== personOf.get(b),
      );
      const traps = wrong.filter(({ a, b }) => {
        const relation = made.relationOf(Number(personOf.get(a)), Number(personOf.get(b)));
        return relation === "twins" || relation === "parent and child of one name";
      }).length;
      measured({
        bench: "linking",
        case: words,
        rows: RECORDS,
        product_ms: round(performance.now() - from, 0),
        precision: result.link.precision,
        recall: result.link.recall,
        f1_with_review: result.linkAndReview.f1,
        blocking_recall: result.blockingRecall,
        traps,
        ok:
          result.linkAndReview.f1 >= f1 &&
          result.link.precision >= precision &&
          traps * 500 < result.link.pairs,
      });
    }
  },
};
