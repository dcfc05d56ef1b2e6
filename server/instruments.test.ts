/** Instruments of an organisation, and the scores of its clients: added once, never changed, voided with a reason. */

import { beforeAll, describe, expect, test } from "vitest";
import { logContacts } from "./contacts";
import type { ActorCtx } from "./context";
import { addDays, dayOf } from "./domain/period";
import { uuidv7 } from "./ids";
import {
  addInstrument,
  closeInstrument,
  listClientScores,
  listInstruments,
  recordScore,
  voidScore,
} from "./instruments";
import { testDatabase } from "./testing";
import { aContact, arrangeTeam, type Team } from "./testing-casework";

const db = await testDatabase();
const today = dayOf(new Date());

let team: Team;
let ctx: ActorCtx;
let clientId: string;
let contactId: string;
let instrumentId: string;

const scale = (name: string) => ({
  ...{ id: uuidv7(), name, lowest: 7, highest: 35, step: 0.5 },
  direction: "higher-better" as const,
});

beforeAll(async () => {
  team = await arrangeTeam(db, "Wear Advice");
  ctx = team.ctx;
  const contact = aContact(team);
  clientId = contact.clientId;
  contactId = contact.id;
  await logContacts(ctx, [contact]);
  instrumentId = (await addInstrument(ctx, scale("Wellbeing"))).id;
});

const score = (over: Partial<Parameters<typeof recordScore>[1]> = {}) => ({
  ...{ id: uuidv7(), instrumentId, clientId, contactId: null, scoredOn: today, score: 14 },
  ...over,
});

const scoresOf = async (instrument: string) =>
  (await listClientScores(ctx, clientId)).find((each) => each.instrument.id === instrument)?.scores ?? [];

describe("an instrument", () => {
  test("is there once under one id, and its name is its own", async () => {
    const given = scale("Money confidence");
    await addInstrument(ctx, given);
    await addInstrument(ctx, given);
    expect((await listInstruments(ctx)).filter(({ name }) => name === "Money confidence")).toHaveLength(1);
    await expect(addInstrument(ctx, scale("Money confidence"))).rejects.toThrow(
      "Another instrument has this name",
    );
  });

  test("that is closed takes no score, and its scores stay", async () => {
    const { id } = await addInstrument(ctx, scale("Old scale"));
    await recordScore(ctx, score({ instrumentId: id }));
    await closeInstrument(ctx, { id, closed: true });
    await expect(recordScore(ctx, score({ instrumentId: id }))).rejects.toThrow("Old scale is closed");
    expect(await scoresOf(id)).toHaveLength(1);
    await closeInstrument(ctx, { id, closed: false });
    await recordScore(ctx, score({ instrumentId: id }));
  });

  test("that is closed and was never used is not offered", async () => {
    const { id } = await addInstrument(ctx, scale("Never used"));
    await closeInstrument(ctx, { id, closed: true });
    const offered = (await listClientScores(ctx, clientId)).map(({ instrument }) => instrument.id);
    expect(offered).not.toContain(id);
  });
});

describe("a score", () => {
  test("is there once, with the contact at which it was taken", async () => {
    const given = score({ contactId, score: 19.5 });
    expect((await recordScore(ctx, given)).outcome).toBe("stored");
    expect((await recordScore(ctx, given)).outcome).toBe("already-stored");
    await expect(recordScore(ctx, { ...given, score: 20 })).rejects.toThrow("Another score");
    expect((await scoresOf(instrumentId)).filter(({ id }) => id === given.id)).toMatchObject([
      { score: 19.5 },
    ]);
  });

  test.each([
    ["off the scale", { score: 36 }, "between 7 and 35"],
    ["between two steps", { score: 14.25 }, "steps of 0.5"],
    ["of a day to come", { scoredOn: addDays(today, 3) }, "not come yet"],
    ["of nobody here", { clientId: uuidv7() }, "This person was not found"],
    ["on no instrument", { instrumentId: uuidv7() }, "This instrument was not found"],
    ["at no contact", { contactId: uuidv7() }, "This contact was not found"],
  ])("%s is refused", async (_what, over, words) => {
    await expect(recordScore(ctx, score(over))).rejects.toThrow(words);
  });

  test("is voided once, with a reason that is sealed and the first to stand", async () => {
    const given = score();
    await recordScore(ctx, given);
    expect((await voidScore(ctx, { id: given.id, reason: "Amina’s sister’s form" })).outcome).toBe("voided");
    expect((await voidScore(ctx, { id: given.id, reason: "Another" })).outcome).toBe("already-voided");
    const shown = (await scoresOf(instrumentId)).find(({ id }) => id === given.id);
    expect(shown?.voided?.reason).toBe("Amina’s sister’s form");
    const [row] = await db.administrator<{ voidReason: Buffer }[]>`
      select void_reason from casework.instrument_score where id = ${given.id}`;
    expect(row?.voidReason.includes("Amina")).toBe(false);
  });
});
