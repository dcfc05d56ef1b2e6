/** Summaries of the organisation, newest first, as they were made. */
import type { Metadata } from "next";
import { now } from "../../../../server/context";
import { dayOf } from "../../../../server/domain/period";
import { createCaller } from "../../../../server/routers";
import { LinkButton } from "../../../_ui/link-button";
import { Page, PageTitle } from "../../../_ui/page-title";
import { pageContext, requireViewerWho } from "../../../_ui/viewer";
import { mayTakeRecords } from "../may-make";
import { SummaryTabs } from "../summary-tabs";
import { Earlier } from "./earlier";
import { TakeRecords } from "./take-records";

export const metadata: Metadata = { title: "Summaries made earlier" };

export default async function EarlierPage() {
  const viewer = await requireViewerWho("impact.read");
  const ctx = await pageContext();
  const [lines, today] = await Promise.all([createCaller(ctx).summaries.list(), now(ctx).then(dayOf)]);
  return (
    <Page>
      <SummaryTabs here="/summary/earlier" />
      <PageTitle title="Made earlier" action={<LinkButton href="/summary">Make a summary</LinkButton>}>
        Each stands as it was made: its numbers and files do not change. A new version says what changed.
      </PageTitle>
      <Earlier given={lines} today={today} />
      {mayTakeRecords(viewer) && (
        <p className="no-print" style={{ marginTop: 24 }}>
          For your own analysis: <TakeRecords />, one row for each thing that a contact said of a need. It is
          personal data: an exact day and a need can tell who somebody is. Keep the file as safe as a case
          file, inside your organisation, and delete it when the work is done. A person has one code
          throughout a file, and another in the next.
        </p>
      )}
    </Page>
  );
}
