/** Linking by description in the store: who becomes one person without any identifier, who does not, and who is asked. */

import { beforeAll, describe, expect, test } from "vitest";
import { editClient } from "./client-edits";
import { logContacts } from "./contacts";
import { inTransaction } from "./context";
import type { NewClientInput } from "./domain/client";
import { uuidv7 } from "./ids";
import { withNewSecret } from "./key-ring";
import { holdKeys, type KeyRing } from "./keys";
import { type ClientKey, decideLink, linkClientsOf, linkPeople } from "./people";
import { keepModel, modelInUse } from "./people-model";
import { linkWhoWaits } from "./people-rounds";
import { testDatabase } from "./testing";
import { aClient, aContact, allowTestIdentifiers, arrangeTeam, type Team } from "./testing-casework";
import { addPerson, areOne, personOf, runLinker } from "./testing-linking";

const db = await testDatabase();
const [advice, council, health] = [
  await arrangeTeam(db, "Advice"),
  await arrangeTeam(db, "Council"),
  await arrangeTeam(db, "Health"),
] as const;

beforeAll(() => allowTestIdentifiers(db));

const at = (postcode: string) => ({ kind: "postcode" as const, postcode });
const add = (team: Team, details: Partial<NewClientInput>) => addPerson(team, details);
const link = (...clients: ClientKey[]) => linkClientsOf(db.stats, clients);

interface Review {
  reason: string;
  outcome: string | null;
}

const reviewsOf = (a: ClientKey, b: ClientKey) =>
  db.administrator<Review[]>`
    select reason, outcome from identity.link_review
    where (client_id_a, client_id_b) in ((${a.clientId}, ${b.clientId}), (${b.clientId}, ${a.clientId}))`;

const saidOf = (a: ClientKey, b: ClientKey) =>
  db.administrator<{ says: string; model: string; evidence: Record<string, unknown> }[]>`
    select says, model, evidence from identity.link_assertion
    where (client_id_a, client_id_b) in ((${a.clientId}, ${b.clientId}), (${b.clientId}, ${a.clientId}))
    order by id`;

describe("Without any identifier, two clients become one person", () => {
  test("by one job, though names, date and postcode were written differently", async () => {
    const a = await add(advice, {
      ...{ givenName: "Catherine", familyName: "O'Hallahan", dateOfBirth: "1979-04-18" },
      ...{ place: at("ZQ4 2AB"), phone: "07700 900461" },
    });
    const b = await add(council, {
      ...{ givenName: "Kathryn", familyName: "OHalahan", dateOfBirth: "1979-04-18" },
      ...{ place: at("ZQ4 2AD"), phone: "+44 7700 900461" },
    });
    expect(await areOne(db, a, b)).toBe(false);
    await runLinker(db);
    expect(await areOne(db, a, b)).toBe(true);
  });

  test("and the register says by what levels, weights and model, and no value of anybody", async () => {
    const details = { givenName: "Bartholomew", familyName: "Quennell", dateOfBirth: "1951-09-30" };
    const [a, b] = [
      await add(advice, { ...details, place: at("ZQ4 3AB"), email: "b.quennell@mail.test" }),
      await add(council, { ...details, place: at("ZQ4 3AB"), email: "b.quennell@mail.test" }),
    ];
    await runLinker(db);
    const [said, ...more] = await saidOf(a, b);
    expect(more).toEqual([]);
    expect(said).toMatchObject({
      says: "same",
      model: "description-1@shipped-1",
      evidence: {
        levels: { dateOfBirth: "same", givenName: "same" },
        weights: { email: expect.any(Number) },
      },
    });
    expect(JSON.stringify(said)).not.toMatch(/quennell|bartholomew|1951|ZQ4/i);
  });

  test("and running again changes and writes nothing", async () => {
    const details = { givenName: "Ottoline", familyName: "Brackenbury", dateOfBirth: "1990-01-31" };
    const [a, b] = [
      await add(advice, { ...details, place: at("ZQ4 4AB") }),
      await add(council, { ...details, place: at("ZQ4 4AB") }),
    ];
    await runLinker(db);
    expect(await areOne(db, a, b)).toBe(true);
    const rows = () => db.administrator`
      select (select count(*) from identity.link_assertion) as said,
             (select count(*) from identity.blocking_key) as tokens,
             (select count(*) from identity.link_review) as reviews`;
    const before = await rows();
    expect(await link(a, b)).toBe(0);
    expect(await link(b)).toBe(0);
    expect(await rows()).toEqual(before);
  });

  test("through a third, each pair of the three that agrees being said", async () => {
    const details = { givenName: "Ignatius", familyName: "Pellow", dateOfBirth: "1966-07-22" };
    const clients = [
      await add(advice, { ...details, place: at("ZQ4 5AB") }),
      await add(council, { ...details, place: at("ZQ4 5AB") }),
      await add(health, { ...details, place: at("ZQ4 5AB") }),
    ] as const;
    await runLinker(db);
    expect(await areOne(db, ...clients)).toBe(true);
    const [a, b, c] = clients;
    expect([await saidOf(a, b), await saidOf(b, c), await saidOf(a, c)].map((said) => said.length)).toEqual([
      1, 1, 1,
    ]);
  });
});

