/** What linking follows: the same people whoever is asked for first, own ones from own records, and never without end. */

import { beforeAll, describe, expect, test } from "vitest";
import { logContacts } from "./contacts";
import { inTransaction } from "./context";
import type { NewClientInput } from "./domain/client";
import { type ClientKey, linkClientsOf } from "./people";
import { linkEverybody } from "./people-everybody";
import { keepModel, modelInUse } from "./people-model";
import { neighbourhood } from "./people-neighbourhood";
import { linkWhoWaits } from "./people-rounds";
import { testDatabase } from "./testing";
import { aClient, aContact, allowTestIdentifiers, arrangeTeam, type Team } from "./testing-casework";
import { addPerson, areOne, personOf, runLinker } from "./testing-linking";

const db = await testDatabase();
const [advice, council] = [await arrangeTeam(db, "Advice"), await arrangeTeam(db, "Council")] as const;

beforeAll(() => allowTestIdentifiers(db));

const link = (...clients: ClientKey[]) => linkClientsOf(db.stats, clients);
const at = (postcode: string) => ({ kind: "postcode" as const, postcode });
const nino = (number: number) => ({ kind: "nino" as const, value: `AB${String(number).padStart(6, "0")}C` });
const prison = (number: number) => ({
  kind: "prison-number" as const,
  value: `A${String(number).padStart(4, "0")}AA`,
});

/** An NHS number of the range for testing: 999, six digits, and the digit that checks them. */
const NHS = Array.from({ length: 400 }, (_, number) => {
  const nine = `999${String(number).padStart(6, "0")}`;
  const sum = [...nine].reduce((total, digit, place) => total + Number(digit) * (10 - place), 0);
  const check = (11 - (sum % 11)) % 11;
  return check === 10 ? [] : [{ kind: "nhs-number" as const, value: nine + String(check) }];
}).flat();
const nhs = (number: number) => NHS[number] ?? nino(number);

const daysBefore1970 = (days: number) => new Date(-days * 86_400_000).toISOString().slice(0, 10);

/** Adds clients without dates of birth, fifty at a time. */
async function addMany(team: Team, all: readonly Partial<NewClientInput>[]): Promise<ClientKey[]> {
  const contacts = all.map((details) =>
    aContact(team, { newClient: aClient({ dateOfBirth: null, ...details }) }),
  );
  for (let from = 0; from < contacts.length; from += 50) {
    const answers = await logContacts(team.ctx, contacts.slice(from, from + 50));
    const refused = answers.find(({ outcome }) => outcome !== "stored");
    if (refused) throw new Error(JSON.stringify(refused));
  }
  return contacts.map(({ clientId }) => ({ organisationId: team.organisationId, clientId }));
}

const carriers = (count: number, ...identifiers: NonNullable<NewClientInput["identifiers"]>) =>
  Array.from({ length: count }, () => ({ identifiers }));

/** How many people a team's own records make of these clients. */
async function ownPeople(team: Team, clients: readonly ClientKey[]): Promise<number> {
  const rows = await inTransaction(
    team.ctx,
    ({ db: tx }) => tx<{ firstClientId: string }[]>`
      select first_client_id from identity.own_people(
        ${team.organisationId}, ${clients.map(({ clientId }) => clientId)}::uuid[])`,
  );
  return new Set(rows.map(({ firstClientId }) => firstClientId)).size;
}

describe("What an organisation counts of its own does not tell who is known elsewhere", () => {
  test.each([
    [49, 1],
    [50, 1],
    [51, 51],
  ])("when %i of its clients carry one number, as a probe", async (count, people) => {
    const [probe, blank] = [nino(1000 + count), nino(2000 + count)];
    const theirs = await addPerson(council, { dateOfBirth: null, identifiers: [probe] });
    const known = await addMany(advice, carriers(count, probe));
    const unknown = await addMany(advice, carriers(count, blank));
    await runLinker(db);
    expect([await ownPeople(advice, known), await ownPeople(advice, unknown)]).toEqual([people, people]);
    // Nor does it when linking looks again, whoever it is asked for.
    await link(theirs, ...known.slice(0, 3));
    await linkEverybody(db.stats);
    expect([await ownPeople(advice, known), await ownPeople(advice, unknown)]).toEqual([people, people]);
  });

  test("when a number that many of its clients carry is carried by one too many only later", async () => {
    const probe = nino(3000);
    const known = await addMany(advice, carriers(50, probe));
    await runLinker(db);
    expect(await ownPeople(advice, known)).toBe(1);
    const later = await addMany(advice, carriers(2, probe));
    await runLinker(db);
    expect(await ownPeople(advice, [...known, ...later])).toBe(52);
    expect(new Set(await Promise.all([...known, ...later].map((one) => personOf(db, one)))).size).toBe(52);
  });

  test("by what others' records teach of how common a name or a number is", async () => {
    const { model } = await modelInUse(db.stats);
    const details = {
      ...{ givenName: "Philadelphia", familyName: "Quickenden", dateOfBirth: "1961-06-06" },
      ...{ phone: "01999 555601", place: at("ZQ6 2AB") },
    };
    // A model by which nobody is anybody else.
    await keepModel(db.stats, { ...model, prior: -200 }, 1);
    try {
      const clients = [await addPerson(advice, details), await addPerson(advice, details)];
      await runLinker(db);
      expect(await areOne(db, ...clients)).toBe(false);
      expect(await ownPeople(advice, clients)).toBe(1);
    } finally {
      await keepModel(db.stats, model, 1);
      await linkWhoWaits(db.stats);
    }
  });
});

