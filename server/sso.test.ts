import { createServer } from "node:http";
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { signIn } from "./auth";
import { makeContext } from "./context";
import { uuidv7 } from "./ids";
import { createCaller } from "./routers";
import { findCaller } from "./sessions";
import { findWaitingCode, returnAddress } from "./sso";
import { beginSso, type Finished, type Flow, finishSso } from "./sso-sign-in";
import { testDatabase } from "./testing";
import { arrangeMember, arrangeOrganisation, contextFor, steppedUp } from "./testing-people";
import { type ProviderPerson, startProvider, type TestProvider } from "./testing-sign-in-provider";

const PASSWORD = "lantern otter quay";
const db = await testDatabase();
const at = { app: db.app, reader: db.reader };
const from = { address: "192.0.2.7", device: "test" };
const host = await arrangeOrganisation(db, "County");
const administrator = contextFor(db, await steppedUp(db, await arrangeMember(db, host, ["administrator"])));
const admin = createCaller(administrator);

let provider: TestProvider;
let housing: number;

vi.mock("./env", async (original) => {
  const real = await original<typeof import("./env")>();
  return { ...real, env: () => ({ ...real.env(), SSO_PRIVATE_HOSTS: allowed.join(",") }) };
});
const allowed: string[] = [];

const settings = (over: Record<string, unknown> = {}) => ({
  organisationId: housing,
  issuer: provider.issuer,
  clientId: provider.clientId,
  clientSecret: provider.clientSecret,
  scopes: "",
  acrValues: "",
  trustsSecondFactor: true,
  ...over,
});

const start = async (options: { refreshes?: boolean } = {}) => {
  housing = await arrangeOrganisation(db, `Housing ${uuidv7()}`);
  provider = await startProvider(returnAddress(housing), options);
  allowed.push(new URL(provider.issuer).host);
  await admin.sso.save(settings());
};
beforeEach(() => start());
afterEach(() => provider.stop());

/** Goes to the provider and back, as a browser does. */
async function visit(
  person: ProviderPerson,
  errand: Parameters<typeof beginSso>[1] = { for: "sign-in", organisationId: housing },
  change: (came: URL, flow: Flow) => void = () => {},
): Promise<Finished> {
  provider.person = person;
  const begun = await beginSso(at, errand, { back: "/map", from });
  if (!begun.ok) return begun;
  const came = await provider.visit(begun.address);
  change(came, begun.flow);
  return finishSso(at, came, begun.flow, { ...from, replaces: null });
}

const ann: ProviderPerson = { subject: "ann@housing", amr: ["pwd", "mfa"] };

/** A member who signs in at the organisation, linked by hand. */
async function arrangeLinked(person = ann) {
  const member = await arrangeMember(db, housing, ["caseworker"], {
    email: `${uuidv7()}@housing.test`,
    password: PASSWORD,
  });
  const stranger = await visit(person);
  if (stranger.ok || stranger.reason !== "not-linked") throw new Error("They are linked already");
  const code = (await findWaitingCode(makeContext(at, null), stranger))?.code ?? "";
  await admin.sso.link({ organisationId: housing, memberId: member.memberId, code });
  return member;
}

const signedIn = async (person = ann) => {
  const done = await visit(person);
  if (!done.ok) throw new Error(`Not signed in: ${done.reason}`);
  return done.sessionId;
};

const read = (sessionId: string) => findCaller(db.app, sessionId, from);
const age = (sessionId: string, minutes: number) => db.administrator`
  update casework.sign_in_session set checked_at = now() - ${minutes} * interval '1 minute' where id = ${sessionId}`;
const entries = async (action: string) =>
  (
    await db.administrator`
      select 1 from governance.audit_entry where action = ${action} and organisation_id = ${housing}`
  ).length;

