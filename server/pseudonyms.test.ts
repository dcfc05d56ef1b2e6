import { beforeAll, expect, test } from "vitest";
import { addClient } from "./clients";
import { makeContext } from "./context";
import { addClientSchema } from "./domain/client";
import { readPseudonym } from "./domain/pseudonym";
import { uuidv7 } from "./ids";
import { decideLink } from "./people";
import { listPseudonyms } from "./pseudonyms";
import { testDatabase } from "./testing";
import { arrangeTeam, type Team } from "./testing-casework";

const db = await testDatabase();
const [advice, housing] = [await arrangeTeam(db, "Advice"), await arrangeTeam(db, "Housing")] as const;
const ctx = makeContext({ app: db.app, reader: db.reader }, null);

async function add(team: Team, familyName: string, reference: string | null = null): Promise<string> {
  const id = uuidv7();
  await addClient(team.ctx, addClientSchema.parse({ id, familyName, reference }));
  return id;
}

const same = (one: Team, a: string, other: Team, b: string) =>
  decideLink(db.stats, {
    a: { organisationId: one.organisationId, clientId: a },
    b: { organisationId: other.organisationId, clientId: b },
    says: "same",
    madeBy: "test",
  });

const codesOf = async (team: Team) =>
  new Map((await listPseudonyms(ctx, team.organisationId)).map((row) => [row.clientId, row.pseudonym]));

let twice: [string, string];
let throughOthers: [string, string];
let theirs: string;

beforeAll(async () => {
  twice = [await add(advice, "Brennan", "B/1"), await add(advice, "Brennan")];
  throughOthers = [await add(advice, "Castellanos"), await add(advice, "Castelanos")];
  theirs = await add(housing, "Castellanos");
  await add(housing, "Brennan");
  await same(advice, twice[0], advice, twice[1]);
  await same(advice, throughOthers[0], housing, theirs);
  await same(advice, throughOthers[1], housing, theirs);
});

test("two clients that an organisation knows to be one person share a pseudonym, and it lists every client", async () => {
  const rows = await listPseudonyms(ctx, advice.organisationId);
  expect(rows).toHaveLength(4);
  expect(rows.find(({ clientId }) => clientId === twice[0])).toMatchObject({ reference: "B/1" });
  const codes = await codesOf(advice);
  expect(codes.get(twice[0])).toBe(codes.get(twice[1]));
  for (const code of codes.values()) expect(readPseudonym(code)).toBe(code);
});

test("what only another organisation's record joins has two, so that nobody learns whom others know", async () => {
  const [row] = await db.administrator<{ people: number }[]>`
    select count(distinct person_id)::int as people from identity.client_person
    where client_id = any (${[...throughOthers, theirs]})`;
  expect(row?.people).toBe(1);
  const codes = await codesOf(advice);
  expect(codes.get(throughOthers[0])).not.toBe(codes.get(throughOthers[1]));
});

test("no pseudonym of one organisation is any of another's", async () => {
  const [ours, others] = [await codesOf(advice), await codesOf(housing)];
  expect(others.size).toBe(2);
  const shared = [...ours.values()].filter((code) => [...others.values()].includes(code));
  expect(shared).toEqual([]);
});

test("it stays the same, and taking it is recorded", async () => {
  expect(await codesOf(advice)).toEqual(await codesOf(advice));
  const [entry] = await db.administrator`
    select organisation_id, detail, subjects from governance.audit_entry
    where action = 'people.pseudonyms' order by id desc limit 1`;
  expect(entry).toEqual({ organisationId: advice.organisationId, detail: { clients: 4 }, subjects: [] });
});
