/**
 * What stands round every desk page of somebody signed in: the bar at the top, the tabs under the thumb on a phone,
 * and in the demo the banner that says so.
 */
import type { ReactNode } from "react";
import { isDemo } from "../../server/clock";
import { KeepInStep } from "../_offline/keep-in-step";
import { AuditAlarm, findAuditAlarm } from "./audit-alarm";
import { DemoBanner } from "./demo-banner";
import { Desk } from "./desk";
import { DeskTabBar, DeskTopBar } from "./desk-navigation";
import { destinationsOf } from "./destinations";
import { GlassBanner } from "./glass-banner";
import { LockWatch } from "./lock-watch";
import { Mark } from "./mark";
import { homeOf, pageContext, requireViewer } from "./viewer";

export async function Shell({ children }: { children: ReactNode }) {
  const viewer = await requireViewer();
  const destinations = destinationsOf(viewer);
  const ctx = await pageContext();
  const [demo, alarm] = await Promise.all([isDemo(ctx.reader), findAuditAlarm(ctx, viewer)]);
  return (
    <Desk>
      <DeskTopBar
        home={homeOf(viewer.roles)}
        mark={<Mark />}
        destinations={destinations}
        name={viewer.name}
        organisationName={viewer.organisationName}
      />
      <LockWatch />
      <KeepInStep accountId={viewer.accountId} />
      {alarm !== null && <AuditAlarm words={alarm} />}
      {demo && <DemoBanner />}
      <GlassBanner viewer={viewer} />
      {children}
      <DeskTabBar destinations={destinations} />
    </Desk>
  );
}
