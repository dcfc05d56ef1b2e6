import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { listTrail } from "./audit-trail";
import { logContacts } from "./contacts";
import { type Ctx, makeContext } from "./context";
import { dayOf } from "./domain/period";
import { linkStepSchema, type SendReferral, sendReferralSchema } from "./domain/referral-input";
import { uuidv7 } from "./ids";
import { object } from "./objections";
import type * as Links from "./referral-links";
import type * as Referrals from "./referrals";
import { testDatabase } from "./testing";
import { aClient, aContact, anEntry, arrangeTeam, type Team } from "./testing-casework";
import { arrangeMailServer } from "./testing-mail";
import { arrangeMember, contextFor } from "./testing-people";

const db = await testDatabase();
const mailServer = await arrangeMailServer();
const mails = mailServer.deliveries;
let advice: Team;
let links: typeof Links;
let referrals: typeof Referrals;

beforeAll(async () => {
  links = await import("./referral-links");
  referrals = await import("./referrals");
  advice = await arrangeTeam(db, "Quayside Advice");
});
beforeEach(async () => {
  mails.length = 0;
  mailServer.refuses = false;
  await db.administrator`delete from casework.throttle`;
});

const stranger = (address = "192.0.2.7"): Ctx =>
  makeContext({ app: db.app, reader: db.reader }, null, {
    session: null,
    signedOut: "not-signed-in",
    address,
    device: "",
  });

async function sent(label: string | null = null): Promise<SendReferral> {
  const entry = anEntry({ need: label ? "OTH-01" : "BAS-01", ours: false, label });
  const person = aClient({ givenName: "Dawn", familyName: "Hetherington", phone: "07700 900123" });
  const contact = aContact(advice, { newClient: person, entries: [entry] });
  await logContacts(advice.ctx, [contact]);
  const referral = sendReferralSchema.parse({
    id: uuidv7(),
    clientId: contact.clientId,
    to: { way: "email", name: "St Hilda's Food Bank", email: "door@hilda.test" },
    issues: [{ issueId: entry.issueId, withLabel: label !== null }],
    share: ["name"],
    consent: { answer: "given", how: "phone", on: dayOf(new Date()) },
    message: "Please ring after four",
  });
  await referrals.sendReferral(advice.ctx, referral);
  return referral;
}

const payloadOf = ({ id }: SendReferral) => ({ organisationId: advice.organisationId, referralId: id });

/** Runs the worker's task, and gives the token in the mail that came of it. */
async function mailed(referral: SendReferral): Promise<string> {
  await links.mailReferral(db.app, payloadOf(referral));
  return tokenIn(mails.at(-1)?.message ?? "");
}

function tokenIn(message: string): string {
  const plain = message.replaceAll("=\n", "").replaceAll("=3D", "=");
  return /\/referral\/([\w-]{43})/.exec(plain)?.[1] ?? "";
}

const by = (token: string, step: string, more: object = {}) =>
  linkStepSchema.parse({ token, eventId: uuidv7(), step, name: "Maureen Bell", ...more });

