/** Writing an event down: what happens, where and when, and what is expected of it, before the figures come. */
import type { Metadata } from "next";
import { Page, PageTitle } from "../../../../_ui/page-title";
import { requireViewerWho } from "../../../../_ui/viewer";
import { EventForm } from "./event-form";

export const metadata: Metadata = { title: "Write down an event" };

export default async function NewEventPage() {
  await requireViewerWho("event.write");
  return (
    <Page narrow>
      <PageTitle title="Write down an event">
        Say what happens and what you expect, before the figures come. It cannot be changed afterwards, and it
        says for ever whether figures could be seen when you wrote it. Everybody who reads figures sees it:
        write nothing about a person.
      </PageTitle>
      <EventForm />
    </Page>
  );
}
