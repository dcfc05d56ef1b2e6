import Papa from "papaparse";
import { describe, expect, test } from "vitest";
import { logContacts, voidContact } from "./contacts";
import type { ActorCtx } from "./context";
import { csvStretches } from "./documents/csv-stream";
import { ROLES, type Role } from "./domain/access";
import { newContactSchema } from "./domain/contact";
import { MOST_FILES_OF_RECORDS, RECORD_COLUMNS, recordsRequestSchema } from "./domain/records";
import { uuidv7 } from "./ids";
import { decideLink } from "./people";
import { takeRecords } from "./records";
import { testDatabase } from "./testing";
import {
  aContact,
  anEntry,
  arrangeTeam as arrangeAnyTeam,
  arrangeService,
  type Team,
} from "./testing-casework";
import { arrangeMember, contextFor, steppedUp } from "./testing-people";

const db = await testDatabase();

/** A team whose manager has just shown that it is they. */
async function arrangeTeam(name: string): Promise<Team> {
  const team = await arrangeAnyTeam(db, name);
  return { ...team, ctx: contextFor(db, await steppedUp(db, team.ctx.actor)) };
}

/** Somebody of an organisation who has just shown that it is they. */
const arrangeShown = async (organisationId: number, role: Role) =>
  contextFor(db, await steppedUp(db, await arrangeMember(db, organisationId, [role])));

const everything = recordsRequestSchema.parse({ period: null, serviceId: null });

async function log(team: Team, ...contacts: ReturnType<typeof aContact>[]): Promise<void> {
  for (const contact of contacts) {
    const [outcome] = await logContacts(team.ctx, [newContactSchema.parse(contact)], { source: "import" });
    expect(outcome).toMatchObject({ outcome: "stored" });
  }
}

/** The rows of a file as somebody's program reads them. */
async function fileOf(ctx: ActorCtx, request = everything): Promise<Record<string, string>[]> {
  let text = "";
  for await (const bytes of csvStretches(RECORD_COLUMNS, await takeRecords(ctx, request))) {
    text += new TextDecoder("utf-8").decode(bytes);
  }
  return Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true }).data;
}

const entriesOf = (ctx: ActorCtx) => db.administrator<{ rows: number; isFirst: boolean }[]>`
  select (detail ->> 'rows')::int as rows, (detail ->> 'isFirst')::boolean as is_first
  from governance.audit_entry where action = 'impact.take-records' and member_id = ${ctx.actor.memberId}
  order by id`;

describe("the records of an organisation", () => {
  test("are one row for each thing that a contact said of a need, with nobody named, and each person by one code that no other file has", async () => {
    const team = await arrangeTeam("Advice");
    const other = await arrangeTeam("Housing");
    const [first, second, third] = [aContact(team), aContact(team), aContact(team)];
    await log(
      team,
      {
        ...first,
        occurredOn: "2026-06-10",
        entries: [anEntry(), anEntry({ need: "MON-01", ours: false, severity: "crisis" })],
      },
      { ...second, occurredOn: "2026-07-10" },
      third,
    );
    await log(other, aContact(other));
    await decideLink(db.stats, {
      a: { organisationId: team.organisationId, clientId: first.clientId },
      b: { organisationId: team.organisationId, clientId: second.clientId },
      says: "same",
      madeBy: "test",
    });
    await voidContact(team.ctx, { id: third.id, reason: "Logged twice" });

    const rows = await fileOf(team.ctx);
    expect(Object.keys(rows[0] ?? {})).toEqual([...RECORD_COLUMNS]);
    expect(rows.map(({ day, need, severity, ours }) => [day, need, severity, ours]).sort()).toEqual([
      ["2026-06-10", "HOU-04", "medium", "yes"],
      ["2026-06-10", "MON-01", "crisis", "no"],
      ["2026-07-10", "HOU-04", "medium", "yes"],
    ]);
    expect(new Set(rows.map(({ person }) => person)).size).toBe(1);
    expect(rows[0]?.["person"]).toMatch(/^p[0-9a-f]{14}$/);
    expect(JSON.stringify(rows)).not.toMatch(/Okafor|Amina|(?<![-.])\b1984\b/);
    expect(rows.every(({ service }) => service === "Advice service")).toBe(true);

    const again = await fileOf(team.ctx);
    expect(again.some(({ person }) => person === rows[0]?.["person"])).toBe(false);

    const july = recordsRequestSchema.parse({ period: "m:2026-07", serviceId: null });
    expect((await fileOf(team.ctx, july)).map(({ day }) => day)).toEqual(["2026-07-10"]);
  });

  test("are recorded in the audit with each batch, and with every contact once however many there are", async () => {
    const team = await arrangeTeam("Large");
    const client = aContact(team);
    await log(team, client);
    await manyLike(team, client.id, client.clientId, 4_500);
    const rows = await fileOf(team.ctx);
    expect(rows).toHaveLength(4_501);
    expect(rows.filter(({ status }) => status === "ongoing")).toHaveLength(4_500);
    expect(await entriesOf(team.ctx)).toEqual([
      { rows: 2_000, isFirst: true },
      { rows: 2_000, isFirst: false },
      { rows: 501, isFirst: false },
    ]);
  });

  test("stop being read when whoever downloads them stops", async () => {
    const team = await arrangeTeam("Stopped");
    await log(team, aContact(team));
    const batches = await takeRecords(team.ctx, everything);
    await batches.return(undefined);
    expect(await entriesOf(team.ctx)).toHaveLength(0);
  });

  test("are for managers alone, of their own organisation and its services", async () => {
    const team = await arrangeTeam("Rights");
    const other = await arrangeTeam("Others");
    for (const role of ROLES) {
      const asking = takeRecords(await arrangeShown(team.organisationId, role), everything);
      if (role === "manager") await (await asking).return(undefined);
      else await expect(asking, role).rejects.toMatchObject({ name: "NotAllowed" });
    }
    const foreign = recordsRequestSchema.parse({ period: null, serviceId: other.serviceId });
    await expect(takeRecords(team.ctx, foreign)).rejects.toThrow(/service/i);
    const quiet = await arrangeService(db, team.organisationId, "Quiet");
    expect(await fileOf(team.ctx, recordsRequestSchema.parse({ period: null, serviceId: quiet }))).toEqual(
      [],
    );
  });

  test("are for whoever has just shown that it is they", async () => {
    const team = await arrangeTeam("Left open");
    const { sessionId } = team.ctx.actor;
    await db.administrator`
      update casework.session set stepped_up_at = now() - interval '6 minutes' where id = ${sessionId}`;
    await expect(takeRecords(team.ctx, everything)).rejects.toMatchObject({ needs: "step-up" });
    await expect(
      takeRecords(contextFor(db, { ...team.ctx.actor, sessionId: null }), everything),
    ).rejects.toMatchObject({ needs: "step-up" });
  });

  test("stand in the audit with their period, their service and how many rows were handed out", async () => {
    const team = await arrangeTeam("Said");
    await log(team, { ...aContact(team), occurredOn: "2026-07-10" });
    await fileOf(team.ctx, recordsRequestSchema.parse({ period: "m:2026-07", serviceId: team.serviceId }));
    const entries = await db.administrator`
      select subjects, detail from governance.audit_entry
      where action = 'impact.take-records' and member_id = ${team.ctx.actor.memberId}`;
    expect(entries).toEqual([
      {
        subjects: [{ kind: "service", id: team.serviceId }],
        detail: { period: "m:2026-07", service: team.serviceId, rows: 1, isFirst: true },
      },
    ]);
  });

  test("are not begun again and again: so many files in five minutes for each member", async () => {
    const team = await arrangeTeam("Often");
    const begin = async (ctx: ActorCtx) => (await takeRecords(ctx, everything)).return(undefined);
    for (let n = 0; n < MOST_FILES_OF_RECORDS; n++) await begin(team.ctx);
    await expect(begin(team.ctx)).rejects.toMatchObject({ name: "Conflict" });
    await begin(await arrangeShown(team.organisationId, "manager"));
  });
});

