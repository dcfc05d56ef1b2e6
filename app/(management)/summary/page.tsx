/** A summary in the making: what the reader's own organisation did, drafted from its numbers. */
import type { Metadata } from "next";
import { createCaller } from "../../../server/routers";
import { pageContext, requireViewerWho } from "../../_ui/viewer";
import { Compose } from "./compose";
import { mayMakeSummaries } from "./may-make";

export const metadata: Metadata = { title: "Summary" };

export default async function SummaryPage() {
  const viewer = await requireViewerWho("impact.read");
  const options = await createCaller(await pageContext()).summaries.options();
  return (
    <main id="main" tabIndex={-1}>
      <Compose options={options} accountId={viewer.accountId} mayMake={mayMakeSummaries(viewer)} />
    </main>
  );
}
