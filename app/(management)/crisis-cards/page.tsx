/** What the organisation tells its workers to do at once when a crisis need comes up. */
import type { Metadata } from "next";
import { now } from "../../../server/context";
import { wantsReview } from "../../../server/domain/crisis-cards";
import { dayOf } from "../../../server/domain/period";
import { createCaller } from "../../../server/routers";
import { Page, PageTitle } from "../../_ui/page-title";
import { pageContext, requireViewerWho } from "../../_ui/viewer";
import { SetUpTabs } from "../set-up-tabs";
import { CrisisCards } from "./crisis-cards";

export const metadata: Metadata = { title: "Crisis cards" };

export default async function CrisisCardsPage() {
  await requireViewerWho("crisis-card.manage");
  const ctx = await pageContext();
  const [cards, today] = await Promise.all([createCaller(ctx).crisisCards.list(), now(ctx).then(dayOf)]);
  const waiting = cards.filter((card) => wantsReview(card, today)).length;
  return (
    <Page>
      <SetUpTabs here="/crisis-cards" />
      <PageTitle title="Crisis cards">
        A card shows after a contact is saved when a crisis need came up: what to do now, and whom to ring.{" "}
        {waiting > 0
          ? `${waiting === 1 ? "One card waits" : `${waiting} cards wait`} for somebody to check the words and numbers.`
          : "All of them were checked within a year."}
      </PageTitle>
      <CrisisCards given={cards} today={today} />
    </Page>
  );
}
