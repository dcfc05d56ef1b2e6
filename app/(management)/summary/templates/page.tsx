/** What summaries are begun from, and which are prepared by themselves. */
import type { Metadata } from "next";
import { createCaller } from "../../../../server/routers";
import { Page, PageTitle } from "../../../_ui/page-title";
import { pageContext, requireViewerWho } from "../../../_ui/viewer";
import { SummaryTabs } from "../summary-tabs";
import { Templates } from "./templates";

export const metadata: Metadata = { title: "Templates" };

export default async function TemplatesPage() {
  await requireViewerWho("impact.manage");
  const caller = createCaller(await pageContext());
  const [options, templates, schedules] = await Promise.all([
    caller.summaries.options(),
    caller.summaries.templates.list(),
    caller.summaries.schedules.list(),
  ]);
  return (
    <Page>
      <SummaryTabs here="/summary/templates" />
      <PageTitle title="Templates">
        A template keeps a choice of service, audience, sections and words under a name. It can be prepared by
        itself when a month or quarter has ended; you are told by mail, and nothing leaves before you send it.
      </PageTitle>
      <Templates options={options} givenTemplates={templates} givenSchedules={schedules} />
    </Page>
  );
}
