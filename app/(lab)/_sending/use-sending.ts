"use client";
/** Sends a file to the worker: asks for an upload, waits for its key, seals and sends, and says how far it is. */
import { useCallback, useEffect, useRef, useState } from "react";
import type { UploadView } from "../../../server/domain/lab/studies";
import { NotSent, sendFile } from "../../_lab/send-file";
import { newId } from "../../_offline/new-id";
import { useTRPCClient } from "../../_trpc/client";
import type { FieldError } from "../../_ui/error-summary";
import { faultsOf } from "../../_ui/faults";

const LOOK_EVERY_MS = 400;
/** The worker makes a key within a second or two; a minute without one means that it is away. */
const MOST_LOOKS = 150;

const NO_KEY: FieldError = {
  message:
    "The part of the program that opens files does not answer just now. Nothing was sent. Try again in a few minutes.",
};

export interface Sending {
  step: "key" | "sending" | null;
  isSending: boolean;
  sent: number;
  pieces: number;
  errors: readonly FieldError[];
  send(file: Uint8Array<ArrayBuffer>): Promise<void>;
}

/** `ask` has an upload begun under the id that it is given; `onSent` is waited for once everything is there. */
export function useSending(
  ask: (uploadId: string) => Promise<UploadView>,
  onSent: (uploadId: string) => Promise<void>,
): Sending {
  const client = useTRPCClient();
  const [step, setStep] = useState<Sending["step"]>(null);
  const [progress, setProgress] = useState({ sent: 0, pieces: 0 });
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const leaving = useRef<AbortController | null>(null);
  useEffect(() => () => leaving.current?.abort(), []);
  // Whoever closes the tab now would have to begin again.
  useEffect(() => {
    if (step === null) return;
    const hold = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", hold);
    return () => window.removeEventListener("beforeunload", hold);
  }, [step]);

  const send = useCallback(
    async (file: Uint8Array<ArrayBuffer>) => {
      const controller = new AbortController();
      leaving.current = controller;
      const { signal } = controller;
      setErrors([]);
      setProgress({ sent: 0, pieces: 0 });
      setStep("key");
      try {
        const uploadId = newId();
        let upload = await ask(uploadId);
        for (let looks = 0; upload.state === "key" && looks < MOST_LOOKS; looks += 1) {
          await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
          signal.throwIfAborted();
          upload = await client.studies.upload.query({ uploadId });
        }
        if (upload.publicKey === null) {
          setErrors([NO_KEY]);
          return;
        }
        setStep("sending");
        await sendFile(file, {
          uploadId,
          publicKey: upload.publicKey,
          signal,
          onProgress: (sent, pieces) => setProgress({ sent, pieces }),
        });
        await onSent(uploadId);
      } catch (error) {
        if (!signal.aborted)
          setErrors(error instanceof NotSent ? [{ message: error.message }] : faultsOf(error));
      } finally {
        if (!signal.aborted) setStep(null);
      }
    },
    [client, ask, onSent],
  );
  return { step, isSending: step !== null, ...progress, errors, send };
}
