/** Everybody at once comes to what the linker's jobs come to one by one, and a trial finds the same and keeps nothing. */

import { expect, test } from "vitest";
import type { NewClientInput } from "./domain/client";
import { linkRecord } from "./domain/linking/record";
import { tryAgainst } from "./people-against";
import { estimateWhenDue } from "./people-estimation";
import { linkEverybody } from "./people-everybody";
import { keepModel, modelInUse } from "./people-model";
import { linkWhoWaits } from "./people-rounds";
import { testDatabase } from "./testing";
import { allowTestIdentifiers, arrangeTeam, type Team } from "./testing-casework";
import { addPerson, runLinker } from "./testing-linking";

const db = await testDatabase();
const teams: readonly Team[] = [
  await arrangeTeam(db, "Advice"),
  await arrangeTeam(db, "Council"),
  await arrangeTeam(db, "Health"),
];
await allowTestIdentifiers(db);

const GIVEN = ["Catherine", "Kate", "Katherine", "Owen", "Amina", "Tobias"];
const FAMILY = ["Whitfield", "Whitfeild", "Adeyemi", "Scrivener"];
const BORN = ["1984-05-21", "1984-05-12", "1962-11-03", null];
const PHONES = ["01999 555401", "01999 555402", null];

/** Details by number, from a few of each kind, so that some are one person, some alike and some strangers. */
function details(number: number): Partial<NewClientInput> {
  const pick = <T>(list: readonly T[], step: number): T | undefined =>
    list[Math.floor(number / step) % list.length];
  return {
    givenName: pick(GIVEN, 1) ?? "",
    familyName: pick(FAMILY, 5) ?? "",
    dateOfBirth: pick(BORN, 3) ?? null,
    phone: pick(PHONES, 7) ?? null,
    place: { kind: "postcode", postcode: number % 4 === 0 ? "ZQ1 1AB" : "ZQ1 1AA" },
    identifiers:
      number % 6 === 0 ? [{ kind: "nino", value: `AB${String(100_000 + (number % 5)).slice(0, 6)}C` }] : [],
  };
}

const people = () => db.administrator`
  select organisation_id, client_id, person_id, own_client_id from identity.client_person order by 1, 2`;
/** What stands of each pair: the latest of a kind of model, unless it was taken back. */
const said = () => db.administrator`
  select * from (
    select distinct on (client_id_a, client_id_b, split_part(model, '-', 1))
           client_id_a, client_id_b, says, split_part(model, '-', 1) as family
    from identity.link_assertion order by client_id_a, client_id_b, split_part(model, '-', 1), id desc
  ) as latest where says = 'same'`;
const reviews = () => db.administrator`
  select client_id_a, client_id_b, reason from identity.link_review where closed_at is null order by 1, 2`;

test("everybody at once and one by one make the same people, say the same and ask about the same", async () => {
  for (let number = 0; number < 60; number += 1) {
    await addPerson(teams[number % 3] ?? teams[0] ?? never(), details(number));
  }
  await runLinker(db);
  const oneByOne = { people: await people(), said: await said(), reviews: await reviews() };
  expect(oneByOne.said.length).toBeGreaterThan(20);
  expect(oneByOne.reviews.length).toBeGreaterThan(0);
  expect((await linkEverybody(db.stats)).changed).toBe(0);
  expect({ people: await people(), said: await said(), reviews: await reviews() }).toEqual(oneByOne);

  await db.administrator`
    truncate identity.link_assertion, identity.blocking_key, identity.linking_state, identity.link_opinion,
             identity.link_review`;
  await db.administrator`update identity.client_person set person_id = origin_person_id, own_client_id = null`;
  expect(await linkEverybody(db.stats)).toMatchObject({ clients: 60, model: "shipped-1" });
  expect({ people: await people(), said: await said(), reviews: await reviews() }).toEqual(oneByOne);
  expect(await linkWhoWaits(db.stats)).toBe(0);
});

const never = (): never => {
  throw new Error("There is no team");
};

test("a record is tried against the store: whoever it would be linked with is found, and nothing is written", async () => {
  const tables = () => db.administrator`
    select (select count(*) from identity.link_assertion) as said, (select count(*) from identity.blocking_key) as tokens,
           (select count(*) from identity.linking_state) as looked, (select count(*) from identity.link_review) as asked`;
  const before = await tables();
  const rules = { ukFormats: true, testRanges: true, currentYear: 2026 };
  const named = (id: string, firstName: string, lastName: string, dateOfBirth: string) => ({
    id,
    record: linkRecord(
      { firstName, lastName, dateOfBirth, postcode: "ZQ1 1AA", phones: ["01999 555401"] },
      rules,
    ),
  });
  const pairs = await tryAgainst(db.stats, [
    named("known", "Catherine", "Whitfield", "1984-05-21"),
    named("unknown", "Barnaby", "Yelland", "1931-01-19"),
  ]);
  expect(new Set(pairs.map(({ recordId }) => recordId))).toEqual(new Set(["known"]));
  expect(pairs.map(({ band }) => band)).toContain("link");
  expect(JSON.stringify(pairs)).not.toMatch(/whitfield|catherine|1984-05/i);
  expect(await tables()).toEqual(before);
});

test("a model is learnt once there are clients enough, kept with its names sealed, and not again before it is time", async () => {
  expect(await estimateWhenDue(db.stats)).toBeNull();
  const { model } = await modelInUse(db.stats);
  const frequencies = { familyName: new Map([["scrivener", 0.01]]) };
  const kept = await keepModel(db.stats, { ...model, frequencies }, 60);
  expect((await modelInUse(db.stats)).model).toEqual(kept);
  const [row] = await db.administrator<{ parameters: unknown; frequencies: Buffer }[]>`
    select parameters, frequencies from identity.link_model order by id desc limit 1`;
  expect(JSON.stringify(row?.parameters)).not.toContain("scrivener");
  expect(row?.frequencies.includes("scrivener")).toBe(false);
});
