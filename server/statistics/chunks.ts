/**
 * Work in pieces on one connection: while a piece is worked through here, Postgres already answers for the next one.
 * And lists as Postgres reads them, written in one go.
 */

/** The pieces of a list, in order. */
export function* chunksOf<T>(all: readonly T[], size: number): Generator<readonly T[]> {
  for (let at = 0; at < all.length; at += size) yield all.slice(at, at + size);
}

/** What was read for each item, in order; each is asked for before the one before it is given. */
export async function* readAhead<T, R>(
  items: Iterable<T>,
  read: (item: T) => Promise<R>,
): AsyncGenerator<[item: T, read: R]> {
  let asked: { item: T; answer: Promise<R> } | null = null;
  for (const item of items) {
    const next = { item, answer: read(item) };
    // Whoever waits for it hears of its failure, and nobody does when the piece before it failed.
    next.answer.catch(() => {});
    if (asked) yield [asked.item, await asked.answer];
    asked = next;
  }
  if (asked) yield [asked.item, await asked.answer];
}

/** Numbers or ids as the text of an array: far sooner written than value by value, each in its quotes. */
export function listOf(values: readonly (number | bigint | string)[]): string {
  return `{${values.join()}}`;
}
