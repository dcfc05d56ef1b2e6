/** The head of a page: what it is, one line under it, and at most one thing to do. */
import type { ReactNode } from "react";
import styles from "./page.module.css";

interface PageTitleProps {
  title: string;
  /** Plain words under the title. */
  children?: ReactNode;
  /** The page's one primary button. */
  action?: ReactNode;
}

export function PageTitle({ title, children, action }: PageTitleProps) {
  return (
    <header className={styles["title"]}>
      <div>
        <h1 className={styles["h1"]}>{title}</h1>
        {children && <div className={styles["lead"]}>{children}</div>}
      </div>
      {action}
    </header>
  );
}

/** The text block of a page: 16 px margins on a phone, never wider than 1,200 px; `narrow` for forms. */
export function Page({ children, narrow = false }: { children: ReactNode; narrow?: boolean }) {
  return (
    <main id="main" tabIndex={-1} className={styles["page"]} data-narrow={narrow || undefined}>
      {children}
    </main>
  );
}

/** What a list says when it has nothing, and what would put something there. */
export function EmptyState({ children }: { children: ReactNode }) {
  return <p className={styles["empty"]}>{children}</p>;
}
