/** What a manager sets up once for everybody: services, crisis cards, scored instruments. */
import Link from "next/link";
import styles from "./set-up-tabs.module.css";

const TABS = [
  { href: "/services", label: "Services" },
  { href: "/crisis-cards", label: "Crisis cards" },
  { href: "/instruments", label: "Scores" },
] as const;

export function SetUpTabs({ here }: { here: (typeof TABS)[number]["href"] }) {
  return (
    <nav aria-label="What you set up" className={`${styles["tabs"]} no-print`}>
      {TABS.map(({ href, label }) => (
        <Link key={href} href={href} aria-current={href === here ? "page" : undefined}>
          {label}
        </Link>
      ))}
    </nav>
  );
}
