/**
 * Every route of `app/api` has a line here that says whom it serves. What changes something must come from our own
 * pages; who somebody is comes from the session cookie and from nowhere else.
 */

import { createHash } from "node:crypto";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { encode } from "next-auth/jwt";
import { beforeAll, describe, expect, test } from "vitest";
import type { Actor } from "../../server/context";
import { MOST_BYTES, MOST_CALLS } from "../../server/domain/calls";
import { MOST_FILES_OF_RECORDS } from "../../server/domain/records";
import { uuidv7 } from "../../server/ids";
import { sessionSecret } from "../../server/request";
import { testDatabase } from "../../server/testing";
import { arrangeMember, arrangeOrganisation, steppedUp } from "../../server/testing-people";
import { GET as events } from "./figures/events/route";
import { GET as health } from "./health/route";
import { GET as ready } from "./ready/route";
import { GET as records } from "./records.csv/route";
import { GET as callbackSso } from "./sso/callback/[organisation]/route";
import { ledOn } from "./sso/redirected";
import { POST as startSso } from "./sso/start/route";
import { GET as summaryFile } from "./summaries/[id]/[file]/route";
import { GET as ask, POST as send } from "./trpc/[trpc]/route";

const ROUTES: Readonly<Record<string, string>> = {
  "auth/[...nextauth]/route.ts":
    "everyone: signing in and out, with next-auth's own token against foreign forms",
  "boundaries/route.ts": "everyone: outlines of areas, over the connection that reads what is published",
  "calendar/[file]/route.ts": "whoever holds the secret address of a member's calendar",
  "figures/events/route.ts": "who may read figures",
  "health/route.ts": "everyone: the process is up",
  "lab/example/route.ts": "who may send a cohort, in a demo: a file of made-up people",
  "lab/uploads/[id]/route.ts": "whoever asked for the upload: sealed pieces of a file, see below",
  "open/v1/[[...path]]/route.ts":
    "everyone: frozen figures, over the connection that reads what is published: server/open-data/serve.test.ts",
  "ready/route.ts": "everyone: the database answers",
  "records.csv/route.ts": "who may take the records of their own organisation: managers, see below",
  "rights/[id]/[file]/route.ts":
    "officers of the organisation who just showed who they are: server/rights-packs.test.ts",
  "sso/callback/[organisation]/route.ts":
    "whoever comes back from their organisation with the cookie they left with, see below",
  "sso/start/route.ts":
    "everyone, by a form of our own pages: sends on to an organisation's own sign-in page, see below",
  "summaries/[id]/[file]/route.ts": "who may read the impact of their own organisation: kept files",
  "trpc/[trpc]/route.ts": "each procedure by itself: server/rights.test.ts",
};

const db = await testDatabase();
const ORIGIN = "http://common-need.test";
let manager: Actor;
let caseworker: Actor;
let steward: Actor;
let stranger: Actor;

beforeAll(async () => {
  globalThis.commonNeedPools = { app: db.app, reader: db.reader };
  const ours = await arrangeOrganisation(db, "Ours");
  const theirs = await arrangeOrganisation(db, "Theirs");
  manager = await arrangeMember(db, ours, ["manager"]);
  caseworker = await arrangeMember(db, ours, ["caseworker"]);
  steward = await arrangeMember(db, ours, ["steward"]);
  stranger = await arrangeMember(db, theirs, ["manager"]);
});

/** The cookie of a new session of somebody. */
async function cookieOf(actor: Actor): Promise<string> {
  const { sessionId: sid } = await steppedUp(db, actor);
  return `common-need.session=${await encode({ token: { sid }, secret: sessionSecret() })}`;
}

const get = (path: string, headers: Record<string, string> = {}) =>
  new Request(`${ORIGIN}${path}`, { headers });

/** A form as our own pages send it, unless told otherwise. */
const sentForm = (body: string, headers: Record<string, string> = {}) =>
  new Request(`${ORIGIN}/api/sso/start`, {
    method: "POST",
    headers: {
      ...{ host: "common-need.test", origin: ORIGIN, "content-length": String(body.length) },
      ...{ "content-type": "application/x-www-form-urlencoded", ...headers },
    },
    body,
  });

/** A mutation as our own pages send it, unless told otherwise. */
const mutation = (path: string, input: unknown, headers: Record<string, string> = {}) => {
  const body = JSON.stringify({ json: input });
  return new Request(`${ORIGIN}/api/trpc/${path}`, {
    method: "POST",
    headers: {
      host: "common-need.test",
      origin: ORIGIN,
      "content-type": "application/json",
      "content-length": String(Buffer.byteLength(body)),
      ...headers,
    },
    body,
  });
};

