/** What was done in the organisation, newest first, for its information governance officer. */
import type { Metadata } from "next";
import { dayOf } from "../../../server/domain/period";
import { createCaller } from "../../../server/routers";
import { Page, PageTitle } from "../../_ui/page-title";
import { pageContext, requireViewerWho } from "../../_ui/viewer";
import { DeskTabs } from "../desk/desk-tabs";
import { ChainState } from "./chain-state";
import { NewPeopleNotice } from "./new-people";
import { Trail } from "./trail";

export const metadata: Metadata = { title: "Records of use" };

export default async function AuditPage() {
  await requireViewerWho("audit.read");
  const ctx = await pageContext();
  const caller = createCaller(ctx);
  const [first, newPeople, state] = await Promise.all([
    caller.audit.list({}),
    caller.audit.newPeople(),
    caller.audit.state(),
  ]);
  // The audit keeps real time, also where the rest of the demo runs ahead.
  const today = dayOf(new Date());
  return (
    <Page>
      <DeskTabs here="/audit" />
      <PageTitle title="Who saw and changed what">
        Every read and every change of personal data, kept in a chain: an entry that was altered or taken out
        would break it. Entries name people by a number, never by name.
      </PageTitle>
      <ChainState state={state} today={today} />
      <NewPeopleNotice newPeople={newPeople} />
      <Trail first={first} today={today} />
    </Page>
  );
}
