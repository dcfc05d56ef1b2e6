/**
 * A cohort looked for in a data set, and the table that comes of it: who is found, who is lost and why, who is in the
 * comparison. Names are compared in a thread of its own, so that the worker goes on with everything else. What happened
 * afterwards is read by a second call, and only by that: whoever asks for it knows by then who is compared with whom.
 */

import type { Sql } from "../db/client";
import { AskedThread } from "./asked-thread";
import { covariatesOf, type DataSetKey, eventsOf, identitiesOf } from "./data-set-blocks";
import { NotFound } from "./domain/errors";
import type { LabTable } from "./domain/lab/analysis";
import type { Loss } from "./domain/lab/attrition";
import { type Codebook, codebookSchema } from "./domain/lab/codebook";
import type { LinkedRows } from "./domain/lab/cohort-linking";
import { longestFollowUp } from "./domain/lab/data-set";
import {
  type CohortStart,
  type IndexRecord,
  outcomeOf,
  TableBuilder,
  tableOf,
} from "./domain/lab/index-records";
import type { LinkRecord } from "./domain/linking/record";
import { type CaseworkSource, readCaseworkOutcomes } from "./lab-casework";
import type { Said, Told } from "./lab-linking-thread";

/** A row of a cohort: as linking compares it, when they started, and why the file itself loses them. */
export interface CohortRow extends CohortStart {
  record: LinkRecord;
}

/** What is looked for, and where. */
export interface CohortQuestion {
  dataSetId: string;
  cohort: readonly CohortRow[];
  /** First and last day on which somebody of the cohort started. */
  startedFrom: string;
  startedTo: string;
  /** Names of the codebook: columns of the table. */
  covariates: readonly string[];
  /** Names of the codebook; the longest follow-up of them must be over. */
  outcomes: readonly string[];
}

/** A table without outcomes, and what became of each row that was sent. */
export interface FoundCohort {
  /** Where outcomes are read: a data set that somebody holds, or these records themselves (lab-casework.ts). */
  source: { kind: "data-set"; dataSet: DataSetKey } | CaseworkSource;
  codebook: Codebook;
  /** SHA-256 of the codebook as the plan names it. */
  codebookHash: string;
  /** Why each row of the cohort is lost; null for whoever is in the table. In the order of the cohort. */
  losses: readonly (Loss | null)[];
  /** Everybody found and everybody compared with them, in an order that tells nothing of the file that was sent. */
  table: LabTable;
  /** By row of the table. */
  records: readonly IndexRecord[];
}

/** A data set that a study may use. Throws NotFound when there is none, or it was withdrawn, or may not be held any more. */
export async function dataSetForStudy(
  stats: Sql,
  id: string,
): Promise<{ dataSet: DataSetKey; codebook: Codebook; codebookHash: string; people: number }> {
  const [row] = await stats<
    { organisationId: number; codebook: unknown; codebookHash: string; people: number }[]
  >`
    select d.organisation_id, d.codebook, d.codebook_hash, d.people
    from lab.data_set as d
    join lab.data_holder as h on h.organisation_id = d.organisation_id
    where d.id = ${id} and d.withdrawn_at is null`;
  if (!row) throw new NotFound("The data set", "The data set was withdrawn. Choose another one.");
  return {
    dataSet: { organisationId: row.organisationId, id },
    codebook: codebookSchema.parse(row.codebook),
    codebookHash: row.codebookHash,
    people: row.people,
  };
}

/**
 * Looks for a cohort in a data set. Nothing that happened after an index date is opened.
 * Throws NotFound as `dataSetForStudy`; when the signal ends, its reason.
 */
export async function findCohort(
  stats: Sql,
  question: CohortQuestion,
  signal?: AbortSignal,
): Promise<FoundCohort> {
  const { dataSet, codebook, codebookHash, people } = await dataSetForStudy(stats, question.dataSetId);
  const linked = await linkInThread(stats, dataSet, people, question.cohort, codebook, signal);
  const builder = new TableBuilder(question.cohort, linked, {
    startedFrom: question.startedFrom,
    startedTo: question.startedTo,
    anchorDays: codebook.anchorDays,
    followUp: longestFollowUp(codebook, question.outcomes),
    completeTo: codebook.completeTo,
  });
  for await (const block of covariatesOf(stats, dataSet)) {
    signal?.throwIfAborted();
    builder.show(block.first, block.people);
  }
  const { losses, records, treated } = builder.finish();
  return {
    source: { kind: "data-set", dataSet },
    codebook,
    codebookHash,
    losses,
    records,
    table: tableOf(codebook, records, treated, question.covariates),
  };
}

/** What came of everybody in the table: the only reading of events. Columns by the names of the outcomes. */
export async function readOutcomes(
  stats: Sql,
  { source, codebook, records }: FoundCohort,
  outcomes: readonly string[],
): Promise<Map<string, Float64Array>> {
  if (source.kind === "casework") return readCaseworkOutcomes(stats, source.people, outcomes);
  const asked = codebook.outcomes.filter(({ name }) => outcomes.includes(name));
  const columns = new Map(asked.map(({ name }) => [name, new Float64Array(records.length).fill(Number.NaN)]));
  let row = 0;
  for await (const { first, people } of eventsOf(stats, source.dataSet)) {
    for (; row < records.length; row += 1) {
      const record = records[row];
      const events = record && people[record.person - first];
      if (!events) break;
      for (const outcome of asked) {
        const column = columns.get(outcome.name);
        if (column) column[row] = outcomeOf(outcome, codebook, record.date, events);
      }
    }
  }
  return columns;
}

/** The links of a cohort, worked out in a thread that ends with it. */
async function linkInThread(
  stats: Sql,
  dataSet: DataSetKey,
  people: number,
  cohort: readonly CohortRow[],
  codebook: Codebook,
  signal?: AbortSignal,
): Promise<LinkedRows> {
  signal?.throwIfAborted();
  const thread = new AskedThread("Linking", new URL("./lab-linking-thread.ts", import.meta.url), signal);
  const ask = (told: Told) => thread.ask<Said>(told);
  try {
    await ask({
      kind: "look-for",
      cohort: cohort.map(({ record }) => record),
      people,
      currentYear: Number(codebook.completeTo.slice(0, 4)),
    });
    for await (const block of identitiesOf(stats, dataSet)) {
      await ask({ kind: "among", first: block.first, people: block.people });
    }
    const { rows, touched } = await ask({ kind: "finish" });
    return { rows, touched: new Set(touched) };
  } finally {
    await thread.close();
  }
}
