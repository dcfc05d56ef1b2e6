/**
 * `people link`: links a whole extract and writes its pairs. Nothing is stored; without --against the installation is
 * not even opened. With it, the records are tried against the clients of the installation too, and nothing is stored
 * there either. The method: docs/methods/linking.md.
 */

import { type LinkedFile, linkFile } from "../bulk-linking";
import { writeCsvFile } from "../csv-file";
import type { CsvValue } from "../domain/csv";
import { Invalid } from "../domain/errors";
import { type ExtractMap, extractMapSchema } from "../domain/linking/extract";
import type { NamedRecord } from "../domain/linking/link-all";
import { inDigits } from "../domain/number-text";
import { extractFaults, extractRecords, type LineFault } from "../extract-file";
import { type Trial, tryAgainstTruth } from "../extract-truth";
import { tryAgainst } from "../people-against";
import { type Call, type Command, readOptions, required, WrongUsage } from "./command";
import { readMapping } from "./parse";

/** Faults told one by one; the rest are counted. */
const MOST_FAULTS = 20;

export const peopleLink: Command = {
  name: "people link",
  usage:
    "FILE.csv --out PAIRS.csv [--map MAP.json] [--clusters CLUSTERS.csv] [--truth TRUTH.csv] [--against FOUND.csv]",
  about: "Links the records of an extract that are one person's, and writes the pairs. Nothing is stored.",
  async run(call) {
    const { text, operands } = readOptions(call.args, ["out", "map", "clusters", "truth", "against"]);
    const [path, ...more] = operands;
    if (path === undefined || more.length > 0) throw new WrongUsage("Name one file to link.");
    const out = required(text.out, "out");
    const map = text.map === undefined ? null : await readMapping(text.map, extractMapSchema);
    const currentYear = new Date().getUTCFullYear();

    const faults = await tellFaults(call, path, map, currentYear);
    const linked = await linkFile(path, { map, currentYear, onProgress: (words) => call.say(`  ${words}`) });
    if (linked.records === 0)
      throw new Invalid(`${path} holds no record below its first line. Nothing was written.`);
    await writeCsvFile(
      out,
      ["record_id_a", "record_id_b", "probability", "band", "reason"],
      pairRows(linked),
    );
    if (text.clusters !== undefined) {
      await writeCsvFile(text.clusters, ["person", "record_id"], clusterRows(linked));
    }
    const line = { ...summaryOf(linked), faults };
    call.result(line, summaryInWords(linked, out));
    if (text.against !== undefined) await tryAgainstStore(call, path, map, currentYear, text.against);
    if (text.truth !== undefined) {
      const files = { extract: path, truth: text.truth, map };
      const trial = await tryAgainstTruth(linked.pairs, files, currentYear);
      call.result({ trial }, trialInWords(trial));
    }
    return 0;
  },
};

/** Tries the extract against everybody the installation knows, and writes whom each record would be linked with. */
async function tryAgainstStore(
  call: Call,
  path: string,
  map: ExtractMap | null,
  currentYear: number,
  out: string,
): Promise<void> {
  const { stats } = await call.open();
  const records: NamedRecord[] = [];
  for await (const { id, record } of extractRecords(path, map, currentYear)) records.push({ id, record });
  const found = await tryAgainst(stats, records);
  await writeCsvFile(
    out,
    ["record_id", "organisation", "client_id", "probability", "band", "reason"],
    found.map(({ recordId, client, probability, band, reason }) => [
      recordId,
      client.organisationId,
      client.clientId,
      probability,
      band,
      reason,
    ]),
  );
  const known = new Set(found.flatMap(({ recordId, band }) => (band === "link" ? [recordId] : []))).size;
  call.result(
    { against: { pairs: found.length, knownRecords: known } },
    `${inDigits(known)} of the records would be linked with somebody known here. The pairs are in ${out}: whoever holds it can see who is known. Nothing was stored.`,
  );
}

/** Tells the values that cannot be right, the first ones line by line. Gives their number by reason. */
async function tellFaults(
  call: Call,
  path: string,
  map: ExtractMap | null,
  currentYear: number,
): Promise<Record<string, number>> {
  const byReason: Record<string, number> = {};
  let told = 0;
  for await (const fault of extractFaults(path, map, currentYear)) {
    const reason = `${fault.column}: ${fault.reason}`;
    byReason[reason] = (byReason[reason] ?? 0) + 1;
    told += 1;
    if (told <= MOST_FAULTS) tellFault(call, fault);
  }
  if (told > MOST_FAULTS) {
    call.say(
      `  and ${inDigits(told - MOST_FAULTS)} more that cannot be right. What cannot be read is taken as not known.`,
    );
  }
  return byReason;
}

function tellFault(call: Call, { line, column, reason, remedy }: LineFault): void {
  if (call.json) call.result({ line, column, reason, remedy });
  else call.say(`  line ${line}, ${column}: ${reason}. ${remedy}.`);
}

function summaryOf(linked: LinkedFile) {
  const bands = { link: 0, review: 0 };
  for (const { band } of linked.pairs) bands[band] += 1;
  const { prior, thresholds, fields } = linked.model;
  return {
    read: linked.records,
    pairs: linked.pairs.length,
    byBand: bands,
    clusters: linked.clusters.length,
    blockingPairs: linked.candidates,
    oversizedKeys: linked.oversizedKeys,
    model: {
      version: linked.model.version,
      rounds: linked.estimate.rounds,
      expectedPairs: Math.round(linked.estimate.expectedPairs),
      prior,
      thresholds,
      fields,
    },
  };
}

function summaryInWords(linked: LinkedFile, out: string): string {
  const { read, byBand, clusters, blockingPairs, model } = summaryOf(linked);
  return [
    `${inDigits(read)} records read; ${inDigits(blockingPairs)} pairs were worth comparing.`,
    `  ${inDigits(byBand.link)} pairs are linked (probability ${model.thresholds.link} or more and nothing against it): ${inDigits(clusters)} people have several records.`,
    `  ${inDigits(byBand.review)} pairs are for a person to look at (probability ${model.thresholds.review} or more).`,
    `  The model was learnt from the file in ${model.rounds} rounds. The pairs are in ${out}. Nothing was stored.`,
  ].join("\n");
}

const percent = (value: number) => `${(100 * value).toFixed(1)}%`;

function trialInWords(trial: Trial): string {
  const { truePairs, blockingRecall, link, linkAndReview, bestF1, wrongLinks } = trial;
  const band = (name: string, { pairs, precision, recall, f1 }: Trial["link"]) =>
    `  ${name}: ${inDigits(pairs)} pairs, precision ${percent(precision)}, recall ${percent(recall)}, F1 ${f1}.`;
  return [
    `Against the truth of ${inDigits(truePairs)} pairs:`,
    band("linked", link),
    band("linked or for review", linkAndReview),
    `  Blocking kept ${percent(blockingRecall)} of the true pairs. The best F1, ${bestF1.f1}, is at probability ${bestF1.threshold.toPrecision(4)}.`,
    `  Wrong links that look like twins: ${wrongLinks.twins}; like two people of one name: ${wrongLinks.oneName}; others: ${wrongLinks.other}.`,
  ].join("\n");
}

function* pairRows({ pairs }: LinkedFile): Generator<CsvValue[]> {
  for (const { a, b, probability, band, reason } of pairs) yield [a, b, probability, band, reason];
}

function* clusterRows({ clusters }: LinkedFile): Generator<CsvValue[]> {
  for (const ids of clusters) for (const id of ids) yield [ids[0] ?? id, id];
}
