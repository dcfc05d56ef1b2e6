/**
 * Turns at counting in the web process: one summary is counted at a time, and who asks meanwhile waits. A count of a large
 * service works for seconds, in pieces of a few milliseconds; several at once would leave every other page waiting, and
 * hold a connection each. The turn comes before the transaction, so whoever waits holds nothing.
 */

let last: Promise<unknown> = Promise.resolve();

/** Works when everybody who asked before is done, whatever came of theirs. */
export function inCountTurn<T>(work: () => Promise<T>): Promise<T> {
  const turn = last.then(work);
  last = turn.catch(() => undefined);
  return turn;
}
