/**
 * A new secret taken into use, on a database with a value in every sealed column: nothing unreadable, nothing lost, and
 * everybody found the same before, meanwhile and after. The long form is `npm run prove -- rotation`.
 */

import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { addClient, findClients } from "./clients";
import { addClientSchema } from "./domain/client";
import { uuidv7 } from "./ids";
import { withNewSecret } from "./key-ring";
import { rotateRows, rowsByKey } from "./key-rotation";
import { currentKeyId, holdKeys, type KeyRing } from "./keys";
import { SEALED_PLACES, UNSEALED_BYTES } from "./sealed-places";
import { testDatabase } from "./testing";
import { allowTestIdentifiers, arrangeTeam, type Team } from "./testing-casework";
import { dyingAt, Killed } from "./testing-death";
import { openEverything, sowSealedRows, valuesByKey } from "./testing-sealed";

const db = await testDatabase();
const first: KeyRing = { current: "1", secrets: { "1": Buffer.alloc(32, 7) } };
const second = withNewSecret(first);
let teams: Team[] = [];

const PEOPLE = [
  {
    givenName: "Amina",
    familyName: "Okafor",
    dateOfBirth: "1984-05-31",
    reference: "AF-1",
    phone: "01632 960001",
  },
  { givenName: "Tomasz", familyName: "Nowak", dateOfBirth: "1990-01-02", reference: "AF-2" },
  {
    givenName: "Bronwen",
    familyName: "Pritchard",
    identifiers: [{ kind: "nhs-number" as const, value: "9990000018" }],
  },
  { givenName: "Sam", familyName: "Li", dateOfBirth: "2001-12-24", email: "sam@example.org" },
];
/** Ways in which each of them is looked for. */
const LOOKED_FOR = [
  "okafor",
  "amina okafr",
  "31/5/1984",
  "AF-2",
  "novak",
  "960001",
  "999 000 0018",
  "Li",
  "24 12 2001",
];

const people = async (team: Team) => {
  for (const person of PEOPLE) await addClient(team.ctx, addClientSchema.parse({ id: uuidv7(), ...person }));
};
const found = (team: Team) =>
  Promise.all(
    LOOKED_FOR.map(async (text) =>
      (await findClients(team.ctx, text)).map(({ id, matched }) => `${id} ${matched}`),
    ),
  );

beforeAll(async () => {
  holdKeys(first);
  await allowTestIdentifiers(db);
  teams = [await arrangeTeam(db, "First"), await arrangeTeam(db, "Second")];
  for (const team of teams) {
    await people(team);
    await sowSealedRows(db.administrator, team.organisationId, team === teams[0] ? 3 : 0);
  }
});
afterEach(() => holdKeys(second));

test("every column of bytes is a sealed place, or is named as none; and the database lists the same places", async () => {
  const columns = await db.administrator<{ name: string }[]>`
    select table_schema || '.' || table_name || '.' || column_name as name from information_schema.columns
    where data_type = 'bytea' and table_schema in ('identity', 'casework', 'reference', 'statistics', 'published', 'lab', 'governance')`;
  const sealed = SEALED_PLACES.flatMap(({ place, columns }) =>
    Object.keys(columns).map((name) => `${place}.${name}`),
  );
  expect(columns.map(({ name }) => name).sort()).toEqual([...sealed, ...UNSEALED_BYTES].sort());
  const listed = await db.stats<
    { place: string; columns: string[] }[]
  >`select place, columns from identity.sealed_places()`;
  expect(listed.map(({ place, columns }) => ({ place, columns }))).toEqual(
    SEALED_PLACES.map(({ place, columns }) => ({ place, columns: Object.keys(columns) })),
  );
});

describe("a new secret", () => {
  test("killed at random moments, with people added and changed meanwhile, loses and hides nothing", async () => {
    const [team] = teams;
    if (!team) throw new Error("no team");
    holdKeys(first);
    const before = await openEverything(db.administrator);
    const lookedUp = await found(team);
    expect(lookedUp.map((ids) => ids.length > 0)).not.toContain(false);
    expect(before.size).toBeGreaterThan(60);

    holdKeys(second);
    expect(await found(team)).toEqual(lookedUp);
    let kills = 0;
    for (let life = 1; kills < 12; life += 1) {
      const dying = dyingAt(db.stats, 1 + ((life * 7) % 23));
      const ended = await rotateRows(dying, { rowsABatch: 3 }).catch((error: unknown) => {
        if (error instanceof Killed) return null;
        throw error;
      });
      if (ended) break;
      kills += 1;
      expect(await found(team)).toEqual(lookedUp);
      for (const [place, words] of await openEverything(db.administrator))
        expect(before.get(place)).toBe(words);
    }
    expect(kills).toBeGreaterThanOrEqual(10);
    await rotateRows(db.stats);
    expect(await openEverything(db.administrator)).toEqual(before);
    expect(await found(team)).toEqual(lookedUp);
    expect(Object.keys(await valuesByKey(db.administrator))).toEqual(["2"]);
  });

  test("what was written under the old one meanwhile is picked up by the next run, and a run with nothing to do does nothing", async () => {
    const [, team] = teams;
    if (!team) throw new Error("no team");
    holdKeys(first);
    const id = uuidv7();
    await addClient(team.ctx, addClientSchema.parse({ id, givenName: "Latecomer", familyName: "Underwood" }));
    holdKeys(second);
    expect((await findClients(team.ctx, "underwood")).map((person) => person.id)).toEqual([id]);
    expect(await rotateRows(db.stats)).toMatchObject({ sealed: 1, indexed: 1, waits: null });
    expect((await findClients(team.ctx, "underwood")).map((person) => person.id)).toEqual([id]);
    expect(await rotateRows(db.stats)).toEqual({ sealed: 0, indexed: 0, unreadable: 0, waits: null });
    const left = (await rowsByKey(db.stats)).filter(({ keyId }) => keyId !== currentKeyId());
    expect(left).toEqual([]);
  });

  test("a value that somebody altered stays as it is, and keeps no other from coming under the new key", async () => {
    const [team] = teams;
    if (!team) throw new Error("no team");
    const third = withNewSecret(second);
    const [action] = await db.administrator<{ id: string }[]>`select id from casework.action limit 1`;
    const [client] = await db.administrator<{ clientId: string }[]>`
      select client_id from identity.client_identity order by client_id limit 1`;
    await db.administrator`
      update casework.action set title = set_byte(title, length(title) - 1, get_byte(title, length(title) - 1) # 1)
      where id = ${action?.id ?? ""}`;
    await db.administrator`
      update identity.client_identity
      set family_name = set_byte(family_name, 20, get_byte(family_name, 20) # 1)
      where client_id = ${client?.clientId ?? ""}`;
    holdKeys(third);
    // Two rows, and the indexes of one of them.
    expect(await rotateRows(db.stats)).toMatchObject({ unreadable: 3, waits: null });
    const left = (await rowsByKey(db.stats)).filter(({ keyId }) => keyId !== "3" && keyId !== "devices");
    expect(left.map(({ what, rows }) => [what, rows])).toEqual([
      ["identity.client_identity.family_name", 1],
      ["casework.action.title", 1],
      ["indexes", 1],
    ]);
  });
});
