/**
 * How work lies on a device: closed with a key that the server hands to an open session and that is in memory only.
 * AES-256-GCM, a fresh nonce for each value, bound to its place, so that a value moved elsewhere opens nothing. For
 * opening without signal a copy of the key is closed with a code; without the code, or after ten wrong ones, only
 * the server can open the device again. The key objects cannot be exported, and the bytes are wiped once they exist.
 */

const NONCE_BYTES = 12;
const KEY_BYTES = 32;
/** OWASP Password Storage Cheat Sheet (2023) for PBKDF2 with HMAC-SHA-256. */
export const CODE_ROUNDS = 600_000;
export const SHORTEST_CODE = 6;
export const MOST_TRIES = 10;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

type Bytes = Uint8Array<ArrayBuffer>;

/** Opens and closes what one account keeps on this device. */
export interface Vault {
  /** Closes a value for one place. */
  seal(store: string, id: string, value: unknown): Promise<Bytes>;
  /** Opens what was closed for this place. Throws when it was altered, moved or closed by another account. */
  open(store: string, id: string, sealed: Bytes): Promise<unknown>;
  /** Proves to the server that this device holds the key (`session.unlock`). */
  proofOf(nonce: string): Promise<string>;
}

/** The vault of a key; the bytes given are wiped. */
export async function openVault(key: Bytes): Promise<Vault> {
  if (key.length !== KEY_BYTES) throw new Error("A device key has 32 bytes");
  const { subtle } = crypto;
  const root = await subtle.importKey("raw", key, "HKDF", false, ["deriveKey"]);
  const hmac = await subtle.importKey("raw", key, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  key.fill(0);
  // A key of its own for what is kept: the proof answers texts that the server chooses.
  const kept = await subtle.deriveKey(
    { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: encoder.encode("common-need/kept/1") },
    root,
    { name: "AES-GCM", length: 256 },
    false,
    ["encrypt", "decrypt"],
  );
  return {
    seal: (store, id, value) => close(kept, placeOf(store, id), encoder.encode(JSON.stringify(value))),
    open: async (store, id, sealed) =>
      JSON.parse(decoder.decode(await openBytes(kept, placeOf(store, id), sealed))),
    proofOf: async (nonce) =>
      bytesToText(new Uint8Array(await subtle.sign("HMAC", hmac, encoder.encode(nonce)))),
  };
}

const placeOf = (store: string, id: string) => encoder.encode(`${store}|${id}`);

/** Nonce, then ciphertext with its tag. */
async function close(key: CryptoKey, place: Bytes, plain: Bytes): Promise<Bytes> {
  const iv = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
  const closed = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: place }, key, plain);
  const sealed = new Uint8Array(NONCE_BYTES + closed.byteLength);
  sealed.set(iv);
  sealed.set(new Uint8Array(closed), NONCE_BYTES);
  return sealed;
}

async function openBytes(key: CryptoKey, place: Bytes, sealed: Bytes): Promise<Bytes> {
  const iv = sealed.slice(0, NONCE_BYTES);
  const opened = await crypto.subtle.decrypt(
    { name: "AES-GCM", iv, additionalData: place },
    key,
    sealed.slice(NONCE_BYTES),
  );
  return new Uint8Array(opened);
}

/** A copy of the device key that a code opens. */
export interface WrappedKey {
  salt: Bytes;
  rounds: number;
  sealed: Bytes;
}

/** Closes a key with a code, for one account on one device; the bytes of the key are wiped. */
export async function wrapKey(key: Bytes, code: string, owner: string): Promise<WrappedKey> {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const sealed = await close(await keyOfCode(code, salt, CODE_ROUNDS), placeOf("code", owner), key);
  key.fill(0);
  return { salt, rounds: CODE_ROUNDS, sealed };
}

/** The vault that a code opens; null when the code is wrong. */
export async function unwrapKey(wrapped: WrappedKey, code: string, owner: string): Promise<Vault | null> {
  const opener = await keyOfCode(code, wrapped.salt, wrapped.rounds);
  try {
    return await openVault(await openBytes(opener, placeOf("code", owner), wrapped.sealed));
  } catch {
    return null;
  }
}

async function keyOfCode(code: string, salt: Bytes, iterations: number): Promise<CryptoKey> {
  const typed = encoder.encode(code.normalize("NFKC"));
  const material = await crypto.subtle.importKey("raw", typed, "PBKDF2", false, ["deriveKey"]);
  return crypto.subtle.deriveKey(
    { name: "PBKDF2", hash: "SHA-256", salt, iterations },
    material,
    { name: "AES-GCM", length: 256 },
    false,
    ["encrypt", "decrypt"],
  );
}

/** Why a code is too easy to guess, in words; null when it will do. */
export function problemOfCode(code: string): string | null {
  const signs = [...code];
  if (signs.length < SHORTEST_CODE) return `Use at least ${SHORTEST_CODE} letters or numbers.`;
  if (new Set(signs).size < 3) return "Use at least three different letters or numbers.";
  const steps = signs
    .slice(1)
    .map((sign, at) => (sign.codePointAt(0) ?? 0) - (signs[at]?.codePointAt(0) ?? 0));
  if (new Set(steps).size === 1) return "Choose something less easy to guess than a row like 123456.";
  return null;
}

/** Bytes of a base64 text. */
export function textToBytes(text: string): Bytes {
  return Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
}

function bytesToText(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}
