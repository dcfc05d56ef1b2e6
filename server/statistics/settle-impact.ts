/**
 * Settles what the summaries of a service or organisation may tell of a period: the figure of each of its sets, held by
 * those it showed before (domain/impact/figures.ts), and keeps which set each figure stands for. Works with the engine's
 * login; one at a time for an organisation.
 */

import type { Tx } from "../../db/client";
import { LOCKS } from "../../db/locks";
import { actFor } from "../acting";
import { ARRAY_OF } from "../client-rows";
import { type Hmac, readFigure, recordKey } from "../domain/disclosure";
import {
  type EarlierImpact,
  type Estimate,
  type ImpactArea,
  type ImpactSet,
  type Members,
  NEVER_NEAR,
  type SettledImpact,
  type SettlementRef,
  settleImpactSet,
} from "../domain/impact/figures";
import type { Measure } from "../domain/impact/numbers";
import { type Period, periodNumber } from "../domain/period";

/** Waits until nobody else settles for the organisation; held until the transaction ends. */
export async function settleAlone(tx: Tx, organisationId: number): Promise<void> {
  await tx`select pg_advisory_xact_lock(${LOCKS.settlingImpact}, ${organisationId})`;
}

const PEOPLE_A_READ = 20_000;

/**
 * Record keys of an organisation's own people, each named by the first of its clients, in their order. Read in the
 * snapshot in which they were counted. Two of them whom only others know to be one person have a key each.
 */
export async function keysOfOwnPeople(
  stats: Tx,
  hmac: Hmac,
  organisationId: number,
  people: readonly string[],
): Promise<BigInt64Array> {
  return keysOf(stats, organisationId, people, ({ clientId, personId, isFirst }) =>
    recordKey(hmac, isFirst ? personId : clientId),
  );
}

/**
 * Record keys of an organisation's own people as everybody here knows them, in their order: the key of somebody is the
 * same at every organisation, for counting several of them as one. Read as the keys above are.
 */
export async function keysAcrossOrganisations(
  stats: Tx,
  hmac: Hmac,
  organisationId: number,
  people: readonly string[],
): Promise<BigInt64Array> {
  return keysOf(stats, organisationId, people, ({ personId }) => recordKey(hmac, personId));
}

interface OwnPerson {
  clientId: string;
  personId: string;
  isFirst: boolean;
}

async function keysOf(
  stats: Tx,
  organisationId: number,
  people: readonly string[],
  keyOf: (person: OwnPerson) => bigint,
): Promise<BigInt64Array> {
  await actFor(stats, organisationId);
  const keys = new Map<string, bigint>();
  for (let at = 0; at < people.length; at += PEOPLE_A_READ) {
    const rows = await stats<OwnPerson[]>`
      select client_id, person_id, is_first
      from identity.own_persons(${organisationId}, ${people.slice(at, at + PEOPLE_A_READ)}::uuid[])`;
    for (const row of rows) keys.set(row.clientId, keyOf(row));
  }
  return BigInt64Array.from(people, (person) => {
    const key = keys.get(person);
    if (key === undefined) throw new Error("Somebody who was counted is no person");
    return key;
  });
}

/** What settles: the sets of a period, and which sets were counted at all: one that is missing is empty then. */
export interface SettlingImpact {
  area: ImpactArea;
  /** Other areas of the same people, whose sets may be the same or nearly: an organisation's and its services'. */
  beside: readonly ImpactArea[];
  period: Period;
  sets: Iterable<ImpactSet>;
  isCounted: (measure: Measure) => boolean;
}

/** Sets settled together: what held them before is read for so many at once. */
const SETS_A_READ = 200;

/**
 * Settles them. Gives what each set shows, hidden ones too. Summaries are made in any order, so whatever has settled
 * before may hold a figure: any period of the area, and of those beside it.
 */