describe("a file of records that is being read", () => {
  /** Somebody who has taken the first batch of two, in a session. */
  async function reading() {
    const team = await arrangeTeam(`Reading ${uuidv7()}`);
    const contact = aContact(team);
    await log(team, contact);
    await manyLike(team, contact.id, contact.clientId, 2_500);
    const member = await steppedUp(db, await arrangeMember(db, team.organisationId, ["manager"]));
    const { sessionId } = member;
    const batches = await takeRecords(contextFor(db, member), everything);
    expect((await batches.next()).done).toBe(false);
    return { batches, member, sessionId };
  }
  type Reading = Awaited<ReturnType<typeof reading>>;

  test.each<[string, (read: Reading) => Promise<unknown>]>([
    [
      "the membership ends",
      ({ member }) =>
        db.administrator`update casework.member set ended_at = now() where id = ${member.memberId}`,
    ],
    [
      "the member is a manager no longer",
      ({ member }) =>
        db.administrator`update casework.member set roles = '{analyst}' where id = ${member.memberId}`,
    ],
    [
      "the session is ended",
      ({ sessionId }) =>
        db.administrator`update casework.session set revoked_at = now() where id = ${sessionId}`,
    ],
    [
      "the day of the session is over",
      ({ sessionId }) => db.administrator`
        update casework.session set created_at = now() - interval '13 hours' where id = ${sessionId}`,
    ],
    [
      "the account is closed",
      ({ member }) =>
        db.administrator`update casework.account set disabled_at = now() where id = ${member.accountId}`,
    ],
  ])("breaks off when %s between two batches", async (_what, end) => {
    const read = await reading();
    await end(read);
    await expect(read.batches.next()).rejects.toMatchObject({ name: "NotAllowed" });
  });

  test("goes on when the session only locked", async () => {
    const { batches, sessionId } = await reading();
    await db.administrator`update casework.session set locked_at = now() where id = ${sessionId}`;
    expect((await batches.next()).value).toHaveLength(501);
    expect((await batches.next()).done).toBe(true);
  });
});

/** As many contacts more of a client as one that is there, each with its one entry, which goes on. */
async function manyLike(team: Team, contactId: string, clientId: string, many: number): Promise<void> {
  await db.administrator`
    with made as (
      insert into casework.contact
        (organisation_id, id, client_id, service_id, occurred_on, channel, place_kind, release_sector, content_hash)
      select ${team.organisationId}, gen_random_uuid(), ${clientId}, ${team.serviceId}, '2026-05-01', 'phone',
             place_kind, release_sector, content_hash
      from casework.contact, generate_series(1, ${many}::int)
      where organisation_id = ${team.organisationId} and id = ${contactId}
      returning id
    )
    insert into casework.issue_entry (organisation_id, contact_id, issue_id, need_number, status, severity, ours)
    select e.organisation_id, made.id, e.issue_id, e.need_number, 'ongoing', e.severity, e.ours
    from made, casework.issue_entry as e where e.organisation_id = ${team.organisationId}`;
}
