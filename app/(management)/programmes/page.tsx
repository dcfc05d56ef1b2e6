/** Programmes: summaries of several organisations that agreed to be counted together. */
import type { Metadata } from "next";
import { decide } from "../../../server/domain/access";
import { createCaller } from "../../../server/routers";
import { Page, PageTitle } from "../../_ui/page-title";
import { pageContext, requireViewerWho } from "../../_ui/viewer";
import { SummaryTabs } from "../summary/summary-tabs";
import { Programmes } from "./programmes";

export const metadata: Metadata = { title: "Counted together" };

export default async function ProgrammesPage() {
  const viewer = await requireViewerWho("programme.read");
  const caller = createCaller(await pageContext());
  const { allow } = decide(viewer, "programme.manage", { organisationId: viewer.organisationId });
  const [programmes, options, others] = await Promise.all([
    caller.programmes.list(),
    caller.summaries.options(),
    allow ? caller.programmes.invitable() : [],
  ]);
  return (
    <Page>
      <SummaryTabs here="/programmes" />
      <PageTitle title="Counted together">
        A programme is a few organisations that agreed to be counted as one: somebody whom several of them
        help counts once. Only rounded figures come out. Nobody sees another’s people or numbers.
      </PageTitle>
      <Programmes given={programmes} options={options} others={others} mayManage={allow} />
    </Page>
  );
}
