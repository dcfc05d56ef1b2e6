import { beforeAll, describe, expect, test } from "vitest";
import { editClient } from "./client-edits";
import { getClient } from "./clients";
import { logContacts } from "./contacts";
import { type ActorCtx, inTransaction } from "./context";
import type { NewClientInput } from "./domain/client";
import { dayOf } from "./domain/period";
import { mayStep, REFERRAL_STATES, REFERRAL_STEPS, type ReferralStep } from "./domain/referral";
import {
  referralStepSchema,
  type SendReferral,
  type SendReferralInput,
  sendReferralSchema,
} from "./domain/referral-input";
import { uuidv7 } from "./ids";
import { decideLink, linkPeople } from "./people";
import { listReferrals, referralsDue, referralsOfClient } from "./referral-lists";
import { entriesFromReferral, getReferral, sendReferral, stepReferral, takeOn } from "./referrals";
import { testDatabase } from "./testing";
import { aClient, aContact, anEntry, arrangeTeam, type Team } from "./testing-casework";
import { addPerson, areOne, runLinker } from "./testing-linking";
import { makeOne } from "./testing-sharing";

const db = await testDatabase();
let advice: Team;
let housing: Team;
let police: Team;

beforeAll(async () => {
  advice = await arrangeTeam(db, "Quayside Advice");
  housing = await arrangeTeam(db, "Harbour Housing");
  police = await arrangeTeam(db, "Fell Police");
});

interface Case {
  clientId: string;
  issues: string[];
}

const PERSON: NewClientInput = {
  givenName: "Dawn",
  familyName: "Hetherington",
  dateOfBirth: "1984-03-14",
  phone: "07700 900123",
  email: "dawn@example.org",
  place: { kind: "postcode", postcode: "SR1 3AA" },
};

/** A client of the advice charity with two issues that are somebody else's, and one that is its own. */
async function arrangeCase(person: NewClientInput = PERSON): Promise<Case> {
  const entries = [
    anEntry({ need: "HOU-04", ours: false, severity: "high" }),
    anEntry({ need: "OTH-01", ours: false, label: "Lost the key safe" }),
    anEntry({ need: "MEN-01", ours: true }),
  ];
  const contact = aContact(advice, { newClient: aClient(person), entries, note: "A private note" });
  const [answer] = await logContacts(advice.ctx, [contact]);
  expect(answer).toEqual({ id: contact.id, outcome: "stored" });
  return { clientId: contact.clientId, issues: entries.map(({ issueId }) => issueId) };
}

const today = () => dayOf(new Date());

function aReferral({ clientId, issues }: Case, over: Partial<SendReferralInput> = {}): SendReferral {
  return sendReferralSchema.parse({
    id: uuidv7(),
    clientId,
    to: { way: "platform", organisationId: housing.organisationId, serviceId: housing.serviceId },
    issues: issues.slice(0, 2).map((issueId) => ({ issueId })),
    share: ["name", "phone"],
    consent: { answer: "given", how: "phone", on: today() },
    message: null,
    ...over,
  });
}

async function sent(over: Partial<SendReferralInput> = {}, of?: Case): Promise<SendReferral> {
  const referral = aReferral(of ?? (await arrangeCase()), over);
  expect(await sendReferral(advice.ctx, referral)).toMatchObject({ outcome: "sent" });
  return referral;
}

const step = (ctx: ActorCtx, id: string, kind: ReferralStep, more: object = {}) =>
  stepReferral(
    ctx,
    referralStepSchema.parse({
      id,
      eventId: uuidv7(),
      step: kind,
      ...(kind === "declined" ? { reason: "full" } : {}),
      ...(kind === "completed" ? { outcomes: ["achieved", "partly"] } : {}),
      ...more,
    }),
  );

