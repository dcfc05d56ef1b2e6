/**
 * Stories in kept summaries: told as long as the person's yes covers the readers and the day, cut from what is handed out
 * when it does no longer, and gone from every column and byte with whom they were of.
 */

import { beforeAll, beforeEach, expect, test } from "vitest";
import { addClient } from "./clients";
import { setClock } from "./clock";
import { inTransaction } from "./context";
import { addClientSchema } from "./domain/client";
import { type PlanText, planSchema } from "./domain/impact/plan";
import { recordStoryConsentSchema, saveStorySchema } from "./domain/impact/story";
import { uuidv7 } from "./ids";
import { confirmStory, recordStoryConsent, retireStory, saveStory } from "./stories";
import { downloadSummaryFile, finishSummary, getSummary, listSummaries, remakeSummary } from "./summaries";
import { makeSummary } from "./summary-making";
import { previewSummary, summaryOptions } from "./summary-preview";
import { testDatabase } from "./testing";
import { aClient, arrangeTeam, type Team } from "./testing-casework";
import { arrangeMember, contextFor } from "./testing-people";
import { arrangeCrowd } from "./testing-summaries";

const db = await testDatabase();
const going = new AbortController().signal;
const WORDS = "They came to us when the letters would not stop.\n\nNow they open their own post again.";
const ABOUT = "We still think of the letters.";
const OF_IT = /letters|their own post|debts in our town/;

let team: Team;

beforeAll(() => setClock(db.administrator, "2026-11-20T12:00:00Z"));
beforeEach(async () => {
  await setClock(db.administrator, "2026-11-20T12:00:00Z");
  team = await arrangeTeam(db, `Wear Advice ${uuidv7()}`);
});

async function arrangeStory(words = WORDS) {
  const clientId = uuidv7();
  await addClient(team.ctx, addClientSchema.parse({ id: clientId, ...aClient() }));
  const given = { id: uuidv7(), clientId, words, who: "Somebody with debts in our town", from: 0 };
  const { id, revision } = await saveStory(team.ctx, saveStorySchema.parse(given));
  const other = contextFor(db, await arrangeMember(db, team.organisationId, ["manager"]));
  await answer(id, { audiences: ["funder", "public"], untilOn: "2027-06-01" });
  await confirmStory(other, { id, revision, read: true });
  return { id, clientId };
}

const answer = (storyId: string, over: object) =>
  recordStoryConsent(
    team.ctx,
    recordStoryConsentSchema.parse({
      ...{ id: uuidv7(), storyId, how: "face-to-face", answeredOn: "2026-11-20", ...over },
    }),
  );

const planOf = (storyIds: string[], over: Partial<PlanText> = {}) =>
  planSchema.parse({
    ...{ serviceId: team.serviceId, period: "q:2026-Q1", audience: "funder", framework: null },
    ...{ sections: ["needs", "stories"], texts: { stories: ABOUT }, storyIds, ...over },
  });
const make = (summaryId: string) =>
  makeSummary({ ...db, signal: going }, { organisationId: team.organisationId, summaryId });

async function told(storyIds: string[], over: Partial<PlanText> = {}) {
  const { id } = await finishSummary(team.ctx, { id: uuidv7(), plan: planOf(storyIds, over) });
  await make(id);
  return id;
}
const page = async (id: string) => (await downloadSummaryFile(team.ctx, id, "summary.html")).bytes.toString();
const everythingOf = async (id: string) =>
  JSON.stringify([await getSummary(team.ctx, id), await listSummaries(team.ctx)]);
const erase = (clientId: string) =>
  inTransaction(
    team.ctx,
    ({ db }) => db`select casework.erase_clients(${team.organisationId}, ${[clientId]}::uuid[])`,
  );

