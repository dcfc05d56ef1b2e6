/**
 * The linker process: works out which clients are one person. It alone holds keys of identity beside the engine's
 * login, and reaches identity through functions only; names are open in its memory and nowhere else (decision 24).
 */

import { connect } from "../db/client";
import { env } from "./env";
import { workUntilStopped } from "./job-runner";
import { LINKER_RECURRING, LINKER_TASKS } from "./jobs";
import { releaseJobs } from "./people-rounds";

const { DATABASE_URL_STATS } = env();
if (!DATABASE_URL_STATS) throw new Error("The linker was handed no database: start it with `npm start`.");
const stats = connect(DATABASE_URL_STATS, { max: 4, name: "common-need linker" });
await releaseJobs(stats, "all");
await workUntilStopped(
  { name: "linker", queue: DATABASE_URL_STATS, tasks: LINKER_TASKS, recurring: LINKER_RECURRING },
  (signal) => ({ stats, signal }),
  () => stats.end({ timeout: 5 }),
);