describe("sending", () => {
  test("hands over the issues and details that were chosen, and nothing else of the person", async () => {
    const { id } = await sent({ message: "Rent due on Friday" });
    const theirs = await getReferral(housing.ctx, id);
    expect(theirs).toMatchObject({
      side: "receiver",
      fromName: "Quayside Advice",
      toName: "Harbour Housing service",
      details: { givenName: "Dawn", familyName: "Hetherington", phone: "07700 900123" },
      message: "Rent due on Friday",
      clientId: null,
      steps: ["accepted", "declined"],
      issues: [
        { need: "HOU-04", severity: "high", label: null },
        { need: "OTH-01", label: null },
      ],
    });
    const text = JSON.stringify(theirs);
    for (const secret of ["dawn@example.org", "SR1", "MEN-01", "private note", "key safe"]) {
      expect(text).not.toContain(secret);
    }
    // Of the day of birth not the year either, which stands in ids and parts of a second by chance.
    expect(text).not.toMatch(/(?<![-.])\b1984\b/);
  });

  test("keeps ids of the sender's client and issues from the receiver", async () => {
    const of = await arrangeCase();
    const { id } = await sent({}, of);
    const text = JSON.stringify([
      await getReferral(housing.ctx, id),
      await listReferrals(housing.ctx, { box: "received", show: "all" }),
    ]);
    for (const secret of [of.clientId, ...of.issues, advice.ctx.actor.memberId])
      expect(text).not.toContain(secret);
  });

  test("sends the worker's own words for an issue only when that was chosen", async () => {
    const of = await arrangeCase();
    const { id } = await sent({ issues: [{ issueId: of.issues[1] ?? "", withLabel: true }] }, of);
    expect((await getReferral(housing.ctx, id)).issues).toMatchObject([{ label: "Lost the key safe" }]);
  });

  test("can go by reference alone, without a name", async () => {
    const { id } = await sent({ share: [] });
    const theirs = await getReferral(housing.ctx, id);
    expect(theirs).toMatchObject({
      details: null,
      personName: null,
      reference: expect.stringMatching(/^R-/),
    });
    expect((await getReferral(advice.ctx, id)).reference).toBe(theirs.reference);
  });

  test("to a service outside keeps which entry of the directory it was picked from", async () => {
    const directoryId = uuidv7();
    const { id } = await sent({
      to: { way: "phone", name: "Night shelter", phone: "01632 960001", directoryId },
    });
    const ours = await getReferral(advice.ctx, id);
    expect(ours).toMatchObject({
      toName: "Night shelter",
      toPhone: "01632 960001",
      toDirectoryId: directoryId,
    });
  });

  test("keeps the words that the person was asked in, with when and how", async () => {
    const { id } = await sent();
    expect((await getReferral(advice.ctx, id)).consent).toMatchObject({
      how: "phone",
      on: today(),
      words: expect.stringMatching(
        /^May we tell Harbour Housing service at Harbour Housing your name, your phone/,
      ),
    });
    const [kept] = await db.administrator`
      select answer, how, referral_id from casework.consent where organisation_id = ${advice.organisationId} and id = ${id}`;
    expect(kept).toMatchObject({ answer: "given", how: "phone", referralId: id });
  });

  test("sends nothing when the person says no, and keeps that they did", async () => {
    const referral = aReferral(await arrangeCase(), {
      consent: { answer: "declined", how: "phone", on: today() },
    });
    expect(await sendReferral(advice.ctx, referral)).toEqual({ id: referral.id, outcome: "declined" });
    await expect(getReferral(advice.ctx, referral.id)).rejects.toMatchObject({ name: "NotFound" });
    const [kept] = await db.administrator`select answer from casework.consent where id = ${referral.id}`;
    expect(kept).toMatchObject({ answer: "declined" });
  });

  test("sent again and again, at one moment too, it is one referral", async () => {
    const referral = aReferral(await arrangeCase());
    const outcomes = await Promise.all([1, 2, 3].map(() => sendReferral(advice.ctx, referral)));
    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(["already-sent", "already-sent", "sent"]);
    await expect(sendReferral(advice.ctx, { ...referral, message: "Changed" })).rejects.toMatchObject({
      name: "Conflict",
    });
    const [row] = await db.administrator`
      select count(*)::int as n from casework.referral_issue where referral_id = ${referral.id}`;
    expect(row).toEqual({ n: 2 });
  });

  test("the postcode of a home that nobody outside may find is not sent, whoever ticks it", async () => {
    const place = { kind: "postcode", postcode: "SR1 3DW" } as const;
    const of = await arrangeCase({ givenName: "Una", familyName: "Still", phone: "01632 960 123", place });
    const keepSecret = (to: boolean) =>
      editClient(advice.ctx, {
        ...{ id: of.clientId, editId: uuidv7() },
        changes: [{ field: "homeIsSecret", from: !to, to }],
      });
    await keepSecret(true);
    await expect(
      sendReferral(advice.ctx, aReferral(of, { share: ["name", "postcode"] })),
    ).rejects.toMatchObject({ fields: { share: expect.stringContaining("kept secret") } });
    await sent({ share: ["name", "phone"] }, of);
    await keepSecret(false);
    await sent({ share: ["name", "postcode"] }, of);
    // Another record of the person here says it for this one.
    const again = await addPerson(advice);
    const { organisationId } = advice;
    await makeOne(db, { organisationId, clientId: of.clientId }, again);
    await editClient(advice.ctx, {
      ...{ id: again.clientId, editId: uuidv7() },
      changes: [{ field: "homeIsSecret", from: false, to: true }],
    });
    await expect(
      sendReferral(advice.ctx, aReferral(of, { share: ["name", "postcode"] })),
    ).rejects.toMatchObject({ fields: { share: expect.stringContaining("kept secret") } });
  });

  test("refuses a detail that is not recorded, an issue that is not open, and a service that is not there", async () => {
    const bare = await arrangeCase({ givenName: "Al", familyName: "Bare" });
    await expect(sendReferral(advice.ctx, aReferral(bare))).rejects.toMatchObject({
      name: "Invalid",
      fields: { share: "No phone number is recorded, so it cannot be shared." },
    });
    const of = await arrangeCase();
    await expect(
      sendReferral(advice.ctx, aReferral(of, { issues: [{ issueId: uuidv7() }] })),
    ).rejects.toMatchObject({ name: "Invalid" });
    await expect(
      sendReferral(
        advice.ctx,
        aReferral(of, {
          to: { way: "platform", organisationId: housing.organisationId, serviceId: uuidv7() },
        }),
      ),
    ).rejects.toMatchObject({ name: "Invalid", fields: { to: expect.any(String) } });
    const elsewhere = aContact(police);
    await logContacts(police.ctx, [elsewhere]);
    await expect(
      sendReferral(advice.ctx, aReferral({ ...of, clientId: elsewhere.clientId })),
    ).rejects.toMatchObject({ name: "NotFound" });
  });

  test("refuses somebody who gave no name", async () => {
    const entry = anEntry({ ours: false });
    const contact = aContact(advice, { newClient: undefined, anonymous: true, entries: [entry] });
    await logContacts(advice.ctx, [contact]);
    await expect(
      sendReferral(
        advice.ctx,
        aReferral({ clientId: contact.clientId, issues: [entry.issueId] }, { share: [] }),
      ),
    ).rejects.toMatchObject({ name: "Invalid" });
  });

  test("lies sealed in the database, bound to its row", async () => {
    const [one, two] = [await sent({ message: "Rent due" }), await sent({ message: "Other" })];
    const [row] =
      await db.administrator`select to_jsonb(r)::text as text from casework.referral as r where id = ${one.id}`;
    expect(row?.["text"]).not.toMatch(/Hetherington|7700 ?900|Rent due/);
    await db.administrator`
      update casework.referral as r set details = o.details from casework.referral as o where r.id = ${one.id} and o.id = ${two.id}`;
    await expect(getReferral(housing.ctx, one.id)).rejects.toThrow();
  });
});

