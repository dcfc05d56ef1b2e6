/** Scales on which workers may score people before and after. */
import type { Metadata } from "next";
import { createCaller } from "../../../server/routers";
import { Page, PageTitle } from "../../_ui/page-title";
import { pageContext, requireViewerWho } from "../../_ui/viewer";
import { SetUpTabs } from "../set-up-tabs";
import { Instruments } from "./instruments";

export const metadata: Metadata = { title: "Scores" };

export default async function InstrumentsPage() {
  await requireViewerWho("instrument.manage");
  const instruments = await createCaller(await pageContext()).instruments.list();
  return (
    <Page>
      <SetUpTabs here="/instruments" />
      <PageTitle title="Scores">
        Scored instruments that your workers use, such as a wellbeing scale. Scores are optional: they show
        how far somebody has come.
      </PageTitle>
      <Instruments given={instruments} />
    </Page>
  );
}
