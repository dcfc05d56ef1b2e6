/** The thread of `lab-linking.ts`: holds a cohort, is shown the people of a data set, says who is who, and ends. */

import { answerMessages } from "./asked-thread";
import { CohortSearch, type RowOutcome } from "./domain/lab/cohort-linking";
import { formsOf, type Identities } from "./domain/lab/data-set";
import type { LinkRecord } from "./domain/linking/record";

/** What the thread is told, in this order: the cohort, people as often as there are blocks, and that it was all. */
export type Told =
  | { kind: "look-for"; cohort: readonly LinkRecord[]; people: number; currentYear: number }
  | { kind: "among"; first: number; people: Identities }
  | { kind: "finish" };

/** Its answer to each; empty until the last. */
export interface Said {
  rows: readonly RowOutcome[];
  touched: readonly number[];
}

const NOTHING: Said = { rows: [], touched: [] };

let search: CohortSearch | undefined;
let currentYear = 0;

function answer(told: Told): Said {
  if (told.kind === "look-for") {
    search = new CohortSearch(told.cohort, told.people);
    currentYear = told.currentYear;
    return NOTHING;
  }
  if (!search) throw new Error("No cohort was handed over");
  if (told.kind === "finish") {
    const { rows, touched } = search.finish();
    return { rows, touched: [...touched] };
  }
  for (const [at, person] of told.people.entries())
    search.show(told.first + at, formsOf(person, currentYear));
  return NOTHING;
}

answerMessages(answer);
