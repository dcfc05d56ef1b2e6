import { createHmac } from "node:crypto";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { disableAccount } from "./accounts";
import { signInToDemo } from "./auth";
import { listColleaguePlaces, revokeColleaguePlace } from "./colleagues";
import { type Actor, type Ctx, makeContext } from "./context";
import { deviceKey } from "./devices";
import { browserInWords } from "./domain/browser";
import { proofOf } from "./domain/device";
import { uuidv7 } from "./ids";
import { currentKeyId } from "./keys";
import { createCaller } from "./routers";
import { findCaller, readSession } from "./sessions";
import { testDatabase } from "./testing";
import { arrangeMember, arrangeOrganisation, arrangeSession, contextFor } from "./testing-people";
import { answeringIn } from "./testing-procedures";
import { MOST_ATTEMPTS } from "./throttle";

vi.mock("node:timers/promises", () => ({ setTimeout: async () => {} }));

const db = await testDatabase();
const at = { app: db.app, reader: db.reader };
const advice = await arrangeOrganisation(db, "Advice");
const housing = await arrangeOrganisation(db, "Housing");
const PASSWORD = "lantern otter quay";
const ann = await arrangeMember(db, advice, ["caseworker"], { name: "Ann", password: PASSWORD });
const ben = await arrangeMember(db, advice, ["caseworker"], { name: "Ben" });
const manager = await arrangeMember(db, advice, ["manager"]);

async function contextIn(sessionId: string): Promise<Ctx> {
  const { caller, actor } = await findCaller(db.app, sessionId, { address: "192.0.2.9", device: "" });
  return makeContext(at, actor, caller);
}
const callerIn = async (sessionId: string) => createCaller(await contextIn(sessionId));

/** Somebody signed in on a device: the session, and what the device was handed. */
async function openOn(deviceId: string, actor: Actor = ann) {
  const sessionId = await arrangeSession(db, actor.accountId);
  const opened = await (await callerIn(sessionId)).device.open({ deviceId, name: "Chrome on Android" });
  return { sessionId, ...opened };
}

/** Five minutes go by without a sign of life. */
const idle = (sessionId: string) => db.administrator`
  update casework.session set seen_at = now() - interval '5 minutes' where id = ${sessionId}`;

beforeEach(async () => {
  await db.administrator`delete from casework.throttle`;
});

describe("the key of a device", () => {
  test("is the same each time for one account on one device, and another for any other", async () => {
    const [phone, laptop] = [uuidv7(), uuidv7()];
    const first = await openOn(phone);
    expect(Buffer.from(first.key, "base64")).toHaveLength(32);
    expect((await openOn(phone)).key).toBe(first.key);
    const keys = [first.key, (await openOn(laptop)).key, (await openOn(phone, ben)).key];
    expect(new Set(keys).size).toBe(3);
    expect(first.accountId).toBe(ann.accountId);
  });

  test("is stored nowhere", async () => {
    const { key } = await openOn(uuidv7());
    const hex = Buffer.from(key, "base64").toString("hex");
    const rows = await db.administrator`
      select d::text as row from casework.device as d union all select s::text from casework.session as s
      union all select e::text from governance.audit_entry as e`;
    expect(rows.length).toBeGreaterThan(2);
    for (const { row } of rows) {
      expect(row).not.toContain(key);
      expect(row).not.toContain(hex);
    }
  });

  test("is not handed to a session that is locked, half open or over", async () => {
    const call = async (sessionId: string) =>
      (await callerIn(sessionId)).device.open({ deviceId: uuidv7(), name: "Phone" });
    const locked = await arrangeSession(db, ann.accountId);
    await idle(locked);
    const half = await arrangeSession(db, ann.accountId);
    await db.administrator`update casework.session set second_factor_at = null where id = ${half}`;
    const over = await arrangeSession(db, ann.accountId);
    await db.administrator`update casework.session set revoked_at = now() where id = ${over}`;
    for (const sessionId of [locked, half, over]) {
      await expect(call(sessionId)).rejects.toMatchObject({ code: "UNAUTHORIZED" });
    }
  });
});

