/** How good the links are: what stewards found when they checked, and how they agree. */
import type { Metadata } from "next";
import { createCaller } from "../../../server/routers";
import { Page } from "../../_ui/page-title";
import { pageContext, requireViewerWho } from "../../_ui/viewer";
import { Quality } from "./quality";

export const metadata: Metadata = { title: "Link quality" };

export default async function LinkQualityPage() {
  await requireViewerWho("review.quality");
  const quality = await createCaller(await pageContext()).reviews.quality();
  return (
    <Page>
      <Quality quality={quality} />
    </Page>
  );
}
