/** A study from its first line to a fixed plan: drafts, the second person, what the organisation's own records say. */

import { beforeAll, describe, expect, test, vi } from "vitest";
import { addClient } from "./clients";
import { logContacts } from "./contacts";
import type { ActorCtx } from "./context";
import { canonicalJson } from "./domain/canonical-json";
import { addClientSchema } from "./domain/client";
import { Invalid, NotFound } from "./domain/errors";
import { EMPTY_PLAN, planAgain } from "./domain/lab/studies";
import type { StudyPlan, StudyState } from "./domain/lab/study";
import { uuidv7 } from "./ids";
import { askUpload } from "./lab-uploads";
import { sha256Of } from "./sha256";
import { beginStudy, checkReadiness, getStudy, listStudies, saveStudy } from "./studies";
import {
  approveStudy,
  askForStudy,
  publishStudy,
  returnStudy,
  takeBackStudy,
  withdrawStudy,
} from "./study-steps";
import { testDatabase } from "./testing";
import { aContact, arrangeTeam, type Team } from "./testing-casework";
import { arrangeDataSet, arrangeHolder } from "./testing-outcomes";
import { arrangeMember, arrangeOrganisation, contextFor } from "./testing-people";
import { madePeople, madePlan, wholePlan } from "./testing-studies";

vi.mock("node:timers/promises", () => ({ setTimeout: async () => {} }));

const db = await testDatabase();
let charity: number;
let manager: ActorCtx;
let officer: ActorCtx;
let caseworker: ActorCtx;
let dataSetId: string;

beforeAll(async () => {
  charity = await arrangeOrganisation(db, "Wear Mentors");
  manager = contextFor(db, await arrangeMember(db, charity, ["manager"], { name: "Hilda Vance" }));
  officer = contextFor(db, await arrangeMember(db, charity, ["officer"], { name: "Tola Adeyemi" }));
  caseworker = contextFor(db, await arrangeMember(db, charity, ["manager"]));
  const police = await arrangeOrganisation(db, "Wythershire Police");
  const { people, events } = madePeople(40);
  dataSetId = (await arrangeDataSet(db, police, people, events)).dataSetId ?? "";
});

const begin = async (plan: Partial<StudyPlan> = {}) => {
  const id = uuidv7();
  await beginStudy(manager, { id, plan: { ...madePlan(dataSetId), ...plan } });
  return id;
};
const asked = async () => {
  const id = await begin();
  await askForStudy(manager, id);
  return id;
};
const fixed = async () => {
  const id = await asked();
  await approveStudy(officer, { id, version: 1 });
  return id;
};

/** What others do with a study: the worker to a result, a signature, a publication. */
const moveOn = async (id: string, ...states: readonly StudyState[]) => {
  for (const state of states) {
    await db.administrator`
      update lab.study set state = ${state}, numbers = case when ${state === "ready"} then '{}' else numbers end,
             ran_at = coalesce(ran_at, now()), ready_at = coalesce(ready_at, now())
      where id = ${id}`;
  }
};

describe("a draft", () => {
  test("is begun once, however often it is sent, and gets the next number", async () => {
    const id = uuidv7();
    await beginStudy(manager, { id });
    expect(await beginStudy(manager, { id })).toEqual({ id, version: 1 });
    const next = await begin();
    const [newest, before] = await listStudies(manager);
    expect([newest?.id, before?.id]).toEqual([next, id]);
    expect(newest?.number).toBe((before?.number ?? 0) + 1);
    expect(newest).toMatchObject({
      state: "draft",
      dataSetName: "Sentences in Wythershire",
      madeByName: "Hilda Vance",
    });
  });

  test("begins with another's plan, but for who is in the cohort and since when", async () => {
    const { plan } = await getStudy(manager, await fixed());
    const id = uuidv7();
    await beginStudy(manager, { id, plan: planAgain(plan) });
    const again = await getStudy(manager, id);
    expect(again.plan).toEqual({
      ...plan,
      ...{ startedFrom: null, startedTo: null, wholeCohort: false, eligible: null, leftOut: [] },
    });
    expect(again).toMatchObject({ state: "draft", planHash: null });
  });

  test("is kept with whatever is missing, which is told by field", async () => {
    const id = await begin(EMPTY_PLAN);
    const { version } = await saveStudy(manager, {
      id,
      version: 1,
      plan: { ...EMPTY_PLAN, place: "Wythershire" },
    });
    const { plan, faults, may } = await getStudy(manager, id);
    expect({ version, place: plan.place }).toEqual({ version: 2, place: "Wythershire" });
    expect(faults.map(({ field }) => field)).toContain("intervention");
    expect(faults.map(({ field }) => field)).not.toContain("place");
    expect(may).toEqual({
      save: true,
      ask: true,
      approve: false,
      send: false,
      withdraw: true,
      publish: false,
    });
  });

  test("that somebody else changed meanwhile is not written over", async () => {
    const id = await begin();
    await saveStudy(manager, { id, version: 1, plan: wholePlan() });
    await expect(saveStudy(officer, { id, version: 1, plan: wholePlan() })).rejects.toThrow(
      "Somebody else changed",
    );
  });

  test("names services of its own organisation only", async () => {
    const elsewhere = await arrangeTeam(db, "Elsewhere");
    await expect(begin({ serviceId: elsewhere.serviceId })).rejects.toThrow("not found");
  });
});

