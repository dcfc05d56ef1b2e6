/**
 * The administrative extract of the made county, as its police would hand it over: codebook.json, people.csv and
 * events.csv in the layout of `domain/lab/codebook.ts` (docs/data-lab.md). Names and identifiers are made up.
 */

import { type CsvValue, csvFile } from "../domain/csv";
import type { CodebookText } from "../domain/lab/codebook";
import { AUTHORITIES } from "./county";
import { ANCHOR_DAYS, FOLLOW_UP, type LabDays } from "./lab-days";
import { offencesOf, type Sentenced } from "./sentenced";

/** Names of the three files, and their texts. */
export const OUTCOME_FILES = {
  codebook: "codebook.json",
  people: "people.csv",
  events: "events.csv",
} as const;

export function outcomeFiles(
  people: readonly Sentenced[],
  days: LabDays,
): Record<keyof typeof OUTCOME_FILES, string> {
  return {
    codebook: `${JSON.stringify(demoCodebook(days), null, 2)}\n`,
    people: csvFile(PEOPLE_COLUMNS, people.map(peopleRow)),
    events: csvFile(
      ["record_id", "date", "kind"],
      people.flatMap((person) =>
        offencesOf(person).map(({ on, kind }): CsvValue[] => [recordId(person), on, kind]),
      ),
    ),
  };
}

/** What the police say of their extract. */
export function demoCodebook({ from, to, completeTo }: LabDays): CodebookText {
  const kinds = ["theft", "violence", "drugs", "other"];
  return {
    name: "Reoffending in Wythershire",
    about:
      "Everybody whom a court of the county sentenced, what was known of them on that day, and each proven offence " +
      "afterwards. Made up for this demo.",
    population: "everybody sentenced in Wythershire",
    indexDate: "the day of the sentence, or of leaving prison for those who were sent there",
    from,
    to,
    completeTo,
    anchorDays: ANCHOR_DAYS,
    covariates: [
      { name: "age", label: "Age", type: "number", lowest: 10, highest: 110 },
      { name: "sex_recorded", label: "Sex", type: "category", levels: { female: "Women", male: "Men" } },
      {
        name: "earlier_convictions",
        label: "Earlier convictions",
        type: "number",
        lowest: 0,
        highest: 400,
      },
      { name: "age_first", label: "Age at first conviction", type: "number", lowest: 10, highest: 110 },
      {
        name: "sentence",
        label: "Sentence",
        type: "category",
        levels: {
          community: "In the community",
          "up-to-6-months": "Prison, up to 6 months",
          "6-to-12-months": "Prison, 6 to 12 months",
          "over-12-months": "Prison, over 12 months",
        },
      },
      yesOrNo("violent_before", "Violent offence before"),
      yesOrNo("drugs_before", "Drug offence before"),
      {
        name: "employment_days",
        label: "Days in work in the year before",
        type: "number",
        lowest: 0,
        highest: 366,
      },
      {
        name: "benefit_days",
        label: "Days on out-of-work benefits in the year before",
        type: "number",
        lowest: 0,
        highest: 366,
      },
      {
        name: "area",
        label: "Where they live",
        type: "category",
        levels: Object.fromEntries(Object.entries(AUTHORITIES).map(([key, { name }]) => [key, name])),
      },
    ],
    events: [
      { kind: "theft", label: "a proven theft or fraud", severity: 20 },
      { kind: "violence", label: "a proven violent offence", severity: 70 },
      { kind: "drugs", label: "a proven drug offence", severity: 40 },
      { kind: "other", label: "another proven offence", severity: 10 },
    ],
    outcomes: [
      {
        name: "reoffended",
        label: "Reoffended within a year",
        type: "binary",
        kinds,
        followUp: FOLLOW_UP,
        better: "fewer",
        verb: "reoffend within a year",
      },
      {
        name: "offences",
        label: "Offences in the year",
        type: "count",
        kinds,
        followUp: FOLLOW_UP,
        better: "fewer",
        verb: "commit offences within a year",
      },
      {
        name: "days_to_first",
        label: "Days to first offence",
        type: "time",
        kinds,
        followUp: FOLLOW_UP,
        better: "more",
        verb: "stay longer without an offence",
      },
    ],
    suitedFor: [
      "Programmes for adults sentenced in the county, where the day on which somebody started is known.",
      "Asking about proven offences within a year.",
    ],
    notSuitedFor: [
      "People sentenced elsewhere: nothing is known of what they do there, nor here before they moved.",
      "Programmes that choose people for something that is not in this data.",
    ],
    notMeasured: ["housing", "mental health", "drug use today", "how keen people were to change"],
  };
}

const yesOrNo = (name: string, label: string) => ({
  ...{ name, label },
  type: "category" as const,
  levels: { no: "No", yes: "Yes" },
});

const PEOPLE_COLUMNS = [
  "record_id",
  "first_name",
  "last_name",
  "date_of_birth",
  "sex",
  "postcode",
  "pnc_id",
  "prison_number",
  "index_date",
  "age",
  "sex_recorded",
  "earlier_convictions",
  "age_first",
  "sentence",
  "violent_before",
  "drugs_before",
  "employment_days",
  "benefit_days",
  "area",
] as const;

const recordId = ({ number }: Sentenced) => `WP${number}`;

function peopleRow(person: Sentenced): CsvValue[] {
  const { traits } = person;
  const yes = (is: boolean) => (is ? "yes" : "no");
  return [
    recordId(person),
    person.givenName,
    person.familyName,
    person.dateOfBirth,
    person.sex,
    person.postcode,
    person.pncId,
    person.prisonNumber,
    person.indexOn,
    traits.age,
    traits.sex,
    traits.earlierConvictions,
    traits.ageFirst,
    traits.sentence,
    yes(traits.violentBefore),
    yes(traits.drugsBefore),
    traits.employmentDays,
    traits.benefitDays,
    traits.area,
  ];
}
