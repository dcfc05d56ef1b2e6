import { generate } from "otplib";
import { describe, expect, test, vi } from "vitest";
import { signInToDemo } from "./auth";
import { type ActorCtx, type Ctx, makeContext } from "./context";
import { uuidv7 } from "./ids";
import { createCaller } from "./routers";
import { findCaller } from "./sessions";
import { requireStepUp } from "./step-up";
import { testDatabase } from "./testing";
import { arrangeMember, arrangeOrganisation, arrangeSession } from "./testing-people";

vi.mock("node:timers/promises", () => ({ setTimeout: async () => {} }));

const db = await testDatabase();
const at = { app: db.app, reader: db.reader };
const advice = await arrangeOrganisation(db, "Advice");

/** The context of a call in a session. */
async function contextIn(sessionId: string): Promise<ActorCtx & Ctx> {
  const { caller, actor } = await findCaller(db.app, sessionId, { address: "192.0.2.9", device: "" });
  if (!actor) throw new Error("The session is not open");
  return { ...makeContext(at, actor, caller), actor };
}

/** Somebody who is signed in, and the key of their phone. */
async function arrangeAnn() {
  const ann = await arrangeMember(db, advice, ["manager"]);
  const sessionId = await arrangeSession(db, ann.accountId);
  const caller = createCaller(await contextIn(sessionId));
  const { uri } = await caller.secondFactor.begin();
  const secret = new URL(uri).searchParams.get("secret") ?? "";
  await caller.secondFactor.confirm({ code: await generate({ secret }) });
  await db.administrator`
    update casework.second_factor set last_step = last_step - 100 where account_id = ${ann.accountId}`;
  return { ann, sessionId, code: () => generate({ secret }) };
}

const refused = { name: "NotAllowed", needs: "step-up" };

describe("showing again that it is you", () => {
  test("is not done by having signed in, and is done by a new code, for this session and five minutes", async () => {
    const { ann, sessionId, code } = await arrangeAnn();
    const ctx = await contextIn(sessionId);
    await expect(requireStepUp(ctx)).rejects.toMatchObject(refused);
    expect(await createCaller(ctx).session.stepUpState()).toEqual({ isFresh: false, kind: "code" });

    const typed = await code();
    expect(await createCaller(ctx).session.stepUp({ code: typed })).toEqual({ ok: true });
    await requireStepUp(ctx);
    expect(await createCaller(ctx).session.stepUpState()).toEqual({ isFresh: true, kind: "code" });
    // Each code is taken once, here as at sign-in.
    expect(await createCaller(ctx).session.stepUp({ code: typed })).toEqual({ ok: false, reason: "wrong" });

    const another = await contextIn(await arrangeSession(db, ann.accountId));
    await expect(requireStepUp(another)).rejects.toMatchObject(refused);

    await db.administrator`
      update casework.session set stepped_up_at = now() - interval '5 minutes 1 second' where id = ${sessionId}`;
    await expect(requireStepUp(ctx)).rejects.toMatchObject(refused);
    await requireStepUp(ctx, 6);
  });

  test("is recorded, and so is a wrong code; pressing a button is for the demo's people alone", async () => {
    const { sessionId, code } = await arrangeAnn();
    const ctx = await contextIn(sessionId);
    const caller = createCaller(ctx);
    expect(await caller.session.stepUp({ code: "000000" })).toEqual({ ok: false, reason: "wrong" });
    expect(await caller.session.stepUp({ demo: true })).toEqual({ ok: false, reason: "wrong" });
    expect(await caller.session.stepUp({ code: await code() })).toEqual({ ok: true });
    const entries = await db.administrator`
      select action from governance.audit_entry where session_id = ${sessionId} and action like 'session.step-up%'
      order by id`;
    expect(entries.map(({ action }) => action)).toEqual([
      "session.step-up-refuse",
      "session.step-up-refuse",
      "session.step-up",
    ]);
  });

  test("is one press for the demo's people", async () => {
    await db.administrator`update reference.installation set demo = true`;
    const email = `${uuidv7()}@demo.example`;
    await arrangeMember(db, advice, ["manager"], { email });
    const signedIn = await signInToDemo(at, email, { address: "192.0.2.1", device: "", replaces: null });
    const ctx = await contextIn(signedIn.ok ? signedIn.sessionId : "");
    expect(await createCaller(ctx).session.stepUpState()).toEqual({ isFresh: false, kind: "press" });
    expect(await createCaller(ctx).session.stepUp({ demo: true })).toEqual({ ok: true });
    await requireStepUp(ctx);
    await db.administrator`update reference.installation set demo = false`;
  });
});
