/** Asking for summaries and keeping plans: what is asked twice is made once, and there is an end to everything. */

import { beforeEach, describe, expect, test } from "vitest";
import { setClock } from "./clock";
import { type PlanText, planSchema } from "./domain/impact/plan";
import { MOST_SUMMARIES_A_DAY, MOST_TEMPLATES, saveTemplateSchema } from "./domain/summaries";
import { uuidv7 } from "./ids";
import { finishSummary, getSummary, listSummaries, remakeSummary } from "./summaries";
import { previewSummary, summaryOptions } from "./summary-preview";
import { listTemplates, removeTemplate, saveSchedule, saveTemplate } from "./summary-templates";
import { testDatabase } from "./testing";
import { arrangeService, arrangeTeam, type Team } from "./testing-casework";
import { arrangeCrowd } from "./testing-summaries";

const db = await testDatabase();
let team: Team;
beforeEach(async () => {
  team = await arrangeTeam(db, `Wear Advice ${uuidv7()}`);
});

const planOf = (over: Partial<PlanText> = {}) =>
  planSchema.parse({
    ...{ serviceId: team.serviceId, period: "y:2025", audience: "team" },
    ...{ sections: ["needs"], framework: null, texts: {}, storyIds: [], ...over },
  });
const templateOf = (name: string) => {
  const { period: _, storyIds: __, ...plan } = planOf();
  return saveTemplateSchema.parse({ id: uuidv7(), name, plan });
};
const conflict = { name: "Conflict" };

describe("asking", () => {
  test("again under one id asks once; for something else under it is a conflict", async () => {
    const asked = { id: uuidv7(), plan: planOf() };
    expect(await finishSummary(team.ctx, asked)).toEqual({ id: asked.id });
    expect(await finishSummary(team.ctx, asked)).toEqual({ id: asked.id });
    expect(await listSummaries(team.ctx)).toHaveLength(1);
    const other = finishSummary(team.ctx, { ...asked, plan: planOf({ audience: "funder" }) });
    await expect(other).rejects.toMatchObject(conflict);
    const [row] = await db.stats<{ jobs: number }[]>`
      select count(*)::int as jobs from graphile_worker.jobs
      where key = ${`impact.make ${asked.id}`}`;
    expect(row).toEqual({ jobs: 1 });
  });

  test("for a new version while one is being made gives that one", async () => {
    const { id } = await finishSummary(team.ctx, { id: uuidv7(), plan: planOf() });
    expect(await remakeSummary(team.ctx, { id: uuidv7(), of: id })).toEqual({ id });
  });

  test("ends with the day's number, for versions too", async () => {
    const { id } = await finishSummary(team.ctx, { id: uuidv7(), plan: planOf() });
    await db.administrator`update casework.summary set state = 'failed' where id = ${id}`;
    await db.administrator`
      insert into casework.summary (organisation_id, id, series_id, version, plan)
      select ${team.organisationId}, i, i, 1, '{}' from (
        select gen_random_uuid() as i from generate_series(2, ${MOST_SUMMARIES_A_DAY})) as many`;
    const more = finishSummary(team.ctx, { id: uuidv7(), plan: planOf() });
    await expect(more).rejects.toMatchObject(conflict);
    await expect(remakeSummary(team.ctx, { id: uuidv7(), of: id })).rejects.toMatchObject(conflict);
  });

  test("for a service, framework or story that is not there says so", async () => {
    const finish = (over: Partial<PlanText>) => finishSummary(team.ctx, { id: uuidv7(), plan: planOf(over) });
    await expect(finish({ serviceId: uuidv7() })).rejects.toMatchObject({ name: "NotFound" });
    await expect(finish({ storyIds: [uuidv7()] })).rejects.toMatchObject({
      name: "Invalid",
      fields: { "plan.storyIds": expect.any(String) },
    });
    const preview = previewSummary(team.ctx, planOf({ framework: uuidv7() }));
    await expect(preview).rejects.toMatchObject({ name: "NotFound" });
    await expect(getSummary(team.ctx, uuidv7())).rejects.toMatchObject({ name: "NotFound" });
  });
});