describe("They stay two", () => {
  test("and a steward is asked, when they are likely to be one and no more", async () => {
    const a = await add(advice, {
      givenName: "Thomasina",
      familyName: "Veryan",
      dateOfBirth: "1988-12-02",
      sex: "female",
    });
    const b = await add(council, {
      givenName: "Thomasina",
      familyName: "Veryan",
      dateOfBirth: "1988-12-20",
      sex: "female",
    });
    await runLinker(db);
    expect(await areOne(db, a, b)).toBe(false);
    expect(await reviewsOf(a, b)).toMatchObject([{ reason: "likely", outcome: null }]);
    await link(a, b);
    expect(await reviewsOf(a, b)).toHaveLength(1);
  });

  test("when they are twins", async () => {
    const home = {
      familyName: "Fairweather",
      dateOfBirth: "2003-03-03",
      place: at("ZQ4 6AB"),
      phone: "01999 555012",
    };
    const a = await add(advice, { ...home, givenName: "Phoebe" });
    const b = await add(council, { ...home, givenName: "Rosalind" });
    await runLinker(db);
    expect(await areOne(db, a, b)).toBe(false);
  });

  test("when they are a parent and a child of one name", async () => {
    const home = {
      givenName: "Cornelius",
      familyName: "Updike",
      place: at("ZQ4 7AB"),
      phone: "01999 555013",
    };
    const a = await add(advice, { ...home, dateOfBirth: "1958-02-11" });
    const b = await add(council, { ...home, dateOfBirth: "1991-10-05" });
    await runLinker(db);
    expect(await areOne(db, a, b)).toBe(false);
  });

  test("and a steward is asked, when they share an identifier and are described as two", async () => {
    const nino = [{ kind: "nino" as const, value: "AB123456C" }];
    const a = await add(advice, {
      givenName: "Leopold",
      familyName: "Scrivener",
      dateOfBirth: "1947-08-08",
      identifiers: nino,
    });
    const b = await add(council, {
      givenName: "Leopold",
      familyName: "Scrivener",
      dateOfBirth: "1999-02-17",
      identifiers: nino,
    });
    await runLinker(db);
    expect(await areOne(db, a, b)).toBe(false);
    expect(await reviewsOf(a, b)).toMatchObject([{ reason: "vetoed", outcome: null }]);
  });
});

