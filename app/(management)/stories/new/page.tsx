/** A new story of one person, begun from their record. */
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { z } from "zod";
import { NotFound } from "../../../../server/domain/errors";
import { createCaller } from "../../../../server/routers";
import { Page, PageTitle } from "../../../_ui/page-title";
import { pageContext, requireViewerWho } from "../../../_ui/viewer";
import { NewStory } from "./new-story";

export const metadata: Metadata = { title: "A new story" };

export default async function NewStoryPage({ searchParams }: { searchParams: Promise<{ of?: string }> }) {
  await requireViewerWho("story.write");
  const of = z.uuid().safeParse((await searchParams).of);
  if (!of.success) notFound();
  const name = await nameOf(of.data);
  return (
    <Page>
      <PageTitle title="A new story">Of {name}. Their name stays here: it is no part of the story.</PageTitle>
      <NewStory clientId={of.data} />
    </Page>
  );
}

async function nameOf(id: string): Promise<string> {
  try {
    const { givenName, familyName, anonymous } = await createCaller(await pageContext()).clients.get({ id });
    if (anonymous) notFound();
    return [givenName, familyName].filter(Boolean).join(" ");
  } catch (error) {
    if (error instanceof Error && error.cause instanceof NotFound) notFound();
    throw error;
  }
}
