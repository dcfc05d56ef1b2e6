"use client";
/**
 * The bar at the top and the tabs at the bottom of a phone. A screen where one thing is done from start to end
 * (logging a contact, changing details) has the phone to itself: it has its own way back and its own button at the
 * bottom. How a link is followed, and how one knows where one is, differs between desk and field: both are handed in.
 */
import type { ComponentType, ReactNode } from "react";
import { AccountMenu } from "./account-menu";
import type { Destination } from "./destinations";
import { DropMenu } from "./drop-menu";
import { Icon } from "./icon";
import styles from "./navigation.module.css";

const isHere = (pathname: string, href: string) => pathname === href || pathname.startsWith(`${href}/`);

/** Whether a screen has a phone to itself. */
export const isWholeScreen = (pathname: string) => pathname === "/contact" || pathname === "/details";

/** A link as a desk or a field screen follows it. */
export type Anchor = ComponentType<{
  href: string;
  className?: string;
  "aria-current"?: "page" | undefined;
  children: ReactNode;
}>;

export interface TopBarProps {
  anchor: Anchor;
  /** Where one is. */
  pathname: string;
  home: string;
  mark: ReactNode;
  destinations: readonly Destination[];
  name: string;
  organisationName: string;
  /** What stands before the account, such as how far the device is in step. */
  status?: ReactNode;
  onSignOut: () => Promise<void>;
}

export function TopBar(props: TopBarProps) {
  const {
    anchor: Link,
    pathname,
    home,
    mark,
    destinations,
    name,
    organisationName,
    status,
    onSignOut,
  } = props;
  return (
    <header className={styles["top"]} data-whole-screen={isWholeScreen(pathname) || undefined}>
      <div className={styles["inner"]}>
        <Link href={home} className={styles["brand"] ?? ""}>
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
        {status}
        <AccountMenu anchor={Link} name={name} organisationName={organisationName} onSignOut={onSignOut} />
      </div>
    </header>
  );
}

const MOST_TABS = 4;

export interface TabBarProps {
  anchor: Anchor;
  pathname: string;
  destinations: readonly Destination[];
}

export function TabBar({ anchor: Link, pathname, destinations }: TabBarProps) {
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
