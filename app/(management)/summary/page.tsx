/** A summary in the making: what the reader's own organisation did, drafted from its numbers. */
import type { Metadata } from "next";
import { decide } from "../../../server/domain/access";
import { createCaller } from "../../../server/routers";
import { pageContext, requireViewerWho } from "../../_ui/viewer";
import { Compose } from "./compose";
import { mayMakeSummaries } from "./may-make";
import { NoServiceYet } from "./no-service-yet";

export const metadata: Metadata = { title: "Summary" };

export default async function SummaryPage() {
  const viewer = await requireViewerWho("impact.read");
  const caller = createCaller(await pageContext());
  const mayAgree = decide(viewer, "programme.manage", { organisationId: viewer.organisationId }).allow;
  const [options, programmes] = await Promise.all([
    caller.summaries.options(),
    mayAgree ? caller.programmes.list() : [],
  ]);
  if (options.services.length === 0 && options.firstDay === null) {
    return <NoServiceYet mayAdd={decide(viewer, "service.manage", viewer).allow} />;
  }
  return (
    <main id="main" tabIndex={-1}>
      <Compose
        options={options}
        accountId={viewer.accountId}
        mayMake={mayMakeSummaries(viewer)}
        invitations={programmes.filter(({ waitsForUs }) => waitsForUs).length}
      />
    </main>
  );
}
