/**
 * The attacks on published figures that `docs/methods/disclosure.md` names, played on the product's own rules and clocks,
 * with its peers beside it in the same run, and on one world over HTTP. A line is ok when the attack stays within its
 * limit, nobody is proved to have come and no count of 1 to 9 is certain. The same page has the result and its date; the
 * short form is `attack.test.ts`.
 */

import { availableParallelism } from "node:os";
import type { Worker } from "node:worker_threads";
import { startThread } from "../server/asked-thread";
import { type AttackLine, PLAYS } from "./attack/plays";
import { attackServed } from "./attack/served";
import type { Task } from "./attack/thread";
import { type Bench, type Run, round } from "./bench";

const WORLDS = 4_000;
const MOST_THREADS = 2;

export const attack: Bench = {
  name: "attack",
  about: "every attack on published figures, on the product and on its peers: --worlds sets how many worlds",
  async run(run) {
    const from = performance.now();
    const worlds = run.worlds ?? WORLDS;
    run.say(
      `${PLAYS.length} attacks, the nested watch on ${worlds} worlds to learn and as many to tell apart`,
    );
    const lines = await playAll(run, worlds);
    const short = lines.filter(({ mustExceed, score }) => mustExceed !== undefined && score <= mustExceed);
    for (const line of short) run.say(`  ${line.id} did not succeed against ${line.rule}: ${line.case}`);
    run.measured({
      bench: "attack",
      case: "the attacks succeed against the peers, as the research says",
      rows: 0,
      id: "peers",
      compared: lines.filter(({ mustExceed }) => mustExceed !== undefined).length,
      ok: short.length === 0,
    });
    await attackServed(run);
    run.say(`  attacked for ${Math.round((performance.now() - from) / 1000)} s`);
  },
};

/** Plays everything, on as many threads as there are processors to spare. */
async function playAll(run: Run, worlds: number): Promise<AttackLine[]> {
  const lines: AttackLine[] = [];
  const left = PLAYS.map((_, play) => play);
  const threads = Math.min(MOST_THREADS, availableParallelism());
  await Promise.all(
    Array.from({ length: threads }, async () => {
      const worker = startThread(new URL("./attack/thread.ts", import.meta.url));
      try {
        for (let play = left.shift(); play !== undefined; play = left.shift()) {
          for (const line of await playOne(worker, { play, worlds })) {
            lines.push(line);
            run.measured(measurementOf(line));
          }
        }
      } finally {
        await worker.terminate();
      }
    }),
  );
  return lines;
}

function playOne(worker: Worker, task: Task): Promise<AttackLine[]> {
  return new Promise((resolve, reject) => {
    worker.once("error", reject);
    worker.once("message", (lines: AttackLine[]) => {
      worker.off("error", reject);
      resolve(lines);
    });
    worker.postMessage(task);
  });
}

function measurementOf({ mustExceed: _, score, certain, certain_of_some, proved, ...line }: AttackLine) {
  const keeps = score <= (line.limit ?? 1) && (certain ?? 0) === 0 && (proved ?? 0) === 0;
  return {
    bench: "attack",
    rows: 0,
    ...line,
    score: round(score, 3),
    ...(certain !== undefined && { certain: round(certain, 5) }),
    ...(certain_of_some !== undefined && { certain_of_some: round(certain_of_some, 5) }),
    ...(proved !== undefined && { proved: round(proved, 4) }),
    // Peers are shown beside the product; whether they fail is one line of its own.
    ...(line.rule === "sdc-1" && { ok: keeps }),
  };
}
