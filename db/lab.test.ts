/**
 * What the database itself keeps a study to, tried with the web's login as if its code were somebody else's: each step
 * between two states, a plan that is fixed by one person or under a hash that is not its own, a signature of nobody, a
 * sealed file ended by hand.
 */

import { beforeAll, describe, expect, test } from "vitest";
import { canonicalJson } from "../server/domain/canonical-json";
import { STUDY_STATES, type StudyState } from "../server/domain/lab/study";
import { uuidv7 } from "../server/ids";
import { sha256Of } from "../server/sha256";
import { testDatabase } from "../server/testing";
import { arrangeMember, arrangeOrganisation } from "../server/testing-people";
import { wholePlan } from "../server/testing-studies";
import type { Tx } from "./client";

const db = await testDatabase();
let charity: number;
let asker: string;
let seconder: string;
let analyst: string;
const PLAN = wholePlan();
const CANONICAL = canonicalJson({ plan: PLAN, dataSetId: PLAN.dataSetId, codebookHash: "c".repeat(64) });

beforeAll(async () => {
  charity = await arrangeOrganisation(db, "Wear Mentors");
  asker = (await arrangeMember(db, charity, ["manager"])).memberId;
  seconder = (await arrangeMember(db, charity, ["officer"])).memberId;
  analyst = (await arrangeMember(db, charity, ["analyst"])).memberId;
});

/** A study in a state, with all that it has by then. */
async function arrangeStudy(state: StudyState): Promise<string> {
  const id = uuidv7();
  const isFixed = state !== "draft" && state !== "asked";
  await db.administrator`
    insert into lab.study
      (organisation_id, id, number, state, plan, made_by, asked_by, seconded_by, fixed_at, canonical, plan_hash,
       holder_organisation_id, numbers)
    select ${charity}, ${id}, count(*) + 1, ${state}, ${db.administrator.json(PLAN)}, ${asker},
           ${state === "draft" ? null : asker}, ${isFixed ? seconder : null}, ${isFixed ? new Date() : null},
           ${isFixed ? CANONICAL : null}, ${isFixed ? sha256Of(CANONICAL) : null}, ${isFixed ? charity : null},
           ${["ready", "signed", "published"].includes(state) ? db.administrator.json({}) : null}
    from lab.study where organisation_id = ${charity}`;
  return id;
}

/** What the web's login gets for a statement in a transaction of a member: "done", or why it was refused. */
const asApp = (member: string, work: (tx: Tx) => Promise<{ count: number }>): Promise<string> =>
  db.app
    .begin(async (tx) => {
      await tx`
        select set_config('app.organisation_id', ${String(charity)}, true), set_config('app.member_id', ${member}, true)`;
      return (await work(tx)).count === 1 ? "done" : "nothing";
    })
    .then(String, (error: unknown) => (error instanceof Error ? error.message : String(error)));

const moved = (member: string, id: string, fields: Readonly<Record<string, unknown>>) =>
  asApp(member, (tx) => tx`update lab.study set ${tx(fields)} where id = ${id}`);

/** Everything that a second person's yes writes. */
const yes = (over: Readonly<Record<string, unknown>> = {}) => ({
  ...{ state: "fixed", secondedBy: seconder, fixedAt: new Date(), canonical: CANONICAL },
  ...{ planHash: sha256Of(CANONICAL), holderOrganisationId: charity },
  ...over,
});

const BY_THE_WEB: Readonly<Record<StudyState, readonly StudyState[]>> = {
  draft: ["asked", "withdrawn"],
  asked: ["draft", "fixed", "withdrawn"],
  fixed: ["running", "withdrawn"],
  running: ["withdrawn"],
  ready: ["withdrawn"],
  signed: ["published", "withdrawn"],
  published: ["withdrawn"],
  "too-few": ["withdrawn"],
  withdrawn: [],
};

describe("the web's login moves a study", () => {
  test.each(STUDY_STATES)("from %s by the steps that there are and by no other", async (from) => {
    const done: StudyState[] = [];
    for (const to of STUDY_STATES.filter((state) => state !== from)) {
      const id = await arrangeStudy(from);
      const fields =
        to === "asked" && from === "draft"
          ? { state: to, askedBy: asker }
          : to === "draft" && from === "asked"
            ? { state: to, askedBy: null }
            : to === "fixed" && from === "asked"
              ? yes()
              : { state: to };
      const said = await moved(to === "fixed" ? seconder : asker, id, fields);
      if (said === "done") done.push(to);
      else expect(said).toMatch(/does not go from|a fixed plan cannot be changed/);
    }
    expect(done).toEqual(
      BY_THE_WEB[from].toSorted((a, b) => STUDY_STATES.indexOf(a) - STUDY_STATES.indexOf(b)),
    );
  });

  test("to a result neither does the worker without one, nor does it sign or publish", async () => {
    const id = await arrangeStudy("running");
    const set = (state: StudyState) => db.stats`update lab.study set state = ${state} where id = ${id}`;
    for (const state of ["ready", "signed", "published"] as const)
      await expect(set(state)).rejects.toThrow("does not go from");
    const ready = await arrangeStudy("ready");
    await expect(db.stats`update lab.study set state = 'signed' where id = ${ready}`).rejects.toThrow(
      "does not go from",
    );
  });
});

