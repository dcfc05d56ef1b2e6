/**
 * How a file travels to the worker: cut into pieces, each sealed for one upload, with its number and whether it is the
 * last bound into it, so that pieces cannot be left out, doubled, exchanged or brought from another upload. The browser
 * (`app/_lab/sealing.ts`) and the worker (`server/upload-keys.ts`) build these texts alike; neither is here, nor a key.
 *
 * Key of an upload: ECDH on P-256 between the worker's pair for this upload and a pair that the browser makes for it,
 * HKDF-SHA-256 with the two public points as salt and `infoOf` as info, AES-256-GCM. The first piece begins with the
 * browser's public point. Nonces count: a key seals one file.
 */

/** Bytes of a file in a piece, before sealing. */
export const PIECE_BYTES = 256 * 1024;
/** A raw public point of P-256: 0x04 and two coordinates. */
export const POINT_BYTES = 65;
export const TAG_BYTES = 16;
/** Most bytes of a sealed piece: the first one carries the browser's point. */
export const MOST_PIECE_BYTES = PIECE_BYTES + TAG_BYTES + POINT_BYTES;

/** What is sent, and how much of it: a cohort's file, or a holder's data set. */
export const UPLOAD_KINDS = ["cohort", "data-set"] as const;
export type UploadKind = (typeof UPLOAD_KINDS)[number];

/** Most bytes of a file, before sealing. */
export const MOST_UPLOAD_BYTES: Readonly<Record<UploadKind, number>> = {
  cohort: 10 * 1024 * 1024,
  "data-set": 200 * 1024 * 1024,
};

/** Pieces of a file of so many bytes; an empty file is one empty piece. */
export const piecesOf = (bytes: number): number => Math.max(1, Math.ceil(bytes / PIECE_BYTES));

const text = new TextEncoder();

/** What the key of an upload is derived for. */
export const infoOf = (uploadId: string): Uint8Array<ArrayBuffer> =>
  text.encode(`common-need/lab-upload/1|${uploadId.toLowerCase()}`);

/** What a piece is bound to. */
export const bindingOf = (uploadId: string, number: number, isLast: boolean): Uint8Array<ArrayBuffer> =>
  text.encode(`${uploadId.toLowerCase()}|${number}|${isLast ? "last" : "more"}`);

/** Nonce of a piece: 96 bits, its number in the last four bytes. */
export function nonceOf(number: number): Uint8Array<ArrayBuffer> {
  const nonce = new Uint8Array(12);
  new DataView(nonce.buffer).setUint32(8, number);
  return nonce;
}
