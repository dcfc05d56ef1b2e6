/** What the statistics come to know of people: written by the linker, opened by the engine, and no more than that. */

import { randomBytes } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { editClient } from "./client-edits";
import { inTransaction } from "./context";
import { editClientSchema } from "./domain/profile-edit";
import { ageMonthOf, packTraits, unpackTraits } from "./domain/slices";
import { uuidv7 } from "./ids";
import { handOver, type KeyRing, keysFor } from "./keys";
import { keepTraitsOfWhoWaits } from "./people-rounds";
import { openTraits } from "./people-traits";
import { drain } from "./statistics";
import { keyedHash } from "./statistics/keyed-hash";
import { testDatabase } from "./testing";
import { arrangeTeam, type Team } from "./testing-casework";
import { addPerson, areOne, runLinker } from "./testing-linking";

const db = await testDatabase();
const hmac = keyedHash(randomBytes(32));
let advice: Team;
let housing: Team;

beforeAll(async () => {
  advice = await arrangeTeam(db, "Quayside Advice");
  housing = await arrangeTeam(db, "Harbour Housing");
});

const nina = { givenName: "Nina", familyName: "Quill", dateOfBirth: "1984-05-31", sex: "female" as const };

/** What the engine knows of everybody, in order. */
async function known(): Promise<{ ageMonth: number | null; sex: string }[]> {
  const rows = await db.administrator<{ traits: number }[]>`
    select distinct on (person_key) traits from statistics.person_trait
    order by person_key, from_settlement desc`;
  return rows.map(({ traits }) => unpackTraits(traits)).sort((a, b) => (a.ageMonth ?? 0) - (b.ageMonth ?? 0));
}

test("the linker writes the month and the sex of whom it looks at, and the engine counts them", async () => {
  await addPerson(advice, nina);
  await drain(db.stats, hmac);
  expect(await known()).toEqual([]);
  await runLinker(db);
  await drain(db.stats, hmac);
  expect(await known()).toEqual([{ ageMonth: ageMonthOf("1984-05-31"), sex: "female" }]);
});

test("what is sealed is of one length, is bound to its client and does not open with the key of names", async () => {
  const [row] = await db.administrator<{ organisationId: number; clientId: string; traits: Buffer }[]>`
    select organisation_id, client_id, traits from identity.trait`;
  if (!row) throw new Error("Nobody has traits");
  expect(packTraits(openTraits(row, row.traits))).toBe(
    packTraits({ ageMonth: ageMonthOf("1984-05-31"), sex: "female" }),
  );
  expect(() => openTraits({ ...row, clientId: uuidv7() }, row.traits)).toThrow();
  const lengths = await db.administrator`select distinct length(traits) from identity.trait`;
  expect(lengths).toHaveLength(1);
});

test("their key opens them and no more: the engine, which holds it, cannot open names", () => {
  expect(keysFor("worker")).toContain("traits");
  expect(keysFor("linker")).toContain("traits");
  expect(keysFor("web")).toContain("traits");
  expect(keysFor("worker")).not.toContain("identity");
  const ring: KeyRing = { current: "1", secrets: { "1": randomBytes(32) } };
  const handed = JSON.parse(handOver(ring, ["traits", "identity"])).keys["1"];
  expect(handed.traits).not.toBe(handed.identity);
});

test("a corrected date of birth is looked at again and marks its person for counting", async () => {
  const client = await addPerson(advice, { ...nina, givenName: "Omar", familyName: "Vale", sex: "male" });
  await runLinker(db);
  await drain(db.stats, hmac);
  const edit = {
    id: client.clientId,
    editId: uuidv7(),
    changes: [{ field: "dateOfBirth", from: "1984-05-31", to: "1948-05-31" }],
  };
  await editClient(advice.ctx, editClientSchema.parse(edit));
  await runLinker(db);
  await drain(db.stats, hmac);
  expect(await known()).toContainEqual({ ageMonth: ageMonthOf("1948-05-31"), sex: "male" });
});

