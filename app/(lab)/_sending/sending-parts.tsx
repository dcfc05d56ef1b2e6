"use client";
/** How anything is sent to the lab, always in the same numbered parts: make it, choose it, seal and send it. */
import { Button } from "@mantine/core";
import { type ReactNode, useRef } from "react";
import styles from "./sending-parts.module.css";
import type { Sending } from "./use-sending";

/** Each child is an `li`; its number stands before it. */
export function NumberedParts({ children }: { children: ReactNode }) {
  return <ol className={styles["parts"]}>{children}</ol>;
}

/** The buttons of a part. */
export function PartButtons({ children }: { children: ReactNode }) {
  return <div className={styles["buttons"]}>{children}</div>;
}

interface ChooseFilesProps {
  id: string;
  /** What a screen reader hears of the field. */
  label: string;
  /** What stands on the button that others see. */
  words: string;
  accept: string;
  multiple?: boolean;
  isBusy: boolean;
  onChoose: (files: readonly File[]) => void;
}

export function ChooseFiles({ id, label, words, accept, multiple, isBusy, onChoose }: ChooseFilesProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <PartButtons>
      <input
        ref={input}
        id={id}
        type="file"
        multiple={multiple}
        accept={accept}
        className="visually-hidden"
        aria-label={label}
        disabled={isBusy}
        onChange={(event) => {
          const files = [...(event.currentTarget.files ?? [])];
          // The same file, once it is mended, can be chosen again.
          event.currentTarget.value = "";
          onChoose(files);
        }}
      />
      <Button
        variant="default"
        tabIndex={-1}
        aria-hidden="true"
        disabled={isBusy}
        onClick={() => input.current?.click()}
      >
        {words}
      </Button>
    </PartButtons>
  );
}

interface SendProgressProps extends Pick<Sending, "sent" | "pieces"> {
  /** "reading": all of it arrived, and the answer is waited for. */
  step: Sending["step"] | "reading";
  /** What is sent: "this file". */
  what: string;
}

export function SendProgress({ step, sent, pieces, what }: SendProgressProps) {
  if (step === null) return null;
  const share = pieces === 0 ? 0 : sent / pieces;
  const words = {
    key: `A key is being made for ${what}…`,
    sending: `Sealed and sent: ${Math.round(share * 100)}%`,
    reading: "Everything is here. It is being read and sealed…",
  }[step];
  return (
    <div className={styles["progress"]} role="status">
      <p>{words}</p>
      {step !== "reading" && <progress max={1} value={share} aria-label="How much is sent" />}
    </div>
  );
}
