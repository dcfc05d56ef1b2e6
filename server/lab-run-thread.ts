/**
 * The thread of one run of a study: reads the file, compares the two groups, and, told only then what came of everybody,
 * works out the effects. It ends with the run, and what it held with it.
 */

import { answerMessages } from "./asked-thread";
import { analysisOf, type Comparison, comparisonOf, type LabPeople } from "./domain/lab/analyse";
import type { Analysis, AnalysisPlan } from "./domain/lab/analysis";
import { type CohortReading, type CohortRules, readCohort } from "./domain/lab/cohort";

/** What the thread can be told: what it is given, and what it answers. */
export interface RunTasks {
  read: { given: { bytes: Uint8Array; rules: CohortRules }; answer: CohortReading };
  /** How many are left on either side by the headline's method, and whether they are too unlike, before any outcome is here. */
  compare: {
    given: { people: LabPeople; plan: AnalysisPlan };
    answer: { treated: number; comparison: number; isRed: boolean };
  };
  /** Null: nothing may be said of outcomes, and none is read. */
  effects: { given: { outcomes: Map<string, Float64Array> | null }; answer: Analysis };
}
export type RunTask = keyof RunTasks;

export interface RunMessage<K extends RunTask = RunTask> {
  kind: K;
  given: RunTasks[K]["given"];
}

let comparison: Comparison | undefined;

const HOW: { readonly [K in RunTask]: (given: RunTasks[K]["given"]) => RunTasks[K]["answer"] } = {
  read({ bytes, rules }) {
    const read = readCohort(bytes, rules);
    bytes.fill(0);
    return read;
  },
  compare({ people, plan }) {
    comparison = comparisonOf(people, plan);
    const [headline] = comparison.methods;
    return {
      treated: headline?.result.treatedMatched ?? 0,
      comparison: headline?.result.comparisonMatched ?? 0,
      isRed: comparison.noHeadline === "red-balance",
    };
  },
  effects({ outcomes }) {
    if (!comparison) throw new Error("Nothing was compared yet");
    return analysisOf(comparison, outcomes);
  },
};

const run = <K extends RunTask>({ kind, given }: RunMessage<K>) => HOW[kind](given);

answerMessages<RunMessage>(run);
