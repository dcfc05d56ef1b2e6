/** The organisation's own services: which of them others find in the directory, and with what words. */
import type { Metadata } from "next";
import { createCaller } from "../../../../server/routers";
import { LinkButton } from "../../../_ui/link-button";
import { EmptyState, Page, PageTitle } from "../../../_ui/page-title";
import rows from "../../../_ui/rows.module.css";
import { Tag } from "../../../_ui/tag";
import { pageContext, requireViewerWho } from "../../../_ui/viewer";

export const metadata: Metadata = { title: "Our own services" };

export default async function OwnServicesPage() {
  await requireViewerWho("directory.list-service");
  const services = await createCaller(await pageContext()).directory.ownServices();
  return (
    <Page narrow>
      <PageTitle title="Our own services">
        A service in the directory is marked “On Common Need”: others here can refer people to it and follow
        what becomes of it.
      </PageTitle>
      {services.length === 0 && <EmptyState>No services yet. Add one under Services first.</EmptyState>}
      <ul className={rows["card"]}>
        {services.map(({ serviceId, name, entryId }) => (
          <li key={serviceId} className={rows["line"]}>
            <span className={rows["words"]}>
              <strong>{name}</strong>
              <span>
                {entryId === null ? (
                  "Others do not find it"
                ) : (
                  <Tag tone="brand" icon="check">
                    In the directory
                  </Tag>
                )}
              </span>
            </span>
            <LinkButton
              href={`/directory/ours/${serviceId}`}
              variant="default"
              aria-label={
                entryId === null
                  ? `Put ${name} in the directory`
                  : `Change what the directory says of ${name}`
              }
            >
              {entryId === null ? "Put it in" : "Change"}
            </LinkButton>
          </li>
        ))}
      </ul>
    </Page>
  );
}
