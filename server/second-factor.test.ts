import { generate } from "otplib";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { resetSecondFactor } from "./accounts";
import { type SignIn, signIn, signInWithCode } from "./auth";
import { resetColleagueSecondFactor } from "./colleagues";
import { type Ctx, makeContext } from "./context";
import { uuidv7 } from "./ids";
import * as mail from "./mail";
import { createCaller } from "./routers";
import { findCaller, readSession } from "./sessions";
import { testDatabase } from "./testing";
import { arrangeMember, arrangeOrganisation, contextFor } from "./testing-people";
import { answeringIn } from "./testing-procedures";
import { MOST_ATTEMPTS } from "./throttle";

vi.mock("node:timers/promises", () => ({ setTimeout: async () => {} }));

const db = await testDatabase();
const at = { app: db.app, reader: db.reader };
const advice = await arrangeOrganisation(db, "Advice");
const PASSWORD = "lantern otter quay";
const STEP = 30;

let visits = 0;
const origin = (replaces: string | null) => ({
  address: `192.0.2.${++visits % 250}`,
  device: "test",
  replaces,
});
const sessionOf = (result: SignIn) => (result.ok ? result.sessionId : "");

/** The context of a call in a session, open or not. */
async function contextIn(sessionId: string): Promise<Ctx> {
  const { caller, actor } = await findCaller(db.app, sessionId, { address: "192.0.2.9", device: "" });
  return makeContext(at, actor, caller);
}

/** Somebody with a password and no second factor yet. */
const arrangeAnn = () =>
  arrangeMember(db, advice, ["caseworker"], {
    email: `${uuidv7()}@advice.test`,
    password: PASSWORD,
    name: "Ann",
  });
type Person = Awaited<ReturnType<typeof arrangeAnn>>;

async function emailOf({ accountId }: Person): Promise<string> {
  const [row] = await db.administrator<{ email: string }[]>`
    select email from casework.account where id = ${accountId}`;
  return row?.email ?? "";
}

const giveRightPassword = async (person: Person) =>
  sessionOf(await signIn(at, { email: await emailOf(person), password: PASSWORD }, origin(null)));

const secretOf = (uri: string) => new URL(uri).searchParams.get("secret") ?? "";

/** The code that a phone shows, some steps from now. */
const codeAt = (secret: string, steps = 0) =>
  generate({ secret, epoch: Math.floor(Date.now() / 1000) + steps * STEP });

/** Somebody who has set up their phone, signed in, and kept their recovery codes. */
async function arrangeEnrolled() {
  const person = await arrangeAnn();
  const sessionId = await giveRightPassword(person);
  const caller = createCaller(await contextIn(sessionId));
  const { uri, key } = await caller.secondFactor.begin();
  const secret = secretOf(uri);
  const confirmed = await caller.secondFactor.confirm({ code: await codeAt(secret) });
  if (!confirmed.ok) throw new Error("The first code was not taken");
  // That was a while ago: the code of this moment has not been used.
  await db.administrator`
    update casework.second_factor set last_step = last_step - 100 where account_id = ${person.accountId}`;
  return { person, sessionId, secret, key, uri, recoveryCodes: confirmed.recoveryCodes };
}

const enter = async (person: Person, code: string) =>
  signInWithCode(at, code, origin(await giveRightPassword(person)));

const forgetThrottle = () => db.administrator`delete from casework.throttle`;
beforeEach(forgetThrottle);

describe("a right password alone", () => {
  test("opens nothing: not one procedure answers but what sets a second factor up", async () => {
    const sessionId = await giveRightPassword(await arrangeAnn());
    expect(await answeringIn(await contextIn(sessionId))).toEqual([
      "secondFactor.begin",
      "secondFactor.confirm",
    ]);
  });

  test("opens nothing but the way to the code, when a phone is set up", async () => {
    const { person } = await arrangeEnrolled();
    expect(await answeringIn(await contextIn(await giveRightPassword(person)))).toEqual([]);
  });

  test("waits half an hour for its code, then is as if it had not been given", async () => {
    const { person, secret } = await arrangeEnrolled();
    const sessionId = await giveRightPassword(person);
    await db.administrator`
      update casework.session set created_at = created_at - interval '30 minutes' where id = ${sessionId}`;
    expect(await readSession(db.app, sessionId)).toEqual({ signedOut: "not-signed-in" });
    expect(await signInWithCode(at, await codeAt(secret), origin(sessionId))).toEqual({
      ok: false,
      reason: "over",
    });
  });
});

