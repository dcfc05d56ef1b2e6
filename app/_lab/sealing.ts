/**
 * Seals a file in the browser for one upload, so that nobody reads it on the way but the worker that made the key: not
 * the web server, not the database, not a backup. Pure WebCrypto; how pieces are made up is in
 * `server/domain/lab/sealed-file.ts`.
 */

import { bindingOf, infoOf, nonceOf, PIECE_BYTES, piecesOf } from "../../server/domain/lab/sealed-file";

export interface SealedPiece {
  /** From 0. */
  number: number;
  isLast: boolean;
  bytes: Uint8Array<ArrayBuffer>;
}

const CURVE = { name: "ECDH", namedCurve: "P-256" } as const;

/**
 * The sealed pieces of a file, in order, under a pair of keys of the browser's own that nobody keeps.
 * `publicKey` is the worker's raw point for this upload, in base64. Throws when it is none.
 */
export async function* sealFile(
  file: Uint8Array<ArrayBuffer>,
  { uploadId, publicKey }: { uploadId: string; publicKey: string },
): AsyncGenerator<SealedPiece> {
  const theirs = bytesOf(publicKey);
  const pair = await crypto.subtle.generateKey(CURVE, false, ["deriveBits"]);
  const ours = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
  const key = await keyFor(pair.privateKey, theirs, ours, uploadId);
  const pieces = piecesOf(file.length);
  for (let number = 0; number < pieces; number += 1) {
    const isLast = number === pieces - 1;
    const sealed = new Uint8Array(
      await crypto.subtle.encrypt(
        { name: "AES-GCM", iv: nonceOf(number), additionalData: bindingOf(uploadId, number, isLast) },
        key,
        file.subarray(number * PIECE_BYTES, (number + 1) * PIECE_BYTES),
      ),
    );
    yield { number, isLast, bytes: number === 0 ? joined(ours, sealed) : sealed };
  }
}

async function keyFor(
  own: CryptoKey,
  theirs: Uint8Array<ArrayBuffer>,
  ours: Uint8Array<ArrayBuffer>,
  uploadId: string,
): Promise<CryptoKey> {
  const point = await crypto.subtle.importKey("raw", theirs, CURVE, false, []);
  const shared = await crypto.subtle.deriveBits({ name: "ECDH", public: point }, own, 256);
  const secret = await crypto.subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
  return crypto.subtle.deriveKey(
    { name: "HKDF", hash: "SHA-256", salt: joined(theirs, ours), info: infoOf(uploadId) },
    secret,
    { name: "AES-GCM", length: 256 },
    false,
    ["encrypt"],
  );
}

const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));

function joined(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}