describe("the mail", () => {
  test("is asked for with ids alone, and holds nothing about the person", async () => {
    const referral = await sent();
    const [job] = await db.stats<{ payload: unknown }[]>`
      select j.payload from graphile_worker._private_jobs as j
      join graphile_worker._private_tasks as t on t.id = j.task_id
      where t.identifier = 'referral.mail' order by j.id desc limit 1`;
    expect(job?.payload).toEqual(payloadOf(referral));
    const token = await mailed(referral);
    expect(token).toHaveLength(43);
    expect(mails[0]?.to).toContain("door@hilda.test");
    expect(mails[0]?.message).toContain("Quayside Advice");
    expect(mails[0]?.message).not.toMatch(/Dawn|Hetherington|07700|food for|after four|BAS-01/i);
    expect((await referrals.getReferral(advice.ctx, referral.id)).course.mail).toBe("sent");
  });

  test("that was not taken is told to the sender once, tried again, and goes in the end", async () => {
    const referral = await sent();
    mailServer.refuses = true;
    for (const _ of [1, 2]) await expect(links.mailReferral(db.app, payloadOf(referral))).rejects.toThrow();
    const failed = await referrals.getReferral(advice.ctx, referral.id);
    expect(failed.course).toMatchObject({ state: "sent", mail: "failed" });
    expect(failed.events).toHaveLength(1);
    mailServer.refuses = false;
    await links.mailReferralAgain(advice.ctx, referral.id);
    const token = await mailed(referral);
    expect((await referrals.getReferral(advice.ctx, referral.id)).course.mail).toBe("sent");
    expect((await links.openByLink(stranger(), token)).ok).toBe(true);
  });

  test("is asked for a few times in five minutes, not without end", async () => {
    const referral = await sent();
    for (let asked = 1; asked < referrals.MOST_MAILS; asked += 1) {
      await links.mailReferralAgain(advice.ctx, referral.id);
    }
    await expect(links.mailReferralAgain(advice.ctx, referral.id)).rejects.toMatchObject({ name: "Invalid" });
    await links.mailReferralAgain(advice.ctx, (await sent()).id);
  });

  test("does not go for a referral that was taken back or erased", async () => {
    const referral = await sent();
    await referrals.stepReferral(advice.ctx, {
      id: referral.id,
      eventId: uuidv7(),
      step: "withdrawn",
      reason: null,
      words: null,
      outcomes: [],
      heardFrom: null,
    });
    await links.mailReferral(db.app, payloadOf(referral));
    await links.mailReferral(db.app, { organisationId: advice.organisationId, referralId: uuidv7() });
    expect(mails).toHaveLength(0);
  });

  test("leaves no token in the database", async () => {
    const token = await mailed(await sent());
    const [row] = await db.administrator<{ text: string }[]>`
      select string_agg(l::text, ' ') as text from casework.referral_link as l`;
    expect(row?.text).not.toContain(token);
    expect(row?.text).not.toContain(Buffer.from(token, "base64url").toString("hex"));
  });
});

describe("whoever holds the link", () => {
  test("sees what was shared and no more, and each look is recorded with the sender's organisation", async () => {
    const referral = await sent();
    const token = await mailed(referral);
    const look = await links.openByLink(stranger(), token);
    expect(look).toMatchObject({
      ok: true,
      referral: {
        fromName: "Quayside Advice",
        details: { givenName: "Dawn", familyName: "Hetherington" },
        message: "Please ring after four",
        issues: [{ need: "BAS-01" }],
        steps: ["accepted", "declined"],
      },
    });
    expect(JSON.stringify(look)).not.toMatch(/7700 ?900|(?<![-.])\b1984\b/);
    for (const secret of [referral.clientId, referral.id, advice.ctx.actor.memberId]) {
      expect(JSON.stringify(look)).not.toContain(secret);
    }
    await links.openByLink(stranger(), token);
    const officer = await arrangeMember(db, advice.organisationId, ["officer"]);
    const { entries } = await listTrail(contextFor(db, officer), {
      before: null,
      action: "referral.open-link",
      subject: referral.id,
    });
    expect(entries).toHaveLength(2);
    expect((await referrals.getReferral(advice.ctx, referral.id)).events.map(({ kind }) => kind)).toEqual([
      "mail-sent",
      "opened",
    ]);
  });

  test("a yes taken back ends the link, and names who read by it as somebody to tell", async () => {
    const [read, unread] = [await sent(), await sent()];
    const token = await mailed(read);
    await links.openByLink(stranger(), token);
    for (const [{ clientId }, toTell] of [
      [read, ["St Hilda's Food Bank"]],
      [unread, []],
    ] as const) {
      const { ended } = await object(advice.ctx, { id: uuidv7(), clientId, against: "sharing" });
      expect(ended).toMatchObject({ toTell });
    }
    expect(await links.openByLink(stranger(), token)).toMatchObject({ ok: false });
  });

  test("answers to the end, under the name they give; then the person's details are gone from the page", async () => {
    const referral = await sent("Locked out of her flat");
    const token = await mailed(referral);
    expect(JSON.stringify(await links.openByLink(stranger(), token))).toContain("Locked out");
    for (const [kind, more] of [
      ["accepted", {}],
      ["started", {}],
      ["completed", { outcomes: ["achieved"], words: "Three parcels" }],
    ] as const) {
      expect(await links.stepByLink(stranger(), by(token, kind, more))).toMatchObject({
        outcome: "added",
        state: kind,
      });
    }
    expect(await links.openByLink(stranger(), token)).toMatchObject({
      referral: { details: null, message: null, issues: [{ label: null }] },
    });
    const seen = await referrals.getReferral(advice.ctx, referral.id);
    expect(seen.course).toMatchObject({ state: "completed", outcomes: ["achieved"] });
    expect(seen.events.at(-1)).toMatchObject({ how: "link", byName: "Maureen Bell", words: "Three parcels" });
  });

  test("cannot take it back, nor answer what was answered", async () => {
    const token = await mailed(await sent());
    expect(await links.stepByLink(stranger(), by(token, "withdrawn"))).toMatchObject({
      outcome: "meanwhile",
      state: "sent",
    });
    const both = await Promise.all([
      links.stepByLink(stranger(), by(token, "accepted")),
      links.stepByLink(stranger(), by(token, "declined", { reason: "full" })),
    ]);
    expect(both.map((answer) => answer.ok && answer.outcome).sort()).toEqual(["added", "meanwhile"]);
  });

  test("who is signed in elsewhere acts as a stranger", async () => {
    const other = await arrangeTeam(db, "Elsewhere");
    const token = await mailed(await sent());
    const signedIn = { ...other.ctx, caller: stranger().caller };
    expect(await links.stepByLink(signedIn, by(token, "accepted"))).toMatchObject({ outcome: "added" });
    const [row] = await db.administrator`
      select how, by_organisation_id, by_member_id from casework.referral_event where kind = 'accepted' order by at desc limit 1`;
    expect(row).toEqual({ how: "link", byOrganisationId: null, byMemberId: null });
  });
});

