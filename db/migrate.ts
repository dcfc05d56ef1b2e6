/**
 * Brings a database up to this version: tables, then the functions between schemas, then rights, then the
 * taxonomy, the buckets of place and the calendar. Safe to run twice, at once, or after a crash: an advisory
 * lock lets one in at a time and every step either finishes or leaves no trace.
 */

import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate as migrateTables } from "drizzle-orm/postgres-js/migrator";
import { runMigrations as migrateJobs } from "graphile-worker";
import postgres from "postgres";
import { DOMAINS, domainOf, isSensitiveNeed, NEEDS, TAXONOMY_VERSION } from "../server/domain/needs";
import { accessSql, type Logins } from "./access";
import { BANK_HOLIDAYS } from "./bank-holidays";
import { connect, type Db, type Sql } from "./client";
import { LOCKS } from "./locks";

export interface MigrateOptions {
  /** Connection of the login that owns the tables. It may not be a superuser. */
  ownerUrl: string;
  /** Names of the three logins that serve; they exist already. */
  logins: Omit<Logins, "owner">;
  /** Connection of the engine's login, which owns the job queue. */
  statsUrl: string;
  /** Folder of the project, where `db/` is. */
  root?: string;
}

/** The functions between schemas, in the order in which they are made. */
const FUNCTION_FILES = [
  "functions.sql",
  "guards.sql",
  "referrals.sql",
  "summaries.sql",
  "linking.sql",
  "link-reviews.sql",
  "traits.sql",
  "rotation.sql",
  "lab.sql",
  "sharing.sql",
  "known-to.sql",
  "lists.sql",
  "lists-standing.sql",
  "agreements.sql",
  "rights.sql",
  "desk.sql",
] as const;

/** Brings the database up to date and says whether anything was changed. */
export async function migrate(options: MigrateOptions): Promise<{ changed: boolean }> {
  const root = options.root ?? process.cwd();
  const functions = (
    await Promise.all(FUNCTION_FILES.map((file) => readFile(join(root, "db", file), "utf8")))
  ).join("\n");
  const owner = connect(options.ownerUrl, { max: 1, name: "common-need migrate" });
  try {
    await owner`select pg_advisory_lock(${LOCKS.migrating})`;
    const [who] = await owner<{ name: string; database: string }[]>`
      select current_user as name, current_database() as database`;
    if (!who) throw new Error("The database did not say who is connected");
    const rights = accessSql({ ...options.logins, owner: who.name });
    const journal = await readFile(join(root, "db/migrations/meta/_journal.json"), "utf8");
    const version = createHash("sha256")
      .update([journal, functions, rights, JSON.stringify(NEEDS), JSON.stringify(BANK_HOLIDAYS)].join("\0"))
      .digest("hex");
    if ((await appliedVersion(owner)) === version) return { changed: false };

    await createTables(options.ownerUrl, join(root, "db/migrations"));
    await owner.begin(async (tx) => {
      await tx.unsafe(functions);
      await tx.unsafe(rights);
      await loadTaxonomy(tx);
      await loadBuckets(tx);
      await loadCalendar(tx);
      await startDirectory(tx);
    });
    await migrateJobQueue(owner, options, who);
    await owner`comment on schema reference is ${owner.unsafe(`'version ${version}'`)}`;
    return { changed: true };
  } finally {
    await owner.end();
  }
}

async function createTables(ownerUrl: string, folder: string): Promise<void> {
  const client = postgres(ownerUrl, { max: 1, onnotice: () => {} });
  try {
    await migrateTables(drizzle(client), {
      migrationsFolder: folder,
      migrationsSchema: "public",
      migrationsTable: "migration",
    });
  } finally {
    await client.end();
  }
}

async function appliedVersion(sql: Sql): Promise<string | null> {
  const [row] = await sql<{ comment: string | null }[]>`
    select obj_description(oid, 'pg_namespace') as comment from pg_namespace where nspname = 'reference'`;
  return row?.comment?.replace(/^version /, "") ?? null;
}

/** The queue belongs to the engine's login; others reach it through `jobs.add`, which takes ids only. */
async function migrateJobQueue(
  owner: Sql,
  options: MigrateOptions,
  { name, database }: { name: string; database: string },
): Promise<void> {
  const { app, stats } = options.logins;
  const callers = [app, name].map((role) => `"${role.replaceAll('"', '""')}"`).join(", ");
  await owner`grant create on database ${owner(database)} to ${owner(stats)}`;
  try {
    await migrateJobs({ connectionString: options.statsUrl });
    const worker = connect(options.statsUrl, { max: 1 });
    try {
      await worker.unsafe(`
        create schema if not exists jobs;
        create or replace function jobs.add(task text, payload jsonb default null, job_key text default null)
        returns void language sql security definer set search_path = pg_catalog, pg_temp as $$
          select graphile_worker.add_job(task, payload::json, job_key => job_key)
        $$;
        revoke all on function jobs.add(text, jsonb, text) from public;
        grant usage on schema jobs to ${callers};
        grant execute on function jobs.add(text, jsonb, text) to ${callers};`);
    } finally {
      await worker.end();
    }
  } finally {
    await owner`revoke create on database ${owner(database)} from ${owner(stats)}`;
  }
}

async function loadTaxonomy(sql: Db): Promise<void> {
  const domains = DOMAINS.map(({ number, code, label }) => ({ number, code, label }));
  await sql`
    insert into reference.need_domain ${sql(domains)}
    on conflict (number) do update set label = excluded.label`;
  for (const need of NEEDS) {
    const row = {
      number: need.number,
      code: need.code,
      domainNumber: domainOf(need).number,
      label: need.label,
      definition: need.definition,
      synonyms: [...need.synonyms],
      framework: need.framework,
      frameworkDomain: need.frameworkDomain,
      indicators: [...need.indicators],
      severityHint: need.severityHint,
      sensitive: isSensitiveNeed(need),
      retiredOn: need.retiredOn ?? null,
      replacedBy: need.replacedBy ?? null,
      taxonomyVersion: TAXONOMY_VERSION,
    };
    await sql`
      insert into reference.need ${sql(row)}
      on conflict (number) do update set ${sql(row)}`;
  }
}

/** Where a contact counts whose client has no place on the map: numbers and codes are fixed. */
async function loadBuckets(sql: Db): Promise<void> {
  await sql`
    insert into reference.area (number, level, code, name) values
      (1, 'sector', 'no-fixed-address', 'No fixed address'),
      (2, 'sector', 'unknown', 'Postcode not known'),
      (3, 'sector', 'outside', 'Outside the map')
    on conflict do nothing`;
}

async function loadCalendar(sql: Db): Promise<void> {
  await sql`insert into reference.installation (id) values (1) on conflict do nothing`;
  await sql`insert into reference.bank_holiday ${sql(BANK_HOLIDAYS)} on conflict do nothing`;
}

async function startDirectory(sql: Db): Promise<void> {
  await sql`insert into reference.directory_state (version) values (1) on conflict do nothing`;
}
