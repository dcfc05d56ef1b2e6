/** What one outcome for one person costs or saves, as somebody else worked it out: for estimates of value. */
import type { Metadata } from "next";
import { createCaller } from "../../../server/routers";
import { Page, PageTitle } from "../../_ui/page-title";
import { pageContext, requireViewerWho } from "../../_ui/viewer";
import { SetUpTabs } from "../set-up-tabs";
import { UnitCosts } from "./unit-costs";

export const metadata: Metadata = { title: "Unit costs" };

export default async function UnitCostsPage() {
  await requireViewerWho("unit-cost.manage");
  const costs = await createCaller(await pageContext()).unitCosts.list();
  return (
    <Page>
      <SetUpTabs here="/unit-costs" />
      <PageTitle title="Unit costs">
        What one person’s outcome is worth, with its source and year. A summary shows people times this as an
        estimate with a range, apart from the outcomes. Common Need brings no values of its own.
      </PageTitle>
      <UnitCosts given={costs} />
    </Page>
  );
}
