/**
 * The linker itself, as `npm start` runs it, killed at random moments with work under way, at times two of them at once
 * and half-way with a new secret, while people are added, changed, decided about and erased: no link is lost, none is
 * made twice, and the counts are those of a recount. The short forms are
 * `server/people-killed.test.ts` and `server/people-casework.test.ts`.
 */

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { withNewSecret } from "../server/key-ring";
import { handOver, holdKeys, type KeyRing, key, keysFor } from "../server/keys";
import { statisticsTick } from "../server/statistics";
import { keyedHash } from "../server/statistics/keyed-hash";
import { recountAll } from "../server/statistics/recount";
import type { TestDatabase } from "../server/testing";
import { allowTestIdentifiers, arrangeTeam } from "../server/testing-casework";
import { linkFaults } from "../server/testing-linking";
import { LinkingCasework, WIDE } from "../server/testing-linking-casework";
import type { Bench, Run } from "./bench";
import { inEmptyWorld } from "./world";

const LINKER = "common-need linker";
const KILLS = 200;
/** Of so many ends one is a SIGKILL of the process; the others end its connections in the middle of their work. */
const KILLS_A_SIGKILL = 10;
/** A linker lives at most so long after it was given work: a job of these takes some 20 to 200 ms. */
const LONGEST_LIFE_MS = 250;

export const linkingStore: Bench = {
  name: "linking-store",
  about: "the linker killed at random, two at once, keys changed midway: no link lost, none made twice",
  run: (run) => inEmptyWorld(run, (db) => prove(run, db)),
};

async function prove(run: Run, db: TestDatabase): Promise<void> {
  const from = performance.now();
  let ring: KeyRing = { current: "1", secrets: { "1": Buffer.alloc(32, 7) } };
  holdKeys(ring);
  await allowTestIdentifiers(db);
  const teams = [
    await arrangeTeam(db, "First"),
    await arrangeTeam(db, "Second"),
    await arrangeTeam(db, "Third"),
  ];
  const casework = new LinkingCasework(db, teams, { ...WIDE, seed: "linking-store" });
  const linkers = new Linkers(db);
  linkers.hand(ring);
  let workUnderWay = 0;
  try {
    for (let kills = 0; kills < KILLS; kills += 1) {
      if (kills === KILLS / 2) {
        ring = withNewSecret(ring);
        holdKeys(ring);
        await linkers.kill();
        linkers.hand(ring);
      }
      await linkers.live(kills % 3 === 0 ? 2 : 1);
      await casework.happen(6);
      await sleep(casework.chance.below(LONGEST_LIFE_MS));
      workUnderWay += await isAtWork(db);
      await (kills % KILLS_A_SIGKILL === 0 ? linkers.kill() : linkers.cut(db));
      if (kills % 20 === 19)
        run.say(`${kills + 1} kills, ${casework.size} clients, ${JSON.stringify(casework.counts)}`);
    }
    await linkers.live(1);
    await finished(db);
  } finally {
    await linkers.kill();
  }
  await statisticsTick(db.stats, key("disclosure"));
  const again = await recountAll(db.stats, keyedHash(key("disclosure")));
  const faults = await linkFaults(db);
  for (const fault of faults.slice(0, 20)) run.say(`  ${fault}`);
  const [links] = await db.administrator<{ people: number; clients: number }[]>`
    select count(*)::int as people, coalesce(sum(clients), 0)::int as clients from (
      select count(*) as clients from identity.client_person group by person_id having count(*) > 1) as p`;
  run.measured({
    bench: "linking-store",
    case: `${KILLS} kills`,
    rows: 0,
    product_ms: Math.round(performance.now() - from),
    killed_at_work: workUnderWay,
    ...casework.counts,
    people_linked: links?.people ?? 0,
    clients_linked: links?.clients ?? 0,
    mended_by_recount: again ? again.presence + again.cells : -1,
    faults: faults.length,
    ok: faults.length === 0 && again?.presence === 0 && again.cells === 0 && workUnderWay > KILLS / 4,
  });
}

/** 1 when some linker is in a transaction right now. */
async function isAtWork({ administrator }: TestDatabase): Promise<number> {
  const [row] = await administrator<{ busy: boolean }[]>`
    select exists (
      select from pg_stat_activity
      where application_name = ${LINKER} and datname = current_database() and xact_start is not null) as busy`;
  return row?.busy ? 1 : 0;
}

/** Looks at the queue without its growing shorter, after which the linker counts as stuck: five minutes. */
const LOOKS_IN_VAIN = 1_200;

/** Waits until the queue is empty. Jobs that failed wait longer each time: here they are tried again at once. */
async function finished({ administrator }: TestDatabase): Promise<void> {
  let fewest = Number.POSITIVE_INFINITY;
  for (let inVain = 0; inVain < LOOKS_IN_VAIN; inVain += 1) {
    await administrator`
      update graphile_worker._private_jobs set run_at = now() where locked_at is null and run_at > now()`;
    const [left] = await administrator<{ jobs: number }[]>`
      select count(*)::int as jobs from graphile_worker.jobs where task_identifier = 'people.link'`;
    const jobs = left?.jobs ?? 0;
    if (jobs === 0) return;
    if (jobs < fewest) {
      fewest = jobs;
      inVain = 0;
    }
    await sleep(250);
  }
  throw new Error(`The linker does not come to an end: ${fewest} jobs are left`);
}

/** Linker processes. */
class Linkers {
  private processes: ChildProcess[] = [];
  private keys = "";

  constructor(private readonly db: TestDatabase) {}

  /** From now on they are handed this ring. */
  hand(ring: KeyRing): void {
    this.keys = handOver(ring, keysFor("linker"));
  }

  /** At least so many are there. */
  async live(count: number): Promise<void> {
    while (this.processes.length < count) {
      const child = spawn(process.execPath, ["--import", "tsx", "server/linker.ts"], {
        cwd: join(import.meta.dirname, ".."),
        env: {
          ...process.env,
          DATABASE_URL_STATS: this.db.urls.stats,
          HANDED_KEYS: this.keys,
          LOG_LEVEL: "info",
        },
        stdio: ["ignore", "ignore", "pipe"],
      });
      this.processes.push(child);
      child.once("exit", () => {
        this.processes = this.processes.filter((other) => other !== child);
      });
      const ready = new Promise<void>((resolve) => {
        child.stderr.on("data", (said: Buffer) => said.includes("linker ready") && resolve());
      });
      await Promise.race([ready, once(child, "exit")]);
    }
  }

  async kill(): Promise<void> {
    const dying = this.processes;
    this.processes = [];
    const ended = dying.map((child) => once(child, "exit"));
    for (const child of dying) child.kill("SIGKILL");
    await Promise.all(ended);
  }

  /** Ends their connections, with whatever they were doing. */
  async cut({ administrator }: TestDatabase): Promise<void> {
    await administrator`
      select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = ${LINKER} and datname = current_database()`;
  }
}
