/** The pairs that wait for a steward, beside the one that is looked at. On a phone one of the two is shown. */
import type { ReactNode } from "react";
import { createCaller } from "../../../server/routers";
import { pageContext, requireViewerWho } from "../../_ui/viewer";
import { Desk } from "./desk";

export default async function ReviewsLayout({ children }: { children: ReactNode }) {
  await requireViewerWho("review.decide");
  const queue = await createCaller(await pageContext()).reviews.queue();
  return (
    <Desk queue={queue} now={new Date()}>
      {children}
    </Desk>
  );
}