export async function settleImpact(
  tx: Tx,
  hmac: Hmac,
  { area, beside, period, sets, isCounted }: SettlingImpact,
): Promise<ReadonlyMap<Measure, SettledImpact>> {
  const number = periodNumber(period);
  const before = await readSettlements(tx, area, beside);
  const own = before.find((each) => each.area === area && each.period === number);
  const settlement: SettlementRef = { period: number, settleNo: (own?.settleNo ?? 0) + 1 };
  const near = own ? [own, ...before.filter((each) => each !== own)] : before;
  const settled = new Map<Measure, SettledImpact>();
  const settleSome = async (some: readonly ImpactSet[]) => {
    const shown = await readShown(tx, area, near, some);
    const kept: SettledImpact[] = [];
    for (const set of some) {
      const earlier = near.flatMap((each) => shown(set.measure, each) ?? []);
      const now = settleImpactSet(hmac, { area, period, settlement }, set, earlier);
      settled.set(set.measure, now);
      // What stands as it stood before needs no row of its own, nor does an empty set where there never was another.
      const stood = own ? shown(set.measure, own)?.source : null;
      if (!(stood && isSame(stood, now.source)) && (own || set.members.length > 0)) kept.push(now);
    }
    await keepSets(tx, area, settlement, kept);
  };
  let some: ImpactSet[] = [];
  for (const set of sets) {
    some.push(set);
    if (some.length < SETS_A_READ) continue;
    await settleSome(some);
    some = [];
  }
  await settleSome(some);
  const gone = (await readMeasures(tx, area, number)).filter(
    (measure) => !settled.has(measure) && isCounted(measure),
  );
  await settleSome(gone.map((measure) => ({ measure, members: new BigInt64Array(), estimate: null })));
  await tx`
    insert into statistics.impact_settlement (area, period, settle_no)
    values (${area}, ${number}, ${settlement.settleNo})
    on conflict (area, period) do update set settle_no = excluded.settle_no`;
  return settled;
}

const isSame = (a: SettlementRef, b: SettlementRef) => a.period === b.period && a.settleNo === b.settleNo;

interface SettledArea extends SettlementRef {
  area: ImpactArea;
}

/** Periods that have settled: the area's own first, then those of the areas beside it. */
async function readSettlements(
  tx: Tx,
  area: ImpactArea,
  beside: readonly ImpactArea[],
): Promise<SettledArea[]> {
  return tx<SettledArea[]>`
    select area, period, settle_no from statistics.impact_settlement
    where area = any(${[area, ...beside]}::text[])
    order by area <> ${area}, area collate "C", period`;
}

/** Measures that have a row in a period. */
async function readMeasures(tx: Tx, area: ImpactArea, period: number): Promise<Measure[]> {
  const rows = await tx<{ measure: Measure }[]>`
    select distinct measure from statistics.impact_set
    where area = ${area} and period = ${period} order by measure`;
  return rows.map(({ measure }) => measure);
}

type Shown = (measure: Measure, at: SettledArea) => EarlierImpact | null;

/**
 * What some sets showed in settled periods, and the sets that stood for it; null where that cannot be near. Without a
 * row a set of the area was empty and hidden; that an area beside it had nobody tells nothing of this one.
 */