describe("answering", () => {
  test("goes step by step to the end, and the sender sees each with who and when", async () => {
    const { id } = await sent();
    for (const kind of ["accepted", "started", "completed"] as const) {
      expect(await step(housing.ctx, id, kind, { words: `About ${kind}` })).toEqual({
        outcome: "added",
        state: kind,
      });
    }
    const seen = await getReferral(advice.ctx, id);
    expect(seen.course).toMatchObject({ state: "completed", outcomes: ["achieved", "partly"] });
    expect(seen.issues.map(({ outcome }) => outcome)).toEqual(["achieved", "partly"]);
    expect(seen.events.map(({ kind, how, byName, words }) => ({ kind, how, byName, words }))).toEqual(
      ["accepted", "started", "completed"].map((kind) => ({
        kind,
        how: "here",
        byName: "Robin Test",
        words: `About ${kind}`,
      })),
    );
    expect(seen.steps).toEqual([]);
  });

  test("a no gives its reason, and takes the person's details back", async () => {
    const { id } = await sent({ message: "Only for you" });
    await step(housing.ctx, id, "declined", { reason: "outside-area", words: "We cover the north bank" });
    expect(await getReferral(advice.ctx, id)).toMatchObject({
      course: { state: "declined", reason: "outside-area" },
      events: [{ words: "We cover the north bank" }],
    });
    expect(await getReferral(housing.ctx, id)).toMatchObject({
      details: null,
      message: null,
      personName: null,
    });
  });

  test("the sender takes it back before it is accepted, and not after", async () => {
    const first = await sent();
    expect(await step(advice.ctx, first.id, "withdrawn")).toEqual({ outcome: "added", state: "withdrawn" });
    expect(await getReferral(housing.ctx, first.id)).toMatchObject({ details: null, steps: [] });
    const second = await sent();
    await step(housing.ctx, second.id, "accepted");
    expect(await step(advice.ctx, second.id, "withdrawn")).toEqual({
      outcome: "meanwhile",
      state: "accepted",
    });
  });

  test("the same answer sent again is one answer", async () => {
    const { id } = await sent();
    const again = { eventId: uuidv7() };
    expect((await step(housing.ctx, id, "accepted", again)).outcome).toBe("added");
    expect((await step(housing.ctx, id, "accepted", again)).outcome).toBe("already");
    expect((await getReferral(advice.ctx, id)).events).toHaveLength(1);
  });

  test("of two answers at one moment one stands, and the other is told", async () => {
    for (let round = 0; round < 5; round += 1) {
      const { id } = await sent();
      const answers = await Promise.all([
        step(housing.ctx, id, "accepted"),
        step(housing.ctx, id, "declined"),
      ]);
      expect(answers.map(({ outcome }) => outcome).sort()).toEqual(["added", "meanwhile"]);
      const { course, events } = await getReferral(advice.ctx, id);
      expect(events).toHaveLength(1);
      expect(answers.every(({ state }) => state === course.state)).toBe(true);
    }
  });

  test("an outcome is asked for each issue", async () => {
    const { id } = await sent();
    await step(housing.ctx, id, "accepted");
    await step(housing.ctx, id, "started");
    await expect(step(housing.ctx, id, "completed", { outcomes: ["achieved"] })).rejects.toMatchObject({
      name: "Invalid",
    });
  });

  test("a service told over the phone is written down by the sender, who says so", async () => {
    const { id } = await sent({ to: { way: "phone", name: "St Hilda's Food Bank", phone: "01632 960001" } });
    await step(advice.ctx, id, "accepted", { heardFrom: "Maureen" });
    const seen = await getReferral(advice.ctx, id);
    expect(seen.events).toMatchObject([{ kind: "accepted", how: "told", byName: "Maureen" }]);
    expect(seen.steps).toEqual(["started", "lost-touch"]);
  });
});

