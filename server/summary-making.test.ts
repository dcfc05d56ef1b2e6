/**
 * Summaries as the worker makes them, with a real database: what leaves is made of figures, the same plan gives the same
 * bytes, what was kept stands whatever is entered, linked or erased after it, and a worker may be killed anywhere.
 */

import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { addClient } from "./clients";
import { setClock } from "./clock";
import type { ActorCtx } from "./context";
import { inTransaction } from "./context";
import { addClientSchema } from "./domain/client";
import { measures } from "./domain/impact/numbers";
import { type PlanText, planSchema } from "./domain/impact/plan";
import { recordStoryConsentSchema, saveStorySchema } from "./domain/impact/story";
import type { KeptSummary } from "./domain/summaries";
import { uuidv7 } from "./ids";
import { sha256Of } from "./sha256";
import { confirmStory, recordStoryConsent, saveStory } from "./stories";
import { downloadSummaryFile, finishSummary, getSummary, remakeSummary } from "./summaries";
import { makeSummary } from "./summary-making";
import { previewSummary, summaryOptions } from "./summary-preview";
import { testDatabase } from "./testing";
import { aClient, arrangeService, arrangeTeam, type Team } from "./testing-casework";
import { dyingAt, survives } from "./testing-death";
import { arrangeMember, contextFor } from "./testing-people";
import { arrangeCrowd } from "./testing-summaries";

const db = await testDatabase();
const going = new AbortController().signal;
const IN_QUARTER = "2026-05-11";

let team: Team;

beforeAll(() => setClock(db.administrator, "2026-11-20T12:00:00Z"));
beforeEach(async () => {
  team = await arrangeTeam(db, `Wear Advice ${uuidv7()}`);
});

const planOf = (over: Partial<PlanText> = {}) =>
  planSchema.parse({
    ...{ serviceId: team.serviceId, period: "q:2026-Q1", audience: "funder" },
    ...{ sections: ["needs", "time", "unmet"], framework: null, texts: {}, storyIds: [] },
    ...over,
  });

const make = (summaryId: string, pools: Pick<typeof db, "app" | "stats"> = db) =>
  makeSummary({ ...pools, signal: going }, { organisationId: team.organisationId, summaryId });

async function finished(over: Partial<PlanText> = {}): Promise<KeptSummary> {
  const { id } = await finishSummary(team.ctx, { id: uuidv7(), plan: planOf(over) });
  await make(id);
  return getSummary(team.ctx, id);
}

async function remade(of: string): Promise<KeptSummary> {
  const { id } = await remakeSummary(team.ctx, { id: uuidv7(), of });
  await make(id);
  return getSummary(team.ctx, id);
}

/** Name and hash of every file, as it is handed out. */
async function hashesOf(ctx: ActorCtx, { id, files }: KeptSummary): Promise<string[]> {
  const hashes: string[] = [];
  for (const { name } of files) {
    hashes.push(`${name} ${sha256Of((await downloadSummaryFile(ctx, id, name)).bytes)}`);
  }
  return hashes;
}

async function numbersOf({ id }: KeptSummary) {
  const [row] = await db.administrator<
    { exactNumbers: { people: Record<string, number> }; figureNumbers: { people: Record<string, number> } }[]
  >`select exact_numbers, figure_numbers from casework.summary where id = ${id}`;
  if (!row) throw new Error("The summary is gone");
  return row;
}

