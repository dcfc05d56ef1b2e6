/** The queue by itself: on a desk it goes on to the first pair, on a phone it is the page. */
import type { Metadata } from "next";
import { requireViewerWho } from "../../_ui/viewer";
import { Start } from "./start";

export const metadata: Metadata = { title: "Reviews" };

export default async function ReviewsPage() {
  await requireViewerWho("review.decide");
  return <Start />;
}
