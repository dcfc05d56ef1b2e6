/**
 * The connections of the web process: casework under row-level security, and published figures. One of each for
 * the process, opened when first needed; they outlive a reload of the code in development.
 */

import { connect, type Sql } from "../db/client";
import { env } from "./env";

export interface Pools {
  app: Sql;
  reader: Sql;
}

declare global {
  var commonNeedPools: Pools | undefined;
}

const STATEMENT_TIMEOUT_MS = 15_000;

/** The pools of this process. Throws when it was not handed the addresses. */
export function pools(): Pools {
  globalThis.commonNeedPools ??= openPools();
  return globalThis.commonNeedPools;
}

function openPools(): Pools {
  const { DATABASE_URL_APP, DATABASE_URL_READER } = env();
  if (!DATABASE_URL_APP || !DATABASE_URL_READER) {
    throw new Error("This process was handed no database: start it with `npm start`.");
  }
  return {
    app: connect(DATABASE_URL_APP, {
      max: 20,
      name: "common-need web",
      statementTimeoutMs: STATEMENT_TIMEOUT_MS,
    }),
    reader: connect(DATABASE_URL_READER, {
      max: 10,
      name: "common-need figures",
      statementTimeoutMs: STATEMENT_TIMEOUT_MS,
    }),
  };
}
