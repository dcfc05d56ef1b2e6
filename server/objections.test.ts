/** Objections to sharing and counting: what a real database shares at the next read and counts at the next count. */

import { randomBytes } from "node:crypto";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { setClock } from "./clock";
import { logContacts } from "./contacts";
import type { ActorCtx } from "./context";
import { Conflict, NotFound } from "./domain/errors";
import { FIRST_NUMBER } from "./domain/geography";
import type { Against } from "./domain/objection";
import { dayOf, findPeriod, periodNumber } from "./domain/period";
import { uuidv7 } from "./ids";
import { knownTo } from "./known-to";
import {
  decideObjection,
  listObjections,
  listWaitingObjections,
  object,
  takeBackObjection,
} from "./objections";
import { countImpact } from "./reports/impact-count";
import { drain } from "./statistics";
import { keyedHash } from "./statistics/keyed-hash";
import { recountAll } from "./statistics/recount";
import { testDatabase } from "./testing";
import { aClient, aContact, arrangeTeam, type Team } from "./testing-casework";
import { arrangeMember, contextFor } from "./testing-people";
import { aCell, agree, aLook, makeOne } from "./testing-sharing";

vi.mock("node:timers/promises", () => ({ setTimeout: async () => {} }));

const db = await testDatabase();
const hmac = keyedHash(randomBytes(32));
const DISTRICT = FIRST_NUMBER.district + 1;
const QUARTER = periodOf("q:2026-Q1");

function periodOf(text: string) {
  const period = findPeriod(text);
  if (!period) throw new Error(text);
  return period;
}

let advice: Team;
let housing: Team;
let officer: ActorCtx;

beforeAll(async () => {
  const sql = db.administrator;
  advice = await arrangeTeam(db, "Wear Advice");
  housing = await arrangeTeam(db, "Wear Housing");
  officer = contextFor(db, await arrangeMember(db, advice.organisationId, ["officer"]));
  await sql`insert into reference.edition (kind, name, month) values ('postcodes', 'made', '2026-01')`;
  await sql`
    insert into reference.postcode (postcode, edition, sector, district, live, small_user)
    values ('SR1 3DW', (select number from reference.edition), 'SR1 3', 'SR1', true, true)`;
  await sql`
    insert into reference.area (number, level, code, name) values
      (10, 'sector', 'SR1 3', 'SR1 3'), (${DISTRICT}, 'district', 'SR1', 'SR1')`;
  await sql`insert into reference.geography (financial_year, version) values (2026, 'first')`;
  await sql`
    insert into reference.release_sector (financial_year, number, district, households, live_postcodes)
    values (2026, 10, ${DISTRICT}, 2000, 1)`;
  await sql`insert into reference.release_sector_part values (2026, 'SR1 3', 10)`;
  await setClock(sql, "2026-06-15T12:00Z");
  // Under five people a district has no row to look at.
  for (let others = 0; others < 8; others += 1) await client(housing);
});

/** Somebody with a housing issue at a team. */
async function client(team: Team): Promise<string> {
  const contact = aContact(team, {
    occurredOn: "2026-06-10",
    newClient: aClient({ place: { kind: "postcode", postcode: "SR1 3DW" } }),
  });
  const [answer] = await logContacts(team.ctx, [contact]);
  expect(answer).toMatchObject({ outcome: "stored" });
  return contact.clientId;
}

const against = async (team: Team, clientId: string, what: Against) =>
  (await object(team.ctx, { id: uuidv7(), clientId, against: what })).objections;

/** People with any need in the district, as the engine has counted them by now. */
async function people(): Promise<number> {
  await drain(db.stats, hmac);
  const [row] = await db.administrator<{ people: number }[]>`
    select people from statistics.cell
    where area = ${DISTRICT} and node = 250 and period = ${periodNumber(QUARTER)}`;
  return row?.people ?? 0;
}

/** People whom an organisation's own summary counts. */
const ownPeople = (team: Team): Promise<number> =>
  db.app.begin(async (tx) => {
    await tx`select set_config('app.organisation_id', ${String(team.organisationId)}, true)`;
    const counted = await countImpact(tx, {
      ...{ organisationId: team.organisationId, serviceId: null, period: QUARTER },
      ...{ today: "2026-06-15", lines: null },
    });
    return counted.people.length;
  });

const recountDiffers = async () => {
  const recount = await recountAll(db.stats, hmac);
  return [recount?.presence, recount?.cells];
};

