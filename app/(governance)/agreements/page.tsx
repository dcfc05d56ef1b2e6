/** Agreements to share that this organisation is in: where each stands, what it is for, and whether anybody uses it. */
import type { Metadata } from "next";
import { now } from "../../../server/context";
import { decide } from "../../../server/domain/access";
import { dayOf } from "../../../server/domain/period";
import { createCaller } from "../../../server/routers";
import { LinkButton } from "../../_ui/link-button";
import { Page, PageTitle } from "../../_ui/page-title";
import { pageContext, requireViewerWho } from "../../_ui/viewer";
import { AgreementTabs } from "./agreement-tabs";
import { AgreementList } from "./list";

export const metadata: Metadata = { title: "Agreements" };

export default async function AgreementsPage() {
  const viewer = await requireViewerWho("agreement.read");
  const ctx = await pageContext();
  const [agreements, today] = await Promise.all([createCaller(ctx).agreements.list(), now(ctx).then(dayOf)]);
  return (
    <Page>
      <AgreementTabs here="/agreements" />
      <PageTitle
        title="Agreements"
        action={
          decide(viewer, "agreement.write", viewer).allow && (
            <LinkButton href="/agreements/new">Draft an agreement</LinkButton>
          )
        }
      >
        What another organisation may see, and what you may see of theirs. What is signed here is what the
        software lets people see: nothing before it starts, and nothing once it has ended.
      </PageTitle>
      <AgreementList agreements={agreements} today={today} />
    </Page>
  );
}
