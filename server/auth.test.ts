import { hash } from "@node-rs/argon2";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { listDemoAccounts, type SignInFrom, signIn, signInToDemo } from "./auth";
import { makeContext } from "./context";
import { isOutdated } from "./passwords";
import { chooseOrganisation, findCaller, listMemberships, readSession, signOutEverywhere } from "./sessions";
import { testDatabase } from "./testing";
import { arrangeMember, arrangeOrganisation, passSecondFactor } from "./testing-people";
import { MOST_ATTEMPTS } from "./throttle";

// Answers wait longer with every guess (throttle.test.ts says how long); here nobody has to.
vi.mock("node:timers/promises", () => ({ setTimeout: async () => {} }));

const db = await testDatabase();
const at = { app: db.app, reader: db.reader };
const advice = await arrangeOrganisation(db, "Advice");
const housing = await arrangeOrganisation(db, "Housing");
const PASSWORD = "lantern otter quay";
const ann = await arrangeMember(db, advice, ["caseworker"], { email: "ann@advice.test", password: PASSWORD });

let visits = 0;
/** Another browser somewhere else, each time. */
const elsewhere = (): SignInFrom => ({ address: `192.0.2.${++visits}`, device: "test", replaces: null });

/** The id of a session that Ann has just opened. */
async function annSignsIn(from = elsewhere()): Promise<string> {
  const result = await signIn(at, { email: "ann@advice.test", password: PASSWORD }, from);
  if (!result.ok) throw new Error(`Ann could not sign in: ${result.reason}`);
  await passSecondFactor(db, result.sessionId);
  return result.sessionId;
}

const guess = (email: string, from = elsewhere(), password = "not the password") =>
  signIn(at, { email, password }, from);

/** The context of a call in a session. */
async function contextIn(sessionId: string) {
  const { caller, actor } = await findCaller(db.app, sessionId, { address: "local", device: "" });
  if (!caller.session) throw new Error("There is no such session");
  return { ...makeContext(at, actor, caller), caller: { ...caller, session: caller.session } };
}

const ageSession = (id: string, created: string, seen: string) => db.administrator`
  update casework.session
  set created_at = created_at - ${created}::interval, seen_at = seen_at - ${seen}::interval where id = ${id}`;

beforeEach(async () => {
  await db.administrator`delete from casework.throttle`;
});

