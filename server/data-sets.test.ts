/** Outcome data: held only with an administrator's word, loaded whole or not at all, read about by all and read by nobody. */

import { beforeAll, expect, test } from "vitest";
import { type ActorCtx, makeContext } from "./context";
import {
  getDataSet,
  getHolding,
  letHold,
  letHoldAsOperator,
  listDataSets,
  withdrawDataSet,
} from "./data-sets";
import { Conflict, Invalid, NotAllowed, NotFound } from "./domain/errors";
import { CASEWORK_DATA_SET_ID } from "./domain/lab/casework-set";
import { EMPTY_PLAN } from "./domain/lab/studies";
import { uuidv7 } from "./ids";
import { importOutcomes } from "./importers/outcomes";
import { keysFor } from "./keys";
import { askUpload } from "./lab-uploads";
import { testDatabase } from "./testing";
import { arrangeDataSet, CODEBOOK, outcomeFiles } from "./testing-outcomes";
import { arrangeMember, arrangeOrganisation, contextFor } from "./testing-people";

const db = await testDatabase();
const PEOPLE = [
  "P1,Quillon,Ravensworth,1980-02-03,M,SR1 3AA,2024-01-10,43,theft,North",
  "P1,Quillon,Ravensworth,1980-02-03,M,SR1 3AA,2024-09-01,44,assault,North",
  "P2,Ottoline,Farthingale,1991-07-21,F,SR2 8BB,2024-03-05,32,theft,South",
];
const EVENTS = ["P1,2024-05-02,proven", "P2,2023-01-01,proven", "P2,2024-12-24,serious"];

let police: number;
let holder: ActorCtx;
let outsider: ActorCtx;
let administrator: ActorCtx;

beforeAll(async () => {
  police = await arrangeOrganisation(db, "Wythershire Police");
  holder = contextFor(db, await arrangeMember(db, police, ["analyst"]));
  const charity = await arrangeOrganisation(db, "Wear Mentors");
  outsider = contextFor(db, await arrangeMember(db, charity, ["manager", "analyst"]));
  administrator = contextFor(db, await arrangeMember(db, charity, ["administrator"]));
});

const load = (people = PEOPLE, events = EVENTS, codebook: object = CODEBOOK) =>
  importOutcomes(db.stats, outcomeFiles(people, events, codebook), {
    organisationId: police,
    memberId: null,
  });

test("nobody holds outcome data without an administrator's word", async () => {
  await expect(load()).rejects.toThrow(NotAllowed);
  await expect(letHold(holder, { organisationId: police, holds: true })).rejects.toThrow(NotAllowed);
  await letHold(administrator, { organisationId: police, holds: true });
  expect(await getHolding(holder)).toEqual({ holds: true, mayLoad: true });
  expect(await getHolding(outsider)).toEqual({ holds: false, mayLoad: false });
});

test("nor by saying so in the database", async () => {
  await expect(
    db.app.begin(async (tx) => {
      await tx`select set_config('app.organisation_id', ${String(police)}, true)`;
      await tx`select lab.let_hold(${police}, true)`;
    }),
  ).rejects.toThrow(/Only an administrator/);
  await expect(db.app`insert into lab.data_holder (organisation_id) values (${police})`).rejects.toThrow();
});

test("an operator's command can say so as well, and take it back", async () => {
  const ctx = makeContext({ app: db.app, reader: db.reader }, null);
  await letHoldAsOperator(ctx, { organisationId: police, holds: false });
  expect(await getHolding(holder)).toMatchObject({ holds: false });
  await letHoldAsOperator(ctx, { organisationId: police, holds: true });
  await expect(letHoldAsOperator(ctx, { organisationId: 9_999, holds: true })).rejects.toThrow(NotFound);
});

