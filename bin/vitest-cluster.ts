/** One throw-away Postgres for a run of vitest, with one migrated database that test files copy. */
import type { TestProject } from "vitest/node";
import { createDatabase, type Login, startCluster } from "../db/cluster";
import { bringUpToDate } from "../db/database";
import { handOver, PURPOSES } from "../server/keys";

const TEMPLATE = "template_migrated";

export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  // Keys that protect nothing, the same in every run.
  const ring = { current: "1", secrets: { "1": Buffer.alloc(32, 7) } };
  process.env["HANDED_KEYS"] = handOver(ring, PURPOSES);

  const cluster = await startCluster({ dataDir: undefined, durable: false });
  await createDatabase(cluster.administrator, TEMPLATE);
  const url = (login: Login) => cluster.url(login, TEMPLATE);
  const urls = { owner: url("owner"), app: url("app"), stats: url("stats"), reader: url("reader") };
  await bringUpToDate(urls);
  project.provide("cluster", { administrator: cluster.administrator, template: TEMPLATE, urls });
  return () => cluster.stop();
}
