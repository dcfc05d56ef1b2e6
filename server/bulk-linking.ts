/**
 * Links a whole extract of any size on all processors: the same answer as `domain/linking/link-all.ts`, pair by pair
 * (`bulk-linking.test.ts` compares them), in a fraction of the time and memory. Threads read and normalise the file
 * piece by piece, and compare and score slices of the pairs; this one sorts blocking keys, estimates and joins. Each
 * pair is kept as one number, and so is how it agrees: what pairs of one pattern have in common is worked out once.
 * Nothing is stored.
 */

import { availableParallelism } from "node:os";
import { LinkingPool } from "./bulk-linking-pool";
import type { ReadBlock } from "./bulk-linking-thread";
import { RecordStore, type SharedRecords } from "./bulk-records";
import { Invalid } from "./domain/errors";
import { compareRecords } from "./domain/linking/comparison";
import { estimateParameters, frequenciesOfPeople, modelOf, PatternCounts } from "./domain/linking/estimation";
import { type ExtractLayout, type ExtractMap, readLayout } from "./domain/linking/extract";
import { JoinedSets } from "./domain/linking/joined-sets";
import { pairsAtRandom, RANDOM_PAIRS } from "./domain/linking/learning";
import { joinScored, type LinkedExtract, type ScoredLink } from "./domain/linking/link-all";
import { type LinkModel, type LinkParameters, SHIPPED_MODEL, scorePair } from "./domain/linking/model";
import { MOST_RECORDS, PackedKeys } from "./domain/linking/packed-keys";
import { readCode } from "./domain/linking/pattern-codes";
import type { LinkRecord } from "./domain/linking/record";
import { inDigits } from "./domain/number-text";
import { bytesOfFile } from "./extract-file";
import { type CsvBlock, csvBlocks, rowsOfBlock } from "./importers/csv";

export interface BulkOptions {
  /** The file's own names of columns; null when it has ours. */
  map: ExtractMap | null;
  currentYear: number;
  start?: LinkParameters;
  randomPairs?: number;
  threads?: number;
  onProgress?(words: string): void;
}

export interface LinkedFile extends LinkedExtract {
  records: number;
  /** Organisation of a record, by its number in the file; empty when the file does not say. */
  organisationOf(id: string): string;
}

/** Pairs that a thread is given at a time. */
const SLICE = 20_000;

/** Links a file. Throws Invalid, by line, when it cannot be read or two rows have one number. */
export async function linkFile(path: string, options: BulkOptions): Promise<LinkedFile> {
  const pool = new LinkingPool(options.threads ?? Math.min(8, availableParallelism()));
  try {
    return await link(path, options, pool);
  } finally {
    await pool.close();
  }
}

async function link(path: string, options: BulkOptions, pool: LinkingPool): Promise<LinkedFile> {
  const { onProgress = () => {}, start = SHIPPED_MODEL } = options;
  const read = await readFile(path, options, pool, onProgress);
  const { ids, shared } = read;
  const records = ids.length;
  const store = new RecordStore(shared);
  const { pairs, oversized, carriers } = read.keys.pairs(records);
  store.takeOversized(carriers);
  await pool.tellAll("share", shared);
  onProgress(`${inDigits(pairs.length)} pairs share a key`);

  const candidates = await compareAll(pool, pairs);
  const random = await compareAll(pool, randomPairsOf(records, options.randomPairs ?? RANDOM_PAIRS));
  const examples = examplesOf(candidates);
  const estimate = estimateParameters(
    "extract-1",
    { records, candidates: countsOf(candidates, false), random: countsOf(random, true) },
    start,
  );
  const scoreCode = (using: LinkModel, code: number, rare: boolean) =>
    scoreExample(using, store, examples, code, rare);
  const rough = modelOf(estimate.parameters, {});
  // Whatever a veto says: this only counts how many people carry a value.
  const isRoughLink = perCode((code) => scoreCode(rough, code, false).probability >= rough.thresholds.link);
  const people = peopleOf(records, candidates, isRoughLink);
  const model = modelOf(estimate.parameters, frequenciesOfPeople(recordsByPerson(store, people)));
  onProgress(`${inDigits(Math.round(estimate.expectedPairs))} pairs of one person are expected`);

  const mayCount = perCode((code) => scoreCode(model, code, true).band !== "leave");
  await pool.tellAll("model", model);
  const scored = await scoreAll(pool, candidates, mayCount, ids);
  const placeOf = new Map<string, number>();
  for (const { a, b } of scored.links) placeOf.set(a, -1).set(b, -1);
  for (const [place, id] of ids.entries()) if (placeOf.has(id)) placeOf.set(id, place);
  const at = (id: string) => store.at(placeOf.get(id) ?? -1);
  const joined = joinScored(scored.links, (a, b) => scorePair(model, at(a), at(b)));
  onProgress(
    `${inDigits(joined.pairs.length)} pairs, ${inDigits(joined.clusters.length)} people with several records`,
  );
  return {
    ...joined,
    candidates: pairs.length,
    oversizedKeys: oversized,
    estimate,
    model,
    records,
    organisationOf: (id) => read.organisations[placeOf.get(id) ?? -1] ?? "",
  };
}