describe("a locked session", () => {
  test("answers nothing but what unlocks it", async () => {
    const { sessionId } = await openOn(uuidv7());
    await idle(sessionId);
    expect(await answeringIn(await contextIn(sessionId))).toEqual([
      "session.challenge",
      "session.lock",
      "session.unlock",
    ]);
  });

  test("is unlocked by the device's proof, and goes on as the same session", async () => {
    const deviceId = uuidv7();
    const { sessionId, key } = await openOn(deviceId);
    await idle(sessionId);
    const caller = await callerIn(sessionId);
    const { nonce } = await caller.session.challenge();
    const proof = await proofOf(Uint8Array.from(Buffer.from(key, "base64")), nonce);
    expect(proof).toBe(createHmac("sha256", Buffer.from(key, "base64")).update(nonce).digest("base64"));
    expect(await caller.session.unlock({ deviceId, proof })).toEqual({ ok: true });
    expect(await readSession(db.app, sessionId)).toMatchObject({ actor: { name: "Ann" } });
  });

  test("is not unlocked by a proof that is wrong, sent twice, late, or another device's", async () => {
    const [phone, laptop] = [uuidv7(), uuidv7()];
    const onPhone = await openOn(phone);
    const onLaptop = await openOn(laptop);
    await idle(onPhone.sessionId);
    const caller = await callerIn(onPhone.sessionId);
    const prove = async (key: string, nonce: string) =>
      proofOf(Uint8Array.from(Buffer.from(key, "base64")), nonce);
    const wrong = { ok: false, reason: "wrong" };

    expect(await caller.session.unlock({ deviceId: phone, proof: "AAAA" })).toEqual(wrong);
    let { nonce } = await caller.session.challenge();
    expect(await caller.session.unlock({ deviceId: phone, proof: await prove(onLaptop.key, nonce) })).toEqual(
      wrong,
    );
    // The challenge was spent by the wrong answer.
    expect(await caller.session.unlock({ deviceId: phone, proof: await prove(onPhone.key, nonce) })).toEqual(
      wrong,
    );
    ({ nonce } = await caller.session.challenge());
    expect(
      await caller.session.unlock({ deviceId: laptop, proof: await prove(onLaptop.key, nonce) }),
    ).toEqual(wrong);
    ({ nonce } = await caller.session.challenge());
    await db.administrator`
      update casework.session set challenged_at = challenged_at - interval '2 minutes'
      where id = ${onPhone.sessionId}`;
    expect(await caller.session.unlock({ deviceId: phone, proof: await prove(onPhone.key, nonce) })).toEqual(
      wrong,
    );
    expect(await readSession(db.app, onPhone.sessionId)).toMatchObject({ signedOut: "locked" });
  });

  test("is unlocked by the password, with ten tries in five minutes", async () => {
    const { sessionId } = await openOn(uuidv7());
    await idle(sessionId);
    const caller = await callerIn(sessionId);
    for (let n = 0; n < MOST_ATTEMPTS; n++) {
      expect(await caller.session.unlock({ password: "not it" })).toEqual({ ok: false, reason: "wrong" });
    }
    expect(await caller.session.unlock({ password: PASSWORD })).toEqual({ ok: false, reason: "throttled" });
    await db.administrator`delete from casework.throttle`;
    expect(await caller.session.unlock({ password: PASSWORD })).toEqual({ ok: true });
    expect(await readSession(db.app, sessionId)).toMatchObject({ actor: { name: "Ann" } });
  });

  test("is unlocked, or not, in the name of whose it is, and the audit says how", async () => {
    const { sessionId } = await openOn(uuidv7());
    await idle(sessionId);
    const ctx = await contextIn(sessionId);
    await createCaller(ctx).session.unlock({ password: "not it" });
    await createCaller(ctx).session.unlock({ password: PASSWORD });
    const entries = await db.administrator`
      select action, account_id, session_id, detail from governance.audit_entry
      where request_id = ${ctx.requestId} order by id`;
    const own = { accountId: ann.accountId, sessionId, detail: { by: "password" } };
    expect(entries).toEqual([
      { action: "session.unlock-refuse", ...own },
      { action: "session.unlock", ...own },
    ]);
  });

  test("is not unlocked by one press, but for the demo's people in a demo", async () => {
    const { sessionId } = await openOn(uuidv7());
    await idle(sessionId);
    const press = async (id: string) => (await callerIn(id)).session.unlock({ demo: true });
    expect(await press(sessionId)).toEqual({ ok: false, reason: "wrong" });

    await db.administrator`update reference.installation set demo = true`;
    await arrangeMember(db, advice, ["manager"], { email: "maya@advice.example" });
    const from = { address: "192.0.2.3", device: "", replaces: null };
    const maya = await signInToDemo(at, "maya@advice.example", from);
    if (!maya.ok) throw new Error("Maya could not sign in");
    await idle(maya.sessionId);
    expect(await press(sessionId)).toEqual({ ok: false, reason: "wrong" });
    expect(await press(maya.sessionId)).toEqual({ ok: true });
    expect(await readSession(db.app, maya.sessionId)).toHaveProperty("actor");
    await db.administrator`update reference.installation set demo = false`;
    // A demo's person is nobody once the demo is over.
    expect(await readSession(db.app, maya.sessionId)).toMatchObject({ signedOut: "second-factor" });
  });

  test("can be locked at once by its owner, and stays so however much is asked", async () => {
    const { sessionId } = await openOn(uuidv7());
    await (await callerIn(sessionId)).session.lock();
    expect(await readSession(db.app, sessionId)).toMatchObject({ signedOut: "locked" });
    expect(await readSession(db.app, sessionId)).toMatchObject({ signedOut: "locked" });
  });

  test("is kept open by signs of life", async () => {
    const { sessionId } = await openOn(uuidv7());
    await db.administrator`
      update casework.session set seen_at = now() - interval '4 minutes' where id = ${sessionId}`;
    await (await callerIn(sessionId)).session.alive();
    const [row] = await db.administrator<{ fresh: boolean }[]>`
      select seen_at > now() - interval '1 minute' as fresh from casework.session where id = ${sessionId}`;
    expect(row).toEqual({ fresh: true });
  });
});

