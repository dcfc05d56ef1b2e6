/** Why the organisation may hold what it records, for each purpose, set by its officer and shown to workers and people. */
import type { Metadata } from "next";
import { createCaller } from "../../../server/routers";
import { Page, PageTitle } from "../../_ui/page-title";
import { pageContext, requireViewerWho } from "../../_ui/viewer";
import { DeskTabs } from "../desk/desk-tabs";
import { Bases } from "./bases";

export const metadata: Metadata = { title: "Why we may hold this" };

export default async function WhyHeldPage() {
  await requireViewerWho("basis.set");
  const given = await createCaller(await pageContext()).recordingBasis.get();
  return (
    <Page>
      <DeskTabs here="/why-held" />
      <PageTitle title="Why we may hold this">
        The reason for recording, apart from consent to share. Workers see it on each record, and people on
        their own page. Each change is kept, with who made it and when.
      </PageTitle>
      <Bases given={given} />
    </Page>
  );
}
