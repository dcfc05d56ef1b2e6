"use client";
/**
 * Steps through the settled periods, oldest to newest, and then to what there is of the open ones "so far": a slider for the keyboard, buttons for everybody, and play.
 * With reduced motion, play takes one step. What is still open is said with the day on which it settles.
 */
import { useReducedMotion } from "@mantine/hooks";
import { useEffect, useRef, useState } from "react";
import type { OpenPeriod } from "../../../server/domain/figures";
import { dayInWords } from "../../../server/domain/period";
import { Icon } from "../../_ui/icon";
import styles from "./period-control.module.css";
import type { Step } from "./view";

const PLAY_MS = 1400;

interface PeriodControlProps {
  periods: readonly Step[];
  period: string;
  open: OpenPeriod | null;
  /** `plays` says that the step is one of a play, which leaves no trail in the history. */
  onStep: (period: string, plays: boolean) => void;
  onPlaying: (isPlaying: boolean) => void;
}

export function PeriodControl({ periods, period, open, onStep, onPlaying }: PeriodControlProps) {
  const at = Math.max(
    0,
    periods.findIndex((each) => each.period === period),
  );
  const last = periods.length - 1;
  const wantsNoMotion = useReducedMotion();
  const { isPlaying, play, pause } = usePlay(at, periods, onStep, onPlaying);
  const stepTo = (to: number) => {
    pause();
    const next = periods[to];
    if (next) onStep(next.period, false);
  };
  const words = periods[at]?.words ?? "";
  return (
    <fieldset className={styles["control"]}>
      <legend className="visually-hidden">Period</legend>
      <div className={styles["buttons"]}>
        {wantsNoMotion ? (
          <button
            type="button"
            className={styles["play"]}
            aria-label={at < last ? "Step to the next period" : "Start again at the first period"}
            onClick={() => stepTo(at < last ? at + 1 : 0)}
          >
            <Icon name="forward" size={18} />
          </button>
        ) : (
          <button
            type="button"
            className={styles["play"]}
            aria-label={isPlaying ? "Pause" : "Play through time"}
            disabled={last < 1}
            onClick={isPlaying ? pause : play}
          >
            {isPlaying ? <PauseShape /> : <PlayShape />}
          </button>
        )}
        <button
          type="button"
          className={styles["step"]}
          aria-label="Earlier period"
          disabled={at === 0}
          onClick={() => stepTo(at - 1)}
        >
          <Icon name="back" size={18} />
        </button>
        <button
          type="button"
          className={styles["step"]}
          aria-label="Later period"
          disabled={at >= last}
          onClick={() => stepTo(at + 1)}
        >
          <Icon name="forward" size={18} />
        </button>
      </div>
      <p className={styles["words"]}>{words}</p>
      <input
        type="range"
        className={styles["slider"]}
        aria-label="Period"
        aria-valuetext={words}
        min={0}
        max={Math.max(0, last)}
        step={1}
        value={at}
        disabled={last < 1}
        onChange={(event) => stepTo(Number(event.currentTarget.value))}
      />
      {open && (
        <p className={styles["open"]}>
          {open.words} settles on {dayInWords(open.settlesOn)}
        </p>
      )}
    </fieldset>
  );
}

/** Goes from the chosen period to the last, from the first when it stands on the last. */
function usePlay(
  at: number,
  periods: readonly Step[],
  onStep: PeriodControlProps["onStep"],
  onPlaying: PeriodControlProps["onPlaying"],
) {
  const [isPlaying, setPlaying] = useState(false);
  const told = useRef({ onStep, onPlaying });
  told.current = { onStep, onPlaying };
  useEffect(() => told.current.onPlaying(isPlaying), [isPlaying]);
  useEffect(() => {
    if (!isPlaying) return;
    const next = periods[at + 1];
    const wait = setTimeout(() => {
      if (next) told.current.onStep(next.period, true);
      else setPlaying(false);
    }, PLAY_MS);
    return () => clearTimeout(wait);
  }, [isPlaying, at, periods]);
  const play = () => {
    const first = periods[0];
    if (at === periods.length - 1 && first) onStep(first.period, true);
    setPlaying(true);
  };
  return { isPlaying, play, pause: () => setPlaying(false) };
}

function PlayShape() {
  return (
    <svg width="18" height="18" viewBox="0 0 20 20" aria-hidden="true">
      <path d="M6.5 4v12L16 10z" fill="currentColor" />
    </svg>
  );
}

function PauseShape() {
  return (
    <svg width="18" height="18" viewBox="0 0 20 20" aria-hidden="true">
      <path d="M5.5 4h3v12h-3zM11.5 4h3v12h-3z" fill="currentColor" />
    </svg>
  );
}