/** Tables of summaries and their rows that hold it anywhere, in a column or in a file's bytes. */
async function rowsWith(words: RegExp): Promise<string[]> {
  const rows = await db.administrator<{ name: string; told: string }[]>`
    select 'summary ' || s.id as name, s::text as told from casework.summary as s
    where organisation_id = ${team.organisationId}
    union all
    select 'file ' || f.name, f::text || encode(f.bytes, 'escape') from casework.summary_file as f
    where organisation_id = ${team.organisationId}`;
  return rows.filter(({ told }) => words.test(told)).map(({ name }) => name);
}

test.each([
  ["a no", (id: string) => answer(id, { audiences: [], untilOn: null })],
  ["a yes for other readers", (id: string) => answer(id, { audiences: ["public"], untilOn: "2027-06-01" })],
  ["the last day of the yes", () => setClock(db.administrator, "2027-06-02T12:00:00Z")],
  ["retiring it", (id: string) => retireStory(team.ctx, id)],
])("after %s a kept summary holds no word of the story, and its files are not handed out", async (_, end) => {
  const { id: storyId } = await arrangeStory();
  const id = await told([storyId]);
  expect(await everythingOf(id)).toMatch(OF_IT);
  expect(await page(id)).toMatch(OF_IT);
  await end(storyId);
  expect(await everythingOf(id)).not.toMatch(OF_IT);
  const summary = await getSummary(team.ctx, id);
  expect(summary.storiesTakenBack).toBe(true);
  expect(summary.paper?.sections.at(-1)).toMatchObject({
    text: "A story that stood here may no longer be told, so it is left out.",
    blocks: [],
  });
  await expect(page(id)).rejects.toMatchObject({ name: "Conflict" });
  const { id: second } = await remakeSummary(team.ctx, { id: uuidv7(), of: id });
  await make(second);
  expect(await page(second)).not.toMatch(OF_IT);
});

test("the last day of a yes is a day on which it holds, and our own team reads what may go to anybody", async () => {
  const { id: storyId } = await arrangeStory();
  const [outside, inside] = [await told([storyId]), await told([storyId], { audience: "team" })];
  await answer(storyId, { audiences: ["public"], untilOn: "2027-06-01" });
  await setClock(db.administrator, "2027-06-01T12:00:00Z");
  expect(await page(inside)).toMatch(OF_IT);
  await expect(page(outside)).rejects.toMatchObject({ name: "Conflict" });
  await answer(storyId, { audiences: [], untilOn: null });
  await expect(page(inside)).rejects.toMatchObject({ name: "Conflict" });
});

test("of two stories the other one stays", async () => {
  const first = await arrangeStory();
  const second = await arrangeStory(
    "Nobody had asked how they were for a year. Somebody asked, and they stayed.",
  );
  const id = await told([first.id, second.id], { texts: {} });
  await answer(first.id, { audiences: [], untilOn: null });
  const stories = async () => (await getSummary(team.ctx, id)).paper?.sections.at(-1);
  const left = {
    title: "One person’s story",
    blocks: [{ kind: "story", quote: [expect.stringContaining("Nobody had asked")] }],
  };
  expect(await stories()).toMatchObject(left);
  await erase(first.clientId);
  expect(await stories()).toMatchObject(left);
});

test("erasing somebody takes their story out of every column and byte of the summaries, and out of nothing else", async () => {
  await arrangeCrowd(db, team, { people: 60, occurredOn: "2026-05-11", resolved: 30 });
  const { id: storyId, clientId } = await arrangeStory();
  const other = await told([], { texts: {} });
  const [ready, making] = [await told([storyId]), uuidv7()];
  await finishSummary(team.ctx, { id: making, plan: planOf([storyId], { audience: "public" }) });
  const before = await getSummary(team.ctx, ready);
  expect(await rowsWith(/letters/)).toEqual(
    expect.arrayContaining([`summary ${ready}`, `summary ${making}`, "file summary.html"]),
  );

  await erase(clientId);
  expect(await rowsWith(/letters/)).toEqual([]);
  expect(await rowsWith(/their own post/)).toEqual([]);
  expect(await rowsWith(/debts in our town/)).toEqual([]);
  const after = await getSummary(team.ctx, ready);
  expect(after).toMatchObject({ state: "ready", storiesTakenBack: true, countedOn: before.countedOn });
  expect(after.paper?.sections[0]).toEqual(before.paper?.sections[0]);
  expect(after.files.map(({ name, bytes }) => ({ name, bytes }))).toEqual(
    before.files.map(({ name }) => ({ name, bytes: 0 })),
  );
  await expect(page(ready)).rejects.toThrow(
    "This file told a story of somebody who was erased. Make a new version.",
  );
  expect(await page(other)).toContain("</html>");
  await make(making);
  expect(await getSummary(team.ctx, making)).toMatchObject({ state: "ready", storiesTakenBack: false });
});