describe("A link by description", () => {
  const details = { givenName: "Wilhelmina", familyName: "Trelawny", dateOfBirth: "1972-05-16" };
  const pair = async (name: string) =>
    [
      await add(advice, { ...details, givenName: name, place: at("ZQ5 2AB"), phone: "01999 555099" }),
      await add(council, { ...details, givenName: name, place: at("ZQ5 2AB"), phone: "01999 555099" }),
    ] as const;

  test("is taken back when the details no longer agree, and both histories are one part again", async () => {
    const [a, b] = await pair("Wilhelmina");
    const before = [await personOf(db, a), await personOf(db, b)];
    await runLinker(db);
    expect(await areOne(db, a, b)).toBe(true);
    await editClient(council.ctx, {
      id: b.clientId,
      editId: uuidv7(),
      changes: [
        { field: "givenName", from: "Wilhelmina", to: "Gregory" },
        { field: "familyName", from: "Trelawny", to: "Oduya" },
        { field: "dateOfBirth", from: "1972-05-16", to: "1949-11-30" },
      ],
    });
    await runLinker(db);
    expect([await personOf(db, a), await personOf(db, b)]).toEqual(before);
    expect((await saidOf(a, b)).map(({ says }) => says)).toEqual(["same", "different"]);
  });

  test("undone by a person stays undone, however often linking runs, with this model and the next", async () => {
    const [a, b] = await pair("Hephzibah");
    const before = [await personOf(db, a), await personOf(db, b)];
    await runLinker(db);
    expect(await areOne(db, a, b)).toBe(true);
    await decideLink(db.stats, { a, b, says: "different", madeBy: "test" });
    const { model } = await modelInUse(db.stats);
    for (let run = 0; run < 3; run += 1) {
      await keepModel(db.stats, model, 1);
      await linkWhoWaits(db.stats);
      await link(a, b);
      expect([await personOf(db, a), await personOf(db, b)]).toEqual(before);
    }
    expect(await reviewsOf(a, b)).toEqual([]);
    await decideLink(db.stats, { a, b, says: "same", madeBy: "test" });
    expect(await areOne(db, a, b)).toBe(true);
  });

  test("stands on the model that made it for as long as both records agree in the same way", async () => {
    const [a, b] = await pair("Ermintrude");
    await runLinker(db);
    const { model } = await modelInUse(db.stats);
    // A model by which nobody is anybody else.
    await keepModel(db.stats, { ...model, prior: -200 }, 1);
    await link(a, b);
    expect(await areOne(db, a, b)).toBe(true);
    expect((await saidOf(a, b)).length).toBe(1);
    const [c, d] = await pair("Philadelphia");
    await runLinker(db);
    expect(await areOne(db, c, d)).toBe(false);
    await keepModel(db.stats, model, 1);
    await linkWhoWaits(db.stats);
    expect(await areOne(db, c, d)).toBe(true);
  });

  test("goes with a client that is erased, without a trace of who was compared", async () => {
    const [a, b] = await pair("Thaddeus");
    await runLinker(db);
    await inTransaction(
      council.ctx,
      ({ db: tx }) => tx`select casework.erase_clients(${b.organisationId}, ${[b.clientId]}::uuid[])`,
    );
    await runLinker(db);
    for (const table of ["blocking_key", "linking_state"]) {
      expect(
        await db.administrator`
        select from identity.${db.administrator(table)} where client_id = ${b.clientId}`,
      ).toEqual([]);
    }
    expect(await saidOf(a, b)).toEqual([]);
  });
});

describe("What an organisation counts of its own", () => {
  const own = async (team: Team, clients: readonly ClientKey[]) => {
    const rows = await inTransaction(
      team.ctx,
      ({ db: tx }) => tx<{ clientId: string; firstClientId: string }[]>`
        select * from identity.own_people(
          ${team.organisationId}, ${clients.map(({ clientId }) => clientId)}::uuid[])`,
    );
    return new Set(rows.map(({ firstClientId }) => firstClientId)).size;
  };
  const born = { dateOfBirth: "1961-06-06", place: at("ZQ6 2AB") };

  test("makes one of two records that its own details make one", async () => {
    const details = { ...born, givenName: "Marmaduke", familyName: "Eastlake", phone: "01999 555201" };
    const clients = [await add(advice, details), await add(advice, details)];
    await runLinker(db);
    expect(await own(advice, clients)).toBe(1);
  });

  test("does not tell that another organisation knows both, though they are one person", async () => {
    const phone = "01999 555202";
    const nino = [{ kind: "nino" as const, value: "CE123456A" }];
    const a = await add(advice, {
      givenName: "Araminta",
      familyName: "Goodbody",
      dateOfBirth: null,
      phone,
      place: born.place,
    });
    const b = await add(advice, {
      givenName: "Araminta",
      familyName: "Goodbody",
      dateOfBirth: null,
      identifiers: nino,
    });
    const theirs = await add(council, {
      ...born,
      givenName: "Araminta",
      familyName: "Goodbody",
      phone,
      identifiers: nino,
    });
    await runLinker(db);
    expect(await areOne(db, a, b, theirs)).toBe(true);
    expect(await own(advice, [a, b])).toBe(2);
  });

  test("nor that another organisation's record keeps its two apart", async () => {
    const details = { ...born, givenName: "Ebenezer", familyName: "Lightfoot", phone: "01999 555203" };
    const nhs = (value: string) => [{ kind: "nhs-number" as const, value }];
    const a = await add(advice, { ...details, identifiers: [{ kind: "nino", value: "CE765432A" }] });
    const b = await add(advice, { ...details, identifiers: nhs("9990000018") });
    await add(council, {
      ...details,
      identifiers: [{ kind: "nino", value: "CE765432A" }, ...nhs("9990000026")],
    });
    await runLinker(db);
    expect(await areOne(db, a, b)).toBe(false);
    expect(await own(advice, [a, b])).toBe(1);
  });
});

