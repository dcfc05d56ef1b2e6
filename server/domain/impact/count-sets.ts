/**
 * Sets of people by their number and samples of values, kept in few bytes: a summary of a large service has thousands
 * of sets over a hundred thousand people.
 */

const FIRST_ROOM = 4;

/** Numbers of people. They come in order as a rule, so telling whether the last one comes again is enough. */
export class PeopleSet {
  private held = new Int32Array(FIRST_ROOM);
  private length = 0;
  private isSorted = true;

  /** People in it, as long as everybody came in order. */
  get size(): number {
    return this.isSorted ? this.length : this.sorted().length;
  }

  add(person: number): this {
    const last = this.length === 0 ? -1 : (this.held[this.length - 1] ?? -1);
    if (person === last) return this;
    if (person < last) this.isSorted = false;
    if (this.length === this.held.length) {
      const room = new Int32Array(Math.ceil(this.length * 1.5));
      room.set(this.held);
      this.held = room;
    }
    this.held[this.length] = person;
    this.length += 1;
    return this;
  }

  has(person: number): boolean {
    const all = this.sorted();
    let [from, to] = [0, all.length];
    while (from < to) {
      const middle = (from + to) >>> 1;
      if ((all[middle] ?? 0) < person) from = middle + 1;
      else to = middle;
    }
    return all[from] === person;
  }

  /** Those of this set and of another. */
  with(other: PeopleSet): PeopleSet {
    const both = new PeopleSet();
    for (const set of [this, other]) for (const person of set.sorted()) both.add(person);
    return both;
  }

  /** Its people in order, each once. A view: it is not to be changed. */
  sorted(): Int32Array {
    if (!this.isSorted) {
      const all = this.held.subarray(0, this.length).sort();
      this.length = 0;
      let last = -1;
      for (const person of all) {
        if (person === last) continue;
        all[this.length] = person;
        this.length += 1;
        last = person;
      }
      this.isSorted = true;
    }
    return this.held.subarray(0, this.length);
  }
}

/** Rows of some values, each with the number of its person. */
export class Samples {
  private people = new Int32Array(FIRST_ROOM);
  private held: Float64Array;
  length = 0;

  /** `width`: values in a row. */
  constructor(readonly width: number) {
    this.held = new Float64Array(FIRST_ROOM * width);
  }

  add(person: number, ...values: number[]): void {
    if (this.length === this.people.length) {
      const room = Math.ceil(this.length * 1.5);
      const [people, held] = [new Int32Array(room), new Float64Array(room * this.width)];
      people.set(this.people);
      held.set(this.held);
      [this.people, this.held] = [people, held];
    }
    this.people[this.length] = person;
    for (let at = 0; at < this.width; at += 1) this.held[this.length * this.width + at] = values[at] ?? 0;
    this.length += 1;
  }

  person(row: number): number {
    return this.people[row] ?? -1;
  }

  value(row: number, at: number): number {
    return this.held[row * this.width + at] ?? 0;
  }

  /** How many different people its rows are of. */
  peopleCount(): number {
    return new Set(this.people.subarray(0, this.length)).size;
  }

  map<T>(of: (row: number) => T): T[] {
    return Array.from({ length: this.length }, (_, row) => of(row));
  }
}
