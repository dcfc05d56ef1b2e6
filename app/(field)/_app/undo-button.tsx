"use client";
/** Taking back what was just saved: for ten seconds, told in words, in a number and on a bar. */
import { useEffect, useState } from "react";
import button from "../../_ui/button.module.css";
import { Icon } from "../../_ui/icon";
import styles from "./undo-button.module.css";

export function UndoButton({ secondsLeft, onPress }: { secondsLeft: number; onPress: () => void }) {
  return (
    <div className={styles["takeBack"]}>
      <button
        type="button"
        className={`${button["button"]} ${styles["undo"]}`}
        data-kind="outline"
        aria-describedby="undo-words"
        onClick={onPress}
      >
        <Icon name="undo" size={17} />
        Undo
        <span className={styles["seconds"]} aria-hidden="true">
          {secondsLeft} s
        </span>
        <span className={styles["bar"]} aria-hidden="true" />
      </button>
      <span id="undo-words" className={styles["undoWords"]}>
        For 10 seconds you can take it back and change it.
      </span>
    </div>
  );
}

/** Whole seconds until an instant, counted down. */
export function useSecondsUntil(instant: Date | null): number {
  const until = instant?.getTime() ?? 0;
  const [left, setLeft] = useState(() => secondsTo(until));
  useEffect(() => {
    const timer = setInterval(() => {
      const now = secondsTo(until);
      setLeft(now);
      if (now === 0) clearInterval(timer);
    }, 250);
    return () => clearInterval(timer);
  }, [until]);
  return left;
}

const secondsTo = (instant: number) => Math.max(0, Math.ceil((instant - Date.now()) / 1000));
