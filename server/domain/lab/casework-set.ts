/**
 * The outcome data that nobody has to load: these records themselves. Somebody's index date is the day on which they
 * first met a service, with the most serious need that they brought that day; what came of it is whether they brought
 * the same need again within twelve months, anywhere here, and whether it was resolved. Who took part is known from the
 * records too: no file is sent.
 */

import type { Codebook } from "./codebook";

/** The id by which a plan names this data set. */
export const CASEWORK_DATA_SET_ID = "c0337021-0000-8000-8000-000000000001";

/** Days of the follow-up, and of what is looked at before an index date. */
export const CASEWORK_DAYS = 365;

/**
 * The days that a codebook must give are bounds that no record goes beyond: what counts is complete to the day on which
 * the study is run, and whoever has not been followed up by then is lost for that.
 */
const FIRST = "2000-01-01";
const LAST = "2099-12-31";

export const CASEWORK_CODEBOOK: Codebook = {
  name: "These records",
  about:
    "What the organisations here record themselves. It says whether people bring the same need again, and whether it was resolved. No file is sent: who took part is known from the records.",
  population: "everybody known by name to an organisation here",
  indexDate: "the day of the first contact with a service",
  from: FIRST,
  to: LAST,
  completeTo: LAST,
  covariates: [
    { name: "need", label: "Need", type: "category" },
    {
      name: "severity",
      label: "How serious it was",
      type: "category",
      levels: { low: "Low", medium: "Medium", high: "High", crisis: "Crisis" },
    },
    { name: "age", label: "Age in years", type: "number", lowest: 0, highest: 120 },
    {
      name: "sex",
      label: "Sex",
      type: "category",
      levels: { female: "Female", male: "Male", other: "Other" },
    },
    { name: "decile", label: "Deprivation of the area, 1 to 10", type: "number", lowest: 1, highest: 10 },
    { name: "needs_before", label: "Needs brought in the year before", type: "number", lowest: 0 },
    { name: "contacts_before", label: "Contacts in the year before", type: "number", lowest: 0 },
    {
      name: "same_need_before",
      label: "Brought the same need in the year before",
      type: "category",
      levels: { no: "No", yes: "Yes" },
    },
    {
      name: "organisations_before",
      label: "Organisations met in the year before",
      type: "number",
      lowest: 0,
    },
  ],
  events: [
    { kind: "again", label: "the same need brought again" },
    { kind: "resolved", label: "the need resolved" },
  ],
  outcomes: [
    {
      name: "again",
      label: "Brought the same need again within a year",
      type: "binary",
      kinds: ["again"],
      followUp: CASEWORK_DAYS,
      better: "fewer",
      verb: "bring the same need again within a year",
    },
    {
      name: "resolved",
      label: "Need resolved within a year",
      type: "binary",
      kinds: ["resolved"],
      followUp: CASEWORK_DAYS,
      better: "more",
      verb: "have the need resolved within a year",
    },
    {
      name: "days_to_resolved",
      label: "Days until the need was resolved",
      type: "time",
      kinds: ["resolved"],
      followUp: CASEWORK_DAYS,
      better: "fewer",
      verb: "have the need resolved early",
    },
  ],
  anchorDays: 0,
  suitedFor: [
    "Services that people come to with a need that others are also helped with elsewhere here.",
    "Asking whether people come back with the same need.",
  ],
  notSuitedFor: [
    "Services that nearly everybody with the need goes to: nobody is left to compare with.",
    "Outcomes outside these records, such as work, health or offending.",
    "Services that write down more than others: what nobody records does not count as having happened.",
  ],
  notMeasured: [
    "income",
    "housing",
    "health",
    "help from organisations that do not record here",
    "motivation",
  ],
};