describe("somebody whom the organisation lets in", () => {
  test("is nobody here until an administrator links them by the code that they see", async () => {
    const member = await arrangeMember(db, housing, ["caseworker"], { email: ann.subject, name: "Ann" });
    const stranger = await visit(ann);
    // The provider's name for them is the member's own address: it links nobody.
    expect(stranger).toMatchObject({ ok: false, reason: "not-linked", organisationId: housing });
    if (stranger.ok || stranger.reason !== "not-linked") return;
    const waiting = await findWaitingCode(makeContext(at, null), stranger);
    expect(waiting?.code).toMatch(/^[A-Z2-9]{4}-[A-Z2-9]{4}$/);
    expect(await admin.sso.read({ organisationId: housing })).toMatchObject({ waiting: 1 });

    await expect(
      admin.sso.link({ organisationId: housing, memberId: member.memberId, code: "BBBB-BBBB" }),
    ).rejects.toMatchObject({ code: "BAD_REQUEST" });
    const code = waiting?.code.toLowerCase() ?? "";
    await admin.sso.link({ organisationId: housing, memberId: member.memberId, code });
    expect(await findWaitingCode(makeContext(at, null), stranger)).toBeNull();

    const { caller, actor } = await read(await signedIn());
    expect(caller.session).toMatchObject({ accountId: member.accountId });
    expect(actor).toMatchObject({
      organisationId: housing,
      memberId: member.memberId,
      roles: ["caseworker"],
    });
    expect([await entries("sign-in.link"), await entries("session.open")]).toEqual([1, 1]);
  });

  test("acts for this organisation alone, also when they work for another", async () => {
    const member = await arrangeLinked();
    const other = await arrangeOrganisation(db, `Other ${uuidv7()}`);
    await db.administrator`
      insert into casework.member (organisation_id, id, account_id, roles)
      values (${other}, ${uuidv7()}, ${member.accountId}, '{manager}')`;
    const sessionId = await signedIn();
    const { caller, actor } = await read(sessionId);
    expect(actor).toMatchObject({ organisationId: housing });
    const here = createCaller(makeContext(at, actor, caller));
    await expect(here.session.choose({ organisationId: other })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  test("gives our code where the provider's second factor was not said, or is not trusted", async () => {
    await arrangeLinked();
    expect((await read(await signedIn({ subject: ann.subject, amr: ["pwd"] }))).caller).toMatchObject({
      ...{ session: null, signedOut: "second-factor" },
    });
    await admin.sso.save(settings({ trustsSecondFactor: false, clientSecret: "" }));
    expect((await read(await signedIn())).caller).toMatchObject({ signedOut: "second-factor" });
    await admin.sso.save(settings({ acrValues: "urn:test:two-factors", clientSecret: "" }));
    const named = { subject: ann.subject, amr: ["pwd"], acr: "urn:test:two-factors" };
    expect((await read(await signedIn(named))).caller.signedOut).toBeNull();
  });

  test("does not get in by a password of theirs any more, until the sign-in is turned off", async () => {
    const member = await arrangeLinked();
    const [account] = await db.administrator<{ email: string }[]>`
      select email from casework.account where id = ${member.accountId}`;
    const given = { email: account?.email ?? "", password: PASSWORD };
    expect(await signIn(at, given, { ...from, replaces: null })).toEqual({
      ok: false,
      reason: "organisation",
    });
    expect(await signIn(at, { ...given, password: "wrong" }, { ...from, replaces: null })).toEqual({
      ok: false,
      reason: "wrong",
    });
    await admin.sso.turnOff({ organisationId: housing });
    expect(await signIn(at, given, { ...from, replaces: null })).toMatchObject({ ok: true });
    expect(await visit(ann)).toEqual({ ok: false, reason: "not-offered" });
  });

  test.each<[string, (came: URL, flow: Flow) => void]>([
    ["another state", (came) => came.searchParams.set("state", "another")],
    ["a code of another", (came) => came.searchParams.set("code", "another")],
    ["another verifier", (_, flow) => Object.assign(flow, { verifier: "v".repeat(43) })],
    ["another nonce", (_, flow) => Object.assign(flow, { nonce: "another" })],
    ["another issuer", (came) => came.searchParams.set("iss", "https://elsewhere.example")],
    [
      "an error of the provider",
      (came) => {
        came.searchParams.delete("code");
        came.searchParams.set("error", "access_denied");
      },
    ],
  ])("is refused when they come back with %s", async (_what, change) => {
    await arrangeLinked();
    expect(await visit(ann, { for: "sign-in", organisationId: housing }, change)).toEqual({
      ok: false,
      reason: "refused",
    });
    expect(await entries("session.refuse")).toBe(1);
  });

  test("comes back once: the same answer is not taken again", async () => {
    await arrangeLinked();
    provider.person = ann;
    const errand = { for: "sign-in" as const, organisationId: housing };
    const begun = await beginSso(at, errand, { back: "/", from });
    if (!begun.ok) throw new Error(begun.reason);
    const came = await provider.visit(begun.address);
    expect(await finishSso(at, came, begun.flow, { ...from, replaces: null })).toMatchObject({ ok: true });
    expect(await finishSso(at, came, begun.flow, { ...from, replaces: null })).toMatchObject({ ok: false });
  });
});

describe("a false provider of another organisation", () => {
  /** Says that it is a provider, and keeps whatever code it is asked to exchange. */
  async function startFalseProvider() {
    const codes: string[] = [];
    const server = createServer((request, response) => {
      const issuer = `http://${request.headers.host}`;
      response.setHeader("content-type", "application/json");
      if (request.url?.startsWith("/.well-known")) {
        response.end(
          JSON.stringify({
            issuer,
            authorization_endpoint: `${issuer}/auth`,
            token_endpoint: `${issuer}/token`,
            jwks_uri: `${issuer}/jwks`,
            response_types_supported: ["code"],
            subject_types_supported: ["public"],
            id_token_signing_alg_values_supported: ["RS256"],
          }),
        );
        return;
      }
      let body = "";
      request.on("data", (part) => (body += part));
      request.on("end", () => {
        codes.push(new URLSearchParams(body).get("code") ?? "");
        response.writeHead(400).end('{"error":"invalid_grant"}');
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    if (typeof address !== "object" || address === null) throw new Error("It has no port");
    allowed.push(`127.0.0.1:${address.port}`);
    return { issuer: `http://127.0.0.1:${address.port}`, codes, stop: () => server.close() };
  }

  test.each(["says who answers", "is silent about who answers"])(
    "is never handed what a true one gave, when it sends people on to it and the answer %s",
    async (answer) => {
      await arrangeLinked();
      const evil = await startFalseProvider();
      const organisationId = await arrangeOrganisation(db, `Evil ${uuidv7()}`);
      await admin.sso.save(settings({ organisationId, issuer: evil.issuer, clientSecret: "x" }));
      const begin = async (organisationId: number) => {
        const begun = await beginSso(at, { for: "sign-in", organisationId }, { back: "/", from });
        if (!begun.ok) throw new Error(begun.reason);
        return begun;
      };
      const attackers = await begin(housing);
      const anns = await begin(organisationId);
      const on = new URL(attackers.address);
      on.searchParams.set("state", anns.flow.state);
      provider.person = ann;
      const came = await provider.visit(on.href);
      if (answer !== "says who answers") came.searchParams.delete("iss");
      const refused = { ok: false, reason: "refused" };
      expect(came.href.startsWith(returnAddress(housing))).toBe(true);
      expect(await finishSso(at, came, anns.flow, { ...from, replaces: null })).toEqual(refused);

      // Nor does a true provider send anybody back to the false one's address.
      const elsewhere = new URL(on);
      elsewhere.searchParams.set("redirect_uri", returnAddress(organisationId));
      await expect(provider.visit(elsewhere.href)).rejects.toThrow(/400/);
      evil.stop();
      expect(evil.codes).toEqual([]);
    },
  );

  test("cannot be one that the organisation trusted when the visit began", async () => {
    await arrangeLinked();
    const before = (_: URL, flow: Flow) => Object.assign(flow, { issuer: "https://login.before.example" });
    expect(await visit(ann, undefined, before)).toEqual({ ok: false, reason: "refused" });
  });
});

describe("whoever leaves the organisation", () => {
  test.each([true, false])("is out within five minutes (a way to refresh: %s)", async (refreshes) => {
    await provider.stop();
    await start({ refreshes });
    await arrangeLinked();
    const sessionId = await signedIn();
    await age(sessionId, 4);
    expect((await read(sessionId)).actor).not.toBeNull();
    // They were asked about, and are not asked about again at once.
    const asked = { ...provider.asked };
    expect((await read(sessionId)).actor).not.toBeNull();
    expect(provider.asked).toEqual(asked);

    provider.gone.add(ann.subject);
    expect((await read(sessionId)).actor).not.toBeNull();
    await age(sessionId, 4);
    expect((await read(sessionId)).caller).toMatchObject({ session: null, signedOut: "ended" });
    expect(await entries("session.end-by-organisation")).toBe(1);
    expect((await read(sessionId)).caller).toMatchObject({ signedOut: "ended" });
  });

  test("is asked about once, however many calls come at the same moment", async () => {
    await arrangeLinked();
    const sessionId = await signedIn();
    await age(sessionId, 6);
    const before = provider.asked.tokens;
    const found = await Promise.all(Array.from({ length: 8 }, () => read(sessionId)));
    expect(found.every(({ actor }) => actor !== null)).toBe(true);
    expect(provider.asked.tokens - before).toBe(1);
  });

  test("is out after a quarter of an hour when the provider cannot be reached", async () => {
    await arrangeLinked();
    const sessionId = await signedIn();
    await provider.stop();
    // In its place somebody who hangs up at once, and counts how often they were rung.
    let rung = 0;
    const silent = createServer().on("connection", (socket) => {
      rung += 1;
      socket.destroy();
    });
    onTestFinished(() => void silent.close());
    const port = Number(new URL(provider.issuer).port);
    await new Promise<void>((resolve) => silent.listen(port, "127.0.0.1", resolve));
    await age(sessionId, 14);
    expect((await read(sessionId)).actor).not.toBeNull();
    // It is left alone for a while, and nobody waits for it.
    const before = rung;
    expect(before).toBeGreaterThan(0);
    await Promise.all(Array.from({ length: 5 }, () => read(sessionId)));
    expect(rung).toBe(before);
    await age(sessionId, 15);
    expect((await read(sessionId)).caller).toMatchObject({ signedOut: "ended" });
  });

  test("is out at once when an administrator unlinks them, and waits with a new code afterwards", async () => {
    const member = await arrangeLinked();
    const sessionId = await signedIn();
    await admin.sso.unlink({ organisationId: housing, memberId: member.memberId });
    expect((await read(sessionId)).caller).toMatchObject({ signedOut: "ended" });
    expect(await visit(ann)).toMatchObject({ ok: false, reason: "not-linked" });
    expect(await entries("sign-in.unlink")).toBe(1);
  });

  test("is out when their membership ends, whatever the provider says", async () => {
    const member = await arrangeLinked();
    const sessionId = await signedIn();
    await db.administrator`update casework.member set ended_at = now() where id = ${member.memberId}`;
    expect((await read(sessionId)).caller).toMatchObject({ signedOut: "ended" });
    expect(await visit(ann)).toEqual({ ok: false, reason: "not-a-member" });
  });
});

describe("proving anew at the organisation", () => {
  test("unlocks the same session, and shows again that it is they; somebody else cannot", async () => {
    await arrangeLinked();
    const sessionId = await signedIn();
    await db.administrator`update casework.session set locked_at = now() where id = ${sessionId}`;
    expect((await read(sessionId)).caller.waiting).toMatchObject({ for: "unlock", atOrganisation: true });
    const unlock = { for: "unlock" as const, sessionId };
    expect(await visit({ ...ann, subject: "ben@housing" }, unlock)).toEqual({ ok: false, reason: "refused" });
    expect(await visit(ann, unlock)).toEqual({ ok: true, sessionId, back: "/map" });
    const { caller, actor } = await read(sessionId);
    const here = createCaller(makeContext(at, actor, caller));
    expect(await here.session.stepUpState()).toEqual({ isFresh: false, kind: "organisation" });
    const stepUp = { for: "step-up" as const, sessionId };
    // One factor is not enough where both were theirs.
    expect(await visit({ ...ann, amr: ["pwd"] }, stepUp)).toEqual({ ok: false, reason: "refused" });
    expect(await visit(ann, stepUp)).toMatchObject({ ok: true });
    expect(await here.session.stepUpState()).toMatchObject({ isFresh: true });
  });

  test("is not shown by a sign-in from before", async () => {
    await arrangeLinked();
    const sessionId = await signedIn();
    const later = (_: URL, flow: Flow) => Object.assign(flow, { begunAt: flow.begunAt + 60 });
    expect(await visit(ann, { for: "step-up", sessionId }, later)).toEqual({ ok: false, reason: "refused" });
  });
});

describe("an administrator", () => {
  test("keeps the secret sealed, and must give it again for another address", async () => {
    const [row] = await db.administrator<{ clientSecret: Buffer }[]>`
      select client_secret from casework.sign_in_provider where organisation_id = ${housing}`;
    expect(row?.clientSecret.toString("latin1")).not.toContain(provider.clientSecret);
    const { provider: shown } = await admin.sso.read({ organisationId: housing });
    expect(JSON.stringify(shown)).not.toContain(provider.clientSecret);
    const elsewhere = settings({ clientSecret: "", issuer: "https://login.elsewhere.example" });
    await expect(admin.sso.save(elsewhere)).rejects.toMatchObject({ code: "BAD_REQUEST" });
  });

  test.each([
    ["http://login.example.org", /https/],
    ["https://127.0.0.1:9", /private/],
    ["https://169.254.169.254", /private/],
    ["https://[::1]", /private/],
    ["https://[::ffff:10.0.0.1]", /private/],
    ["https://localhost:9", /private/],
    ["https://user:word@login.example.org", /password/],
  ])("cannot have us ask %s", async (issuer, words) => {
    const answer = await admin.sso.save(settings({ issuer })).catch((error: unknown) => error);
    expect(answer).toMatchObject({ code: "BAD_REQUEST" });
    expect(String(answer)).toMatch(words);
  });

  test("shows again that it is they before they trust a provider, or link anybody", async () => {
    const stale = createCaller(contextFor(db, await arrangeMember(db, host, ["administrator"])));
    await expect(stale.sso.save(settings())).rejects.toThrow("Show again that it is you");
    await expect(
      stale.sso.link({ organisationId: housing, memberId: uuidv7(), code: "BBBB-BBBB" }),
    ).rejects.toThrow("Show again that it is you");
  });

  test("is told when what answers is no provider", async () => {
    await expect(admin.sso.save(settings({ issuer: `${provider.issuer}/none` }))).rejects.toThrow(
      /no OpenID Connect provider/,
    );
    await expect(admin.sso.save(settings({ issuer: "http://127.0.0.1:1" }))).rejects.toThrow(/https/);
  });

  test("who trusts another provider ends every link and session of the one before", async () => {
    await arrangeLinked();
    const sessionId = await signedIn();
    const old = provider;
    provider = await startProvider(returnAddress(housing));
    allowed.push(new URL(provider.issuer).host);
    await admin.sso.save(settings());
    await old.stop();
    expect((await read(sessionId)).caller).toMatchObject({ signedOut: "ended" });
    expect(await visit(ann)).toMatchObject({ reason: "not-linked" });
  });
});
