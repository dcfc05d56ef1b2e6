/** What stands round every public page: the mark, five ways on, and whose data it is. Nobody signs in here. */
import type { Metadata } from "next";
import Link from "next/link";
import type { ReactNode } from "react";
import { Mark } from "../../_ui/mark";
import { openFoot } from "../open-reading";
import styles from "./site.module.css";

export const metadata: Metadata = {
  title: { default: "Open figures - Common Need", template: "%s - Common Need open figures" },
  description: "What people near you need help with: figures that are free to use.",
  robots: { index: true, follow: true },
};

const WAYS = [
  ["/open", "Figures"],
  ["/open/releases", "Releases"],
  ["/open/studies", "Studies"],
  ["/open/method", "How we count"],
  ["/open/developers", "For developers"],
] as const;

export default async function OpenLayout({ children }: { children: ReactNode }) {
  const { attribution, demo } = await openFoot();
  return (
    <>
      <header className={styles["head"]}>
        <div className={styles["wide"]}>
          <Link href="/open" className={styles["name"]} prefetch={false}>
            <Mark />
            <strong>Common Need</strong>
            <span>Open figures</span>
          </Link>
          <nav aria-label="Open figures">
            <ul className={styles["ways"]}>
              {WAYS.map(([address, words]) => (
                <li key={address}>
                  <Link href={address} prefetch={false}>
                    {words}
                  </Link>
                </li>
              ))}
            </ul>
          </nav>
        </div>
      </header>
      {demo && (
        <p className={styles["demo"]}>This is a demonstration: the county and everybody in it are made up.</p>
      )}
      {children}
      <footer className={styles["foot"]}>
        <div className={styles["wide"]}>
          <p>
            <a href="https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/">
              Open Government Licence v3.0
            </a>
          </p>
          {attribution !== "" && <p>{attribution}</p>}
          <p>These pages set no cookies and note nothing about who reads them.</p>
        </div>
      </footer>
    </>
  );
}
