/** A study from its fixed plan to what may be said, through the sealed channel; and a file that is gone, whatever happened. */

import { beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { logContacts } from "./contacts";
import type { ActorCtx } from "./context";
import type { Role } from "./domain/access";
import { uuidv7 } from "./ids";
import { keepUploads, runSentStudies } from "./lab-run";
import { askUpload, startStudy, takePiece } from "./lab-uploads";
import { keepRegister } from "./register-keeping";
import { getStudy } from "./studies";
import { getStudyToSign, questionStudy, signStudy } from "./study-signing";
import { publishStudy, withdrawStudy } from "./study-steps";
import { testDatabase } from "./testing";
import { aClient, aContact, anEntry, arrangeTeam, type Team } from "./testing-casework";
import { arrangeDataSet } from "./testing-outcomes";
import { arrangeMember, arrangeOrganisation, contextFor } from "./testing-people";
import {
  arrangeFixedStudy,
  cohortFile,
  madePeople,
  madePlan,
  sendCohort,
  wholePlan,
} from "./testing-studies";
import { holdsKey } from "./upload-keys";

vi.mock("node:timers/promises", () => ({ setTimeout: async () => {} }));

const db = await testDatabase();
const COHORT = Array.from({ length: 150 }, (_, at) => at * 5);

let dataSetId: string;
let holderId: number;
let charity: number;
let manager: ActorCtx;
let officer: ActorCtx;
let holder: ActorCtx;

beforeAll(async () => {
  holderId = await arrangeOrganisation(db, "Wythershire Police");
  const { people, events } = madePeople(1_500);
  dataSetId = (await arrangeDataSet(db, holderId, people, events)).dataSetId ?? "";
  holder = contextFor(db, await arrangeMember(db, holderId, ["analyst"]));
});

beforeEach(async () => {
  charity = await arrangeOrganisation(db, `Wear Mentors ${uuidv7()}`);
  manager = contextFor(db, await arrangeMember(db, charity, ["manager"], { name: "Hilda Vance" }));
  officer = contextFor(db, await arrangeMember(db, charity, ["officer"], { name: "Tola Adeyemi" }));
});

const fixed = () => arrangeFixedStudy(manager, officer, madePlan(dataSetId));
const send = (studyId: string, file = cohortFile(COHORT)) => sendCohort(db, manager, studyId, file);
const run = (signal = new AbortController().signal) => runSentStudies({ stats: db.stats, signal });
const study = (id: string) => getStudy(manager, id);
const piecesLeft = async () => {
  const [row] = await db.administrator<
    { pieces: number }[]
  >`select count(*)::int as pieces from lab.upload_piece`;
  return row?.pieces;
};

test("a cohort that is sent gives numbers, and is gone with a receipt that says who sent and seconded it", async () => {
  const id = await fixed();
  const uploadId = await send(id);
  expect((await study(id)).state).toBe("running");
  await run();
  const { state, numbers, receipts, stage, refused, faultId } = await study(id);
  expect({ state, stage, refused, faultId }).toEqual({
    state: "ready",
    stage: null,
    refused: null,
    faultId: null,
  });
  expect(numbers?.attrition.sent).toBeGreaterThanOrEqual(140);
  expect(numbers?.effects[0]).toMatchObject({ outcome: "reoffended" });
  expect(receipts).toMatchObject([
    { uploadId, ended: "success", pieces: 1, sentByName: "Hilda Vance", secondedByName: "Tola Adeyemi" },
  ]);
  expect(receipts[0]?.sha256).toMatch(/^[0-9a-f]{64}$/);
  expect(await piecesLeft()).toBe(0);
  expect(holdsKey({ organisationId: charity, id: uploadId })).toBe(false);
});

test("a study goes from the organisation to the holder's analyst, and then onto the register", async () => {
  const id = await fixed();
  await send(id);
  await run();
  await expect(publishStudy(manager, id)).rejects.toThrow("moved on");
  const named = { organisationId: charity, id };
  expect((await getStudyToSign(holder, named)).numbers.effects).toHaveLength(1);
  await questionStudy(holder, { ...named, question: "Were the people of the pilot left out?" });
  expect(await study(id)).toMatchObject({
    state: "ready",
    question: "Were the people of the pilot left out?",
  });
  await expect(publishStudy(manager, id)).rejects.toThrow("moved on");
  await signStudy(holder, named);
  expect(await study(id)).toMatchObject({ state: "signed", question: null, questionedAt: null });
  await expect(questionStudy(holder, { ...named, question: "And later?" })).rejects.toThrow("signed already");
  await publishStudy(manager, id);
  expect((await study(id)).state).toBe("published");
  const stranger = contextFor(db, await arrangeMember(db, charity, ["analyst"]));
  await expect(getStudyToSign(stranger, named)).rejects.toThrow("not found");
  await expect(questionStudy(stranger, { ...named, question: "May I?" })).rejects.toThrow("not found");
});

test("of fewer than 60 people nothing is looked for, and the study waits for a whole file", async () => {
  const id = await fixed();
  await send(id, cohortFile(COHORT.slice(0, 59)));
  await run();
  const { state, sendAgain, refused, receipts } = await study(id);
  expect({ state, sendAgain }).toEqual({ state: "fixed", sendAgain: "refused" });
  expect(refused).toMatch(/fewer than 60/);
  expect(receipts).toMatchObject([{ ended: "refused" }]);
});

test("where fewer than 30 are left on a side, it is said that they are too few and nothing more", async () => {
  const id = await fixed();
  const strangers = Array.from(
    { length: 60 },
    (_, at) =>
      `Nobody,Elsewhere${"abcdefgh"[at % 8]}${"ijklmnop"[at >> 3]},1970-01-0${1 + (at % 9)},F,,2024-05-01`,
  );
  await send(id, cohortFile(COHORT.slice(0, 20), strangers));
  await run();
  const { state, numbers, receipts } = await study(id);
  expect({ state, numbers }).toEqual({ state: "too-few", numbers: null });
  expect(receipts).toMatchObject([{ ended: "success" }]);
});

const strangersOf = (count: number) =>
  Array.from({ length: count }, (_, at) => {
    const name = [...String(at)].map((digit) => "abcdefghij"[Number(digit)]).join("");
    return `Nobody,Elsewhere${name},1970-01-0${1 + (at % 9)},F,,2024-05-01`;
  });

test("whether one person more is found cannot be read off by asking whether there are enough", async () => {
  const answers: (string | undefined)[] = [];
  // 29, one more, and then plenty more, each time nine tenths the same file.
  for (const known of [29, 30, 60]) {
    const id = await fixed();
    await send(id, cohortFile(COHORT.slice(0, known), strangersOf(320)));
    await run();
    answers.push((await study(id)).state);
  }
  expect(answers).toEqual(["too-few", "too-few", "too-few"]);
});

test("how far a run is, from looking for people on, is not told", async () => {
  const id = await fixed();
  for (const stage of ["looking-for", "comparing", "outcomes", "destroying"]) {
    await db.administrator`update lab.study set state = 'running', stage = ${stage} where id = ${id}`;
    expect((await study(id)).stage).toBe("looking-for");
  }
});

describe("a file is destroyed", () => {
  test("when it is no cohort, with words that quote nothing of it", async () => {
    const id = await fixed();
    await send(id, new TextEncoder().encode("Zebedee Quill,1970-01-01\nnothing"));
    await run();
    const { refused, receipts } = await study(id);
    expect(refused).toMatch(/first line must name the columns/);
    expect(refused).not.toMatch(/Zebedee/);
    expect(receipts).toMatchObject([{ ended: "refused" }]);
    expect(await piecesLeft()).toBe(0);
  });

  test("when something breaks, under a number that the log has", async () => {
    const id = await fixed();
    await send(id);
    await db.administrator`alter table lab.data_set_block rename to data_set_block_away`;
    await run();
    await db.administrator`alter table lab.data_set_block_away rename to data_set_block`;
    const { state, sendAgain, faultId, receipts } = await study(id);
    expect({ state, sendAgain, faultId }).toEqual({
      state: "fixed",
      sendAgain: "fault",
      faultId: expect.any(String),
    });
    expect(receipts).toMatchObject([{ ended: "fault" }]);
    expect(await piecesLeft()).toBe(0);
  });

  test("when the study is withdrawn before it runs, and the study stays withdrawn", async () => {
    const id = await fixed();
    const uploadId = await send(id);
    expect(await withdrawStudy(manager, id)).toEqual({ staysOnRegister: false });
    await keepUploads({ stats: db.stats });
    await run();
    const { state, receipts } = await study(id);
    expect(state).toBe("withdrawn");
    expect(receipts).toMatchObject([{ ended: "withdrawn", uploadId }]);
    expect(await piecesLeft()).toBe(0);
    expect(holdsKey({ organisationId: charity, id: uploadId })).toBe(false);
  });

  test("when the study is withdrawn while it runs, which is no fault", async () => {
    const id = await fixed();
    await send(id);
    const running = run();
    await vi.waitFor(async () => expect((await study(id)).stage).toBe("looking-for"), {
      timeout: 10_000,
      interval: 5,
    });
    expect(await withdrawStudy(manager, id)).toEqual({ staysOnRegister: true });
    await running;
    const { state, sendAgain, numbers, receipts, isLookedFor } = await study(id);
    expect(isLookedFor).toBe(true);
    await keepRegister(db.stats);
    expect(await db.reader`select finding from published.study where study_id = ${id}`).toMatchObject([
      { finding: "withdrawn" },
    ]);
    expect({ state, sendAgain, numbers }).toEqual({ state: "withdrawn", sendAgain: null, numbers: null });
    // Where its last step was under way, it came to its end; nothing of that is kept.
    expect(["withdrawn", "success"]).toContain(receipts[0]?.ended);
    expect(await piecesLeft()).toBe(0);
  });

  test("when another life of the worker made its key, and the study asks for it again", async () => {
    const id = await fixed();
    const uploadId = await send(id);
    await db.administrator`update lab.upload set keeper = ${uuidv7()} where id = ${uploadId}`;
    await keepUploads({ stats: db.stats });
    const { state, sendAgain, receipts } = await study(id);
    expect({ state, sendAgain }).toEqual({ state: "fixed", sendAgain: "restart" });
    expect(receipts).toMatchObject([{ ended: "restart" }]);
    expect(await piecesLeft()).toBe(0);
  });

  test("when the worker is told to stop while it runs", async () => {
    const id = await fixed();
    await send(id);
    const stop = new AbortController();
    const running = run(stop.signal);
    stop.abort();
    await running;
    await run();
    const { state, receipts } = await study(id);
    // Told in time it ends the upload; told too late, the run was over.
    expect(["fixed", "ready"]).toContain(state);
    expect(receipts).toHaveLength(1);
    expect(await piecesLeft()).toBe(0);
  });

  test("when what arrived is nothing that a browser sealed for it", async () => {
    const id = await fixed();
    const uploadId = uuidv7();
    await askUpload(manager, { id, uploadId });
    await keepUploads({ stats: db.stats });
    await takePiece(manager, { uploadId, number: 0, isLast: true, bytes: Buffer.alloc(500, 7) });
    await run();
    const { state, sendAgain, refused, receipts } = await study(id);
    expect({ state, sendAgain }).toEqual({ state: "fixed", sendAgain: "refused" });
    expect(refused).toMatch(/not what was sent/);
    expect(receipts).toMatchObject([{ ended: "refused", bytes: 500 }]);
    expect(await piecesLeft()).toBe(0);
  });

  test("when its last piece never came", async () => {
    const id = await fixed();
    const uploadId = uuidv7();
    await askUpload(manager, { id, uploadId });
    await keepUploads({ stats: db.stats });
    await takePiece(manager, { uploadId, number: 0, isLast: false, bytes: Buffer.alloc(500, 7) });
    await db.administrator`update lab.upload set asked_at = now() - interval '61 minutes' where id = ${uploadId}`;
    await keepUploads({ stats: db.stats });
    expect((await study(id)).receipts).toMatchObject([{ ended: "expired", pieces: 1, bytes: 500 }]);
    expect(await piecesLeft()).toBe(0);
  });
});

test("every destruction is in the audit of the organisation, with the hash of what was destroyed", async () => {
  const id = await fixed();
  await send(id);
  await run();
  const [receipt] = (await study(id)).receipts;
  const entries = await db.administrator<{ detail: object }[]>`
    select detail from governance.audit_entry
    where organisation_id = ${charity} and action = 'study.destroy' and subjects @> ${db.administrator.json([{ id }])}`;
  expect(entries).toMatchObject([{ detail: { ended: "success", sha256: receipt?.sha256 } }]);
});

test("a fifth run in a month is refused before a file is sent", async () => {
  const id = await fixed();
  for (let n = 0; n < 4; n++) {
    const other = await fixed();
    await db.administrator`update lab.study set ran_at = now() - interval '3 days' where id = ${other}`;
  }
  await expect(askUpload(manager, { id, uploadId: uuidv7() })).rejects.toThrow("which is the limit");
});

test("a fifth run in a month is not done either where its file was sent before the others had run", async () => {
  const id = await fixed();
  await send(id);
  for (let n = 0; n < 4; n++) {
    const other = await fixed();
    await db.administrator`update lab.study set ran_at = now() - interval '3 days' where id = ${other}`;
  }
  await run();
  const { state, refused, receipts } = await study(id);
  expect({ state, refused }).toEqual({
    state: "fixed",
    refused: expect.stringMatching(/which is the limit/),
  });
  expect(receipts).toMatchObject([{ ended: "refused" }]);
});

test("nearly the same people sent again, with one more and with strangers put in, get what was said before", async () => {
  const first = await fixed();
  await send(first);
  await run();
  const second = await fixed();
  const junk = Array.from(
    { length: 60 },
    (_, at) =>
      `Made,Upperson${"abcdefgh"[at % 8]}${"ijklmnop"[at >> 3]},1971-02-0${1 + (at % 9)},F,,2024-05-01`,
  );
  await send(second, cohortFile([...COHORT, 1], junk));
  await run();
  const [one, two] = [await study(first), await study(second)];
  expect(two.state).toBe("ready");
  expect(two.numbers?.again).toBe(true);
  expect(two.numbers?.effects).toEqual(one.numbers?.effects);
  expect(two.numbers?.attrition).toEqual(one.numbers?.attrition);
});

test("nearly the same people are told of each outcome what was said of it first, whatever was asked in between", async () => {
  const others = [...COHORT, ...Array.from({ length: 9 }, (_, at) => at * 5 + 1)];
  const results = [];
  for (const [outcomes, people] of [
    [["reoffended"], COHORT],
    [["frequency"], COHORT],
    [["reoffended", "frequency"], others],
  ] as const) {
    const id = await arrangeFixedStudy(manager, officer, { ...madePlan(dataSetId), outcomes: [...outcomes] });
    await send(id, cohortFile(people));
    await run();
    results.push((await study(id)).numbers?.effects.map((effect) => ({ ...effect, corrected: null })));
  }
  const [first, second, third] = results;
  expect(third).toEqual([first?.[0], second?.[0]]);
});

describe("a study in these records themselves", () => {
  const day = (at: number, ofMonth = 10) => `2024-${String(1 + (at % 12)).padStart(2, "0")}-${ofMonth}`;
  /** So many people of a team, each with a need on a day; every third brings it again two months later. */
  const meet = async (team: Team, count: number) => {
    const contacts = Array.from({ length: count }, (_, at) => {
      const clientId = uuidv7();
      const on = (occurredOn: string) =>
        aContact(team, {
          ...{ clientId, occurredOn, lateReason: "Found on paper", newClient: aClient() },
          entries: [
            anEntry({ need: "HOU-04", status: "new", severity: at % 2 ? "low" : "high", issueId: uuidv7() }),
          ],
        });
      return at % 3 ? [on(day(at))] : [on(day(at)), on(day(at, 28))];
    }).flat();
    for (let from = 0; from < contacts.length; from += 50) {
      const answers = await logContacts(team.ctx, contacts.slice(from, from + 50));
      expect(answers.filter(({ outcome }) => outcome !== "stored")).toEqual([]);
    }
  };

  test("needs no file, gives numbers, and is signed by an analyst who neither asked nor seconded", async () => {
    const mentors = await arrangeTeam(db, `Mentors ${uuidv7()}`, ["caseworker", "manager"]);
    const advice = await arrangeTeam(db, `Advice ${uuidv7()}`);
    await meet(mentors, 80);
    await meet(advice, 160);
    const member = async (...roles: Role[]) =>
      contextFor(db, await arrangeMember(db, mentors.organisationId, roles));
    const [asker, second] = [await member("manager", "analyst"), await member("officer")];
    const plan = wholePlan({ serviceId: mentors.serviceId, covariates: ["severity", "contacts_before"] });
    const id = await arrangeFixedStudy(asker, second, plan);
    expect((await getStudy(asker, id)).needsFile).toBe(false);
    await expect(askUpload(asker, { id, uploadId: uuidv7() })).rejects.toThrow("no file is sent");
    await startStudy(asker, id);
    await run();
    const { state, numbers, receipts, refused, faultId } = await getStudy(asker, id);
    expect({ state, refused, faultId, receipts }).toEqual({
      state: "ready",
      refused: null,
      faultId: null,
      receipts: [],
    });
    expect(numbers?.attrition.sent).toBeGreaterThanOrEqual(70);
    const named = { organisationId: mentors.organisationId, id };
    await expect(signStudy(asker, named)).rejects.toThrow("Somebody else has to sign");
    await signStudy(await member("analyst"), named);
    await publishStudy(asker, id);
    await keepRegister(db.stats);
    const [line] = await db.reader`select data_set_name, finding from published.study where study_id = ${id}`;
    expect(line).toMatchObject({ dataSetName: "These records" });
  });

  test("of a file's data set is not started without one", async () => {
    const id = await fixed();
    await expect(startStudy(manager, id)).rejects.toThrow("a file is sent");
  });
});

test("a fixed plan cannot be changed, not even by a statement that forgets it", async () => {
  const id = await fixed();
  for (const change of [
    "plan = '{}'",
    "canonical = 'x'",
    "plan_hash = 'x'",
    "state = 'draft'",
    "seconded_by = null",
  ]) {
    await expect(
      db.administrator.unsafe(`update lab.study set ${change} where id = '${id}'`),
    ).rejects.toThrow("a fixed plan cannot be changed");
  }
});
