"use client";
/** The bar and the tabs round the field screens, drawn from what the device knows of its owner. */
import type { ReactNode } from "react";
import { destinationsOf } from "../../_ui/destinations";
import { Mark } from "../../_ui/icon";
import { TabBar, TopBar } from "../../_ui/navigation";
import { LEAVING, PEOPLE } from "./address";
import { FieldLink, go } from "./field-link";
import { useOpenDevice } from "./open-device";
import { StatusLine } from "./status-line";

export function FieldBar({ banner, children }: { banner: ReactNode; children: ReactNode }) {
  const { open, verbs } = useOpenDevice();
  const destinations = destinationsOf(open.viewer);
  const signOut = async () => {
    const answer = await verbs.signOut({ leaveUnsent: false });
    if (!answer.ok) go(LEAVING);
  };
  return (
    <>
      <TopBar
        anchor={FieldLink}
        home={PEOPLE}
        mark={<Mark />}
        destinations={destinations}
        name={open.viewer.name}
        organisationName={open.viewer.organisationName}
        status={<StatusLine />}
        onSignOut={signOut}
      />
      {banner}
      {children}
      <TabBar anchor={FieldLink} destinations={destinations} />
    </>
  );
}