describe("signing in", () => {
  test("with address and password opens a session that acts for the one organisation", async () => {
    const found = await readSession(db.app, await annSignsIn());
    expect(found).toMatchObject({
      session: { accountId: ann.accountId },
      actor: { memberId: ann.memberId, organisationId: advice, roles: ["caseworker"] },
    });
  });

  test("takes the address as people type it", async () => {
    expect(await guess(" Ann@Advice.TEST ", elsewhere(), PASSWORD)).toMatchObject({ ok: true });
  });

  test("makes a new session each time and ends the one it takes the place of", async () => {
    const first = await annSignsIn();
    const second = await annSignsIn({ ...elsewhere(), replaces: first });
    expect(second).not.toBe(first);
    expect(await readSession(db.app, first)).toEqual({ signedOut: "ended" });
  });

  test("is refused alike for a wrong password, an unknown address and a disabled account", async () => {
    const gone = await arrangeMember(db, advice, ["caseworker"], {
      email: "gone@advice.test",
      password: PASSWORD,
    });
    await db.administrator`update casework.account set disabled_at = now() where id = ${gone.accountId}`;
    const wrong = { ok: false, reason: "wrong" };
    expect(await guess("ann@advice.test")).toEqual(wrong);
    expect(await guess("nobody@advice.test")).toEqual(wrong);
    expect(await guess("not an address")).toEqual(wrong);
    expect(await guess("gone@advice.test", elsewhere(), PASSWORD)).toEqual(wrong);
  });

  test("takes as long for an unknown address as for a wrong password", async () => {
    const times = { known: [] as number[], unknown: [] as number[] };
    for (let round = 0; round < 25; round++) {
      await db.administrator`delete from casework.throttle`;
      const pair = [
        ["known", "ann@advice.test"],
        ["unknown", `u${round}@advice.test`],
      ] as const;
      for (const [kind, email] of round % 2 ? pair : pair.toReversed()) {
        const from = elsewhere();
        const began = performance.now();
        await guess(email, from);
        times[kind].push(performance.now() - began);
      }
    }
    // Chance that one of a pair took longer: 0.5 when they cannot be told apart, near 1 when an unknown address costs no
    // hash. With 25 of each the measure itself varies by 0.08.
    const longer = times.known.flatMap((a) => times.unknown.map((b) => (a > b ? 1 : a === b ? 0.5 : 0)));
    const auc = longer.reduce<number>((sum, one) => sum + one, 0) / longer.length;
    expect(auc).toBeGreaterThan(0.1);
    expect(auc).toBeLessThan(0.9);
  });

  test("makes an old, weaker hash anew", async () => {
    const weak = await hash(PASSWORD, { memoryCost: 8192, timeCost: 1, parallelism: 1 });
    expect(isOutdated(weak)).toBe(true);
    await db.administrator`update casework.account set password_hash = ${weak} where id = ${ann.accountId}`;
    await annSignsIn();
    const [row] = await db.administrator<{ passwordHash: string }[]>`
      select password_hash from casework.account where id = ${ann.accountId}`;
    expect(row?.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    await annSignsIn();
  });

  test("is recorded, granted or refused, without what was typed", async () => {
    await db.administrator`alter table governance.audit_entry disable trigger all`;
    await db.administrator`delete from governance.audit_entry`;
    await db.administrator`alter table governance.audit_entry enable trigger all`;
    await guess("ann@advice.test");
    await guess("stranger@advice.test");
    await annSignsIn();
    const rows =
      await db.administrator`select action, subjects, detail from governance.audit_entry order by id`;
    expect(rows.map(({ action }) => action)).toEqual(["session.refuse", "session.refuse", "session.begin"]);
    expect(JSON.stringify(rows)).not.toMatch(/stranger|advice\.test|not the password/);
  });
});

describe("guessing", () => {
  test("an account from anywhere ends after ten tries in five minutes, the right password too", async () => {
    for (let n = 0; n < MOST_ATTEMPTS; n++) await guess("ann@advice.test", undefined, "x");
    expect(await guess("ann@advice.test", undefined, PASSWORD)).toEqual({ ok: false, reason: "throttled" });
  });

  test("from one address ends after ten tries, whatever the account, known or not", async () => {
    const from = elsewhere();
    const results = await Promise.all(
      Array.from({ length: 14 }, (_, n) => guess(n % 2 ? "ann@advice.test" : `n${n}@advice.test`, from)),
    );
    expect(results.filter((result) => !result.ok && result.reason === "throttled")).toHaveLength(4);
  });

  test("by strangers does not lock out who has signed in from their own address before", async () => {
    const own = elsewhere();
    await annSignsIn(own);
    await Promise.all(Array.from({ length: 15 }, () => guess("ann@advice.test")));
    expect(await guess("ann@advice.test")).toEqual({ ok: false, reason: "throttled" });
    await annSignsIn(own);
  });

  test("is free again after five minutes", async () => {
    await Promise.all(Array.from({ length: 12 }, () => guess("ann@advice.test")));
    await db.administrator`update casework.throttle set window_start = window_start - interval '6 minutes'`;
    await annSignsIn();
  });

  test("leaves nothing in the table that names an account or an address", async () => {
    await guess("ann@advice.test", { ...elsewhere(), address: "198.51.100.7" });
    const rows = await db.administrator`select bucket from casework.throttle`;
    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).not.toMatch(/ann|198\.51/);
  });
});

