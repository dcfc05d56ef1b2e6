/**
 * A made organisation for proofs of summaries: services, clients known twice and anonymous ones, contacts with places,
 * issues with all that can be said of them, voids, referrals with their steps, scores and traits. Rows are written as
 * casework keeps them, from one seed; nothing here counts.
 */

import type { Sql } from "../../db/client";
import { SEXES } from "../domain/client-terms";
import { ENTRY_STATUSES } from "../domain/issue";
import { NEEDS, SEVERITIES } from "../domain/needs";
import { addDays, type Day } from "../domain/period";
import { ageMonthOf } from "../domain/slices";
import { seal } from "../identity-vault";
import { uuidv7 } from "../ids";
import { sealTraits } from "../people-traits";

const PLACES = ["postcode", "no-fixed-address", "unknown", "outside"] as const;

interface MadeEdition {
  number: number;
  name: string;
}
export interface ImpactWorld {
  organisationId: number;
  services: { id: string }[];
  clients: { id: string; personId: string; anonymous: boolean }[];
}

/** A small generator with a seed, so that a failure can be seen again. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const pick = <T>(from: readonly T[], at: number): T => {
  const value = from[at];
  if (value === undefined) throw new Error("nothing to pick from");
  return value;
};

/** Editions and areas that made organisations share: call it once in a database. */
export async function makePlaces(sql: Sql): Promise<MadeEdition[]> {
  const editions = await sql<MadeEdition[]>`
    insert into reference.edition (kind, name, month)
    values ('deprivation', 'IMD 2019', '2019-09'), ('deprivation', 'IMD 2025', '2025-10')
    returning number, name`;
  const newest = pick(editions, 1).number;
  await sql`
    insert into reference.area (number, level, code, name)
    values (2, 'sector', 'unknown', 'Unknown'), (11, 'sector', 'ZA1 1', 'ZA1 1'), (12, 'sector', 'ZA1 2', 'ZA1 2'),
           (13, 'sector', 'ZA1 3', 'ZA1 3'), (100001, 'district', 'ZA1', 'ZA1'),
           (200001, 'lad', 'E08000901', 'Northport'), (200002, 'lad', 'E08000902', 'Southport')
    on conflict do nothing`;
  await sql`insert into reference.geography (financial_year, version) values (2024, 'made')`;
  await sql`
    insert into reference.release_sector
      (financial_year, number, district, authority, households, residents, live_postcodes, deprivation_mix,
       deprivation_edition)
    values (2024, 11, 100001, 200001, 1000, 2000, 20, '[500,200,100,100,100,0,0,0,0,0]', ${newest}),
           (2024, 12, 100001, 200001, 1000, 2000, 20, '[0,0,0,0,0,100,100,100,200,500]', ${newest}),
           (2024, 13, 100001, 200002, 1000, 2000, 20, '[1000,0,0,0,0,0,0,0,0,0]', ${newest})`;
  return editions;
}

