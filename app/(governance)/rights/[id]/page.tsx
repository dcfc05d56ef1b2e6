/** One request: its clock, and the one thing that is to be done next. */
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { NotFound } from "../../../../server/domain/errors";
import { ofRequestSchema } from "../../../../server/domain/rights/request";
import { createCaller } from "../../../../server/routers";
import { Page } from "../../../_ui/page-title";
import { pageContext, requireViewerWho } from "../../../_ui/viewer";
import { Request } from "./request";

export const metadata: Metadata = { title: "Request" };

export default async function RequestPage({ params }: { params: Promise<{ id: string }> }) {
  await requireViewerWho("rights.manage");
  const asked = ofRequestSchema.safeParse(await params);
  if (!asked.success) notFound();
  const caller = createCaller(await pageContext());
  const request = await orNotFound(caller.rights.get(asked.data));
  return (
    <Page>
      <Request given={request} />
    </Page>
  );
}

async function orNotFound<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof Error && error.cause instanceof NotFound) notFound();
    throw error;
  }
}
