/** Correcting a service of the directory. What is changed here stays when the source is loaded again. */
import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { entryIdSchema } from "../../../../../server/domain/directory";
import { createCaller } from "../../../../../server/routers";
import { Page, PageTitle } from "../../../../_ui/page-title";
import { pageContext, requireViewerWho } from "../../../../_ui/viewer";
import { EditEntry } from "./edit-entry";

export const metadata: Metadata = { title: "Correct a service" };

export default async function EditPage({ params }: { params: Promise<{ id: string }> }) {
  await requireViewerWho("directory.manage");
  const read = entryIdSchema.safeParse(await params);
  if (!read.success) notFound();
  const entry = await createCaller(await pageContext()).directory.page(read.data);
  if (entry.isOwnService) redirect("/directory/ours");
  if (!entry.mayEdit) notFound();
  return (
    <Page narrow>
      <PageTitle title={`Correct ${entry.service.name}`}>
        Everybody here sees what you change, and that your organisation changed it. The source cannot
        overwrite it; you can undo it.
      </PageTitle>
      <EditEntry id={entry.service.id} fields={entry.form} />
    </Page>
  );
}
