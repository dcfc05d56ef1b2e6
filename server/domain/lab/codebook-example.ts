/** A codebook to start from, for somebody who writes their first: every field once, of made records. */

import { csvFile } from "../csv";
import type { Codebook } from "./codebook";
import { IDENTITY_COLUMNS, INDEX_DATE } from "./data-set";

export const EXAMPLE_CODEBOOK: Codebook = {
  name: "Court and offence records, 2022 to 2024",
  about: "Sentences of one area, with the offences that followed.",
  population: "everybody sentenced in the area",
  indexDate: "the day of the sentence",
  ...{ from: "2022-01-01", to: "2024-12-31", completeTo: "2026-01-31" },
  covariates: [
    { name: "age", label: "Age", type: "number", lowest: 10, highest: 110 },
    { name: "sentence", label: "Sentence", type: "category", levels: { prison: "Prison", other: "Other" } },
  ],
  events: [{ kind: "offence", label: "an offence", severity: 10 }],
  outcomes: [
    {
      ...{ name: "reoffended", label: "Reoffended within a year", type: "binary" },
      ...{ kinds: ["offence"], followUp: 365, better: "fewer", verb: "reoffend within a year" },
    },
  ],
  anchorDays: 365,
  suitedFor: ["Services for adults who were sentenced in the area."],
  notSuitedFor: ["Services for people who were never in court."],
  notMeasured: ["housing", "health"],
};

/** The first lines of the two tables that go with a codebook. */
export const tableTemplates = ({ covariates }: Codebook): Record<"people.csv" | "events.csv", string> => ({
  "people.csv": csvFile(
    ["record_id", ...IDENTITY_COLUMNS, INDEX_DATE, ...covariates.map(({ name }) => name)],
    [],
  ),
  "events.csv": csvFile(["record_id", "date", "kind"], []),
});
