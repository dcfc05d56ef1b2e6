/**
 * The linker process: works out which clients are one person. It alone holds keys of identity beside the engine's
 * login, and reaches identity through functions only; names are open in its memory and nowhere else (decision 24).
 */

import { connect } from "../db/client";
import { env } from "./env";
import { workUntilStopped } from "./job-runner";
import { LINKER_RECURRING, LINKER_TASKS } from "./jobs";

const { DATABASE_URL_STATS } = env();
if (!DATABASE_URL_STATS) throw new Error("The linker was handed no database: start it with `npm start`.");
await workUntilStopped(
  { name: "linker", queue: DATABASE_URL_STATS, tasks: LINKER_TASKS, recurring: LINKER_RECURRING },
  (signal) => ({ stats: connect(DATABASE_URL_STATS, { max: 4, name: "common-need linker" }), signal }),
  ({ stats }) => stats.end({ timeout: 5 }),
);
