/** A cohort looked for among made people whose truth is known: who is found is right, and nobody found is compared. */

import { describe, expect, test } from "vitest";
import { MADE_COLUMNS, type MadeRecord, makePeople } from "../../../bench/made-people";
import { readExtractRow, readLayout } from "../linking/extract";
import type { LinkRecord } from "../linking/record";
import { CohortSearch, type LinkedRows } from "./cohort-linking";

const layout = readLayout(MADE_COLUMNS, null);
const recordOf = (made: MadeRecord): LinkRecord =>
  readExtractRow(
    MADE_COLUMNS.map((column) => made[column]),
    layout,
    2026,
  ).record;

/**
 * A data set of about 9,000 people and a cohort of some of them, each from another record of theirs than the data set
 * has, with its own slips; one in eight people is not in the data set at all.
 */
function madeFiles(seed: string) {
  const made = makePeople({ seed, records: 12_000, duplicates: 0.12 });
  const people: LinkRecord[] = [];
  const placeOf = new Map<number, number>();
  const cohort: LinkRecord[] = [];
  const truth: (number | null)[] = [];
  let row = 0;
  for (const record of made.records()) {
    const person = made.personOf[row] ?? -1;
    row += 1;
    const place = placeOf.get(person);
    if (person % 8 === 0) {
      if (person % 80 !== 0 || place !== undefined) continue;
      placeOf.set(person, -1);
      cohort.push(recordOf(record));
      truth.push(null);
    } else if (place === undefined) {
      placeOf.set(person, people.length);
      people.push(recordOf(record));
    } else if (place >= 0) {
      placeOf.set(person, -1);
      cohort.push(recordOf(record));
      truth.push(place);
    }
  }
  return { people, cohort, truth };
}

function search(cohort: readonly LinkRecord[], people: readonly LinkRecord[]): LinkedRows {
  const looking = new CohortSearch(cohort, people.length);
  for (const [person, record] of people.entries()) looking.show(person, [record]);
  return looking.finish();
}

describe("on made people with slips, moves, nicknames, twins and namesakes", () => {
  const { people, cohort, truth } = madeFiles("data lab");
  const { rows, touched } = search(cohort, people);
  const present = truth.filter((place) => place !== null).length;
  const found = rows.flatMap((outcome, row) => (typeof outcome === "number" ? [{ outcome, row }] : []));
  const right = found.filter(({ outcome, row }) => truth[row] === outcome).length;

  test("there are some hundreds to find, and some who are not there", () => {
    expect(present).toBeGreaterThan(400);
    expect(cohort.length - present).toBeGreaterThan(100);
  });

  test("at least 99 in 100 who are found are the right person", () => {
    expect(right / found.length).toBeGreaterThanOrEqual(0.99);
  });

  test("at least 88 in 100 who are there are found", () => {
    expect(right / present).toBeGreaterThanOrEqual(0.88);
  });

  test("fewer than 5 in 100 who are there could be compared with themselves", () => {
    const overlooked = truth.filter((place) => place !== null && !touched.has(place)).length;
    expect(overlooked / present).toBeLessThan(0.05);
  });

  test("everybody found is kept out of the comparison, and nobody stands for two rows", () => {
    expect(found.every(({ outcome }) => touched.has(outcome))).toBe(true);
    expect(new Set(found.map(({ outcome }) => outcome)).size).toBe(found.length);
  });

  test("the order in which the people are shown finds the same ones", () => {
    const backwards = new CohortSearch(cohort, people.length);
    for (const [person, record] of [...people.entries()].reverse()) backwards.show(person, [record]);
    const again = backwards.finish().rows;
    const moved = rows.filter((outcome, row) => outcome !== again[row]).length;
    expect(moved / rows.length).toBeLessThan(0.01);
  });
});

const record = (over: Partial<Record<(typeof MADE_COLUMNS)[number], string>>): LinkRecord =>
  readExtractRow(
    MADE_COLUMNS.map((column) => over[column] ?? ""),
    layout,
    2026,
  ).record;
const JOHN = {
  first_name: "John",
  last_name: "Ravensworth",
  date_of_birth: "1980-02-03",
  sex: "M",
  postcode: "SR1 3AA",
};
const OTHERS = Array.from({ length: 60 }, (_, at) =>
  record({
    first_name: ["Ada", "Bela", "Cyril", "Dora", "Ennis"][at % 5] ?? "",
    last_name: `Surname${String.fromCharCode(97 + (at % 26))}${String.fromCharCode(97 + (at % 7))}`,
    date_of_birth: `19${50 + (at % 50)}-0${1 + (at % 9)}-1${at % 9}`,
    sex: at % 2 ? "F" : "M",
    postcode: `SR${1 + (at % 9)} ${1 + (at % 8)}BB`,
  }),
);

test("somebody sent twice counts once, whichever row fits better", () => {
  const cohort = [
    record({ ...JOHN, first_name: "Jon", postcode: "" }),
    record(JOHN),
    OTHERS[7] ?? record({}),
  ];
  const { rows } = search(cohort, [...OTHERS, record(JOHN)]);
  expect(rows).toEqual([60, "sent-twice", 7]);
});

test("whoever could be two people of the data is not certain, and neither of the two is compared", () => {
  const { rows, touched } = search([record(JOHN)], [...OTHERS, record(JOHN), record(JOHN)]);
  expect(rows).toEqual(["not-certain"]);
  expect([...touched].sort()).toEqual([60, 61]);
});

test("a twin is not taken for the other", () => {
  const twin = record({ ...JOHN, first_name: "Peter" });
  const { rows } = search([record(JOHN)], [...OTHERS, twin]);
  expect(typeof rows[0]).not.toBe("number");
});

test("whoever is in the data under an earlier name is found by it", () => {
  const looking = new CohortSearch(
    [record({ ...JOHN, first_name: "Joan", sex: "F", last_name: "Marsh" })],
    61,
  );
  for (const [person, other] of OTHERS.entries()) looking.show(person, [other]);
  const born = record({ ...JOHN, first_name: "Joan", sex: "F" });
  looking.show(60, [born, record({ ...JOHN, first_name: "Joan", sex: "F", last_name: "Marsh" })]);
  expect(looking.finish().rows).toEqual([60]);
});

test("nobody is found in an empty data set, and an empty cohort is no error", () => {
  expect(search([record(JOHN)], []).rows).toEqual(["not-found"]);
  expect(search([], OTHERS).rows).toEqual([]);
});
