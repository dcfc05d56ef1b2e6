/**
 * The worker process: the statistics engine, the seal of the audit and everything else that needs no name. It is handed
 * no key of identity: who people are is worked out by the linker (linker.ts).
 */

import { resolve } from "node:path";
import { connect } from "../db/client";
import { env } from "./env";
import { workUntilStopped } from "./job-runner";
import { RECURRING, TASKS } from "./jobs";

const { DATABASE_URL_APP, DATABASE_URL_STATS, DATA_DIR } = env();
if (!DATABASE_URL_APP || !DATABASE_URL_STATS) {
  throw new Error("The worker was handed no database: start it with `npm start`.");
}
await workUntilStopped(
  { name: "worker", queue: DATABASE_URL_STATS, tasks: TASKS, recurring: RECURRING },
  (signal) => ({
    stats: connect(DATABASE_URL_STATS, { max: 6, name: "common-need worker" }),
    app: connect(DATABASE_URL_APP, { max: 4, name: "common-need worker casework" }),
    dataDir: resolve(DATA_DIR),
    signal,
  }),
  ({ stats, app }) => Promise.all([stats.end({ timeout: 5 }), app.end({ timeout: 5 })]),
);
