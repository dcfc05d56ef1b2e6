/**
 * What an organisation of the made county sends to the data lab about those who joined its programme: a spreadsheet of
 * its own, with names as a busy person types them, identifiers for some, and rows that cannot be used. Of the mentors'
 * cohort 212 are sent, 18 of them are lost, for reasons that are known here, and 194 are compared.
 */

import { type CsvValue, csvFile } from "../domain/csv";
import type { Loss } from "../domain/lab/attrition";
import { addDays, type Day, isDay } from "../domain/period";
import { makeName, misspell } from "./names";
import { Chance } from "./random";
import type { ProgrammeKey, Sentenced } from "./sentenced";

export const COHORT_FILE = "wytherwork-mentors.csv";

/** Columns of the file, by the names that the sending page knows. */
const COLUMNS = [
  "first_name",
  "last_name",
  "date_of_birth",
  "sex",
  "pnc_id",
  "prison_number",
  "conviction_date",
  "intervention_start",
  "intervention_end",
] as const;

type CohortRow = Record<(typeof COLUMNS)[number], string>;

/** Rows that are added to a programme's people, by the reason for which they are lost. */
type Extra = Partial<Record<Extract<Loss, "no-birth-date" | "sent-twice" | "not-found">, number>>;

const EXTRA: Readonly<Record<ProgrammeKey, Extra>> = {
  mentors: { "no-birth-date": 1, "sent-twice": 1, "not-found": 12 },
  "court-desk": { "no-birth-date": 2, "not-found": 9 },
  pilot: { "no-birth-date": 1, "not-found": 3 },
};

/** Losses that were made on purpose, by reason, so that a run over the file can be held against them. */
export function madeLosses(people: readonly Sentenced[], key: ProgrammeKey): Partial<Record<Loss, number>> {
  const losses: Partial<Record<Loss, number>> = { ...EXTRA[key] };
  for (const { programme, lostAs } of people) {
    if (programme === key && lostAs) losses[lostAs] = (losses[lostAs] ?? 0) + 1;
  }
  return losses;
}

/** The file of a programme: the same people give the same file. */
export function cohortFile(seed: string, people: readonly Sentenced[], key: ProgrammeKey): string {
  const joined = people.filter(({ programme }) => programme === key);
  const rows = joined.map((person) => rowOf(new Chance(`${seed}/${key} row ${person.number}`), person));
  const days = joined.flatMap(({ startedOn }) => startedOn ?? []).sort();
  const chance = new Chance(`${seed}/${key} other rows`);
  const strangers = (count = 0) => Array.from({ length: count }, () => strangerRow(chance, people, days));
  const extra = EXTRA[key];
  const all = [
    ...rows,
    ...again(chance, rows, extra["sent-twice"]),
    ...strangers(extra["not-found"]),
    ...strangers(extra["no-birth-date"]).map((row, i) => ({
      ...row,
      date_of_birth: ["", row.date_of_birth.slice(-4), `??${row.date_of_birth.slice(2)}`][i % 3] ?? "",
    })),
  ];
  all.sort((a, b) => (iso(a.intervention_start) < iso(b.intervention_start) ? -1 : 1));
  return csvFile(
    COLUMNS,
    all.map((row): CsvValue[] => COLUMNS.map((column) => row[column])),
  );
}

const british = (day: Day) => day.split("-").reverse().join("/");
const iso = (day: string) => day.split("/").reverse().join("-");

