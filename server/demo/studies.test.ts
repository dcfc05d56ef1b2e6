/**
 * The made studies on a real database, by the steps that people take: two reach the register, and the mentors' cohort,
 * sent as a visitor of the demo sends it, says what was made true.
 */

import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { setClock } from "../clock";
import { type ActorCtx, makeContext } from "../context";
import { listRegister } from "../register";
import { getStudy, listStudies } from "../studies";
import { approveStudy, askForStudy } from "../study-steps";
import { type TestDatabase, testDatabase } from "../testing";
import { COHORT_FILE } from "./cohort-file";
import { makeCounty } from "./county";
import { addOrganisations } from "./load";
import { CHARITY } from "./organisations";
import { actorOf, addStudies, sendCohort } from "./studies";

const SEED = "wythershire";
const TODAY = "2027-01-26";
const dataDir = mkdtempSync(join(tmpdir(), "common-need-studies-"));
let db: TestDatabase;
let manager: ActorCtx;
let officer: ActorCtx;

beforeAll(async () => {
  db = await testDatabase();
  mkdirSync(join(dataDir, "demo"));
  const ctx = makeContext(db, null);
  await addOrganisations(ctx);
  await addStudies(ctx, {
    ...{ seed: SEED, size: "full", county: makeCounty(SEED), today: TODAY, dataDir, stats: db.stats },
    setClock: (instant) => setClock(db.owner, instant),
  });
  await setClock(db.owner, `${TODAY}T09:00:00Z`);
  manager = await actorOf(ctx, CHARITY.name, "manager");
  officer = await actorOf(ctx, CHARITY.name, "officer");
});

afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

test("the register has a study with a difference and one that is not clear", async () => {
  const { lines } = await listRegister(db.reader, { page: 1 });
  expect(lines.map(({ organisation, finding }) => [organisation, finding])).toEqual([
    ["Wythershire Advice", "fewer"],
    ["Wytherwork", "not-clear"],
  ]);
});

test("what was fixed, destroyed and signed was so before it was published, by the county's own clock", async () => {
  const rows = await db.stats<{ times: Date[] }[]>`
    select array[s.asked_at, s.fixed_at, r.destroyed_at, s.ready_at, s.signed_at, s.published_at] as times
    from lab.study as s join lab.receipt as r on r.subject_id = s.id`;
  expect(rows).toHaveLength(2);
  for (const { times } of rows) {
    expect(times).toEqual([...times].sort((one, other) => one.getTime() - other.getTime()));
    expect(times.every((time) => time.toISOString() < `${TODAY}T09:00`)).toBe(true);
  }
});

test("the mentors' study is whole, and says of the file of 212 that 12 of 100 fewer reoffend, about", async () => {
  const [line] = await listStudies(manager);
  if (!line) throw new Error("The charity has no study");
  const drafted = await getStudy(manager, line.id);
  expect(drafted.faults.filter(({ stops }) => stops)).toEqual([]);
  await askForStudy(manager, line.id);
  await approveStudy(officer, { id: line.id, version: drafted.version });
  await sendCohort(manager, db.stats, line.id, readFileSync(join(dataDir, "demo", COHORT_FILE)));
  const done = await getStudy(manager, line.id);
  expect(done.state).toBe("ready");
  expect(done.receipts.map(({ ended }) => ended)).toEqual(["success"]);
  const [headline] = done.numbers?.effects ?? [];
  expect(headline?.verdict).toBe("fewer");
  expect(headline?.low).toBeLessThan(-12);
});