test("every route has its line and every line its route", () => {
  const found = readdirSync(join(import.meta.dirname), { recursive: true, encoding: "utf8" });
  expect(found.filter((path) => /\broute\.tsx?$/.test(path)).sort()).toEqual(Object.keys(ROUTES).sort());
});

test("whoever asks is told that the process is up and the database ready", async () => {
  expect(await health().json()).toEqual({ ok: true });
  const answer = await ready();
  expect(answer.status).toBe(200);
  expect(await answer.json()).toEqual({ ready: true });
});

describe("a request that changes something", () => {
  const addService = async (headers: Record<string, string>) => {
    const answer = await send(
      mutation(
        "services.add",
        { name: `Service ${uuidv7()}` },
        { cookie: await cookieOf(manager), ...headers },
      ),
    );
    const [row] = await db.administrator<{ n: number }[]>`
      select count(*)::int as n from casework.service where organisation_id = ${manager.organisationId}`;
    return { status: answer.status, services: row?.n };
  };

  test.each([
    ["another site", { origin: "https://evil.test" }],
    ["another port of the same machine", { origin: "http://common-need.test:8080" }],
    ["a page that hides where it is", { origin: "null" }],
    ["a form, as plain text", { "content-type": "text/plain" }],
    ["a form", { "content-type": "application/x-www-form-urlencoded" }],
  ])("from %s is refused, and nothing changes", async (_from, headers) => {
    expect(await addService(headers)).toEqual({ status: 403, services: 0 });
  });

  test("without any word of where it comes from is refused", async () => {
    const request = mutation("services.add", { name: "Unsaid" }, { cookie: await cookieOf(manager) });
    request.headers.delete("origin");
    expect((await send(request)).status).toBe(403);
  });

  test.each([
    ["more than our pages could send", String(MOST_BYTES + 1)],
    ["nobody knows how much", ""],
  ])("bringing %s is refused before it is read", async (_what, length) => {
    const request = mutation("password.check", { token: "x" }, { "content-length": length });
    expect((await send(request)).status).toBe(413);
    expect(request.bodyUsed).toBe(false);
  });

  test("bringing more calls than our pages send at once is refused", async () => {
    const calls = Array.from({ length: MOST_CALLS + 1 }, () => "password.check").join(",");
    expect((await send(mutation(`${calls}?batch=1`, {}))).status).toBe(400);
  });

  test("nested without end is refused by itself, and what came with it is answered", async () => {
    const deep = `${"[".repeat(50_000)}${"]".repeat(50_000)}`;
    const body = `{"0":{"json":{"contacts":[{"id":"${uuidv7()}","entries":${deep}}]}},"1":{"json":null}}`;
    const request = mutation("contacts.log,session.alive?batch=1", null, {
      cookie: await cookieOf(caseworker),
      "content-length": String(body.length),
    });
    const answer = await send(new Request(request.url, { method: "POST", headers: request.headers, body }));
    const [first, second] = await answer.json();
    expect(first.error.json.data.httpStatus).toBe(400);
    expect(first.error.json.message).toBe("This is nested too deep to be read.");
    expect(second).toHaveProperty("result");
  });

  test.each([
    ["services.add", { name: "Advice\u0000 desk" }],
    ["services.add", { name: "Advice\u202e desk" }],
  ])("with a character that cannot be kept is told so in plain words: %s", async (path, input) => {
    const answer = await send(mutation(path, input, { cookie: await cookieOf(manager) }));
    const { error } = await answer.json();
    expect(answer.status).toBe(400);
    expect(error.json.data.fields.name).toMatch(/^Take out the invisible character/);
  });

  test("cannot be sent as a question, whose address a foreign page could open", async () => {
    const input = encodeURIComponent(JSON.stringify({ json: { name: "Asked" } }));
    const answer = await ask(
      get(`/api/trpc/services.add?input=${input}`, { cookie: await cookieOf(manager) }),
    );
    expect(answer.status).toBe(405);
  });

  test("from our own pages is carried out, and its answer kept nowhere", async () => {
    expect(await addService({})).toEqual({ status: 200, services: 1 });
    const answer = await ask(get("/api/trpc/session.me", { cookie: await cookieOf(manager) }));
    expect(answer.headers.get("cache-control")).toBe("no-store");
  });
});

