"use client";
/**
 * A button that shows a few links and actions next to it. A disclosure, not an ARIA menu: what is in it keeps its
 * own role and Tab walks through it. Escape, a press elsewhere or choosing something closes it again.
 */
import { type ReactNode, useEffect, useId, useRef, useState } from "react";
import styles from "./drop-menu.module.css";

interface DropMenuProps {
  /** What the button is called, where its content alone does not say it. */
  label?: string;
  buttonClass: string | undefined;
  button: ReactNode;
  /** Marks the button as leading to where one is. */
  isCurrent?: boolean;
  /** Where it opens. */
  side: "below" | "above";
  children: ReactNode;
}

export function DropMenu({ label, buttonClass, button, isCurrent = false, side, children }: DropMenuProps) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const trigger = useRef<HTMLButtonElement>(null);
  const id = useId();

  useEffect(() => {
    if (!open) return;
    const onElsewhere = (event: Event) => {
      if (event.target instanceof Node && !root.current?.contains(event.target)) setOpen(false);
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      setOpen(false);
      trigger.current?.focus();
    };
    document.addEventListener("pointerdown", onElsewhere);
    document.addEventListener("focusin", onElsewhere);
    document.addEventListener("keydown", onKey);
    return () => {
      document.removeEventListener("pointerdown", onElsewhere);
      document.removeEventListener("focusin", onElsewhere);
      document.removeEventListener("keydown", onKey);
    };
  }, [open]);

  return (
    <div ref={root} className={styles["root"]}>
      <button
        ref={trigger}
        type="button"
        className={buttonClass}
        aria-label={label}
        aria-expanded={open}
        aria-controls={id}
        data-current={isCurrent || undefined}
        onClick={() => setOpen(!open)}
      >
        {button}
      </button>
      <div id={id} className={styles["list"]} data-side={side} hidden={!open}>
        {children}
      </div>
    </div>
  );
}
