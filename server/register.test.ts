/**
 * The open register: every study that came to its end stands there once, by its day, with the files of its report; one
 * that is withdrawn stays and says so; and the public login reads figures and nothing else.
 */

import { createHash, randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { Chance } from "./demo/random";
import { filesOf } from "./documents/files";
import { NotFound } from "./domain/errors";
import { isOverdue } from "./domain/lab/register";
import type { ReportNumbers } from "./domain/lab/report-numbers";
import { makeStudyPaper } from "./domain/lab/report-paper";
import { NOT_COMPARABLE } from "./domain/lab/report-words";
import { madeFacts, madeNumbers, TEST_CODEBOOK, TEST_PLAN } from "./domain/lab/testing-report";
import { getRegisterStudy, listRegister, readRegisterFile, summariseRegister } from "./register";
import { keepRegister } from "./register-keeping";
import { testDatabase } from "./testing";
import { arrangeMember, arrangeOrganisation } from "./testing-people";

const db = await testDatabase();
const DATA_SET = randomUUID();
const clear = madeNumbers(new Chance("clear"), { people: 400, rate: 0.5, difference: -0.2, band: "green" });
let charity: number;
let police: number;
let planner: string;

beforeAll(async () => {
  police = await arrangeOrganisation(db, "Wythershire Police");
  charity = await arrangeOrganisation(db, "Wear Mentors");
  ({ memberId: planner } = await arrangeMember(db, charity, ["manager"]));
  await db.administrator`
    insert into lab.data_set (organisation_id, id, name, codebook, codebook_hash, people, index_records, events)
    values (${police}, ${DATA_SET}, ${TEST_CODEBOOK.name}, ${db.administrator.json(TEST_CODEBOOK)}, ${"c".repeat(64)},
            3000, 3000, 5000)`;
});

let studies = 0;

/** A study in a state, as the lab leaves it. */
async function arrangeStudy(state: string, numbers: ReportNumbers | null): Promise<string> {
  const id = randomUUID();
  studies += 1;
  await db.administrator`
    insert into lab.study
      (organisation_id, id, number, state, plan, made_by, plan_hash, fixed_at, numbers, ran_at, counted_on, software,
       ready_at, published_at, withdrawn_at, holder_organisation_id)
    values (${charity}, ${id}, ${studies}, ${state},
            ${db.administrator.json({ ...TEST_PLAN, dataSetId: DATA_SET })}, ${planner}, ${"a".repeat(64)}, now(),
            ${numbers && JSON.stringify(numbers)}::text::jsonb, now(), '2026-03-06', '1.0.0',
            case when ${numbers !== null} then now() end, case when ${state} = 'published' then now() end,
            case when ${state} = 'withdrawn' then now() end, ${police})`;
  return id;
}

test("a study that was withdrawn before anybody was looked for is not on it", async () => {
  const id = await arrangeStudy("withdrawn", null);
  await db.administrator`update lab.study set ran_at = null where id = ${id}`;
  expect(await keepRegister(db.stats)).toEqual([]);
  expect(await summariseRegister(db.reader)).toMatchObject({ studies: 0, sent: 0 });
});

test("a published study stands there once, with figures, its plan's mark and files whose hashes hold", async () => {
  await arrangeStudy("published", clear);
  expect(await keepRegister(db.stats)).toEqual([1]);
  expect(await keepRegister(db.stats)).toEqual([]);

  const study = await getRegisterStudy(db.reader, 1);
  expect(study).toMatchObject({
    organisation: "Wear Mentors",
    intervention: "had a Wear mentor",
    finding: "fewer",
  });
  expect(study.record?.numbers).toEqual(clear);
  expect(study.record?.facts).toMatchObject({ number: 1, planHash: "a".repeat(64) });
  expect(study.files.map(({ name }) => name)).toEqual(
    expect.arrayContaining(["report.html", "report.pdf", "report.csv", "csv-metadata.json", "result.svg"]),
  );
  const seals = new Map<string, string>();
  for (const { name, sha256, size } of study.files) {
    const { bytes } = await readRegisterFile(db.reader, 1, name);
    expect(createHash("sha256").update(bytes).digest("hex")).toBe(sha256);
    expect(bytes.length).toBe(size);
    seals.set(name, sha256);
  }
  const page = (await readRegisterFile(db.reader, 1, "report.html")).bytes.toString("utf8");
  expect(page).toContain(NOT_COMPARABLE);
  expect(page).toContain("Study 1 on the register");
  const [entry] = await db.administrator<{ detail: Record<string, unknown> }[]>`
    select detail from governance.audit_entry where action = 'register.add'`;
  expect(entry?.detail).toMatchObject({ number: 1, finding: "fewer", ...Object.fromEntries(seals) });
});

test("too few people, an unclear result and a withdrawn one stand beside it, by day and never by result", async () => {
  await arrangeStudy("too-few", null);
  await arrangeStudy(
    "published",
    madeNumbers(new Chance("un"), { people: 90, rate: 0.4, difference: 0, band: "green" }),
  );
  await arrangeStudy("withdrawn", clear);
  expect(await keepRegister(db.stats)).toEqual([2, 3, 4]);
  const { lines, pages } = await listRegister(db.reader, { page: 1 });
  expect(lines.map(({ number }) => number)).toEqual([4, 3, 2, 1]);
  expect(pages).toBe(1);
  const byNumber = new Map(lines.map((line) => [line.number, line]));
  expect(byNumber.get(2)).toMatchObject({ finding: "too-few", sent: null, compared: null });
  expect(byNumber.get(4)).toMatchObject({ finding: "withdrawn", sent: null, compared: null });
  const summary = await summariseRegister(db.reader);
  expect(summary.studies).toBe(4);
  expect(summary.findings).toMatchObject({ fewer: 1, "not-clear": 1, "too-few": 1, withdrawn: 1 });
  expect(summary.sent % 5).toBe(0);
});

test("a study that is withdrawn later stays as a line that says so, without its numbers and files", async () => {
  await db.administrator`update lab.study set state = 'withdrawn', withdrawn_at = now() where state = 'published' and number = 2`;
  expect(await keepRegister(db.stats)).toEqual([1]);
  expect(await getRegisterStudy(db.reader, 1)).toMatchObject({
    finding: "withdrawn",
    record: null,
    files: [],
  });
  await expect(readRegisterFile(db.reader, 1, "report.pdf")).rejects.toThrow(NotFound);
  await expect(getRegisterStudy(db.reader, 99)).rejects.toThrow(NotFound);
});

test("a result that is not put there has a line from its first day, which is the study's own once it is", async () => {
  const [ready, signed] = [await arrangeStudy("ready", clear), await arrangeStudy("signed", clear)];
  await db.administrator`
    update lab.study set ready_at = '2026-03-07T10:00:00Z' where id in ${db.administrator([ready, signed])}`;
  const lines = await keepRegister(db.stats);
  expect(lines).toHaveLength(2);
  expect(await keepRegister(db.stats)).toEqual([]);
  const [waits] = await db.reader<{ number: number }[]>`
    select number from published.study where study_id = ${signed}`;
  const line = await getRegisterStudy(db.reader, waits?.number ?? 0);
  expect(line).toMatchObject({ finding: "waiting", publishedOn: "2026-03-07", record: null, files: [] });
  expect([isOverdue(line, "2026-04-06"), isOverdue(line, "2026-04-07")]).toEqual([false, true]);
  expect(await summariseRegister(db.reader)).toMatchObject({ findings: { waiting: 2 } });

  await db.administrator`
    update lab.study set state = 'published', published_at = now() where id = ${signed}`;
  expect(await keepRegister(db.stats)).toEqual([line.number]);
  const put = await getRegisterStudy(db.reader, line.number);
  expect(put).toMatchObject({ finding: "fewer", record: { facts: { number: line.number } } });
  expect(put.publishedOn > line.publishedOn && put.files.length > 6).toBe(true);
  expect(isOverdue(put, "2030-01-01")).toBe(false);
});

test("a study that is withdrawn after its people were looked for has a line, though it had no result", async () => {
  await arrangeStudy("withdrawn", null);
  const [number = 0] = await keepRegister(db.stats);
  expect(await getRegisterStudy(db.reader, number)).toMatchObject({ finding: "withdrawn", record: null });
});

test("the public login sees the register and nothing of the lab, and no login takes a line away", async () => {
  await expect(db.reader`select from lab.study`).rejects.toThrow(/permission denied/);
  await expect(db.reader`update published.study set finding = 'fewer'`).rejects.toThrow(/permission denied/);
  await expect(db.stats`delete from published.study`).rejects.toThrow(/permission denied/);
  await expect(db.stats`update published.study set number = 7`).rejects.toThrow(/permission denied/);
});

test("the same report gives the same bytes, of every kind", async () => {
  const facts = madeFacts(new Chance("facts"));
  for (const band of ["green", "red"] as const) {
    const numbers = madeNumbers(new Chance("bytes"), { people: 300, rate: 0.4, band });
    const [one, other] = [
      await filesOf(makeStudyPaper(facts, numbers, null)),
      await filesOf(makeStudyPaper(facts, numbers, null)),
    ];
    expect(one.length).toBeGreaterThan(6);
    expect(one.map(({ name, bytes }) => [name, Buffer.from(bytes).toString("base64")])).toEqual(
      other.map(({ name, bytes }) => [name, Buffer.from(bytes).toString("base64")]),
    );
  }
});