test("clients of one person who disagree are one by the rule, and part again when they are parted", async () => {
  const details = { givenName: "Ada", familyName: "Thornfield", dateOfBirth: "1961-02-03" };
  const place = { kind: "postcode", postcode: "SR1 3DW" } as const;
  const one = await addPerson(advice, { ...details, place, sex: "female", phone: "0191 496 0777" });
  const other = await addPerson(housing, { ...details, place, sex: "not-known", phone: "0191 496 0777" });
  await runLinker(db);
  await drain(db.stats, hmac);
  expect(await areOne(db, one, other)).toBe(true);
  const ada = { ageMonth: ageMonthOf("1961-02-03"), sex: "female" };
  expect((await known()).filter(({ ageMonth }) => ageMonth === ada.ageMonth)).toEqual([ada]);
  await inTransaction(
    advice.ctx,
    ({ db: tx }) => tx`select casework.erase_clients(${advice.organisationId}, ${[one.clientId]}::uuid[])`,
  );
  await runLinker(db);
  await drain(db.stats, hmac);
  expect((await known()).filter(({ ageMonth }) => ageMonth === ada.ageMonth)).toEqual([
    { ...ada, sex: "not-known" },
  ]);
});

test("erasing somebody takes their traits, and the engine forgets them while nothing has settled", async () => {
  const before = await known();
  const client = await addPerson(advice, { ...nina, givenName: "Zed", dateOfBirth: "1999-09-09" });
  await runLinker(db);
  await drain(db.stats, hmac);
  expect(await known()).toHaveLength(before.length + 1);
  await inTransaction(
    advice.ctx,
    ({ db: tx }) => tx`select casework.erase_clients(${advice.organisationId}, ${[client.clientId]}::uuid[])`,
  );
  await drain(db.stats, hmac);
  expect(await known()).toEqual(before);
  const left = await db.administrator`select from identity.trait where client_id = ${client.clientId}`;
  expect(left).toHaveLength(0);
});

test("whoever was there before is looked at by itself, and again after a change whose job was lost", async () => {
  await db.administrator`delete from identity.trait`;
  expect(await keepTraitsOfWhoWaits(db.stats)).toBeGreaterThan(2);
  expect(await keepTraitsOfWhoWaits(db.stats)).toBe(0);
  await db.administrator`update identity.client_identity set version = version + 1`;
  expect(await keepTraitsOfWhoWaits(db.stats)).toBeGreaterThan(2);
});

test("what does not open is not known, keeps nobody else waiting, and is tried again after a day", async () => {
  const client = await addPerson(advice, { ...nina, givenName: "Ivo", dateOfBirth: "1971-01-01" });
  await db.administrator`
    update identity.client_identity set date_of_birth = set_byte(date_of_birth, 20, get_byte(date_of_birth, 20) # 1)
    where client_id = ${client.clientId}`;
  await keepTraitsOfWhoWaits(db.stats);
  const traits = async () =>
    (
      await db.administrator<{ traits: Buffer | null }[]>`
      select traits from identity.trait where client_id = ${client.clientId}`
    )[0]?.traits;
  expect(await traits()).toBeNull();
  expect(await keepTraitsOfWhoWaits(db.stats)).toBe(0);
  await db.administrator`
    update identity.client_identity set date_of_birth = set_byte(date_of_birth, 20, get_byte(date_of_birth, 20) # 1)
    where client_id = ${client.clientId}`;
  await db.administrator`update identity.trait set looked_at = now() - interval '2 days' where traits is null`;
  expect(await keepTraitsOfWhoWaits(db.stats)).toBe(1);
  expect(await traits()).not.toBeNull();
});

test("an anonymous client has no traits", async () => {
  const rows = await db.administrator`
    select from identity.trait as t join casework.client as c
      on c.organisation_id = t.organisation_id and c.id = t.client_id and c.anonymous`;
  expect(rows).toHaveLength(0);
});