describe("an objection to being counted", () => {
  test("takes the person out of the next count with every client they are, and a full recount differs by 0", async () => {
    const [here, there] = [await client(advice), await client(housing)];
    await makeOne(
      db,
      { organisationId: advice.organisationId, clientId: here },
      { organisationId: housing.organisationId, clientId: there },
    );
    const before = await people();
    expect(before).toBe(8 + 1);

    const [made] = await against(advice, here, "counting");
    expect(await people()).toBe(before - 1);
    expect(await recountDiffers()).toEqual([0, 0]);
    const [left] = await db.administrator<{ seen: number }[]>`
      select count(*)::int as seen from identity.contacts_seen('2026-04-01', '2026-06-30')`;
    expect(left?.seen).toBe(8);

    await takeBackObjection(advice.ctx, { id: made?.id ?? "", clientId: here });
    expect(await people()).toBe(before);
    expect(await recountDiffers()).toEqual([0, 0]);
  });

  test("holds for whatever comes later: a new contact, and another client found to be the same person", async () => {
    const [here, there] = [await client(advice), await client(housing)];
    const before = await people();
    await against(advice, here, "both");
    expect(await people()).toBe(before - 1);

    const { newClient: _, ...again } = aContact(advice, { clientId: here, occurredOn: "2026-06-12" });
    await logContacts(advice.ctx, [again]);
    expect(await people()).toBe(before - 1);

    await makeOne(
      db,
      { organisationId: advice.organisationId, clientId: here },
      { organisationId: housing.organisationId, clientId: there },
    );
    // As the linker does for whom it moves.
    await db.administrator`
      insert into statistics.changed_person (person_id)
      select distinct unnest(array[person_id, origin_person_id]) from identity.client_person
      where client_id = ${there}`;
    expect(await people()).toBe(before - 2);
    expect(await recountDiffers()).toEqual([0, 0]);
  });

  test("leaves the numbers of the organisation where it was made, and no others tell of it", async () => {
    const [here, there] = [await client(advice), await client(housing)];
    await makeOne(
      db,
      { organisationId: advice.organisationId, clientId: here },
      { organisationId: housing.organisationId, clientId: there },
    );
    const [ofAdvice, ofHousing] = [await ownPeople(advice), await ownPeople(housing)];
    await against(advice, here, "counting");
    expect([await ownPeople(advice), await ownPeople(housing)]).toEqual([ofAdvice - 1, ofHousing]);
  });

  test("is in no study of these records", async () => {
    const here = await client(advice);
    const starts = async () => {
      const [row] = await db.stats<{ people: number }[]>`
        select count(*)::int as people from lab.service_starts('2026-06-01', '2026-06-30')`;
      return row?.people ?? 0;
    };
    const before = await starts();
    await against(advice, here, "counting");
    expect(await starts()).toBe(before - 1);
  });
});

describe("an objection to sharing", () => {
  test("leaves nothing to be found at the next look, and everything again when it is taken back", async () => {
    const [given, own] = [await client(advice), await client(housing)];
    await makeOne(
      db,
      { organisationId: housing.organisationId, clientId: own },
      { organisationId: advice.organisationId, clientId: given },
    );
    await agree(db, { giver: advice, asker: housing }, [aCell()], {
      ...{ startsOn: "2026-06-01", reviewOn: "2026-12-01", endsOn: "2027-05-31" },
    });
    const services = async () => (await knownTo(housing.ctx, aLook(own))).services.length;
    expect(await services()).toBe(1);
    const [made] = await against(advice, given, "sharing");
    expect(await services()).toBe(0);
    await takeBackObjection(advice.ctx, { id: made?.id ?? "", clientId: given });
    expect(await services()).toBe(1);
  });

  test("takes nobody out of any count", async () => {
    const here = await client(advice);
    const before = await people();
    await against(advice, here, "sharing");
    expect(await people()).toBe(before);
  });
});

describe("what becomes of an objection", () => {
  test("it is written once under its id, and another one under it is refused", async () => {
    const [one, other] = [await client(advice), await client(advice)];
    const id = uuidv7();
    await object(advice.ctx, { id, clientId: one, against: "both" });
    const again = await object(advice.ctx, { id, clientId: one, against: "both" });
    expect(again).toMatchObject({ objections: [{ id }], ended: null });
    await expect(object(advice.ctx, { id, clientId: other, against: "both" })).rejects.toThrow(Conflict);
  });

  test("an officer upholds it for good, or refuses it with a reason, and then the person counts again", async () => {
    const here = await client(advice);
    const before = await people();
    const [made] = await against(advice, here, "counting");
    const waiting = await listWaitingObjections(officer);
    expect(waiting.find(({ id }) => id === made?.id)).toMatchObject({ clientId: here, givenName: "Amina" });
    await decideObjection(officer, { id: made?.id ?? "", decision: "refused", because: "legal-claim" });
    expect(await people()).toBe(before);
    expect(await listObjections(advice.ctx, here)).toMatchObject([
      { state: "refused", because: "legal-claim" },
    ]);
    await expect(
      decideObjection(officer, { id: made?.id ?? "", decision: "upheld", because: null }),
    ).rejects.toThrow(NotFound);
  });

  test("another organisation can neither make, see nor take back one", async () => {
    const here = await client(advice);
    const [made] = await against(advice, here, "both");
    await expect(against(housing, here, "both")).rejects.toThrow(NotFound);
    await expect(listObjections(housing.ctx, here)).rejects.toThrow(NotFound);
    const asked = { id: made?.id ?? "", clientId: here };
    await expect(takeBackObjection(housing.ctx, asked)).rejects.toThrow(NotFound);
  });
});

test("an objection is dated by the clock of the installation, by which the officer is told when it is due", async () => {
  const [made] = await against(advice, await client(advice), "sharing");
  expect(dayOf(made?.madeAt ?? new Date(0))).toBe("2026-06-15");
});
