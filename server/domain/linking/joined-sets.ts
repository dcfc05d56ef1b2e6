/** Sets that joins bring together, each known by its lowest place (union by path halving, Tarjan and van Leeuwen 1984). */
export class JoinedSets {
  readonly #parent: Uint32Array;

  /** So many places, each a set by itself. */
  constructor(size: number) {
    this.#parent = Uint32Array.from({ length: size }, (_, at) => at);
  }

  /** The lowest place of the set that this place is in. */
  rootOf(place: number): number {
    const parent = this.#parent;
    let root = place;
    for (let next = parent[root] ?? root; next !== root; next = parent[root] ?? root) {
      parent[root] = parent[next] ?? next;
      root = parent[root] ?? root;
    }
    return root;
  }

  join(one: number, other: number): void {
    const [x, y] = [this.rootOf(one), this.rootOf(other)];
    this.#parent[Math.max(x, y)] = Math.min(x, y);
  }

  /** The root of each place. */
  roots(): Uint32Array {
    return this.#parent.map((_, place) => this.rootOf(place));
  }
}

/** Ids that pairs connect, a list for each connected set, in the order in which the pairs name them. */
export function connectedIds(pairs: readonly { a: string; b: string }[]): string[][] {
  const placeOf = new Map<string, number>();
  for (const { a, b } of pairs) {
    for (const id of [a, b]) if (!placeOf.has(id)) placeOf.set(id, placeOf.size);
  }
  const sets = new JoinedSets(placeOf.size);
  for (const { a, b } of pairs) sets.join(placeOf.get(a) ?? 0, placeOf.get(b) ?? 0);
  const members = new Map<number, string[]>();
  for (const [id, place] of placeOf) {
    const root = sets.rootOf(place);
    const ids = members.get(root);
    if (ids) ids.push(id);
    else members.set(root, [id]);
  }
  return [...members.values()];
}
