/**
 * Whoever tells two kinds of worlds apart: those in which Alice came and those in which she did not. A logistic
 * regression over features made by hand, and a table of what was seen how often. Both learn from worlds of their own
 * and are scored on fresh ones, at even odds.
 */

/** What was seen in one world, and whether Alice came. */
export interface Seen {
  came: boolean;
  features: readonly number[];
}

/** How well somebody tells the two kinds apart. */
export interface Telling {
  /** Best rate of true alarms less rate of false ones; 0 is a coin, 1 is certainty. */
  advantage: number;
  /** Share of the worlds in which Alice came where one may be 95% sure that she did. */
  proved: number;
}

/** 95% sure at even odds beforehand (`disclosure-live`, 1). */
const SURE = 0.95;
/** A group of fewer worlds proves nothing: all of them might have been chance (`disclosure-live`, 1). */
const FEWEST_IN_GROUP = 40;
const STEPS = 60;
const RIDGE = 0.003;

/**
 * Learns on the first worlds and tells the others apart: logistic regression with a small ridge, by conjugate steps
 * of Newton's method (Hessian never made whole).
 */
export function tellApart(learning: readonly Seen[], fresh: readonly Seen[]): Telling {
  return scored(scoresOf(learning, fresh), fresh);
}

/** What the regression that learned on the first worlds says of the others: log odds. */
export function scoresOf(learning: readonly Seen[], fresh: readonly Seen[]): number[] {
  const scale = scaleOf(learning);
  const rows = learning.map((seen) => scale(seen.features));
  const came = Float64Array.from(learning, (seen) => (seen.came ? 1 : 0));
  const weights = learn(rows, came);
  return fresh.map((seen) => dot(weights, scale(seen.features)));
}

/** Advantage and proof from scores: the higher, the surer that Alice came. */
export function scored(scores: readonly number[], fresh: readonly Seen[]): Telling {
  const order = scores.map((score, at) => ({ score, came: fresh[at]?.came === true }));
  order.sort((a, b) => b.score - a.score);
  const all = order.filter(({ came }) => came).length;
  const none = order.length - all;
  let [came, others, advantage, proved] = [0, 0, 0, 0];
  for (const [at, one] of order.entries()) {
    if (one.came) came += 1;
    else others += 1;
    // Between equal scores no line can be drawn.
    if (order[at + 1]?.score === one.score) continue;
    advantage = Math.max(advantage, came / all - others / none);
    const group = came + others;
    if (group >= FEWEST_IN_GROUP && came / all / (came / all + others / none) >= SURE) proved = came / all;
  }
  return { advantage, proved };
}

/** Learns which outcomes are commoner when Alice came, and tells fresh worlds apart by them alone. */
export function tellByTable(
  learning: readonly { came: boolean; outcome: string }[],
  fresh: readonly { came: boolean; outcome: string }[],
): Telling {
  const seen = new Map<string, [without: number, with_: number]>();
  for (const { came, outcome } of learning) {
    const counts = seen.get(outcome) ?? [0, 0];
    counts[came ? 1 : 0] += 1;
    seen.set(outcome, counts);
  }
  const totals = [0, 1].map((at) => learning.filter(({ came }) => Number(came) === at).length);
  const scoreOf = (outcome: string) => {
    const [without, with_] = seen.get(outcome) ?? [0, 0];
    return (
      Math.log((with_ + 0.5) / ((totals[1] ?? 0) + 1)) - Math.log((without + 0.5) / ((totals[0] ?? 0) + 1))
    );
  };
  const rows = fresh.map(({ came, outcome }) => ({ came, score: scoreOf(outcome) }));
  // The line is drawn where learning put it, at even odds: an advantage that is not picked by looking.
  const share = (of: boolean) => {
    const those = rows.filter((row) => row.came === of);
    return those.filter(({ score }) => score > 0).length / Math.max(1, those.length);
  };
  const { proved } = scored(
    rows.map(({ score }) => score),
    rows.map(({ came }) => ({ came, features: [] })),
  );
  return { advantage: Math.max(0, share(true) - share(false)), proved };
}

