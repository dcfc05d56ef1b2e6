/** Lists by agreement: homes, streets, postcodes or own people at which needs stand together. */
import type { Metadata } from "next";
import { decide } from "../../../server/domain/access";
import { createCaller } from "../../../server/routers";
import { EmptyState, Page, PageTitle } from "../../_ui/page-title";
import { pageContext, requireViewerWho } from "../../_ui/viewer";
import { ListTabs } from "./list-tabs";
import { Lists } from "./lists";

export const metadata: Metadata = { title: "Lists" };

export default async function ListsPage() {
  const viewer = await requireViewerWho("list.make");
  const { organisationId, memberId } = viewer;
  const mayAct = decide(viewer, "list.act", { organisationId }).allow;
  const mayOpen = decide(viewer, "client.read", { organisationId }).allow;
  const choices = await createCaller(await pageContext()).lists.choices();
  return (
    <Page>
      <PageTitle title="Lists">
        See where needs stand together, as far as an agreement shows it. Never how many people there are.
      </PageTitle>
      <ListTabs here="/lists" mayAct={mayAct} />
      {choices.length === 0 ? (
        <EmptyState>
          No agreement in force lets you make a list. An information governance officer of your organisation
          can draft an agreement that covers homes, streets, postcodes or people.
        </EmptyState>
      ) : (
        <Lists choices={choices} mayAct={mayAct} mayOpen={mayOpen} ownId={memberId} />
      )}
    </Page>
  );
}
