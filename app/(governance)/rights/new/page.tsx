/** Noting a request on the day it came, or later with its day. */
import type { Metadata } from "next";
import { createCaller } from "../../../../server/routers";
import { Page, PageTitle } from "../../../_ui/page-title";
import { pageContext, requireViewerWho } from "../../../_ui/viewer";
import { NewRequest } from "./new-request";

export const metadata: Metadata = { title: "Note a request" };

export default async function NewRequestPage() {
  await requireViewerWho("rights.manage");
  const { today } = await createCaller(await pageContext()).rights.list();
  return (
    <Page narrow>
      <PageTitle title="Note a request">
        People need no form and no reason. Note it as soon as it is clear what they want.
      </PageTitle>
      <NewRequest today={today} />
    </Page>
  );
}