/**
 * Every step from every state by every side, put straight to the database: it allows what the table of the domain
 * allows and nothing more.
 */
describe("the database's own table of steps", () => {
  const PATHS: Readonly<Record<(typeof REFERRAL_STATES)[number], readonly ReferralStep[]>> = {
    sent: [],
    accepted: ["accepted"],
    declined: ["declined"],
    started: ["accepted", "started"],
    completed: ["accepted", "started", "completed"],
    "lost-touch": ["accepted", "lost-touch"],
    withdrawn: ["withdrawn"],
  };
  const raw = async (organisation: number, id: string, said: string) => {
    const [row] = await db.app.begin(async (tx) => {
      await tx`select set_config('app.organisation_id', ${String(organisation)}, true)`;
      return tx<{ outcome: string }[]>`
        select casework.add_referral_event(${advice.organisationId}, ${id}, ${uuidv7()}, ${said},
          null, null, null, null, null) as outcome`;
    });
    return row?.outcome;
  };

  test.each(REFERRAL_STATES)("from %s", async (state) => {
    const of = await arrangeCase();
    const arrive = async (way: "platform" | "phone") => {
      const to = { way: "phone" as const, name: "Food Bank", phone: "01632 960001" };
      const { id } = await sent(way === "phone" ? { to } : {}, of);
      for (const kind of PATHS[state]) {
        const by = way === "phone" || kind === "withdrawn" ? advice : housing;
        expect(await raw(by.organisationId, id, kind)).toBe("added");
      }
      return id;
    };
    for (const kind of REFERRAL_STEPS) {
      for (const [way, team, side] of [
        ["platform", housing, "receiver"],
        ["platform", advice, "sender"],
        ["phone", advice, "sender"],
      ] as const) {
        const allowed = mayStep(state, kind, { side, way });
        expect({ way, side, kind, answer: await raw(team.organisationId, await arrive(way), kind) }).toEqual({
          way,
          side,
          kind,
          answer: allowed ? "added" : "refused",
        });
      }
    }
  });

  test("knows nobody but the sender and the receiver, and no made-up words", async () => {
    const { id } = await sent();
    expect(await raw(police.organisationId, id, "accepted")).toBe("not-found");
    expect(await raw(housing.organisationId, id, "mail-sent")).toBe("refused");
    expect(await raw(housing.organisationId, id, "opened")).toBe("refused");
    expect(await raw(housing.organisationId, id, "erased")).toBe("refused");
  });
});

