/**
 * Loads the made county into an empty installation the way real places and real casework get there: official files
 * through the importers, contacts through the ledger, counts and figures through the engine. The installation's
 * clock is set beside the contacts as they are sent and stops some days before a quarter settles.
 */

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Sql } from "../../db/client";
import { record } from "../audit";
import { buildGeography } from "../boundaries";
import { listHolidays, setClock } from "../clock";
import { type Actor, type Ctx, inTransaction, makeContext } from "../context";
import { listService } from "../directory-hand";
import { clocksChosenOn, clockYearOf } from "../domain/clock-slots";
import { Conflict } from "../domain/errors";
import { inDigits } from "../domain/number-text";
import {
  addDays,
  type Day,
  dayInWords,
  dayOf,
  financialYearOf,
  type Period,
  periodInWords,
  settlesOn,
} from "../domain/period";
import { uuidv7 } from "../ids";
import { loadDirectory } from "../importers/directory";
import { documentsIn } from "../importers/directory-files";
import { loadFile } from "../importers/load";
import { IMPORT_KINDS } from "../importers/register";
import { key } from "../keys";
import { linkEverybody } from "../people-everybody";
import { addService, setServiceNeeds, setServiceTeam } from "../services";
import { settleAndRelease, statisticsTick } from "../statistics";
import { chooseClocks } from "../statistics/clocks";
import { keyedHash } from "../statistics/keyed-hash";
import { passSlots } from "../statistics/open";
import { addAgreements } from "./agreements";
import { type Arrival, arrivalsOf, keepArrivals } from "./arrivals";
import { addCaseloads } from "./caseload";
import { countyFiles, FILE_NAMES } from "./county-files";
import { DIRECTORY_FILE, DIRECTORY_NAME, directoryFile, OWN_LISTINGS } from "./directory";
import { writeDemoEvents } from "./events";
import { CHARITY, type MadeAccount, type MadeMembers, ORGANISATIONS } from "./organisations";
import type { Size } from "./people";
import { sendDemoReferrals } from "./referrals";
import { addStudies } from "./studies";
import { addTheirSay } from "./their-say";
import { settlingDays, type Timeline } from "./timeline";
import { listWorkers, send } from "./workers";
import { DEFAULT_SEED, makeWorld, type World } from "./world";

/** What loading works with: every login, as an operator's command has them. */
export interface Pools {
  owner: Sql;
  app: Sql;
  stats: Sql;
  reader: Sql;
}

export interface LoadOptions {
  size: Size;
  seed?: string;
  /** The day it is, in London; the demo's today is that day or a later one. */
  loadedOn?: Day;
  /** Directory of the installation, for the files of the county. */
  dataDir: string;
  /** Told what has been done and how long it took. */
  say?: (text: string) => void;
}

export interface Loaded {
  today: Day;
  /** The quarter that settles next. */
  quarter: Period;
  settlesOn: Day;
  organisations: number;
  clients: number;
  contacts: number;
  periodsSettled: number;
  seconds: number;
}

