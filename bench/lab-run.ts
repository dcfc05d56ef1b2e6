/**
 * Fits and matches in a process of its own, so that its memory and processor time are nobody else's:
 * `lab-run.ts OTHERS TIMES`. Sends what it took when it is done.
 */

import { matchBy } from "../server/domain/lab/matching";
import { fitPropensityInThreads } from "../server/lab-threads";
import { COVARIATES, LAB_COVARIATES, makeLabTable, PARTICIPANTS } from "./lab-table";

/** What a fit and a match took, in milliseconds; the first time, a process has everything to make ready. */
export interface LabTimes {
  cpu: number;
  wall: number;
  fitCpu: number;
  radiusCpu: number;
}

export interface LabRun {
  times: readonly LabTimes[];
  /** Before, with the table in memory, and the most. */
  tableMegabytes: number;
  peakMegabytes: number;
  /** Constant and slopes, to compare. */
  estimates: readonly number[];
  pairs: number;
}

const [others = "", times = ""] = process.argv.slice(2);
const table = makeLabTable(20_130_402, PARTICIPANTS, Number(others));
const tableMegabytes = process.memoryUsage().rss / 2 ** 20;
const cpu = (from?: NodeJS.CpuUsage) => {
  const used = process.cpuUsage(from);
  return (used.user + used.system) / 1_000;
};
const taken: LabTimes[] = [];
let estimates: number[] = [];
let pairs = 0;
for (let time = 0; time < Number(times); time += 1) {
  const [wall, before] = [performance.now(), process.cpuUsage()];
  const fitted = await fitPropensityInThreads(table, LAB_COVARIATES);
  const fitCpu = cpu(before);
  const { stratum } = matchBy(table, fitted, {
    name: "nearest",
    caliper: 0.2,
    ratio: 1,
    replace: false,
    order: "largest",
    exact: [],
    score: "logit",
  });
  const whole = { cpu: cpu(before), wall: performance.now() - wall, fitCpu };
  const beforeRadius = process.cpuUsage();
  matchBy(table, fitted, { name: "radius", caliper: 0.2, exact: [], score: "logit" });
  taken.push({ ...whole, radiusCpu: cpu(beforeRadius) });
  estimates = fitted.propensity.terms.map(({ estimate }) => estimate);
  pairs = new Set(stratum).size - 1;
}
if (estimates.length !== COVARIATES + 1) throw new Error("A covariate was left out");
const run: LabRun = {
  times: taken,
  tableMegabytes,
  peakMegabytes: process.resourceUsage().maxRSS / 1024,
  estimates,
  pairs,
};
process.send?.(run);
