"use client";
/** The bar and the tabs round the field screens, drawn from what the device knows of its owner. */
import { lazy, type ReactNode, Suspense, useMemo } from "react";
import { destinationsOf } from "../../_ui/destinations";
import strip from "../../_ui/glass-strip.module.css";
import { Mark } from "../../_ui/mark";
import { isWholeScreen, TabBar, TopBar } from "../../_ui/navigation";
import { LEAVING, PEOPLE } from "./address";
import { DemoWords } from "./demo-words";
import { FieldLink } from "./field-link";
import { HeldBack } from "./held-back";
import { go } from "./location";
import { useOpenDevice } from "./open-device";
import { StatusLine } from "./status-line";

/** Where it cannot be fetched that is said, and everything else goes on. */
const GlassLine = lazy(() =>
  import("./glass-line").then(
    ({ GlassLine }) => ({ default: GlassLine }),
    () => ({ default: GlassUnknown }),
  ),
);

const GlassUnknown = () => (
  <div role="status" className={strip["strip"]}>
    <p>
      Whether emergency access is open cannot be shown here now. Open this page again when you have signal.
    </p>
  </div>
);

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
      <Suspense>
        <GlassLine pathname={pathname} />
      </Suspense>
      {children}
      <TabBar anchor={FieldLink} pathname={pathname} destinations={destinations} />
    </HeldBack>
  );
}
