/**
 * Which whole numbers a hidden count can be, given everything that was published about it and the counts it adds up
 * with. Counts are flows in a network: of a table from its rows through its cells to its columns, of areas from the
 * nation through authorities and sectors to districts. Bounds of such a network have whole-number corners, so the
 * least and the greatest flow through an arc are the exact integer answer, with no program for integers needed.
 */

/** An arc carries one count; where nothing was said of a count its bounds are wide. */
export interface Arc {
  from: number;
  to: number;
  least: number;
  most: number;
}

/** Least and greatest count of each arc that has any. Null: no counts at all fit what was published. */
export function feasibleRanges(
  nodes: number,
  arcs: readonly Arc[],
  asked: readonly number[],
): [least: number, most: number][] | null {
  const network = new Network(nodes, arcs);
  if (!network.makeFeasible()) return null;
  return asked.map((arc) => network.rangeOf(arc));
}

/** A table of rows and columns as a network; its arcs are the cells row by row, then row totals, column totals and the total of all. */
export function tableNetwork(
  cells: readonly (readonly (readonly [least: number, most: number])[])[],
  rowTotals: readonly (readonly [number, number])[],
  columnTotals: readonly (readonly [number, number])[],
  total: readonly [number, number],
): { nodes: number; arcs: Arc[] } {
  const rows = rowTotals.length;
  const columns = columnTotals.length;
  const source = rows + columns;
  const arc = (from: number, to: number, [least, most]: readonly [number, number]): Arc => ({
    from,
    to,
    least,
    most,
  });
  return {
    nodes: source + 2,
    arcs: [
      ...cells.flatMap((row, i) => row.map((bounds, j) => arc(i, rows + j, bounds))),
      ...rowTotals.map((bounds, i) => arc(source, i, bounds)),
      ...columnTotals.map((bounds, j) => arc(rows + j, source + 1, bounds)),
      arc(source + 1, source, total),
    ],
  };
}

/** A flow that runs in circles, within the bounds of its arcs. */
class Network {
  private readonly flow: number[];
  private readonly leaving: number[][];

  constructor(
    private readonly nodes: number,
    private readonly arcs: readonly Arc[],
  ) {
    this.flow = arcs.map(({ least }) => least);
    this.leaving = Array.from({ length: nodes }, () => []);
    for (const [i, { from, to }] of arcs.entries()) {
      this.leaving[from]?.push(i);
      this.leaving[to]?.push(i);
    }
  }

  /** Sends what comes too much at some points to where it is missing; false when it cannot all go. */
  makeFeasible(): boolean {
    if (this.arcs.some(({ least, most }) => least > most)) return false;
    const excess = new Array<number>(this.nodes).fill(0);
    for (const [i, { from, to }] of this.arcs.entries()) {
      excess[to] = (excess[to] ?? 0) + (this.flow[i] ?? 0);
      excess[from] = (excess[from] ?? 0) - (this.flow[i] ?? 0);
    }
    for (;;) {
      const start = excess.findIndex((amount) => amount > 0);
      if (start < 0) return true;
      const path = this.path(start, (node) => (excess[node] ?? 0) < 0, -1);
      if (!path) return false;
      const most = Math.min(excess[start] ?? 0, -(excess[path.end] ?? 0), path.room);
      this.push(path.steps, most);
      excess[start] = (excess[start] ?? 0) - most;
      excess[path.end] = (excess[path.end] ?? 0) + most;
    }
  }

  rangeOf(arc: number): [number, number] {
    const least = this.extreme(arc, false);
    return [least, this.extreme(arc, true)];
  }

  /** Sends as much more (or less) through an arc as can come round by others; leaves it so, which is feasible too. */
  private extreme(arc: number, more: boolean): number {
    const found = this.arcs[arc];
    if (!found) throw new Error("There is no such arc");
    const [begin, end] = more ? [found.to, found.from] : [found.from, found.to];
    for (;;) {
      const own = this.flow[arc] ?? 0;
      const left = more ? found.most - own : own - found.least;
      if (left <= 0) return own;
      const path = this.path(begin, (node) => node === end, arc);
      if (!path) return own;
      const amount = Math.min(left, path.room);
      this.push(path.steps, amount);
      this.flow[arc] = own + (more ? amount : -amount);
    }
  }

  /** Shortest way along which more can be sent, past one arc; arcs can be gone back along as far as they carry more than their least. */
  private path(
    start: number,
    isEnd: (node: number) => boolean,
    without: number,
  ): { steps: number[]; end: number; room: number } | null {
    const reachedBy = new Array<number>(this.nodes).fill(-1);
    const seen = new Uint8Array(this.nodes);
    seen[start] = 1;
    const queue = [start];
    for (const node of queue) {
      if (node !== start && isEnd(node)) return this.wayTo(node, start, reachedBy);
      for (const i of this.leaving[node] ?? []) {
        const arc = this.arcs[i];
        if (!arc || i === without || this.roomIn(i, node) <= 0) continue;
        const next = arc.from === node ? arc.to : arc.from;
        if (seen[next]) continue;
        seen[next] = 1;
        reachedBy[next] = i;
        queue.push(next);
      }
    }
    return start === queue[0] && isEnd(start)
      ? { steps: [], end: start, room: Number.MAX_SAFE_INTEGER }
      : null;
  }

  private wayTo(end: number, start: number, reachedBy: readonly number[]) {
    const steps: number[] = [];
    let room = Number.MAX_SAFE_INTEGER;
    for (let node = end; node !== start; ) {
      const i = reachedBy[node] ?? -1;
      const arc = this.arcs[i];
      if (!arc) throw new Error("A way has been lost");
      const before = arc.to === node ? arc.from : arc.to;
      room = Math.min(room, this.roomIn(i, before));
      // The sign says which way along the arc.
      steps.push(arc.from === before ? i + 1 : -(i + 1));
      node = before;
    }
    return { steps, end, room };
  }

  private roomIn(i: number, from: number): number {
    const arc = this.arcs[i];
    const flow = this.flow[i] ?? 0;
    if (!arc) return 0;
    return arc.from === from ? arc.most - flow : flow - arc.least;
  }

  private push(steps: readonly number[], amount: number): void {
    for (const step of steps) {
      const i = Math.abs(step) - 1;
      this.flow[i] = (this.flow[i] ?? 0) + (step > 0 ? amount : -amount);
    }
  }
}