describe("row-level security alone", () => {
  const inside = <T>(
    organisation: number,
    work: (tx: Parameters<Parameters<typeof db.app.begin>[1]>[0]) => Promise<T>,
  ) =>
    db.app.begin(async (tx) => {
      await tx`select set_config('app.organisation_id', ${String(organisation)}, true)`;
      return work(tx);
    });

  test("shows a receiver no row of a referral, and another organisation nothing at all", async () => {
    const { id } = await sent();
    for (const team of [housing, police]) {
      for (const table of ["referral", "referral_issue", "referral_event", "referral_link"]) {
        const rows = await inside(team.organisationId, (tx) => tx.unsafe(`select * from casework.${table}`));
        expect({ table, rows: rows.length }).toEqual({ table, rows: 0 });
      }
    }
    const seen = await inside(
      police.organisationId,
      (tx) => tx`select * from casework.referrals_received(null)`,
    );
    expect(seen).toHaveLength(0);
    const named = await inside(
      housing.organisationId,
      (tx) => tx`select * from casework.referrals_received(null) where id = ${id}`,
    );
    expect(Object.keys(named[0] ?? {})).not.toContain("contentHash");
    expect(named).toHaveLength(1);
  });

  test("lets nobody change what was sent, add to it in another's name, or take a step past the door", async () => {
    const { id } = await sent();
    for (const team of [housing, advice]) {
      for (const statement of [
        "update casework.referral set shared = '{name}'",
        "update casework.referral_issue set need_number = 1",
        "update casework.referral_event set kind = 'accepted'",
        "delete from casework.referral",
        "delete from casework.referral_event",
        `insert into casework.referral_event (organisation_id, id, referral_id, position, kind, how, at)
         values (${advice.organisationId}, gen_random_uuid(), '${id}', 9, 'accepted', 'here', now())`,
      ]) {
        await expect(inside(team.organisationId, (tx) => tx.unsafe(statement))).rejects.toMatchObject({
          code: "42501",
        });
      }
    }
    const smuggled = inside(
      housing.organisationId,
      (tx) =>
        tx`insert into casework.referral_issue (organisation_id, referral_id, position, issue_id, need_number, severity)
         values (${advice.organisationId}, ${id}, 7, gen_random_uuid(), 1, 'low')`,
    );
    await expect(smuggled).rejects.toMatchObject({ code: "42501" });
  });

  test("keeps a receiver's own notes from the sender", async () => {
    const { id } = await sent();
    await step(housing.ctx, id, "accepted");
    const rows = await inside(advice.organisationId, (tx) => tx`select * from casework.referral_receipt`);
    expect(rows).toHaveLength(0);
    expect((await getReferral(advice.ctx, id)).mine).toBe(true);
  });
});

