/**
 * Who was reported by which organisation in a settled period, read from casework into a table of the transaction:
 * people by their keys, and only those whom the counts have in the period too. Statistics keep no organisations, so
 * this is read when a period settles and is gone when the transaction ends.
 */

import type { Tx } from "../../db/client";
import { type Hmac, recordKey } from "../domain/disclosure";
import { firstDayOf, lastDayOf, maskOf, type Period, periodNumber } from "../domain/period";
import { broughtEntry } from "./brought";

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
    // Apart from presence: each contact's entries are read once, and presence by its whole key.
    await this.tx`
      with brought as materialized (
        select distinct k.organisation_id as reporter, p.person_key, e.need_number, k.release_sector
        from identity.contacts_seen(${first}::date, ${last}::date) as k
        join pg_temp.reported_person as p on p.person_id = k.person_id
        join casework.issue_entry as e on e.organisation_id = k.organisation_id and e.contact_id = k.contact_id
        where ${broughtEntry(this.tx)}
      )
      insert into pg_temp.reported (period, reporter, person_key, need_number, release_sector)
      select ${number}::smallint, reporter, person_key, need_number, release_sector
      from brought
      join statistics.presence as c using (person_key, need_number, release_sector)
      where c.financial_year = ${period.financialYear} and c.months & ${maskOf(period)}::int <> 0`;
    await this.tx`select statistics.analyze_reported()`;
  }

  /** The key of everybody seen in the period: it takes the disclosure key, which the database never has. */
  private async nameKeys(period: Period): Promise<void> {
    const people = await this.tx<{ personId: string }[]>`
      select distinct k.person_id
      from identity.contacts_seen(${firstDayOf(period)}::date, ${lastDayOf(period)}::date) as k
      where not exists (select from pg_temp.reported_person as p where p.person_id = k.person_id)`;
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
