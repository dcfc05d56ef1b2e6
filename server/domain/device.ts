/**
 * What a device is handed, and how it proves that it holds it: the same on both sides, without a schema, so that
 * screens which must be light can ask. What a device sends is in device-input.ts.
 */

/** What `device.open` gives. */
export interface OpenedDevice {
  accountId: string;
  /** 32 bytes, in base64. Always the same for this account on this device; kept in memory, never stored as it is. */
  key: string;
}

/** wrong: proof or password. throttled: too many tries, wait five minutes. */
export type Unlocked = { ok: true } | { ok: false; reason: "wrong" | "throttled" };

/**
 * The proof that a device holds its key: HMAC-SHA256 of the nonce's text under the key, in base64. Runs on both sides.
 */
export async function proofOf(key: Uint8Array<ArrayBuffer>, nonce: string): Promise<string> {
  const hmac = { name: "HMAC", hash: "SHA-256" };
  const imported = await crypto.subtle.importKey("raw", key, hmac, false, ["sign"]);
  const proof = await crypto.subtle.sign(hmac.name, imported, new TextEncoder().encode(nonce));
  return btoa(String.fromCharCode(...new Uint8Array(proof)));
}