describe("what leaves", () => {
  test("is made of figures, each a multiple of 5 near to the exact number", async () => {
    await arrangeCrowd(db, team, { people: 126, occurredOn: IN_QUARTER, resolved: 62 });
    await arrangeCrowd(db, team, { people: 5, occurredOn: IN_QUARTER, need: "MEN-01" });
    await arrangeCrowd(db, team, { people: 1, occurredOn: IN_QUARTER, need: "SAF-01" });
    const summary = await finished();
    expect(summary).toMatchObject({ state: "ready", version: 1, changes: [] });
    expect(summary.paper?.basis).toBe("figures");
    const { exactNumbers, figureNumbers } = await numbersOf(summary);
    expect(exactNumbers.people[measures.helped]).toBe(132);
    for (const [measure, figure] of Object.entries(figureNumbers.people)) {
      expect({ measure, remainder: figure % 5, few: figure < 10 }).toEqual({
        measure,
        remainder: 0,
        few: false,
      });
      expect(Math.abs(figure - (exactNumbers.people[measure] ?? 0))).toBeLessThanOrEqual(7);
    }
    expect(figureNumbers.people).not.toHaveProperty([measures.need("brought", "SAF-01")]);
    expect(JSON.stringify(figureNumbers)).not.toMatch(/"things"|contacts/);
    const csv = await Promise.all(
      summary.files
        .filter(({ name }) => name.endsWith(".csv"))
        .map(async ({ name }) => (await downloadSummaryFile(team.ctx, summary.id, name)).bytes.toString()),
    );
    expect(csv.length).toBeGreaterThan(0);
    expect(csv.join("\n")).not.toMatch(/\b132\b/);
  });

  test("of an organisation without records says that there are none, in every file", async () => {
    const { firstDay } = await summaryOptions(team.ctx);
    expect(firstDay).toBeNull();
    const whole = planOf({ serviceId: null });
    expect((await previewSummary(team.ctx, whole)).sections).toEqual([]);
    const summary = await finished({ serviceId: null });
    // What leaves does not tell nobody from a few.
    expect(summary.paper).toMatchObject({ title: "We helped fewer than 10 people, or none", sections: [] });
    expect(summary.files.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["summary.html", "summary.pdf", "summary.xlsx", "summary.ods", "summary.csv"]),
    );
    expect(await finished({ serviceId: null, audience: "team" })).toMatchObject({
      paper: { title: "No contacts were recorded in this period" },
    });
  });

  test("tells no median of fewer than thirty", async () => {
    await arrangeCrowd(db, team, { people: 22, occurredOn: IN_QUARTER, resolved: 20 });
    const few = await numbersOf(await finished());
    expect(few.figureNumbers).toMatchObject({ estimates: { resolution: null } });
    expect(few.exactNumbers).toMatchObject({ estimates: { resolution: { people: 22 } } });
    await arrangeCrowd(db, team, { people: 60, occurredOn: IN_QUARTER, resolved: 50 });
    const many = await numbersOf(await finished());
    expect(many.figureNumbers).toMatchObject({
      estimates: { resolution: { issues: null, resolved: null, median: { days: 7 } } },
    });
  });

  test("waits until the period is over; what stays inside need not", async () => {
    const open = { period: "q:2026-Q3" };
    await expect(finished(open)).rejects.toMatchObject({ name: "Invalid" });
    expect(await finished({ ...open, audience: "team" })).toMatchObject({
      state: "ready",
      paper: { basis: "exact" },
    });
  });

  test("is the same figure for the whole organisation when one service met everybody", async () => {
    await arrangeCrowd(db, team, { people: 47, occurredOn: IN_QUARTER, resolved: 23 });
    const ofService = await numbersOf(await finished());
    const ofAll = await numbersOf(await finished({ serviceId: null }));
    expect(ofAll.figureNumbers.people).toEqual(ofService.figureNumbers.people);
  });

  test("tells nothing of a contact at another service that has chosen no list", async () => {
    await arrangeCrowd(db, team, { people: 47, occurredOn: IN_QUARTER, resolved: 23 });
    const over = { serviceId: null, sections: ["needs", "others", "unmet"] satisfies PlanText["sections"] };
    const before = await finished(over);
    const other = await arrangeService(db, team.organisationId, "A quiet service");
    await arrangeCrowd(db, { ...team, serviceId: other }, { people: 1, occurredOn: IN_QUARTER });
    const words = ({ paper }: KeptSummary) =>
      JSON.stringify(paper?.sections.map(({ text, notes }) => [text, notes]));
    const after = await finished(over);
    expect(words(after)).not.toContain("A quiet service");
    expect(words(after)).toContain("A service that has chosen no list yet has nothing outside it.");
    expect(words(before)).toContain("A service that has chosen no list yet has nothing outside it.");
    expect(JSON.stringify((await numbersOf(after)).figureNumbers)).not.toContain("A quiet service");
    const inside = await finished({ ...over, audience: "team" });
    expect(words(inside)).toContain("A quiet service");
  });

  test.each([31, 35])(
    "does not tell one late person at a second service, where one had met everybody and resolved it for %i",
    async (resolved) => {
      const other = await arrangeService(db, team.organisationId, "Another service");
      await arrangeCrowd(db, team, { people: 53, occurredOn: IN_QUARTER, resolved });
      await arrangeCrowd(db, team, { people: 38, occurredOn: IN_QUARTER, need: "BEN-01", resolved: 16 });
      const all = await finished({ serviceId: null });
      const ofService = await finished();
      await arrangeCrowd(db, { ...team, serviceId: other }, { people: 1, occurredOn: IN_QUARTER });
      const again = await remade(all.id);
      const { people } = (await numbersOf(all)).figureNumbers;
      expect((await numbersOf(again)).figureNumbers).toEqual((await numbersOf(all)).figureNumbers);
      expect(again.changes.join(" ")).toMatch(/^No number differs from version 1,/);
      expect((await numbersOf(ofService)).figureNumbers.people).toEqual(people);
      expect((await numbersOf(await finished({ audience: "public" }))).figureNumbers.people).toEqual(people);
    },
  );

  test("is the same for a year and for its only quarter, whichever is made first", async () => {
    for (const order of [
      ["y:2025", "q:2025-Q1"],
      ["q:2025-Q1", "y:2025"],
    ]) {
      team = await arrangeTeam(db, `Wear Advice ${uuidv7()}`);
      await arrangeCrowd(db, team, { people: 43, occurredOn: "2025-05-11", resolved: 20 });
      await arrangeCrowd(db, team, { people: 1, occurredOn: "2025-08-11" });
      const helped: (number | undefined)[] = [];
      for (const period of order) {
        helped.push((await numbersOf(await finished({ period }))).figureNumbers.people[measures.helped]);
      }
      expect(helped[1]).toBe(helped[0]);
    }
  });

  test("does not tell a person who came after it", async () => {
    const other = await arrangeService(db, team.organisationId, "Another service");
    await arrangeCrowd(db, { ...team, serviceId: other }, { people: 20, occurredOn: IN_QUARTER });
    await arrangeCrowd(db, team, { people: 58, occurredOn: IN_QUARTER, resolved: 30 });
    const first = await finished();
    for (let comes = 0; comes < 4; comes += 1) {
      await arrangeCrowd(db, team, { people: 1, occurredOn: IN_QUARTER, resolved: comes % 2 });
      const again = await remade(first.id);
      expect((await numbersOf(again)).figureNumbers).toEqual((await numbersOf(first)).figureNumbers);
      expect(again.changes.join(" ")).toMatch(
        /^No number differs from version \d, counted on 20 November 2026\.$/,
      );
    }
  });
});

