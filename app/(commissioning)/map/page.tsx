/** The need map: published figures only, for everybody who may read them. */
import type { Metadata } from "next";
import { attributionLine } from "../../../server/attribution";
import { env } from "../../../server/env";
import { pageContext, requireViewerWho } from "../../_ui/viewer";
import { NeedMap } from "./need-map";

export const metadata: Metadata = { title: "Need map" };

export default async function MapPage() {
  await requireViewerWho("figures.read");
  const { reader } = await pageContext();
  return (
    <main id="main" tabIndex={-1}>
      <NeedMap tileUrl={env().TILE_URL ?? null} attribution={await attributionLine(reader)} />
    </main>
  );
}
