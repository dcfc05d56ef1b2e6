/**
 * Programmes with a real database: only who agreed is counted, each person once across them, in figures alone; and no
 * organisation sees another's rows or speaks for it.
 */

import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { setClock } from "./clock";
import { type ActorCtx, inTransaction } from "./context";
import { measures } from "./domain/impact/numbers";
import { planSchema } from "./domain/impact/plan";
import { addProgrammeSchema, type Programme } from "./domain/programmes";
import { uuidv7 } from "./ids";
import {
  addProgramme,
  agreeToProgramme,
  inviteOrganisation,
  leaveProgramme,
  listProgrammes,
  makeProgrammeSummary,
  withdrawInvitation,
} from "./programmes";
import { getSummary, listSummaries, remakeSummary } from "./summaries";
import { makeSummary } from "./summary-making";
import { testDatabase } from "./testing";
import { arrangeTeam, type Team } from "./testing-casework";
import { arrangeCrowd } from "./testing-summaries";

const db = await testDatabase();
const going = new AbortController().signal;
const IN_QUARTER = "2026-05-11";
const { period } = planSchema.pick({ period: true }).parse({ period: "q:2026-Q1" });

let advice: Team;
let housing: Team;
let health: Team;
let police: Team;
let programmeId: string;

beforeAll(() => setClock(db.administrator, "2026-11-20T12:00:00Z"));
beforeEach(async () => {
  const named = (name: string) => arrangeTeam(db, `${name} ${uuidv7()}`);
  [advice, housing, health, police] = [
    await named("Advice"),
    await named("Housing"),
    await named("Health"),
    await named("Police"),
  ];
  programmeId = uuidv7();
  await addProgramme(advice.ctx, { id: programmeId, name: "Homes first", purpose: "For our joint funder" });
});

test("an organisation leads no two programmes of one name, and its name is refused where it is too long", async () => {
  const add = (team: Team, name: string) =>
    addProgramme(team.ctx, { id: uuidv7(), name, purpose: "For our joint funder" });
  await expect(add(advice, "homes  FIRST")).rejects.toMatchObject({
    fields: { name: expect.stringContaining("Choose a name that tells the two apart") },
  });
  await add(advice, "Homes second");
  // Another organisation may: whoever is invited reads who leads each.
  await add(housing, "Homes first");
  const long = addProgrammeSchema.safeParse({ id: uuidv7(), name: "x".repeat(81), purpose: "For us" });
  expect(long.error?.issues[0]?.message).toBe("Keep the name to 80 characters.");
});

const invite = (team: Team) =>
  inviteOrganisation(advice.ctx, { programmeId, organisationId: team.organisationId });
const agree = (team: Team) => agreeToProgramme(team.ctx, { id: uuidv7(), programmeId });
const ask = (team = advice) =>
  makeProgrammeSummary(team.ctx, { id: uuidv7(), programmeId, period, audience: "funder" });
const work = (summaryId: string) =>
  makeSummary({ ...db, signal: going }, { organisationId: advice.organisationId, summaryId });

async function made() {
  const { id } = await ask();
  await work(id);
  return getSummary(advice.ctx, id);
}

async function seenBy({ ctx }: Team): Promise<Programme | undefined> {
  return (await listProgrammes(ctx)).find(({ id }) => id === programmeId);
}

/** Everybody invited and agreed but the police, who are invited alone; each has helped so many people. */
async function arrangeAgreed(people: number) {
  for (const team of [housing, health, police]) await invite(team);
  for (const team of [advice, housing, health]) await agree(team);
  const crowds: string[][] = [];
  for (const team of [advice, housing, health, police]) {
    crowds.push(await arrangeCrowd(db, team, { people, occurredOn: IN_QUARTER, resolved: people / 2 }));
  }
  return crowds;
}

/** Makes the first clients of one organisation the same people as those of another. */
async function knownToBoth(of: readonly string[] | undefined, as: readonly string[] | undefined, n: number) {
  await db.administrator`
    update identity.client_person as p set person_id = same.person_id
    from unnest(${(of ?? []).slice(0, n)}::uuid[], ${(as ?? []).slice(0, n)}::uuid[]) as t (client, other)
    join identity.client_person as same on same.client_id = t.other
    where p.client_id = t.client`;
}

/** How many stand behind the figure of a set: what only the engine knows. */
async function peopleBehind(measure: string): Promise<number> {
  const [row] = await db.administrator<{ people: number }[]>`
    select length(members) / 8 as people from statistics.impact_set
    where area = ${`programme:${programmeId}`} and measure = ${measure}
    order by period desc, settle_no desc limit 1`;
  return row?.people ?? 0;
}

