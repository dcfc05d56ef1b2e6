/** The value map of a draft: what people want to do, what of it remains at each step down, and the least that is enough. */
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { z } from "zod";
import { NotFound } from "../../../../../server/domain/errors";
import { createCaller } from "../../../../../server/routers";
import { Page } from "../../../../_ui/page-title";
import { pageContext, requireViewerWho } from "../../../../_ui/viewer";
import { ValueMap } from "./value-map";

export const metadata: Metadata = { title: "What sharing is worth" };

export default async function WorthPage({ params }: { params: Promise<{ id: string }> }) {
  await requireViewerWho("agreement.write");
  const { id } = await params;
  if (!z.uuid().safeParse(id).success) notFound();
  const caller = createCaller(await pageContext());
  try {
    const [agreement, actions] = await Promise.all([
      caller.agreements.read({ id }),
      caller.valueMap.list({ agreementId: id }),
    ]);
    return (
      <Page>
        <ValueMap agreement={agreement} given={actions} />
      </Page>
    );
  } catch (error) {
    if (error instanceof Error && error.cause instanceof NotFound) notFound();
    throw error;
  }
}
