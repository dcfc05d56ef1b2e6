import { beforeAll, describe, expect, test } from "vitest";
import { editClient, settleConflict } from "./client-edits";
import { logContacts, voidContact } from "./contacts";
import type { ActorCtx } from "./context";
import type { NewContactInput } from "./domain/contact";
import { addDays, dayOf } from "./domain/period";
import { editClientSchema } from "./domain/profile-edit";
import { MOST_CARRIED } from "./domain/take-along";
import { uuidv7 } from "./ids";
import { takeAlong } from "./take-along";
import { testDatabase } from "./testing";
import { aClient, aContact, anEntry, arrangeTeam, type Team } from "./testing-casework";
import { arrangeMember, contextFor } from "./testing-people";

const db = await testDatabase();
const team = await arrangeTeam(db, "Advice First");
const other = await arrangeTeam(db, "Harbour Housing");
const today = dayOf(new Date());

async function log(by: Team, with_: Partial<NewContactInput> = {}): Promise<NewContactInput> {
  const contact = aContact(by, with_);
  const [answer] = await logContacts(by.ctx, [contact]);
  if (answer?.outcome !== "stored") throw new Error(answer?.reason);
  return contact;
}

async function carried(ctx: ActorCtx) {
  const answer = await takeAlong(ctx, { known: null });
  if (answer.unchanged) throw new Error("Nothing was known, so something must have changed");
  return answer;
}

const idsOf = async (ctx: ActorCtx) => (await carried(ctx)).people.map(({ id }) => id);

async function colleague(of: Team): Promise<ActorCtx> {
  return contextFor(
    db,
    await arrangeMember(db, of.organisationId, ["caseworker"], { serviceId: of.serviceId }),
  );
}

const assign = (clientId: string, to: ActorCtx | null) =>
  db.administrator`update casework.client set assigned_to = ${to?.actor.memberId ?? null} where id = ${clientId}`;

