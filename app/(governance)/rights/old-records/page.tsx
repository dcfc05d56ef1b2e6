/** How long records are kept, and the list of those whose time is over. */
import type { Metadata } from "next";
import { createCaller } from "../../../../server/routers";
import { Page, PageTitle } from "../../../_ui/page-title";
import { pageContext, requireViewerWho } from "../../../_ui/viewer";
import { RightsTabs } from "../rights-tabs";
import { OldRecords } from "./old-records";

export const metadata: Metadata = { title: "Old records" };

export default async function OldRecordsPage() {
  await requireViewerWho("rights.manage");
  const given = await createCaller(await pageContext()).rights.retention();
  return (
    <Page>
      <RightsTabs here="/rights/old-records" />
      <PageTitle title="Old records">
        Records are kept for as long as they are needed. Nothing is deleted before you have looked through a
        list.
      </PageTitle>
      <OldRecords given={given} />
    </Page>
  );
}
