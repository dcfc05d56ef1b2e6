/**
 * How right linking is at the settings that ship, on made files that nobody tuned it to: two dozen that differ in seed,
 * share of duplicates and errors, of which the least and the middle are told, so that its accuracy is not that of one
 * file; and files that lack columns. Each is linked with a model learnt from itself. The short form is
 * `server/linking.reference.test.ts`.
 */

import { readExtractRow, readLayout } from "../server/domain/linking/extract";
import { linkAll } from "../server/domain/linking/link-all";
import { blockingRecallOf } from "../server/extract-truth";
import { type Bench, median, type Run } from "./bench";
import { type Accuracy, accuracyOf } from "./linking-score";
import { MADE_COLUMNS, makePeople } from "./made-people";

interface MadeFile {
  words: string;
  seed: string;
  errors: number;
  duplicates: number;
  /** Columns that the file has not. */
  without?: readonly (typeof MADE_COLUMNS)[number][];
  /** Least F1 of links and reviews, and least precision of links, of a file that is judged by itself. */
  least?: { f1: number; precision: number };
}

const RECORDS = 6_000;
const RANDOM_PAIRS = 200_000;

/** Half as many errors as usual, as many, and half as many again; few duplicates and many; four seeds of each. */
const WHOLE: readonly MadeFile[] = [0.5, 1, 1.5].flatMap((errors) =>
  [0.2, 0.45].flatMap((duplicates) =>
    [1, 2, 3, 4].map((number) => {
      const seed = `seeds ${errors} ${duplicates} ${number}`;
      return { words: `errors ${errors}, duplicates ${duplicates}, ${seed}`, seed, errors, duplicates };
    }),
  ),
);

/** Nearly every second record is a further one of somebody, as in `uk_multi_org`. */
const usual = { errors: 1, duplicates: 0.47 };
const LACKING: readonly MadeFile[] = [
  {
    ...usual,
    words: "no telephone, e-mail or address",
    seed: "truth seven",
    without: ["phone", "email", "address", "town"],
    least: { f1: 0.92, precision: 0.99 },
  },
  {
    ...usual,
    words: "no identifiers",
    seed: "truth eight",
    without: ["nino", "nhs_number", "prison_number", "pnc_id"],
    least: { f1: 0.92, precision: 0.98 },
  },
  {
    ...usual,
    words: "no sex or middle name",
    seed: "truth nine",
    without: ["sex", "middle_name"],
    least: { f1: 0.93, precision: 0.99 },
  },
];

/** What issue 4 asks of its own file is asked of the middle of all files; each alone may fall a little short. */
const LEAST_MIDDLE_F1 = 0.93;
const LEAST_PRECISION = 0.97;
/** One in 500. */
const MOST_TRAPS_PER_1000 = 2;

export const linkingAccuracy: Bench = {
  name: "linking-accuracy",
  about: "how right linking is on made files of different seeds, errors and duplicates, and without columns",
  run: async (run) => {
    for (const file of LACKING) linkMade(run, file);
    const found = WHOLE.map((file) => linkMade(run, file));
    const of = (pick: (one: Accuracy) => number) => found.map(pick);
    const f1 = of((one) => one.f1_with_review);
    const precision = of((one) => one.precision);
    const traps = of((one) => one.traps_per_1000);
    run.measured({
      bench: "linking-accuracy",
      case: `${found.length} files`,
      rows: RECORDS,
      f1_least: Math.min(...of((one) => one.f1)),
      f1_middle: median(of((one) => one.f1)),
      f1_with_review_least: Math.min(...f1),
      f1_with_review_middle: median(f1),
      precision_least: Math.min(...precision),
      precision_middle: median(precision),
      recall_middle: median(of((one) => one.recall)),
      traps_per_1000_middle: median(traps),
      traps_per_1000_most: Math.max(...traps),
      ok:
        median(f1) >= LEAST_MIDDLE_F1 &&
        Math.min(...precision) >= LEAST_PRECISION &&
        median(traps) < MOST_TRAPS_PER_1000,
    });
  },
};

function linkMade({ measured }: Run, file: MadeFile): Accuracy {
  const { words, seed, errors, duplicates, without = [], least } = file;
  const made = makePeople({ seed, records: RECORDS, duplicates, errors });
  const columns = MADE_COLUMNS.filter((column) => !without.includes(column));
  const layout = readLayout(columns, null);
  const cellsOf = (row: Record<(typeof columns)[number], string>) => columns.map((column) => row[column]);
  const named = [...made.records()].map((row) => readExtractRow(cellsOf(row), layout, 2026));
  const from = performance.now();
  const { pairs } = linkAll(named, { randomPairs: RANDOM_PAIRS });
  const took = performance.now() - from;
  const rowOf = new Map(named.map(({ id }, row) => [id, row]));
  const found = pairs.map(({ a, b, band }) => ({ a: rowOf.get(a) ?? -1, b: rowOf.get(b) ?? -1, band }));
  const accuracy = accuracyOf(made, found);
  const { wrong, ...numbers } = accuracy;
  const records = new Map(named.map(({ id, record }) => [id, record]));
  const personOf = new Map(named.map(({ id }, row) => [id, String(made.personOf[row])]));
  measured({
    bench: "linking-accuracy",
    case: words,
    rows: RECORDS,
    product_ms: Math.round(took),
    ...numbers,
    blocking_recall: blockingRecallOf(records, personOf),
    wrong_links: JSON.stringify(wrong),
    ...(least && {
      ok:
        numbers.f1_with_review >= least.f1 &&
        numbers.precision >= least.precision &&
        numbers.traps_per_1000 < MOST_TRAPS_PER_1000,
    }),
  });
  return accuracy;
}
