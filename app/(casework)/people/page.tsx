/** Where a worker begins: who are you with? One field, the people seen last, and a way for who is not there yet. */
import type { Metadata } from "next";
import { now } from "../../../server/context";
import { dayOf } from "../../../server/domain/period";
import { createCaller } from "../../../server/routers";
import { Page } from "../../_ui/page-title";
import { pageContext, requireViewerWho } from "../../_ui/viewer";
import { WhoAreYouWith } from "./who-are-you-with";

export const metadata: Metadata = { title: "Who are you with?" };

export default async function PeoplePage() {
  await requireViewerWho("client.find");
  const ctx = await pageContext();
  const [recent, today] = await Promise.all([createCaller(ctx).clients.recent(), now(ctx).then(dayOf)]);
  return (
    <Page narrow>
      <WhoAreYouWith recent={recent} today={today} />
    </Page>
  );
}
