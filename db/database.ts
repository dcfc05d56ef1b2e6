/**
 * The database of an installation, ready for use: the embedded cluster, or an external Postgres 15 or later
 * when its address is given; migrated; with an address for each login. Callers need not know which it is.
 */
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { connect } from "./client";
import { createDatabase, dropDatabase, type Login, type LoginUrls, startCluster } from "./cluster";
import { migrate } from "./migrate";

/** Addresses of an external database. The three that serve are given together, or made by the owner. */
export interface ExternalUrls {
  owner: string;
  app?: string | undefined;
  stats?: string | undefined;
  reader?: string | undefined;
}

export interface Database {
  urls: LoginUrls;
  /** Where the files of the embedded cluster are; undefined for an external database. */
  directory: string | undefined;
  /** True when this call brought the tables up to date. */
  migrated: boolean;
  /** Leaves the embedded cluster, which stops with its last user. */
  stop(): Promise<void>;
}

export interface DatabaseOptions {
  /** Directory of the installation; `undefined` makes an embedded cluster that is removed after use. */
  dataDir: string | undefined;
  external?: ExternalUrls | undefined;
  /** False only where nothing of value can be lost. */
  durable?: boolean;
  /** True drops an embedded database that was left half made. Throws when somebody is connected to it. */
  afresh?: boolean;
}

const NAME = "common_need";
const OLDEST_POSTGRES = 150_000;
const OBJECT_IN_USE = "55006";
const FREE_WITHIN_MS = 10_000;

/** Opens the database and brings it up to date. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const { dataDir, external, durable = true, afresh = false } = options;
  if (external) {
    const urls = await externalLogins(external, dataDir);
    return { urls, directory: undefined, migrated: await bringUpToDate(urls), stop: async () => {} };
  }
  const cluster = await startCluster({ dataDir, durable });
  try {
    if (afresh) await dropWhenFree(cluster.administrator);
    await createDatabase(cluster.administrator, NAME);
    const url = (login: Login) => cluster.url(login, NAME);
    const urls = { owner: url("owner"), app: url("app"), stats: url("stats"), reader: url("reader") };
    return { urls, directory: cluster.directory, migrated: await bringUpToDate(urls), stop: cluster.stop };
  } catch (error) {
    await cluster.stop();
    throw error;
  }
}

/** Drops our database once nobody is connected: whoever was killed half-way takes a moment to be gone. */
async function dropWhenFree(administrator: string): Promise<void> {
  const deadline = Date.now() + FREE_WITHIN_MS;
  for (;;) {
    try {
      return await dropDatabase(administrator, NAME, false);
    } catch (error) {
      if (!(error instanceof postgres.PostgresError) || error.code !== OBJECT_IN_USE) throw error;
      if (Date.now() > deadline) {
        throw new Error("Another process is still loading this database; wait for it or stop it.", {
          cause: error,
        });
      }
      await sleep(200);
    }
  }
}

/** Migrates the database behind these addresses; true when anything was changed. */
export async function bringUpToDate(urls: LoginUrls): Promise<boolean> {
  const { changed } = await migrate({
    ownerUrl: urls.owner,
    statsUrl: urls.stats,
    logins: { app: roleOf(urls.app), stats: roleOf(urls.stats), reader: roleOf(urls.reader) },
    root: join(import.meta.dirname, ".."),
  });
  return changed;
}

const roleOf = (url: string) => decodeURIComponent(new URL(url).username);

const SERVING = ["app", "stats", "reader"] as const;
type Serving = (typeof SERVING)[number];

async function externalLogins(given: ExternalUrls, dataDir: string | undefined): Promise<LoginUrls> {
  await assertNewEnough(given.owner);
  const { owner, app, stats, reader } = given;
  if (app && stats && reader) return { owner, app, stats, reader };
  if (app || stats || reader) {
    throw new Error(
      "Give DATABASE_URL_APP, DATABASE_URL_STATS and DATABASE_URL_READER together, or none of them.",
    );
  }
  if (dataDir === undefined)
    throw new Error("An external database needs a data directory for its passwords.");
  return makeLogins(owner, dataDir);
}

async function assertNewEnough(url: string): Promise<void> {
  const sql = connect(url, { max: 1 });
  try {
    const [found] = await sql<{ number: number; name: string }[]>`
      select current_setting('server_version_num')::int as number, current_setting('server_version') as name`;
    if (!found || found.number < OLDEST_POSTGRES) {
      throw new Error(`DATABASE_URL is Postgres ${found?.name}; Common Need needs 15 or later.`);
    }
  } finally {
    await sql.end();
  }
}

/** Roles belong to the whole server, so their names start with the database's; passwords stay with us. */
async function makeLogins(owner: string, dataDir: string): Promise<LoginUrls> {
  const passwords = externalPasswords(dataDir);
  const sql = connect(owner, { max: 1 });
  try {
    const [row] = await sql<{ database: string }[]>`select current_database() as database`;
    const database = row?.database ?? "";
    const urlOf = (login: Serving) => {
      const url = new URL(owner);
      url.username = encodeURIComponent(`${database}_${login}`);
      url.password = passwords[login];
      return url.href;
    };
    const urls = { owner, app: urlOf("app"), stats: urlOf("stats"), reader: urlOf("reader") };
    for (const login of SERVING) {
      const role = `${database}_${login}`;
      const [found] = await sql`select 1 from pg_roles where rolname = ${role}`;
      if (found && (await canSignIn(urls[login]))) continue;
      // Neither statement takes parameters; the password is hexadecimal digits that we made.
      const verb = found ? "alter" : "create";
      await sql`${sql.unsafe(verb)} role ${sql(role)} login password ${sql.unsafe(`'${passwords[login]}'`)}`;
      await sql`grant connect on database ${sql(database)} to ${sql(role)}`;
    }
    return urls;
  } catch (error) {
    throw new Error(
      "The login of DATABASE_URL could not make the logins app, stats and reader. Let it create roles, " +
        "or make them yourself and set DATABASE_URL_APP, DATABASE_URL_STATS and DATABASE_URL_READER.",
      { cause: error },
    );
  } finally {
    await sql.end();
  }
}

function externalPasswords(dataDir: string): Record<Serving, string> {
  const file = join(dataDir, "external-logins.json");
  if (!existsSync(file)) {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    const made = Object.fromEntries(SERVING.map((login) => [login, randomBytes(24).toString("hex")]));
    writeFileSync(file, JSON.stringify(made, null, 2), { mode: 0o600 });
  }
  return JSON.parse(readFileSync(file, "utf8")) as Record<Serving, string>;
}

async function canSignIn(url: string): Promise<boolean> {
  const sql = connect(url, { max: 1 });
  try {
    await sql`select 1`;
    return true;
  } catch {
    return false;
  } finally {
    await sql.end();
  }
}
