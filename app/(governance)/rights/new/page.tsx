/** Noting a request on the day it came, or later with its day. */
import type { Metadata } from "next";
import { now } from "../../../../server/context";
import { dayOf } from "../../../../server/domain/period";
import { Page, PageTitle } from "../../../_ui/page-title";
import { pageContext, requireViewerWho } from "../../../_ui/viewer";
import { NewRequest } from "./new-request";

export const metadata: Metadata = { title: "Note a request" };

export default async function NewRequestPage() {
  await requireViewerWho("rights.manage");
  const today = dayOf(await now(await pageContext()));
  return (
    <Page narrow>
      <PageTitle title="Note a request">
        People need no form and no reason. Note it as soon as it is clear what they want.
      </PageTitle>
      <NewRequest today={today} />
    </Page>
  );
}