test("a worker that was making a summary as somebody was erased keeps nothing of it", async () => {
  const { id: storyId, clientId } = await arrangeStory();
  const id = uuidv7();
  await finishSummary(team.ctx, { id, plan: planOf([storyId], { texts: {} }) });
  // Its first two transactions claim the summary and read the story.
  let begun = 0;
  const app = new Proxy(db.app, {
    get: (pool, name) =>
      name !== "begin"
        ? Reflect.get(pool, name)
        : async (...given: unknown[]) => {
            begun += 1;
            if (begun === 3) await erase(clientId);
            return Reflect.apply(pool.begin, pool, given);
          },
  });
  const named = { organisationId: team.organisationId, summaryId: id };
  await expect(makeSummary({ stats: db.stats, app, signal: going }, named)).rejects.toThrow(/erased while/);
  await make(id);
  expect(await rowsWith(/letters/)).toEqual([]);
  expect(await page(id)).not.toMatch(OF_IT);
});

test("nobody else takes anything out of a summary that is ready", async () => {
  const { id: storyId } = await arrangeStory();
  const id = await told([storyId]);
  for (const sql of [db.administrator, db.app]) {
    const change = sql.begin(async (tx) => {
      await tx`select set_config('app.organisation_id', ${String(team.organisationId)}, true),
                      set_config('app.erasing_told', 'on', true)`;
      await tx`update casework.summary set paper = '{}' where id = ${id}`;
    });
    await expect(change).rejects.toThrow(/not changed/);
  }
  await expect(db.administrator`delete from casework.summary_file where summary_id = ${id}`).rejects.toThrow(
    /not changed/,
  );
});

test("whoever may not read stories is offered none and previews none; a preview that shows one names it in the audit", async () => {
  const { id: storyId } = await arrangeStory();
  const analyst = contextFor(db, await arrangeMember(db, team.organisationId, ["analyst"]));
  expect((await summaryOptions(analyst)).stories).toEqual([]);
  expect((await summaryOptions(team.ctx)).stories).toMatchObject([{ id: storyId }]);
  const plan = planOf([storyId], { texts: {} });
  await expect((async () => previewSummary(analyst, plan))()).rejects.toMatchObject({ name: "NotAllowed" });
  expect(await previewSummary(analyst, planOf([], { texts: {} }))).toMatchObject({ audience: "funder" });
  const named = () => db.administrator`
    select 1 from governance.audit_entry
    where organisation_id = ${team.organisationId} and action = 'impact.read'
      and subjects @> ${db.administrator.json([{ kind: "story", id: storyId }])}`;
  expect(await named()).toHaveLength(0);
  expect(JSON.stringify(await previewSummary(team.ctx, plan))).toMatch(OF_IT);
  expect(await named()).toHaveLength(1);
});

test("words of a story are refused in a part from which they could not be taken back", async () => {
  await arrangeStory("When the letters would not stop they did not know whom to ask any more.");
  const lead = "Somebody told us: when the letters would not stop they did not know whom to ask.";
  await expect(
    finishSummary(team.ctx, { id: uuidv7(), plan: planOf([], { texts: { lead } }) }),
  ).rejects.toMatchObject({
    name: "Invalid",
    fields: { "plan.texts.lead": expect.stringContaining("only there can they take it back") },
  });
});