/** Loads the world. Throws Conflict when the installation holds an organisation already. */
export async function loadDemo(pools: Pools, options: LoadOptions): Promise<Loaded> {
  const { size, seed = DEFAULT_SEED, dataDir, say = () => {} } = options;
  const began = performance.now();
  const step = async <T>(words: string, work: () => Promise<T> | T): Promise<T> => {
    const from = performance.now();
    const result = await work();
    say(`${words} (${((performance.now() - from) / 1000).toFixed(1)} s)`);
    return result;
  };
  const ctx = makeContext(pools, null);
  await startDemo(pools);
  const holidays = await listHolidays(pools.owner);
  const loadedOn = options.loadedOn ?? dayOf(new Date());

  const world = await step("Made the county and its people", () =>
    makeWorld({ seed, size, loadedOn, holidays }),
  );
  const { timeline } = world;
  await step("Imported its places", () => importPlaces(pools.owner, world, seed, dataDir));
  await step("Drew its sectors", () => buildGeography(pools.owner, financialYearOf(timeline.firstDay)));
  await step("Added its organisations", () => addOrganisations(ctx));
  await step("Loaded its directory of services", () =>
    importDirectory(pools.owner, world, { seed, loadedOn, dataDir }),
  );
  const contacts = await step("Sent its contacts through the ledger", () =>
    sendContacts(pools, ctx, world, dataDir, say),
  );
  await step("Wrote down why it is held, and who objects", () => addTheirSay(ctx));
  await step("Linked people", () => link(pools, say));
  await step("Counted everybody", () => count(pools));
  const periodsSettled = await step("Settled every period that is due", () =>
    settle(pools, ctx, timeline, holidays, say),
  );
  await step("Looked at its open figures", () => lookAtOpenFigures(pools, timeline.today));
  await step("Gave its workers their people and their work", () =>
    addCaseloads(ctx, {
      ...{ seed, size, today: timeline.today },
      setClock: (day) => setClock(pools.owner, `${day}T09:00:00Z`),
    }),
  );
  const workers = await listWorkers(ctx);
  await step("Sent its referrals", () =>
    sendDemoReferrals(ctx, workers, timeline.today, (instant) => setClock(pools.owner, instant)),
  );
  await step("Loaded its outcome data and did its studies", () =>
    addStudies(ctx, {
      ...{ seed, size, county: world.county, today: timeline.today, dataDir, stats: pools.stats },
      setClock: (instant) => setClock(pools.owner, instant),
    }),
  );
  await step("Signed its agreements", () =>
    addAgreements(ctx, {
      ...{ owner: pools.owner, today: timeline.today },
      setClock: (instant) => setClock(pools.owner, instant),
    }),
  );
  await setClock(pools.owner, `${timeline.today}T09:00:00Z`);
  await pools.owner`
    insert into reference.demo_world (seed, size, loaded_on, arrived_until)
    values (${seed}, ${size}, ${loadedOn}, ${timeline.today})`;
  await step("Tidied up", () => tidy(pools.owner));

  const { quarter } = timeline;
  say(
    `It is ${dayInWords(timeline.today)}; ${periodInWords(quarter)} settles on ${dayInWords(timeline.settlesOn)}.`,
  );
  const [held] = await pools.stats<{ clients: number }[]>`
    select count(*)::int as clients from casework.client where not anonymous`;
  return {
    today: timeline.today,
    quarter,
    settlesOn: settlesOn(quarter, holidays),
    organisations: ORGANISATIONS.length + 1,
    clients: held?.clients ?? 0,
    contacts,
    periodsSettled,
    seconds: (performance.now() - began) / 1000,
  };
}

async function startDemo({ owner, stats }: Pools): Promise<void> {
  const [found] = await stats`select 1 from casework.organisation limit 1`;
  if (found) throw new Conflict("This installation is in use: the demo county loads into an empty one only.");
  await owner`update reference.installation set demo = true`;
}

const IMPORT_ORDER = [
  "lookup",
  "authorities",
  "deprivation",
  "households",
  "residents",
  "postcodes",
] as const;
const KIND_OF_FILE = {
  lookup: "lookups",
  authorities: "areas",
  deprivation: "deprivation",
  households: "households",
  residents: "residents",
  postcodes: "postcodes",
} as const;

async function importPlaces(owner: Sql, world: World, seed: string, dataDir: string): Promise<void> {
  const folder = join(dataDir, "demo");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const files = countyFiles(world.county, seed);
  for (const part of IMPORT_ORDER) {
    const path = join(folder, FILE_NAMES[part]);
    writeFileSync(path, files[part]);
    const kind = KIND_OF_FILE[part];
    const importer = IMPORT_KINDS[kind];
    if (!importer) throw new Error(`There is no importer of ${kind}`);
    const report = await loadFile(owner, kind, importer.start(), path);
    if (report.refused)
      throw new Error(`${FILE_NAMES[part]} was refused: ${JSON.stringify(report.faults[0])}`);
  }
}

