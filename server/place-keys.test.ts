/** Where somebody lives, found by keys that are alike in every organisation and that nobody can read. */
import { beforeAll, expect, test } from "vitest";
import { editClient } from "./client-edits";
import { renewPieces } from "./client-pieces";
import { addClient, getClient } from "./clients";
import { inTransaction } from "./context";
import { addClientSchema, type NewClientInput } from "./domain/client";
import { Invalid } from "./domain/errors";
import { type PlaceBreadth, readTypedPlace } from "./domain/place-breadth";
import { editClientSchema, type ProfileChangeInput } from "./domain/profile-edit";
import { uuidv7 } from "./ids";
import { withNewSecret } from "./key-ring";
import { rotateRows } from "./key-rotation";
import { holdKeys, type KeyRing } from "./keys";
import { keysOfPlace } from "./place-keys";
import { testDatabase } from "./testing";
import { aClient, arrangeTeam, type Team } from "./testing-casework";

const db = await testDatabase();
const advice = await arrangeTeam(db, "Quayside Advice");
const housing = await arrangeTeam(db, "Harbour Housing");
const ring: KeyRing = { current: "1", secrets: { "1": Buffer.alloc(32, 9) } };
const next = withNewSecret(ring);
const third = withNewSecret(next);
const place = { kind: "postcode", postcode: "SR1 3DW" } as const;

async function known(team: Team, details: Partial<NewClientInput>): Promise<string> {
  const id = uuidv7();
  await addClient(team.ctx, addClientSchema.parse({ id, ...aClient(details) }));
  return id;
}

/** Clients of every organisation at a place that somebody types. */
async function at(breadth: PlaceBreadth, address: string, postcode: string = place.postcode) {
  const read = readTypedPlace(breadth, { postcode, address });
  if (!read.ok) throw new Error(read.reason);
  const rows = await db.administrator<{ clientId: string }[]>`
    select client_id from identity.client_place
    where ${db.administrator(`${breadth}_key`)} = any (${db.administrator.array(keysOfPlace(breadth, read.place), 17)}::bytea[])`;
  return rows.map(({ clientId }) => clientId).sort();
}

const edit = (id: string, ...changes: ProfileChangeInput[]) =>
  editClient(advice.ctx, editClientSchema.parse({ id, editId: uuidv7(), changes }));
const lives = async (id: string) => {
  const { place, address } = await getClient(advice.ctx, { id, showIdentifiers: false });
  return { place, address };
};

let [one, other, neighbour, alone] = ["", "", "", ""];
beforeAll(async () => {
  holdKeys(ring);
  one = await known(advice, { place, address: "Flat 2, 14 Whitby St." });
  other = await known(housing, { place, address: "flat 2 14 WHITBY STREET, Sunderland" });
  neighbour = await known(housing, {
    place: { kind: "postcode", postcode: "SR1 3DX" },
    address: "3 Whitby Street",
  });
  alone = await known(advice, { place, address: null });
  await known(advice, { place: { kind: "no-fixed-address" }, address: "14 Whitby Street" });
  await known(advice, { place: { kind: "unknown" }, address: "14 Whitby Street" });
});

const foundEverywhere = async () => {
  expect(await at("household", "Flat 2, 14 Whitby Street")).toEqual([one, other].sort());
  expect(await at("street", "whitby st", "SR1 3")).toEqual([one, other, neighbour].sort());
  expect(await at("postcode", "")).toEqual([one, other, alone].sort());
};

test("A home is one in every organisation, however it was written; who has no postcode is nowhere", async () => {
  await foundEverywhere();
  const [counted] = await db.administrator<
    { rows: number }[]
  >`select count(*)::int as rows from identity.client_place`;
  expect(counted?.rows).toBe(4);
});

test("An organisation sees the keys of its own clients alone, and nobody's address is in them", async () => {
  const seen = await inTransaction(
    advice.ctx,
    ({ db }) => db<{ clientId: string }[]>`select client_id from identity.client_place`,
  );
  expect(seen.map(({ clientId }) => clientId).sort()).toEqual([one, alone].sort());
});

test("Clients from before are given their keys with the pieces for search", async () => {
  await db.administrator`delete from identity.client_place`;
  await db.administrator`update identity.client_identity set pieces_version = 2`;
  expect(await renewPieces({ app: db.app, reader: db.reader })).toBe(6);
  await foundEverywhere();
});

test("They are found before, meanwhile and after when a new secret is taken into use", async () => {
  holdKeys(next);
  await foundEverywhere();
  await rotateRows(db.stats, { rowsABatch: 2 });
  await foundEverywhere();
  const under = await db.administrator`select distinct indexed_with from identity.client_place`;
  expect(under).toEqual([{ indexedWith: next.current }]);
});

