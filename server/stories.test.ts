/** Stories: written by one, confirmed by another, told for as long as the person says so, and sealed throughout. */

import { beforeAll, expect, test } from "vitest";
import { addClient } from "./clients";
import { type ActorCtx, inTransaction } from "./context";
import { addClientSchema } from "./domain/client";
import type { Audience } from "./domain/impact/plan";
import { recordStoryConsentSchema, type SaveStory, saveStorySchema } from "./domain/impact/story";
import { addDays, dayOf } from "./domain/period";
import { uuidv7 } from "./ids";
import { keysFor } from "./keys";
import {
  confirmStory,
  getStory,
  listStories,
  lookOverStory,
  recordStoryConsent,
  retireStory,
  saveStory,
  storiesFor,
  storiesToOffer,
} from "./stories";
import { testDatabase } from "./testing";
import { aClient, arrangeTeam, type Team } from "./testing-casework";
import { arrangeMember, contextFor } from "./testing-people";

const db = await testDatabase();
const today = dayOf(new Date());
const WORDS = "They had stopped opening the post. Now they know what they owe, and whom to ring.";

let team: Team;
let elsewhere: Team;
let manager: ActorCtx;
let clientId: string;

beforeAll(async () => {
  team = await arrangeTeam(db, "Quayside Advice", ["caseworker"]);
  elsewhere = await arrangeTeam(db, "Harbour Housing");
  manager = contextFor(db, await arrangeMember(db, team.organisationId, ["manager"], { name: "Dilys Rowe" }));
  clientId = uuidv7();
  const client = aClient({
    givenName: "Siân",
    familyName: "Marsh",
    phone: "0191 496 0001",
    place: { kind: "postcode", postcode: "SR1 3AA" },
  });
  await addClient(team.ctx, addClientSchema.parse({ id: clientId, ...client }));
  await db.administrator`
    insert into reference.place_name (code, level, name) values ('W9', 'ward', 'Hendon'), ('N9', 'nation', 'England')`;
});

const draft = (over: Partial<SaveStory> = {}): SaveStory =>
  saveStorySchema.parse({
    ...{ id: uuidv7(), clientId, words: WORDS, who: "Somebody we helped with debts", from: 0 },
    ...over,
  });
const answer = (storyId: string, over: object = {}) =>
  recordStoryConsentSchema.parse({
    ...{ id: uuidv7(), storyId, audiences: ["funder", "public"], how: "face-to-face" },
    ...{ answeredOn: today, untilOn: addDays(today, 365) },
    ...over,
  });
const NO = { audiences: [], untilOn: null };
const written = (over: Partial<SaveStory> = {}) => saveStory(team.ctx, draft(over));
const confirmed = async (over: Partial<SaveStory> = {}) => {
  const { id, revision } = await written(over);
  return confirmStory(manager, { id, revision, read: true });
};
const told = (ids: readonly string[], audience: Audience, on = today, of: Team = team) =>
  inTransaction(of.ctx, (tx) => storiesFor(tx, of.organisationId, ids, audience, on));

test("a story is told when somebody else confirmed it and the person's yes covers reader and day", async () => {
  const { id } = await written({ words: `${WORDS}\n\nThey ring us less now.` });
  await recordStoryConsent(team.ctx, answer(id));
  expect(await told([id], "funder")).toEqual([]);
  await confirmStory(manager, { id, revision: 1, read: true });
  expect(await told([id], "funder")).toEqual([
    {
      id,
      quote: [WORDS, "They ring us less now."],
      who: "Somebody we helped with debts",
      consentOn: today,
      consent: expect.stringMatching(/^Told with the person’s consent, given on /),
    },
  ]);
  expect(await told([id], "team")).toHaveLength(1);
  expect(await told([id], "trustees")).toEqual([]);
  expect(await told([id], "funder", addDays(today, 365))).toHaveLength(1);
  expect(await told([id], "funder", addDays(today, 366))).toEqual([]);
});

