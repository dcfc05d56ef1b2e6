/** Why an organisation may hold what it records: each choice stays to be read, and consent has nothing to do with it. */

import { expect, test } from "vitest";
import { NotAllowed } from "./domain/errors";
import { getBasis, setBasis, setProfession } from "./recording-basis";
import { testDatabase } from "./testing";
import { arrangeTeam } from "./testing-casework";
import { addPerson } from "./testing-linking";
import { arrangeMember, contextFor } from "./testing-people";
import { say } from "./testing-sharing";

const db = await testDatabase();
const team = await arrangeTeam(db, "Wear Advice");
const officer = contextFor(db, await arrangeMember(db, team.organisationId, ["officer"]));
const PUBLIC = { purpose: "direct-support", basis: "public-task", condition: "social-care" } as const;

const standing = async () => (await getBasis(team.ctx)).bases.map(({ basis }) => basis);

test("nothing is said until an officer has said it, and then workers read it", async () => {
  expect(await standing()).toEqual([null, null, null]);
  await setBasis(officer, PUBLIC);
  expect(await standing()).toEqual(["public-task", null, null]);
  expect(() => setBasis(team.ctx, PUBLIC)).toThrow(NotAllowed);
});

test("a switch is kept beside what stood before, with who made it, and recorded; the same again is no switch", async () => {
  await setBasis(officer, PUBLIC);
  await setBasis(officer, { ...PUBLIC, basis: "legal-obligation" });
  await setBasis(officer, { ...PUBLIC, basis: "legal-obligation" });
  const rows = await db.administrator`
    select basis, set_by from governance.recording_basis where organisation_id = ${team.organisationId}
    order by number`;
  expect(rows.map((row) => [row["basis"], row["setBy"]])).toEqual([
    ["public-task", officer.actor.memberId],
    ["legal-obligation", officer.actor.memberId],
  ]);
  const [entry] = await db.administrator`
    select detail from governance.audit_entry where action = 'basis.set' order by id desc offset 1 limit 1`;
  expect(entry?.["detail"]).toMatchObject({ basis: "legal-obligation", before: "public-task" });
});

test("a no to sharing, or a yes taken back, leaves it as it is", async () => {
  const before = await getBasis(team.ctx);
  const { clientId } = await addPerson(team);
  await say(team.ctx, clientId, "given");
  await say(team.ctx, clientId, "withdrawn");
  expect(await getBasis(team.ctx)).toEqual(before);
});

test("another organisation has its own, and its own words", async () => {
  const other = await arrangeTeam(db, "Wear Housing");
  await setProfession(officer, "health");
  expect((await getBasis(team.ctx)).profession).toBe("health");
  expect(await getBasis(other.ctx)).toMatchObject({ profession: "other", bases: [{ basis: null }, {}, {}] });
});
