/** The calendar address of a member: secret, shown once, ended with the membership, and silent about people. */

import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { addAction, finishAction } from "../../server/actions";
import { calendarStatus, renewCalendar, revokeCalendar } from "../../server/calendar";
import { logContacts } from "../../server/contacts";
import type { ActorCtx } from "../../server/context";
import { addDays, dayOf } from "../../server/domain/period";
import { uuidv7 } from "../../server/ids";
import { endMember, inviteMember } from "../../server/members";
import { testDatabase } from "../../server/testing";
import { aContact, arrangeTeam, type Team } from "../../server/testing-casework";
import { arrangeMember, contextFor } from "../../server/testing-people";
import { GET } from "./calendar/[file]/route";

const db = await testDatabase();
const today = dayOf(new Date());

let team: Team;
let worker: ActorCtx;
let clientId: string;

beforeAll(async () => {
  globalThis.commonNeedPools = { app: db.app, reader: db.reader };
  team = await arrangeTeam(db, "Wear Advice");
  worker = contextFor(
    db,
    await arrangeMember(db, team.organisationId, ["caseworker"], { name: "Amira Haddow" }),
  );
  const contact = aContact(team);
  clientId = contact.clientId;
  await logContacts(team.ctx, [contact]);
});

beforeEach(async () => {
  await db.administrator`delete from casework.throttle`;
});

const add = (over: Partial<Parameters<typeof addAction>[1]> = {}) =>
  addAction(worker, {
    ...{ id: uuidv7(), clientId, issueId: null, title: "Ring Amina’s landlord", dueOn: today },
    memberId: worker.actor.memberId,
    ...over,
  });

/** What a calendar program gets, asking from a network. */
function ask(address: string, headers: Record<string, string> = {}): Promise<Response> {
  const request = new Request(address, { headers: { "x-forwarded-for": "192.0.2.7", ...headers } });
  return GET(request, {
    params: Promise.resolve({ file: new URL(address).pathname.split("/").at(-1) ?? "" }),
  });
}

test("hands out the days of the member's own open actions, and no word about anybody", async () => {
  const mine = await add();
  const [done, undated, later] = [
    await add(),
    await add({ dueOn: null }),
    await add({ dueOn: addDays(today, 3) }),
  ];
  const others = await add({ memberId: team.ctx.actor.memberId });
  await finishAction(worker, { id: done.id, outcome: "done" });
  const { address } = await renewCalendar(worker);
  const answer = await ask(address);
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-type")).toBe("text/calendar; charset=utf-8");
  const text = await answer.text();
  expect(text.match(/^UID:/gm)).toHaveLength(2);
  for (const { id } of [mine, later]) expect(text).toContain(`UID:${id}@`);
  for (const { id } of [done, undated, others]) expect(text).not.toContain(id);
  expect(text.replaceAll("\r\n ", "")).toContain(`/people/${clientId}`);
  expect(text).not.toMatch(/Amina|Okafor|landlord|Amira|Haddow|Wear/);
});

test("says that nothing has changed to a program that holds it, and hands out what has", async () => {
  const { address } = await renewCalendar(worker);
  const first = await ask(address);
  const etag = first.headers.get("etag") ?? "";
  expect(etag).toMatch(/^"[\w-]+"$/);
  for (const known of [etag, `W/${etag}`, `"another", ${etag}`]) {
    const again = await ask(address, { "if-none-match": known });
    expect({ status: again.status, body: await again.text() }).toEqual({ status: 304, body: "" });
  }
  await add();
  const changed = await ask(address, { "if-none-match": etag });
  expect(changed.status).toBe(200);
  expect(changed.headers.get("etag")).not.toBe(etag);
});