test("a yes taken back leaves the story out of everything new at once, and a later yes brings it back", async () => {
  const { id } = await confirmed();
  await recordStoryConsent(team.ctx, answer(id));
  expect(await told([id], "public")).toHaveLength(1);
  const after = await recordStoryConsent(team.ctx, answer(id, NO));
  expect(after.consent).toEqual({ state: "none", on: today });
  expect(await told([id], "public")).toEqual([]);
  expect(await told([id], "team")).toEqual([]);
  await recordStoryConsent(team.ctx, answer(id, { audiences: ["public"] }));
  expect(await told([id], "public")).toHaveLength(1);
  expect((await getStory(team.ctx, id)).answers).toHaveLength(3);
});

test("an answer written down late does not undo a later one", async () => {
  const { id } = await confirmed();
  await recordStoryConsent(team.ctx, answer(id, NO));
  const early = addDays(today, -10);
  await recordStoryConsent(team.ctx, answer(id, { answeredOn: early, untilOn: addDays(today, 100) }));
  expect(await told([id], "public")).toEqual([]);
});

test("nobody confirms what they wrote, also not a manager, and a caseworker confirms nothing", async () => {
  const own = await saveStory(manager, draft());
  await expect(confirmStory(manager, { id: own.id, revision: 1, read: true })).rejects.toThrow(/You wrote/);
  expect(() => confirmStory(team.ctx, { id: own.id, revision: 1, read: true })).toThrow(/role/);
});

test("what must come out stands in the way of confirming; what may stay does not", async () => {
  const named = await written({ words: `${WORDS} Sian was brave.` });
  expect(named.findings.words).toMatchObject([{ kind: "name", must: true }]);
  await expect(confirmStory(manager, { id: named.id, revision: 1, read: true })).rejects.toThrow(
    /must come out/,
  );
  const month = await confirmed({ words: `${WORDS} It was October by then.` });
  expect(month).toMatchObject({
    state: "checked",
    checkedBy: "Dilys Rowe",
    findings: { words: [{ must: false }] },
  });
});

test("changed words are a draft again, and the person's answer says that it was about others", async () => {
  const first = await confirmed();
  await recordStoryConsent(team.ctx, answer(first.id));
  const changed = await saveStory(team.ctx, draft({ id: first.id, words: `${WORDS} They sleep.`, from: 1 }));
  expect(changed).toMatchObject({ state: "draft", revision: 2, checkedBy: null });
  expect(changed.consent).toMatchObject({ state: "other-words", on: today });
  expect(await told([first.id], "funder")).toEqual([]);
  await expect(confirmStory(manager, { id: first.id, revision: 1, read: true })).rejects.toThrow(/changed/);
  await expect(saveStory(team.ctx, draft({ id: first.id, words: `${WORDS} No.`, from: 1 }))).rejects.toThrow(
    /meanwhile/,
  );
});

test("words that the person never heard are not told under their old yes, until they are asked again", async () => {
  const { id } = await written();
  await recordStoryConsent(team.ctx, answer(id));
  await saveStory(team.ctx, draft({ id, words: `${WORDS} They sleep again.`, from: 1 }));
  await confirmStory(manager, { id, revision: 2, read: true });
  expect(await told([id], "funder")).toEqual([]);
  expect(await told([id], "team")).toEqual([]);
  const offered = await inTransaction(manager, (tx) => storiesToOffer(tx, team.organisationId, today));
  expect(offered.map((story) => story.id)).not.toContain(id);
  await recordStoryConsent(team.ctx, answer(id));
  expect(await told([id], "funder")).toMatchObject([{ quote: [`${WORDS} They sleep again.`] }]);
});

