/**
 * Which settled periods have slices that are no longer those that settled. A later entry or a link changes a period's
 * people and so the period; here are the changes of what is known of people who stayed.
 */

import type { Tx } from "../../db/client";
import { periodBits } from "../domain/counting";
import { firstDayOf, periodByNumber, slotOf } from "../domain/period";
import { ageSlice, monthNumberOf, unpackTraits } from "../domain/slices";
import { NOW, TraitsAsSettled } from "./traits";

/**
 * Settled periods whose slices are no longer those that settled: somebody in them is of another band by what is known
 * of them now, or they settled before there were slices.
 */
export async function slicesChanged(tx: Tx, settled: ReadonlySet<number>): Promise<ReadonlySet<number>> {
  const rows = await tx<{ period: number; number: number | null }[]>`
    select s.period, o.number
    from statistics.settlement as s
    left join statistics.settlement_order as o on o.period = s.period and o.settle_no = s.settle_no`;
  const orders = new Map(
    rows.filter(({ period }) => settled.has(period)).map((row) => [row.period, row.number]),
  );
  const changed = new Set([...orders].flatMap(([period, order]) => (order === null ? [period] : [])));
  const first = Math.min(...[...orders.values()].flatMap((order) => order ?? []));
  if (!Number.isFinite(first)) return changed;
  const periods = [...orders].flatMap(([number, order]) => {
    const period = periodByNumber(number);
    return order === null ? [] : [{ number, order, period, month: monthNumberOf(firstDayOf(period)) }];
  });
  const traits = await TraitsAsSettled.load(tx);
  const people = tx<{ personKey: bigint; financialYear: number; months: number }[]>`
    select person_key, financial_year, bit_or(months) as months
    from statistics.presence
    where months <> 0 and person_key in (select person_key from statistics.person_trait where from_settlement > ${first})
    group by person_key, financial_year`;
  for await (const read of people.cursor(PEOPLE_A_READ)) {
    for (const { personKey, financialYear, months } of read) {
      const place = traits.placeOf(personKey);
      for (const { number, order, period, month } of periods) {
        if (changed.has(number) || period.financialYear !== financialYear) continue;
        if (((periodBits(months) >> slotOf(period)) & 1) === 0) continue;
        const was = unpackTraits(traits.at(place, personKey, order));
        const is = unpackTraits(traits.at(place, personKey, NOW));
        if (was.sex !== is.sex || ageSlice(was.ageMonth, month) !== ageSlice(is.ageMonth, month)) {
          changed.add(number);
        }
      }
    }
  }
  return changed;
}

const PEOPLE_A_READ = 10_000;