describe("taking somebody on", () => {
  test("makes the receiver's own client once, with what was shared", async () => {
    const { id } = await sent({ share: ["name", "postcode", "date-of-birth"] });
    await expect(takeOn(housing.ctx, { id, clientId: uuidv7(), known: false })).rejects.toMatchObject({
      name: "Conflict",
    });
    await step(housing.ctx, id, "accepted");
    const clientId = uuidv7();
    expect(await takeOn(housing.ctx, { id, clientId, known: false })).toEqual({ clientId, outcome: "added" });
    expect(await takeOn(housing.ctx, { id, clientId: uuidv7(), known: false })).toEqual({
      clientId,
      outcome: "already",
    });
    expect(await getClient(housing.ctx, { id: clientId, showIdentifiers: false })).toMatchObject({
      givenName: "Dawn",
      familyName: "Hetherington",
      dateOfBirth: "1984-03-14",
      place: { kind: "postcode", postcode: "SR1 3AA" },
      phone: null,
      email: null,
      issues: [],
      contacts: [],
    });
    expect(await referralsOfClient(housing.ctx, clientId)).toMatchObject([
      { id, side: "receiver", clientId },
    ]);
  });

  test("offers the issues for the first contact until one has spoken of them", async () => {
    const { id } = await sent();
    await step(housing.ctx, id, "accepted");
    expect(await entriesFromReferral(housing.ctx, id)).toEqual([]);
    const clientId = uuidv7();
    await takeOn(housing.ctx, { id, clientId, known: false });
    expect(await entriesFromReferral(housing.ctx, id)).toMatchObject([
      { issueId: null, need: "HOU-04", status: "new", severity: "high" },
      { issueId: null, need: "OTH-01", status: "new" },
    ]);
    const contact = aContact(housing, {
      clientId,
      newClient: undefined,
      entries: [anEntry({ need: "HOU-04" })],
    });
    await logContacts(housing.ctx, [contact]);
    expect(await entriesFromReferral(housing.ctx, id)).toMatchObject([{ need: "OTH-01" }]);
    await step(housing.ctx, id, "lost-touch");
    expect(await entriesFromReferral(housing.ctx, id)).toEqual([]);
  });

  test("offers the sender what came of it once it is complete, and writes nothing by itself", async () => {
    const of = await arrangeCase();
    const { id } = await sent({}, of);
    for (const kind of ["accepted", "started"] as const) await step(housing.ctx, id, kind);
    expect(await entriesFromReferral(advice.ctx, id)).toEqual([]);
    await step(housing.ctx, id, "completed");
    expect(await entriesFromReferral(advice.ctx, id)).toMatchObject([
      { issueId: of.issues[0], need: "HOU-04", status: "resolved" },
      { issueId: of.issues[1], need: "OTH-01", status: "improved" },
    ]);
    const { issues, contacts } = await getClient(advice.ctx, { id: of.clientId, showIdentifiers: false });
    expect(contacts).toHaveLength(1);
    expect(issues.every(({ status }) => status === "new")).toBe(true);
  });

  test("counts whoever was referred as one person, new there or known", async () => {
    const personOf = async (organisationId: number, clientId: string) => {
      const [row] = await db.administrator<{ personId: string }[]>`
        select person_id from identity.client_person where organisation_id = ${organisationId} and client_id = ${clientId}`;
      return row?.personId;
    };
    const known = aContact(housing, { newClient: aClient(PERSON) });
    await logContacts(housing.ctx, [known]);
    for (const [clientId, isKnown] of [
      [uuidv7(), false],
      [known.clientId, true],
    ] as const) {
      const of = await arrangeCase();
      const { id } = await sent({}, of);
      await step(housing.ctx, id, "accepted");
      await takeOn(housing.ctx, { id, clientId, known: isKnown });
      await linkPeople(db.stats, { organisationId: housing.organisationId, clientIds: [clientId] });
      expect(await personOf(housing.organisationId, clientId)).toBe(
        await personOf(advice.organisationId, of.clientId),
      );
    }
  });

  describe("who is taken on as somebody known", () => {
    const stranger = { ...PERSON, givenName: "Barnaby", familyName: "Yelland", dateOfBirth: "1931-01-19" };
    /** The sender's client and the receiver's, whom nothing but the referral says to be one. */
    const takenOn = async (decided: "different" | null = null) => {
      const known = aContact(housing, { newClient: aClient({ ...stranger, phone: null, email: null }) });
      await logContacts(housing.ctx, [known]);
      const of = await arrangeCase();
      const a = { organisationId: advice.organisationId, clientId: of.clientId };
      const b = { organisationId: housing.organisationId, clientId: known.clientId };
      if (decided) await decideLink(db.stats, { a, b, says: decided, madeBy: "steward" });
      const { id } = await sent({}, of);
      await step(housing.ctx, id, "accepted");
      await takeOn(housing.ctx, { id, clientId: b.clientId, known: true });
      await runLinker(db);
      const reviews = await db.administrator<{ reason: string; differentNeeds: number }[]>`
        select reason, different_needs from identity.link_review
        where closed_at is null and ${a.clientId} in (client_id_a, client_id_b)
          and ${b.clientId} in (client_id_a, client_id_b)`;
      return { areOne: await areOne(db, a, b), reviews: [...reviews] };
    };

    test("stays apart where a steward has said that they are two", async () => {
      expect(await takenOn("different")).toEqual({ areOne: false, reviews: [] });
    });

    test("is one person, and a steward is asked where the records speak against it", async () => {
      expect(await takenOn()).toEqual({ areOne: true, reviews: [{ reason: "vetoed", differentNeeds: 1 }] });
    });
  });

  test("takes only a client of one's own, and only for the receiver", async () => {
    const of = await arrangeCase();
    const { id } = await sent({}, of);
    await step(housing.ctx, id, "accepted");
    await expect(takeOn(housing.ctx, { id, clientId: of.clientId, known: true })).rejects.toMatchObject({
      name: "NotFound",
    });
    await expect(takeOn(advice.ctx, { id, clientId: of.clientId, known: true })).rejects.toMatchObject({
      name: "NotFound",
    });
  });

  test("without a name it asks for the person to be added by hand", async () => {
    const { id } = await sent({ share: ["phone"] });
    await step(housing.ctx, id, "accepted");
    await expect(takeOn(housing.ctx, { id, clientId: uuidv7(), known: false })).rejects.toMatchObject({
      name: "Invalid",
    });
  });
});

