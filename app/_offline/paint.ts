/** When the screen has shown what somebody waits for: work that can wait begins then. */

/** Nothing is painted while nobody looks; work begins all the same. */
const AT_LATEST_MS = 500;

/** Runs work once, after the next frame has been painted. Gives back how to call it off. */
export function afterPaint(work: () => void): () => void {
  let isDone = false;
  const once = () => {
    if (isDone) return;
    isDone = true;
    clearTimeout(timer);
    work();
  };
  const timer = setTimeout(once, AT_LATEST_MS);
  // A frame's callbacks run before it is painted, a timer set by them after it.
  requestAnimationFrame(() => setTimeout(once));
  return () => {
    isDone = true;
    clearTimeout(timer);
  };
}
