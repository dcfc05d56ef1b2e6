/**
 * Greedy nearest neighbours, 1:k, with and without replacement. Everybody gets a first match before anybody gets a
 * second; each takes the nearest who is left, left and right of their own place among the scores; where both are
 * equally near, the one fewer places away, then the one on the left. Who is left is found in next to no time however
 * many were taken (two structures of joined sets).
 */

import type { LabMethod, LabTable, Matched } from "./analysis";
import type { ScoreLine, ScoreLines } from "./matching-score";
import { scaleComparisons } from "./weighted";

type Nearest = Extract<LabMethod, { name: "nearest" }>;

/** Somebody who took part: their place in the line, and how far their matches reach on each side of it. */
interface Seeker {
  row: number;
  key: number;
  left: number;
  right: number;
  found: number[];
  isDone: boolean;
}

/** Weights of everybody, with the pair or set of each; with replacement the sets of each participant instead. */
export function matchNearest(table: LabTable, lines: ScoreLines, method: Nearest): Matched {
  const seekers = lines.lines.flatMap((line) => matchLine(table, line, lines, method));
  const kept = seekers.filter(({ found }) => found.length > 0).sort((a, b) => a.row - b.row);
  const weights = new Float64Array(table.rows);
  const stratum = new Int32Array(table.rows).fill(-1);
  kept.forEach(({ row, found }, pair) => {
    weights[row] = 1;
    stratum[row] = pair;
    for (const control of found) {
      weights[control] = (weights[control] ?? 0) + 1 / found.length;
      stratum[control] = pair;
    }
  });
  return {
    weights: scaleComparisons(table.treated, weights),
    stratum: method.replace ? null : stratum,
    sets: method.replace
      ? kept.map(({ row, found }) => ({ treated: row, controls: Uint32Array.from(found) }))
      : null,
    caliperWidth: lines.caliperWidth,
  };
}

function matchLine(table: LabTable, line: ScoreLine, lines: ScoreLines, method: Nearest): Seeker[] {
  const seekers: Seeker[] = [];
  for (let place = 1; place <= line.rows.length; place += 1) {
    const row = line.rows[place - 1] ?? 0;
    if (table.treated[row] === 1)
      seekers.push({ row, key: lines.keys[row] ?? 0, left: place, right: place, found: [], isDone: false });
  }
  const left = new LeftControls(table, line, lines);
  const orderly = inOrder(seekers, lines, method.order);
  for (let round = 0; round < method.ratio && seekers.some(({ isDone }) => !isDone); round += 1) {
    if (method.order === "closest" && !method.replace) closestFirst(orderly, left);
    else for (const seeker of orderly) take(seeker, left.nearest(seeker), left, method.replace);
  }
  return seekers;
}

/** The order of taking turns; equal scores in the order of the rows. */
function inOrder(seekers: readonly Seeker[], { places }: ScoreLines, order: Nearest["order"]): Seeker[] {
  const place = ({ row }: Seeker) => places?.[row] ?? row;
  const compare: Record<Nearest["order"], (a: Seeker, b: Seeker) => number> = {
    largest: (a, b) => b.key - a.key,
    smallest: (a, b) => a.key - b.key,
    data: () => 0,
    closest: () => 0,
  };
  return [...seekers].sort((a, b) => compare[order](a, b) || place(a) - place(b));
}

function take(seeker: Seeker, place: number, left: LeftControls, replace: boolean): void {
  if (place === 0) {
    seeker.isDone = true;
    return;
  }
  seeker.found.push(left.rowAt(place));
  seeker.left = Math.min(seeker.left, place);
  seeker.right = Math.max(seeker.right, place);
  if (!replace) left.remove(place);
}

/**
 * One round in which the nearest pair of all is taken next. Of equally near ones, the first in the order of the rows;
 * but who has to look again, because somebody was quicker, goes before all who are as near.
 */