describe("erasing a client", () => {
  const erase = (team: Team, clientId: string) =>
    inTransaction(
      team.ctx,
      ({ db }) => db`select casework.erase_clients(${team.organisationId}, ${[clientId]}::uuid[])`,
    );

  test("takes the referrals that were sent for them, at both ends", async () => {
    const of = await arrangeCase();
    const { id } = await sent({}, of);
    await step(housing.ctx, id, "accepted");
    await erase(advice, of.clientId);
    await expect(getReferral(advice.ctx, id)).rejects.toMatchObject({ name: "NotFound" });
    await expect(getReferral(housing.ctx, id)).rejects.toMatchObject({ name: "NotFound" });
    for (const table of ["referral_issue", "referral_event", "referral_link", "referral_receipt"]) {
      const rows = await db.administrator.unsafe(`select * from casework.${table} where referral_id = $1`, [
        id,
      ]);
      expect({ table, rows: rows.length }).toEqual({ table, rows: 0 });
    }
  });

  test("at the receiver takes words about them as well: those that came along, and those that were answered", async () => {
    const of = await arrangeCase();
    const { id } = await sent({ issues: [{ issueId: of.issues[1] ?? "", withLabel: true }] }, of);
    await step(housing.ctx, id, "accepted", { words: "Rang Dawn at home" });
    const clientId = uuidv7();
    await takeOn(housing.ctx, { id, clientId, known: false });
    expect(JSON.stringify(await getReferral(housing.ctx, id))).toMatch(/key safe.*Rang Dawn/s);
    await erase(housing, clientId);
    expect(JSON.stringify(await getReferral(housing.ctx, id))).not.toMatch(/key safe|Dawn/);
  });

  test("at the receiver ends what they are shown of them, and leaves the sender's referral", async () => {
    const { id } = await sent();
    await step(housing.ctx, id, "accepted");
    const clientId = uuidv7();
    await takeOn(housing.ctx, { id, clientId, known: false });
    await erase(housing, clientId);
    expect(await getReferral(housing.ctx, id)).toMatchObject({ details: null, clientId: null });
    await expect(takeOn(housing.ctx, { id, clientId: uuidv7(), known: false })).rejects.toMatchObject({
      name: "Conflict",
    });
    expect(await getReferral(advice.ctx, id)).toMatchObject({ details: { givenName: "Dawn" } });
  });
});