describe("a summary of a programme", () => {
  test("counts somebody whom two organisations know once, and only those of organisations that agreed", async () => {
    const [ofAdvice, ofHousing] = await arrangeAgreed(60);
    await knownToBoth(ofHousing, ofAdvice, 25);
    const summary = await made();
    expect(summary.state).toBe("ready");
    // 60 of each of three, 25 of them known to two; the police were invited and did not agree.
    expect(await peopleBehind(measures.helped)).toBe(155);
    expect(await peopleBehind(measures.need("brought", "HOU"))).toBe(155);
    // Resolved at either: the first 30 of each crowd, of which 25 are shared.
    expect(await peopleBehind(measures.need("resolved", "HOU"))).toBe(65);
  });

  test("is made of figures and names who was counted; no exact number of it is kept", async () => {
    await arrangeAgreed(60);
    const summary = await made();
    expect(summary.paper).toMatchObject({ basis: "figures", from: "Homes first" });
    const text = JSON.stringify(summary.paper);
    const [a, b, c] = [advice, health, housing].map(({ ctx }) => ctx.actor.organisationName);
    expect(summary.paper?.counted).toContain(`Counted together: ${a}, ${b} and ${c}.`);
    expect(text).not.toContain(police.ctx.actor.organisationName);
    // None of them has chosen a list of needs; no service of anybody is named for it.
    const services = await db.administrator<{ name: string }[]>`select name from casework.service`;
    expect(services.filter(({ name }) => text.includes(name))).toEqual([]);
    const [row] = await db.administrator<
      { exactNumbers: unknown; figureNumbers: { people: Record<string, number> } }[]
    >`
      select exact_numbers, figure_numbers from casework.summary where id = ${summary.id}`;
    expect(row?.exactNumbers).toBeNull();
    for (const figure of Object.values(row?.figureNumbers.people ?? {})) {
      expect(figure % 5).toBe(0);
      expect(figure).toBeGreaterThanOrEqual(10);
    }
    expect(Math.abs((row?.figureNumbers.people[measures.helped] ?? 0) - 180)).toBeLessThanOrEqual(7);
  });

  test("is noted in the audit of every organisation that was counted", async () => {
    await arrangeAgreed(20);
    await made();
    const rows = await db.administrator<{ organisationId: number }[]>`
      select distinct organisation_id from governance.audit_entry
      where action = 'programme.count' and subjects @> ${db.administrator.json([{ kind: "programme", id: programmeId }])}
      order by 1`;
    expect(rows.map(({ organisationId }) => organisationId)).toEqual(
      [advice, housing, health].map(({ organisationId }) => organisationId).sort((a, b) => a - b),
    );
  });

  test("leaves out who took its agreement back, says so, and stays as it was before", async () => {
    await arrangeAgreed(40);
    await agree(police);
    const first = await made();
    expect(await peopleBehind(measures.helped)).toBe(160);
    await leaveProgramme(police.ctx, programmeId);
    const { id } = await remakeSummary(advice.ctx, { id: uuidv7(), of: first.id });
    await work(id);
    const second = await getSummary(advice.ctx, id);
    expect(await peopleBehind(measures.helped)).toBe(120);
    expect(second.changes).toContain(`${police.ctx.actor.organisationName} is not counted any more.`);
    expect(JSON.stringify(second.paper?.counted)).not.toContain(police.ctx.actor.organisationName);
    expect((await getSummary(advice.ctx, first.id)).paper).toEqual(first.paper);
  });

  test("is refused, in words, while fewer than three agree", async () => {
    await invite(housing);
    await invite(health);
    await agree(advice);
    await agree(housing);
    await expect(ask()).rejects.toMatchObject({
      name: "Invalid",
      message: expect.stringContaining("At least three organisations must agree"),
    });
  });

  test("is not made when too few agree by the time that it is counted, or helped anybody", async () => {
    await arrangeAgreed(20);
    const { id } = await ask();
    await leaveProgramme(housing.ctx, programmeId);
    await work(id);
    expect(await getSummary(advice.ctx, id)).toMatchObject({
      ...{ state: "failed", faultId: null, paper: null },
      refused: expect.stringContaining("At least three organisations must agree"),
    });
    await agree(housing);
    const { period: quiet } = planSchema.pick({ period: true }).parse({ period: "q:2024-Q1" });
    const asked = { id: uuidv7(), programmeId, period: quiet, audience: "funder" as const };
    await makeProgrammeSummary(advice.ctx, asked);
    await work(asked.id);
    expect(await getSummary(advice.ctx, asked.id)).toMatchObject({
      ...{ state: "failed", faultId: null },
      refused: expect.stringContaining("helped anybody from April 2024 to March 2025"),
    });
  });

  test("does not tell in which month of a year the others helped nobody", async () => {
    await arrangeAgreed(40);
    await arrangeCrowd(db, advice, { people: 40, occurredOn: "2026-08-03" });
    const { period: alone } = planSchema.pick({ period: true }).parse({ period: "m:2026-08" });
    const asked = { id: uuidv7(), programmeId, period: alone, audience: "funder" as const };
    await makeProgrammeSummary(advice.ctx, asked);
    await work(asked.id);
    const summary = await getSummary(advice.ctx, asked.id);
    expect(summary).toMatchObject({ state: "ready", refused: null });
    expect(summary.paper?.counted).toContain(
      "All that agreed are named, whether or not they helped somebody in this period.",
    );
  });

  test("is the lead’s to make and to open: nobody else finds it", async () => {
    await arrangeAgreed(20);
    await expect(ask(housing)).rejects.toMatchObject({ name: "NotAllowed" });
    const summary = await made();
    await expect(getSummary(housing.ctx, summary.id)).rejects.toMatchObject({ name: "NotFound" });
    expect(await listSummaries(housing.ctx)).toEqual([]);
    expect(await listSummaries(advice.ctx)).toMatchObject([{ id: summary.id, serviceName: "Homes first" }]);
  });
});

