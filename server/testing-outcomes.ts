/** Outcome data for tests: a codebook and its two tables as texts, and loading them for an organisation. */

import type { CodebookText } from "./domain/lab/codebook";
import { importOutcomes, type OutcomeReport } from "./importers/outcomes";
import type { TestDatabase } from "./testing";

/** A codebook of sentences, with one proven reoffence that counts and one that is more serious. */
export const CODEBOOK = {
  name: "Sentences in Wythershire",
  about: "Everybody sentenced in Wythershire, and whether they were convicted again.",
  population: "everybody sentenced in Wythershire",
  indexDate: "the day of the sentence",
  from: "2023-01-01",
  to: "2025-06-30",
  completeTo: "2026-06-30",
  anchorDays: 90,
  covariates: [
    { name: "age", label: "Age", type: "number", lowest: 10, highest: 110 },
    { name: "offence", label: "Offence", type: "category", levels: { theft: "Theft", assault: "Assault" } },
    { name: "district", label: "District", type: "category" },
  ],
  events: [
    { kind: "proven", label: "a proven reoffence", severity: 3 },
    { kind: "serious", label: "a serious proven reoffence", severity: 8 },
    { kind: "recall", label: "a recall to prison" },
  ],
  outcomes: [
    {
      ...{ name: "reoffended", label: "Reoffended within a year", type: "binary" },
      ...{ kinds: ["proven", "serious"], followUp: 365, better: "fewer", verb: "reoffend within a year" },
    },
    {
      ...{ name: "frequency", label: "Reoffences in a year", type: "count" },
      ...{ kinds: ["proven", "serious"], followUp: 365, better: "fewer", verb: "reoffend often" },
    },
    {
      ...{ name: "days", label: "Days to the first reoffence", type: "time" },
      ...{ kinds: ["proven", "serious"], followUp: 365, better: "more", verb: "reoffend early" },
    },
    {
      ...{ name: "severity", label: "Most serious reoffence", type: "number" },
      ...{ kinds: ["proven", "serious"], followUp: 365, better: "fewer", verb: "reoffend seriously" },
    },
  ],
  suitedFor: ["Support that begins near a sentence."],
  notSuitedFor: ["People who were never sentenced."],
  notMeasured: ["housing", "mental health"],
} satisfies CodebookText;

export const PEOPLE_HEADER =
  "record_id,first_name,last_name,date_of_birth,sex,postcode,index_date,age,offence,district";
export const EVENTS_HEADER = "record_id,date,kind";

/** The three files as the importer takes them. */
export function outcomeFiles(
  people: readonly string[],
  events: readonly string[],
  codebook: object = CODEBOOK,
) {
  const file = (text: string) =>
    (async function* bytes() {
      yield new TextEncoder().encode(text);
    })();
  return {
    codebook: file(JSON.stringify(codebook)),
    people: file([PEOPLE_HEADER, ...people].join("\n")),
    events: file([EVENTS_HEADER, ...events].join("\n")),
  };
}

/** As an administrator's word. */
export async function arrangeHolder(db: TestDatabase, organisationId: number): Promise<void> {
  await db.administrator`
    insert into lab.data_holder (organisation_id) values (${organisationId}) on conflict do nothing`;
}

/** Loads a data set for an organisation that may hold it. */
export async function arrangeDataSet(
  db: TestDatabase,
  organisationId: number,
  people: readonly string[],
  events: readonly string[],
  codebook: object = CODEBOOK,
): Promise<OutcomeReport> {
  await arrangeHolder(db, organisationId);
  return importOutcomes(db.stats, outcomeFiles(people, events, codebook), { organisationId, memberId: null });
}
