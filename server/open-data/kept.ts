/**
 * What was made last, kept in memory until it takes more than so many bytes: the one used longest ago goes first. Asked
 * for again while it is being made, a thing is not made twice.
 */

export class Kept<T> {
  private readonly things = new Map<string, { made: Promise<T>; bytes: number }>();
  private bytes = 0;

  /** `sizeOf` says about how many bytes a thing takes in memory. */
  constructor(
    private readonly mostBytes: number,
    private readonly sizeOf: (thing: T) => number,
  ) {}

  /** The thing of this name, made when it is not kept. A thing that could not be made is tried again. */
  get(name: string, make: () => Promise<T>): Promise<T> {
    const known = this.things.get(name);
    if (known) {
      this.things.delete(name);
      this.things.set(name, known);
      return known.made;
    }
    const entry = { made: make(), bytes: 0 };
    this.things.set(name, entry);
    entry.made.then(
      (thing) => {
        if (this.things.get(name) !== entry) return;
        entry.bytes = this.sizeOf(thing);
        this.bytes += entry.bytes;
        this.makeRoom();
      },
      () => this.things.get(name) === entry && this.things.delete(name),
    );
    return entry.made;
  }

  private makeRoom(): void {
    for (const [name, { bytes }] of this.things) {
      if (this.bytes <= this.mostBytes) return;
      if (bytes === 0) continue;
      this.things.delete(name);
      this.bytes -= bytes;
    }
  }
}
