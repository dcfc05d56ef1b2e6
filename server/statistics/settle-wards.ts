/**
 * Figures by ward, for those whom an agreement lets see them: once a financial year has settled, one figure for each
 * ward and need, by the same rules as every settled figure and with errors of their own. They are made once and stay:
 * wards and sectors cross at nearly the same size, so there are no months, no quarters, nothing open and no revisions of
 * them to compare (`docs/methods/sharing.md`). Killed anywhere, the next round makes the year whole.
 */

import type { Sql, Tx } from "../../db/client";
import { nodesOf } from "../domain/counting";
import { type Hmac, recordKey } from "../domain/disclosure";
import type { ImpactArea, ImpactSet } from "../domain/impact/figures";
import { type Measure, measures } from "../domain/impact/numbers";
import { getNodeByNumber } from "../domain/needs";
import { firstDayOf, lastDayOf, type Period, periodByNumber, periodNumber } from "../domain/period";
import { broughtEntry } from "./brought";
import { settleAlone, settleImpact } from "./settle-impact";

/** Wards are nobody's: they settle under the number that no organisation has. */
const NO_ORGANISATION = 0;
const WARDS = "wards";

/** Makes the figures of every settled year that has none yet. Gives how many years. */
export async function settleWards(stats: Sql, hmac: Hmac, signal?: AbortSignal): Promise<number> {
  let made = 0;
  for (const year of await yearsDue(stats)) {
    if (signal?.aborted) return made;
    await stats.begin(async (tx) => {
      await settleAlone(tx, NO_ORGANISATION);
      const [done] = await tx`
        select from statistics.impact_settlement where area = ${WARDS} and period = ${periodNumber(year)}`;
      if (!done) await settleYear(stats, tx, hmac, year);
    });
    made += 1;
  }
  return made;
}

/** Settled years without figures by ward, the earliest first. */
async function yearsDue(stats: Sql): Promise<Period[]> {
  const rows = await stats<{ period: number }[]>`
    select s.period from statistics.settlement as s
    where not exists (
      select from statistics.impact_settlement as w where w.area = ${WARDS} and w.period = s.period)
    order by s.period`;
  return rows.map(({ period }) => periodByNumber(period)).filter(({ type }) => type === "year");
}

async function settleYear(stats: Sql, tx: Tx, hmac: Hmac, year: Period): Promise<void> {
  await keepWards(tx, year);
  // Read over a connection of its own, ward by ward, while each is settled over the other.
  await stats.begin("isolation level repeatable read read only", async (view) => {
    let ward: string | null = null;
    let sets = new Map<Measure, bigint[]>();
    let last = { personId: "", key: 0n };
    const settle = async () => {
      if (ward !== null) await settleWard(tx, hmac, year, `ward:${ward}`, sets);
      sets = new Map();
    };
    for await (const rows of people(view, year)) {
      for (const row of rows) {
        if (row.ward !== ward) {
          await settle();
          ward = row.ward;
        }
        if (row.personId !== last.personId) {
          last = { personId: row.personId, key: recordKey(hmac, row.personId) };
        }
        for (const node of nodesOf(row.needNumber)) {
          const measure = measures.need("brought", getNodeByNumber(node).path);
          const keys = sets.get(measure);
          // A person's needs follow each other, so whoever is in a set already is the last in it.
          if (!keys) sets.set(measure, [last.key]);
          else if (keys.at(-1) !== last.key) keys.push(last.key);
        }
      }
    }
    await settle();
  });
  await tx`
    insert into statistics.impact_settlement (area, period, settle_no) values (${WARDS}, ${periodNumber(year)}, 1)`;
}

interface WardPerson {
  ward: string;
  personId: string;
  needNumber: number;
}

/** Who brought which need in which ward in the year: by ward, then by person. */
function people(view: Tx, year: Period): AsyncIterable<WardPerson[]> {
  return view<WardPerson[]>`
    select distinct c.ward, k.person_id, e.need_number
    from identity.contacts_seen(${firstDayOf(year)}::date, ${lastDayOf(year)}::date) as k
    join casework.contact as c on c.organisation_id = k.organisation_id and c.id = k.contact_id
    join casework.issue_entry as e on e.organisation_id = k.organisation_id and e.contact_id = k.contact_id
    where c.ward is not null and ${broughtEntry(view)}
    order by c.ward, k.person_id, e.need_number`.cursor(5_000);
}

async function settleWard(
  tx: Tx,
  hmac: Hmac,
  period: Period,
  area: ImpactArea,
  found: ReadonlyMap<Measure, bigint[]>,
): Promise<void> {
  const sets = [...found].map(
    ([measure, keys]): ImpactSet => ({ measure, members: BigInt64Array.from(keys).sort(), estimate: null }),
  );
  await settleImpact(tx, hmac, { area, beside: [], period, sets, isCounted: () => true });
}

/**
 * Keeps the wards that postcodes name, with or without anybody, and their households: each small area's, spread evenly
 * over its live small-user postcodes, as for sectors.
 */
async function keepWards(tx: Tx, year: Period): Promise<void> {
  await tx`
    insert into statistics.ward_area (period, ward, authority, households)
    with counted as (
      select a.code, max(a.households) as households
      from reference.small_area as a where a.households is not null
      group by a.code
    ), unit as (
      select p.ward, coalesce(p.small_area_2021, p.small_area_2011) as code, count(*) as postcodes
      from reference.postcode as p where p.live and p.small_user and p.ward is not null
      group by 1, 2
    ), shared as (
      select u.ward, c.households * u.postcodes / sum(u.postcodes) over (partition by u.code) as households
      from unit as u join counted as c using (code)
    ), held as (
      select ward, round(sum(households))::int as households from shared group by ward
    )
    select ${periodNumber(year)}::smallint, p.ward, mode() within group (order by p.authority), min(h.households)
    from reference.postcode as p left join held as h using (ward)
    where p.ward is not null
    group by p.ward`;
}
