/**
 * Withdrawal, expiry and revocation on every channel: each next read denies, whatever was open before. An open page asks
 * every few seconds whether its look still stands, live updates are checked every four, a device when it next calls.
 */

import { beforeEach, describe, expect, test, vi } from "vitest";
import { setClock } from "./clock";
import type { ActorCtx } from "./context";
import { addDays, dayOf } from "./domain/period";
import { uuidv7 } from "./ids";
import { knownTo, lookStands } from "./known-to";
import { object } from "./objections";
import { readSession } from "./sessions";
import { sharedPerson } from "./shared-views";
import { takeAlong } from "./take-along";
import { testDatabase } from "./testing";
import { signedWithDays } from "./testing-agreements";
import { arrangeMember, arrangeSession } from "./testing-people";
import { aCell, agree, aLook, arrangeShared, type Shared, say } from "./testing-sharing";

vi.mock("node:timers/promises", () => ({ setTimeout: async () => {} }));

const db = await testDatabase();
const today = dayOf(new Date());

beforeEach(async () => {
  await db.administrator`delete from casework.throttle`;
  await db.administrator`update reference.installation set clock_offset_ms = 0`;
});

interface Open {
  shared: Shared;
  /** The look that an open page shows. */
  lookId: string;
}

let worlds = 0;
/** A client who said yes, and a page of another organisation that shows who knows them. */
async function anOpenPage(): Promise<Open> {
  worlds += 1;
  const shared = await arrangeShared(db, `Withdrawal ${worlds}`);
  await agree(db, shared, [aCell({ rests: "consent", detail: "full" })]);
  await say(shared.giver.ctx, shared.given, "given");
  const look = aLook(shared.own);
  expect((await knownTo(shared.asker.ctx, look)).services).toHaveLength(1);
  expect(await lookStands(shared.asker.ctx, { id: look.id })).toEqual({ stands: true });
  expect(await sharedPerson(shared.asker.ctx, aLook(shared.own))).toHaveLength(1);
  return { shared, lookId: look.id };
}

/** What each way to the giver's client answers now: the open page, a new look, the fuller view. */
async function answers({ shared, lookId }: Open, ctx: ActorCtx = shared.asker.ctx) {
  const { stands } = await lookStands(ctx, { id: lookId });
  const { services } = await knownTo(ctx, aLook(shared.own));
  const views = await sharedPerson(ctx, aLook(shared.own));
  return { stands, services: services.length, views: views.length };
}

const NOTHING = { stands: false, services: 0, views: 0 };

describe("at the next read nothing is left", () => {
  test("when the client takes their yes back", async () => {
    const page = await anOpenPage();
    await say(page.shared.giver.ctx, page.shared.given, "withdrawn");
    expect(await answers(page)).toEqual(NOTHING);
  });

  test("when they object to sharing", async () => {
    const page = await anOpenPage();
    const { giver, given } = page.shared;
    await object(giver.ctx, { id: uuidv7(), clientId: given, against: "sharing" });
    expect(await answers(page)).toEqual(NOTHING);
  });

  test("when the six months of their yes are over, by the clock alone", async () => {
    const page = await anOpenPage();
    // The agreement goes on; only the yes has ended.
    await setClock(db.administrator, `${addDays(today, 190)}T12:00Z`);
    expect(await answers(page)).toEqual(NOTHING);
  });

  test("when the agreement's last day is over, by the clock alone", async () => {
    const page = await anOpenPage();
    const { organisationId } = page.shared.giver;
    await signedWithDays(db, organisationId, { reviewOn: today, endsOn: today });
    expect(await answers(page)).toEqual({ stands: true, services: 1, views: 1 });
    await setClock(db.administrator, `${addDays(today, 1)}T00:00:01Z`);
    expect(await answers(page)).toEqual(NOTHING);
  });

  test("when a party's notice is over", async () => {
    const page = await anOpenPage();
    const { organisationId } = page.shared.giver;
    await db.administrator`
      update governance.agreement set state = 'withdrawn', last_day = ${addDays(today, -1)} where id in (
        select agreement_id from governance.agreement_party where organisation_id = ${organisationId})`;
    expect(await answers(page)).toEqual(NOTHING);
  });
});

describe("whoever looked and may no longer", () => {
  test("has left: their open page shows nothing, even to a call that still believed they were here", async () => {
    const page = await anOpenPage();
    const { asker } = page.shared;
    await db.administrator`update casework.member set ended_at = now() where id = ${asker.ctx.actor.memberId}`;
    expect((await lookStands(asker.ctx, { id: page.lookId })).stands).toBe(false);
    expect((await knownTo(asker.ctx, aLook(page.shared.own))).services).toEqual([]);
  });

  test("has another role: the same", async () => {
    const page = await anOpenPage();
    const { memberId } = page.shared.asker.ctx.actor;
    await db.administrator`update casework.member set roles = '{manager}' where id = ${memberId}`;
    expect((await lookStands(page.shared.asker.ctx, { id: page.lookId })).stands).toBe(false);
  });

  test("has left, or the session was ended: the next call of any page, stream or device is nobody's", async () => {
    const { asker } = await arrangeShared(db, "Sessions");
    const member = await arrangeMember(db, asker.organisationId, ["caseworker"]);
    const open = async () => {
      const sessionId = await arrangeSession(db, member.accountId);
      await db.administrator`
        update casework.session set organisation_id = ${asker.organisationId}, member_id = ${member.memberId}
        where id = ${sessionId}`;
      expect(await readSession(db.app, sessionId)).toHaveProperty("actor.memberId", member.memberId);
      return sessionId;
    };
    const revoked = await open();
    await db.administrator`update casework.session set revoked_at = now() where id = ${revoked}`;
    expect(await readSession(db.app, revoked)).toEqual({ signedOut: "ended" });
    const left = await open();
    await db.administrator`update casework.member set ended_at = now() where id = ${member.memberId}`;
    expect(await readSession(db.app, left)).toEqual({ signedOut: "ended" });
  });
});

describe("a device", () => {
  test("carries nothing of another organisation, and at its next contact what the client last said", async () => {
    const { shared } = await anOpenPage();
    const { giver, asker } = shared;
    const first = await takeAlong(asker.ctx, { known: null });
    expect(JSON.stringify(first)).not.toContain(giver.ctx.actor.organisationName);
    expect(JSON.stringify(first)).not.toContain(shared.given);

    const before = await takeAlong(giver.ctx, { known: null });
    if (before.unchanged) throw new Error("Nothing was carried");
    expect(before.people.find(({ id }) => id === shared.given)?.sharing).toBe("given");
    await say(giver.ctx, shared.given, "withdrawn");
    const after = await takeAlong(giver.ctx, { known: before.version });
    if (after.unchanged) throw new Error("The device was told that nothing had changed");
    expect(after.people.find(({ id }) => id === shared.given)?.sharing).toBe("withdrawn");
  });
});