test("A home stands once while a new secret is taken into use, whoever is indexed anew first, and nobody has moved by it", async () => {
  const staysOf = () => db.administrator`
    select postcode_stay, street_stay, household_stay from identity.client_place
    where client_id = any (${[one, other]}::uuid[]) order by client_id`;
  const keysThere = () => db.administrator`
    select distinct postcode_key, street_key, household_key from identity.client_place
    where client_id = any (${[one, other, added]}::uuid[])`;
  const before = await staysOf();
  holdKeys(third);
  const added = await known(advice, { place, address: "Flat 2, 14 Whitby Street" });
  expect(await keysThere()).toHaveLength(1);
  await db.administrator`delete from identity.client_place where client_id = ${added}`;
  await edit(one, { field: "phone", from: null, to: "01632 960 123" });
  // One of the two is held by somebody just now, and is passed over.
  await db.administrator.begin(async (busy) => {
    await busy`select from identity.client_identity where client_id = ${other} for update`;
    await rotateRows(db.stats, { rowsABatch: 2 });
  });
  const [left] = await db.administrator`
    select indexed_with from identity.client_identity where client_id = ${other}`;
  expect(left).toEqual({ indexedWith: next.current });
  expect(await keysThere()).toHaveLength(1);
  expect(await at("household", "Flat 2, 14 Whitby Street")).toEqual([one, other].sort());
  await rotateRows(db.stats, { rowsABatch: 2 });
  expect(await keysThere()).toHaveLength(1);
  expect(await staysOf()).toEqual(before);
});

test("House and street are changed by themselves, go with the postcode, and are kept for nobody without a home", async () => {
  const id = await known(advice, { place, address: "1 Dock Road" });
  await edit(id, { field: "address", from: "1 Dock Road", to: "7 Dock Road" });
  expect(await at("household", "7 Dock Rd")).toEqual([id]);
  expect(await at("household", "1 Dock Rd")).toEqual([]);

  const moved = { kind: "postcode", postcode: "SR2 7AA" } as const;
  await edit(id, { field: "place", from: place, to: moved });
  expect(await lives(id)).toEqual({ place: moved, address: "7 Dock Road" });
  expect(await at("household", "7 Dock Rd", "SR2 7AA")).toEqual([id]);

  const nowhere = { kind: "no-fixed-address" } as const;
  await edit(id, { field: "place", from: moved, to: nowhere });
  expect(await lives(id)).toEqual({ place: nowhere, address: null });
  expect(await at("household", "7 Dock Rd", "SR2 7AA")).toEqual([]);
  await expect(edit(id, { field: "address", from: null, to: "7 Dock Road" })).rejects.toThrow(Invalid);
  await edit(
    id,
    { field: "place", from: nowhere, to: place },
    { field: "address", from: null, to: "9 Dock Road" },
  );
  expect(await at("household", "9 Dock Rd")).toEqual([id]);
});

test("Two streets of one postcode have two homes of one number, and nobody’s name is a house", async () => {
  const left = await known(advice, { place, address: "33 Left Street" });
  const right = await known(housing, { place, address: "33 Right Street" });
  expect(await at("household", "33 Left Street")).toEqual([left]);
  expect(await at("household", "33 Right Street")).toEqual([right]);
  const named = await known(advice, {
    ...{ place, address: "Ida Vale, Word Road", givenName: "Ida", familyName: "Vale" },
  });
  expect(await at("street", "Word Road")).toEqual([named]);
  expect(await at("household", "Ida Vale, Word Road")).toEqual([]);
});

test("A home that nobody outside may find has no keys, whatever changes, is cut anew or keyed anew, until it may be found again", async () => {
  const id = await known(advice, { place, address: "2 Refuge Row" });
  const secret = (from: boolean) => edit(id, { field: "homeIsSecret", from, to: !from });
  const rowsOfIt = async () => {
    const rows = await db.administrator`select from identity.client_place where client_id = ${id}`;
    return rows.length;
  };
  expect(await rowsOfIt()).toBe(1);
  await secret(false);
  expect(await rowsOfIt()).toBe(0);
  expect(await getClient(advice.ctx, { id, showIdentifiers: false })).toMatchObject({
    homeIsSecret: true,
    address: "2 Refuge Row",
  });
  // A device that does not know of it moves them.
  await edit(id, { field: "address", from: "2 Refuge Row", to: "4 Refuge Row" });
  await edit(id, { field: "phone", from: null, to: "01632 960 123" });
  // Two who say the same, or an older word that no longer fits, change nothing.
  expect((await secret(false)).fields).toEqual([{ field: "homeIsSecret", outcome: "already" }]);
  expect(await rowsOfIt()).toBe(0);
  await db.administrator`update identity.client_identity set pieces_version = 2`;
  await renewPieces({ app: db.app, reader: db.reader });
  expect(await rowsOfIt()).toBe(0);
  holdKeys(withNewSecret(third));
  await rotateRows(db.stats, { rowsABatch: 2 });
  expect(await rowsOfIt()).toBe(0);
  expect(await at("household", "4 Refuge Row")).toEqual([]);

  await secret(true);
  expect(await at("household", "4 Refuge Row")).toEqual([id]);
});
