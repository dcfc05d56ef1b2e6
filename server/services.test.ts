import { expect, test } from "vitest";
import { setServiceTeamSchema } from "./domain/service";
import { uuidv7 } from "./ids";
import { addService, getService, listServices, setServiceNeeds, setServiceTeam } from "./services";
import { testDatabase } from "./testing";
import { arrangeTeam } from "./testing-casework";

const db = await testDatabase();
const team = await arrangeTeam(db, "Advice First");
const other = await arrangeTeam(db, "Harbour Housing");

test("A service is added with an empty need list, under a name that is the organisation's only one", async () => {
  const added = await addService(team.ctx, "Debt advice");
  expect(await getService(team.ctx, added.id)).toEqual({ ...added, needs: [], closedOn: null });
  await expect(addService(team.ctx, "Debt advice")).rejects.toThrow("Another service has this name");
  await expect(addService(other.ctx, "Debt advice")).resolves.toMatchObject({ name: "Debt advice" });
});

test("A need list keeps the order it was given, and is replaced as a whole", async () => {
  const { id } = await addService(team.ctx, "Housing advice");
  await setServiceNeeds(team.ctx, { id, needs: ["MON-01", "HOU-04", "BEN-03"] });
  expect((await getService(team.ctx, id)).needs).toEqual(["MON-01", "HOU-04", "BEN-03"]);
  const { needs } = await setServiceNeeds(team.ctx, { id, needs: ["HOU-04"] });
  expect(needs).toEqual(["HOU-04"]);
});

test("Services are listed by name, closed ones last, and only the organisation's own", async () => {
  const { id } = await addService(team.ctx, "A closed service");
  await db.administrator`update casework.service set closed_on = '2026-01-31' where id = ${id}`;
  const names = (await listServices(team.ctx)).map(({ name }) => name);
  expect(names).toEqual(["Advice First service", "Debt advice", "Housing advice", "A closed service"]);
});

test("A service of another organisation reads like one that does not exist", async () => {
  const problem = async (id: string) => [
    await getService(team.ctx, id).catch(String),
    await setServiceNeeds(team.ctx, { id, needs: [] }).catch(String),
  ];
  expect(await problem(other.serviceId)).toEqual(await problem(uuidv7()));
});

test("A service says how its team is reached; what is left empty is not said", async () => {
  const read = (contact: object) => setServiceTeamSchema.safeParse({ id: team.serviceId, team: contact });
  const said = setServiceTeamSchema.parse({
    id: team.serviceId,
    team: { name: "Advice line", phone: " 01632 960001 ", email: "" },
  });
  const { team: kept } = await setServiceTeam(team.ctx, said);
  expect(kept).toEqual({ name: "Advice line", phone: "01632 960001", email: null });
  expect((await getService(team.ctx, team.serviceId)).team).toEqual(kept);
  await expect(setServiceTeam(other.ctx, said)).rejects.toThrow("This service");
  expect(read({ name: "", phone: "ring us", email: "" }).success).toBe(false);
  expect(read({ name: "", phone: "", email: "at the office" }).success).toBe(false);
});
