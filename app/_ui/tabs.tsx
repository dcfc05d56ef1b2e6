/** Pages that belong together, side by side: each a link, and the one that is shown marked. */
import Link from "next/link";
import styles from "./tabs.module.css";

interface TabsProps {
  /** What they are, for a screen reader. */
  label: string;
  /** `waits`: how many things behind a tab wait for the reader. */
  tabs: readonly { href: string; label: string; waits?: number }[];
  /** The address of the page that is shown. */
  here: string;
}

export function Tabs({ label, tabs, here }: TabsProps) {
  return (
    <nav aria-label={label} className={`${styles["tabs"]} no-print`}>
      {tabs.map((tab) => (
        <Link key={tab.href} href={tab.href} aria-current={tab.href === here ? "page" : undefined}>
          {tab.label}
          {(tab.waits ?? 0) > 0 && (
            <span className={styles["waits"]}>
              {tab.waits}
              <span className="visually-hidden"> waiting for you</span>
            </span>
          )}
        </Link>
      ))}
    </nav>
  );
}
