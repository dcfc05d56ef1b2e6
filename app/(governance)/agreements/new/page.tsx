/** The start of an agreement: with whom and what for. It begins with the least that there is to share. */
import type { Metadata } from "next";
import { now } from "../../../../server/context";
import { dayOf } from "../../../../server/domain/period";
import { createCaller } from "../../../../server/routers";
import { Page, PageTitle } from "../../../_ui/page-title";
import { pageContext, requireViewerWho } from "../../../_ui/viewer";
import { StartForm } from "./start-form";

export const metadata: Metadata = { title: "Draft an agreement" };

export default async function NewAgreementPage() {
  await requireViewerWho("agreement.write");
  const ctx = await pageContext();
  const [organisations, today] = await Promise.all([
    createCaller(ctx).agreements.possibleParties(),
    now(ctx).then(dayOf),
  ]);
  return (
    <Page narrow>
      <PageTitle title="Draft an agreement">
        Say with whom and what for. It starts with the least there is: caseworkers learn which services know a
        person. You choose the rest next, and nothing is shared before everybody has signed.
      </PageTitle>
      <StartForm organisations={organisations} today={today} />
    </Page>
  );
}