describe("setting up", () => {
  test("teaches the app a key, takes its first code, and opens the session", async () => {
    const { sessionId, secret, key, uri, person } = await arrangeEnrolled();
    expect(key.replaceAll(" ", "")).toBe(secret);
    expect(key).toMatch(/^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/);
    expect(decodeURIComponent(uri)).toContain(`Common Need:${await emailOf(person)}`);
    expect(await readSession(db.app, sessionId)).toMatchObject({ actor: { name: "Ann" } });
  });

  test("shows the same key until it is confirmed, and none to whoever has confirmed one", async () => {
    const caller = createCaller(await contextIn(await giveRightPassword(await arrangeAnn())));
    const first = await caller.secondFactor.begin();
    expect(await caller.secondFactor.begin()).toEqual(first);
    const { sessionId } = await arrangeEnrolled();
    await expect(createCaller(await contextIn(sessionId)).secondFactor.begin()).rejects.toMatchObject({
      code: "CONFLICT",
    });
  });

  test("gives nobody who knows the password a key that its owner takes into use", async () => {
    const person = await arrangeAnn();
    const thief = createCaller(await contextIn(await giveRightPassword(person)));
    const known = secretOf((await thief.secondFactor.begin()).uri);
    const owner = createCaller(await contextIn(await giveRightPassword(person)));
    const taken = secretOf((await owner.secondFactor.begin()).uri);
    expect(taken).not.toBe(known);
    await expect(thief.secondFactor.confirm({ code: await codeAt(known) })).rejects.toMatchObject({
      code: "CONFLICT",
    });
    expect(await owner.secondFactor.confirm({ code: await codeAt(taken) })).toMatchObject({ ok: true });
  });

  test("does not take a code of another key", async () => {
    const sessionId = await giveRightPassword(await arrangeAnn());
    const caller = createCaller(await contextIn(sessionId));
    await caller.secondFactor.begin();
    expect(await caller.secondFactor.confirm({ code: "123456" })).toEqual({ ok: false, reason: "wrong" });
    expect(await readSession(db.app, sessionId)).toMatchObject({ signedOut: "second-factor" });
  });

  test("keeps the key encrypted and the recovery codes hashed", async () => {
    const { secret, recoveryCodes, person } = await arrangeEnrolled();
    const rows = await db.administrator`
      select f.secret::text, f.pending_secret, c.code_hash from casework.second_factor as f
      join casework.recovery_code as c using (account_id) where account_id = ${person.accountId}`;
    expect(rows).toHaveLength(10);
    expect(rows.every((row) => row["pendingSecret"] === null)).toBe(true);
    const text = JSON.stringify(rows);
    expect(text).not.toContain(secret);
    expect(text).not.toContain(Buffer.from(secret).toString("hex"));
    for (const code of recoveryCodes) expect(text).not.toContain(code.replaceAll("-", ""));
  });
});

