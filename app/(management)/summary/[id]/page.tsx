/** A summary as it was made: the paper and its files, the same whenever they are opened. */
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { NotFound } from "../../../../server/domain/errors";
import { uuid } from "../../../../server/domain/typed-text";
import { createCaller } from "../../../../server/routers";
import { pageContext, requireViewerWho } from "../../../_ui/viewer";
import { mayMakeSummaries } from "../may-make";
import { Kept } from "./kept";

export const metadata: Metadata = { title: "Summary" };

export default async function KeptSummaryPage({ params }: { params: Promise<{ id: string }> }) {
  const viewer = await requireViewerWho("impact.read");
  const id = uuid.safeParse((await params).id);
  if (!id.success) notFound();
  const summary = await createCaller(await pageContext())
    .summaries.get({ id: id.data })
    .catch(orNotFound);
  return (
    <main id="main" tabIndex={-1}>
      <Kept given={summary} accountId={viewer.accountId} mayMake={mayMakeSummaries(viewer)} />
    </main>
  );
}

function orNotFound(error: unknown): never {
  if (error instanceof Error && error.cause instanceof NotFound) notFound();
  throw error;
}
