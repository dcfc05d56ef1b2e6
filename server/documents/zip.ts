/** Packages of files that are the same whenever and wherever they are made: a package keeps times, and ours keeps none. */

import { zipSync } from "fflate";

/** A package of these files in this order. A name in `stored` is not compressed. */
export function packed(
  files: Readonly<Record<string, Uint8Array>>,
  stored: readonly string[] = [],
): Uint8Array {
  // The first moment that a package can name, by the clock on the wall, which is what it keeps.
  const mtime = new Date(1980, 0, 1);
  return zipSync(
    Object.fromEntries(
      Object.entries(files).map(([name, bytes]) => [
        name,
        [bytes, { level: stored.includes(name) ? 0 : 6, mtime }],
      ]),
    ),
  );
}
