/** The impact summary of the reader's own organisation. */
import type { Metadata } from "next";
import { requireViewerWho } from "../../_ui/viewer";
import { Summary } from "./summary";

export const metadata: Metadata = { title: "Summary" };

export default async function SummaryPage() {
  await requireViewerWho("impact.read");
  return (
    <main id="main" tabIndex={-1}>
      <Summary />
    </main>
  );
}
