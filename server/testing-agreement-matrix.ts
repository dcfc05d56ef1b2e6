/**
 * The proof of agreements: every cell of the grid as a signed agreement of its own, looked at by everybody who may and
 * by everybody who may not, through the procedures that screens call, as a file, and in SQL as the web's own login; then
 * again with the application's check off. What is seen must be exactly `fieldsOf` the cell, and nothing otherwise.
 */

import { proposeAgreement, saveDraft, signAgreement, termsHash, withdrawAgreement } from "./agreements";
import { setClock } from "./clock";
import type { Actor, ActorCtx } from "./context";
import { type Cell, cellSchema, type Purpose, type Terms } from "./domain/agreements/agreement";
import { areaColumns } from "./domain/agreements/area-table";
import {
  type AreaPlace,
  DETAILS,
  type Detail,
  fieldsOf,
  GROUPS,
  type Group,
  isAreaPlace,
  PLACES,
  type Place,
  type SharedField,
} from "./domain/agreements/grid";
import { addDays, type Day, financialYearOf, type Period, periodNumber } from "./domain/period";
import { uuidv7 } from "./ids";
import { createCaller } from "./routers";
import type { TestDatabase } from "./testing";
import { officersOf, termsBetween } from "./testing-agreements";
import { asApp, type Channel, forgetLooks, stepUpAnew, unlessRefused } from "./testing-channels";
import { HOME, listChannels } from "./testing-list-matrix";
import { arrangeMember, arrangeOrganisation, contextFor, steppedUp } from "./testing-people";
import { arrangeShared, type Shared } from "./testing-sharing";

const PURPOSE: Purpose = "direct-support";
const OTHER_PURPOSE: Purpose = "early-help";
const AUTHORITY = "E08999999";

export interface MatrixResult {
  /** Cells that an agreement can have, each signed and looked at. */
  cells: number;
  /** Of those, cells at which nothing in the product answers: signed, and open to nobody. There are none. */
  silent: number;
  /** Cells that no agreement can have: refused by the schema and by the database. */
  refused: number;
  /** Looks, and tries to draft what cannot be. */
  tries: number;
  /** Whatever was seen and should not have been. */
  allows: string[];
  /** Whatever was not seen, or not as it should have been. */
  denies: string[];
}

export interface WalkOptions {
  /** Of the looks that must show nothing, one in so many is taken; 1 takes all. */
  every?: number;
  places?: readonly Place[];
  say?: (text: string) => void;
}

interface World {
  db: TestDatabase;
  /** The agreement that is looked by just now. */
  agreementId: string;
  shared: Shared;
  today: Day;
  officerOf: (organisationId: number) => Promise<Actor>;
  members: ReadonlyMap<Group, Actor>;
  ended: ReadonlyMap<Group, Actor>;
  strangers: ReadonlyMap<Group, Actor>;
}

/** Walks the grid, by each channel of a place. */
export async function walkMatrix(
  db: TestDatabase,
  { every = 1, places = PLACES, say = () => {} }: WalkOptions = {},
): Promise<MatrixResult> {
  const world = await arrangeWorld(db);
  const result: MatrixResult = { cells: 0, silent: 0, refused: 0, tries: 0, allows: [], denies: [] };
  let turn = 0;
  for (const place of places) {
    for (const detail of DETAILS) {
      for (const group of GROUPS) {
        const cell: Cell = { place, detail, group, rests: "basis" };
        if (!cellSchema.safeParse(cell).success) {
          await refuseCell(world, cell, result);
          continue;
        }
        result.cells += 1;
        if (Object.keys(channelsOf(world, place)).length === 0) result.silent += 1;
        await walkCell(world, cell, result, () => turn++ % every === 0);
      }
    }
    say(`${place}: ${result.tries} tries so far`);
  }
  return result;
}

/** A cell that no agreement can have: the database refuses it too, whoever sends it. */
async function refuseCell(world: World, cell: Cell, result: MatrixResult): Promise<void> {
  const { db, shared } = world;
  result.refused += 1;
  result.tries += 1;
  const valid: Cell = { place: "authority", detail: "known-to", group: "analyst", rests: "basis" };
  const terms = { ...termsOf(world, valid), cells: [cell] };
  const officer = await world.officerOf(shared.giver.organisationId);
  try {
    await asApp(
      db,
      officer,
      (tx) => tx`select governance.put_draft(${uuidv7()}, 1::smallint, ${tx.json(terms)})`,
    );
    result.allows.push(`${nameOf(cell)}: could be drafted`);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "23514")) throw error;
  }
}

