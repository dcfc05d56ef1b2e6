/** The keyed hash of disclosure control: HMAC-SHA-256 under the installation's disclosure key, in the worker only. */

import { createHmac } from "node:crypto";
import type { Hmac } from "../domain/disclosure";

export function keyedHash(key: Buffer): Hmac {
  return (text) => createHmac("sha256", key).update(text).digest();
}

/** Tells one key from another without telling it. */
export function fingerprintOf(hmac: Hmac): string {
  return Buffer.from(hmac("fingerprint|v1")).toString("hex", 0, 8);
}
