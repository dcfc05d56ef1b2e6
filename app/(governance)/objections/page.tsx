/** Objections that wait for an officer: each holds meanwhile, and is upheld, or refused for one of the law's reasons. */
import type { Metadata } from "next";
import { createCaller } from "../../../server/routers";
import { Page, PageTitle } from "../../_ui/page-title";
import { pageContext, requireViewerWho } from "../../_ui/viewer";
import { DeskTabs } from "../desk/desk-tabs";
import { Waiting } from "./waiting";

export const metadata: Metadata = { title: "Objections" };

export default async function ObjectionsPage() {
  await requireViewerWho("objection.decide");
  const waiting = await createCaller(await pageContext()).objections.waiting();
  return (
    <Page>
      <DeskTabs here="/objections" />
      <PageTitle title="Objections">
        Each holds from the moment it was made: the person is not shared, or not counted, whatever you decide
        later. Answer within a month.
      </PageTitle>
      <Waiting given={waiting} />
    </Page>
  );
}