/** Writes an organisation with 120 clients over three years, from a seed. */
export async function makeImpactWorld(
  sql: Sql,
  name: string,
  seed: number,
  editions: readonly MadeEdition[],
): Promise<ImpactWorld> {
  const chance = random(seed);
  const [organisation] = await sql<{ id: number }[]>`
    insert into casework.organisation (name) values (${name}) returning id`;
  const organisationId = organisation?.id ?? 0;
  const world: ImpactWorld = { organisationId, services: [], clients: [] };

  for (const [at, serviceName] of ["Advice", "Housing", "No list yet"].entries()) {
    const service = { id: uuidv7() };
    const list = new Set<number>();
    if (at < 2) for (let each = 0; each < 30; each++) list.add(pick(NEEDS, chance(NEEDS.length)).number);
    await sql`
      insert into casework.service (organisation_id, id, name) values (${organisationId}, ${service.id}, ${serviceName})`;
    for (const [position, needNumber] of [...list].entries()) {
      await sql`
        insert into casework.service_need (organisation_id, service_id, need_number, position)
        values (${organisationId}, ${service.id}, ${needNumber}, ${position})`;
    }
    world.services.push(service);
  }
  const instruments: string[] = [];
  for (const [at, direction] of ["higher-better", "lower-better"].entries()) {
    const id = uuidv7();
    instruments.push(id);
    await sql`
      insert into casework.instrument (organisation_id, id, name, lowest, highest, step, direction)
      values (${organisationId}, ${id}, ${`Scale ${at}`}, 0, 20, 0.5, ${direction})`;
  }
  for (let each = 0; each < 120; each++) {
    const earlier =
      chance(8) === 0 && world.clients.length > 0 ? pick(world.clients, chance(world.clients.length)) : null;
    const twin = earlier && !earlier.anonymous ? earlier : null;
    world.clients.push({
      id: uuidv7(),
      personId: twin?.personId ?? uuidv7(),
      anonymous: twin ? false : chance(5) === 0,
    });
  }
  // Few needs, so that they come again and several records of one person speak of the same one.
  const needs = Array.from({ length: 12 }, () => pick(NEEDS, chance(NEEDS.length)));
  for (const client of world.clients) {
    const issues = Array.from({ length: chance(4) }, () => ({
      id: uuidv7(),
      clientId: client.id,
      needNumber: pick(chance(3) > 0 ? needs : NEEDS, chance(12)).number,
    }));
    const recorded = new Set<string>();
    await writeClient(sql, world, client);
    if (!client.anonymous && chance(4) > 0) await writeTraits(sql, organisationId, client.id, chance);
    const visits = client.anonymous ? 1 : 1 + chance(6);
    for (let visit = 0; visit < visits; visit++) {
      const contactId = await writeContact(sql, world, client.id, editions, chance);
      for (const issue of issues) {
        if (chance(3) === 0) continue;
        await sql`
          insert into casework.issue (organisation_id, id, client_id, need_number, taxonomy_version)
          values (${organisationId}, ${issue.id}, ${client.id}, ${issue.needNumber}, 1) on conflict do nothing`;
        await sql`
          insert into casework.issue_entry
            (organisation_id, contact_id, issue_id, need_number, status, severity, ours)
          values (${organisationId}, ${contactId}, ${issue.id}, ${issue.needNumber}, ${pick(ENTRY_STATUSES, chance(6))},
                  ${pick(SEVERITIES, chance(4))}, ${chance(4) > 0})`;
        recorded.add(issue.id);
      }
    }
    if (!client.anonymous && chance(2) === 0) {
      await writeScores(sql, organisationId, client.id, pick(instruments, chance(2)), chance);
    }
    if (recorded.size > 0 && chance(3) > 0) {
      const handed = issues.filter(({ id }) => recorded.has(id));
      await writeReferral(sql, organisationId, client.id, handed, chance);
    }
  }
  return world;
}

type Chance = (below: number) => number;

/** A day of 2024 to 2026: few days of a month, so that several fall on one. */
const someDay = (chance: Chance): Day =>
  `${2024 + chance(3)}-${String(1 + chance(12)).padStart(2, "0")}-${String(1 + chance(4) * 9).padStart(2, "0")}`;

async function writeClient(sql: Sql, world: ImpactWorld, client: ImpactWorld["clients"][number]) {
  const { organisationId } = world;
  await sql`
    insert into casework.client (organisation_id, id, anonymous)
    values (${organisationId}, ${client.id}, ${client.anonymous})`;
  const first = world.clients.find((other) => other.personId === client.personId);
  const ownClientId = first && first !== client ? first.id : null;
  await sql`
    insert into identity.client_person (organisation_id, client_id, person_id, origin_person_id, own_client_id)
    values (${organisationId}, ${client.id}, ${client.personId}, ${client.personId}, ${ownClientId})`;
}

