/**
 * Keys of sealed files: one pair for each upload, made in the worker, whose private part is in this process's memory and
 * nowhere else, and is overwritten with zeros when the upload ends. A worker that starts holds none: what was sent to an
 * earlier one can be opened by nobody any more.
 */

import { createDecipheriv, createECDH, type ECDH, hkdfSync, randomUUID } from "node:crypto";
import type { Sql } from "../db/client";
import { bindingOf, infoOf, nonceOf, POINT_BYTES, TAG_BYTES } from "./domain/lab/sealed-file";

/** An upload by its organisation and id, which the browser made: another organisation's may be the same. */
export interface UploadName {
  organisationId: number;
  id: string;
}

/** What is kept of an upload in memory is kept by this. */
export const nameText = ({ organisationId, id }: UploadName): string => `${organisationId}/${id}`;

/** This life of the worker. */
export const KEEPER = randomUUID();

const CURVE = "prime256v1";

/** Private parts by upload. */
const held = new Map<string, Buffer>();

/** Keys made at once: a round comes every second. */
const MOST_AT_ONCE = 50;

/** Makes a pair for every upload that waits for one, and publishes the public part. Gives how many. */
export async function makeKeys(stats: Sql): Promise<number> {
  const waiting = await stats<UploadName[]>`
    select organisation_id, id from lab.upload where state = 'key' order by asked_at limit ${MOST_AT_ONCE}`;
  for (const { organisationId, id } of waiting) {
    const pair = createECDH(CURVE);
    const publicKey = pair.generateKeys();
    held.set(nameText({ organisationId, id }), pair.getPrivateKey());
    let isPublished = false;
    try {
      const kept = await stats`
        update lab.upload set state = 'open', keeper = ${KEEPER}, public_key = ${publicKey}, keyed_at = now()
        where organisation_id = ${organisationId} and id = ${id} and state = 'key' returning 1`;
      isPublished = kept.length > 0;
    } finally {
      if (!isPublished) forgetKey({ organisationId, id });
    }
  }
  return waiting.length;
}

/** Overwrites the private part of an upload's key. */
export function forgetKey(upload: UploadName): void {
  held.get(nameText(upload))?.fill(0);
  held.delete(nameText(upload));
}

/** Whether the key of an upload is here. */
export const holdsKey = (upload: UploadName): boolean => held.has(nameText(upload));

/** The pieces are not what one browser sealed for this upload: altered, left out, exchanged, or from elsewhere. */
export class NotSealedSo extends Error {
  override readonly name = "NotSealedSo";
}

/**
 * The file of an upload, opened. The pieces stay where they are, closed, until the upload ends.
 * @throws NotSealedSo as `openPieces`.
 */
export async function openUpload(
  stats: Sql,
  { organisationId, id }: UploadName,
): Promise<Buffer<ArrayBuffer>> {
  const pieces = await stats<{ bytes: Buffer }[]>`
    select bytes from lab.upload_piece where organisation_id = ${organisationId} and upload_id = ${id} order by number`;
  return openPieces(
    { organisationId, id },
    pieces.map(({ bytes }) => bytes),
  );
}

/**
 * Opens the pieces of a file, in order, into one buffer; overwrite it when it has been read.
 * @throws NotSealedSo unless the pieces are all of them, unaltered and in order.
 */
export function openPieces(upload: UploadName, pieces: readonly Buffer[]): Buffer<ArrayBuffer> {
  const [first] = pieces;
  const { id: uploadId } = upload;
  const own = held.get(nameText(upload));
  if (!own) throw new Error("The key of this upload is gone");
  if (!first || first.length < POINT_BYTES + TAG_BYTES) throw new NotSealedSo("The file has no beginning");
  const key = keyOf(uploadId, own, first.subarray(0, POINT_BYTES));
  const whole = Buffer.alloc(
    pieces.reduce((sum, piece) => sum + Math.max(0, piece.length - TAG_BYTES), -POINT_BYTES),
  );
  let at = 0;
  try {
    for (const [number, piece] of pieces.entries()) {
      const sealed = number === 0 ? piece.subarray(POINT_BYTES) : piece;
      at += openPiece(
        key,
        sealed,
        whole.subarray(at),
        bindingOf(uploadId, number, number === pieces.length - 1),
        number,
      );
    }
    return whole;
  } catch (error) {
    whole.fill(0);
    throw error instanceof NotSealedSo
      ? error
      : new NotSealedSo("A piece of the file was not sealed for its place");
  } finally {
    key.fill(0);
  }
}

/** Opens one piece into a buffer and gives the bytes that it held. */
function openPiece(key: Buffer, sealed: Buffer, into: Buffer, binding: Uint8Array, number: number): number {
  if (sealed.length < TAG_BYTES) throw new NotSealedSo("A piece of the file is cut short");
  const decipher = createDecipheriv("aes-256-gcm", key, nonceOf(number), { authTagLength: TAG_BYTES });
  decipher.setAAD(binding);
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
  const opened = decipher.update(sealed.subarray(0, sealed.length - TAG_BYTES));
  opened.copy(into);
  opened.fill(0);
  decipher.final();
  return opened.length;
}

/** The key that both sides work out (`domain/lab/sealed-file.ts`). */
function keyOf(uploadId: string, own: Buffer, theirs: Buffer): Buffer {
  const pair = createECDH(CURVE);
  pair.setPrivateKey(own);
  const shared = secretWith(pair, theirs);
  const salt = Buffer.concat([pair.getPublicKey(), theirs]);
  const key = Buffer.from(hkdfSync("sha256", shared, salt, infoOf(uploadId), 32));
  shared.fill(0);
  return key;
}

function secretWith(pair: ECDH, theirs: Buffer): Buffer {
  try {
    return pair.computeSecret(theirs);
  } catch {
    throw new NotSealedSo("The file does not begin with a point of the curve");
  }
}