async function readShown(
  tx: Tx,
  area: ImpactArea,
  near: readonly SettledArea[],
  asked: readonly ImpactSet[],
): Promise<Shown> {
  const rows = await tx<
    {
      area: ImpactArea;
      measure: Measure;
      period: number;
      sourcePeriod: number;
      sourceSettleNo: number;
      figure: number | null;
      estimate: Estimate | null;
    }[]
  >`
    select distinct on (area, measure, period)
           area, measure, period, source_period, source_settle_no, figure, estimate
    from statistics.impact_set
    where area = any(${[...new Set(near.map((each) => each.area))]}::text[])
      and measure = any(${asked.map(({ measure }) => measure)}::text[])
      and period = any(${[...new Set(near.map(({ period }) => period))]}::smallint[])
    order by area, measure, period, settle_no desc`;
  const nameOf = (of: ImpactArea, measure: Measure, { period, settleNo }: SettlementRef) =>
    `${of} ${measure} ${period} ${settleNo}`;
  const sourceOf = (row: { sourcePeriod: number; sourceSettleNo: number }): SettlementRef => ({
    ...{ period: row.sourcePeriod, settleNo: row.sourceSettleNo },
  });
  const sources = [
    ...new Map(rows.map((row) => [nameOf(row.area, row.measure, sourceOf(row)), row])).values(),
  ];
  const sizes = new Map(asked.map(({ measure, members }) => [measure, members.length]));
  // Sets of quite another size stay where they are: a large organisation has many.
  const sets = await tx<(SettledArea & { measure: Measure; members: Buffer | null })[]>`
    select s.area, s.measure, s.period, s.settle_no, s.members
    from unnest(
      ${sources.map((row) => row.area)}::text[],
      ${sources.map(({ measure }) => measure)}::text[],
      ${sources.map(({ sourcePeriod }) => sourcePeriod)}::smallint[],
      ${sources.map(({ sourceSettleNo }) => sourceSettleNo)}::smallint[],
      ${sources.map(({ measure }) => sizes.get(measure) ?? 0)}::int[]
    ) as t (area, measure, period, settle_no, size)
    join statistics.impact_set as s using (area, measure, period, settle_no)
    where abs(coalesce(octet_length(s.members), 0) / ${KEY_BYTES}::int - t.size) < ${NEVER_NEAR}`;
  const membersOf = new Map(
    sets.map((set) => [nameOf(set.area, set.measure, set), readMembers(set.members)]),
  );
  const found = new Map(rows.map((row) => [`${row.area} ${row.period} ${row.measure}`, row]));
  return (measure, at) => {
    const isOwn = at.area === area;
    const row = found.get(`${at.area} ${at.period} ${measure}`);
    if (!row)
      return isOwn ? { source: at, figure: null, members: new BigInt64Array(), estimate: null } : null;
    const source = sourceOf(row);
    const members = membersOf.get(nameOf(row.area, measure, source));
    if (!members || (!isOwn && members.length === 0)) return null;
    const figure = row.figure === null ? null : readFigure(row.figure);
    return { source: isOwn ? source : null, figure, members, estimate: row.estimate };
  };
}

/** Eight bytes a key, the lowest first, as this machine and every other we run on holds them. */
const KEY_BYTES = BigInt64Array.BYTES_PER_ELEMENT;

function readMembers(bytes: Buffer | null): Members {
  const members = new BigInt64Array((bytes?.length ?? 0) / KEY_BYTES);
  for (let at = 0; bytes && at < members.length; at += 1) members[at] = bytes.readBigInt64LE(at * KEY_BYTES);
  return members;
}

function writeMembers(members: Members): Buffer {
  const bytes = Buffer.alloc(members.length * KEY_BYTES);
  members.forEach((key, at) => {
    bytes.writeBigInt64LE(key, at * KEY_BYTES);
  });
  return bytes;
}

async function keepSets(
  tx: Tx,
  area: ImpactArea,
  { period, settleNo }: SettlementRef,
  kept: readonly SettledImpact[],
): Promise<void> {
  if (kept.length === 0) return;
  await tx`
    insert into statistics.impact_set
      (area, measure, period, settle_no, source_period, source_settle_no, figure, members, estimate)
    select ${area}, measure, ${period}, ${settleNo}, source_period, source_settle_no, figure, members,
           estimate::jsonb
    from unnest(
      ${kept.map(({ measure }) => measure)}::text[],
      ${kept.map(({ source }) => source.period)}::smallint[],
      ${kept.map(({ source }) => source.settleNo)}::smallint[],
      ${kept.map(({ figure }) => figure)}::int[],
      ${tx.array(
        kept.map(({ members }) => members && writeMembers(members)),
        ARRAY_OF.bytes,
      )}::bytea[],
      ${kept.map(({ estimate }) => estimate && JSON.stringify(estimate))}::text[]
    ) as t (measure, source_period, source_settle_no, figure, members, estimate)`;
}
