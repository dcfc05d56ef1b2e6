/**
 * What happens in a trial, and in which order: numbers drawn from a tape, and steps that wait until they are chosen.
 * The same tape plays the same life again.
 */

/** Whose steps they are: once closed, none of them is taken any more. */
interface Closable {
  isClosed: boolean;
}

/** A tape of numbers, each drawn once. */
export class Tape {
  #at = 0;
  readonly #numbers: readonly number[];
  constructor(numbers: readonly number[]) {
    this.#numbers = numbers;
  }
  get isOver(): boolean {
    return this.#at >= this.#numbers.length;
  }
  /** A number from 0 up to `below`; 0 after the end. */
  draw(below: number): number {
    const number = this.#numbers[this.#at] ?? 0;
    this.#at += 1;
    return number % below;
  }
}

/** Steps that wait for their turn; a tab that was closed has none any more. */
export class Turns {
  #waiting: { tab: Closable; go: () => void }[] = [];
  take(tab: Closable): Promise<void> {
    return new Promise((go) => {
      if (!tab.isClosed) this.#waiting.push({ tab, go });
    });
  }
  forget(tab: Closable): void {
    this.#waiting = this.#waiting.filter((step) => step.tab !== tab);
  }
  isWaiting(tab: Closable): boolean {
    return this.#waiting.some((step) => step.tab === tab);
  }
  get count(): number {
    return this.#waiting.length;
  }
  async next(which: number): Promise<void> {
    const [step] = this.#waiting.splice(which % this.#waiting.length, 1);
    step?.go();
    await new Promise((resolve) => setImmediate(resolve));
  }
}
