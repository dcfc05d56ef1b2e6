/** A cohort looked for in sealed outcome data: the table, the losses, and outcomes that nothing reads before they are asked for. */

import { beforeAll, expect, test } from "vitest";
import { NotFound } from "./domain/errors";
import { formsOf, IDENTITY_COLUMNS } from "./domain/lab/data-set";
import { type CohortRow, findCohort, readOutcomes } from "./lab-linking";
import { testDatabase } from "./testing";
import { arrangeDataSet } from "./testing-outcomes";
import { arrangeOrganisation } from "./testing-people";

const db = await testDatabase();

const GIVEN = ["Ada", "Bela", "Cyril", "Dora", "Ennis", "Fay", "Gus", "Hana", "Ivor", "Juno", "Kit"];
const letters = (number: number) => [...String(number)].map((digit) => "abcdefghij"[Number(digit)]).join("");
const born = (number: number) =>
  `19${50 + (number % 49)}-${String(1 + (number % 12)).padStart(2, "0")}-${String(1 + (number % 28)).padStart(2, "0")}`;
/** 2,500 people in three blocks, each sentenced on a day of 2024, every third of them convicted again 30 days later. */
const SIZE = 2_500;
const named = (number: number) => String(number).padStart(5, "0");
const indexOf = (number: number) =>
  new Date(Date.UTC(2024, 0, 1 + (number % 300))).toISOString().slice(0, 10);
const later = (day: string, days: number) =>
  new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
const PEOPLE = Array.from({ length: SIZE }, (_, at) =>
  [
    ...[named(at), GIVEN[at % GIVEN.length], `Marl${letters(at)}ow`, born(at), at % 2 ? "F" : "M"],
    ...[
      `SR${1 + (at % 9)} ${1 + (at % 8)}AA`,
      indexOf(at),
      18 + (at % 50),
      at % 4 ? "theft" : "assault",
      "North",
    ],
  ].join(","),
);
const EVENTS = Array.from({ length: SIZE }, (_, at) => at)
  .filter((at) => at % 3 === 0)
  .map((at) => `${named(at)},${later(indexOf(at), 30)},proven`);

const rowFor = (at: number, over: Partial<CohortRow> = {}, lastName = `Marl${letters(at)}ow`): CohortRow => {
  const cells = IDENTITY_COLUMNS.map(
    (column) =>
      ({
        first_name: GIVEN[at % GIVEN.length],
        last_name: lastName,
        date_of_birth: born(at),
        sex: at % 2 ? "F" : "M",
        postcode: `SR${1 + (at % 9)} ${1 + (at % 8)}AA`,
      })[String(column)] ?? "",
  );
  const [record] = formsOf([cells], 2026);
  if (!record) throw new Error("No record was read");
  return { record, start: later(indexOf(at), 10), loss: null, ...over };
};

let dataSetId: string;
beforeAll(async () => {
  const police = await arrangeOrganisation(db, "Wythershire Police");
  const report = await arrangeDataSet(db, police, PEOPLE, EVENTS);
  expect(report.refused).toBe(false);
  dataSetId = report.dataSetId ?? "";
});

const ask = (cohort: readonly CohortRow[], over: object = {}) =>
  findCohort(db.stats, {
    ...{ dataSetId, cohort, startedFrom: "2024-01-01", startedTo: "2024-12-31" },
    ...{ covariates: ["age", "offence"], outcomes: ["reoffended", "days"] },
    ...over,
  });

test("the people of a cohort are found through three sealed blocks, each with their own outcome", async () => {
  const cohort = [3, 1_204, 2_499, 17].map((at) => rowFor(at));
  const found = await ask([...cohort, rowFor(77, {}, "Nobody-Of-This-Name"), rowFor(3)]);
  expect(found.losses.slice(0, 4)).toEqual([null, null, null, null]);
  expect(found.losses[5]).toBe("sent-twice");
  const treated = found.records
    .filter((_, row) => found.table.treated[row] === 1)
    .map(({ person }) => person);
  expect(treated).toEqual([3, 17, 1_204, 2_499]);
  expect(found.table.rows).toBeGreaterThan(SIZE - 10);
  expect(found.table.outcomes.size).toBe(0);

  const outcomes = await readOutcomes(db.stats, found, ["reoffended", "days"]);
  const [reoffended, days] = [outcomes.get("reoffended"), outcomes.get("days")];
  for (const [row, { person }] of found.records.entries()) {
    expect(reoffended?.[row]).toBe(person % 3 === 0 ? 1 : 0);
    expect(days?.[row]).toBe(person % 3 === 0 ? 30 : Number.NaN);
  }
});

test("who is looked for in vain is lost by a reason that holds", async () => {
  const found = await ask([
    rowFor(5, { start: later(indexOf(5), 91) }),
    rowFor(6, { loss: "no-birth-date" }),
    rowFor(7, { start: "2026-08-01" }),
    ...Array.from({ length: 57 }, (_, at) => rowFor(100 + at * 7)),
  ]);
  expect(found.losses.slice(0, 3)).toEqual(["no-index-in-window", "no-birth-date", "not-started"]);
  expect(found.losses.slice(3)).toEqual(Array(57).fill(null));
  const compared = found.records.map(({ person }) => person);
  for (const person of [5, 6, 7]) expect(compared).not.toContain(person);
});

test("names are linked and what somebody was is read without opening what happened to them", async () => {
  await db.administrator`update lab.data_set_block set events = '\\x00'`;
  const found = await ask([rowFor(8)]);
  expect(found.losses).toEqual([null]);
  await expect(readOutcomes(db.stats, found, ["reoffended"])).rejects.toThrow();
});

test("a block that was moved to another place opens nothing", async () => {
  await db.administrator`
    update lab.data_set_block as b set identities = o.identities
    from lab.data_set_block as o where b.block = 0 and o.block = 1`;
  await expect(ask([rowFor(8)])).rejects.toThrow();
});

test("it ends when it is told to", async () => {
  await expect(
    findCohort(
      db.stats,
      {
        ...{ dataSetId, cohort: [rowFor(8)], startedFrom: "2024-01-01", startedTo: "2024-12-31" },
        ...{ covariates: [], outcomes: [] },
      },
      AbortSignal.abort(new Error("stopped")),
    ),
  ).rejects.toThrow("stopped");
});

test("a data set that was withdrawn is not found", async () => {
  await db.administrator`update lab.data_set set withdrawn_at = now()`;
  await expect(ask([rowFor(8)])).rejects.toThrow(NotFound);
});