describe("who somebody is", () => {
  const me = async (headers: Record<string, string>) => {
    const answer = await ask(get("/api/trpc/session.me", headers));
    const body = await answer.json();
    return { status: answer.status, reason: body.error?.json.data.reason };
  };

  test("comes from a cookie that we closed", async () => {
    expect(await me({ cookie: await cookieOf(caseworker) })).toEqual({ status: 200, reason: undefined });
  });

  test.each([
    ["nothing", async () => ({})],
    ["a cookie in the clear", async () => ({ cookie: `common-need.session=${manager.accountId}` })],
    [
      "a cookie that somebody else closed",
      async () => ({
        cookie: `common-need.session=${await encode({ token: { sid: uuidv7() }, secret: "another secret" })}`,
      }),
    ],
    [
      "a session that never was",
      async () => ({
        cookie: `common-need.session=${await encode({ token: { sid: uuidv7() }, secret: sessionSecret() })}`,
      }),
    ],
    [
      "a header that claims to have been checked",
      async () => ({ "x-middleware-subrequest": "proxy:proxy:proxy:proxy:proxy" }),
    ],
  ])("is not told by %s", async (_what, headers) => {
    expect(await me(await headers())).toEqual({ status: 401, reason: "not-signed-in" });
  });

  test("is asked for again when five minutes went by without use, saying so", async () => {
    const cookie = await cookieOf(caseworker);
    await db.administrator`
      update casework.session set seen_at = now() - interval '5 minutes' where account_id = ${caseworker.accountId}`;
    expect(await me({ cookie })).toEqual({ status: 401, reason: "locked" });
  });
});

describe("a device that calls for one person", () => {
  const call = async (actsFor: string, actor: Actor) => {
    const answer = await ask(
      get("/api/trpc/session.me", { cookie: await cookieOf(actor), "common-need-acts-for": actsFor }),
    );
    return { status: answer.status, reason: (await answer.json()).error?.json.data.reason };
  };
  const refused = { status: 401, reason: "somebody-else" };

  test("is answered while they are the one who is signed in, for that organisation", async () => {
    const { accountId, organisationId } = caseworker;
    expect(await call(`${accountId}/${organisationId}`, caseworker)).toEqual({
      status: 200,
      reason: undefined,
    });
    expect(await call(`${accountId}/${organisationId + 1}`, caseworker)).toEqual(refused);
  });

  test("is refused when somebody else signed in there meanwhile, locked or not", async () => {
    const { accountId, organisationId } = manager;
    expect(await call(`${accountId}/${organisationId}`, caseworker)).toEqual(refused);
    const cookie = await cookieOf(caseworker);
    await db.administrator`
      update casework.session set seen_at = now() - interval '20 minutes' where account_id = ${caseworker.accountId}`;
    const answer = await ask(
      get("/api/trpc/session.me", { cookie, "common-need-acts-for": `${accountId}/${organisationId}` }),
    );
    expect((await answer.json()).error.json.data.reason).toBe("somebody-else");
  });
});

test("a fault that is nobody's is told by its number, without what was typed or where it broke", async () => {
  const cookie = await cookieOf(manager);
  await db.administrator`alter table casework.service rename to service_away`;
  const answer = await send(mutation("services.add", { name: "Zebedee's team" }, { cookie }));
  await db.administrator`alter table casework.service_away rename to service`;
  const text = await answer.text();
  expect(answer.status).toBe(500);
  expect(text).toMatch(/Something went wrong on our side/);
  expect(text).not.toMatch(/Zebedee|casework|relation|stack|node_modules/);
});

describe("a file of a kept summary", () => {
  const page = "<!doctype html><title>We helped 45 people</title>";
  let kept: string;

  beforeAll(async () => {
    kept = uuidv7();
    const sha256 = createHash("sha256").update(page).digest("hex");
    await db.administrator`
      insert into casework.summary (organisation_id, id, series_id, version, plan)
      values (${manager.organisationId}, ${kept}, ${kept}, 1, '{}')`;
    for (const [position, name] of ["summary.html", "damaged.html"].entries()) {
      await db.administrator`
        insert into casework.summary_file (organisation_id, summary_id, name, position, media_type, bytes, sha256)
        values (${manager.organisationId}, ${kept}, ${name}, ${position}, 'text/html; charset=utf-8',
                ${Buffer.from(position === 0 ? page : `${page}!`)}, ${sha256})`;
    }
  });

  const download = async (actor: Actor | null, file: string, id = kept) =>
    summaryFile(get(`/api/summaries/${id}/${file}`, actor ? { cookie: await cookieOf(actor) } : {}), {
      params: Promise.resolve({ id, file: file.replace("?read", "") }),
    });

  test("is for those who may read it, and of their own organisation", async () => {
    expect((await download(manager, "summary.html")).status).toBe(200);
    expect((await download(caseworker, "summary.html")).status).toBe(403);
    expect((await download(null, "summary.html")).status).toBe(403);
    expect((await download(stranger, "summary.html")).status).toBe(404);
    expect((await download(manager, "other.html")).status).toBe(404);
    expect((await download(manager, "summary.html", "nonsense")).status).toBe(404);
  });

  test("comes as it was kept, shut off, kept by nobody on the way, and each time recorded", async () => {
    const answer = await download(manager, "summary.html");
    expect(await answer.text()).toBe(page);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      "content-type": "text/html; charset=utf-8",
      "content-disposition": 'attachment; filename="summary.html"',
      "content-security-policy": expect.stringContaining("sandbox"),
      "x-content-type-options": "nosniff",
      "cache-control": "no-store",
    });
    const read = await download(manager, "summary.html?read");
    expect(read.headers.get("content-disposition")).toMatch(/^inline/);
    expect(read.headers.get("content-security-policy")).toMatch(/sandbox/);
    const entries = await db.administrator`
      select detail from governance.audit_entry
      where action = 'impact.export' and member_id = ${manager.memberId} and subjects @> ${db.administrator.json([{ id: kept }])}`;
    expect(entries.length).toBeGreaterThanOrEqual(2);
  });

  test("is not handed out when its bytes are not what was kept, and that is not recorded as handed out", async () => {
    const answer = await download(manager, "damaged.html");
    expect(answer.status).toBe(500);
    expect(await answer.text()).not.toContain("We helped");
    const entries = await db.administrator`
      select 1 from governance.audit_entry
      where action = 'impact.export' and detail ->> 'file' = 'damaged.html'`;
    expect(entries).toHaveLength(0);
  });
});

