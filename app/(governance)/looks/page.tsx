/** Who has looked at a person, whom a member looked at, what an agreement was used for: for the officer. */
import type { Metadata } from "next";
import { dayOf } from "../../../server/domain/period";
import { usualWindow } from "../../../server/domain/who-looked";
import { createCaller } from "../../../server/routers";
import { Page } from "../../_ui/page-title";
import { pageContext, requireViewerWho } from "../../_ui/viewer";
import { DeskTabs } from "../desk/desk-tabs";
import { Looks } from "./looks";

export const metadata: Metadata = { title: "Who has looked" };

export default async function LooksPage() {
  await requireViewerWho("audit.read");
  const { members, agreements } = await createCaller(await pageContext()).desk.askable();
  // The audit keeps real time, also where the rest of the demo runs ahead.
  const today = dayOf(new Date());
  return (
    <Page>
      <DeskTabs here="/looks" />
      <Looks members={members} agreements={agreements} usual={usualWindow(today)} today={today} />
    </Page>
  );
}