describe("somebody’s own words that leave", () => {
  const needs = (text: string) => ({ texts: { needs: text } });
  const refused = (number: string) => ({
    ...{ state: "failed", faultId: null, paper: null, files: [] },
    refused: expect.stringContaining(`${number} in “What people needed help with”. They may be exact`),
  });

  test("hold no number that the paper does not show: the summary says which, in which part, and is not made", async () => {
    await arrangeCrowd(db, team, { people: 60, occurredOn: IN_QUARTER, resolved: 30 });
    await arrangeCrowd(db, team, { people: 21, occurredOn: IN_QUARTER, need: "BEN-01", resolved: 13 });
    for (const [text, number] of [
      ["13 got it resolved.", "13"],
      ["Three came to us fleeing abuse.", "Three"],
      ["Only one was a refugee.", "one"],
    ] as const) {
      expect(await finished(needs(text))).toMatchObject(refused(number));
    }
    expect(await finished({ ...needs("13 got it resolved."), audience: "team" })).toMatchObject({
      ...{ state: "ready", refused: null },
    });
  });

  test("are looked at again for a new version: what was no exact number may be one by then", async () => {
    await arrangeCrowd(db, team, { people: 62, occurredOn: IN_QUARTER });
    const plain = await numbersOf(await finished());
    const shown = plain.figureNumbers.people[measures.helped] ?? 0;
    const first = await finished(needs(`We helped ${shown} people.`));
    expect(first).toMatchObject({ state: "ready", refused: null });
    // So many more that no number of the new version can round to the old one.
    await arrangeCrowd(db, team, { people: 140, occurredOn: IN_QUARTER });
    expect(await remade(first.id)).toMatchObject(refused(String(shown)));
  });

  test("do not say five when four were counted, and not when it is five", async () => {
    await arrangeCrowd(db, team, { people: 60, occurredOn: IN_QUARTER, resolved: 30 });
    await arrangeCrowd(db, team, { people: 4, occurredOn: IN_QUARTER, need: "SAF-01" });
    const first = await finished(needs("5 people came about safety."));
    expect(first).toMatchObject(refused("5"));
    await arrangeCrowd(db, team, { people: 1, occurredOn: IN_QUARTER, need: "SAF-01" });
    expect(await remade(first.id)).toMatchObject(refused("5"));
  });
});

