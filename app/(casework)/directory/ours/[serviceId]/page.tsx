/** What the directory says of one of the organisation's own services. */
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { createCaller } from "../../../../../server/routers";
import { Page, PageTitle } from "../../../../_ui/page-title";
import { pageContext, requireViewerWho } from "../../../../_ui/viewer";
import { OwnService } from "./own-service";

export const metadata: Metadata = { title: "Our service in the directory" };

export default async function OwnServicePage({ params }: { params: Promise<{ serviceId: string }> }) {
  await requireViewerWho("directory.list-service");
  const { serviceId } = await params;
  const services = await createCaller(await pageContext()).directory.ownServices();
  const service = services.find((one) => one.serviceId === serviceId);
  if (!service) notFound();
  return (
    <Page narrow>
      <PageTitle title={service.name}>
        What other organisations read before they send somebody to you. Saving it says that you checked it
        today.
      </PageTitle>
      <OwnService service={service} />
    </Page>
  );
}