test("A number that more than fifty carry was typed to get past a form: it links nobody and asks nobody", async () => {
  const identifiers = [{ kind: "nino" as const, value: "HK123456A" }];
  const contacts = Array.from({ length: 51 }, () =>
    aContact(advice, { newClient: aClient({ dateOfBirth: null, identifiers }) }),
  );
  for (const some of [contacts.slice(0, 50), contacts.slice(50)]) await logContacts(advice.ctx, some);
  await runLinker(db);
  const [rows] = await db.administrator<{ people: number; reviews: number }[]>`
    select (select count(distinct person_id)::int from identity.client_person
            where client_id = any (${contacts.map(({ clientId }) => clientId)}::uuid[])) as people,
           (select count(*)::int from identity.link_review
            where client_id_a = any (${contacts.map(({ clientId }) => clientId)}::uuid[]) and closed_at is null) as reviews`;
  expect(rows).toEqual({ people: 51, reviews: 0 });
});

test("Two linkers at once end as one would, and neither waits for the other in a circle", async () => {
  const details = {
    ...{ familyName: "Massingberd", dateOfBirth: "1983-03-09", place: at("ZQ7 2AB") },
    phone: "01999 555301",
  };
  const clients: ClientKey[] = [];
  for (let number = 0; number < 12; number += 1) {
    const givenName = ["Peregrine", "Perigrine"][number % 2] ?? "";
    clients.push(await add([advice, council, health][number % 3] ?? advice, { ...details, givenName }));
  }
  const jobs = clients.map(({ organisationId, clientId }) => ({ organisationId, clientIds: [clientId] }));
  await Promise.all([...jobs, ...jobs.reverse()].map((job) => linkPeople(db.stats, job)));
  expect(await areOne(db, ...clients)).toBe(true);
});

test("Nobody is missed while the ring takes a new secret: old rows and new ones meet", async () => {
  const old: KeyRing = { current: "1", secrets: { "1": Buffer.alloc(32, 7) } };
  const details = {
    givenName: "Clementina",
    familyName: "Harbottle",
    dateOfBirth: "1969-09-19",
    place: at("ZQ8 2AB"),
  };
  const nino = [{ kind: "nino" as const, value: "EK123456A" }];
  const a = await add(advice, details);
  const c = await add(advice, {
    givenName: "Jocasta",
    familyName: "Wyndham",
    dateOfBirth: null,
    identifiers: nino,
  });
  await runLinker(db);
  holdKeys(withNewSecret(old));
  try {
    const b = await add(council, details);
    const d = await add(council, {
      givenName: "Jocasta",
      familyName: "Wyndham",
      dateOfBirth: null,
      identifiers: nino,
    });
    await runLinker(db);
    expect(await areOne(db, a, b)).toBe(true);
    expect(await areOne(db, c, d)).toBe(true);
    // Everybody's tokens follow, and nothing else changes.
    expect(await linkWhoWaits(db.stats)).toBeGreaterThan(0);
    expect(await linkWhoWaits(db.stats)).toBe(0);
    const [state] = await db.administrator<{ keys: string[] }[]>`
      select array_agg(distinct split_part(keyed_with, '/', 1)) as keys from identity.linking_state`;
    expect(state?.keys).toHaveLength(1);
    expect(await areOne(db, a, b)).toBe(true);
  } finally {
    holdKeys(old);
  }
});

test("The casework login can read none of what linking keeps, nor ask its functions", async () => {
  for (const table of [
    "blocking_key",
    "linking_state",
    "link_model",
    "link_review",
    "link_opinion",
    "link_assertion",
  ]) {
    await expect(db.app`select from identity.${db.app(table)}`).rejects.toMatchObject({ code: "42501" });
    await expect(db.stats`select from identity.${db.stats(table)}`).rejects.toMatchObject({ code: "42501" });
  }
  await expect(db.app`select identity.link_records('{1}', '{}')`).rejects.toMatchObject({ code: "42501" });
  await expect(db.app`select identity.token_carriers('{1}', 1, null)`).rejects.toMatchObject({
    code: "42501",
  });
});