describe("lists", () => {
  let north: Team;
  let south: Team;
  const referrals: SendReferral[] = [];
  /** The same time of day in the United Kingdom, so many days before: some days have 23 or 25 hours. */
  const agoOf = (id: string, days: number) => db.administrator`
    update casework.referral
    set sent_at = (sent_at at time zone 'Europe/London' - ${days} * interval '1 day') at time zone 'Europe/London'
    where id = ${id}`;

  beforeAll(async () => {
    north = await arrangeTeam(db, "North");
    south = await arrangeTeam(db, "South");
    for (const daysAgo of [0, 8, 30, 40]) {
      const entry = anEntry({ ours: false });
      const contact = aContact(north, { newClient: aClient(PERSON), entries: [entry] });
      await logContacts(north.ctx, [contact]);
      const referral = sendReferralSchema.parse({
        id: uuidv7(),
        clientId: contact.clientId,
        to: { way: "platform", organisationId: south.organisationId, serviceId: south.serviceId },
        issues: [{ issueId: entry.issueId }],
        share: ["name"],
        consent: { answer: "given", how: "phone", on: today() },
      });
      await sendReferral(north.ctx, referral);
      await agoOf(referral.id, daysAgo);
      referrals.push(referral);
    }
    const [, , third, fourth] = referrals;
    await step(south.ctx, third?.id ?? "", "accepted");
    await step(south.ctx, fourth?.id ?? "", "accepted");
    await step(south.ctx, fourth?.id ?? "", "started");
    await step(south.ctx, fourth?.id ?? "", "completed", { outcomes: ["not"] });
  });

  test("show both sides the same, those that wait first, with the middle number of days", async () => {
    for (const [team, box] of [
      [north, "sent"],
      [south, "received"],
    ] as const) {
      const all = await listReferrals(team.ctx, { box, show: "all" });
      expect(all.referrals.map(({ id }) => id)).toEqual(referrals.map(({ id }) => id));
      expect(all).toMatchObject({
        total: 4,
        waiting: 2,
        toAccept: { days: 35, of: 2 },
        toComplete: { days: 40, of: 1 },
      });
      expect(all.referrals[1]).toMatchObject({
        reminder: expect.stringMatching(/due/),
        daysSinceSent: 8,
        personName: "Dawn Hetherington",
      });
      expect((await listReferrals(team.ctx, { box, show: "open" })).total).toBe(3);
      expect((await listReferrals(team.ctx, { box, show: "new" })).total).toBe(2);
    }
    expect((await listReferrals(south.ctx, { box: "received", show: "mine" })).total).toBe(2);
    expect((await listReferrals(south.ctx, { box: "sent", show: "all" })).total).toBe(0);
  });

  test("tell both sides what is due", async () => {
    const [, second] = referrals;
    expect(await referralsDue(south.ctx)).toMatchObject({ received: [{ id: second?.id }], sent: [] });
    expect(await referralsDue(north.ctx)).toMatchObject({ received: [], sent: [{ id: second?.id }] });
  });
});
