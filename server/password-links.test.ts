import { beforeEach, describe, expect, test, vi } from "vitest";
import { signIn } from "./auth";
import { inTransaction, makeContext } from "./context";
import * as mail from "./mail";
import {
  checkPasswordLink,
  firstAdministratorLink,
  makePasswordLink,
  requestPasswordLink,
  setPasswordByLink,
} from "./password-links";
import { openSession, readSession } from "./sessions";
import { testDatabase } from "./testing";
import { arrangeMember, arrangeOrganisation, passSecondFactor } from "./testing-people";

vi.mock("node:timers/promises", () => ({ setTimeout: async () => {} }));

const db = await testDatabase();
const at = { app: db.app, reader: db.reader };
const ctx = makeContext(at, null);
const sent = vi.spyOn(mail, "sendMail").mockResolvedValue(true);

const tokenOf = (link: string) => new URL(link).searchParams.get("token") ?? "";
const from = { address: "192.0.2.1", device: "", replaces: null };
const set = (link: string, password = "three quiet rivers") =>
  setPasswordByLink(ctx, { token: tokenOf(link), password, first: null });

test("an empty installation is taken up by its first administrator, once", async () => {
  const older = await firstAdministratorLink(ctx);
  const link = await firstAdministratorLink(ctx);
  if (!older || !link) throw new Error("There is no link");
  expect(await checkPasswordLink(ctx, tokenOf(older))).toEqual({ ok: false, reason: "link" });
  expect(await checkPasswordLink(ctx, tokenOf(link))).toMatchObject({
    ok: true,
    purpose: "first-administrator",
  });

  await expect(set(link)).rejects.toMatchObject({ name: "Invalid" });
  const first = { organisation: "County Council", name: "Ada First", email: "ada@county.test" };
  const given = { token: tokenOf(link), password: "three quiet rivers", first };
  expect(await setPasswordByLink(ctx, given)).toEqual({ ok: true, email: "ada@county.test" });
  expect(await setPasswordByLink(ctx, given)).toEqual({ ok: false, reason: "link" });
  expect(await firstAdministratorLink(ctx)).toBeNull();

  const signedIn = await signIn(at, { email: "ada@county.test", password: "three quiet rivers" }, from);
  if (signedIn.ok) await passSecondFactor(db, signedIn.sessionId);
  expect(await readSession(db.app, signedIn.ok ? signedIn.sessionId : "")).toMatchObject({
    actor: { name: "Ada First", organisationName: "County Council", roles: ["administrator"] },
  });
});

describe("a link", () => {
  const member = async (email: string, password?: string) => {
    const organisation = await arrangeOrganisation(db, `Organisation of ${email}`);
    return arrangeMember(db, organisation, ["caseworker"], { email, ...(password && { password }) });
  };
  const linkFor = (accountId: string, purpose: "invitation" | "reset") =>
    inTransaction(ctx, (tx) => makePasswordLink(tx.db, accountId, purpose), "sign-in");
  const age = (by: string) =>
    db.administrator`update casework.password_link set expires_at = expires_at - ${by}::interval`;

  test("says whose password it sets, and sets it once", async () => {
    const { accountId } = await member("bo@links.test");
    const link = await linkFor(accountId, "invitation");
    expect(await checkPasswordLink(ctx, tokenOf(link))).toMatchObject({ ok: true, email: "bo@links.test" });
    expect(await set(link)).toEqual({ ok: true, email: "bo@links.test" });
    expect(await set(link)).toEqual({ ok: false, reason: "link" });
    expect(await signIn(at, { email: "bo@links.test", password: "three quiet rivers" }, from)).toMatchObject({
      ok: true,
    });
  });

  test("used twice at the same moment sets one password", async () => {
    const { accountId } = await member("bea@links.test");
    const link = await linkFor(accountId, "invitation");
    const results = await Promise.all([set(link), set(link), set(link)]);
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
  });

  test.each([
    ["invitation", "7 days"],
    ["reset", "1 hour"],
  ] as const)("for an %s works for %s", async (purpose, time) => {
    const { accountId } = await member(`${purpose}@links.test`);
    const link = await linkFor(accountId, purpose);
    await age(time);
    expect(await set(link)).toEqual({ ok: false, reason: "link" });
    await age("-1 minute");
    expect(await set(link)).toMatchObject({ ok: true });
  });

  test("is kept as a hash only", async () => {
    const { accountId } = await member("hash@links.test");
    const token = tokenOf(await linkFor(accountId, "reset"));
    expect(Buffer.from(token, "base64url")).toHaveLength(32);
    const rows = await db.administrator<
      { all: string }[]
    >`select password_link::text as all from casework.password_link`;
    for (const row of rows) expect(row.all).not.toContain(token);
  });

  test("of a disabled account does nothing", async () => {
    const { accountId } = await member("off@links.test");
    const link = await linkFor(accountId, "reset");
    await db.administrator`update casework.account set disabled_at = now() where id = ${accountId}`;
    expect(await set(link)).toEqual({ ok: false, reason: "link" });
  });

  test("that is used ends the account's sessions and its other links", async () => {
    const { accountId } = await member("all@links.test", "an older password");
    const session = await inTransaction(ctx, (tx) => openSession(tx.db, accountId, "lost laptop"), "sign-in");
    await requestPasswordLink(ctx, "all@links.test");
    const other = sent.mock.lastCall?.[0].link ?? "";
    await requestPasswordLink(ctx, "all@links.test");
    expect(await set(sent.mock.lastCall?.[0].link ?? "")).toMatchObject({ ok: true });
    expect(await readSession(db.app, session)).toEqual({ signedOut: "ended" });
    expect(await set(other)).toEqual({ ok: false, reason: "link" });
  });
});

describe("asking for a new password", () => {
  beforeEach(async () => {
    sent.mockClear();
    await db.administrator`delete from casework.throttle`;
  });

  test("is answered alike whether or not anybody has the address, and mails only who has", async () => {
    const organisation = await arrangeOrganisation(db, "Resets");
    await arrangeMember(db, organisation, ["caseworker"], {
      email: "cy@links.test",
      password: "an older password",
    });
    expect(await requestPasswordLink(ctx, "cy@links.test")).toEqual({ ok: true });
    expect(await requestPasswordLink(ctx, "nobody@links.test")).toEqual({ ok: true });
    expect(sent.mock.calls.map(([{ to }]) => to)).toEqual(["cy@links.test"]);
  });

  test("again and again sends no more than ten mails in five minutes", async () => {
    await Promise.all(Array.from({ length: 14 }, () => requestPasswordLink(ctx, "cy@links.test")));
    expect(sent.mock.calls.length).toBeLessThanOrEqual(10);
  });
});
