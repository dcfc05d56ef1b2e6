"use client";
/**
 * The bar at the top and the tabs at the bottom of a phone. A screen where one thing is done from start to end
 * (logging a contact) has the phone to itself: it has its own way back and its own button at the bottom.
 */
import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { AccountMenu } from "./account-menu";
import type { Destination } from "./destinations";
import { DropMenu } from "./drop-menu";
import { Icon } from "./icon";
import styles from "./navigation.module.css";

const isHere = (pathname: string, href: string) => pathname === href || pathname.startsWith(`${href}/`);

/** Whether a screen has a phone to itself. */
export const isWholeScreen = (pathname: string) => /^\/(people\/[^/]+\/)?contact$/.test(pathname);

interface TopBarProps {
  home: string;
  mark: ReactNode;
  destinations: readonly Destination[];
  name: string;
  organisationName: string;
}

export function TopBar({ home, mark, destinations, name, organisationName }: TopBarProps) {
  const pathname = usePathname();
  return (
    <header className={styles["top"]} data-whole-screen={isWholeScreen(pathname) || undefined}>
      <div className={styles["inner"]}>
        <Link href={home} className={styles["brand"]}>
          {mark}
          <span className={styles["product"]}>Common Need</span>
          <span className={styles["organisationAsBrand"]}>{organisationName}</span>
        </Link>
        <nav aria-label="Main" className={styles["nav"]}>
          {destinations.map(({ href, label }) => (
            <Link key={href} href={href} aria-current={isHere(pathname, href) ? "page" : undefined}>
              {label}
            </Link>
          ))}
        </nav>
        <span className={styles["organisation"]}>{organisationName}</span>
        <AccountMenu name={name} organisationName={organisationName} />
      </div>
    </header>
  );
}

const MOST_TABS = 4;

export function TabBar({ destinations }: { destinations: readonly Destination[] }) {
  const pathname = usePathname();
  if (destinations.length < 2 || isWholeScreen(pathname)) return null;
  const fits = destinations.length <= MOST_TABS;
  const tabs = fits ? destinations : destinations.slice(0, MOST_TABS - 1);
  const rest = fits ? [] : destinations.slice(MOST_TABS - 1);
  return (
    <>
      <div className={styles["tabSpace"]} />
      <nav aria-label="Main, at the bottom" className={styles["tabs"]}>
        {tabs.map(({ href, label, icon }) => (
          <Link key={href} href={href} aria-current={isHere(pathname, href) ? "page" : undefined}>
            <Icon name={icon} size={22} />
            {label}
          </Link>
        ))}
        {rest.length > 0 && (
          <DropMenu
            buttonClass={styles["more"]}
            button={
              <>
                <Icon name="more" size={22} />
                More
              </>
            }
            isCurrent={rest.some(({ href }) => isHere(pathname, href))}
            side="above"
          >
            {rest.map(({ href, label, icon }) => (
              <Link key={href} href={href} aria-current={isHere(pathname, href) ? "page" : undefined}>
                <Icon name={icon} />
                {label}
              </Link>
            ))}
          </DropMenu>
        )}
      </nav>
    </>
  );
}
