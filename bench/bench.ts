/** What a benchmark is given and what it says: one line a measurement, for people or as JSON. */

/** One measurement: the product and its peer in the same run. Times are in milliseconds. */
export interface Measurement {
  bench: string;
  /** What was measured, in words. */
  case: string;
  /** Issue entries of the world it ran on. */
  rows: number;
  product_ms?: number;
  /** What the product is measured against. */
  peer?: string;
  peer_ms?: number;
  /** How the two compare, the way that `target` is stated. */
  ratio?: number;
  target?: number;
  /** Whether the target is met; absent for a line without one. */
  ok?: boolean;
  /** Anything else worth knowing, by name. */
  [detail: string]: string | number | boolean | undefined;
}

export interface Run {
  /** Sizes of world asked for, in issue entries. */
  rows: readonly number[];
  /** How many worlds an attack is played on; each has its own number where nobody says. */
  worlds?: number;
  /** A file to run on in place of a made one. */
  file?: string;
  /** Where built worlds are kept. */
  dataDir: string;
  measured(line: Measurement): void;
  /** Progress and remarks for people; with --json they go to standard error. */
  say(text: string): void;
}

/** A line of a register. */
export interface Bench {
  name: string;
  about: string;
  /** What keeps the product from being faster than it is, in words. */
  limit?: string;
  /** Sizes where none are asked for, when they are not those of the others. It is then run only when it is named. */
  rows?: readonly number[];
  run(run: Run): Promise<void>;
}

/** Middle of some times. */
export function median(times: readonly number[]): number {
  const sorted = [...times].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low = 0, high = 0] = [sorted[sorted.length % 2 === 0 ? middle - 1 : middle], sorted[middle]];
  return (low + high) / 2;
}

/** Milliseconds that some work takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}

/**
 * Area under the curve of a classifier by a threshold: the chance that a known one ranks above an unknown one, ties
 * counting half (Mann and Whitney); whichever way round it does better.
 */
export function auc(signal: readonly number[], known: readonly boolean[]): number {
  const order = signal
    .map((value, at) => ({ value, known: known[at] === true }))
    .sort((x, y) => x.value - y.value);
  let ranks = 0;
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to < order.length && order[to]?.value === order[from]?.value) to += 1;
    for (let at = from; at < to; at += 1) if (order[at]?.known) ranks += (from + 1 + to) / 2;
    from = to;
  }
  const ones = known.filter(Boolean).length;
  const others = known.length - ones;
  const area = (ranks - (ones * (ones + 1)) / 2) / (ones * others);
  return Math.max(area, 1 - area);
}

/** To the digits worth reading. */
export const round = (value: number, digits = 1) => Number(value.toFixed(digits));

/** Reads `[name…] [--rows N,N] [--worlds N] [--file PATH] [--json]` and runs those of a register, one after the other. Gives the exit code. */
export async function runRegister(
  register: readonly Bench[],
  args: readonly string[],
  options: {
    command: string;
    dataDir: string;
    rows: readonly number[];
    /** Keeps what one found, for `--keep`; called once it has come to its end. */
    keep?(bench: Bench, lines: readonly Measurement[]): void;
  },
): Promise<number> {
  const json = args.includes("--json");
  const say = (text: string) => (json ? console.error(text) : console.log(text));
  const at = args.indexOf("--rows");
  const asked = at < 0 ? null : (args[at + 1] ?? "").split(",").map(Number);
  const worldsAt = args.indexOf("--worlds");
  const worlds = worldsAt < 0 ? undefined : Number(args[worldsAt + 1]);
  const fileAt = args.indexOf("--file");
  const file = fileAt < 0 ? undefined : args[fileAt + 1];
  const values = [at, worldsAt, fileAt].filter((place) => place >= 0).map((place) => place + 1);
  const names = args.filter((word, i) => !word.startsWith("--") && !values.includes(i));
  const unknown = names.filter((name) => !register.some((bench) => bench.name === name));
  if (unknown.length > 0 || args.includes("--help") || asked?.some((count) => !(count >= 1_000))) {
    if (unknown.length > 0) console.error(`There is no ${unknown.join(", ")}.`);
    say(
      `npm run ${options.command} -- [name…] [--rows 100000,1000000] [--worlds 4000] [--file PATH] [--json]${options.keep ? " [--keep]" : ""}\n`,
    );
    for (const { name, about } of register) say(`  ${name}  ${about}`);
    return unknown.length > 0 ? 2 : 0;
  }
  let failed = 0;
  const measured = (line: Measurement) => {
    if (line.ok === false) failed += 1;
    console.log(json ? JSON.stringify(line) : inWords(line));
  };
  for (const bench of register) {
    if (names.length > 0 ? !names.includes(bench.name) : bench.rows) continue;
    const rows = asked ?? bench.rows ?? options.rows;
    const lines: Measurement[] = [];
    const keep = (line: Measurement) => {
      lines.push(line);
      measured(line);
    };
    await bench.run({
      rows,
      dataDir: options.dataDir,
      measured: keep,
      say,
      ...(worlds !== undefined && { worlds }),
      ...(file !== undefined && { file }),
    });
    for (const line of growthOf(lines, bench.limit)) measured(line);
    if (args.includes("--keep")) options.keep?.(bench, lines);
  }
  return failed > 0 ? 1 : 0;
}

/** How times grow from the smallest to the largest size, for each case that was measured at several. */
function growthOf(lines: readonly Measurement[], limit: string | undefined): Measurement[] {
  return [...new Set(lines.map((line) => line.case))].flatMap((what) => {
    const sizes = lines.filter((line) => line.case === what).sort((a, b) => a.rows - b.rows);
    const [small, large] = [sizes[0], sizes.at(-1)];
    if (!small?.product_ms || !large?.product_ms || small.rows === large.rows) return [];
    return {
      bench: small.bench,
      case: `growth: ${what}`,
      rows: large.rows,
      rows_grow: round(large.rows / small.rows, 1),
      product_grows: round(large.product_ms / small.product_ms, 2),
      ...(small.peer_ms && large.peer_ms && { peer_grows: round(large.peer_ms / small.peer_ms, 2) }),
      ...(limit !== undefined && { limit }),
    };
  });
}

/** What a line counted, by name, without how long it took and what it was compared with. */
export function countsOf({
  product_ms: _ours,
  peer_ms: _theirs,
  rows,
  ratio: _ratio,
  target: _target,
  ...rest
}: Measurement): Record<string, number> {
  const counted = Object.entries(rest).filter(
    (entry): entry is [string, number] => typeof entry[1] === "number",
  );
  return Object.fromEntries(rows > 0 ? [["entries", rows], ...counted] : counted);
}

/** A measurement as a line for people. */
function inWords({
  bench,
  case: what,
  rows,
  product_ms,
  peer,
  peer_ms,
  ratio,
  target,
  ok,
  ...rest
}: Measurement) {
  const parts = [`${bench} (${rows.toLocaleString("en-GB")} entries): ${what}`];
  if (product_ms !== undefined) parts.push(`${round(product_ms, 2).toLocaleString("en-GB")} ms`);
  if (peer_ms !== undefined) parts.push(`${peer} ${round(peer_ms, 2).toLocaleString("en-GB")} ms`);
  if (ratio !== undefined)
    parts.push(`ratio ${round(ratio, 2)}${target === undefined ? "" : `, target ${target}`}`);
  if (ok !== undefined) parts.push(ok ? "ok" : "SHORT OF TARGET");
  for (const [name, value] of Object.entries(rest)) parts.push(`${name.replaceAll("_", " ")} ${value}`);
  return parts.join("; ");
}
