/** In place of the log screen while the organisation has no service: nothing that is typed could be saved. */
import Link from "next/link";
import { Page, PageTitle } from "../../_ui/page-title";
import { requireViewer } from "../../_ui/viewer";

export async function NoService() {
  const viewer = await requireViewer();
  return (
    <Page narrow>
      <PageTitle title="There is no service to log for yet">
        {viewer.roles.includes("manager") ? (
          <>
            Contacts are logged for a service. <Link href="/services">Add the first one</Link>.
          </>
        ) : (
          "Contacts are logged for a service. Ask your manager to add the first one."
        )}
      </PageTitle>
    </Page>
  );
}
