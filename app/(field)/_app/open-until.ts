/** Of what is open until a time: what still is, and when to look again. Pure. */

interface OpenUntil {
  endsAt: Date;
}

/** What is still open at a time: nothing at the very moment when it ends. */
export const stillOpen = <One extends OpenUntil>(all: readonly One[], at: Date): One[] =>
  all.filter(({ endsAt }) => endsAt.getTime() > at.getTime());

/** In how many milliseconds the first ends, never less than none; null when nothing is open. */
export function untilNextEnd(all: readonly OpenUntil[], at: Date): number | null {
  if (all.length === 0) return null;
  return Math.max(0, Math.min(...all.map(({ endsAt }) => endsAt.getTime())) - at.getTime());
}