describe("a link that does not hold", () => {
  const nothing = { ok: false, reason: "link" };

  test.each(["made-up", "", "a".repeat(100)])(
    "made up as %j reads like one that has ended",
    async (token) => {
      expect(await links.openByLink(stranger(), token)).toEqual(nothing);
    },
  );

  test("has ended when the sender says so, or when a new one is made", async () => {
    const referral = await sent();
    const first = await mailed(referral);
    const { link } = await links.makeReferralLink(advice.ctx, referral.id);
    const second = tokenIn(link);
    expect(await links.openByLink(stranger(), first)).toEqual(nothing);
    expect((await links.openByLink(stranger(), second)).ok).toBe(true);
    await links.endReferralLinks(advice.ctx, referral.id);
    expect(await links.openByLink(stranger(), second)).toEqual(nothing);
    expect(await links.stepByLink(stranger(), by(second, "accepted"))).toEqual(nothing);
  });

  test("is older than thirty days", async () => {
    const token = await mailed(await sent());
    const age = (days: number) => db.administrator`
      update casework.referral_link set expires_at = now() + (30 - ${days}) * interval '1 day'`;
    await age(29);
    expect((await links.openByLink(stranger(), token)).ok).toBe(true);
    await age(30);
    expect(await links.openByLink(stranger(), token)).toEqual(nothing);
  });

  test("went with a client who was erased", async () => {
    const referral = await sent();
    const token = await mailed(referral);
    await db.app.begin(async (tx) => {
      await tx`select set_config('app.organisation_id', ${String(advice.organisationId)}, true)`;
      await tx`select casework.erase_clients(${advice.organisationId}, ${[referral.clientId]}::uuid[])`;
    });
    expect(await links.openByLink(stranger(), token)).toEqual(nothing);
  });

  test("is not tried for ever from one address, while others go on", async () => {
    const token = await mailed(await sent());
    for (let look = 0; look < links.MOST_LOOKS; look += 1)
      await links.openByLink(stranger("198.51.100.4"), "guess");
    expect(await links.openByLink(stranger("198.51.100.4"), token)).toEqual({ ok: false, reason: "busy" });
    expect((await links.openByLink(stranger("198.51.100.5"), token)).ok).toBe(true);
  });
});