async function importDirectory(
  owner: Sql,
  { county }: World,
  { seed, loadedOn, dataDir }: { seed: string; loadedOn: Day; dataDir: string },
): Promise<void> {
  const path = join(dataDir, "demo", DIRECTORY_FILE);
  writeFileSync(path, directoryFile(county, seed, loadedOn));
  const report = await loadDirectory(owner, documentsIn([path]), { source: DIRECTORY_NAME, whole: true });
  if (report.refused) throw new Error(`${DIRECTORY_FILE} was refused: ${JSON.stringify(report.faults[0])}`);
}

/** Adds the five organisations with their people and services. */
export async function addOrganisations(ctx: Ctx): Promise<void> {
  for (const [at, made] of [...ORGANISATIONS, CHARITY].entries()) {
    const actor = await addMembers(ctx, made);
    for (const [nth, { name, needs }] of made.services.entries()) {
      const service = await addService({ ...ctx, actor }, name);
      await setServiceNeeds({ ...ctx, actor }, { id: service.id, needs: [...needs] });
      // 01632 960000 to 960999 are kept for drama (Ofcom).
      const phone = `01632 960 ${300 + 10 * at + nth}`;
      await setServiceTeam(
        { ...ctx, actor },
        { id: service.id, team: { name: "Duty worker", phone, email: null } },
      );
      const listing = OWN_LISTINGS[name];
      if (listing) {
        const fields = { ...listing, needs: [...needs] };
        await listService({ ...ctx, actor }, { serviceId: service.id, fields });
      }
    }
    await settleMembersIn(ctx, made, actor);
  }
}

/** Adds an organisation with its members, who have no password: they sign in with one click, in a demo only. */
function addMembers(ctx: Ctx, { name, accounts }: MadeMembers): Promise<Actor> {
  return inTransaction(
    ctx,
    async (tx) => {
      const [organisation] = await tx.db<{ id: number }[]>`
        insert into casework.organisation (name) values (${name}) returning id`;
      if (!organisation) throw new Error("The organisation was not made");
      const members = accounts.map((account) => ({ ...account, accountId: uuidv7(), memberId: uuidv7() }));
      for (const { accountId, memberId, email, name, roles, patch = [] } of members) {
        await tx.db`insert into casework.account (id, email, name) values (${accountId}, ${email}, ${name})`;
        await tx.db`
          insert into casework.member (organisation_id, id, account_id, roles, patch)
          values (${organisation.id}, ${memberId}, ${accountId}, ${[...roles]}, ${[...patch]})`;
      }
      await record(tx, "organisation.add", {
        subjects: [
          { kind: "organisation", id: String(organisation.id) },
          ...members.map(({ memberId }) => ({ kind: "member" as const, id: memberId })),
        ],
        detail: { demo: true },
      });
      const manager = members.find(({ roles }) => roles.includes("manager"));
      if (!manager) throw new Error(`${name} has no manager`);
      const { accountId, memberId } = manager;
      return {
        accountId,
        memberId,
        sessionId: null,
        organisationId: organisation.id,
        organisationName: name,
        name: manager.name,
        roles: manager.roles,
        serviceId: null,
        patch: [],
      };
    },
    "operator",
  );
}

/** Gives each worker the service that they log for. */
function settleMembersIn(ctx: Ctx, { accounts, services }: MadeMembers, actor: Actor): Promise<void> {
  const serviceOf = (account: MadeAccount) =>
    account.service === undefined ? null : (services[account.service]?.name ?? null);
  return inTransaction({ ...ctx, actor }, async ({ db }) => {
    for (const account of accounts) {
      const service = serviceOf(account);
      if (service === null) continue;
      await db`
        update casework.member as m set service_id = s.id
        from casework.service as s, casework.account as a
        where s.organisation_id = m.organisation_id and s.name = ${service}
          and a.id = m.account_id and a.email = ${account.email}`;
    }
  });
}

