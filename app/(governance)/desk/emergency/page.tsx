/** Emergency access that this organisation was part of: what waits for a review first, then what was reviewed. */
import type { Metadata } from "next";
import { createCaller } from "../../../../server/routers";
import { EmptyState, Page, PageTitle } from "../../../_ui/page-title";
import { pageContext, requireViewerWho } from "../../../_ui/viewer";
import { DeskTabs } from "../desk-tabs";
import { GlassCaseCard } from "./glass-case";

export const metadata: Metadata = { title: "Emergency access" };

export default async function EmergencyAccessPage() {
  await requireViewerWho("break-glass.review");
  const cases = await createCaller(await pageContext()).desk.glassCases();
  const waiting = cases.filter(({ review }) => review === null);
  return (
    <Page>
      <DeskTabs here="/desk/emergency" />
      <PageTitle
        title={
          waiting.length === 0
            ? "No emergency access waits for a review"
            : waiting.length === 1
              ? "One emergency access waits for your review"
              : `${waiting.length} emergency accesses wait for your review`
        }
      >
        A worker opened, for at most four hours, what another organisation holds about somebody. An officer of
        each organisation says within two working days whether it was right.
      </PageTitle>
      {cases.length === 0 && <EmptyState>Nobody has opened emergency access here.</EmptyState>}
      {cases.map((one) => (
        <GlassCaseCard key={one.id} given={one} />
      ))}
    </Page>
  );
}