/** Somebody who joined, as the organisation wrote them down. Whoever is written in two wrong ways has a number too. */
function rowOf(chance: Chance, person: Sentenced): CohortRow {
  const { givenName, familyName, dateOfBirth, startedOn, lostAs } = person;
  if (startedOn === null) throw new Error(`Number ${person.number} did not start`);
  const given = chance.happens(0.14) ? misspell(chance, givenName) : givenName;
  const family = chance.happens(0.08) ? misspell(chance, familyName) : familyName;
  const born = chance.happens(0.015) ? turned(dateOfBirth) : dateOfBirth;
  const slips = [given !== givenName, family !== familyName, born !== dateOfBirth].filter(Boolean).length;
  // A number would say which of two namesakes it is.
  const numbered = lostAs !== "not-certain" && (slips > 1 || born !== dateOfBirth || chance.happens(0.4));
  const stays = 40 + chance.below(200);
  return {
    first_name: styled(chance, given),
    last_name: styled(chance, family),
    date_of_birth: british(born),
    sex: chance.happens(0.05) ? "" : person.sex === "female" ? "F" : "M",
    pnc_id: numbered ? written(chance, person.pncId, slips) : "",
    prison_number: numbered && person.prisonNumber && chance.happens(0.5) ? person.prisonNumber : "",
    conviction_date: convictedOn(chance, person),
    intervention_start: british(startedOn),
    intervention_end: british(addDays(startedOn, stays)),
  };
}

/** The day in court, where the organisation knows it: of those who went to prison, some months before they came out. */
function convictedOn(chance: Chance, { indexOn, traits, lostAs }: Sentenced): string {
  if (lostAs !== null || !chance.happens(0.7)) return "";
  return british(traits.sentence === "community" ? indexOn : addDays(indexOn, -20 - chance.below(100)));
}

/** Somebody whom no court of the county sentenced, and whom nobody could take for one that it did. */
function strangerRow(chance: Chance, people: readonly Sentenced[], days: readonly Day[]): CohortRow {
  const sex = chance.happens(0.2) ? "female" : "male";
  const startedOn = chance.pick(days);
  const born = addDays(startedOn, -7_000 - chance.below(11_000));
  const { given, family } = makeName(chance, sex);
  const isKnown = people.some(
    ({ givenName, familyName, dateOfBirth }) =>
      familyName === family && (givenName === given || dateOfBirth.slice(0, 4) === born.slice(0, 4)),
  );
  if (isKnown) return strangerRow(chance, people, days);
  return {
    first_name: given,
    last_name: family,
    date_of_birth: british(born),
    sex: sex === "female" ? "F" : "M",
    pnc_id: "",
    prison_number: "",
    conviction_date: "",
    intervention_start: british(startedOn),
    intervention_end: british(addDays(startedOn, 30 + chance.below(200))),
  };
}

/** Rows that somebody typed a second time: in capitals, or with a name in another form. */
function again(chance: Chance, rows: readonly CohortRow[], count = 0): CohortRow[] {
  return rows
    .filter(({ pnc_id }) => pnc_id !== "")
    .slice(0, count)
    .map((row, i) => ({
      ...row,
      first_name: i % 2 === 0 ? misspell(chance, row.first_name) : row.first_name.toUpperCase(),
      last_name: i % 2 === 0 ? row.last_name : row.last_name.toUpperCase(),
      intervention_end: "",
    }));
}

/** Day and month the wrong way round, where that is a day too. */
function turned(day: Day): Day {
  const [year, month, date] = day.split("-");
  const other = `${year}-${date}-${month}`;
  return isDay(other) ? other : day;
}

/** As it is typed: in capitals, or with a space too many, now and then. */
function styled(chance: Chance, name: string): string {
  const draw = chance.unit();
  return draw < 0.04 ? name.toUpperCase() : draw < 0.06 ? `${name} ` : name;
}

/**
 * A PNC id in its long form or the short one of police papers: "2012/0012345X", "12/12345X". Now and then with a wrong
 * letter at the end, of somebody who is found without it.
 */
function written(chance: Chance, pncId: string, slips: number): string {
  if (slips === 0 && chance.happens(0.05)) return `${pncId.slice(0, -1)}${pncId.endsWith("A") ? "B" : "A"}`;
  if (!chance.happens(0.4)) return pncId;
  const [year = "", serial = ""] = pncId.split("/");
  return `${year.slice(2)}/${serial.replace(/^0+/, "")}`;
}