describe("a code of the app", () => {
  test("signs in, in a new session that takes the place of the half-open one", async () => {
    const { person, secret } = await arrangeEnrolled();
    const half = await giveRightPassword(person);
    const result = await signInWithCode(at, ` ${await codeAt(secret)} `, origin(half));
    expect(result).toMatchObject({ ok: true, accountId: person.accountId });
    expect(sessionOf(result)).not.toBe(half);
    expect(await readSession(db.app, sessionOf(result))).toMatchObject({ actor: { name: "Ann" } });
    expect(await readSession(db.app, half)).toEqual({ signedOut: "ended" });
  });

  test("is taken once, and none from before it afterwards", async () => {
    const { person, secret } = await arrangeEnrolled();
    const code = await codeAt(secret);
    expect(await enter(person, code)).toMatchObject({ ok: true });
    expect(await enter(person, code)).toEqual({ ok: false, reason: "wrong" });
    expect(await enter(person, await codeAt(secret, -1))).toEqual({ ok: false, reason: "wrong" });
    expect(await enter(person, await codeAt(secret, 1))).toMatchObject({ ok: true });
  });

  test("is taken once of two who send it at the same moment", async () => {
    const { person, secret } = await arrangeEnrolled();
    const code = await codeAt(secret);
    const halves = await Promise.all([giveRightPassword(person), giveRightPassword(person)]);
    const results = await Promise.all(halves.map((half) => signInWithCode(at, code, origin(half))));
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
  });

  test("is taken one step early or late, not two", async () => {
    const { person, secret } = await arrangeEnrolled();
    // Away from the edge of a step: the clock must not cross it between making and judging.
    const untilNext = STEP * 1000 - (Date.now() % (STEP * 1000));
    if (untilNext < 5_000) await new Promise((resolve) => setTimeout(resolve, untilNext));
    expect(await enter(person, await codeAt(secret, 2))).toEqual({ ok: false, reason: "wrong" });
    expect(await enter(person, await codeAt(secret, -2))).toEqual({ ok: false, reason: "wrong" });
    expect(await enter(person, await codeAt(secret, -1))).toMatchObject({ ok: true });
    expect(await enter(person, await codeAt(secret, 1))).toMatchObject({ ok: true });
  });

  test("can be guessed ten times in five minutes, whatever sessions the guesses come from", async () => {
    const { person, secret } = await arrangeEnrolled();
    for (let n = 0; n < MOST_ATTEMPTS; n++) {
      // The right password before each guess: it must not forgive the guesses at the code.
      expect(await enter(person, "000000")).toEqual({ ok: false, reason: "wrong" });
    }
    expect(await enter(person, await codeAt(secret))).toEqual({ ok: false, reason: "throttled" });
  });

  test("is refused after a hundred wrong ones in a row, until a recovery code was right", async () => {
    const { person, secret, recoveryCodes } = await arrangeEnrolled();
    await db.administrator`
      update casework.second_factor set failures = 99 where account_id = ${person.accountId}`;
    expect(await enter(person, "000000")).toEqual({ ok: false, reason: "wrong" });
    expect(await enter(person, await codeAt(secret))).toEqual({ ok: false, reason: "blocked" });
    expect(await enter(person, recoveryCodes[0] ?? "")).toMatchObject({ ok: true });
    expect(await enter(person, await codeAt(secret))).toMatchObject({ ok: true });
  });
});

describe("a recovery code", () => {
  test("signs in once, however its groups are typed", async () => {
    const { person, recoveryCodes } = await arrangeEnrolled();
    const [first = "", second = ""] = recoveryCodes;
    expect(await enter(person, first.toLowerCase().replaceAll("-", " "))).toMatchObject({ ok: true });
    expect(await enter(person, first)).toEqual({ ok: false, reason: "wrong" });
    const halves = await Promise.all([giveRightPassword(person), giveRightPassword(person)]);
    const results = await Promise.all(halves.map((half) => signInWithCode(at, second, origin(half))));
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
  });

  test("is one of ten, counted down, and replaced by both factors together", async () => {
    const { person, secret, recoveryCodes } = await arrangeEnrolled();
    expect(new Set(recoveryCodes.map((code) => code[0])).size).toBe(10);
    const signedIn = await enter(person, recoveryCodes[3] ?? "");
    const caller = createCaller(await contextIn(sessionOf(signedIn)));
    expect(await caller.secondFactor.state()).toMatchObject({ isNeeded: true, recoveryCodesLeft: 9 });

    const code = await codeAt(secret);
    const wrong = caller.secondFactor.renewRecoveryCodes({ password: "not the password", code });
    await expect(wrong).rejects.toMatchObject({ code: "BAD_REQUEST" });
    const renewed = await caller.secondFactor.renewRecoveryCodes({ password: PASSWORD, code });
    expect(await caller.secondFactor.state()).toMatchObject({ recoveryCodesLeft: 10 });
    expect(await enter(person, recoveryCodes[4] ?? "")).toEqual({ ok: false, reason: "wrong" });
    expect(await enter(person, renewed.recoveryCodes[4] ?? "")).toMatchObject({ ok: true });
  });
});

