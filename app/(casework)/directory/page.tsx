/** The directory of services: who can help with what, where. `?needs=MON-01,HOU-03` begins with needs chosen. */
import type { Metadata } from "next";
import { decide } from "../../../server/domain/access";
import { findNeed } from "../../../server/domain/needs";
import { Icon } from "../../_ui/icon";
import { LinkButton } from "../../_ui/link-button";
import { Page, PageTitle } from "../../_ui/page-title";
import { requireViewerWho } from "../../_ui/viewer";
import styles from "./directory.module.css";
import { FindServices } from "./find-services";

export const metadata: Metadata = { title: "Directory" };

export default async function DirectoryPage({
  searchParams,
}: {
  searchParams: Promise<{ needs?: unknown }>;
}) {
  const viewer = await requireViewerWho("directory.read");
  const { needs } = await searchParams;
  const chosen = typeof needs === "string" ? needs.split(",").filter((code) => findNeed(code)) : [];
  const may = (action: "directory.manage" | "directory.list-service") =>
    decide(viewer, action, { organisationId: viewer.organisationId }).allow;
  return (
    <Page>
      <PageTitle
        title="Directory"
        action={
          may("directory.manage") && (
            <div className={styles["actions"]}>
              {may("directory.list-service") && (
                <LinkButton href="/directory/ours" variant="default">
                  Our own services
                </LinkButton>
              )}
              <LinkButton href="/directory/add" variant="default" leftSection={<Icon name="add" size={18} />}>
                Add a service
              </LinkButton>
            </div>
          )
        }
      >
        Who can help, and whether they still do. All organisations here share it.
      </PageTitle>
      <FindServices chosen={chosen} />
    </Page>
  );
}