test("words that hold an exact number do not leave; rounded ones do, and inside they may stand", async () => {
  await arrangeCrowd(db, team, { people: 33, occurredOn: "2025-06-02", resolved: 12 });
  const finish = (audience: PlanText["audience"], lead: string) =>
    finishSummary(team.ctx, { id: uuidv7(), plan: planOf({ audience, texts: { lead } }) });
  await expect(finish("funder", "In 2025 we helped 33 people.")).rejects.toMatchObject({
    name: "Invalid",
    fields: { "plan.texts.lead": "Round or leave out 33." },
  });
  await finish("funder", "In 2025 we helped some 35 people.");
  await finish("team", "In 2025 we helped 33 people.");
  expect(await listSummaries(team.ctx)).toHaveLength(2);
});

test("a preview is exact, for an audience outside too, and is recorded", async () => {
  await arrangeCrowd(db, team, { people: 33, occurredOn: "2025-06-02", resolved: 12 });
  const paper = await previewSummary(team.ctx, planOf({ audience: "funder" }));
  expect(paper).toMatchObject({ basis: "exact", version: null });
  expect(JSON.stringify(paper.headlines)).toContain("33");
  const entries = await db.administrator`
    select 1 from governance.audit_entry
    where action = 'impact.read' and organisation_id = ${team.organisationId} and detail ->> 'form' = 'preview'`;
  expect(entries).toHaveLength(1);
  expect(await summaryOptions(team.ctx)).toMatchObject({ firstDay: "2025-06-02", stories: [] });
});

test("a preview compares with a year before only where the service itself had begun by then", async () => {
  await arrangeCrowd(db, team, { people: 20, occurredOn: "2025-06-02" });
  await arrangeCrowd(db, team, { people: 12, occurredOn: "2024-06-03" });
  const ofService = async (serviceId: string | null) => previewSummary(team.ctx, planOf({ serviceId }));
  const began = "Recording began in June 2024, so there is no whole year before to compare with.";
  const before = "In April 2024 to March 2025 we helped 12 people.";
  expect((await ofService(team.serviceId)).lead).toContain(began);
  const voided = await arrangeCrowd(db, team, { people: 1, occurredOn: "2024-01-09" });
  await db.administrator`update casework.contact set voided_at = now() where client_id = any(${voided}::uuid[])`;
  expect((await ofService(team.serviceId)).lead).toContain(began);
  const other = await arrangeService(db, team.organisationId, "Housing help");
  await arrangeCrowd(db, { ...team, serviceId: other }, { people: 1, occurredOn: "2024-01-09" });
  expect((await ofService(team.serviceId)).lead).toContain(began);
  expect((await ofService(null)).lead).toContain(before);
});

describe("templates", () => {
  test("are kept, changed and removed by their id; two of one name are told apart", async () => {
    const template = templateOf("For the board");
    await saveTemplate(team.ctx, template);
    await saveTemplate(team.ctx, { ...template, name: "For trustees" });
    expect(await listTemplates(team.ctx)).toEqual([{ ...template, name: "For trustees" }]);
    await expect(saveTemplate(team.ctx, templateOf("for TRUSTEES"))).rejects.toMatchObject(conflict);
    await removeTemplate(team.ctx, template.id);
    expect(await listTemplates(team.ctx)).toEqual([]);
    await expect(removeTemplate(team.ctx, template.id)).rejects.toMatchObject({ name: "NotFound" });
  });

  test("may hold numbers, and schedules may not: their words stand in every period", async () => {
    const told = templateOf("With a number");
    told.plan.texts = { lead: "We opened on 4 July 2025 and helped 120 people." };
    await saveTemplate(team.ctx, told);
    await expect(saveSchedule(team.ctx, { ...told, every: "month" })).rejects.toMatchObject({
      fields: { "plan.texts.lead": expect.any(String) },
    });
    told.plan.texts = { lead: "We opened on 4 July 2025." };
    await saveSchedule(team.ctx, { ...told, every: "month" });
  });

  test("have an end", async () => {
    for (let each = 0; each < MOST_TEMPLATES; each += 1)
      await saveTemplate(team.ctx, templateOf(`No ${each}`));
    await expect(saveTemplate(team.ctx, templateOf("One more"))).rejects.toMatchObject(conflict);
  });
});

test("the list says when each was asked for by the clock of the installation, which the demo moves", async () => {
  await setClock(db.administrator, "2031-02-03T12:00:00Z");
  await finishSummary(team.ctx, { id: uuidv7(), plan: planOf() });
  const [line] = await listSummaries(team.ctx);
  expect(line?.askedAt.toISOString()).toMatch(/^2031-02-03T12:0/);
});
