/** One story: its words with what was found in them, what the person said, and who confirmed it. */
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { z } from "zod";
import { now } from "../../../../server/context";
import { decide } from "../../../../server/domain/access";
import { NotFound } from "../../../../server/domain/errors";
import { dayOf } from "../../../../server/domain/period";
import { createCaller } from "../../../../server/routers";
import { Page } from "../../../_ui/page-title";
import { pageContext, requireViewerWho } from "../../../_ui/viewer";
import { StoryDesk } from "./story-desk";

export const metadata: Metadata = { title: "A story" };

export default async function StoryPage({ params }: { params: Promise<{ id: string }> }) {
  const viewer = await requireViewerWho("story.read");
  const { id } = await params;
  if (!z.uuid().safeParse(id).success) notFound();
  const [story, today] = await Promise.all([readStory(id), pageContext().then(now).then(dayOf)]);
  return (
    <Page>
      <StoryDesk given={story} today={today} mayConfirm={decide(viewer, "story.check", viewer).allow} />
    </Page>
  );
}

async function readStory(id: string) {
  try {
    return await createCaller(await pageContext()).stories.get({ id });
  } catch (error) {
    if (error instanceof Error && error.cause instanceof NotFound) notFound();
    throw error;
  }
}
