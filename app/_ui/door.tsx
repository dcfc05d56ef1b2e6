/** The frame of the pages before somebody is in: the mark, and one block of words and fields. */
import type { ReactNode } from "react";
import styles from "./door.module.css";
import { Mark } from "./mark";

export function Door({ children, wide = false }: { children: ReactNode; wide?: boolean }) {
  return (
    <div className={styles["door"]}>
      <header className={styles["head"]} data-wide={wide || undefined}>
        <Mark width={32} />
        <span>Common Need</span>
      </header>
      <main id="main" tabIndex={-1} className={styles["body"]} data-wide={wide || undefined}>
        {children}
      </main>
    </div>
  );
}
