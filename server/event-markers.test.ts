/** Event markers: what could be seen is kept with them, they are never changed, and every writing is recorded. */

import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { ActorCtx } from "./context";
import { Conflict, Invalid, NotFound } from "./domain/errors";
import { type WriteEvent, writeEventSchema } from "./domain/event-marker";
import { FIRST_NUMBER } from "./domain/geography";
import { findPeriod, periodNumber } from "./domain/period";
import { getEvent, listEvents, noteEvent, writeEvent } from "./event-markers";
import { uuidv7 } from "./ids";
import { testDatabase } from "./testing";
import { arrangeMember, arrangeOrganisation, contextFor } from "./testing-people";

const db = await testDatabase();
const DISTRICT = FIRST_NUMBER.district + 1;

let commissioner: ActorCtx;
let neighbour: ActorCtx;

const event = (over: Partial<Record<keyof WriteEvent, unknown>> = {}): WriteEvent =>
  writeEventSchema.parse({
    ...{ id: uuidv7(), kind: "service-opened", title: "A pantry opens", happensOn: "2026-06-04" },
    ...{ areas: [11, 10, 10], comparison: [], expected: [{ node: "BAS-01", direction: "fall" }], reason: "" },
    ...over,
  });

beforeAll(async () => {
  const sql = db.administrator;
  await sql`
    insert into reference.area (number, level, code, name) values
      (10, 'sector', 'ZZ1 1', 'ZZ1 1'), (11, 'sector', 'ZZ1 2', 'ZZ1 2'), (12, 'sector', 'ZZ2 1', 'ZZ2 1'),
      (${DISTRICT}, 'district', 'ZZ1', 'ZZ1')`;
  await sql`insert into reference.geography (financial_year, version) values (2024, 'a')`;
  await sql`
    insert into reference.release_sector (financial_year, number, district, households, live_postcodes)
    values (2024, 10, ${DISTRICT}, 2000, 50), (2024, 11, ${DISTRICT}, 1500, 50), (2024, 12, ${DISTRICT}, 1000, 50)`;
  const member = async (name: string, role: "commissioner" | "officer") =>
    contextFor(db, await arrangeMember(db, await arrangeOrganisation(db, name), [role]));
  commissioner = await member("Council", "commissioner");
  neighbour = await member("Hospital", "officer");
});

beforeEach(async () => {
  await db.administrator`delete from published.settled_period`;
  await db.administrator`delete from published.open_figure`;
});

async function settle(text: string): Promise<void> {
  const period = findPeriod(text);
  if (!period) throw new Error(text);
  await db.administrator`
    insert into published.settled_period (period, settled_on, release_no) values (${periodNumber(period)}, '2026-07-01', 1)`;
}

describe("when a marker was written", () => {
  test("before any figure reached its day, it says so", async () => {
    await settle("m:2026-05");
    const { id } = await writeEvent(commissioner, event());
    expect(await getEvent(neighbour, id)).toMatchObject({ figuresUntil: "2026-05-31", writtenBefore: true });
  });

  test("after the period that holds its day had settled, it says that too", async () => {
    await settle("m:2026-06");
    const { id } = await writeEvent(commissioner, event());
    expect(await getEvent(neighbour, id)).toMatchObject({ figuresUntil: "2026-06-30", writtenBefore: false });
  });

  test("an open figure that shows so far counts as seen", async () => {
    const period = findPeriod("q:2026-Q1");
    if (!period) throw new Error("no period");
    await db.administrator`
      insert into published.open_figure (node, slice, period, area, figure)
      values (1, 0, ${periodNumber(period)}, 10, 15)`;
    const { id } = await writeEvent(commissioner, event());
    expect(await getEvent(commissioner, id)).toMatchObject({ writtenBefore: false });
  });
});

describe("a marker", () => {
  test("is written once however often it is sent, and recorded once", async () => {
    const sent = event();
    await writeEvent(commissioner, sent);
    await writeEvent(commissioner, sent);
    await expect(writeEvent(neighbour, sent)).rejects.toThrow(Conflict);
    const entries = await db.administrator`
      select 1 from governance.audit_entry where action = 'event.write' and subjects @> ${db.administrator.json([{ kind: "event", id: sent.id }])}`;
    expect(entries).toHaveLength(1);
    expect((await listEvents(neighbour)).filter(({ id }) => id === sent.id)).toHaveLength(1);
  });

  test("cannot be changed or removed by the application, whoever asks", async () => {
    const { id } = await writeEvent(commissioner, event());
    await expect(db.app`update reference.event_marker set title = 'x' where id = ${id}`).rejects.toThrow(
      /permission denied/,
    );
    await expect(db.app`delete from reference.event_marker where id = ${id}`).rejects.toThrow(
      /permission denied/,
    );
  });

  test("keeps its areas in order and names them", async () => {
    const { id } = await writeEvent(commissioner, event());
    expect((await getEvent(commissioner, id)).areas.map(({ code }) => code)).toEqual(["ZZ1 1", "ZZ1 2"]);
  });

  test.each([
    ["areas of two kinds", { areas: [10, DISTRICT] }],
    ["an area that is not there", { areas: [99] }],
    ["people without a place", { areas: [1] }],
    ["an area compared with itself", { areas: [10], comparison: [10, 12] }],
    ["a day far ahead", { happensOn: "2099-01-01" }],
  ])("with %s is refused", async (_, over) => {
    await expect(writeEvent(commissioner, event(over))).rejects.toThrow(Invalid);
  });

  test("takes what is typed as one plain line", () => {
    expect(event({ title: "<script>alert(1)</script>A <b>pantry</b>\nopens\u202e" }).title).toBe(
      "A pantry opens",
    );
    expect(() => event({ title: "<p></p>" })).toThrow();
    expect(() => event({ reason: "x".repeat(401) })).toThrow();
  });
});

describe("a later word", () => {
  const note = (eventId: string, over = {}) => ({
    id: uuidv7(),
    eventId,
    text: "It opened late",
    withdraws: false,
    ...over,
  });

  test("stands beside the marker; taking back leaves it to be seen", async () => {
    const { id } = await writeEvent(commissioner, event());
    await noteEvent(commissioner, note(id));
    await noteEvent(commissioner, note(id, { text: "The wrong street", withdraws: true }));
    await expect(noteEvent(commissioner, note(id, { withdraws: true }))).rejects.toThrow(Conflict);
    const shown = await getEvent(neighbour, id);
    expect(shown.notes.map(({ text }) => text)).toEqual(["It opened late", "The wrong street"]);
    expect(shown.withdrawnOn).not.toBeNull();
    expect(shown).toMatchObject({ isOurs: false, organisationName: "Council" });
  });

  test("is for whoever wrote the marker alone", async () => {
    const { id } = await writeEvent(commissioner, event());
    await expect(noteEvent(neighbour, note(id))).rejects.toThrow(NotFound);
  });
});

test("a marker older than all that a page lists is found by its address", async () => {
  const { id } = await writeEvent(commissioner, event({ happensOn: "2001-02-03" }));
  await db.administrator`
    insert into reference.event_marker
      (id, organisation_id, organisation_name, kind, title, happens_on, areas, comparison, expected, reason, written_on)
    select gen_random_uuid(), organisation_id, organisation_name, kind, title, date '2010-01-01' + n, areas, comparison,
      expected, reason, written_on
    from reference.event_marker, generate_series(1, 300) as n
    where id = ${id}`;
  expect((await listEvents(neighbour)).map((each) => each.id)).not.toContain(id);
  expect(await getEvent(neighbour, id)).toMatchObject({ id, happensOn: "2001-02-03" });
});
