/** Stories that this organisation may tell, and those on their way there. */
import type { Metadata } from "next";
import { decide } from "../../../server/domain/access";
import { createCaller } from "../../../server/routers";
import { Page, PageTitle } from "../../_ui/page-title";
import { pageContext, requireViewerWho } from "../../_ui/viewer";
import { SetUpTabs } from "../set-up-tabs";
import { StoryList } from "./story-list";

export const metadata: Metadata = { title: "Stories" };

export default async function StoriesPage() {
  const viewer = await requireViewerWho("story.read");
  const stories = await createCaller(await pageContext()).stories.list();
  return (
    <Page>
      {decide(viewer, "service.manage", viewer).allow && <SetUpTabs here="/stories" />}
      <PageTitle title="Stories">
        What help did for one person, told so that nobody can tell who it is. A story stands in a summary once
        the person has said yes and somebody other than its writer has read it.
      </PageTitle>
      <StoryList stories={stories} />
    </Page>
  );
}
