/** Sends a file sealed, piece by piece, saying how far it is. A piece that does not get through is tried again. */

import { piecesOf } from "../../server/domain/lab/sealed-file";
import { sealFile } from "./sealing";

/** Why a file did not get through, in words for whoever sends it. */
export class NotSent extends Error {
  override readonly name = "NotSent";
}

/** Tries of one piece, and the milliseconds between the first two. */
const TRIES = 5;
const PAUSE_MS = 1_000;

export interface SendOptions {
  uploadId: string;
  /** Of the upload, once the worker has made it. */
  publicKey: string;
  /** Pieces sent so far, and all of them. */
  onProgress?(sent: number, pieces: number): void;
  signal?: AbortSignal;
}

/** Sends the whole file. Throws NotSent, or the signal's reason. */
export async function sendFile(
  file: Uint8Array<ArrayBuffer>,
  { uploadId, publicKey, onProgress, signal }: SendOptions,
): Promise<void> {
  const pieces = piecesOf(file.length);
  for await (const { number, isLast, bytes } of sealFile(file, { uploadId, publicKey })) {
    await sendPiece(`/api/lab/uploads/${uploadId}?piece=${number}${isLast ? "&last=1" : ""}`, bytes, signal);
    onProgress?.(number + 1, pieces);
  }
}

async function sendPiece(url: string, body: Uint8Array<ArrayBuffer>, signal?: AbortSignal): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    signal?.throwIfAborted();
    const answer = await fetch(url, {
      method: "POST",
      headers: { "Content-Type": "application/octet-stream" },
      body,
      ...(signal ? { signal } : {}),
    }).catch(() => null);
    signal?.throwIfAborted();
    if (answer?.ok) return;
    if (answer && answer.status < 500 && answer.status !== 429) {
      throw new NotSent(
        (await answer.text().catch(() => "")).trim() || "The file was not accepted. Begin again.",
      );
    }
    if (tries === TRIES)
      throw new NotSent("The file did not get through. Check your connection and send it again.");
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS * 2 ** (tries - 1)));
  }
}
