/** What each worker carries: people, people in crisis, actions that are late; and what nobody carries. */
import type { Metadata } from "next";
import { createCaller } from "../../../../server/routers";
import { Page, PageTitle } from "../../../_ui/page-title";
import { pageContext, requireViewerWho } from "../../../_ui/viewer";
import { DayTabs } from "../day-tabs";
import { TeamTable } from "./team-table";

export const metadata: Metadata = { title: "The team today" };

export default async function TeamTodayPage() {
  const viewer = await requireViewerWho("caseload.manage");
  const team = await createCaller(await pageContext()).caseload.team();
  return (
    <Page>
      <PageTitle title="The team">What each worker of {viewer.organisationName} carries today.</PageTitle>
      <DayTabs here="/today/team" />
      <TeamTable given={team} />
    </Page>
  );
}