/** Days of contacts that are sent at once; under the 90 days after which a worker is asked for a reason. */
const DAYS_A_BATCH = 84;

/** Sends what lies before today, the clock going along, and keeps what lies after it for the weeks to be run. */
async function sendContacts(
  { owner }: Pools,
  ctx: Ctx,
  world: World,
  dataDir: string,
  say: (text: string) => void,
): Promise<number> {
  const { today } = world.timeline;
  const workers = await listWorkers(ctx);
  const later: (Arrival & { claimedAt: string })[] = [];
  let batch: Arrival[] = [];
  let sent = 0;
  let until = addDays(world.timeline.firstDay, DAYS_A_BATCH);
  const sendBatch = async () => {
    await setClock(owner, `${until}T09:00:00Z`);
    sent += await send(ctx, workers, batch);
    batch = [];
    // Tables that grow from nothing this fast are planned for as if empty until their statistics are taken.
    await owner`analyze`;
    say(`  ${inDigits(sent)} contacts, to ${dayInWords(until)}`);
  };
  for (const arrival of arrivalsOf(world.contacts)) {
    const day = arrival.claimedAt.slice(0, 10);
    if (day >= today) {
      later.push(arrival);
      continue;
    }
    while (day >= until) {
      await sendBatch();
      until = addDays(until, DAYS_A_BATCH);
    }
    const { claimedAt: _claimedAt, ...plain } = arrival;
    batch.push(plain);
  }
  until = today;
  await sendBatch();
  keepArrivals(dataDir, later);
  return sent;
}

/** The work that the ledger asked of the linker, which does not run yet: done here, then taken off the queue. */
async function link({ owner, stats }: Pools, say: (text: string) => void): Promise<void> {
  await linkEverybody(stats, (words) => say(`  ${words}`));
  await stats`
    delete from graphile_worker._private_jobs as j
    using graphile_worker._private_tasks as t
    where t.id = j.task_id and t.identifier = 'people.link'`;
  await owner`analyze`;
}

/** Counts whoever changed. The clock stands before the first period is due, so that nothing settles yet. */
async function count({ owner, stats }: Pools): Promise<void> {
  await setClock(owner, "2001-01-01T09:00:00Z");
  await statisticsTick(stats, key("disclosure"));
}

/** Lets every settling day come in turn, as it would have, and what is written down between them. */
async function settle(
  { owner, stats }: Pools,
  ctx: Ctx,
  timeline: Timeline,
  holidays: ReadonlySet<Day>,
  say: (text: string) => void,
): Promise<number> {
  const hmac = keyedHash(key("disclosure"));
  let settled = 0;
  for (const day of settlingDays(timeline, timeline.today, holidays)) {
    await writeDemoEvents(ctx, timeline, day, (instant) => setClock(owner, instant));
    await setClock(owner, `${day}T09:00:00Z`);
    const released = await settleAndRelease(stats, hmac);
    settled += released?.settled.length ?? 0;
    say(`  ${dayInWords(day)}: ${released?.settled.join(", ") ?? "nothing"}`);
  }
  return settled;
}

/**
 * Open figures as they stand today. Everybody has come already, so their slots cannot pass one by one: clocks are those
 * of last June, and the engine looks once, as a worker does that was down since.
 */
async function lookAtOpenFigures({ owner, stats }: Pools, today: Day): Promise<void> {
  await setClock(owner, `${clocksChosenOn(clockYearOf(today))}T09:00:00Z`);
  await chooseClocks(stats);
  await setClock(owner, `${today}T09:00:00Z`);
  await passSlots(stats, keyedHash(key("disclosure")));
}

/** Fresh tables with fresh statistics: the first maps are as quick as later ones. */
async function tidy(owner: Sql): Promise<void> {
  await owner`vacuum analyze`;
}