describe("a plan is fixed", () => {
  const refused = "a plan is fixed by a second person, as it is and with its hash";

  test.each([
    ["by whoever asked", () => yes({ secondedBy: asker }), () => asker],
    ["in somebody else's name", () => yes(), () => asker],
    ["by nobody", () => yes({ secondedBy: null }), () => seconder],
    ["under a hash that is not its own", () => yes({ planHash: "y" }), () => seconder],
    ["without a hash", () => yes({ planHash: null }), () => seconder],
    [
      "as another plan",
      () => {
        const other = canonicalJson({ plan: { ...PLAN, place: "Elsewhere" }, dataSetId: PLAN.dataSetId });
        return yes({ canonical: other, planHash: sha256Of(other) });
      },
      () => seconder,
    ],
    [
      "for a holder who does not hold its data set",
      () => yes({ holderOrganisationId: charity + 1 }),
      () => seconder,
    ],
  ])("never %s", async (_, fields, member) => {
    expect(await moved(member(), await arrangeStudy("asked"), fields())).toBe(refused);
  });

  test("never as text that is no plan", async () => {
    const said = await moved(
      seconder,
      await arrangeStudy("asked"),
      yes({ canonical: "x", planHash: sha256Of("x") }),
    );
    expect(said).not.toBe("done");
  });

  test("never by halves, nor changed while somebody reads it", async () => {
    expect(await moved(seconder, await arrangeStudy("draft"), { planHash: "y" })).toMatch(/in one step/);
    expect(await moved(asker, await arrangeStudy("asked"), { plan: db.app.json({}) })).toMatch(
      /only a draft/,
    );
    for (const fields of [{ askedBy: seconder }, { askedBy: null }])
      expect(await moved(asker, await arrangeStudy("asked"), fields)).toMatch(/who asks for a study/);
    expect(await moved(asker, await arrangeStudy("draft"), { state: "asked", askedBy: seconder })).toMatch(
      /who asks for a study/,
    );
  });

  test("once: its day stays too", async () => {
    expect(await moved(asker, await arrangeStudy("fixed"), { fixedAt: new Date(0) })).toMatch(
      /cannot be changed/,
    );
  });
});

test("a study is signed by the analyst who is at work, whoever else is named", async () => {
  const id = await arrangeStudy("ready");
  const sign = (member: string) =>
    db.app.begin(async (tx) => {
      await tx`
        select set_config('app.organisation_id', ${String(charity)}, true), set_config('app.member_id', ${member}, true)`;
      const [row] = await tx<
        { said: string }[]
      >`select lab.check_study(${charity}, ${id}, ${null}::text) as said`;
      return row?.said;
    });
  for (const nobody of ["", uuidv7(), seconder]) expect(await sign(nobody)).toBe("not-found");
  expect(await sign(analyst)).toBe("done");
  const [row] = await db.administrator<{ memberId: string }[]>`
    select m.id as member_id from lab.study as s join casework.member as m on m.account_id = s.signed_by_account
    where s.id = ${id}`;
  expect(row?.memberId).toBe(analyst);
});

describe("a sealed file", () => {
  const STATES = ["key", "open", "sent", "ended"] as const;

  test("is said to be sent by the web's login when it was open, and nothing else", async () => {
    const done: string[] = [];
    for (const from of STATES) {
      for (const to of STATES.filter((state) => state !== from)) {
        const id = uuidv7();
        await db.administrator`
          insert into lab.upload (organisation_id, id, kind, subject_id, asked_by, state)
          values (${charity}, ${id}, 'cohort', ${uuidv7()}, ${asker}, ${from})`;
        const said = await asApp(asker, (tx) => tx`update lab.upload set state = ${to} where id = ${id}`);
        if (said === "done") done.push(`${from} ${to}`);
        else expect(said).toMatch(/does not go from/);
      }
    }
    expect(done).toEqual(["open sent"]);
  });
});