const nameOf = ({ place, detail, group }: Cell) => `${place} x ${detail} x ${group}`;

function termsOf({ shared, today }: World, cell: Cell): Terms {
  const { giver, asker } = shared;
  return termsBetween(giver.organisationId, asker.organisationId, [cell], {
    purposes: [PURPOSE],
    ...{ startsOn: today, reviewOn: today, endsOn: addDays(today, 60), noticeDays: 0 },
  });
}

async function walkCell(
  walked: World,
  cell: Cell,
  result: MatrixResult,
  isTried: () => boolean,
): Promise<void> {
  const { db, shared, today, officerOf } = walked;
  const version = { id: uuidv7(), version: 1 };
  const world: World = { ...walked, agreementId: version.id };
  const terms = termsOf(world, cell);
  const as = async (organisationId: number) => contextFor(db, await officerOf(organisationId));
  const own = memberOf(world.members, cell.group);
  const nothing = async (situation: string, actor: Actor = own, purpose: Purpose = PURPOSE) => {
    if (isTried()) await look(world, cell, result, { situation, actor, purpose, expected: [] });
  };

  await saveDraft(await as(shared.giver.organisationId), { ...version, terms });
  await nothing("a draft");
  await proposeAgreement(await as(shared.giver.organisationId), version);
  await nothing("proposed");
  const hash = termsHash(terms);
  await signAgreement(await as(shared.giver.organisationId), { ...version, hash });
  await nothing("signed by one of two");
  await signAgreement(await as(shared.asker.organisationId), { ...version, hash });

  const expected = fieldsOf(cell.place, cell.detail);
  await look(world, cell, result, { situation: "in force", actor: own, purpose: PURPOSE, expected });
  await nothing("another purpose", own, OTHER_PURPOSE);
  await nothing("an ended member", memberOf(world.ended, cell.group));
  await nothing("another organisation", memberOf(world.strangers, cell.group));
  for (const other of GROUPS) {
    if (other !== cell.group) await nothing(`a ${other}`, memberOf(world.members, other));
  }
  await setClock(db.administrator, `${addDays(today, -1)}T12:00Z`);
  await nothing("not started");
  await setClock(db.administrator, `${addDays(today, 61)}T00:30Z`);
  await nothing("ended at midnight");
  await setClock(db.administrator, `${today}T12:00Z`);
  await withdrawAgreement(await as(shared.asker.organisationId), version);
  await nothing("withdrawn");
}

function memberOf(members: ReadonlyMap<Group, Actor>, group: Group): Actor {
  const member = members.get(group);
  if (!member) throw new Error(`Nobody is a ${group}`);
  return member;
}

interface Look {
  situation: string;
  actor: Actor;
  purpose: Purpose;
  expected: readonly SharedField[];
}

/** Looks by every channel, with the application's check and without it, and compares what is seen. */
async function look(
  world: World,
  cell: Cell,
  result: MatrixResult,
  { situation, actor, purpose, expected }: Look,
): Promise<void> {
  const checked = contextFor(world.db, actor);
  const unchecked: ActorCtx = { ...checked, decide: () => ({ allow: true }) };
  for (const [name, channel] of Object.entries(channelsOf(world, cell.place))) {
    for (const ctx of [checked, unchecked]) {
      const seen = new Set(await channel(ctx, cell.place, purpose));
      // "Known to" shows services and nothing else, however much a cell opens.
      const should = new Set(
        name === "known to" ? expected.filter((field) => field === "services") : expected,
      );
      const told = `${nameOf(cell)}, ${situation}, by ${name}${ctx === unchecked ? ", unchecked" : ""}`;
      result.tries += 1;
      for (const field of seen) if (!should.has(field)) result.allows.push(`${told}: ${field}`);
      for (const field of should) if (!seen.has(field)) result.denies.push(`${told}: ${field}`);
    }
  }
}

function channelsOf(world: World, place: Place): Record<string, Channel> {
  const { db, shared } = world;
  if (isAreaPlace(place)) {
    return {
      screen: areasShown,
      file: (ctx, level, purpose) => areasInFile(db, ctx, level, purpose),
      SQL: (ctx, at, purpose) => areasInSql(db, ctx, at, purpose),
    };
  }
  const lists = listChannels(world);
  if (place !== "person") return lists;
  return {
    ...lists,
    screen: (ctx, _, purpose) => personShown(db, ctx, shared.own, purpose),
    "known to": (ctx, _, purpose) => knownShown(db, ctx, shared.own, purpose),
    SQL: (ctx, _, purpose) => personInSql(db, ctx, shared.own, purpose),
  };
}

