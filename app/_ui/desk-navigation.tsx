"use client";
/** The bar and the tabs of desk screens: links that load the next page in place of this one. */
import Link from "next/link";
import { usePathname } from "next/navigation";
import { TabBar, type TabBarProps, TopBar, type TopBarProps } from "./navigation";
import { signOutOrAsk } from "./sign-out";

export function DeskTopBar(props: Omit<TopBarProps, "anchor" | "pathname" | "onSignOut" | "status">) {
  return <TopBar {...props} anchor={Link} pathname={usePathname()} onSignOut={signOutOrAsk} />;
}

export function DeskTabBar(props: Omit<TabBarProps, "anchor" | "pathname">) {
  return <TabBar {...props} anchor={Link} pathname={usePathname()} />;
}
