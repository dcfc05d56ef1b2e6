/** Crowds for tests of summaries: many people of one service, each with a contact and an issue, written at once. */

import { findNeed } from "./domain/needs";
import type { Day } from "./domain/period";
import { uuidv7 } from "./ids";
import type { TestDatabase } from "./testing";

/** What each of a crowd has; every fact is the same for all but what became of the issue. */
export interface Crowd {
  people: number;
  occurredOn: Day;
  /** Code of the need; HOU-04 unless told. */
  need?: string;
  /** Of how many the issue was resolved, so many days later. */
  resolved?: number;
  days?: number;
}

/** Writes a crowd as casework keeps it. Gives the ids of its clients. */
export async function arrangeCrowd(
  db: TestDatabase,
  { organisationId, serviceId }: { organisationId: number; serviceId: string },
  { people, occurredOn, need = "HOU-04", resolved = 0, days = 7 }: Crowd,
): Promise<string[]> {
  const sql = db.administrator;
  const number = findNeed(need)?.number ?? 0;
  await sql`
    insert into reference.area (number, level, code, name) values (2, 'sector', 'unknown', 'Unknown')
    on conflict do nothing`;
  const rows = Array.from({ length: people }, () => ({
    ...{ client: uuidv7(), person: uuidv7(), issue: uuidv7(), first: uuidv7(), second: uuidv7() },
  }));
  const clients = rows.map(({ client }) => client);
  const column = (name: "person" | "issue" | "first" | "second", of = rows) => of.map((row) => row[name]);
  await sql`
    insert into casework.client (organisation_id, id, anonymous)
    select ${organisationId}, id, false from unnest(${clients}::uuid[]) as c (id)`;
  await sql`
    insert into identity.client_person (organisation_id, client_id, person_id, origin_person_id)
    select ${organisationId}, c, p, p from unnest(${clients}::uuid[], ${column("person")}::uuid[]) as t (c, p)`;
  await sql`
    insert into casework.issue (organisation_id, id, client_id, need_number, taxonomy_version)
    select ${organisationId}, i, c, ${number}, 1
    from unnest(${clients}::uuid[], ${column("issue")}::uuid[]) as t (c, i)`;
  const done = rows.slice(0, resolved);
  for (const [name, of, status, later] of [
    ["first", rows, "new", 0],
    ["second", done, "resolved", days],
  ] as const) {
    const [ids, own] = [column(name, of), of.map(({ client }) => client)];
    await sql`
      insert into casework.contact
        (organisation_id, id, client_id, service_id, occurred_on, channel, place_kind, release_sector, content_hash)
      select ${organisationId}, k, c, ${serviceId}, ${occurredOn}::date + ${later}::int, 'phone', 'unknown', 2, 'x'
      from unnest(${ids}::uuid[], ${own}::uuid[]) as t (k, c)`;
    await sql`
      insert into casework.issue_entry
        (organisation_id, contact_id, issue_id, need_number, status, severity, ours)
      select ${organisationId}, k, i, ${number}, ${status}, 'medium', true
      from unnest(${ids}::uuid[], ${column("issue", of)}::uuid[]) as t (k, i)`;
  }
  return clients;
}
