/** Change over time: what rose or fell, before and after an event, from published figures. */
import type { Metadata } from "next";
import { decide } from "../../../server/domain/access";
import { Page } from "../../_ui/page-title";
import { requireViewerWho } from "../../_ui/viewer";
import { Change } from "./change";

export const metadata: Metadata = { title: "Change over time" };

export default async function ChangePage() {
  const viewer = await requireViewerWho("figures.read");
  const mayWrite = decide(viewer, "event.write", { organisationId: viewer.organisationId }).allow;
  return (
    <Page>
      <Change mayWrite={mayWrite} />
    </Page>
  );
}