/** Writes a contact, voided or not, and gives its id. */
async function writeContact(
  sql: Sql,
  { organisationId, services }: ImpactWorld,
  clientId: string,
  editions: readonly MadeEdition[],
  chance: Chance,
): Promise<string> {
  const id = uuidv7();
  const placeKind = pick(PLACES, chance(8) < 5 ? 0 : chance(4));
  const hasDecile = placeKind === "postcode" && chance(6) > 0;
  const authority = pick(["E08000901", "E08000901", "E08000901", "E08000902", null], chance(5));
  const isVoid = chance(7) === 0;
  await sql`
    insert into casework.contact
      (organisation_id, id, client_id, service_id, occurred_on, channel, place_kind, release_sector, authority,
       nation, deprivation_decile, deprivation_edition, content_hash, voided_at, void_reason)
    values (${organisationId}, ${id}, ${clientId}, ${pick(services, chance(3)).id}, ${someDay(chance)}, 'phone',
       ${placeKind}, 2, ${placeKind === "postcode" ? authority : null}, ${hasDecile ? "E92000001" : null},
       ${hasDecile ? 1 + chance(10) : null}, ${hasDecile ? pick(editions, chance(2)).number : null},
       ${Buffer.from("x")}, ${isVoid ? "2026-12-01T00:00:00Z" : null}, ${isVoid ? "entered twice" : null})`;
  return id;
}

async function writeTraits(sql: Sql, organisationId: number, clientId: string, chance: Chance) {
  const born =
    chance(5) === 0
      ? null
      : addDays(
          pick(["1938-04-01", "1961-06-30", "1984-02-29", "2001-12-31", "2014-01-01"], chance(5)),
          chance(900),
        );
  const sex = pick(SEXES, chance(4));
  const sealed = born ? seal("client_identity.date_of_birth", { organisationId, id: clientId }, born) : null;
  await sql`
    insert into identity.client_identity (organisation_id, client_id, date_of_birth, sex)
    values (${organisationId}, ${clientId}, ${sealed}, ${sex})`;
  const traits = sealTraits({ organisationId, clientId }, { ageMonth: born ? ageMonthOf(born) : null, sex });
  await sql`
    insert into identity.trait (organisation_id, client_id, traits, identity_version)
    values (${organisationId}, ${clientId}, ${traits}, 1)`;
}

async function writeScores(
  sql: Sql,
  organisationId: number,
  clientId: string,
  instrument: string,
  chance: Chance,
) {
  for (let each = 1 + chance(3); each > 0; each--) {
    const voided = chance(6) === 0 ? "2026-12-01T00:00:00Z" : null;
    await sql`
      insert into casework.instrument_score
        (organisation_id, id, instrument_id, client_id, scored_on, score, voided_at)
      values (${organisationId}, ${uuidv7()}, ${instrument}, ${clientId}, ${someDay(chance)}, ${chance(41) / 2}, ${voided})`;
  }
}

/** What can happen to a referral, as it is allowed to. */
const COURSES = [
  [],
  ["declined"],
  ["withdrawn"],
  ["accepted"],
  ["accepted", "started"],
  ["accepted", "lost-touch"],
  ["accepted", "started", "lost-touch"],
  ["accepted", "started", "completed"],
  ["mail-sent", "opened", "accepted", "started", "completed"],
] as const;

async function writeReferral(
  sql: Sql,
  organisationId: number,
  clientId: string,
  issues: readonly { id: string; needNumber: number }[],
  chance: Chance,
) {
  const id = uuidv7();
  const words = Buffer.from("x");
  // In the last hour of a day of summer time, which is the next day in London.
  let at = `${someDay(chance)}T${pick(["09:00", "23:30"], chance(2))}:00Z`;
  await sql`
    insert into casework.referral
      (organisation_id, id, client_id, way, to_name, sent_by, sent_by_name, sent_at, shared, consent_on, consent_how,
       consent_words, content_hash)
    values (${organisationId}, ${id}, ${clientId}, 'email', 'Somebody', ${uuidv7()}, ${words}, ${at}, '{}', ${at.slice(0, 10)},
       'phone', ${words}, ${words})`;
  for (const [position, issue] of issues.slice(0, 1 + chance(2)).entries()) {
    await sql`
      insert into casework.referral_issue (organisation_id, referral_id, position, issue_id, need_number, severity)
      values (${organisationId}, ${id}, ${position}, ${issue.id}, ${issue.needNumber}, 'low')`;
  }
  for (const [position, kind] of pick(COURSES, chance(COURSES.length)).entries()) {
    at = `${addDays(at.slice(0, 10), chance(60))}${at.slice(10)}`;
    await sql`
      insert into casework.referral_event (organisation_id, id, referral_id, position, kind, how, at)
      values (${organisationId}, ${uuidv7()}, ${id}, ${position + 1}, ${kind}, 'told', ${at})`;
  }
}