describe("the second person", () => {
  test("is not asked while something is missing, and each missing thing is told", async () => {
    const id = await begin({ lawfulBasis: null, outcomes: [] });
    const refused = await askForStudy(manager, id).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(Invalid);
    expect(refused).toMatchObject({
      fields: { "plan.lawfulBasis": expect.any(String), "plan.outcomes": expect.any(String) },
    });
  });

  test("cannot be who asked", async () => {
    const id = await asked();
    await expect(approveStudy(manager, { id, version: 1 })).rejects.toThrow("Somebody else has to say yes");
    expect((await getStudy(manager, id)).may.approve).toBe(false);
    expect((await getStudy(officer, id)).may.approve).toBe(true);
  });

  test("says yes to the plan that they read, which then has a hash that anybody can work out again", async () => {
    const id = await asked();
    await expect(approveStudy(officer, { id, version: 2 })).rejects.toThrow("not the plan that you read");
    const { planHash } = await approveStudy(officer, { id, version: 1 });
    const [row] = await db.administrator<{ canonical: string; codebookHash: string }[]>`
      select s.canonical, d.codebook_hash from lab.study as s, lab.data_set as d where s.id = ${id} and d.id = ${dataSetId}`;
    const { plan, state, secondedByName } = await getStudy(manager, id);
    expect(row?.canonical).toBe(canonicalJson({ plan, dataSetId, codebookHash: row?.codebookHash }));
    expect(sha256Of(row?.canonical ?? "")).toBe(planHash);
    expect({ state, secondedByName }).toEqual({ state: "fixed", secondedByName: "Tola Adeyemi" });
    const [entry] = await db.administrator<{ detail: object }[]>`
      select detail from governance.audit_entry where action = 'study.approve' and subjects @> ${db.administrator.json([{ id }])}`;
    expect(entry?.detail).toEqual({ planHash });
  });

  test("may send it back with words, and it is a draft again until it is asked for anew", async () => {
    const id = await asked();
    await returnStudy(officer, { id, because: "The days are wrong" });
    expect(await getStudy(manager, id)).toMatchObject({
      state: "draft",
      returnedBecause: "The days are wrong",
    });
    await askForStudy(manager, id);
    expect(await getStudy(manager, id)).toMatchObject({ state: "asked", returnedBecause: null });
    await takeBackStudy(manager, id);
    expect(await getStudy(manager, id)).toMatchObject({ state: "draft", askedAt: null });
  });

  test("cannot say yes in a data set that may no longer be used", async () => {
    const id = await asked();
    await db.administrator`delete from lab.data_holder`;
    await expect(approveStudy(officer, { id, version: 1 })).rejects.toBeInstanceOf(Invalid);
    const [holder] = await db.administrator<{ organisationId: number }[]>`
      select organisation_id from lab.data_set where id = ${dataSetId}`;
    await arrangeHolder(db, holder?.organisationId ?? 0);
  });
});

