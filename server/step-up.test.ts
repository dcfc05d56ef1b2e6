import { generate } from "otplib";
import { describe, expect, test, vi } from "vitest";
import { signAgreement } from "./agreements";
import { exportAreaFigures } from "./area-figures";
import { signInToDemo } from "./auth";
import { takeAffected } from "./breaches";
import { openGlass } from "./break-glass";
import { type ActorCtx, type Ctx, makeContext } from "./context";
import { ROLES } from "./domain/access";
import { uuidv7 } from "./ids";
import { takeRecords } from "./records";
import { carryOutErasure } from "./rights-deciding";
import { takePack } from "./rights-packs";
import { createCaller } from "./routers";
import { findCaller } from "./sessions";
import { exportList } from "./shared-lists";
import { linkSubject, saveProvider } from "./sso";
import { requireStepUp } from "./step-up";
import { testDatabase } from "./testing";
import { arrangeMember, arrangeOrganisation, arrangeSession, contextFor, steppedUp } from "./testing-people";
import { takeOutLooks } from "./who-looked";

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

/** Somebody who may do it all, and has shown at no time since they signed in that it is they. */
const anybody: ActorCtx = contextFor(db, await arrangeMember(db, advice, ROLES));
const id = uuidv7();
const day = "2026-01-01";

/** Whatever asks for it, each in the room that does the work: no way in can forget it. */
const ASKING: Readonly<Record<string, (ctx: ActorCtx) => Promise<unknown>>> = {
  "opening emergency access": (ctx) =>
    openGlass(ctx, {
      ...{ id, clientId: id, givingOrganisationId: advice, reason: "life-at-risk", hours: 1 },
      words: "They said that they cannot go on.",
    }),
  "signing an agreement": (ctx) => signAgreement(ctx, { id, version: 1, hash: "0".repeat(64) }),
  "taking figures that an agreement opens": (ctx) =>
    exportAreaFigures(ctx, { place: "authority", purpose: "service-planning" }),
  "taking a list for action": (ctx) =>
    exportList(ctx, {
      ...{ id, agreementId: id, level: "postcode", purpose: "direct-support", reason: "offer-help" },
      ...{ words: null, within: ["ZE1 1AA"], street: null, needs: ["*"] },
    }),
  "taking records without names": (ctx) => takeRecords(ctx, { period: null, serviceId: null }),
  "taking the copy that somebody asked for": (ctx) => takePack(ctx, id),
  "taking who has looked": (ctx) => takeOutLooks(ctx, { about: { kind: "client", id }, from: day, to: day }),
  "taking the people whom a breach affects": (ctx) =>
    takeAffected(ctx, { about: { kind: "member", id }, from: new Date(day), until: new Date() }),
  "erasing a record": (ctx) => carryOutErasure(ctx, { id }),
  "setting where an organisation signs in": (ctx) =>
    saveProvider(ctx, {
      ...{ organisationId: advice, issuer: "https://127.0.0.1", clientId: "x", clientSecret: "y" },
      ...{ scopes: [], trustsSecondFactor: false, acrValues: [] },
    }),
  "linking somebody who signs in there": (ctx) =>
    linkSubject(ctx, { organisationId: advice, memberId: id, code: "BBBBBBBB" }),
};

test.each(Object.entries(ASKING))("is asked before %s", async (_what, work) => {
  await expect(work(anybody)).rejects.toMatchObject(refused);
  // And nothing is refused for it once it was shown: what they name is not there.
  const shown = contextFor(db, await steppedUp(db, anybody.actor));
  await expect(work(shown).catch(({ needs }) => ({ needs }))).resolves.not.toMatchObject({
    needs: "step-up",
  });
});

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
