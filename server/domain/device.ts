/**
 * What a browser and the server say to each other about the device: how it is opened, how it proves that it holds
 * its key, and how a session is unlocked. One schema for both sides; no key and no clock of its own.
 */

import { z } from "zod";

/**
 * Minutes without touch or key after which work is locked, on the device and on the server. See sessions.ts for
 * where the threshold comes from.
 */
export const IDLE_MINUTES = 5;

export const deviceId = z.uuid();

/**
 * `device.open`: asks for the key of what this device keeps. Only a session that is open (signed in, second factor
 * given, not locked) is handed one. The session is then bound to this device.
 */
export const openDevice = z.object({
  /** Made on the device, once for a browser profile. */
  deviceId,
  /** As its owner will know it: see `browserInWords`. */
  name: z.string().trim().min(1).max(60),
});
export type OpenDevice = z.infer<typeof openDevice>;

/** What `device.open` gives. */
export interface OpenedDevice {
  accountId: string;
  /** 32 bytes, in base64. Always the same for this account on this device; kept in memory, never stored as it is. */
  key: string;
}

/**
 * `session.unlock`, one of three ways. By proof: `session.challenge` gives a nonce, good once and for two minutes, and
 * the device answers with `proofOf`. By password. In the demo, by one press.
 */
export const unlockWay = z.union([
  z.strictObject({ deviceId, proof: z.string().max(100) }),
  z.strictObject({ password: z.string().min(1, "Enter your password.").max(1000) }),
  z.strictObject({ demo: z.literal(true) }),
]);
export type UnlockWay = z.infer<typeof unlockWay>;

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

/** First that fits: a browser names the others it wants to be taken for, too. */
const BROWSERS: readonly [RegExp, string][] = [
  [/\bEdg(?:A|iOS)?\//, "Edge"],
  [/\b(?:OPR|Opera)\//, "Opera"],
  [/\bSamsungBrowser\//, "Samsung Internet"],
  [/\b(?:Firefox|FxiOS)\//, "Firefox"],
  [/\b(?:Chrome|CriOS)\//, "Chrome"],
  [/\bSafari\//, "Safari"],
];
const SYSTEMS: readonly [RegExp, string][] = [
  [/\biPhone\b/, "iPhone"],
  [/\biPad\b/, "iPad"],
  [/\bAndroid\b/, "Android"],
  [/\bCrOS\b/, "Chromebook"],
  [/\bWindows\b/, "Windows"],
  [/\bMac OS X\b|\bMacintosh\b/, "Mac"],
  [/\bLinux\b/, "Linux"],
];

/** A browser as its owner knows it, from what it calls itself: "Chrome on Android". */
export function browserInWords(userAgent: string): string {
  const named = (list: readonly [RegExp, string][]) => list.find(([sign]) => sign.test(userAgent))?.[1];
  const [browser, system] = [named(BROWSERS), named(SYSTEMS)];
  return [browser ?? "A browser", system && `on ${system}`].filter(Boolean).join(" ");
}
