/** Breaches of personal data: those on record with their clocks, and the way from somebody or a device to the people. */
import type { Metadata } from "next";
import { createCaller } from "../../../../server/routers";
import { Page, PageTitle } from "../../../_ui/page-title";
import { pageContext, requireViewerWho } from "../../../_ui/viewer";
import { DeskTabs } from "../desk-tabs";
import { BreachCard } from "./breach-card";
import { NewBreach } from "./new-breach";

export const metadata: Metadata = { title: "Breaches" };

export default async function BreachesPage() {
  const viewer = await requireViewerWho("desk.use");
  const caller = createCaller(await pageContext());
  const [breaches, { members }, devices] = await Promise.all([
    caller.desk.breaches(),
    caller.desk.askable(),
    caller.desk.devices(),
  ]);
  const open = breaches.filter(({ state }) => state === "open").length;
  return (
    <Page>
      <DeskTabs here="/desk/breaches" />
      <PageTitle
        title={
          open === 0 ? "No breach is open" : open === 1 ? "One breach is open" : `${open} breaches are open`
        }
      >
        When somebody saw what they should not have: find everybody affected, tell the Information
        Commissioner within 72 hours unless nobody is at risk, and tell the people if the risk is high.
      </PageTitle>
      {breaches.map((breach) => (
        <BreachCard key={breach.id} breach={breach} organisationName={viewer.organisationName} />
      ))}
      <NewBreach members={members} devices={devices} />
    </Page>
  );
}
