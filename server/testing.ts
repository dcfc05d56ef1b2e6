/**
 * Databases for tests. A run of vitest has one throw-away cluster with one migrated template (bin/vitest-cluster.ts);
 * each test file asks for a copy of its own, which takes some 50 ms, and need not clean up after itself.
 */
import { randomBytes } from "node:crypto";
import { afterAll, inject } from "vitest";
import { connect, type Sql } from "../db/client";
import { createDatabase, dropDatabase, LOGINS, type Login, type LoginUrls } from "../db/cluster";

/** What the global set-up hands to every test file. */
export interface TestCluster {
  administrator: string;
  /** Name of the migrated database that copies are made from. */
  template: string;
  /** Addresses of the template for each login. */
  urls: LoginUrls;
}

declare module "vitest" {
  interface ProvidedContext {
    cluster: TestCluster;
  }
}

/** A migrated database of its own with a pool for each login. */
export type TestDatabase = Record<Login, Sql> & {
  urls: LoginUrls;
  /** Superuser of this database, for arranging what no login may do. */
  administrator: Sql;
};

/**
 * Makes a database for the calling test file and drops it after the file's last test.
 * Call it at the top of the file or in beforeAll: `const db = await testDatabase();`
 */
export async function testDatabase(): Promise<TestDatabase> {
  const cluster = inject("cluster");
  const name = `test_${randomBytes(6).toString("hex")}`;
  await createDatabase(cluster.administrator, name, cluster.template);
  const at = (url: string) => Object.assign(new URL(url), { pathname: `/${name}` }).href;
  const urls = {
    owner: at(cluster.urls.owner),
    app: at(cluster.urls.app),
    stats: at(cluster.urls.stats),
    reader: at(cluster.urls.reader),
  };
  const pools = {
    owner: connect(urls.owner, { max: 4 }),
    app: connect(urls.app, { max: 4 }),
    stats: connect(urls.stats, { max: 4 }),
    reader: connect(urls.reader, { max: 4 }),
    administrator: connect(at(cluster.administrator), { max: 2 }),
  };
  afterAll(async () => {
    await Promise.all([...LOGINS, "administrator" as const].map((login) => pools[login].end({ timeout: 5 })));
    await dropDatabase(cluster.administrator, name, true);
  });
  return { ...pools, urls };
}