describe("a study that is fixed", () => {
  test("is changed, asked for or seconded by nobody", async () => {
    const id = await fixed();
    await expect(saveStudy(manager, { id, version: 1, plan: wholePlan() })).rejects.toThrow(
      "no draft any more",
    );
    await expect(askForStudy(manager, id)).rejects.toThrow("moved on");
    await expect(takeBackStudy(manager, id)).rejects.toThrow("moved on");
    await expect(approveStudy(officer, { id, version: 1 })).rejects.toThrow("moved on");
    await expect(publishStudy(manager, id)).rejects.toThrow("moved on");
  });

  test("may be withdrawn before a result without a line on the register, and after one with it", async () => {
    const [before, after] = [await fixed(), await fixed()];
    expect(await withdrawStudy(manager, before)).toEqual({ staysOnRegister: false });
    await moveOn(after, "running", "ready");
    expect(await withdrawStudy(manager, after)).toEqual({ staysOnRegister: true });
    expect(await withdrawStudy(manager, after)).toEqual({ staysOnRegister: true });
    await expect(askUpload(manager, { id: before, uploadId: uuidv7() })).rejects.toThrow("moved on");
  });

  test("that was never fixed is deleted, with all that was written in it", async () => {
    for (const id of [await begin(), await asked()]) {
      expect(await withdrawStudy(manager, id)).toEqual({ staysOnRegister: false });
      await expect(getStudy(manager, id)).rejects.toThrow(NotFound);
      expect((await listStudies(manager)).map((line) => line.id)).not.toContain(id);
      const [left] =
        await db.administrator`select plan ->> 'intervention' as said from lab.study where id = ${id}`;
      expect(left).toEqual({ said: "" });
    }
  });

  test("takes no file before it is fixed", async () => {
    const id = await asked();
    await expect(askUpload(manager, { id, uploadId: uuidv7() })).rejects.toThrow("moved on");
  });

  test("once published is withdrawn by a manager alone", async () => {
    const id = await fixed();
    await moveOn(id, "running", "ready", "signed", "published");
    const analyst = contextFor(db, await arrangeMember(db, charity, ["analyst"]));
    await expect(withdrawStudy(analyst, id)).rejects.toThrow("role does not allow");
    expect(await withdrawStudy(caseworker, id)).toEqual({ staysOnRegister: true });
  });
});

describe("the organisation's own records", () => {
  let team: Team;
  const plan = (over: Partial<StudyPlan> = {}) =>
    wholePlan({
      serviceId: team.serviceId,
      startedFrom: "2025-01-01",
      startedTo: "2025-12-31",
      eligible: 5,
      ...over,
    });
  const ready = async (over: Partial<StudyPlan> = {}) => {
    const id = uuidv7();
    await beginStudy(team.ctx, { id, plan: plan(over) });
    return checkReadiness(team.ctx, id);
  };
  const somebody = async (day: string, details: object) => {
    const id = uuidv7();
    await addClient(team.ctx, addClientSchema.parse({ id, ...details }));
    const { newClient: _, ...contact } = aContact(team, {
      clientId: id,
      occurredOn: day,
      lateReason: "Found on paper",
    });
    const [outcome] = await logContacts(team.ctx, [contact]);
    expect(outcome).toMatchObject({ outcome: "stored" });
    return id;
  };

  beforeAll(async () => {
    team = await arrangeTeam(db, "Own Records", ["caseworker", "manager"]);
    await somebody("2025-03-01", { givenName: "Ada", familyName: "Quill", dateOfBirth: "1980-12-31" });
    await somebody("2025-04-01", { givenName: "Bela", familyName: "Stone" });
    await somebody("2025-05-01", { givenName: "Cyril", dateOfBirth: "1981-01-31" });
    await somebody("2024-05-01", { givenName: "Dora", familyName: "Early", dateOfBirth: "1982-01-31" });
  });

  test("count those who first met the service in the window, and what is known of them", async () => {
    expect(await ready()).toMatchObject({
      ...{ started: 3, withName: 2, withBirthDate: 2, withBoth: 1, withIdentifier: 0, withStartDate: 3 },
      reconciliation: {
        started: 3,
        eligible: 5,
        expected: 5,
        warnings: [expect.stringMatching(/your records have 3/)],
      },
    });
  });

  test("warn when fewer are named than started", async () => {
    const { reconciliation } = await ready({ eligible: 2 });
    expect(reconciliation.warnings).toEqual([expect.stringMatching(/3 people started .* you say 2 people/)]);
  });

  test("say that there is nothing to compare with where the plan names no service", async () => {
    expect(await ready({ serviceId: null })).toMatchObject({
      started: null,
      reconciliation: { warnings: [] },
    });
  });
});