describe("a session", () => {
  test("locks after five minutes without a sign of life", async () => {
    const id = await annSignsIn();
    await ageSession(id, "4 minutes", "4 minutes");
    expect(await readSession(db.app, id)).toHaveProperty("actor");
    await ageSession(id, "0", "5 minutes");
    expect(await readSession(db.app, id)).toMatchObject({ signedOut: "locked" });
    expect(await readSession(db.app, id)).toMatchObject({ signedOut: "locked" });
  });

  test("is kept open by what somebody does, not by what a screen asks by itself", async () => {
    const id = await annSignsIn();
    await ageSession(id, "0", "3 minutes");
    await readSession(db.app, id, false);
    await ageSession(id, "0", "3 minutes");
    expect(await readSession(db.app, id)).toMatchObject({ signedOut: "locked" });
  });

  test("stays open while it is used, and ends after 12 hours", async () => {
    const id = await annSignsIn();
    for (let n = 0; n < 3; n++) {
      await ageSession(id, "4 minutes", "4 minutes");
      expect(await readSession(db.app, id)).toHaveProperty("actor");
    }
    await ageSession(id, "11 hours 48 minutes", "0");
    expect(await readSession(db.app, id)).toEqual({ signedOut: "expired" });
  });

  test("ends at the next call when the account is disabled, or the membership ended", async () => {
    const eve = await arrangeMember(db, advice, ["caseworker"], {
      email: "eve@advice.test",
      password: PASSWORD,
    });
    const open = async () => {
      const result = await guess("eve@advice.test", elsewhere(), PASSWORD);
      if (result.ok) await passSecondFactor(db, result.sessionId);
      return result.ok ? result.sessionId : "";
    };
    const first = await open();
    await db.administrator`update casework.account set disabled_at = now() where id = ${eve.accountId}`;
    expect(await readSession(db.app, first)).toEqual({ signedOut: "ended" });
    await db.administrator`update casework.account set disabled_at = null where id = ${eve.accountId}`;
    const second = await open();
    await db.administrator`update casework.member set ended_at = now() where id = ${eve.memberId}`;
    expect(await readSession(db.app, second)).toEqual({ signedOut: "ended" });
  });

  test("reads roles anew at every call", async () => {
    const id = await annSignsIn();
    await db.administrator`update casework.member set roles = '{manager,nonsense}' where id = ${ann.memberId}`;
    expect(await readSession(db.app, id)).toMatchObject({ actor: { roles: ["manager"] } });
    await db.administrator`update casework.member set roles = '{caseworker}' where id = ${ann.memberId}`;
  });

  test("signed out everywhere, every session of the account is over at once, and nobody else's", async () => {
    const ids = [await annSignsIn(), await annSignsIn(), await annSignsIn()];
    await arrangeMember(db, advice, ["caseworker"], { email: "ian@advice.test", password: PASSWORD });
    const other = await guess("ian@advice.test", elsewhere(), PASSWORD);
    if (other.ok) await passSecondFactor(db, other.sessionId);
    const ctx = await contextIn(ids[0] ?? "");
    expect((await signOutEverywhere(ctx)).ended).toBeGreaterThanOrEqual(3);
    for (const id of ids) expect(await readSession(db.app, id)).toEqual({ signedOut: "ended" });
    expect(await readSession(db.app, other.ok ? other.sessionId : "")).toHaveProperty("actor");
  });

  test("of nobody, or of an id that was made up, is not signed in", async () => {
    expect(await readSession(db.app, ann.accountId)).toEqual({ signedOut: "not-signed-in" });
    expect((await findCaller(db.app, null, elsewhere())).caller).toMatchObject({
      signedOut: "not-signed-in",
    });
  });
});

describe("a member of two organisations", () => {
  test("chooses one for the session, once, and only one of their own", async () => {
    const kim = await arrangeMember(db, advice, ["caseworker"], {
      email: "kim@both.test",
      password: PASSWORD,
    });
    await db.administrator`
      insert into casework.member (organisation_id, id, account_id, roles)
      values (${housing}, gen_random_uuid(), ${kim.accountId}, '{manager}')`;
    const police = await arrangeOrganisation(db, "Police");
    const result = await guess("kim@both.test", elsewhere(), PASSWORD);
    const id = result.ok ? result.sessionId : "";
    await passSecondFactor(db, id);
    expect(await readSession(db.app, id)).toMatchObject({ actor: null });

    const ctx = await contextIn(id);
    expect((await listMemberships(ctx)).map(({ organisationName }) => organisationName)).toEqual([
      "Advice",
      "Housing",
    ]);
    await expect(chooseOrganisation(ctx, police)).rejects.toMatchObject({ name: "NotFound" });
    await chooseOrganisation(ctx, housing);
    expect(await readSession(db.app, id)).toMatchObject({
      actor: { organisationId: housing, roles: ["manager"] },
    });
    await expect(chooseOrganisation(ctx, advice)).rejects.toMatchObject({ name: "NotFound" });
  });
});

describe("one-click sign-in", () => {
  test("exists in a demo installation only, for its made people only", async () => {
    await arrangeMember(db, advice, ["manager"], { email: "maya@advice.example", name: "Maya Demo" });
    await arrangeMember(db, advice, ["manager"], { email: "real@advice.example", password: PASSWORD });
    const into = async (email: string) => (await signInToDemo(at, email, elsewhere())).ok;

    expect(await into("maya@advice.example")).toBe(false);
    expect(await listDemoAccounts(makeContext(at, null))).toEqual([]);

    await db.administrator`update reference.installation set demo = true`;
    expect(await into("maya@advice.example")).toBe(true);
    expect(await into("real@advice.example")).toBe(false);
    expect(await into("ann@advice.test")).toBe(false);
    expect(await listDemoAccounts(makeContext(at, null))).toEqual([
      { email: "maya@advice.example", name: "Maya Demo", organisationName: "Advice", roles: ["manager"] },
    ]);
    await db.administrator`update reference.installation set demo = false`;
  });
});
