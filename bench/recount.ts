/**
 * Counts are exact: random worlds against an oracle that counts sets of people, with the engine in a process of its
 * own that is ended by SIGKILL at random moments. The short form is `server/statistics/recount.test.ts`.
 */

import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { connect, type Sql } from "../db/client";
import { key } from "../server/keys";
import { keyedHash } from "../server/statistics/keyed-hash";
import { recountAll } from "../server/statistics/recount";
import { proveRecount } from "../server/statistics/recount-proof";
import { Dice } from "../server/statistics/recount-world";
import type { Bench } from "./bench";
import { openWorlds, type World } from "./world";

const WORLDS = [
  ...[11, 12, 13, 14, 15].map((seed) => ({ seed, operations: 2000, crowd: 0 })),
  // Crowds large enough for slices.
  ...[21, 22, 23].map((seed) => ({ seed, operations: 500, crowd: 240 })),
];
/** Killed within this time of being told to run: the runs of these worlds take some 20 to 600 ms. */
const LONGEST_LIFE_MS = 300;
export const ENGINE_NAME = "common-need prove engine";

export const recount: Bench = {
  name: "recount",
  about: "random worlds with the engine killed at random: nothing differs from a count of sets of people",
  async run(run) {
    const worlds = await openWorlds(run.dataDir, run.say);
    try {
      for (const { seed, operations, crowd } of WORLDS) {
        const world = await worlds.empty();
        const stats = connect(world.urls.stats, { max: 2 });
        const engine = new KillableEngine(world, seed);
        const from = performance.now();
        try {
          const hmac = keyedHash(key("disclosure"));
          const result = await proveRecount({
            seed,
            operations,
            crowd,
            administrator: world.administrator,
            hmac,
            runEngine: (request) => engine.run(request),
          });
          const again = await recountAll(stats, hmac);
          const mended = again ? again.presence + again.cells : -1;
          for (const difference of result.differences) run.say(`  ${difference}`);
          run.measured({
            bench: "recount",
            case: crowd > 0 ? `seed ${seed}, a crowd with slices` : `seed ${seed}`,
            rows: 0,
            product_ms: Math.round(performance.now() - from),
            operations: result.operations,
            kills: result.kills,
            settlements: result.settlements,
            revisions: result.revisions,
            held_figures: result.heldFigures,
            open_moves: result.openMoves,
            open_waits: result.openWaits,
            checked_cells: result.checkedCells,
            checked_slices: result.checkedSlices,
            held_slices: result.heldSlices,
            differences: result.differences.length,
            mended_by_recount: mended,
            ok: result.differences.length === 0 && mended === 0 && result.kills > 0,
          });
        } finally {
          engine.stop();
          await stats.end({ timeout: 5 });
          await world.leave();
        }
      }
    } finally {
      await worlds.stop();
    }
  },
};

/** The engine in a process that is started when needed and killed when the dice say so. */
class KillableEngine {
  private child: ChildProcess | null = null;
  private readonly dice: Dice;
  private readonly administrator: Sql;

  constructor(
    private readonly world: World,
    seed: number,
  ) {
    this.dice = new Dice(seed);
    this.administrator = world.administrator;
  }

  /** True when the run came to its end. */
  async run({ byOfficer, mayDie }: { byOfficer: boolean; mayDie: boolean }): Promise<boolean> {
    this.child ??= await this.start();
    const { child } = this;
    const ended = new Promise<boolean>((resolve, reject) => {
      child.once("message", (said) => (said === "done" ? resolve(true) : reject(new Error(String(said)))));
      child.once("exit", () => resolve(false));
    });
    child.send({ byOfficer });
    const death = mayDie
      ? setTimeout(() => child.kill("SIGKILL"), this.dice.below(LONGEST_LIFE_MS))
      : undefined;
    const done = await ended;
    clearTimeout(death);
    child.removeAllListeners();
    if (done) return true;
    this.child = null;
    await this.lastWords();
    return false;
  }

  stop(): void {
    this.child?.kill("SIGKILL");
  }

  private async start(): Promise<ChildProcess> {
    const child = fork(join(import.meta.dirname, "recount-engine.ts"), [this.world.urls.stats], {
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    });
    await new Promise((resolve, reject) => {
      child.once("message", resolve);
      child.once("exit", (code) => reject(new Error(`The engine ended with code ${code}`)));
    });
    child.removeAllListeners();
    return child;
  }

  /** Waits until the server has noticed: what was sent before the kill may still be committed. */
  private async lastWords(): Promise<void> {
    for (;;) {
      const [row] = await this.administrator<{ left: number }[]>`
        select count(*)::int as left from pg_stat_activity
        where application_name = ${ENGINE_NAME} and datname = current_database()`;
      if (row?.left === 0) return;
      await sleep(20);
    }
  }
}