describe("a revoked device", () => {
  test("loses its sessions at once and is told why; others go on", async () => {
    const [phone, laptop] = [uuidv7(), uuidv7()];
    const lost = await openOn(phone);
    const kept = await openOn(laptop);
    const caller = await callerIn(kept.sessionId);
    const about = { accountId: ann.accountId, deviceId: phone };
    const nobody = createCaller(makeContext(at, null));
    expect(await nobody.device.isRevoked(about)).toEqual({ revoked: false });

    expect(await caller.device.revoke({ id: phone })).toEqual({ ended: 1 });
    expect(await readSession(db.app, lost.sessionId)).toEqual({ signedOut: "device-revoked" });
    expect(await readSession(db.app, kept.sessionId)).toHaveProperty("actor");
    expect(await nobody.device.isRevoked(about)).toEqual({ revoked: true });
    await expect(caller.device.revoke({ id: phone })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  test("is not taken back by a session from before, and is by signing in anew, with its old key", async () => {
    const phone = uuidv7();
    const lost = await openOn(phone);
    const older = await arrangeSession(db, ann.accountId);
    const caller = await callerIn(older);
    await caller.device.revoke({ id: phone });
    await expect(caller.device.open({ deviceId: phone, name: "Phone" })).rejects.toMatchObject({
      code: "CONFLICT",
    });
    expect((await openOn(phone)).key).toBe(lost.key);
    expect(await readSession(db.app, lost.sessionId)).toEqual({ signedOut: "ended" });
  });

  test("does not live on under another id: a session stays with the device that it began on", async () => {
    const [phone, laptop] = [uuidv7(), uuidv7()];
    const lost = await openOn(phone);
    const kept = await openOn(laptop);
    const thief = await callerIn(lost.sessionId);
    for (const deviceId of [laptop, uuidv7()]) {
      await expect(thief.device.open({ deviceId, name: "Phone" })).rejects.toMatchObject({
        code: "CONFLICT",
      });
    }
    await thief.device.open({ deviceId: phone, name: "Phone" });
    expect(await (await callerIn(kept.sessionId)).device.revoke({ id: phone })).toEqual({ ended: 1 });
    expect(await readSession(db.app, lost.sessionId)).toEqual({ signedOut: "device-revoked" });
  });

  test("can be one's own only, or a colleague's for their manager", async () => {
    const phone = uuidv7();
    const { sessionId } = await openOn(phone);
    const { sessionId: bens } = await openOn(uuidv7(), ben);
    await expect((await callerIn(bens)).device.revoke({ id: phone })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    const stranger = await arrangeMember(db, housing, ["manager"]);
    const given = { memberId: ann.memberId, id: phone };
    await expect(revokeColleaguePlace(contextFor(db, stranger), given)).rejects.toMatchObject({
      name: "NotFound",
    });
    const places = await listColleaguePlaces(contextFor(db, manager), ann.memberId);
    expect(places.find(({ id }) => id === phone)).toMatchObject({
      kind: "device",
      isSignedIn: true,
      isHere: false,
    });
    expect(await revokeColleaguePlace(contextFor(db, manager), given)).toEqual({ ended: 1 });
    expect(await readSession(db.app, sessionId)).toEqual({ signedOut: "device-revoked" });
  });

  test("is every device of an account that is shut out", async () => {
    const eve = await arrangeMember(db, advice, ["caseworker"], { email: "eve@advice.test" });
    const { sessionId } = await openOn(uuidv7(), eve);
    await disableAccount(makeContext(at, null), "eve@advice.test");
    expect(await readSession(db.app, sessionId)).toEqual({ signedOut: "device-revoked" });
  });
});

test("the list shows devices and browsers that are signed in, the one at hand marked", async () => {
  const kim = await arrangeMember(db, advice, ["caseworker"]);
  const phone = uuidv7();
  const { sessionId } = await openOn(phone, kim);
  const browser = await arrangeSession(db, kim.accountId);
  const firefox = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:138.0) Gecko/20100101 Firefox/138.0";
  await db.administrator`update casework.session set device = ${firefox} where id = ${browser}`;
  const places = await (await callerIn(sessionId)).device.list();
  expect(places).toHaveLength(2);
  expect(places.find(({ kind }) => kind === "device")).toMatchObject({
    id: phone,
    name: "Chrome on Android",
    isHere: true,
    isSignedIn: true,
  });
  expect(places.find(({ kind }) => kind === "session")).toMatchObject({
    id: browser,
    name: "Firefox on Windows",
    isHere: false,
  });
  await (await callerIn(sessionId)).device.revoke({ id: browser });
  expect(await readSession(db.app, browser)).toEqual({ signedOut: "ended" });
});

test("a key follows the secret that the device began with", () => {
  const made = deviceKey(ann.accountId, uuidv7(), currentKeyId());
  expect(made).toHaveLength(32);
  expect(() => deviceKey(ann.accountId, uuidv7(), "9")).toThrow('not handed the key "device" (9)');
});

test.each([
  [
    "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36",
    "Chrome on Android",
  ],
  [
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1",
    "Safari on iPhone",
  ],
  [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0",
    "Edge on Windows",
  ],
  ["curl/8.5.0", "A browser"],
])("a browser is called as its owner knows it: %s", (userAgent, words) => {
  expect(browserInWords(userAgent)).toBe(words);
});
