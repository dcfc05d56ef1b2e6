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
  const [shown = [], rest = []] = fitting(destinations, MOST_PLACES);
  return (
    <header className={styles["top"]} data-whole-screen={isWholeScreen(pathname) || undefined}>
      <div className={styles["inner"]}>
        <Link href={home} className={styles["brand"] ?? ""}>
          {mark}
          <span className={styles["product"]}>Common Need</span>
          <span className={styles["organisationAsBrand"]}>{organisationName}</span>
        </Link>
        <nav aria-label="Main" className={styles["nav"]}>
          {shown.map(({ href, label }) => (
            <Link key={href} href={href} aria-current={isHere(pathname, href) ? "page" : undefined}>
              {label}
            </Link>
          ))}
          <More key={pathname} anchor={Link} pathname={pathname} destinations={rest} side="below">
            More
            <Icon name="down" size={14} />
          </More>
        </nav>
        <span className={styles["organisation"]}>{organisationName}</span>
        {status}
        <AccountMenu anchor={Link} name={name} organisationName={organisationName} onSignOut={onSignOut} />
      </div>
    </header>
  );
}

/** Places on one line of a desk beside the longest name of an organisation, and tabs of a phone. */
const MOST_PLACES = 9;
const MOST_TABS = 4;

/** What has room, and what stands behind a button that takes the last room itself. */
const fitting = (destinations: readonly Destination[], most: number) =>
  destinations.length <= most
    ? [destinations, []]
    : [destinations.slice(0, most - 1), destinations.slice(most - 1)];

export interface TabBarProps {
  anchor: Anchor;
  pathname: string;
  destinations: readonly Destination[];
}

export function TabBar({ anchor: Link, pathname, destinations }: TabBarProps) {
  if (destinations.length < 2 || isWholeScreen(pathname)) return null;
  const [tabs = [], rest = []] = fitting(destinations, MOST_TABS);
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
        <More key={pathname} anchor={Link} pathname={pathname} destinations={rest} side="above">
          <Icon name="more" size={22} />
          More
        </More>
      </nav>
    </>
  );
}

interface MoreProps extends TabBarProps {
  side: "below" | "above";
  children: ReactNode;
}

/** The places that have no room of their own. Whoever follows one finds it closed: its key is the page. */
function More({ anchor: Link, pathname, destinations, side, children }: MoreProps) {
  if (destinations.length === 0) return null;
  const isCurrent = destinations.some(({ href }) => isHere(pathname, href));
  return (
    <DropMenu buttonClass={styles["more"]} button={children} isCurrent={isCurrent} side={side}>
      {destinations.map(({ href, label, icon }) => (
        <Link key={href} href={href} aria-current={isHere(pathname, href) ? "page" : undefined}>
          <Icon name={icon} />
          {label}
        </Link>
      ))}
    </DropMenu>
  );
}