const AREA_FIELDS = [
  "place",
  "presence",
  "colour",
  "figures",
  "series",
] as const satisfies readonly SharedField[];

async function areasShown(ctx: ActorCtx, place: Place, purpose: Purpose): Promise<SharedField[]> {
  if (!isAreaPlace(place)) return [];
  const shown = await unlessRefused(() =>
    createCaller(ctx).agreements.areaFigures({ place, purpose, ...within(place) }),
  );
  const [area] = shown?.areas ?? [];
  if (!area) return [];
  // A list of lines that is there and empty would look like a field that is open.
  return AREA_FIELDS.filter((field) => {
    const value = area[field];
    if (field === "series")
      return area.series !== undefined && new Set(area.series.map((line) => line.period)).size > 1;
    return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== null;
  });
}

const within = (place: AreaPlace) => (place === "authority" ? {} : { authority: AUTHORITY });

async function areasInFile(
  db: TestDatabase,
  ctx: ActorCtx,
  place: Place,
  purpose: Purpose,
): Promise<SharedField[]> {
  if (!isAreaPlace(place)) return [];
  await stepUpAnew(db);
  const file = await unlessRefused(() =>
    createCaller(ctx).agreements.exportAreas({ place, purpose, ...within(place) }),
  );
  if (!file) return [];
  const [header = "", ...lines] = file.text.replace("\uFEFF", "").trim().split("\r\n");
  const periods = new Set(lines.map((line) => line.split(",").at(-3)));
  const detail = DETAILS.findLast((each) => areaColumns({ level: place, detail: each }).join(",") === header);
  if (!detail || lines.length === 0) throw new Error(`No cell has these columns: ${header}`);
  return [...fieldsOf(place, detail === "full" && periods.size < 2 ? "coded" : detail)];
}

interface WardRow {
  presence: boolean;
  colour: string | null;
  period: number | null;
  figure: number | null;
}

function areasInSql(
  db: TestDatabase,
  { actor }: ActorCtx,
  place: Place,
  purpose: Purpose,
): Promise<SharedField[]> {
  return asApp(db, actor, async (tx) => {
    const [tier] = await tx<
      { detail: Detail }[]
    >`select detail from governance.area_look(${place}, ${purpose})`;
    if (place !== "ward") return tier ? [...fieldsOf(place, tier.detail)] : [];
    const rows = await tx<WardRow[]>`
      select presence, colour, period, figure from governance.ward_figures(${AUTHORITY}, ${purpose})`;
    return [
      ...(rows.length > 0 ? (["place", "presence"] as const) : []),
      ...(rows.some(({ colour }) => colour !== null) ? (["colour"] as const) : []),
      ...(rows.some(({ figure }) => figure !== null) ? (["figures"] as const) : []),
      ...(new Set(rows.map(({ period }) => period)).size > 1 ? (["series"] as const) : []),
    ];
  });
}

const lookAt = (clientId: string, purpose: Purpose) => ({
  id: uuidv7(),
  clientId,
  purpose,
  reason: "who-does-what" as const,
  words: null,
});

async function personShown(
  db: TestDatabase,
  ctx: ActorCtx,
  clientId: string,
  purpose: Purpose,
): Promise<SharedField[]> {
  await forgetLooks(db);
  const shown = await unlessRefused(() => createCaller(ctx).sharing.person(lookAt(clientId, purpose)));
  const [person] = shown ?? [];
  if (!person) return [];
  const fields = ["services", "colour", "needs", "people"] as const satisfies readonly SharedField[];
  return fields.filter((field) => person[field] !== undefined && person[field].length > 0);
}

async function knownShown(
  db: TestDatabase,
  ctx: ActorCtx,
  clientId: string,
  purpose: Purpose,
): Promise<SharedField[]> {
  await forgetLooks(db);
  const shown = await unlessRefused(() => createCaller(ctx).sharing.knownTo(lookAt(clientId, purpose)));
  return (shown?.services.length ?? 0) > 0 ? ["services"] : [];
}

interface PersonRow {
  services: unknown[];
  colour: string | null;
  needs: unknown[] | null;
  clientId: string | null;
  givenName: Buffer | null;
}