test("every bad row is told by line, column, reason and remedy, and nothing is kept", async () => {
  const report = await load([
    ...PEOPLE,
    "P1,Quillon,Ravensworth,1980-02-03,M,SR1 3AA,2024-01-10,43,theft,North",
    ",Nameless,Numberless,1980-02-03,M,,2024-01-10,43,theft,North",
    "P4,,,1980-02-03,M,,2024-01-10,43,theft,North",
    "P5,Ann,Other,31/31/1980,F,,2022-01-10,43,theft,North",
    "P6,Ann,Other,tomorrow,F,,2024-01-10,43,theft,North",
    "P7,Ann,Other,1980-12-31,F,,2024-01-10,four,theft,North",
    "P8,Ann,Other,1980-12-31,F,,2024-01-10,43,arson,North",
    "P9,Ann,Other,1980-12-31,F,,2024-01-10,9,theft,North",
    "P10,Ann,Other,1980-12-31,F,,soon,43,theft,North",
    "P11,Ann,Other,1980-12-31,F,,2022-12-31,43,theft,North",
    "P12,Ann",
  ]);
  expect(report.refused).toBe(true);
  expect(report.dataSetId).toBeNull();
  expect(report.files[0].faults.map(({ line, column, reason }) => [line, column, reason])).toEqual([
    [5, "index_date", "the same person and index date twice"],
    [6, "record_id", "no record_id"],
    [7, "last_name", "neither a name nor an identifier"],
    [8, "date_of_birth", "a day that is in no calendar"],
    [8, "index_date", "an index date outside the codebook"],
    [9, "date_of_birth", "no date of birth"],
    [10, "age", "no number"],
    [11, "offence", "a value that the codebook does not list"],
    [12, "age", "a number outside the codebook's bounds"],
    [13, "index_date", "no index date"],
    [14, "index_date", "an index date outside the codebook"],
    [15, "", "wrong number of columns"],
  ]);
  for (const { remedy } of report.files[0].faults) expect(remedy).toMatch(/\w+.*\.$/);
  expect(JSON.stringify(report)).not.toContain("Quillon");
  const [kept] = await db.administrator`select 1 from lab.data_set`;
  expect(kept).toBeUndefined();
});

test("so are events of nobody, of no kind and after the last complete day", async () => {
  const report = await load(PEOPLE, [
    "P3,2024-05-02,proven",
    "P1,2024-05-02,parole",
    "P1,2026-07-01,proven",
    "P1,,proven",
  ]);
  expect(report.files[1].byReason).toEqual({
    "nobody of this number in people.csv": 1,
    "a kind that is not in the codebook": 1,
    "after the last complete day": 1,
    "no date": 1,
  });
  expect(report.refused).toBe(true);
});

test("a codebook that contradicts itself is refused, each place by itself", async () => {
  const codebook = {
    ...CODEBOOK,
    to: "2022-12-31",
    covariates: [...CODEBOOK.covariates, { name: "last_name", label: "Name", type: "category" }],
    outcomes: [
      { ...CODEBOOK.outcomes[0], kinds: ["arson"] },
      { ...CODEBOOK.outcomes[3], kinds: ["recall"] },
    ],
  };
  const error = await load(PEOPLE, EVENTS, codebook).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(Invalid);
  expect(error instanceof Invalid && Object.keys(error.fields).sort()).toEqual([
    "covariates.3.name",
    "outcomes.0.kinds",
    "outcomes.1.kinds",
    "to",
  ]);
  await expect(load(PEOPLE, EVENTS, { ...CODEBOOK, covariates: [] })).rejects.toThrow(Invalid);
});

test("a trial keeps nothing", async () => {
  const report = await importOutcomes(db.stats, outcomeFiles(PEOPLE, EVENTS), {
    ...{ organisationId: police, memberId: null, dryRun: true },
  });
  expect(report).toMatchObject({ dataSetId: null, refused: false, people: 2 });
  expect(await db.administrator`select 1 from lab.data_set`).toHaveLength(0);
});

test("loaded again, in whatever order, the same files add nothing", async () => {
  const first = await load();
  expect(first).toMatchObject({ people: 2, eventsKept: 2, refused: false });
  expect(first.files.map(({ loaded }) => loaded)).toEqual([3, 3]);
  const again = await load([...PEOPLE].reverse(), [...EVENTS].reverse());
  expect(again.files.map(({ loaded, unchanged }) => [loaded, unchanged])).toEqual([
    [0, 3],
    [0, 3],
  ]);
  expect(again.dataSetId).toBe(first.dataSetId);
  await expect(load(PEOPLE.slice(1))).rejects.toThrow(Conflict);
});

test("columns that the codebook does not name are told of and not kept", async () => {
  const files = outcomeFiles([], [], { ...CODEBOOK, name: "Another extract" });
  const report = await importOutcomes(
    db.stats,
    {
      ...files,
      people: (async function* bytes() {
        yield new TextEncoder().encode(
          "record_id,first_name,last_name,date_of_birth,index_date,age,offence,district,Notes\nP1,A,B,1980-01-02,2024-02-02,40,theft,North,Secret",
        );
      })(),
    },
    { organisationId: police, memberId: null, dryRun: true },
  );
  expect(report.columnsLeftOut).toEqual(["Notes"]);
});

