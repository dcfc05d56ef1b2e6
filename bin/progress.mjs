/** What the commands print while they work: one line a step, with the time it took. Plain Node. */

const HEARTBEAT_MS = 20_000;

/** "0.8 s", "33 s" or "2 min 5 s". */
export function duration(ms) {
  const seconds = ms / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 100) return `${Math.round(seconds)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}

/** A line about something that took no time worth naming. */
export function say(text) {
  process.stdout.write(`${text}\n`);
}

/**
 * Runs a step: prints its title, a sign of life when it is long, and its time at the end.
 * @template T
 * @param {string} title
 * @param {() => T | Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(title, work) {
  const from = performance.now();
  const elapsed = () => duration(performance.now() - from);
  say(`${title} ...`);
  const heartbeat = setInterval(() => say(`${title}: at it for ${elapsed()}`), HEARTBEAT_MS);
  try {
    const result = await work();
    say(`${title}: done in ${elapsed()}`);
    return result;
  } catch (error) {
    say(`${title}: failed after ${elapsed()}`);
    throw error;
  } finally {
    clearInterval(heartbeat);
  }
}
