/** What the steward said of pairs of records, each to be taken back. */
import type { Metadata } from "next";
import { dayOf } from "../../../../server/domain/period";
import { createCaller } from "../../../../server/routers";
import { pageContext, requireViewerWho } from "../../../_ui/viewer";
import { Mine } from "./mine";

export const metadata: Metadata = { title: "What you said" };

export default async function MinePage() {
  await requireViewerWho("review.decide");
  const caller = createCaller(await pageContext());
  const own = await caller.reviews.own();
  const departed = await caller.reviews.departed();
  return <Mine own={own} departed={departed} today={dayOf(new Date())} />;
}