describe("The people whom a device carries", () => {
  test("are those assigned to its owner first, then those whom they saw last", async () => {
    const me = await colleague(team);
    const mine = { ...team, ctx: me };
    const older = await log(mine);
    const latest = await log(mine);
    const assigned = await log(team);
    await assign(assigned.clientId, me);
    const { people } = await carried(me);
    expect(people.map(({ id, assignedToMe }) => [id, assignedToMe])).toEqual([
      [assigned.clientId, true],
      [latest.clientId, false],
      [older.clientId, false],
    ]);
  });

  test("carry what the log screen needs, and no closed issue or voided contact", async () => {
    const me = await colleague(team);
    const mine = { ...team, ctx: me };
    const [open, done] = [anEntry(), anEntry({ need: "HOU-04", status: "resolved" })];
    const { clientId } = await log(mine, {
      newClient: aClient({ phone: "01632 960001", reference: "AF/7", sex: "female" }),
      occurredOn: addDays(today, -3),
      entries: [open, done],
    });
    await log(mine, { clientId, entries: [{ ...open, status: "worsened", severity: "crisis" }] });
    const wrong = await log(mine, { clientId, entries: [anEntry()] });
    await voidContact(me, { id: wrong.id, reason: "Wrong person" });
    const { people } = await carried(me);
    expect(people).toHaveLength(1);
    expect(people[0]).toMatchObject({
      id: clientId,
      givenName: "Amina",
      phone: "01632 960001",
      reference: "AF/7",
      sex: "female",
      conflicts: [],
      lastContactOn: today,
      sharing: "not-asked",
    });
    expect(people[0]?.openIssues).toMatchObject([
      {
        id: open.issueId,
        status: "worsened",
        severity: "crisis",
        course: [{ status: "new" }, { status: "worsened" }],
      },
    ]);
  });

  test("carry the pairs of values of which somebody must choose, until they have", async () => {
    const me = await colleague(team);
    const { clientId } = await log({ ...team, ctx: me }, { newClient: aClient({ phone: "01632 960001" }) });
    const change = (ctx: ActorCtx, to: string) =>
      editClient(
        ctx,
        editClientSchema.parse({
          id: clientId,
          editId: uuidv7(),
          changes: [{ field: "phone", from: "01632 960001", to }],
        }),
      );
    await change(team.ctx, "01632 960002");
    await change(me, "01632 960003");
    const conflicts = async () => (await carried(me)).people.flatMap((person) => person.conflicts);
    expect(await conflicts()).toMatchObject([
      { clientId, field: "phone", kept: "01632 960002", proposed: "01632 960003", proposedOn: today },
    ]);
    const [pair] = await conflicts();
    await settleConflict(me, { conflictId: pair?.id ?? "", choose: "proposed" });
    expect(await conflicts()).toEqual([]);
    expect((await carried(me)).people[0]?.phone).toBe("01632 960003");
  });

  test("are never somebody who gave no name, and never another organisation's", async () => {
    const me = await colleague(team);
    const mine = { ...team, ctx: me };
    await log(mine, { anonymous: true, newClient: undefined });
    const [foreign, theirs] = [await log(other), await log(other)];
    // Even were the other organisation's row to name this member.
    await db.administrator`update casework.contact set member_id = ${me.actor.memberId} where id = ${foreign.id}`;
    expect(await idsOf(me)).toEqual([]);
    const text = JSON.stringify(await carried(other.ctx));
    expect(text).toContain(theirs.clientId);
    expect(text).not.toContain("Advice First service");
  });

  test("drop out when they are neither assigned nor seen for ninety days", async () => {
    const me = await colleague(team);
    const mine = { ...team, ctx: me };
    const { clientId } = await log(mine, { occurredOn: addDays(today, -91), lateReason: "Paper notes" });
    expect(await idsOf(me)).toEqual([]);
    await assign(clientId, me);
    expect(await idsOf(me)).toEqual([clientId]);
    await assign(clientId, null);
    expect(await idsOf(me)).toEqual([]);
  });

  test("are two hundred at most", async () => {
    const me = await colleague(team);
    const mine = { ...team, ctx: me };
    const contacts = Array.from({ length: MOST_CARRIED + 10 }, () => aContact(mine));
    await logContacts(me, contacts);
    const ids = await idsOf(me);
    expect(ids).toHaveLength(MOST_CARRIED);
    expect(ids[0]).toBe(contacts.at(-1)?.clientId);
  });
});

describe("What is handed out", () => {
  let me: ActorCtx;
  let clientId: string;
  beforeAll(async () => {
    me = await colleague(team);
    ({ clientId } = await log({ ...team, ctx: me }));
  });
  const entries = async () =>
    db.administrator<{ subjects: unknown }[]>`
      select subjects from governance.audit_entry
      where action = 'device.take-along' and member_id = ${me.actor.memberId} order by id`;

  test("is recorded, naming everybody in it, and not sent again while nothing changes", async () => {
    const { version } = await carried(me);
    expect((await entries()).map(({ subjects }) => subjects)).toEqual([[{ kind: "client", id: clientId }]]);
    expect(await takeAlong(me, { known: version })).toMatchObject({ unchanged: true, today });
    expect(await entries()).toHaveLength(1);
    await log({ ...team, ctx: me }, { clientId, entries: [anEntry()] });
    expect(await takeAlong(me, { known: version })).toMatchObject({ unchanged: false });
  });

  test("says whose device it is, and offers the worker's own service first", async () => {
    const second = uuidv7();
    await db.administrator`
      insert into casework.service (organisation_id, id, name) values (${team.organisationId}, ${second}, 'A first by name')`;
    const { viewer, services, crisisCards } = await carried(me);
    expect(viewer).toMatchObject({ accountId: me.actor.accountId, organisationName: "Advice First" });
    expect(services.map(({ id }) => id)).toEqual([team.serviceId, second]);
    expect(crisisCards.length).toBeGreaterThan(0);
  });
});
