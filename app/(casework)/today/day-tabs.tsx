/** For a manager: their own day, or what the team carries. */
import Link from "next/link";
import styles from "./today.module.css";

const TABS = [
  { href: "/today", label: "My day" },
  { href: "/today/team", label: "The team" },
] as const;

export function DayTabs({ here }: { here: (typeof TABS)[number]["href"] }) {
  return (
    <nav aria-label="Whose day" className={`${styles["tabs"]} no-print`}>
      {TABS.map(({ href, label }) => (
        <Link key={href} href={href} aria-current={href === here ? "page" : undefined}>
          {label}
        </Link>
      ))}
    </nav>
  );
}