test("Own people are worked out again when a client is erased who held them together, whoever is one over all", async () => {
  const { model } = await modelInUse(db.stats);
  const name = { givenName: "Desdemona", familyName: "Throckmorton", dateOfBirth: null };
  const [phone, email] = ["01999 555603", "d.throckmorton@mail.test"];
  // A model by which nobody is anybody else.
  await keepModel(db.stats, { ...model, prior: -200 }, 1);
  try {
    const a = await addPerson(advice, { ...name, phone });
    const b = await addPerson(advice, { ...name, phone, email });
    const c = await addPerson(advice, { ...name, email });
    await runLinker(db);
    expect(await areOne(db, a, c)).toBe(false);
    expect(await ownPeople(advice, [a, b, c])).toBe(1);
    await inTransaction(
      advice.ctx,
      ({ db: tx }) => tx`select casework.erase_clients(${b.organisationId}, ${[b.clientId]}::uuid[])`,
    );
    await runLinker(db);
    expect(await ownPeople(advice, [a, c])).toBe(2);
  } finally {
    await keepModel(db.stats, model, 1);
    await linkWhoWaits(db.stats);
  }
});

test("A number that too many carry is no evidence on a client who is merely met, whoever is asked for first", async () => {
  const oversized = nino(4000);
  const details = {
    ...{ givenName: "Seraphina", familyName: "Bracegirdle", dateOfBirth: "1957-03-29" },
    ...{ phone: "01999 555602", place: at("ZQ6 3AB") },
  };
  await addMany(council, carriers(50, oversized));
  await runLinker(db);
  const many = await addPerson(advice, { ...details, identifiers: [oversized] });
  const own = await addPerson(council, { ...details, identifiers: [nino(4001)] });
  await link(own);
  const found: boolean[] = [];
  for (const asked of [many, own, many]) {
    await link(asked);
    found.push(await areOne(db, many, own));
  }
  await linkEverybody(db.stats);
  found.push(await areOne(db, many, own));
  expect(found).toEqual([true, true, true, true]);
});

describe("A neighbourhood has an end", () => {
  const reachedFrom = async (client: ClientKey) => {
    const { model } = await modelInUse(db.stats);
    return db.stats.begin((tx) => neighbourhood(tx, [client], model));
  };

  test("where clients share a number and contradict each other, so that it can never join them", async () => {
    const chain = await addMany(
      council,
      Array.from({ length: 30 }, (_, link) => ({
        givenName: ["Amina", "Tobias", "Ulrika", "Xerxes"][link % 4] ?? "",
        familyName: `${["Brack", "Quill", "Thorn", "Wex", "Osten", "Pym"][link % 6]}${["ham", "ley", "worth", "ton", "field"][Math.floor(link / 6)]}`,
        dateOfBirth: daysBefore1970(700 * link),
        identifiers: [nhs(link), nhs(link + 1)],
      })),
    );
    const [, , third] = chain;
    if (!third) throw new Error("There is no chain");
    const { clients } = await reachedFrom(third);
    expect([...clients.values()].map(({ clientId }) => clientId)).toEqual([third.clientId]);
    await runLinker(db);
    expect(new Set(await Promise.all(chain.map((one) => personOf(db, one)))).size).toBe(30);
  });

  test("in a chain without one, which is left as it is until everybody is linked at once", async () => {
    // Each shares a number of another kind with the next, and none contradicts its neighbours.
    const kinds = [nhs, nino, prison];
    const of = (link: number) => kinds[link % kinds.length]?.(300 + Math.floor(link / kinds.length));
    const chain = await addMany(
      council,
      Array.from({ length: 60 }, (_, link) => ({
        identifiers: [of(link), of(link + 1)].filter((one) => one !== undefined),
      })),
    );
    const [first] = chain;
    if (!first) throw new Error("There is no chain");
    expect((await reachedFrom(first)).isWhole).toBe(false);
    expect(await link(first)).toBe(0);
    // It was looked at, and is not taken up again each minute.
    const [state] = await db.administrator<{ tokens: number }[]>`
      select count(*)::int as tokens
      from identity.linking_state join identity.blocking_key using (organisation_id, client_id)
      where client_id = ${first.clientId}`;
    expect(state?.tokens).toBeGreaterThan(0);
    const people = async () => new Set(await Promise.all(chain.map((one) => personOf(db, one)))).size;
    expect(await people()).toBe(60);
    await linkEverybody(db.stats);
    // How it parts depends on the order of the ids, but three neighbours at most are one.
    expect(await people()).toBeLessThan(60);
    expect(await people()).toBeGreaterThanOrEqual(20);
  });
});
