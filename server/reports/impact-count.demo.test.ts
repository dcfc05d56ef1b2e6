/**
 * Every number of the summary of the made county against the slow recount of the same rows: three services of three
 * organisations and the whole of one, over four periods; contacts came through the ledger, people through the linker.
 */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loadDemo } from "../demo/load";
import { exactNumbers } from "../domain/impact/count-numbers";
import { measures } from "../domain/impact/numbers";
import { type Day, findPeriod, yearBefore } from "../domain/period";
import { keepTraitsOfWhoWaits } from "../people-rounds";
import { type TestDatabase, testDatabase } from "../testing";
import { countImpact } from "./impact-count";
import { recountImpact } from "./impact-oracle";
import { differences } from "./impact-oracle-agreement";
import { type RawCasework, readRaw } from "./impact-oracle-rows";

const dataDir = mkdtempSync(join(tmpdir(), "common-need-summary-"));
process.env["DATA_DIR"] = dataDir;

let db: TestDatabase;
let today: Day;
const services = new Map<string, { organisationId: number; id: string }>();
const tables = new Map<number, RawCasework>();

const SERVICES = ["Debt and benefits advice", "Homelessness prevention", "Social prescribing"] as const;
const PERIODS = ["m:2026-11", "q:2026-Q3", "q:2026-Q2", "y:2025"] as const;

beforeAll(async () => {
  db = await testDatabase();
  ({ today } = await loadDemo(db, { size: "small", loadedOn: "2026-11-22", dataDir }));
  await keepTraitsOfWhoWaits(db.stats);
  const rows = await db.administrator<{ organisationId: number; id: string; name: string }[]>`
    select organisation_id, id, name from casework.service`;
  for (const { name, ...row } of rows) services.set(name, row);
  await makeRepeats();
  for (const { organisationId } of services.values()) {
    if (!tables.has(organisationId))
      tables.set(organisationId, await readRaw(db.administrator, organisationId));
  }
}, 240_000);

afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

const service = (name: string) => {
  const found = services.get(name);
  if (!found) throw new Error(`There is no ${name}`);
  return found;
};

/**
 * Makes some people of each organisation known twice: the first whom only one service knows, the second and so on are the
 * same as the first, the second and so on whom only another knows, by the organisation's own word.
 */
async function makeRepeats(): Promise<void> {
  await db.administrator`
    with seen as (
      select organisation_id, client_id, min(service_id::text) as service_id,
             row_number() over (partition by organisation_id, min(service_id::text) order by client_id) as number
      from casework.contact as c
      where voided_at is null and exists (
        select from casework.client as k
        where k.organisation_id = c.organisation_id and k.id = c.client_id and not k.anonymous)
      group by organisation_id, client_id
      having count(distinct service_id) = 1
    ), pair as (
      select a.organisation_id, least(a.client_id, b.client_id) as first, greatest(a.client_id, b.client_id) as second
      from seen as a join seen as b
        on b.organisation_id = a.organisation_id and b.number = a.number and b.service_id > a.service_id
      where a.number <= 40
    )
    update identity.client_person as p set own_client_id = pair.first
    from pair
    where p.organisation_id = pair.organisation_id and p.client_id = pair.second
      and not exists (select from identity.client_person as q
                      where q.organisation_id = p.organisation_id
                        and (q.own_client_id = pair.second or (q.client_id = pair.first and q.own_client_id is not null)))`;
}

const count = (organisationId: number, serviceId: string | null, text: string) =>
  db.app.begin(async (tx) => {
    await tx`select set_config('app.organisation_id', ${String(organisationId)}, true)`;
    const period = findPeriod(text);
    if (!period) throw new Error(`${text} is no period`);
    return countImpact(tx, { organisationId, serviceId, period, today, lines: null });
  });

async function expectAgreement(organisationId: number, serviceId: string | null, text: string) {
  const counted = await count(organisationId, serviceId, text);
  const raw = tables.get(organisationId);
  const period = findPeriod(text);
  if (!raw || !period) throw new Error("Nothing to recount");
  const asked = { serviceId, today, framework: null };
  const before = yearBefore(period);
  expect(
    differences(
      counted,
      recountImpact(raw, { ...asked, period }),
      recountImpact(raw, { ...asked, period: before }),
    ),
  ).toEqual([]);
  return counted;
}

test.each(SERVICES.flatMap((name) => PERIODS.map((period) => ({ name, period }))))(
  "$name in $period",
  async ({ name, period }) => {
    const { organisationId, id } = service(name);
    const counted = await expectAgreement(organisationId, id, period);
    expect(counted.sets.get(measures.helped)?.length).toBeGreaterThan(5);
  },
);

test("a whole organisation, where somebody known to two of its services counts once", async () => {
  const [one, other] = ["Debt and benefits advice", "Advice line"].map(service);
  if (!one || !other) throw new Error("The organisation has two services");
  const period = "y:2025";
  const { organisationId } = one;
  const whole = await expectAgreement(organisationId, null, period);
  const helped = (counted: typeof whole) =>
    new Set([...(counted.sets.get(measures.helped) ?? [])].map((person) => counted.people[person]));
  const [first, second] = [
    helped(await count(organisationId, one.id, period)),
    helped(await count(organisationId, other.id, period)),
  ];
  const both = [...first].filter((person) => second.has(person));
  expect(both.length).toBeGreaterThan(10);
  expect(helped(whole).size).toBe(first.size + second.size - both.length);
  // Some of them have a record in each service, and only their organisation's own word makes them one.
  const records = tables
    .get(organisationId)
    ?.clients.filter(({ ownClientId }) => both.includes(ownClientId ?? ""));
  expect(records?.length).toBeGreaterThan(5);
});

test("the households of the area are those of the authority that people came from, by tenth", async () => {
  const { organisationId, id } = service("Homelessness prevention");
  const counted = await count(organisationId, id, "y:2025");
  const { areas, people } = exactNumbers(counted);
  expect(areas).toHaveLength(1);
  const [area] = areas;
  if (!area) throw new Error("There is no area");
  const rows = await db.administrator<{ name: string; code: string; mix: number[] }[]>`
    select a.name, a.code, r.deprivation_mix as mix
    from reference.release_sector as r join reference.area as a on a.number = r.authority
    where r.financial_year = (select max(financial_year) from reference.geography)`;
  const from = (code: string) => people[measures.authority(area.nation, area.edition, code)] ?? 0;
  const placed = people[measures.placed(area.nation, area.edition)] ?? 0;
  const near = rows.filter(({ code }) => from(code) > 0 && from(code) >= placed / 10);
  expect([...area.areas].sort()).toEqual([...new Set(near.map(({ name }) => name))].sort());
  expect(area.households).toEqual(
    area.households.map((_, tenth) => near.reduce((sum, { mix }) => sum + (mix[tenth] ?? 0), 0)),
  );
});

test("age and sex are known of most, and each of those helped is in one band of each", async () => {
  const { organisationId, id } = service("Social prescribing");
  const { sets } = await count(organisationId, id, "y:2025");
  const size = (slice: number) => sets.get(measures.slice(slice))?.length ?? 0;
  const sum = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, at) => size(from + at)).reduce((all, each) => all + each, 0);
  const helped = sets.get(measures.helped)?.length ?? 0;
  expect([sum(10, 17), sum(20, 23)]).toEqual([helped, helped]);
  expect(size(17)).toBeLessThan(helped / 3);
});
