/**
 * Links one file in a process of its own, so that its memory is nobody else's: `linking-run.ts FILE PAIRS`. Sends
 * what it took when the pairs are written.
 */

import { linkFile } from "../server/bulk-linking";
import { writeCsvFile } from "../server/csv-file";

/** What linking one file took. */
export interface LinkingRun {
  ms: number;
  cpuSeconds: number;
  peakMegabytes: number;
  pairsCompared: number;
  stages: readonly string[];
}

const [file = "", out = ""] = process.argv.slice(2);
const from = performance.now();
const stages: string[] = [];
const linked = await linkFile(file, {
  map: null,
  currentYear: 2026,
  onProgress: (words) => stages.push(`${Math.round((performance.now() - from) / 1000)} s ${words}`),
});
function* rows() {
  for (const { a, b, probability, band, reason } of linked.pairs) yield [a, b, probability, band, reason];
}
await writeCsvFile(out, ["record_id_a", "record_id_b", "probability", "band", "reason"], rows());
const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
const run: LinkingRun = {
  ms: performance.now() - from,
  cpuSeconds: (userCPUTime + systemCPUTime) / 1e6,
  peakMegabytes: maxRSS / 1024,
  pairsCompared: linked.candidates,
  stages,
};
process.send?.(run);
