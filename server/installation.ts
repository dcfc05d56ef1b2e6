/**
 * One installation, opened: its database, migrated, and its key ring. `npm start`, the operator's commands and
 * the benchmarks begin here; the serving processes do not, they are handed what they may hold.
 */
import { resolve } from "node:path";
import { connect } from "../db/client";
import type { LoginUrls } from "../db/cluster";
import { openDatabase } from "../db/database";
import { type Environment, env } from "./env";
import { claimKey, type KeyClaim, QUIET_MS } from "./key-holders";
import { findKeyRing, makeKeyRing, removeDrafts, ringPlace } from "./key-ring";
import type { KeyRing } from "./keys";

export interface Installation {
  /** Absolute path of DATA_DIR. */
  dataDir: string;
  urls: LoginUrls;
  ring: KeyRing;
  /** Where the files of the embedded cluster are; undefined for an external database. */
  clusterDirectory: string | undefined;
  /** True when no organisation has been made yet. */
  empty: boolean;
  /** Says to whoever else uses the database that this process writes with the current key of another ring. */
  writeWith(ring: KeyRing): Promise<void>;
  /** Milliseconds for which nobody may have written with a key before it counts as out of use. */
  quietMs: number;
  /** Leaves the database; an embedded cluster stops with its last user. */
  stop(): Promise<void>;
}

/**
 * Opens the installation that the environment names; the first time, makes it.
 * `afresh` drops an embedded database that was left half made, unless somebody is connected to it. `onClaimLost` must
 * end whatever writes with the keys: the database no longer knows of it, and a key that it writes with could go.
 */
export async function openInstallation(
  settings: Environment = env(),
  { afresh = false, onClaimLost = endAtOnce }: { afresh?: boolean; onClaimLost?: () => void } = {},
): Promise<Installation> {
  const dataDir = resolve(settings.DATA_DIR);
  const external = settings.DATABASE_URL
    ? {
        owner: settings.DATABASE_URL,
        app: settings.DATABASE_URL_APP,
        stats: settings.DATABASE_URL_STATS,
        reader: settings.DATABASE_URL_READER,
      }
    : undefined;
  const database = await openDatabase({ dataDir, external, afresh });
  try {
    const empty = await isEmpty(database.urls.stats);
    const { ring, claim } = await takeRing(dataDir, settings, empty, (keyId) =>
      claimKey(database.urls.stats, keyId, onClaimLost),
    );
    // A start or a change that was killed may have left a ring lying beside the one that is kept.
    removeDrafts(dataDir);
    return {
      dataDir,
      urls: database.urls,
      ring,
      clusterDirectory: database.directory,
      empty,
      writeWith: ({ current }) => claim.move(current),
      quietMs: QUIET_MS,
      async stop() {
        await claim.release();
        await database.stop();
      },
    };
  } catch (error) {
    await database.stop();
    throw error;
  }
}

/** The ring, once it is said that this process writes with it: another may be changing it at this moment. */
async function takeRing(
  dataDir: string,
  settings: Environment,
  empty: boolean,
  claimIt: (keyId: string) => Promise<KeyClaim>,
): Promise<{ ring: KeyRing; claim: KeyClaim }> {
  const ring = findKeyRing(dataDir, settings) ?? newRing(dataDir, settings, empty);
  const claim = await claimIt(ring.current);
  const now = findKeyRing(dataDir, settings) ?? ring;
  if (now.current !== ring.current) await claim.move(now.current);
  return { ring: now, claim };
}

/** What has no processes of its own to stop first ends here: going on could write what nobody will ever read. */
function endAtOnce(): void {
  console.error(
    "The connection that says which key is written with was lost. Nothing more is written; start again.",
  );
  process.exit(1);
}

/** New keys for old data would make every name in it unreadable for good. */
function newRing(dataDir: string, settings: Environment, empty: boolean): KeyRing {
  if (empty) return makeKeyRing(dataDir, settings);
  throw new Error(
    `The database holds data, but ${ringPlace(dataDir, settings)} is missing. Put the key file of this ` +
      "installation back, or set DATA_DIR to the directory that holds it.",
  );
}

async function isEmpty(statsUrl: string): Promise<boolean> {
  const sql = connect(statsUrl, { max: 1 });
  try {
    const [row] = await sql<{ empty: boolean }[]>`
      select not exists (select 1 from casework.organisation) as empty`;
    return row?.empty ?? true;
  } finally {
    await sql.end();
  }
}