function closestFirst(seekers: readonly Seeker[], left: LeftControls): void {
  const heap = new Heap();
  const ask = (seeker: Seeker, place: number, turn: number) =>
    heap.push({ seeker, place, distance: left.distance(seeker, place), turn });
  seekers.forEach((seeker, turn) => {
    if (seeker.isDone) return;
    const place = left.nearest(seeker);
    if (place === 0) seeker.isDone = true;
    else ask(seeker, place, turn);
  });
  let again = 0;
  for (let next = heap.pop(); next; next = heap.pop()) {
    const place = left.nearest(next.seeker);
    if (place === next.place || place === 0) take(next.seeker, place, left, false);
    else {
      again -= 1;
      ask(next.seeker, place, again);
    }
  }
}

interface Offer {
  seeker: Seeker;
  place: number;
  distance: number;
  turn: number;
}

/** Offers with the nearest on top; equally near ones by turn. */
class Heap {
  readonly #offers: Offer[] = [];

  push(offer: Offer): void {
    const offers = this.#offers;
    offers.push(offer);
    for (let at = offers.length - 1; at > 0; ) {
      const above = (at - 1) >> 1;
      if (!this.#isBefore(at, above)) return;
      this.#swap(at, above);
      at = above;
    }
  }

  pop(): Offer | undefined {
    const offers = this.#offers;
    this.#swap(0, offers.length - 1);
    const top = offers.pop();
    for (let at = 0; ; ) {
      let first = at;
      for (const below of [2 * at + 1, 2 * at + 2])
        if (below < offers.length && this.#isBefore(below, first)) first = below;
      if (first === at) return top;
      this.#swap(at, first);
      at = first;
    }
  }

  #isBefore(a: number, b: number): boolean {
    const [one, other] = [this.#offers[a], this.#offers[b]];
    if (!one || !other) return false;
    return one.distance < other.distance || (one.distance === other.distance && one.turn < other.turn);
  }

  #swap(a: number, b: number): void {
    const [one, other] = [this.#offers[a], this.#offers[b]];
    if (!one || !other) return;
    this.#offers[a] = other;
    this.#offers[b] = one;
  }
}

/** The comparisons of a line that nobody has taken, by place from 1; 0 is nobody. */
class LeftControls {
  readonly #line: ScoreLine;
  readonly #keys: Float64Array;
  readonly #reach: number;
  /** The next who is left at or before, and at or after, each place. */
  readonly #before: Int32Array;
  readonly #after: Int32Array;

  constructor({ treated }: LabTable, line: ScoreLine, { keys, reach }: ScoreLines) {
    this.#line = line;
    this.#keys = keys;
    this.#reach = reach;
    const size = line.rows.length;
    this.#before = new Int32Array(size + 2);
    this.#after = new Int32Array(size + 2);
    this.#after[size + 1] = size + 1;
    for (let place = 1; place <= size; place += 1) {
      const isControl = treated[line.rows[place - 1] ?? 0] === 0;
      this.#before[place] = isControl ? place : place - 1;
      this.#after[place] = isControl ? place : place + 1;
    }
  }

  rowAt(place: number): number {
    return this.#line.rows[place - 1] ?? 0;
  }

  distance({ key }: Seeker, place: number): number {
    return Math.abs((this.#keys[this.rowAt(place)] ?? 0) - key);
  }

  remove(place: number): void {
    this.#before[place] = place - 1;
    this.#after[place] = place + 1;
  }

  /** Place of the nearest who is left beyond those whom the seeker has, within reach; 0: nobody. */
  nearest(seeker: Seeker): number {
    if (seeker.isDone) return 0;
    const last = this.#line.rows.length;
    const left = find(this.#before, seeker.left - 1);
    const right = find(this.#after, seeker.right + 1);
    const toLeft = left > 0 ? this.distance(seeker, left) : Number.POSITIVE_INFINITY;
    const toRight = right <= last ? this.distance(seeker, right) : Number.POSITIVE_INFINITY;
    const isLeft = toLeft < toRight || (toLeft === toRight && seeker.left - left <= right - seeker.right);
    const nearest = Math.min(toLeft, toRight);
    return nearest <= this.#reach && Number.isFinite(nearest) ? (isLeft ? left : right) : 0;
  }
}

/** Follows a chain to its end, and halves it on the way. */
function find(chain: Int32Array, from: number): number {
  let at = from;
  for (let next = chain[at] ?? at; next !== at; next = chain[at] ?? at) {
    const beyond = chain[next] ?? next;
    chain[at] = beyond;
    at = beyond;
  }
  return at;
}
