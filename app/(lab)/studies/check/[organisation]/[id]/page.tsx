/** A study in a data set that the viewer's organisation holds: its result and its plan, and the signature under it. */
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { NotFound } from "../../../../../../server/domain/errors";
import { signStudySchema } from "../../../../../../server/domain/lab/studies";
import { createCaller } from "../../../../../../server/routers";
import { Page } from "../../../../../_ui/page-title";
import { pageContext, requireViewerWho } from "../../../../../_ui/viewer";
import { CheckStudy } from "./check-study";

export const metadata: Metadata = { title: "Check a study" };

interface CheckPageProps {
  params: Promise<{ organisation: string; id: string }>;
}

export default async function CheckPage({ params }: CheckPageProps) {
  await requireViewerWho("study.sign");
  const { organisation, id } = await params;
  const named = signStudySchema.safeParse({ organisationId: Number(organisation), id });
  if (!named.success) notFound();
  const caller = createCaller(await pageContext());
  const study = await caller.studies.toSignOne(named.data).catch((error: unknown): never => {
    if (error instanceof Error && error.cause instanceof NotFound) notFound();
    throw error;
  });
  if (study.plan.dataSetId === null) notFound();
  const dataSet = await caller.dataSets.get({ id: study.plan.dataSetId });
  return (
    <Page>
      <CheckStudy given={study} dataSet={dataSet} />
    </Page>
  );
}
