"use client";
/**
 * A sheet over the map on a phone with three stops: peek, half and full. It is dragged by its handle, or stepped
 * with the handle's button and its arrow keys; the page behind stays usable.
 */
import { type KeyboardEvent, type PointerEvent, type ReactNode, useEffect, useRef, useState } from "react";
import styles from "./bottom-sheet.module.css";

const STOPS = ["peek", "half", "full"] as const;
export type Stop = (typeof STOPS)[number];

const NAMES: Readonly<Record<Stop, string>> = { peek: "a little", half: "half", full: "all of it" };
/** Movement that counts as a drag rather than a press, in pixels. */
const DRAG = 24;

interface BottomSheetProps {
  label: string;
  stop: Stop;
  onStop: (stop: Stop) => void;
  /** What the top of the sheet is about; the sheet shows its top again whenever this changes. */
  about: number | null;
  children: ReactNode;
}

export function BottomSheet({ label, stop, onStop, about, children }: BottomSheetProps) {
  const from = useRef<number | null>(null);
  const [shift, setShift] = useState(0);
  const body = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is the change that counts
  useEffect(() => body.current?.scrollTo(0, 0), [about]);
  const at = STOPS.indexOf(stop);
  const go = (to: number) => onStop(STOPS[Math.min(Math.max(to, 0), STOPS.length - 1)] ?? stop);

  const grab = (event: PointerEvent<HTMLButtonElement>) => {
    from.current = event.clientY;
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  const drag = (event: PointerEvent<HTMLButtonElement>) => {
    if (from.current !== null) setShift(event.clientY - from.current);
  };
  const drop = () => {
    // A press without a drag is left to click, which the keyboard gives too.
    if (Math.abs(shift) > DRAG) go(at + (shift < 0 ? 1 : -1) * (Math.abs(shift) > 260 ? 2 : 1));
    from.current = null;
    setShift(0);
  };
  const press = () => {
    if (Math.abs(shift) <= DRAG) go(at === STOPS.length - 1 ? 0 : at + 1);
  };
  const step = (event: KeyboardEvent) => {
    const by = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    go(at + by);
  };
  return (
    <section
      className={styles["sheet"]}
      data-stop={stop}
      aria-label={label}
      style={
        shift === 0 ? undefined : { transform: `translateY(${Math.max(shift, -300)}px)`, transition: "none" }
      }
    >
      <button
        type="button"
        className={styles["handle"]}
        aria-expanded={stop === "full"}
        aria-label={`${label}: shows ${NAMES[stop]}. Show ${stop === "full" ? "less" : "more"}`}
        onPointerDown={grab}
        onPointerMove={drag}
        onPointerUp={drop}
        onPointerCancel={drop}
        onClick={press}
        onKeyDown={step}
      >
        <span aria-hidden="true" />
      </button>
      <div ref={body} className={styles["body"]}>
        {children}
      </div>
    </section>
  );
}
