/** The services of the organisation, each with the needs that its log screen offers first. */
import type { Metadata } from "next";
import { createCaller } from "../../../server/routers";
import { Page } from "../../_ui/page-title";
import { pageContext, requireViewerWho } from "../../_ui/viewer";
import { SetUpTabs } from "../set-up-tabs";
import { Services } from "./services";

export const metadata: Metadata = { title: "Services" };

export default async function ServicesPage() {
  await requireViewerWho("service.manage");
  const services = await createCaller(await pageContext()).services.list();
  return (
    <Page>
      <SetUpTabs here="/services" />
      <Services services={services} />
    </Page>
  );
}
