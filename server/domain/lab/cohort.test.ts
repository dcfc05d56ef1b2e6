/** A cohort's file as an organisation makes it: who can be looked for, who is lost by it, and what is said of each row. */

import { describe, expect, test } from "vitest";
import { COHORT_COLUMNS, type CohortFile, cohortTemplate, MOST_COHORT_ROWS, readCohort } from "./cohort";
import { FEWEST_SENT } from "./study";

const RULES = { today: "2026-03-31", startedFrom: "2024-01-01", startedTo: "2024-12-31" };
const bytes = (text: string) => new TextEncoder().encode(text);
const HEADER =
  "first_name,last_name,date_of_birth,sex,pnc_id,nhs_number,conviction_date,intervention_start,intervention_end";
const whole = (file: string | Uint8Array): CohortFile => {
  const read = readCohort(typeof file === "string" ? bytes(file) : file, RULES);
  if ("problem" in read) throw new Error(read.problem);
  return read;
};
const rows = (...lines: string[]) => whole([HEADER, ...lines].join("\n"));
const problem = (file: string | Uint8Array): string => {
  const read = readCohort(typeof file === "string" ? bytes(file) : file, RULES);
  return "problem" in read ? read.problem : "";
};

test("somebody with a name and a date of birth can be looked for, with the day that anchors their time", () => {
  const { entries, faults, usable, anchored, identified } = rows(
    "Ada,O'Hara,31/12/1980,F,81/34U,,05/02/2024,07/02/2024,",
    "Bela,Quill,1990-01-02,M,,,,8 March 2024,",
    "Cyril,Stone,2 Jan 1991,,,999 047 1118,,,",
  );
  expect(faults.filter(({ loss }) => loss)).toEqual([]);
  expect(entries.map(({ start, startedOn, loss }) => ({ start, startedOn, loss }))).toEqual([
    { start: "2024-02-05", startedOn: "2024-02-07", loss: null },
    { start: "2024-03-08", startedOn: "2024-03-08", loss: null },
    { start: null, startedOn: null, loss: null },
  ]);
  expect({ usable, anchored, identified }).toEqual({ usable: 3, anchored: 2, identified: 2 });
  expect(entries[0]?.record).toMatchObject({
    givenNames: ["ada"],
    dateOfBirth: "1980-12-31",
    identifiers: [{ kind: "pnc-id", value: "1981/0000034U" }],
  });
});

describe("a row is lost by the file", () => {
  test.each([
    [",Quill,1990-01-02", "first_name", "no-name"],
    ["Bela,,1990-01-02", "last_name", "no-name"],
    ["Unknown,Quill,1990-01-02", "first_name", "no-name"],
    ["=HYPERLINK(1),Quill,1990-01-02", "first_name", "no-name"],
    ["Bela,Quill,", "date_of_birth", "no-birth-date"],
    ["Bela,Quill,1990", "date_of_birth", "no-birth-date"],
    ["Bela,Quill,31/02/1990", "date_of_birth", "no-birth-date"],
    ["Bela,Quill,01/01/1900", "date_of_birth", "no-birth-date"],
    ["Bela,Quill,2030-01-01", "date_of_birth", "no-birth-date"],
    ["Bela,Quill,1990-01-02,,,,,2026-08-01", "intervention_start", "not-started"],
  ])("%s", (line, column, loss) => {
    const { entries, faults } = rows(line);
    expect(entries[0]?.loss).toBe(loss);
    expect(faults).toContainEqual(expect.objectContaining({ line: 2, column, loss }));
  });

  test("when it is there twice: the first stays", () => {
    const { entries, faults } = rows(
      "Bela,Quill,1990-01-02",
      "Bela,Quill,2 Jan 1990",
      "Bela,Quill,1991-01-02",
    );
    expect(entries.map(({ loss }) => loss)).toEqual([null, "sent-twice", null]);
    expect(faults).toEqual([expect.objectContaining({ line: 3, reason: "the same person as on line 2" })]);
  });
});

test.each([
  ["Bela,Quill,1990-01-02,,81/34X", "pnc_id", /last letter/],
  ["Bela,Quill,1990-01-02,,,999 047 1119", "nhs_number", /last digit/],
  ["Bela,Quill,1990-01-02,woman-ish", "sex", /F, M or X/],
  ["Bela,Quill,1990-01-02,,,,soon", "conviction_date", /31\/05\/2026/],
  ["Bela,Quill,1990-01-02,,,,2027-01-01", "conviction_date", /year/],
  ["Bela,Quill,1990-01-02,,,,,2024-05-01,2024-04-01", "intervention_end", /both/],
  ["Bela,Quill,1990-01-02,,,,,2023-05-01", "intervention_start", /leave the row out/],
  ["Bela,Quill,2011-01-02,,,,,2024-05-01", "date_of_birth", /declare it/],
  ["Bela,Quill,1899-01-02,,,,,2024-05-01", "date_of_birth", /year/],
  ["Bela,Quill,2024-06-02,,,,,2024-05-01", "date_of_birth", /both/],
])(
  "a slip in %s is told with its column and how to mend it, and the person is looked for",
  (line, column, remedy) => {
    const { entries, faults } = rows(line);
    expect(entries[0]?.loss).toBeNull();
    expect(faults).toEqual([
      { line: 2, column, reason: expect.any(String), remedy: expect.stringMatching(remedy), loss: null },
    ]);
  },
);

