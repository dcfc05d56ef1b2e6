/** How we count: the method behind every figure, in the words a reader of the map needs. */
import type { Metadata } from "next";
import { Page, PageTitle } from "../../_ui/page-title";
import { requireViewerWho } from "../../_ui/viewer";
import { MethodText } from "./method-text";

export const metadata: Metadata = { title: "How we count" };

export default async function MethodPage() {
  await requireViewerWho("figures.read");
  return (
    <Page narrow>
      <PageTitle title="How we count">What a figure says, what it does not, and when it moves.</PageTitle>
      <MethodText />
    </Page>
  );
}
