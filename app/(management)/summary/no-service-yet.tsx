/** The summary of an organisation that has no service yet: what is missing, and the way there for whoever may add one. */
import { LinkButton } from "../../_ui/link-button";
import { EmptyState, Page, PageTitle } from "../../_ui/page-title";

export function NoServiceYet({ mayAdd }: { mayAdd: boolean }) {
  return (
    <Page>
      <PageTitle title="Summary" action={mayAdd && <LinkButton href="/services">Add a service</LinkButton>} />
      <EmptyState>
        Your organisation has no service yet. A summary is made of contacts, and each contact is logged for a
        service.{" "}
        {mayAdd ? "Add the first service, then log a contact." : "Ask a manager to add the first service."}
      </EmptyState>
    </Page>
  );
}
