/**
 * The data lab at full size: who takes part is fitted among 5,000 people who did and as many others as are asked for,
 * with twelve covariates, and matched 1:1 within a caliper; beside R on the same people, or beside the figures that
 * were measured for this work where R is not installed. Processor time is compared, whichever threads spend it.
 */

import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { runApart } from "./apart";
import { type Bench, median, type Run, round } from "./bench";
import { type LabPeer, runInR } from "./lab-peer";
import type { LabRun } from "./lab-run";

/** Times each is run; the middle one counts. Before a few, much of a process goes into making its code quick. */
const TIMES = 7;
const PEER_TIMES = 3;

/** Processor time of R 4.2.2's glm and MatchIt 4.7.2's matching on two busy cores, in milliseconds, by others. */
const PUBLISHED: Readonly<Record<number, number>> = { 100000: 542, 1000000: 6_620 };

/** No slower than R; three times as fast at a million. */
const targetAt = (others: number) => (others >= 1_000_000 ? 3 : 1);

export const lab: Bench = {
  name: "lab",
  about:
    "5,000 people matched among 100,000 and a million others, against R; three times as fast at a million",
  limit: "passes over the rows, three of them at a million, and putting the scores in order",
  rows: [100_000, 1_000_000],
  async run(run) {
    await mkdir(run.dataDir, { recursive: true, mode: 0o700 });
    const folder = await mkdtemp(join(run.dataDir, "lab-"));
    try {
      for (const others of run.rows) await measure(run, folder, others);
    } finally {
      await rm(folder, { recursive: true });
    }
  },
};

async function measure(run: Run, folder: string, others: number): Promise<void> {
  run.say(`Matching among ${others.toLocaleString("en-GB")} others`);
  const own = await runApart<LabRun>("lab-run.ts", [String(others), String(TIMES)]);
  const peer = await runInR(folder, others, PEER_TIMES);
  const published = PUBLISHED[others];
  const cpu = middle(own, "cpu");
  const against = peer?.cpu ?? published;
  run.measured({
    bench: "lab",
    case: "fit and 1:1 match, processor time",
    rows: others,
    product_ms: round(cpu),
    wall_ms: round(middle(own, "wall")),
    first_cpu_ms: round(own.times[0]?.cpu ?? 0),
    fit_cpu_ms: round(middle(own, "fitCpu")),
    radius_cpu_ms: round(middle(own, "radiusCpu")),
    pairs: own.pairs,
    table_megabytes: round(own.tableMegabytes, 0),
    peak_megabytes: round(own.peakMegabytes, 0),
    peer: peerWords(peer),
    ...(peer && {
      peer_wall_ms: round(peer.wall),
      peer_megabytes: round(peer.megabytes, 0),
      estimates_apart: Number(furthest(own.estimates, peer.estimates).toPrecision(2)),
      ...(peer.pairs !== null && { peer_pairs: peer.pairs }),
    }),
    ...(against !== undefined && {
      peer_ms: round(against),
      ratio: round(against / cpu, 2),
      target: targetAt(others),
      ok: against / cpu >= targetAt(others),
    }),
  });
}

function peerWords(peer: LabPeer | null): string {
  if (!peer) return "R 4.2.2 glm and MatchIt 4.7.2 as published with the research, not run here,";
  return peer.matchit
    ? `R ${peer.r} glm and MatchIt ${peer.matchit}`
    : `R ${peer.r} glm alone, without any matching,`;
}

const middle = ({ times }: LabRun, what: keyof LabRun["times"][number]) =>
  median(times.map((each) => each[what]));

/** Largest difference of two lists, relative to the size of what is compared. */
const furthest = (a: readonly number[], b: readonly number[]) =>
  Math.max(...a.map((each, at) => Math.abs(each - (b[at] ?? Number.NaN)) / Math.max(1e-3, Math.abs(each))));
