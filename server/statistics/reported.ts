/**
 * Who was reported by which organisation in a settled period, read from casework into a table of the transaction:
 * people by their keys, and only those whom the counts have in the period too. Statistics keep no organisations, so
 * this is read when a period settles and is gone when the transaction ends.
 */

import type { Tx } from "../../db/client";
import { BROUGHT } from "../domain/counting";
import { type Hmac, recordKey } from "../domain/disclosure";
import { firstDayOf, lastDayOf, maskOf, type Period, periodNumber } from "../domain/period";

const PEOPLE_A_STATEMENT = 20_000;

/** Reads periods into `reported (period, reporter, person_key, need_number, release_sector)`, each once. */
export class Reported {
  private readonly read = new Set<number>();

  constructor(
    private readonly tx: Tx,
    private readonly hmac: Hmac,
  ) {}

  async need(period: Period): Promise<void> {
    const number = periodNumber(period);
    if (this.read.has(number)) return;
    if (this.read.size === 0) await this.tx`select statistics.make_reported()`;
    this.read.add(number);
    await this.nameKeys(period);
    const [first, last] = [firstDayOf(period), lastDayOf(period)];
    await this.tx`
      insert into pg_temp.reported (period, reporter, person_key, need_number, release_sector)
      select distinct ${number}::smallint, k.organisation_id, p.person_key, e.need_number, k.release_sector
      from identity.people_seen(${first}::date, ${last}::date) as s
      join pg_temp.reported_person as p on p.person_id = s.person_id
      join casework.contact as k
        on k.organisation_id = s.organisation_id and k.client_id = s.client_id and k.voided_at is null
          and k.occurred_on between ${first} and ${last}
      join casework.issue_entry as e on e.organisation_id = k.organisation_id and e.contact_id = k.id
      join statistics.presence as c
        on c.person_key = p.person_key and c.need_number = e.need_number and c.release_sector = k.release_sector
          and c.financial_year = ${period.financialYear} and c.months & ${maskOf(period)}::int <> 0
      where e.status = any(${BROUGHT}::casework.entry_status[])
        or not exists (
          select
          from casework.issue_entry as b
          join casework.contact as l on l.organisation_id = b.organisation_id and l.id = b.contact_id
          where b.organisation_id = e.organisation_id and b.issue_id = e.issue_id
            and l.voided_at is null
            and (l.occurred_on, l.received_no) < (k.occurred_on, k.received_no)
        )`;
    await this.tx`select statistics.analyze_reported()`;
  }

  /** The key of everybody seen in the period: it takes the disclosure key, which the database never has. */
  private async nameKeys(period: Period): Promise<void> {
    const people = await this.tx<{ personId: string }[]>`
      select distinct s.person_id
      from identity.people_seen(${firstDayOf(period)}::date, ${lastDayOf(period)}::date) as s
      where not exists (select from pg_temp.reported_person as p where p.person_id = s.person_id)`;
    for (let at = 0; at < people.length; at += PEOPLE_A_STATEMENT) {
      const ids = people.slice(at, at + PEOPLE_A_STATEMENT).map((row) => row.personId);
      await this.tx`
        insert into pg_temp.reported_person (person_id, person_key)
        select * from unnest(
          ${ids}::uuid[],
          ${ids.map((id) => recordKey(this.hmac, id).toString())}::bigint[])`;
    }
    await this.tx`select statistics.analyze_reported()`;
  }
}
