/** One pair of records, masked: are they the same person? */
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { reviewIdSchema } from "../../../../server/domain/link-review";
import { createCaller } from "../../../../server/routers";
import { pageContext, requireViewerWho } from "../../../_ui/viewer";
import { Gone } from "../gone";
import { Pair } from "../pair";

export const metadata: Metadata = { title: "Are these the same person?" };

export default async function ReviewPage({ params }: { params: Promise<{ id: string }> }) {
  await requireViewerWho("review.decide");
  const asked = reviewIdSchema.safeParse(await params);
  if (!asked.success) notFound();
  const ctx = await pageContext();
  const review = await createCaller(ctx).reviews.get(asked.data).catch(orNothing);
  return review ? <Pair key={`${review.id} ${review.evidenceNo}`} review={review} /> : <Gone />;
}

/** A pair that is decided is not to be found any more; anything else that goes wrong is shown as what it is. */
function orNothing(error: unknown): null {
  if (error instanceof Error && "code" in error && error.code === "NOT_FOUND") return null;
  throw error;
}