test("records whom it told of, and nothing when it told nothing", async () => {
  const { address } = await renewCalendar(worker);
  const entries = async () => {
    const [row] = await db.administrator<{ n: number }[]>`
      select count(*)::int as n from governance.audit_entry
      where action = 'calendar.fetch' and member_id = ${worker.actor.memberId}
        and subjects @> ${db.administrator.json([{ kind: "client", id: clientId }])}`;
    return row?.n ?? 0;
  };
  const before = await entries();
  const etag = (await ask(address)).headers.get("etag") ?? "";
  expect(await entries()).toBe(before + 1);
  await ask(address, { "if-none-match": etag });
  expect(await entries()).toBe(before + 1);
});

describe("the address", () => {
  test("is kept as a hash only, and the page learns when it was asked", async () => {
    const { address } = await renewCalendar(worker);
    const token = /([\w-]{43})\.ics$/.exec(address)?.[1] ?? "";
    const rows = await db.administrator<{ text: string }[]>`
      select encode(token_hash, 'escape') || encode(token_hash, 'base64') as text from casework.calendar_feed`;
    expect(rows.some(({ text }) => text.includes(token))).toBe(false);
    expect((await calendarStatus(worker))?.fetchedAt).toBeNull();
    await ask(address);
    expect((await calendarStatus(worker))?.fetchedAt).toBeInstanceOf(Date);
  });

  test("stops when it is renewed, and when it is taken back", async () => {
    const first = await renewCalendar(worker);
    const second = await renewCalendar(worker);
    expect((await ask(first.address)).status).toBe(404);
    expect((await ask(second.address)).status).toBe(200);
    await revokeCalendar(worker);
    expect((await ask(second.address)).status).toBe(404);
    expect(await calendarStatus(worker)).toBeNull();
  });

  test("ends with the membership, and does not come back with it", async () => {
    const actor = await arrangeMember(db, team.organisationId, ["caseworker"], {
      ...{ name: "Gone Soon", email: "gone@people.test", password: "three quiet rivers" },
    });
    const { address } = await renewCalendar(contextFor(db, actor));
    expect((await ask(address)).status).toBe(200);
    await endMember(team.ctx, actor.memberId);
    expect((await ask(address)).status).toBe(404);
    await inviteMember(team.ctx, {
      ...{ name: "Gone Soon", email: "gone@people.test", roles: ["caseworker"], serviceId: null, patch: [] },
    });
    expect((await ask(address)).status).toBe(404);
  });

  test.each([
    [
      "an account that is switched off",
      "update casework.account set disabled_at = now() where id = $1",
      "accountId",
    ],
    [
      "a role that sees no actions",
      "update casework.member set roles = '{analyst}' where id = $1",
      "memberId",
    ],
  ] as const)("stops for %s", async (_what, sql, id) => {
    const actor = await arrangeMember(db, team.organisationId, ["caseworker"]);
    const { address } = await renewCalendar(contextFor(db, actor));
    await db.administrator.unsafe(sql, [actor[id]]);
    expect((await ask(address)).status).toBe(404);
  });

  test.each(["short.ics", `${"x".repeat(43)}.txt`, `${"x".repeat(43)}`, "..%2f.ics"])(
    "%s is no address",
    async (file) => {
      expect((await ask(`http://common-need.test/api/calendar/${file}`)).status).toBe(404);
    },
  );

  test("can be asked for often enough, and no more than that; others are not kept waiting", async () => {
    const { address } = await renewCalendar(worker);
    for (let turn = 0; turn < 20; turn += 1) expect((await ask(address)).status).toBe(200);
    const refused = await ask(address);
    expect(refused.status).toBe(429);
    expect(refused.headers.get("retry-after")).toBe("300");
    const other = contextFor(db, await arrangeMember(db, team.organisationId, ["caseworker"]));
    expect((await ask((await renewCalendar(other)).address)).status).toBe(200);
  });

  test("guessed again and again from one network is no longer looked for", async () => {
    const guess = () => ask(`http://common-need.test/api/calendar/${"x".repeat(43)}.ics`);
    for (let turn = 0; turn < 30; turn += 1) expect((await guess()).status).toBe(404);
    expect((await guess()).status).toBe(429);
  });
});
