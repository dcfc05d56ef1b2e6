/** The organisations of the installation. An administrator sees who is here, and nobody's record. */
import type { Metadata } from "next";
import { createCaller } from "../../../server/routers";
import { Page } from "../../_ui/page-title";
import { pageContext, requireViewerWho } from "../../_ui/viewer";
import { Organisations } from "./organisations";

export const metadata: Metadata = { title: "Organisations" };

export default async function AdminPage() {
  await requireViewerWho("organisation.manage");
  const organisations = await createCaller(await pageContext()).organisations.list();
  return (
    <Page>
      <Organisations organisations={organisations} />
    </Page>
  );
}
