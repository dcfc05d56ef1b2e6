"use client";
/** The bar and the tabs round the field screens, drawn from what the device knows of its owner. */
import { type ReactNode, useMemo } from "react";
import { destinationsOf } from "../../_ui/destinations";
import { Mark } from "../../_ui/mark";
import { isWholeScreen, TabBar, TopBar } from "../../_ui/navigation";
import { LEAVING, PEOPLE } from "./address";
import { DemoWords } from "./demo-words";
import { FieldLink } from "./field-link";
import { HeldBack } from "./held-back";
import { go } from "./location";
import { useOpenDevice } from "./open-device";
import { StatusLine } from "./status-line";

interface FieldBarProps {
  isDemo: boolean;
  pathname: string;
  children: ReactNode;
}

export function FieldBar({ isDemo, pathname, children }: FieldBarProps) {
  const { open, verbs } = useOpenDevice();
  const destinations = useMemo(() => destinationsOf(open.viewer), [open.viewer]);
  const signOut = async () => {
    const answer = await verbs.signOut({ leaveUnsent: false });
    if (!answer.ok) go(LEAVING);
  };
  return (
    <HeldBack destinations={destinations}>
      <TopBar
        anchor={FieldLink}
        pathname={pathname}
        home={PEOPLE}
        mark={<Mark />}
        destinations={destinations}
        name={open.viewer.name}
        organisationName={open.viewer.organisationName}
        status={<StatusLine />}
        onSignOut={signOut}
      />
      {isDemo && <DemoWords isWholeScreen={isWholeScreen(pathname)} />}
      {children}
      <TabBar anchor={FieldLink} pathname={pathname} destinations={destinations} />
    </HeldBack>
  );
}
