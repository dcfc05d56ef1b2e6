/**
 * Worlds to measure on: casework of a given number of issue entries, skewed as real casework is, with places and
 * counts. Built once by statements over whole sets and kept as a template database in a cluster of its own, whose
 * settings are those of production; each benchmark works on a copy.
 */

import { createHash } from "node:crypto";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { connect, type Sql } from "../db/client";
import {
  type Cluster,
  createDatabase,
  dropDatabase,
  type Login,
  type LoginUrls,
  startCluster,
} from "../db/cluster";
import { bringUpToDate } from "../db/database";
import { holdKeys } from "../server/keys";
import type { TestDatabase } from "../server/testing";
import { type Run, timed } from "./bench";
import { buildCasework } from "./world-casework";
import { buildCounts } from "./world-counts";

/** A database of one benchmark. */
export interface World {
  rows: number;
  urls: LoginUrls;
  /** Superuser of this database. */
  administrator: Sql;
  /** Closes the connection, and drops the database when it is a copy. */
  leave(): Promise<void>;
}

export interface Worlds {
  /** The built world itself: read only. */
  read(rows: number): Promise<World>;
  /** A copy to write to. */
  copy(rows: number): Promise<World>;
  /** A migrated database without a row. */
  empty(): Promise<World>;
  stop(): Promise<void>;
}

/** A ring that protects nothing: made worlds are nobody's. */
export const BENCH_RING = { current: "1", secrets: { "1": Buffer.alloc(32, 9) } };

/** Holds the keys of that ring. */
export const holdBenchKeys = () => holdKeys(BENCH_RING);

/** Starts the cluster of the benchmarks, durable as an installation's is. */
export async function openWorlds(dataDir: string, say: (text: string) => void): Promise<Worlds> {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  holdBenchKeys();
  const cluster = await startCluster({ dataDir, durable: true });
  const version = worldVersion();
  const templateOf = (rows: number) => built(cluster, rows, version, say);
  const copyOf = async (template: string, rows: number): Promise<World> => {
    const name = `copy_${process.pid}_${Date.now().toString(36)}`;
    await createDatabase(cluster.administrator, name, template);
    const world = open(cluster, name, rows, true);
    await world.administrator`drop index if exists casework.made_need`;
    return world;
  };
  return {
    read: async (rows) => open(cluster, await templateOf(rows), rows, false),
    copy: async (rows) => copyOf(await templateOf(rows), rows),
    empty: async () => copyOf(await migrated(cluster, version), 0),
    stop: () => cluster.stop(),
  };
}

/** Measures in a world of each size that was asked for: in the built one, which is only read, or in a copy of it. */
export async function inEachWorld(
  run: Run,
  which: "read" | "copy",
  measure: (world: World) => Promise<void>,
): Promise<void> {
  const worlds = await openWorlds(run.dataDir, run.say);
  try {
    for (const rows of run.rows) {
      const world = await worlds[which](rows);
      try {
        await measure(world);
      } finally {
        await world.leave();
      }
    }
  } finally {
    await worlds.stop();
  }
}

/** Does some work on a migrated database without a row, with a pool for each login, and leaves nothing behind. */
export async function inEmptyWorld(
  { dataDir, say }: Run,
  work: (db: TestDatabase) => Promise<void>,
): Promise<void> {
  const worlds = await openWorlds(dataDir, say);
  try {
    const world = await worlds.empty();
    try {
      await withPools(world, work);
    } finally {
      await world.leave();
    }
  } finally {
    await worlds.stop();
  }
}

/** Does some work in a world with a pool for each login, as tests have. */
export async function withPools<T>(
  { urls, administrator }: World,
  work: (db: TestDatabase) => Promise<T>,
): Promise<T> {
  const pool = (url: string) => connect(url, { max: 4, name: "common-need bench" });
  const pools = {
    owner: pool(urls.owner),
    app: pool(urls.app),
    stats: pool(urls.stats),
    reader: pool(urls.reader),
  };
  try {
    return await work({ urls, administrator, ...pools });
  } finally {
    await Promise.all(Object.values(pools).map((sql) => sql.end({ timeout: 5 })));
  }
}

/**
 * Changes when the way a world is made changes: an old world is then built anew. When the tables change it is migrated,
 * as an installation is.
 */
function worldVersion(): string {
  const hash = createHash("sha256");
  for (const file of ["world-casework.ts", "world-counts.ts"]) {
    hash.update(readFileSync(join(import.meta.dirname, file)));
  }
  return hash.digest("hex").slice(0, 10);
}

const addresses = (cluster: Cluster, name: string): LoginUrls => {
  const url = (login: Login) => cluster.url(login, name);
  return { owner: url("owner"), app: url("app"), stats: url("stats"), reader: url("reader") };
};

const administratorOf = (cluster: Cluster, name: string) =>
  Object.assign(new URL(cluster.administrator), { pathname: `/${name}` }).href;

function open(cluster: Cluster, name: string, rows: number, temporary: boolean): World {
  const administrator = connect(administratorOf(cluster, name), { max: 2, name: "common-need bench" });
  return {
    rows,
    urls: addresses(cluster, name),
    administrator,
    leave: async () => {
      await administrator.end({ timeout: 5 });
      if (temporary) await dropDatabase(cluster.administrator, name, true);
    },
  };
}

async function migrated(cluster: Cluster, version: string): Promise<string> {
  const name = `empty_${version}`;
  await createDatabase(cluster.administrator, name);
  await bringUpToDate(addresses(cluster, name));
  return name;
}

/** The template of a size, built when there is none; a build that is killed leaves none. */
async function built(
  cluster: Cluster,
  rows: number,
  version: string,
  say: (text: string) => void,
): Promise<string> {
  const name = `world_${rows}_${version}`;
  const keeper = connect(cluster.administrator, { max: 1, name: "common-need bench" });
  try {
    const [found] = await keeper`select 1 from pg_database where datname = ${name}`;
    if (found) {
      await bringUpToDate(addresses(cluster, name));
      return name;
    }
    for (const old of await keeper<{ name: string }[]>`
      select datname as name from pg_database where datname like ${`world\\_${rows}\\_%`} or datname like 'copy\\_%'`) {
      await dropDatabase(cluster.administrator, old.name, true);
    }
    const draft = `building_${rows}`;
    await dropDatabase(cluster.administrator, draft, true);
    await createDatabase(cluster.administrator, draft);
    const urls = addresses(cluster, draft);
    await bringUpToDate(urls);
    say(`Building a world of ${rows.toLocaleString("en-GB")} issue entries; it is kept for the next run.`);
    const administrator = connect(administratorOf(cluster, draft), { max: 1, name: "common-need bench" });
    const stats = connect(urls.stats, { max: 3, name: "common-need bench" });
    try {
      const took = await timed(async () => {
        await buildCasework(administrator, rows, say);
        await buildCounts(administrator, stats, rows, say);
        await administrator`vacuum analyze`;
      });
      say(`  built in ${Math.round(took / 1000)} s`);
    } finally {
      await Promise.all([administrator.end({ timeout: 5 }), stats.end({ timeout: 5 })]);
    }
    await keeper`alter database ${keeper(draft)} rename to ${keeper(name)}`;
    return name;
  } finally {
    await keeper.end();
  }
}
