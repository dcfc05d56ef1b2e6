/**
 * Nothing that is sent for a study is left anywhere: people like nobody else are sent to the worker as it runs, which
 * succeeds, is killed in the middle and starts again, while others of their files are withdrawn and break; then every place
 * is searched. The long form, with a kill at each stage, is `npm run prove -- lab-canaries`.
 */

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { holdKeys, type KeyRing } from "./keys";
import { getStudy } from "./studies";
import { withdrawStudy } from "./study-steps";
import { testDatabase } from "./testing";
import {
  arrangeCanaryLab,
  type CanaryLab,
  CONTROL,
  canariesIn,
  canaryFile,
  canaryHeaderless,
  canaryRubbish,
  LabWorker,
  searchFor,
  serverPlaces,
  until,
  untilStudy,
} from "./testing-canaries";
import { sendSealed } from "./testing-studies";

const db = await testDatabase();
const ring: KeyRing = { current: "1", secrets: { "1": Buffer.alloc(32, 7) } };
const worker = new LabWorker(db, ring);
let lab: CanaryLab;
let firstChange: string;

beforeAll(async () => {
  holdKeys(ring);
  firstChange = await changesFile();
  lab = await arrangeCanaryLab(db);
  worker.start();
});
afterAll(() => worker.leave());

async function changesFile(): Promise<string> {
  const [row] = await db.administrator<
    { name: string }[]
  >`select pg_walfile_name(pg_current_wal_lsn()) as name`;
  return row?.name ?? "";
}

const send = (id: string, file = canaryFile()) => sendSealed(lab.manager, id, file);

test("a cohort is sent and comes to a result", async () => {
  const id = await lab.fixed();
  await send(id);
  await untilStudy(lab.manager, id, "ready");
  const { numbers } = await getStudy(lab.manager, id);
  expect(numbers?.attrition.sent).toBeGreaterThanOrEqual(100);
});

test("one that is withdrawn while it runs and those that cannot be read come to none", async () => {
  const withdrawn = await lab.fixed();
  await send(withdrawn);
  await until(async () => (await getStudy(lab.manager, withdrawn)).stage !== null, "the run has begun");
  await withdrawStudy(lab.manager, withdrawn);
  await untilStudy(lab.manager, withdrawn, "withdrawn");
  for (const file of [canaryRubbish(), canaryHeaderless()]) {
    const unreadable = await lab.fixed();
    await send(unreadable, file);
    await untilStudy(lab.manager, unreadable, "fixed");
    const { refused } = await getStudy(lab.manager, unreadable);
    expect(canariesIn(Buffer.from(refused ?? "Zaphqwert"))).toEqual([]);
  }
});

test("killed in the middle and started again, the worker asks for the file again", async () => {
  const id = await lab.fixed();
  await send(id);
  await until(async () => (await getStudy(lab.manager, id)).stage === "looking-for", "people are looked for");
  await worker.end("SIGKILL");
  worker.start();
  await untilStudy(lab.manager, id, "fixed");
  expect(await getStudy(lab.manager, id)).toMatchObject({
    sendAgain: "restart",
    receipts: [{ ended: "restart" }],
  });
});

test("afterwards nothing of them is in files, changes, temporary files, logs or a dump", {
  timeout: 240_000,
}, async () => {
  await worker.end("SIGTERM");
  const places = await serverPlaces(db.administrator);
  const lastChange = await changesFile();
  const changes = readdirSync(places.changes).filter((name) => name >= firstChange && name <= lastChange);
  const searched = {
    paths: [places.database, places.log, worker.places, ...changes.map((name) => join(places.changes, name))],
    texts: { "the log of the worker": worker.log },
  };
  expect(worker.log).toContain("worker ready");
  expect(changes.length).toBeGreaterThan(0);
  const { hits, files, rows } = await searchFor(db.administrator, searched);
  expect(hits).toEqual([]);
  expect(files).toBeGreaterThan(300);
  expect(rows).toBeGreaterThan(100);

  await db.administrator`comment on schema lab is ${db.administrator.unsafe(`'${CONTROL}'`)}`;
  const control = await searchFor(db.administrator, searched, [CONTROL]);
  expect(control.hits.some((hit) => hit.includes("/base/"))).toBe(true);
});

test("the search knows a canary in each of its writings", () => {
  for (const writing of [
    "Zaphqwert",
    Buffer.from("a Lanternfish").toString("base64"),
    Buffer.from("quuxmail").toString("hex"),
  ]) {
    expect(canariesIn(Buffer.from(`… ${writing} …`)), writing).toHaveLength(1);
  }
  expect(canariesIn(Buffer.from("Zaphqwert", "utf16le"))).toHaveLength(1);
});
