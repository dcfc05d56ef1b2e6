/** Keys for tests: what a process is handed of a ring, and every text by which a key of it would show somewhere. */

import { z } from "zod";
import { handOver, type KeyRing, PURPOSES } from "./keys";

const handed = z.object({
  keys: z.record(z.string(), z.record(z.string(), z.string())),
  lasting: z.record(z.string(), z.string()),
});

/** The keys of every purpose in base64, as they are handed over: by key id and purpose, and those that last. */
export const handedKeys = (ring: KeyRing): z.infer<typeof handed> =>
  handed.parse(JSON.parse(handOver(ring, PURPOSES)));

/**
 * What to search a text for that was made lower-case: each secret and each key in four writings, without the signs that
 * fill up the last group of base64, and what each is.
 */
export function keyTexts(ring: KeyRing): ReadonlyMap<string, string> {
  const { keys, lasting } = handedKeys(ring);
  const all = [
    ...Object.entries(ring.secrets).map(([id, secret]) => [`secret ${id}`, secret] as const),
    ...Object.entries(keys).flatMap(([id, of]) =>
      Object.entries(of).map(([purpose, text]) => [`${purpose} ${id}`, Buffer.from(text, "base64")] as const),
    ),
    ...Object.entries(lasting).map(([purpose, text]) => [purpose, Buffer.from(text, "base64")] as const),
  ];
  const texts = new Map<string, string>();
  for (const [name, key] of all) {
    for (const way of ["latin1", "hex", "base64", "base64url"] as const) {
      texts.set(key.toString(way).replace(/=+$/, "").toLowerCase(), `key ${name} in ${way}`);
    }
  }
  return texts;
}
