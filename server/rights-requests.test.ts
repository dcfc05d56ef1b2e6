/** Requests as the officer's list shows them, each step once and none without a trace. */
import { expect, test } from "vitest";
import { addDays, dayOf } from "./domain/period";
import { uuidv7 } from "./ids";
import { createCaller } from "./routers";
import { testDatabase } from "./testing";
import { arrangeTeam } from "./testing-casework";
import { arrangeMember, contextFor, steppedUp } from "./testing-people";

const db = await testDatabase();
const today = dayOf(new Date());

/** An officer of an organisation of their own. */
async function arrangeOfficer(name: string) {
  const team = await arrangeTeam(db, name);
  const member = await arrangeMember(db, team.organisationId, ["officer"]);
  return { team, rights: createCaller(contextFor(db, await steppedUp(db, member))).rights };
}

const aRequest = (over: { receivedOn?: string } = {}) => ({
  ...{ id: uuidv7(), kind: "access" as const, receivedOn: today, way: "letter" as const },
  ...{ askerKind: "self" as const, asker: "Amina, 1 Quay" },
  ...over,
});

test("However many requests came since, the one that is overdue the longest stands first", async () => {
  const { team, rights } = await arrangeOfficer("Busy Advice");
  const oldest = aRequest({ receivedOn: addDays(today, -200) });
  await rights.open(oldest);
  await db.administrator`
    insert into governance.rights_request (organisation_id, id, kind, received_on, way, asker_kind)
    select ${team.organisationId}, gen_random_uuid(), 'access', ${today}::date - n % 20, 'letter', 'self'
    from generate_series(1, 600) as n`;
  const { requests } = await rights.list();
  expect(requests).toHaveLength(500);
  expect(requests[0]).toMatchObject({ id: oldest.id, asker: "Amina, 1 Quay" });
  expect(requests[0]?.clock.daysLeft).toBeLessThan(0);
});

test("A look at the list names every request whose asker was opened", async () => {
  const { team, rights } = await arrangeOfficer("Quiet Advice");
  const opened = [aRequest(), aRequest()];
  for (const request of opened) await rights.open(request);
  await rights.list();
  const [entry] = await db.administrator<{ subjects: { kind: string; id: string }[] }[]>`
    select subjects from governance.audit_entry
    where organisation_id = ${team.organisationId} and action = 'rights.list'`;
  expect(new Set(entry?.subjects.map(({ kind, id }) => `${kind} ${id}`))).toEqual(
    new Set(opened.map(({ id }) => `rights-request ${id}`)),
  );
});

test("A request that is sent again is the same one, and another one under its id is not taken for it", async () => {
  const { rights } = await arrangeOfficer("Careful Advice");
  const request = aRequest();
  await rights.open(request);
  expect(await rights.open(request)).toEqual({ id: request.id });
  await expect(rights.open({ ...request, asker: "Bea, 2 Quay" })).rejects.toThrow("Another request");
  await expect(rights.open({ ...request, kind: "erase" })).rejects.toThrow("Another request");
});

test("A clock that does not stand is not set going again", async () => {
  const { rights } = await arrangeOfficer("Timely Advice");
  const { id } = await rights.open(aRequest());
  await expect(rights.resume({ id })).rejects.toThrow("goes on already");
  await rights.pause({ id, because: "meaning" });
  expect((await rights.resume({ id })).clock.isPaused).toBe(false);
  await expect(rights.resume({ id })).rejects.toThrow("goes on already");
});
