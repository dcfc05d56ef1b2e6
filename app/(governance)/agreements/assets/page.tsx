/** The data asset register of the organisation. */
import type { Metadata } from "next";
import { now } from "../../../../server/context";
import { decide } from "../../../../server/domain/access";
import { dayOf } from "../../../../server/domain/period";
import { createCaller } from "../../../../server/routers";
import { Page } from "../../../_ui/page-title";
import { pageContext, requireViewerWho } from "../../../_ui/viewer";
import { AgreementTabs } from "../agreement-tabs";
import { Assets } from "./assets";

export const metadata: Metadata = { title: "Data register" };

export default async function AssetsPage() {
  const viewer = await requireViewerWho("agreement.read");
  const ctx = await pageContext();
  const caller = createCaller(ctx);
  const [assets, agreements, today] = await Promise.all([
    caller.dataAssets.list(),
    caller.agreements.list(),
    now(ctx).then(dayOf),
  ]);
  const titles = new Map(agreements.map(({ id, title }) => [id, title]));
  return (
    <Page>
      <AgreementTabs here="/agreements/assets" />
      <Assets
        assets={assets}
        agreements={[...titles].map(([id, title]) => ({ id, title }))}
        today={today}
        mayWrite={decide(viewer, "agreement.write", viewer).allow}
      />
    </Page>
  );
}