describe("what was kept", () => {
  test("is byte for byte the same when the same plan is run again", async () => {
    await arrangeCrowd(db, team, { people: 80, occurredOn: IN_QUARTER, resolved: 41 });
    const once = await finished();
    const twice = await finished();
    expect(twice.seriesId).not.toBe(once.seriesId);
    const hashes = await hashesOf(team.ctx, once);
    expect(hashes.length).toBeGreaterThan(3);
    expect(await hashesOf(team.ctx, twice)).toEqual(hashes);
  });

  test.each(["funder", "team"] as const)(
    "stands after late entries, links and an erasure, and a new version for the %s says what differs",
    async (audience) => {
      const early = await arrangeCrowd(db, team, { people: 100, occurredOn: IN_QUARTER, resolved: 50 });
      const first = await finished({ audience });
      const before = await hashesOf(team.ctx, first);

      await arrangeCrowd(db, team, { people: 60, occurredOn: "2026-06-02", resolved: 60 });
      await link(early.slice(0, 2));
      await erase(early.slice(90));
      const second = await remade(first.id);

      expect(await hashesOf(team.ctx, await getSummary(team.ctx, first.id))).toEqual(before);
      expect(second).toMatchObject({ version: 2, seriesId: first.seriesId, isNewest: true });
      expect(second.versions.map(({ version }) => version)).toEqual([2, 1]);
      const said = second.changes.join("\n");
      expect(said).toMatch(/^Compared with version 1, counted on 20 November 2026:/);
      expect(said).toContain("People helped: 1");
      expect(second.paper?.version).toEqual({ number: 2, changes: second.changes });
      if (audience === "team") {
        expect(said).toContain("People helped: 149; it was 100.");
        expect(said).toContain("120 contacts came in later.");
        expect(said).toContain("1 record turned out to be of somebody already counted.");
        expect(said).toContain("Records were erased for good.");
      } else {
        expect(said).toContain("Which of them did is not told");
        expect(said).not.toMatch(/came in later|turned out to be of somebody|\b120\b/);
      }
    },
  );

  test("cannot be changed, whoever asks", async () => {
    await arrangeCrowd(db, team, { people: 12, occurredOn: IN_QUARTER });
    const { id } = await finished({ audience: "team" });
    const change = (statement: string) =>
      inTransaction(team.ctx, ({ db }) => db.unsafe(statement.replace("$id", `'${id}'`)));
    for (const statement of [
      "update casework.summary set paper = '{}' where id = $id",
      "update casework.summary set state = 'making' where id = $id",
      "delete from casework.summary where id = $id",
      "update casework.summary_file set bytes = 'x' where summary_id = $id",
      "delete from casework.summary_file where summary_id = $id",
    ]) {
      await expect(change(statement), statement).rejects.toMatchObject({ code: "42501" });
    }
    const owned = db.administrator`update casework.summary set plan = '{}' where id = ${id}`;
    await expect(owned).rejects.toMatchObject({ code: "42501" });
  });

  test("is noted as opened once it is there, and not each time that somebody waits for it", async () => {
    const { id } = await finishSummary(team.ctx, { id: uuidv7(), plan: planOf({ audience: "team" }) });
    const opened = async () => {
      await getSummary(team.ctx, id);
      return db.administrator`
        select 1 from governance.audit_entry
        where action = 'impact.open' and subjects @> ${db.administrator.json([{ id }])}`;
    };
    expect(await opened()).toHaveLength(0);
    await make(id);
    expect(await opened()).toHaveLength(1);
  });

  test("is sealed into the audit by the hashes of its files", async () => {
    await arrangeCrowd(db, team, { people: 12, occurredOn: IN_QUARTER });
    const summary = await finished({ audience: "team" });
    const [entry] = await db.administrator<{ detail: { files: string[] } }[]>`
      select detail from governance.audit_entry
      where action = 'impact.make' and subjects @> ${db.administrator.json([{ id: summary.id }])}`;
    expect(entry?.detail.files).toEqual(await hashesOf(team.ctx, summary));
  });
});