test("sent twice, a story and an answer are there once", async () => {
  const given = draft();
  await saveStory(team.ctx, given);
  expect(await saveStory(team.ctx, given)).toMatchObject({ revision: 1 });
  const said = answer(given.id);
  await recordStoryConsent(team.ctx, said);
  expect((await recordStoryConsent(team.ctx, said)).answers).toHaveLength(1);
});

test("a retired story is told no more and takes no new words", async () => {
  const { id } = await confirmed();
  await recordStoryConsent(team.ctx, answer(id));
  await retireStory(team.ctx, id);
  expect(await told([id], "public")).toEqual([]);
  await expect(saveStory(team.ctx, draft({ id, words: `${WORDS} More.`, from: 1 }))).rejects.toThrow(
    /retired/,
  );
  await expect(confirmStory(manager, { id, revision: 1, read: true })).rejects.toThrow(/retired/);
});

test("words are looked over with what is known of the person, the team and the places", async () => {
  const found = await lookOverStory(team.ctx, {
    clientId,
    words: "In Hendon Ms Marsh rang 01914960001. Dilys and England helped.",
    who: "A woman from SR1 3AA",
  });
  expect(found.words.map(({ what }) => what)).toEqual([
    "The name of a place",
    "This person’s own name",
    "Something recorded about this person",
    "The name of somebody who works here",
  ]);
  expect(found.who).toMatchObject([{ must: true }]);
});

test("marks that cannot be seen do not hide a name", () => {
  const { words } = draft({ words: `${WORDS} Si\u200ba\u0302n\u00ad rang.` });
  expect(words).toContain("Siân rang.");
});

test("another organisation's story and person are not there", async () => {
  const { id } = await confirmed();
  await recordStoryConsent(team.ctx, answer(id));
  await expect(getStory(elsewhere.ctx, id)).rejects.toThrow(/not found/);
  await expect(saveStory(elsewhere.ctx, draft())).rejects.toThrow(/not found/);
  expect(await listStories(elsewhere.ctx)).toEqual([]);
  expect(await told([id], "public", today, elsewhere)).toEqual([]);
});

test("stories for a summary come in the order that was chosen", async () => {
  const [a, b] = [await confirmed(), await confirmed()];
  for (const { id } of [a, b]) await recordStoryConsent(team.ctx, answer(id));
  expect((await told([b.id, a.id], "public")).map(({ id }) => id)).toEqual([b.id, a.id]);
  const offered = await inTransaction(manager, (tx) => storiesToOffer(tx, team.organisationId, today));
  expect(offered).toContainEqual({ id: a.id, who: a.who, audiences: ["team", "funder", "public"] });
});

test("words and who it is lie sealed, under a key of their own that the worker does not hold", async () => {
  const { id } = await written();
  const [row] = await db.administrator`select t::text as row from casework.story as t where id = ${id}`;
  expect(row?.["row"]).not.toMatch(/post|debts/);
  expect(keysFor("web")).toContain("stories");
  expect(keysFor("worker")).not.toContain("stories");
});

test("an erased person's stories go with them", async () => {
  const gone = uuidv7();
  await addClient(team.ctx, addClientSchema.parse({ id: gone, ...aClient() }));
  const { id } = await confirmed({ clientId: gone });
  await recordStoryConsent(team.ctx, answer(id));
  await inTransaction(
    team.ctx,
    ({ db }) => db`select casework.erase_clients(${team.organisationId}, ${[gone]}::uuid[])`,
  );
  await expect(getStory(team.ctx, id)).rejects.toThrow(/not found/);
  expect(await told([id], "public")).toEqual([]);
});

test("every look and change is recorded with the story and the person", async () => {
  const { id } = await written();
  await recordStoryConsent(team.ctx, answer(id));
  const rows = await db.administrator`
    select distinct action from governance.audit_entry
    where subjects @> ${db.administrator.json([
      { kind: "story", id },
      { kind: "client", id: clientId },
    ])}
    order by 1`;
  expect(rows.map(({ action }) => action)).toEqual(["story.consent", "story.save"]);
});