describe("another phone", () => {
  test("is set up by both factors; the old one serves until the new one does", async () => {
    const { person, secret, sessionId } = await arrangeEnrolled();
    const caller = createCaller(await contextIn(sessionId));
    await caller.secondFactor.change({ password: PASSWORD, code: await codeAt(secret) });
    const next = secretOf((await caller.secondFactor.begin()).uri);
    expect(next).not.toBe(secret);
    expect(await enter(person, await codeAt(secret, 1))).toMatchObject({ ok: true });
    expect(await caller.secondFactor.confirm({ code: await codeAt(next) })).toMatchObject({ ok: true });
    expect(await enter(person, await codeAt(secret, 1))).toEqual({ ok: false, reason: "wrong" });
    expect(await enter(person, await codeAt(next, 1))).toMatchObject({ ok: true });
  });

  test("is shown and confirmed in the session that asked for it, and in no other", async () => {
    const { person, secret, sessionId } = await arrangeEnrolled();
    const caller = createCaller(await contextIn(sessionId));
    await caller.secondFactor.change({ password: PASSWORD, code: await codeAt(secret) });
    const entered = await enter(person, await codeAt(secret, 1));
    if (!entered.ok) throw new Error("Could not sign in");
    const other = createCaller(await contextIn(entered.sessionId));
    await expect(other.secondFactor.begin()).rejects.toMatchObject({ code: "CONFLICT" });
    expect(secretOf((await caller.secondFactor.begin()).uri)).not.toBe(secret);
  });

  test("cannot be set up by somebody else later, when its owner left off", async () => {
    const { person, secret, sessionId } = await arrangeEnrolled();
    const caller = createCaller(await contextIn(sessionId));
    await caller.secondFactor.change({ password: PASSWORD, code: await codeAt(secret) });
    const next = secretOf((await caller.secondFactor.begin()).uri);
    await db.administrator`
      update casework.second_factor set pending_at = pending_at - interval '30 minutes'
      where account_id = ${person.accountId}`;
    await expect(caller.secondFactor.begin()).rejects.toMatchObject({ code: "CONFLICT" });
    const late = caller.secondFactor.confirm({ code: await codeAt(next) });
    await expect(late).rejects.toMatchObject({ code: "CONFLICT" });
  });
});

describe("a lost phone", () => {
  const sent = vi.spyOn(mail, "sendMail").mockResolvedValue(true);

  test("is reset by the operator: sessions end, and the owner sets up anew and is told", async () => {
    vi.spyOn(mail, "hasMailServer").mockReturnValue(true);
    const { person, sessionId, recoveryCodes } = await arrangeEnrolled();
    const email = await emailOf(person);
    sent.mockClear();
    const nobody = makeContext(at, null);
    expect(await resetSecondFactor(nobody, email)).toEqual({ ended: 1 });
    expect(sent).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ to: email, kind: "notice of a reset" }),
    );
    expect(await readSession(db.app, sessionId)).toEqual({ signedOut: "ended" });
    const half = await giveRightPassword(person);
    expect((await contextIn(half)).caller.waiting?.for).toBe("enrolment");
    expect(await signInWithCode(at, recoveryCodes[0] ?? "", origin(half))).toEqual({
      ok: false,
      reason: "over",
    });
    const [entry] = await db.administrator`
      select action from governance.audit_entry where request_id = ${nobody.requestId}`;
    expect(entry).toEqual({ action: "second-factor.reset" });
    await expect(resetSecondFactor(nobody, "nobody@advice.test")).rejects.toMatchObject({ name: "NotFound" });
  });

  test("is reset by a manager for a colleague, not for themselves nor for another organisation's", async () => {
    const manager = await arrangeMember(db, advice, ["manager"]);
    const administrator = await arrangeMember(db, advice, ["administrator"]);
    const { person, sessionId } = await arrangeEnrolled();
    const by = (actor: Person) => contextFor(db, actor);
    await expect(resetColleagueSecondFactor(by(manager), manager.memberId)).rejects.toMatchObject({
      name: "Invalid",
    });
    await expect(resetColleagueSecondFactor(by(manager), administrator.memberId)).rejects.toMatchObject({
      name: "NotAllowed",
    });
    const housing = await arrangeOrganisation(db, "Housing");
    await db.administrator`
      insert into casework.member (organisation_id, id, account_id, roles)
      values (${housing}, ${uuidv7()}, ${person.accountId}, '{manager}')`;
    await expect(resetColleagueSecondFactor(by(manager), person.memberId)).rejects.toMatchObject({
      name: "NotAllowed",
    });
    await db.administrator`update casework.member set ended_at = now() where organisation_id = ${housing}`;
    expect(await resetColleagueSecondFactor(by(manager), person.memberId)).toEqual({ ended: 1 });
    expect(await readSession(db.app, sessionId)).toEqual({ signedOut: "ended" });
  });
});