async function personInSql(
  db: TestDatabase,
  { actor }: ActorCtx,
  clientId: string,
  purpose: Purpose,
): Promise<SharedField[]> {
  const shown = await unlessRefused(() =>
    asApp(db, actor, async (tx) => {
      const rows = await tx<PersonRow[]>`
      select services, colour, needs, client_id, given_name
      from governance.shared_person(${uuidv7()}, ${clientId}, ${purpose}, 'who-does-what', null, 'matrix')`;
      const [person] = rows;
      return [
        ...((person?.services.length ?? 0) > 0 ? (["services"] as const) : []),
        ...(person && person.colour !== null ? (["colour"] as const) : []),
        ...(person && person.needs !== null ? (["needs"] as const) : []),
        ...(person && (person.clientId !== null || person.givenName !== null) ? (["people"] as const) : []),
      ];
    }),
  );
  return shown ?? [];
}

async function arrangeWorld(db: TestDatabase): Promise<World> {
  const [row] = await db.administrator<{ today: Day }[]>`select governance.today() as today`;
  if (!row) throw new Error("The installation has no clock");
  const { today } = row;
  await setClock(db.administrator, `${today}T12:00Z`);
  const shared = await arrangeShared(db, "Matrix", HOME);
  const stranger = await arrangeOrganisation(db, "Matrix stranger");
  await arrangeFigures(db, today);
  const inEachGroup = async (organisationId: number) => {
    const members = await Promise.all(
      GROUPS.map(
        // In a session in which they have shown that it is they: a file is taken out by nobody else.
        async (group) =>
          [group, await steppedUp(db, await arrangeMember(db, organisationId, [group]))] as const,
      ),
    );
    return new Map(members);
  };
  const ended = await inEachGroup(shared.asker.organisationId);
  for (const { memberId } of ended.values()) {
    await db.administrator`update casework.member set ended_at = now() where id = ${memberId}`;
  }
  return {
    ...{ db, shared, today, ended, agreementId: "" },
    officerOf: officersOf(db),
    members: await inEachGroup(shared.asker.organisationId),
    strangers: await inEachGroup(stranger),
  };
}

/** Two settled years of figures for an authority, its two sectors and its two wards. */
async function arrangeFigures({ administrator: sql }: TestDatabase, today: Day): Promise<void> {
  const thisYear = financialYearOf(today);
  const years = [thisYear - 2, thisYear - 1].map((financialYear): number =>
    periodNumber({ type: "year", financialYear, index: 0 } satisfies Period),
  );
  await sql`
    insert into reference.area (number, level, code, name) values
      (10, 'sector', 'ZZ1 1', 'ZZ1 1'), (11, 'sector', 'ZZ1 2', 'ZZ1 2'), (100001, 'district', 'ZZ1', 'ZZ1'),
      (200001, 'lad', ${AUTHORITY}, 'Matrixham')`;
  await sql`insert into reference.geography (financial_year, version) values (${thisYear}, 'a')`;
  await sql`
    insert into reference.release_sector (financial_year, number, district, authority, households, live_postcodes)
    values (${thisYear}, 10, 100001, 200001, 2000, 50), (${thisYear}, 11, 100001, 200001, 1500, 50)`;
  await sql`
    insert into published.settled_period (period, settled_on, release_no)
    select period, ${today}, 1 from unnest(${years}::smallint[]) as t (period)`;
  await sql`
    insert into published.figure (node, period, area, figure, anonymous_band, release_no)
    select n.number, y.period, a.area, 40, 0, 1
    from unnest(${years}::smallint[]) as y (period) cross join unnest(array[10, 11, 200001]) as a (area)
    cross join (select number from reference.need where code = 'HOU-04' union all select 250) as n`;
  await sql`
    insert into statistics.impact_settlement (area, period, settle_no)
    select 'wards', period, 1 from unnest(${years}::smallint[]) as t (period)`;
  await sql`
    insert into statistics.ward_area (period, ward, authority, households)
    select y.period, w.ward, ${AUTHORITY}, 1000
    from unnest(${years}::smallint[]) as y (period) cross join unnest(array['E05000001', 'E05000002']) as w (ward)`;
  await sql`
    insert into statistics.impact_set
      (area, measure, period, settle_no, source_period, source_settle_no, figure, members)
    select 'ward:' || w.ward, m.measure, y.period, 1, y.period, 1, 25, ''
    from unnest(${years}::smallint[]) as y (period) cross join unnest(array['E05000001', 'E05000002']) as w (ward)
    cross join unnest(array['need|brought|*', 'need|brought|HOU-04']) as m (measure)`;
}
