/**
 * A small place for tests of releases: two districts in one authority, one of them a single sector, with enough people
 * for some figures to show, and a calendar that the test moves on.
 */

import { randomBytes } from "node:crypto";
import { setClock } from "./clock";
import { logContacts } from "./contacts";
import type { Day } from "./domain/period";
import { statisticsTick, type Tick } from "./statistics";
import type { TestDatabase } from "./testing";
import { aClient, aContact, anEntry, arrangeTeam, type Team } from "./testing-casework";

export interface ReleaseWorld {
  team: Team;
  /** People who bring one need each, on a day, where a postcode is; gives the ids of their contacts. */
  logPeople: (count: number, day: Day, postcode?: string, need?: string) => Promise<string[]>;
  setToday: (day: Day) => Promise<void>;
  /** A round of the engine, which settles and releases what is due; by an officer also what has changed. */
  tick: (byOfficer?: boolean) => Promise<Tick>;
}

export const DISTRICT = 100_001;
export const ALIAS_DISTRICT = 100_002;
export const AUTHORITY = 200_001;

/** Arranges the place; nothing is logged yet, and it is 15 June 2026. */
export async function arrangeReleaseWorld(db: TestDatabase): Promise<ReleaseWorld> {
  const sql = db.administrator;
  const key = randomBytes(32);
  const team = await arrangeTeam(db, "Advice First");
  await sql`insert into reference.edition (kind, name, month) values ('postcodes', 'made', '2026-01')`;
  await sql`
    insert into reference.postcode (postcode, edition, sector, district, live, small_user)
    select postcode, (select number from reference.edition), sector, split_part(sector, ' ', 1), true, true
    from (values ('SR1 1AA', 'SR1 1'), ('SR1 2AA', 'SR1 2'), ('SR1 3AA', 'SR1 3'), ('SR2 1AA', 'SR2 1'))
      as t (postcode, sector)`;
  await sql`
    insert into reference.area (number, level, code, name) values
      (10, 'sector', 'SR1 1', 'SR1 1'), (11, 'sector', 'SR1 2+SR1 3', 'SR1 2 and SR1 3'),
      (12, 'sector', 'SR2 1', 'SR2 1'), (${DISTRICT}, 'district', 'SR1', 'SR1'),
      (${ALIAS_DISTRICT}, 'district', 'SR2', 'SR2'), (${AUTHORITY}, 'lad', 'E08999999', 'Testham, City of')`;
  await sql`insert into reference.geography (financial_year, version) values (2026, 'first')`;
  await sql`
    insert into reference.release_sector
      (financial_year, number, district, authority, households, live_postcodes)
    values (2026, 10, ${DISTRICT}, ${AUTHORITY}, 2000, 1), (2026, 11, ${DISTRICT}, ${AUTHORITY}, 1500, 1),
      (2026, 12, ${ALIAS_DISTRICT}, ${AUTHORITY}, 1000, 1)`;
  await sql`
    insert into reference.release_sector_part values
      (2026, 'SR1 1', 10), (2026, 'SR1 2', 11), (2026, 'SR1 3', 11), (2026, 'SR2 1', 12)`;
  await sql`insert into reference.area_alias (financial_year, area, same_as) values (2026, ${ALIAS_DISTRICT}, 12)`;
  const setToday = (day: Day) => setClock(sql, `${day}T12:00Z`);
  await setToday("2026-06-15");
  return {
    team,
    setToday,
    async logPeople(count, day, postcode = "SR1 1AA", need = "HOU-04") {
      const contacts = Array.from({ length: count }, () =>
        aContact(team, {
          occurredOn: day,
          newClient: aClient({ place: { kind: "postcode", postcode } }),
          entries: [anEntry({ need })],
        }),
      );
      for (let at = 0; at < contacts.length; at += 50) {
        const answers = await logContacts(team.ctx, contacts.slice(at, at + 50));
        const refused = answers.find(({ outcome }) => outcome !== "stored");
        if (refused) throw new Error(JSON.stringify(refused));
      }
      return contacts.map(({ id }) => id);
    },
    tick: (byOfficer = false) => statisticsTick(db.stats, key, { byOfficer }),
  };
}