interface ReadFile {
  /** In order of their ids, as everything by place is. */
  ids: readonly string[];
  organisations: readonly string[];
  shared: SharedRecords;
  keys: PackedKeys;
}

/** Reads the file on all threads, and puts its records in the order of their ids. */
async function readFile(
  path: string,
  { map, currentYear }: BulkOptions,
  pool: LinkingPool,
  onProgress: (words: string) => void,
): Promise<ReadFile> {
  const blocks: Promise<ReadBlock>[] = [];
  let layout: ExtractLayout | undefined;
  for await (const block of csvBlocks(bytesOfFile(path))) {
    layout ??= readLayout(headerOf(block), map);
    await pool.hasRoom();
    blocks.push(readBlock(pool, block, layout, currentYear));
    blocks.at(-1)?.catch(() => {});
  }
  const read = await Promise.all(blocks);
  onProgress(`${inDigits(read.reduce((sum, { ids }) => sum + ids.length, 0))} records read`);
  return arrange(read);
}

function readBlock(
  pool: LinkingPool,
  { bytes, latin, first }: CsvBlock,
  layout: ExtractLayout,
  year: number,
): Promise<ReadBlock> {
  const block = Uint8Array.from(bytes);
  return pool.run("read", { block, latin, first, layout, year }, [block.buffer]);
}

const headerOf = (block: CsvBlock) => rowsOfBlock(block, 1).rows[0]?.cells ?? [];

function arrange(blocks: readonly ReadBlock[]): ReadFile {
  const arrived = blocks.flatMap(({ ids }) => ids);
  const records = arrived.length;
  if (records > MOST_RECORDS) {
    throw new Invalid(
      `The file has ${inDigits(records)} records. Link at most ${inDigits(MOST_RECORDS)} at a time.`,
    );
  }
  const order = orderOf(arrived);
  refuseIds(arrived, order, blocks);
  const placeOf = new Uint32Array(records);
  for (const [place, arrival] of order.entries()) placeOf[arrival] = place;

  const sizes = new Float64Array(records + 1);
  const keys = new PackedKeys(blocks.reduce((sum, block) => sum + block.keys.length / 2, 0));
  let arrival = 0;
  for (const block of blocks) {
    let key = 0;
    for (const [row, size] of block.sizes.entries()) {
      const place = placeOf[arrival] ?? 0;
      sizes[place + 1] = size;
      for (let left = block.keyCounts[row] ?? 0; left > 0; left -= 1) {
        keys.add(block.keys[key] ?? 0, block.keys[key + 1] ?? 0, place);
        key += 2;
      }
      arrival += 1;
    }
  }
  const starts = new Float64Array(new SharedArrayBuffer(sizes.byteLength));
  for (let place = 0; place < records; place += 1)
    starts[place + 1] = (starts[place] ?? 0) + (sizes[place + 1] ?? 0);
  const bytes = new Uint8Array(new SharedArrayBuffer(starts[records] ?? 0));
  arrival = 0;
  for (const block of blocks) {
    let from = 0;
    for (const size of block.sizes) {
      bytes.set(block.text.subarray(from, from + size), starts[placeOf[arrival] ?? 0] ?? 0);
      from += size;
      arrival += 1;
    }
  }
  const organisations = blocks.flatMap((block) => block.organisations);
  return {
    ids: Array.from(order, (one) => arrived[one] ?? ""),
    organisations: Array.from(order, (one) => organisations[one] ?? ""),
    shared: { bytes: bytes.buffer, starts: starts.buffer },
    keys,
  };
}

function orderOf(ids: readonly string[]): Uint32Array {
  const order = Uint32Array.from(ids, (_, at) => at);
  const isSorted = ids.every((id, at) => at === 0 || (ids[at - 1] ?? "") < id);
  return isSorted ? order : order.sort((x, y) => ((ids[x] ?? "") < (ids[y] ?? "") ? -1 : 1));
}

/** Every record needs a number of its own, or nobody could say which pair is meant. */
function refuseIds(ids: readonly string[], order: Uint32Array, blocks: readonly ReadBlock[]): void {
  const lineOf = (arrival: number) => {
    let [first, lines] = [0, 1];
    for (const block of blocks) {
      if (arrival < first + block.ids.length) return lines + (block.lines[arrival - first] ?? 0);
      first += block.ids.length;
      lines += block.lineCount;
    }
    return lines;
  };
  for (const [place, arrival] of order.entries()) {
    if (ids[arrival] === "")
      throw new Invalid(`Line ${lineOf(arrival)} has no record_id. Give every row one.`);
    const next = order[place + 1];
    if (next !== undefined && ids[arrival] === ids[next]) {
      const [one, other] = [lineOf(arrival), lineOf(next)].sort((x, y) => x - y);
      throw new Invalid(`Lines ${one} and ${other} have the same record_id. Give every row one of its own.`);
    }
  }
}

