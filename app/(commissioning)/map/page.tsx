/** The need map: published figures only, for everybody who may read them. */
import type { Metadata } from "next";
import { requireViewerWho } from "../../_ui/viewer";
import { NeedMap } from "./need-map";

export const metadata: Metadata = { title: "Need map" };

export default async function MapPage() {
  await requireViewerWho("figures.read");
  return (
    <main id="main" tabIndex={-1}>
      <NeedMap tiles={null} attribution="" />
    </main>
  );
}
