/** Adding a service that no loaded directory has. */
import type { Metadata } from "next";
import { Page, PageTitle } from "../../../_ui/page-title";
import { requireViewerWho } from "../../../_ui/viewer";
import { AddEntry } from "./add-entry";

export const metadata: Metadata = { title: "Add a service" };

export default async function AddPage() {
  await requireViewerWho("directory.manage");
  return (
    <Page narrow>
      <PageTitle title="Add a service">
        For a service that the directory lacks. Every organisation here will see it. Write nothing about a
        person.
      </PageTitle>
      <AddEntry />
    </Page>
  );
}