test("no fault and no refusal quotes what stands in the file", () => {
  const secret = "Zaphqwert";
  const { faults, warnings } = rows(
    `=${secret},${secret},${secret},${secret},${secret},${secret},${secret},${secret},${secret}`,
    `${secret},Quill,31/31/1990,x,81/34X,999 047 1119,soon,2023-01-01,2022-01-01`,
  );
  expect(faults.length).toBeGreaterThan(8);
  expect(JSON.stringify([faults, warnings])).not.toContain(secret);
  for (const file of [
    `${secret}\n${secret}`,
    `${HEADER}\n"${secret}`,
    `first_name,last_name,first_name\n${secret}`,
    `${secret},${secret},1980-12-31\nAda,Quill,1980-12-31`,
  ]) {
    expect(problem(file)).not.toBe("");
    expect(problem(file)).not.toContain(secret);
  }
});

describe("a file as a whole", () => {
  test.each([
    ["nothing", "", /empty/],
    ["a header alone", HEADER, /no row under them/],
    [
      "no names of columns",
      "Ada,O'Hara,1980-12-31\nBela,Quill,1990-01-02",
      /first_name, last_name, date_of_birth/,
    ],
    ["no dates of birth", "first_name,last_name\nAda,O'Hara", /One is missing: date_of_birth/],
    [
      "a column twice",
      "first_name,surname,last_name,dob\nAda,O'Hara,O'Hara,1980-12-31",
      /stands in the file twice/,
    ],
    ["too many rows", `${HEADER}\n${"Ada,Quill,1980-12-31\n".repeat(MOST_COHORT_ROWS + 1)}`, /20,000 rows/],
    ["too many bytes", new Uint8Array(10 * 1024 * 1024 + 1), /larger than 10 MB/],
  ])("with %s is refused", (_what, file, words) => expect(problem(file)).toMatch(words));

  test("may name its columns as people do, in any order, and says which it does not read", () => {
    const { entries, unusedColumns } = whole(
      "\uFEFFNotes;DOB;Surname;Forename;Start date\r\nanything;31/12/1980;Quill;Ada;01/02/2024\r\n",
    );
    expect(entries[0]).toMatchObject({ start: "2024-02-01", loss: null, record: { familyNames: ["quill"] } });
    expect(unusedColumns).toEqual(["Notes"]);
  });

  test("warns of too few people and of a follow-up without an anchor", () => {
    const line = (at: number, start = "") =>
      `Ada,Quill${"abcdefghij"[at % 10]}${"klmnopqrst"[Math.floor(at / 10)]},1980-12-31,,,,,${start}`;
    const many = (count: number, start: string) =>
      rows(...Array.from({ length: count }, (_, at) => line(at, at ? start : "")));
    expect(many(FEWEST_SENT, "2024-05-01").warnings).toEqual([
      expect.stringMatching(/^Some rows have no day/),
    ]);
    expect(many(FEWEST_SENT - 1, "").warnings).toEqual([
      expect.stringMatching(/at least 60 people/),
      expect.stringMatching(/^No row has a day .*1 January 2024 to 31 December 2024/),
    ]);
  });

  test("is begun from the template, which names every column", () => {
    expect(cohortTemplate().trim().replace("\uFEFF", "").split(",")).toEqual(
      COHORT_COLUMNS.map(({ column }) => column),
    );
    expect(problem(cohortTemplate())).toMatch(/no row under them/);
  });

  test("of 20,000 rows with a slip in each is read to its end, and 500 slips are told", () => {
    const lines = Array.from(
      { length: MOST_COHORT_ROWS },
      (_, at) =>
        `Ada,Quill${[...String(at)].map((digit) => "abcdefghij"[Number(digit)]).join("")},1980-12-31,maybe`,
    );
    const { entries, faults, faultCount } = rows(...lines);
    expect(entries).toHaveLength(MOST_COHORT_ROWS);
    expect(faults).toHaveLength(500);
    expect(faultCount).toBeGreaterThanOrEqual(MOST_COHORT_ROWS);
  });
});
