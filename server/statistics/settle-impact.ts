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
  type SettledImpact,
  type SettlementRef,
  settleImpactSet,
} from "../domain/impact/figures";
import type { Measure } from "../domain/impact/numbers";
import { type Period, periodNumber } from "../domain/period";
import { neighboursOf } from "../domain/settling";

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
  period: Period;
  sets: Iterable<ImpactSet>;
  isCounted: (measure: Measure) => boolean;
}

/** Sets settled together: what held them before is read for so many at once. */
const SETS_A_READ = 200;

/** Settles them. Gives what each set shows, hidden ones too. */
export async function settleImpact(
  tx: Tx,
  hmac: Hmac,
  { area, period, sets, isCounted }: SettlingImpact,
): Promise<ReadonlyMap<Measure, SettledImpact>> {
  const number = periodNumber(period);
  const settlements = await readSettlements(tx, area);
  const settlement: SettlementRef = { period: number, settleNo: (settlements.get(number) ?? 0) + 1 };
  const near = neighboursOf(period, (each) => settlements.has(each)).map((each): SettlementRef => {
    const at = periodNumber(each);
    return { period: at, settleNo: settlements.get(at) ?? 0 };
  });
  const settled = new Map<Measure, SettledImpact>();
  const settleSome = async (some: readonly ImpactSet[]) => {
    const shown = await readShown(
      tx,
      area,
      near,
      some.map(({ measure }) => measure),
    );
    const kept: SettledImpact[] = [];
    for (const set of some) {
      const earlier = near.map((neighbour) => shown(set.measure, neighbour));
      const now = settleImpactSet(hmac, { area, period, settlement }, set, earlier);
      settled.set(set.measure, now);
      // What stands as it stood before needs no row of its own, nor does an empty set where there never was another.
      const before = near[0]?.period === number ? earlier[0] : undefined;
      if (!(before && isSame(before.source, now.source)) && (before || set.members.length > 0))
        kept.push(now);
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

async function readSettlements(tx: Tx, area: ImpactArea): Promise<Map<number, number>> {
  const rows = await tx<SettlementRef[]>`
    select period, settle_no from statistics.impact_settlement where area = ${area}`;
  return new Map(rows.map(({ period, settleNo }) => [period, settleNo]));
}

/** Measures that have a row in a period. */
async function readMeasures(tx: Tx, area: ImpactArea, period: number): Promise<Measure[]> {
  const rows = await tx<{ measure: Measure }[]>`
    select distinct measure from statistics.impact_set
    where area = ${area} and period = ${period} order by measure`;
  return rows.map(({ measure }) => measure);
}

type Shown = (measure: Measure, at: SettlementRef) => EarlierImpact;

/** What some sets showed in settled periods, and the sets that stood for it. Without a row a set was empty and hidden. */
async function readShown(
  tx: Tx,
  area: ImpactArea,
  near: readonly SettlementRef[],
  asked: readonly Measure[],
): Promise<Shown> {
  const rows = await tx<
    {
      measure: Measure;
      period: number;
      sourcePeriod: number;
      sourceSettleNo: number;
      figure: number | null;
      estimate: Estimate | null;
      members: Buffer | null;
    }[]
  >`
    with newest as (
      select distinct on (measure, period) measure, period, source_period, source_settle_no, figure, estimate
      from statistics.impact_set
      where area = ${area} and measure = any(${asked}::text[])
        and period = any(${near.map(({ period }) => period)}::smallint[])
      order by measure, period, settle_no desc
    )
    select n.*, s.members
    from newest as n
    left join statistics.impact_set as s
      on s.area = ${area} and s.measure = n.measure
      and s.period = n.source_period and s.settle_no = n.source_settle_no`;
  const found = new Map(
    rows.map((row) => [
      `${row.period} ${row.measure}`,
      {
        source: { period: row.sourcePeriod, settleNo: row.sourceSettleNo },
        figure: row.figure === null ? null : readFigure(row.figure),
        members: readMembers(row.members),
        estimate: row.estimate,
      },
    ]),
  );
  return (measure, at) =>
    found.get(`${at.period} ${measure}`) ?? {
      source: at,
      figure: null,
      members: new BigInt64Array(),
      estimate: null,
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