function randomPairsOf(records: number, most: number): Float64Array {
  const pairs: number[] = [];
  for (const [a, b] of pairsAtRandom(records, most)) pairs.push(a * records + b);
  return Float64Array.from(pairs).sort();
}

/** Pairs and how each agrees. */
interface Compared {
  pairs: Float64Array;
  codes: Float64Array;
}

async function compareAll(pool: LinkingPool, given: Float64Array): Promise<Compared> {
  const pairs = new Float64Array(new SharedArrayBuffer(given.byteLength));
  pairs.set(given);
  const codes = new Float64Array(new SharedArrayBuffer(given.byteLength));
  const slices: Promise<unknown>[] = [];
  for (let from = 0; from < pairs.length; from += SLICE) {
    const to = Math.min(pairs.length, from + SLICE);
    slices.push(pool.run("compare", { pairs: pairs.buffer, codes: codes.buffer, from, to }));
  }
  await Promise.all(slices);
  return { pairs, codes };
}

/** How often each pattern was seen; of candidates those that no veto keeps apart. */
function countsOf({ codes }: Compared, withThoseApart: boolean): PatternCounts {
  const times = new Map<number, number>();
  for (const code of codes) times.set(code, (times.get(code) ?? 0) + 1);
  const counts = new PatternCounts();
  for (const [code, seen] of times) {
    const { levels, apart } = readCode(code);
    if (withThoseApart || !apart) counts.add({ levels }, seen);
  }
  return counts;
}

/** A pair of each code. */
function examplesOf({ pairs, codes }: Compared): Map<number, number> {
  const examples = new Map<number, number>();
  for (const [at, code] of codes.entries()) if (!examples.has(code)) examples.set(code, pairs[at] ?? 0);
  return examples;
}

/** A value that no record has: as rare as any may be taken to be. */
const RAREST = "\u{0}";

/**
 * The score of the pairs of a code: all of them have it where the model knows no frequencies; where it does, and the
 * values that agree are taken to be rare, it is the best that any of them can have.
 */
function scoreExample(
  model: LinkModel,
  store: RecordStore,
  examples: ReadonlyMap<number, number>,
  code: number,
  rare: boolean,
) {
  const pair = examples.get(code) ?? 0;
  const [a, b] = [store.at(Math.floor(pair / store.length)), store.at(pair % store.length)];
  const comparison = compareRecords(a, b);
  const shared = Object.fromEntries(Object.keys(comparison.shared).map((field) => [field, RAREST]));
  return scorePair(model, a, b, rare ? { ...comparison, shared } : comparison);
}

function perCode(says: (code: number) => boolean): (code: number) => boolean {
  const said = new Map<number, boolean>();
  return (code) => {
    const known = said.get(code) ?? says(code);
    said.set(code, known);
    return known;
  };
}

/** Who is who at first sight: for each record the first of those that links connect with it. */
function peopleOf(
  records: number,
  { pairs, codes }: Compared,
  isLink: (code: number) => boolean,
): Uint32Array {
  const sets = new JoinedSets(records);
  for (const [at, code] of codes.entries()) {
    if (!isLink(code)) continue;
    const pair = pairs[at] ?? 0;
    sets.join(Math.floor(pair / records), pair % records);
  }
  return sets.roots();
}

/** The records of each person together, one person at a time. */
function* recordsByPerson(store: RecordStore, people: Uint32Array): Generator<LinkRecord[]> {
  const others = new Map<number, number[]>();
  for (const [place, person] of people.entries()) {
    if (place === person) continue;
    const places = others.get(person);
    if (places) places.push(place);
    else others.set(person, [place]);
  }
  for (const [place, person] of people.entries()) {
    if (place === person) yield [place, ...(others.get(place) ?? [])].map((one) => store.at(one));
  }
}

async function scoreAll(
  pool: LinkingPool,
  { pairs, codes }: Compared,
  mayCount: (code: number) => boolean,
  ids: readonly string[],
): Promise<{ links: ScoredLink[] }> {
  const chosen = pairs.filter((_, at) => mayCount(codes[at] ?? 0));
  const links: ScoredLink[] = [];
  const reasons = new Map<string, string>();
  const slices: Promise<void>[] = [];
  for (let from = 0; from < chosen.length; from += SLICE) {
    const slice = chosen.slice(from, from + SLICE);
    slices.push(
      pool.run("score", slice).then(({ at, weights, probabilities, bands, reasons: said }) => {
        for (const [one, place] of at.entries()) {
          const pair = slice[place] ?? 0;
          const text = said[one] ?? "";
          // One text for all pairs that have it.
          const reason = reasons.get(text) ?? text;
          reasons.set(reason, reason);
          links.push({
            a: ids[Math.floor(pair / ids.length)] ?? "",
            b: ids[pair % ids.length] ?? "",
            weight: weights[one] ?? 0,
            probability: probabilities[one] ?? 0,
            band: bands[one] ?? "review",
            reason,
          });
        }
      }),
    );
  }
  await Promise.all(slices);
  return { links };
}