describe("the records of an organisation without names", () => {
  const take = async (actor: Actor | null, query = "") =>
    records(get(`/api/records.csv${query}`, actor ? { cookie: await cookieOf(actor) } : {}));

  test("are for its managers: those who read its summaries alone are refused", async () => {
    const analyst = await arrangeMember(db, manager.organisationId, ["analyst"]);
    expect((await take(analyst)).status).toBe(403);
    expect((await take(caseworker)).status).toBe(403);
    expect((await take(null)).status).toBe(403);
    const answer = await take(manager);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    await answer.body?.cancel();
  });

  test("are not answered again and again", async () => {
    const often = await arrangeMember(db, manager.organisationId, ["manager"]);
    for (let n = 0; n < MOST_FILES_OF_RECORDS; n++) await (await take(often)).body?.cancel();
    expect((await take(often)).status).toBe(429);
  });
});

test("news of figures is for those who may read figures", async () => {
  const listen = async (cookie: string) => {
    const stop = new AbortController();
    const answer = await events(
      new Request(`${ORIGIN}/api/figures/events`, { headers: { cookie }, signal: stop.signal }),
    );
    stop.abort();
    await answer.body?.cancel().catch(() => {});
    return answer.status;
  };
  expect(await listen(await cookieOf(caseworker))).toBe(200);
  expect(await listen(await cookieOf(steward))).toBe(403);
  expect(await listen("")).toBe(403);
});

describe("signing in with one's organisation", () => {
  test("begins nowhere where no organisation has a sign-in of its own, and sends nobody to an address that was typed", async () => {
    for (const form of [
      "",
      "organisation=x",
      "for=step-up",
      "organisation=1",
      "back=https://elsewhere.example",
    ]) {
      const answer = await startSso(sentForm(form));
      expect(answer.status).toBe(303);
      expect(answer.headers.get("location")).toMatch(/^\/sign-in/);
    }
  });

  test.each<Record<string, string>>([
    { origin: "https://elsewhere.example" },
    { origin: "http://www.common-need.test" },
    { origin: "http://common-need.test:8080" },
    { origin: "null" },
    { origin: "" },
    { "content-type": "text/plain" },
  ])(
    "begins on our own pages alone, also without https: from elsewhere (%o) people choose for themselves, and stay who they are",
    async (headers) => {
      const answer = await startSso(sentForm("organisation=1", headers));
      expect(answer.headers.get("location")).toBe("/sign-in/organisation");
      expect(answer.headers.getSetCookie()).toEqual([]);
      const own = await startSso(sentForm("organisation=1"));
      expect(own.headers.get("location")).toBe("/sign-in?because=organisation-not-offered");
    },
  );

  test("leads on by a page, in which an address cannot be more than an address", async () => {
    const answer = ledOn('https://login.example/?a="><script>&b=1', "visit=x");
    expect(answer.headers.getSetCookie()).toEqual(["visit=x"]);
    const page = await answer.text();
    expect(page).toContain('href="https://login.example/?a=&#34;&#62;&#60;script&#62;&#38;b=1"');
    expect(page).not.toContain("<script>");
  });

  test("does not end in a browser in which it did not begin", async () => {
    const answer = await callbackSso(get("/api/sso/callback/1?code=x&state=y"), {
      params: Promise.resolve({ organisation: "1" }),
    });
    expect(answer.headers.get("location")).toBe("/sign-in?because=organisation-refused");
    expect(answer.headers.getSetCookie().join()).not.toContain("session=");
  });
});