test("no name, no number and no event lies in the clear anywhere", async () => {
  const rows = await db.administrator<{ row: string }[]>`
    select row_to_json(b)::text || row_to_json(d)::text as row
    from lab.data_set_block as b join lab.data_set as d on d.id = b.data_set_id`;
  expect(rows).toHaveLength(1);
  const text = JSON.stringify(rows);
  for (const canary of ["Quillon", "Ravensworth", "1980-02-03", "2024-12-24", "SR1 3AA"]) {
    expect(text).not.toContain(canary);
    expect(text).not.toContain(Buffer.from(canary).toString("hex"));
  }
});

test("the web process has neither the key nor the right to read a block", async () => {
  expect(keysFor("web")).not.toContain("outcomes");
  expect(keysFor("worker")).toContain("outcomes");
  await expect(db.app`select identities from lab.data_set_block`).rejects.toThrow(/permission denied/);
  await expect(db.reader`select * from lab.data_set`).rejects.toThrow(/permission denied/);
});

test("every organisation reads what a data set is about, in round numbers", async () => {
  const [ours, records] = await listDataSets(holder);
  expect(ours).toMatchObject({ name: CODEBOOK.name, isOurs: true, people: "fewer than 100 people" });
  expect(records).toMatchObject({ id: CASEWORK_DATA_SET_ID, isOffered: true });
  const [theirs] = await listDataSets(outsider);
  expect(theirs).toMatchObject({ holderName: "Wythershire Police", isOurs: false, isOffered: true });
  const view = await getDataSet(outsider, theirs?.id ?? "");
  expect(view.codebook.notSuitedFor).toEqual(CODEBOOK.notSuitedFor);
  expect(view.mayWithdraw).toBe(false);
});

test("what may not be held any more is not offered to others", async () => {
  await letHold(administrator, { organisationId: police, holds: false });
  expect((await listDataSets(outsider)).map(({ id }) => id)).toEqual([CASEWORK_DATA_SET_ID]);
  expect((await listDataSets(holder))[0]).toMatchObject({ isOurs: true, isOffered: false });
  await letHold(administrator, { organisationId: police, holds: true });
});

test("its holder takes a data set back, and everybody in it is deleted", async () => {
  const [line] = await listDataSets(holder);
  const id = line?.id ?? "";
  await expect(withdrawDataSet(outsider, id)).rejects.toThrow(NotFound);
  await withdrawDataSet(holder, id);
  expect(await db.administrator`select 1 from lab.data_set_block`).toHaveLength(0);
  expect((await listDataSets(outsider)).map((set) => set.id)).toEqual([CASEWORK_DATA_SET_ID]);
  expect((await getDataSet(outsider, id)).withdrawnAt).toBeInstanceOf(Date);
  await expect(withdrawDataSet(holder, id)).rejects.toThrow(Conflict);
  const again = await arrangeDataSet(db, police, PEOPLE, EVENTS);
  expect(again.files[0].loaded).toBe(3);
});

test("a study that was planned in it and not run yet is told so before any name is sent", async () => {
  const id = uuidv7();
  const [withdrawn] = await db.administrator<{ id: string }[]>`
    select id from lab.data_set where withdrawn_at is not null`;
  const plan = { ...EMPTY_PLAN, dataSetId: withdrawn?.id ?? "" };
  await db.administrator`
    insert into lab.study (organisation_id, id, number, state, plan, made_by)
    values (${outsider.actor.organisationId}, ${id}, 1, 'fixed', ${db.administrator.json(plan)}, ${outsider.actor.memberId})`;
  await expect(askUpload(outsider, { id, uploadId: uuidv7() })).rejects.toThrow(/was withdrawn/);
});

test("who allowed, loaded and took back is in the audit", async () => {
  const entries = await db.administrator<{ action: string }[]>`
    select distinct action from governance.audit_entry where action like 'data-set.%' order by action`;
  expect(entries.map(({ action }) => action)).toEqual([
    "data-set.allow",
    "data-set.disallow",
    "data-set.load",
    "data-set.withdraw",
  ]);
});
