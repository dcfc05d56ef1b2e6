/** Long work in slices, so that no frame of the page waits for it. */

/** How long a slice may take, in milliseconds: half of a frame is left for everything else. */
const SLICE_MS = 8;

/**
 * Does the work a slice a frame; the first slice at once. Each `yield` of the work is a place to stop. Gives a way
 * to leave off: what is done by then is dropped and `then` is not called.
 */
export function inSlices<T>(work: Generator<void, T>, then: (result: T) => void): () => void {
  let asked = 0;
  const slice = () => {
    const until = performance.now() + SLICE_MS;
    do {
      const step = work.next();
      if (step.done) return then(step.value);
    } while (performance.now() < until);
    asked = requestAnimationFrame(slice);
  };
  slice();
  return () => cancelAnimationFrame(asked);
}

/** Does the work in one go. */
export function atOnce<T>(work: Generator<void, T>): T {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}