describe("a worker that is killed", () => {
  test("anywhere leaves nothing, and the next one makes one summary", async () => {
    await arrangeCrowd(db, team, { people: 40, occurredOn: IN_QUARTER, resolved: 20 });
    const { id } = await finishSummary(team.ctx, { id: uuidv7(), plan: planOf({ sections: ["needs"] }) });
    const killed = { ...db, signal: AbortSignal.abort() };
    let deaths = 0;
    for (const pool of ["stats", "app"] as const) {
      for (let statement = 1; ; statement += pool === "app" ? 9 : 3) {
        const dying = { ...killed, [pool]: dyingAt(db[pool], statement) };
        const work = makeSummary(dying, { organisationId: team.organisationId, summaryId: id });
        if (await survives(work)) break;
        deaths += 1;
        expect(await getSummary(team.ctx, id)).toMatchObject({ state: "making", files: [], paper: null });
        if (pool === "stats" && deaths > 4) break;
      }
    }
    expect(deaths).toBeGreaterThan(5);
    const summary = await getSummary(team.ctx, id);
    expect(summary).toMatchObject({ state: "ready", version: 1 });
    const hashes = await hashesOf(team.ctx, summary);
    await make(id);
    expect(await hashesOf(team.ctx, await getSummary(team.ctx, id))).toEqual(hashes);
    expect(await hashesOf(team.ctx, await finished({ sections: ["needs"] }))).toEqual(hashes);
  });

  test("by the summary itself, again and again, is left in peace in the end", async () => {
    const { id } = await finishSummary(team.ctx, { id: uuidv7(), plan: planOf() });
    await db.administrator`update casework.summary set attempts = 10 where id = ${id}`;
    await make(id);
    expect(await getSummary(team.ctx, id)).toMatchObject({ state: "failed", faultId: expect.any(String) });
  });

  test("three times by a fault of its own tells so, and asking again makes a new version", async () => {
    await arrangeCrowd(db, team, { people: 12, occurredOn: IN_QUARTER });
    const { id } = await finishSummary(team.ctx, { id: uuidv7(), plan: planOf() });
    const broken = { app: db.app, stats: db.reader };
    await expect(make(id, broken)).rejects.toThrow();
    await expect(make(id, broken)).rejects.toThrow();
    await make(id, broken);
    expect(await getSummary(team.ctx, id)).toMatchObject({ state: "failed", faultId: expect.any(String) });
    expect(await remade(id)).toMatchObject({ state: "ready", version: 2, changes: [] });
  });
});

describe("a story in a summary", () => {
  const words = "They came to us when the letters would not stop.\n\nNow they open their own post again.";

  async function arrangeStory() {
    const clientId = uuidv7();
    await addClient(team.ctx, addClientSchema.parse({ id: clientId, ...aClient() }));
    const given = { id: uuidv7(), clientId, words, who: "Somebody we helped with debts", from: 0 };
    const { id, revision } = await saveStory(team.ctx, saveStorySchema.parse(given));
    const other = contextFor(db, await arrangeMember(db, team.organisationId, ["manager"]));
    await answer(id, { audiences: ["funder"], untilOn: "2027-06-01" });
    await confirmStory(other, { id, revision, read: true });
    return id;
  }
  const answer = (storyId: string, over: object) =>
    recordStoryConsent(
      team.ctx,
      recordStoryConsentSchema.parse({
        ...{ id: uuidv7(), storyId, how: "face-to-face", answeredOn: "2026-11-20", ...over },
      }),
    );

  test("is told with consent, and once that is taken back the files are not handed out and a new version leaves it out", async () => {
    await arrangeCrowd(db, team, { people: 60, occurredOn: IN_QUARTER, resolved: 30 });
    const storyId = await arrangeStory();
    const with_ = { sections: ["needs" as const, "stories" as const], storyIds: [storyId] };
    await expect(finished({ ...with_, audience: "public" })).rejects.toMatchObject({ name: "Invalid" });
    const told = await finished(with_);
    const page = async ({ id }: KeptSummary) =>
      (await downloadSummaryFile(team.ctx, id, "summary.html")).bytes.toString();
    expect(await page(told)).toContain("Now they open their own post again.");

    await answer(storyId, { audiences: [], untilOn: null });
    expect(await getSummary(team.ctx, told.id)).toMatchObject({ storiesTakenBack: true });
    await expect(page(told)).rejects.toMatchObject({ name: "Conflict" });
    const second = await remade(told.id);
    expect(second).toMatchObject({ version: 2, storiesTakenBack: false });
    expect(second.changes.join(" ")).toContain("One story is not told any more.");
    expect(await page(second)).not.toContain("their own post");
  });
});

/** Says that records are one person's, as the linker does for what an organisation's own records show. */
const link = async ([first, ...others]: readonly string[]) => {
  await db.administrator`
    update identity.client_person set own_client_id = ${first ?? ""}, person_id = (
      select person_id from identity.client_person where client_id = ${first ?? ""})
    where client_id = any (${others}::uuid[])`;
};

const erase = (clients: readonly string[]) =>
  inTransaction(
    team.ctx,
    ({ db }) => db`
    select casework.erase_clients(${team.organisationId}, ${[...clients]}::uuid[])`,
  );
