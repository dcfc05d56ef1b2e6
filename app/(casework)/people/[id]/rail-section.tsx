"use client";
/**
 * One part of the rail beside a record: a heading, at most one thing to do, and what it says. On a phone it folds to
 * one line that says how things stand, so that contacts are near.
 */
import { type ReactNode, useId, useState } from "react";
import { Icon } from "../../../_ui/icon";
import styles from "./rail.module.css";

interface RailSectionProps {
  title: string;
  /** How things stand, in a word or two, for the folded line. */
  brief?: string;
  action?: ReactNode;
  children: ReactNode;
}

export function RailSection({ title, brief, action, children }: RailSectionProps) {
  const id = useId();
  const [open, setOpen] = useState(false);
  return (
    <section className={styles["section"]} aria-labelledby={`${id}-title`} data-open={open || undefined}>
      <div className={styles["head"]}>
        <h2 id={`${id}-title`} className={styles["title"]}>
          <span className={styles["wide"]}>{title}</span>
          <button
            type="button"
            className={styles["fold"]}
            aria-expanded={open}
            aria-controls={`${id}-body`}
            onClick={() => setOpen(!open)}
          >
            <span>{title}</span>
            {brief && <span className={styles["brief"]}>{brief}</span>}
            <span className={styles["arrow"]}>
              <Icon name="down" size={15} />
            </span>
          </button>
        </h2>
        {action && <div className={`${styles["action"]} no-print`}>{action}</div>}
      </div>
      <div id={`${id}-body`} className={styles["body"]}>
        {children}
      </div>
    </section>
  );
}
