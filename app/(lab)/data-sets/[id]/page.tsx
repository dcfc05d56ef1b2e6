/** One data set: what it holds, what it is suited for and not, and for its holder taking it back. Nobody in it is shown. */
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { NotFound } from "../../../../server/domain/errors";
import { uuid } from "../../../../server/domain/typed-text";
import { createCaller } from "../../../../server/routers";
import { Page, PageTitle } from "../../../_ui/page-title";
import { pageContext, requireViewerWho } from "../../../_ui/viewer";
import { LabTabs } from "../../lab-tabs";
import { CodebookView } from "../codebook-view";
import { WithdrawDataSet } from "../withdraw";

export const metadata: Metadata = { title: "Data set" };

export default async function DataSetPage({ params }: { params: Promise<{ id: string }> }) {
  await requireViewerWho("data-set.read");
  const id = uuid.safeParse((await params).id);
  if (!id.success) notFound();
  const dataSet = await createCaller(await pageContext())
    .dataSets.get({ id: id.data })
    .catch((error: unknown) => {
      if (error instanceof Error && error.cause instanceof NotFound) notFound();
      throw error;
    });
  return (
    <Page>
      <LabTabs here="/data-sets" />
      <PageTitle title={dataSet.name}>{dataSet.about}</PageTitle>
      <CodebookView dataSet={dataSet} />
      {dataSet.mayWithdraw && <WithdrawDataSet id={dataSet.id} />}
    </Page>
  );
}