/** Features to mean 0 and spread 1, with a constant before them; one that never varies stays 0. */
function scaleOf(worlds: readonly Seen[]): (features: readonly number[]) => Float64Array {
  const width = worlds[0]?.features.length ?? 0;
  const mean = new Float64Array(width);
  const spread = new Float64Array(width);
  for (const { features } of worlds)
    for (let i = 0; i < width; i += 1) mean[i] = (mean[i] ?? 0) + (features[i] ?? 0);
  for (let i = 0; i < width; i += 1) mean[i] = (mean[i] ?? 0) / worlds.length;
  for (const { features } of worlds) {
    for (let i = 0; i < width; i += 1)
      spread[i] = (spread[i] ?? 0) + ((features[i] ?? 0) - (mean[i] ?? 0)) ** 2;
  }
  for (let i = 0; i < width; i += 1) spread[i] = Math.sqrt((spread[i] ?? 0) / worlds.length);
  return (features) => {
    const row = new Float64Array(width + 1);
    row[0] = 1;
    for (let i = 0; i < width; i += 1) {
      const by = spread[i] ?? 0;
      row[i + 1] = by < 1e-9 ? 0 : ((features[i] ?? 0) - (mean[i] ?? 0)) / by;
    }
    return row;
  };
}

/** Weights of the regression, the constant first: accelerated gradient steps until they hardly move. */
function learn(rows: readonly Float64Array[], came: Float64Array): Float64Array {
  const width = rows[0]?.length ?? 0;
  let weights = new Float64Array(width);
  for (let step = 0; step < STEPS; step += 1) {
    const gradient = new Float64Array(width);
    const curve = new Float64Array(rows.length);
    for (const [at, row] of rows.entries()) {
      const chance = 1 / (1 + Math.exp(-dot(weights, row)));
      curve[at] = chance * (1 - chance);
      addTo(gradient, row, (came[at] ?? 0) - chance);
    }
    for (let i = 0; i < width; i += 1) {
      gradient[i] = (gradient[i] ?? 0) / rows.length - (i === 0 ? 0 : RIDGE * (weights[i] ?? 0));
    }
    const move = solve(rows, curve, gradient);
    weights = weights.map((weight, i) => weight + (move[i] ?? 0));
    if (Math.sqrt(dot(move, move)) < 1e-4) break;
  }
  return weights;
}

/** Newton's step by conjugate gradients: solves (X'WX / n + ridge) step = gradient. */
function solve(rows: readonly Float64Array[], curve: Float64Array, gradient: Float64Array): Float64Array {
  const times = (vector: Float64Array) => {
    const product = new Float64Array(vector.length);
    for (const [at, row] of rows.entries())
      addTo(product, row, ((curve[at] ?? 0) * dot(row, vector)) / rows.length);
    for (let i = 0; i < vector.length; i += 1) product[i] = (product[i] ?? 0) + RIDGE * (vector[i] ?? 0);
    return product;
  };
  const answer = new Float64Array(gradient.length);
  const rest = gradient.slice();
  let direction = gradient.slice();
  let size = dot(rest, rest);
  const small = size * 1e-6;
  for (let i = 0; i < 40 && size > small && size > 1e-14; i += 1) {
    const ahead = times(direction);
    const by = size / dot(direction, ahead);
    addTo(answer, direction, by);
    addTo(rest, ahead, -by);
    const next = dot(rest, rest);
    const turn = next / size;
    direction = direction.map((value, at) => (rest[at] ?? 0) + turn * value);
    size = next;
  }
  return answer;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}

function addTo(target: Float64Array, row: Float64Array, by: number): void {
  for (let i = 0; i < row.length; i += 1) target[i] = (target[i] ?? 0) + by * (row[i] ?? 0);
}
