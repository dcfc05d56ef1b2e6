/** Summaries of the organisation, newest first, as they were made. */
import type { Metadata } from "next";
import { now } from "../../../../server/context";
import { dayOf } from "../../../../server/domain/period";
import { createCaller } from "../../../../server/routers";
import { LinkButton } from "../../../_ui/link-button";
import { Page, PageTitle } from "../../../_ui/page-title";
import { pageContext, requireViewerWho } from "../../../_ui/viewer";
import { SummaryTabs } from "../summary-tabs";
import { Earlier } from "./earlier";

export const metadata: Metadata = { title: "Summaries made earlier" };

export default async function EarlierPage() {
  await requireViewerWho("impact.read");
  const ctx = await pageContext();
  const [lines, today] = await Promise.all([createCaller(ctx).summaries.list(), now(ctx).then(dayOf)]);
  return (
    <Page>
      <SummaryTabs here="/summary/earlier" />
      <PageTitle title="Made earlier" action={<LinkButton href="/summary">Make a summary</LinkButton>}>
        Each stands as it was made: its numbers and files do not change. A new version says what changed.
      </PageTitle>
      <Earlier given={lines} today={today} />
      <p className="no-print">
        For your own analysis: <a href="/api/records.csv">your records without names (CSV)</a>, one row for
        each thing that a contact said of a need. A person has the same code throughout one file, and another
        in the next. The numbers are exact, so keep the file inside your organisation.
      </p>
    </Page>
  );
}