describe("an agreement", () => {
  test("is given to words that an organisation reads, and kept as they were read", async () => {
    await invite(housing);
    const programme = await seenBy(housing);
    expect(programme).toMatchObject({
      name: "Homes first",
      isOurs: false,
      weAgreedAt: null,
      waitsForUs: true,
    });
    expect(programme?.words.join(" ")).toContain("For our joint funder.");
    await agree(housing);
    expect(await seenBy(housing)).toMatchObject({ weAgreedAt: expect.any(Date), waitsForUs: false });
    const [row] = await db.administrator<{ words: string; agreedBy: string }[]>`
      select words, agreed_by from casework.programme_agreement
      where organisation_id = ${housing.organisationId} and programme_id = ${programmeId}`;
    expect(row).toEqual({ words: programme?.words.join("\n"), agreedBy: housing.ctx.actor.memberId });
  });

  test("can be given by nobody who was not invited", async () => {
    expect(await seenBy(police)).toBeUndefined();
    await expect(agree(police)).rejects.toMatchObject({ name: "NotFound" });
  });

  test("ends when the invitation is taken back, and a new invitation does not bring it back", async () => {
    await invite(housing);
    await agree(housing);
    const party = { programmeId, organisationId: housing.organisationId };
    await withdrawInvitation(advice.ctx, party);
    expect(await seenBy(housing)).toBeUndefined();
    await invite(housing);
    expect((await seenBy(housing))?.weAgreedAt).toBeNull();
    await agree(housing);
    expect((await seenBy(housing))?.weAgreedAt).toBeInstanceOf(Date);
  });

  test("can be written for another organisation by nobody, whatever a procedure may do", async () => {
    await invite(housing);
    const forge = ({ ctx }: { ctx: ActorCtx }) =>
      inTransaction(
        ctx,
        ({ db: tx }) => tx`
          insert into casework.programme_agreement
            (organisation_id, id, lead_organisation_id, programme_id, words, agreed_by)
          values (${housing.organisationId}, ${uuidv7()}, ${advice.organisationId}, ${programmeId}, 'x',
                  ${advice.ctx.actor.memberId})`,
      );
    await expect(forge(advice)).rejects.toThrow("row-level security");
    expect((await seenBy(advice))?.parties).toMatchObject([{ agreedAt: null }, { agreedAt: null }]);
  });
});

test("an organisation reads no row of a programme that is not its own, and knows of others their names and whether they agree", async () => {
  await arrangeAgreed(20);
  const foreign = await inTransaction(
    housing.ctx,
    ({ db: tx }) => tx<{ n: number }[]>`
      select (select count(*) from casework.programme)::int
           + (select count(*) from casework.programme_invitation)::int
           + (select count(*) from casework.programme_agreement where organisation_id <> ${housing.organisationId})::int
           as n`,
  );
  expect(foreign).toEqual([{ n: 0 }]);
  const parties = (await seenBy(housing))?.parties ?? [];
  expect(parties.map(({ name, agreedAt }) => `${name.split(" ")[0]} ${agreedAt !== null}`)).toEqual([
    "Advice true",
    "Health true",
    "Housing true",
    "Police false",
  ]);
  expect(parties.flatMap((party) => Object.keys(party)).filter((key) => /count|people/.test(key))).toEqual(
    [],
  );
});
