/** Whether workers are asked to think of early help: the rule, word for word, and the switch. */
import type { Metadata } from "next";
import { createCaller } from "../../../server/routers";
import { Page, PageTitle } from "../../_ui/page-title";
import { pageContext, requireViewerWho } from "../../_ui/viewer";
import { SetUpTabs } from "../set-up-tabs";
import { EarlyHelpSwitch } from "./switch";

export const metadata: Metadata = { title: "Early help" };

export default async function EarlyHelpPage() {
  await requireViewerWho("caseload.manage");
  const { isOn } = await createCaller(await pageContext()).earlyHelp.setting();
  return (
    <Page>
      <SetUpTabs here="/early-help" />
      <PageTitle title="Early help">
        The record of a person can ask its worker whether early help would fit. One stated rule asks, the
        worker decides, and no score is kept.
      </PageTitle>
      <EarlyHelpSwitch isOn={isOn} />
    </Page>
  );
}
