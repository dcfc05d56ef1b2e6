"use client";
/** The frame of every screen after Save: that it is safe comes first and takes the focus, the way on comes last. */
import { type ReactNode, useEffect, useRef, useState } from "react";
import { afterPaint } from "../../_offline/paint";
import button from "../../_ui/button.module.css";
import { Icon } from "../../_ui/icon";
import { PEOPLE } from "../_app/address";
import { FieldLink } from "../_app/field-link";
import { deviceWord } from "../_app/open-device";
import { StatusLine } from "../_app/status-line";
import screen from "./log-screen.module.css";
import styles from "./saved.module.css";

interface SavedFrameProps {
  /** One sentence: what was saved, and for whom. */
  what: string;
  /** What becomes of it; told again when it changes. */
  whatNext: string;
  /** The way on. */
  next: { href: string; words: string };
  children: ReactNode;
}

export function SavedFrame({ what, whatNext, next, children }: SavedFrameProps) {
  const title = useRef<HTMLHeadingElement>(null);
  // Whoever pressed Save waits for this word alone: what else there is to say is drawn right after it.
  const [isTold, setIsTold] = useState(false);
  useEffect(() => {
    title.current?.focus();
    return afterPaint(() => setIsTold(true));
  }, []);
  return (
    <main id="main" className={screen["screen"]} data-saved>
      <div className={styles["head"]}>
        <FieldLink href={PEOPLE} className={screen["backLink"]}>
          <Icon name="back" />
          <span className="visually-hidden">Back to people</span>
        </FieldLink>
        <span className={styles["status"]}>
          <StatusLine />
        </span>
      </div>
      <div className={styles["body"]}>
        <span className={styles["mark"]}>
          <Icon name="check" size={30} />
        </span>
        <h1 ref={title} tabIndex={-1} className={styles["title"]}>
          Saved on this {deviceWord()}
        </h1>
        <p className={styles["lead"]}>
          {what} <span role="status">{whatNext}</span>
        </p>
        {isTold && children}
      </div>
      <div className={screen["dock"]}>
        <div className={`${screen["save"]} ${styles["next"]}`}>
          <FieldLink href={next.href} className={`${button["button"]} ${screen["saveButton"]}`}>
            {next.words}
          </FieldLink>
        </div>
      </div>
    </main>
  );
}

/** The one press that puts right what was not accepted, or settles what waits for somebody. */
export function SettleLink({ href, words }: { href: string; words: string }) {
  return (
    <div className={styles["takeBack"]}>
      <FieldLink href={href} className={button["button"]} data-kind="outline">
        {words}
      </FieldLink>
    </div>
  );
}
