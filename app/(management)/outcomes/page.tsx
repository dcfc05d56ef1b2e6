/** A funder's outcomes, mapped to needs once, and the national frameworks that are here already. */
import type { Metadata } from "next";
import { createCaller } from "../../../server/routers";
import { Page, PageTitle } from "../../_ui/page-title";
import { pageContext, requireViewerWho } from "../../_ui/viewer";
import { SetUpTabs } from "../set-up-tabs";
import { NationalFrameworks } from "./national-frameworks";
import { OwnFrameworks } from "./own-frameworks";

export const metadata: Metadata = { title: "Outcomes" };

export default async function OutcomesPage() {
  await requireViewerWho("framework.manage");
  const frameworks = await createCaller(await pageContext()).ownFrameworks.list();
  return (
    <Page>
      <SetUpTabs here="/outcomes" />
      <PageTitle title="Outcomes">
        A funder’s outcomes in their own words, each with the needs that stand for it. Map them once, then
        choose them for any summary. A person counts once for each outcome.
      </PageTitle>
      <OwnFrameworks given={frameworks} />
      <NationalFrameworks />
    </Page>
  );
}
