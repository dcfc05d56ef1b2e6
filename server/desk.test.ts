import { expect, test } from "vitest";
import { listHolidays } from "./clock";
import { logContacts } from "./contacts";
import { getDesk } from "./desk";
import { decideBy } from "./domain/objection";
import { addDays, addMonths, dayOf, isWorkingDay } from "./domain/period";
import { uuidv7 } from "./ids";
import { object } from "./objections";
import { getPrinciples } from "./principles";
import { createCaller } from "./routers";
import { testDatabase } from "./testing";
import { aClient, aContact, arrangeTeam } from "./testing-casework";
import { arrangeMember, contextFor } from "./testing-people";

const db = await testDatabase();
const today = dayOf(new Date());

test("The desk and the principles count what waits and by when, and their entries name nobody", async () => {
  const team = await arrangeTeam(db, "Counting Advice");
  const officer = contextFor(db, await arrangeMember(db, team.organisationId, ["officer"]));
  const contact = aContact(team, { newClient: aClient() });
  await logContacts({ ...team.ctx, requestId: uuidv7() }, [contact]);
  await object(team.ctx, { id: uuidv7(), clientId: contact.clientId, against: "sharing" });
  const { rights } = createCaller(officer);
  const asked = { kind: "access", way: "letter", askerKind: "self", asker: "Amina, 1 Quay" } as const;
  await rights.open({ id: uuidv7(), receivedOn: addDays(today, -60), ...asked });
  await rights.open({ id: uuidv7(), receivedOn: today, ...asked });

  const looking = { ...officer, requestId: uuidv7() };
  const { items } = await getDesk(looking);
  let due = addMonths(addDays(today, -60), 1);
  const holidays = await listHolidays(db.administrator);
  while (!isWorkingDay(due, holidays)) due = addDays(due, 1);
  expect(items).toEqual([
    { kind: "request", count: 2, dueOn: due, isLate: true, about: null },
    { kind: "objection", count: 1, dueOn: decideBy(new Date()), isLate: false, about: null },
  ]);
  const { caldicott } = await getPrinciples(looking);
  expect(caldicott.find(({ id }) => id === "law")?.check?.says).toContain("One breach or request is late");

  const entries = await db.administrator`
    select action, subjects from governance.audit_entry where request_id = ${looking.requestId} order by id`;
  expect([...entries]).toEqual([
    { action: "desk.read", subjects: [] },
    { action: "principle.read", subjects: [] },
  ]);
});
